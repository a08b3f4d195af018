from collections import Counter
from datetime import datetime

from odoo.tests import BaseCase, tagged

from ..people import posts
from ..replay.catalogue import load
from ..replay.hand import Hand
from ..replay.plan import plan
from ..replay.tables import work_calendar

NOW = datetime(2026, 11, 20, 16)
SYSTEM_ACTS = ("end_delegations",)


@tagged("post_install", "-at_install", "qlvb")
class TestPlan(BaseCase):
    """Acts come in order, in working hours, from people who exist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = load(NOW)
        cls.acts = plan(cls.catalogue, NOW)

    def _of(self, entry):
        return [act for act in self.acts if act.entry is entry]

    def test_running_year_comes_first_and_each_year_in_order(self):
        years = [act.when.year > 2015 for act in self.acts]
        self.assertEqual(years, sorted(years, reverse=True))
        for running in (True, False):
            moments = [a.when for a in self.acts if (a.when.year > 2015) is running]
            self.assertEqual(moments, sorted(moments))

    def test_nothing_lies_in_the_future(self):
        self.assertLess(max(act.when for act in self.acts), NOW)

    def test_people_exist_and_work_in_office_hours(self):
        logins = {post.login for post in posts()}
        calendar = work_calendar(2014, 2015, 2025, 2026)
        for act in self.acts:
            if act.verb in SYSTEM_ACTS:
                continue
            self.assertIn(act.actor, logins)
            self.assertTrue(calendar.is_working(act.when.date()), act.when)
            self.assertTrue(7 <= act.when.hour < 18, act.when)

    def test_verbs_are_acts_of_the_hand(self):
        for verb in {act.verb for act in self.acts}:
            self.assertTrue(hasattr(Hand, verb), verb)

    def test_fates_meet_their_deadlines(self):
        for entry in self.catalogue.year:
            acts = self._of(entry)
            orders = [act for act in acts if act.verb == "assign"]
            done = [a for a in acts if a.verb == "done" and a.target[0] == entry.lead]
            if not orders or not done or entry.to != "ubnd":
                continue
            late = done[-1].when.date() > orders[-1].lines[0].deadline
            self.assertEqual(late, entry.fate in ("late", "urged"), entry.key)

    def test_supporters_answer_before_the_lead_is_done(self):
        for entry in self.catalogue.year:
            done = [act for act in self._of(entry) if act.verb == "done"]
            for act in done:
                if act.target[0] in entry.support:
                    self.assertLessEqual(act.when, done[-1].when, entry.key)

    def test_while_a_head_is_away_the_deputy_acts(self):
        for away in self.catalogue.away:
            last = away.revoked or away.end
            days = {
                act.when.date()
                for act in self.acts
                if act.actor == f"truong.{away.unit}"
            }
            self.assertFalse([day for day in days if away.start <= day < last])
        deputies = Counter(act.actor for act in self.acts if act.instead)
        self.assertEqual(len(deputies), len(self.catalogue.away))

    def test_same_moment_gives_the_same_plan(self):
        self.assertEqual(repr(plan(load(NOW), NOW)), repr(self.acts))
