from collections import Counter
from datetime import datetime
from hashlib import sha256

from odoo.tests import BaseCase, tagged

from ..people import posts
from ..replay.catalogue import load
from ..replay.dossier import FATES, Dossiers
from ..replay.hand import Hand
from ..replay.offices import units
from ..replay.plan import plan, plan_dossiers
from ..replay.tables import work_calendar

NOW = datetime(2026, 11, 20, 16)
FORMER_PLAN = "c8c4a13b9606c5358c3c8aad86c6304b53bb4832b30434e2a1766aa5ead70920"


@tagged("post_install", "-at_install", "qlvb")
class TestDossiers(BaseCase):
    """Dossiers are possible, varied, and go the way that Article 6 lays down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = load(NOW)
        cls.papers = plan(cls.catalogue, NOW)
        cls.acts = plan_dossiers(cls.catalogue, cls.papers, NOW)
        cls.dossiers = Dossiers.load(cls.catalogue, NOW)
        cls.all = cls.dossiers.year + cls.dossiers.running

    def _of(self, dossier):
        return [act for act in self.acts if act.entry == dossier]

    def test_there_are_the_story_and_150_more(self):
        self.assertEqual(len(self.all), 151)
        keys = {one.key for one in self.all}
        self.assertEqual(len(keys), 151)
        lists = {one.key for one in self.dossiers.lists.values()}
        self.assertEqual({act.entry.key for act in self.acts}, keys | lists)
        self.assertEqual(len({one.title for one in self.all}), 151)
        months = {one.on.month for one in self.dossiers.year}
        self.assertEqual(months, {*range(1, 13)})

    def test_every_fate_occurs_and_the_past_year_is_closed(self):
        self.assertEqual({one.fate for one in self.all}, FATES.keys())
        self.assertEqual({d.fate for d in self.dossiers.year}, {"closed", "late"})
        running = Counter(one.fate for one in self.dossiers.running)
        self.assertEqual(running.keys(), FATES.keys())

    def test_leads_and_supporters_vary(self):
        kinds = Counter(units()[one.lead]["kind"] for one in self.all)
        self.assertEqual(kinds.keys(), {"office", "department", "commune"})
        self.assertGreaterEqual(kinds["commune"], 15)
        self.assertGreaterEqual(len({one.lead for one in self.all}), 25)
        self.assertEqual({one.opener for one in self.all}, {"chanhvp", "chutich"})
        self.assertTrue(any(one.direct for one in self.all))
        self.assertTrue(any(one.who == "head" for one in self.all))

    def test_kinds_and_places_in_the_lists_vary(self):
        self.assertGreaterEqual(len({one.kind for one in self.all}), 10)
        for one in self.dossiers.lists.values():
            names = [entry.name for entry in one.entries]
            self.assertEqual(len(set(names)), len(names))
            opened = {d.entry for d in self.all if d.entry.startswith(one.key)}
            self.assertGreaterEqual(len(opened), 9)
            # Not all that was planned came to be.
            self.assertLess(len(opened), len(names))

    def test_lists_are_approved_before_the_first_dossier_of_their_year(self):
        for one in self.dossiers.lists.values():
            moments = {act.verb: act.when for act in self.acts if act.entry == one}
            self.assertLess(moments["draft_list"], moments["approve_list"])
            first = [
                act.when
                for act in self.acts
                if act.verb == "open_dossier" and act.when.year == one.year
            ]
            self.assertLess(moments["approve_list"], min(first))

    def test_dossier_is_opened_after_its_paper_was_registered(self):
        registered = {
            act.entry.key: act.when
            for act in self.papers
            if act.verb in ("register", "direct")
        }
        for one in self.all:
            first = self._of(one)[0]
            self.assertEqual(first.verb, "open_dossier")
            self.assertLess(registered[one.paper.key], first.when, one.title)

    def test_only_the_openers_open_assign_decide_and_close(self):
        theirs = {"open_dossier", "charge", "allow", "decline", "close", "reopen"}
        for act in self.acts:
            if act.verb in theirs:
                self.assertIn(act.actor, ("chanhvp", "chutich"))

    def test_closed_ones_meet_their_deadlines_or_not(self):
        for one in self.all:
            if one.fate not in ("closed", "late"):
                continue
            acts = self._of(one)
            days = [act.day for act in acts if act.verb == "open_dossier"]
            if any(act.verb == "grant_more_time" for act in acts):
                days += [act.day for act in acts if act.verb == "ask_more_time"]
            verbs = [act.verb for act in acts]
            first = acts[: verbs.index("close")]
            done = [act for act in first if act.verb == "complete"][-1]
            late = done.when.date() > max(days)
            self.assertEqual(late, one.fate == "late", one.title)

    def test_supporters_answer_before_the_work_is_completed(self):
        for one in self.all:
            allowed = [a.units for a in self._of(one) if a.verb == "allow"]
            asked = [unit for units in allowed for unit in units]
            done = [a for a in self._of(one) if a.verb == "complete"]
            said = [
                act.actor.rpartition(".")[2]
                for act in self._of(one)
                if act.verb in ("opine", "finish_part")
                and (not done or act.when < done[0].when)
            ]
            for unit in asked if done else ():
                named = {"vp": "chanhvp"}.get(unit, unit)
                self.assertIn(named, said, one.title)

    def test_acts_come_in_order_from_people_who_exist(self):
        years = [act.when.year > 2015 for act in self.acts]
        self.assertEqual(years, sorted(years, reverse=True))
        logins = {post.login for post in posts()}
        calendar = work_calendar(2013, 2014, 2015, 2025, 2026)
        for running in (True, False):
            acts = [a for a in self.acts if (a.when.year > 2015) is running]
            moments = [act.when for act in acts]
            self.assertEqual(moments, sorted(moments))
        for act in self.acts:
            self.assertIn(act.actor, logins)
            self.assertLess(act.when, NOW)
            self.assertTrue(calendar.is_working(act.when.date()), act.when)
            self.assertTrue(7 <= act.when.hour < 18, act.when)
            self.assertTrue(hasattr(Hand, act.verb), act.verb)
            for line in act.lines:
                if line.deadline:
                    self.assertGreaterEqual(line.deadline, act.when.date(), act)

    def test_while_a_head_is_away_it_waits(self):
        for away in self.catalogue.away:
            last = away.revoked or away.end
            for act in self.acts:
                if act.actor == f"truong.{away.unit}":
                    self.assertFalse(away.start <= act.when.date() <= last, act)

    def test_running_year_has_late_near_and_stuck_ones(self):
        calendar = work_calendar(NOW.year - 1, NOW.year, NOW.year + 1)
        seen = Counter()
        for one in self.dossiers.running:
            if one.fate in ("closed", "late"):
                continue
            left = calendar.count(NOW.date(), one.deadline)
            late = one.deadline < NOW.date()
            seen["late" if late else "near" if left <= 2 else "later"] += 1
            last = self._of(one)[-1].when.date()
            seen["stuck"] += calendar.count(last, NOW.date()) > 5
        for what in ("late", "near", "later", "stuck"):
            self.assertGreaterEqual(seen[what], 5, seen)

    def test_slice_fits_into_the_first_days_of_a_year(self):
        for moment in (
            datetime(2026, 1, 1, 8),
            datetime(2026, 1, 5, 14),
            datetime(2027, 2, 11, 9),
        ):
            catalogue = load(moment)
            acts = plan_dossiers(catalogue, plan(catalogue, moment), moment)
            for act in acts:
                self.assertLess(act.when, moment)
                for line in act.lines:
                    if line.deadline:
                        self.assertGreaterEqual(line.deadline, act.when.date())

    def test_same_moment_gives_the_same_plan(self):
        catalogue = load(NOW)
        again = plan_dossiers(catalogue, plan(catalogue, NOW), NOW)
        self.assertEqual(repr(again), repr(self.acts))

    def test_what_was_replayed_before_there_were_dossiers_still_counts(self):
        """A database of the former version goes on only if its papers are the same."""
        self.assertEqual(sha256(repr(self.papers).encode()).hexdigest(), FORMER_PLAN)
