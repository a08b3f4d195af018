from collections import Counter
from datetime import datetime, time
from hashlib import sha256

from odoo.tests import BaseCase, tagged

from ..people import posts
from ..replay.authority import FATES, Authority
from ..replay.catalogue import load
from ..replay.hand import Hand
from ..replay.plan import plan, plan_authority, plan_dossiers
from ..replay.tables import work_calendar

NOW = datetime(2026, 11, 20, 16)
FORMER_DOSSIERS = "38fa3940f5d6a92aeb9a68a5b6bcd1ab33e159e5104529b544cfca65ec9bcf5b"
KINDS = "grant post transfer rotation withdraw end_post keeper reset correct".split()
SYSTEM_ACTS = ("end_delegations", "note_attendance")


@tagged("post_install", "-at_install", "qlvb")
class TestAuthority(BaseCase):
    """Accounts by decision, absences, hand-overs and the twice-a-day duty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = load(NOW)
        papers = plan(cls.catalogue, NOW)
        cls.dossiers = plan_dossiers(cls.catalogue, papers, NOW)
        cls.before = papers + cls.dossiers
        cls.acts = plan_authority(cls.catalogue, cls.before, NOW)
        cls.authority = Authority.load(cls.catalogue, NOW)
        cls.parts = (cls.authority.running, cls.authority.year)
        cls.weeks = [a.entry for a in cls.acts if a.verb == "note_attendance"]

    def _of(self, entry):
        return [act for act in self.acts if act.entry == entry]

    # -- requests -------------------------------------------------------------

    def test_every_kind_and_every_fate_of_a_request_occurs(self):
        requests = [one for part in self.parts for one in part.requests]
        self.assertEqual({one.kind for one in requests}, set(KINDS))
        self.assertEqual({one.fate for one in requests}, FATES.keys())
        self.assertEqual(len({one.key for one in requests}), len(requests))
        # The closed year leaves nothing to be decided on.
        fates = {one.fate for one in self.authority.year.requests}
        self.assertEqual(fates, {"done", "refused"})

    def test_requests_cite_a_decision_and_take_effect_after_approval(self):
        for part in self.parts:
            for request in part.requests:
                acts = self._of(request)
                verbs = [act.verb for act in acts]
                self.assertEqual(verbs[0], "prepare_request")
                self.assertEqual("submit_request" in verbs, request.fate != "draft")
                self.assertLessEqual(request.decided, request.on)
                self.assertEqual(acts[0].when.date(), request.on)
                if request.fate != "done":
                    continue
                self.assertTrue(request.number)
                (approved,) = [act for act in acts if act.verb == "approve_request"]
                self.assertEqual(approved.actor, "chutich")
                self.assertLessEqual(approved.when.date(), request.effective)
                self.assertLessEqual(request.effective, NOW.date())

    def test_newcomers_are_nobody_who_is_there(self):
        lines = [
            line
            for part in self.parts
            for request in part.requests
            for line in request.lines
            if request.kind == "grant"
        ]
        names = Counter(line.name for line in lines)
        names.update({post.name for post in posts()})
        self.assertEqual([name for name, times in names.items() if times > 1], [])
        logins = Counter(line.login for line in lines)
        logins.update({post.login for post in posts()})
        self.assertEqual([one for one, times in logins.items() if times > 1], [])

    def test_the_published_logins_keep_their_posts(self):
        """Who is transferred or loses an account came by a request."""
        newcomers = set(self.authority.newcomers)
        given, ended = Counter(), Counter()
        for part in self.parts:
            for request in part.requests:
                for line in request.lines if request.fate == "done" else ():
                    post = (line.login, line.leaves or line.unit)
                    if request.kind in ("transfer", "rotation", "withdraw"):
                        self.assertIn(line.login, newcomers)
                    elif request.kind == "post":
                        given[post] += 1
                    elif request.kind == "end_post":
                        ended[post] += 1
        self.assertEqual(given, ended)
        keepers = {}
        for request in self.authority.year.requests:
            if request.kind == "keeper":
                keepers.update({line.unit: line.login for line in request.lines})
        clerks = {post.unit: post.login for post in posts() if post.role == "clerk"}
        self.assertEqual(keepers, {unit: clerks[unit] for unit in keepers})

    def test_newcomers_act_between_their_first_and_their_last_day(self):
        given, closed, moved = {}, {}, {}
        for part in self.parts:
            for request in part.requests:
                for line in request.lines if request.fate == "done" else ():
                    if request.kind == "grant":
                        given[line.login] = request.effective
                    elif request.kind == "withdraw":
                        closed[line.login] = request.effective
                    elif request.kind in ("transfer", "rotation"):
                        moved[line.login] = request.effective
        known = {post.login for post in posts()}
        for act in self.acts:
            if act.actor and act.actor not in known:
                day = act.when.date()
                self.assertGreaterEqual(day, given[act.actor], act)
                last = closed.get(act.actor) or moved.get(act.actor)
                if last and act.verb != "choose_password":
                    self.assertLess(day, last, act)

    def test_a_hand_over_is_accepted_by_the_head_and_one_still_waits(self):
        taken = [act for act in self.acts if act.verb == "take_over"]
        self.assertEqual(
            [(act.actor, act.entry.login, act.entry.receiver) for act in taken],
            [
                ("truong.tnmt", "cv3.tnmt", "cv1.tnmt"),
                ("truong.vhtt", "cv3.vhtt", "cv2.vhtt"),
            ],
        )
        (waiting,) = [
            line
            for request in self.authority.running.requests
            for line in request.lines
            if request.kind == "rotation"
        ]
        drafts = self.authority.running.leavings
        self.assertIn(waiting.login, [one.drafter for one in drafts])

    # -- absences, delegation -------------------------------------------------

    def test_nobody_acts_or_looks_in_while_away(self):
        for part in self.parts:
            away = {
                (one.who, day, half)
                for one in part.absences
                for day, halves in one.halves()
                for half in halves
            }
            self.assertTrue(away)
            for act in self.acts:
                half = "morning" if act.when.hour < 12 else "afternoon"
                self.assertNotIn((act.actor, act.when.date(), half), away)

    def test_heads_who_delegate_have_recorded_an_absence(self):
        for part, aways in (
            (self.authority.year, self.catalogue.away),
            (self.authority.running, self.authority.running.missions),
        ):
            self.assertTrue(aways)
            recorded = {(one.who, one.start) for one in part.absences}
            for away in aways:
                self.assertIn((f"truong.{away.unit}", away.start), recorded)

    def test_deputy_acts_while_the_head_is_on_mission(self):
        (mission,) = self.authority.running.missions
        done = [act for act in self.acts if act.actor == f"pho.{mission.unit}"]
        self.assertGreaterEqual(len(done), 2)
        for act in done:
            self.assertEqual(act.instead, f"truong.{mission.unit}")
            self.assertTrue(mission.start <= act.when.date() <= mission.end)

    def test_at_the_end_nobody_is_away_and_no_delegation_is_in_force(self):
        for part in self.parts:
            for absence in part.absences:
                self.assertLess(absence.end, NOW.date())
        begun = [act.entry for act in self.acts if act.verb == "delegate"]
        ended = [act.entry for act in self.acts if act.verb == "end_delegations"]
        self.assertEqual(begun, ended)

    # -- attendance -----------------------------------------------------------

    def test_whoever_acts_in_a_half_day_used_the_system(self):
        looks = {
            (look.login, look.when.date(), look.when.hour < 12): look.when
            for week in self.weeks
            for look in week.looks
        }
        seen = sum(len(week.looks) for week in self.weeks)
        self.assertEqual(len(looks), seen, "one look a person and half-day")
        first = min(week.first for week in self.weeks if week.first.year == NOW.year)
        for act in (*self.before, *self.acts):
            day = act.when.date()
            # The afternoon of the last day is not over yet.
            noted = day.year == 2014 or first <= day < NOW.date()
            if not act.actor or not noted:
                continue
            key = (act.actor, day, act.when.hour < 12)
            self.assertLessEqual(looks[key], act.when, act)

    def test_most_heads_and_keepers_look_in_twice_a_day_and_some_do_not(self):
        calendar = work_calendar(2014)
        halves = 2 * sum(
            calendar.is_working(datetime.fromordinal(number).date())
            for number in range(
                datetime(2014, 1, 1).toordinal(), datetime(2015, 1, 1).toordinal()
            )
        )
        times = Counter(
            look.login
            for week in self.weeks
            for look in week.looks
            if look.when.year == 2014
        )
        heads = [post.login for post in posts() if post.role == "head"]
        shares = [times[login] / halves for login in heads]
        self.assertGreater(min(shares), 0.75)
        self.assertLessEqual(max(shares), 1)
        self.assertGreater(len([one for one in shares if one < 0.93]), 5)

    def test_attendance_lies_in_worked_half_days_that_are_over(self):
        calendar = work_calendar(2014, 2026)
        for week in self.weeks:
            for look in week.looks:
                self.assertTrue(week.first <= look.when.date() <= week.last)
                self.assertTrue(calendar.is_working(look.when.date()), look)
                self.assertLess(look.when, NOW)
        today = [
            w for week in self.weeks for w in week.looks if w.when > NOW.replace(hour=0)
        ]
        self.assertTrue(today)
        self.assertLess(max(look.when.time() for look in today), time(12))

    def test_who_keeps_the_account_looks_in_while_the_clerk_is_away(self):
        day = datetime(2014, 10, 15).date()
        logins = {
            look.login
            for week in self.weeks
            for look in week.looks
            if look.when.date() == day
        }
        self.assertIn("cv1.luongphong", logins)
        self.assertNotIn("vanthu.luongphong", logins)

    # -- the plan -------------------------------------------------------------

    def test_acts_come_in_order_from_people_who_exist(self):
        years = [act.when.year > 2015 for act in self.acts]
        self.assertEqual(years, sorted(years, reverse=True))
        logins = {post.login for post in posts()} | set(self.authority.newcomers)
        calendar = work_calendar(2014, 2015, 2025, 2026)
        for running in (True, False):
            acts = [a for a in self.acts if (a.when.year > 2015) is running]
            moments = [act.when for act in acts]
            self.assertEqual(moments, sorted(moments))
        for act in self.acts:
            self.assertTrue(hasattr(Hand, act.verb), act.verb)
            self.assertLessEqual(act.when, NOW)
            if act.verb in SYSTEM_ACTS:
                self.assertFalse(act.actor)
                continue
            self.assertIn(act.actor, logins)
            self.assertTrue(calendar.is_working(act.when.date()), act.when)
            self.assertTrue(7 <= act.when.hour < 18, act.when)

    def test_what_was_replayed_before_there_was_authority_still_counts(self):
        """A database of the former version goes on if its dossiers are the same."""
        digest = sha256(repr(self.dossiers).encode()).hexdigest()
        self.assertEqual(digest, FORMER_DOSSIERS)

    def test_same_moment_gives_the_same_plan(self):
        catalogue = load(NOW)
        papers = plan(catalogue, NOW)
        before = papers + plan_dossiers(catalogue, papers, NOW)
        again = plan_authority(catalogue, before, NOW)
        self.assertEqual(repr(again), repr(self.acts))
        looks = [a.entry.looks for a in again if a.verb == "note_attendance"]
        self.assertEqual(looks, [week.looks for week in self.weeks])

    def test_slice_fits_into_the_first_days_of_a_year(self):
        for moment in (
            datetime(2026, 1, 1, 8),
            datetime(2026, 1, 5, 14),
            datetime(2027, 2, 11, 9),
        ):
            catalogue = load(moment)
            papers = plan(catalogue, moment)
            before = papers + plan_dossiers(catalogue, papers, moment)
            acts = plan_authority(catalogue, before, moment)
            self.assertLessEqual(max(act.when for act in acts), moment)
            waiting = [
                act.entry.fate
                for act in acts
                if act.verb == "prepare_request" and act.when.year != 2014
            ]
            self.assertLessEqual({"submitted", "draft"}, set(waiting))
