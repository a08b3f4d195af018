from collections import Counter
from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..people import posts
from ..replay.catalogue import load
from ..replay.leaving import FATES
from ..replay.leaving_course import LeavingCourse
from ..replay.offices import fields, units
from ..replay.plan import plan
from ..replay.tables import work_calendar

NOW = datetime(2026, 11, 20, 16)


@tagged("post_install", "-at_install", "qlvb")
class TestLeaving(BaseCase):
    """What leaves is possible, varied, and goes the way that Article 7 lays down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = load(NOW)
        cls.leaving = cls.catalogue.leaving
        cls.all = cls.leaving.year + cls.leaving.running
        cls.acts = plan(cls.catalogue, NOW)

    def _acts_on(self, key):
        return [act for act in self.acts if getattr(act.entry, "key", "") == key]

    def test_there_is_a_year_of_every_sort(self):
        self.assertGreaterEqual(len(self.all), 120)
        self.assertEqual({one.on.month for one in self.leaving.year}, {*range(1, 13)})
        kinds = Counter(units()[one.unit]["kind"] for one in self.all)
        self.assertEqual(kinds.keys(), {"committee", "office", "department", "commune"})
        self.assertEqual({one.fate for one in self.all}, FATES.keys())
        self.assertEqual({one.signer for one in self.all}, {"head", "deputy", "order"})
        self.assertGreaterEqual(len({one.type for one in self.all}), 10)
        urgent = {one.urgency for one in self.all}
        self.assertEqual(urgent, {"normal", "urgent", "very_urgent", "express"})
        self.assertEqual(len({one.about for one in self.all}), len(self.all))
        self.assertEqual(len({one.key for one in self.all}), len(self.all))

    def test_letters_bear_the_symbol_of_their_field(self):
        self.assertLessEqual({"VX", "KT", "NC"}, set(fields().values()))
        symbols = {one.symbol for one in self.all if one.type == "CV"}
        self.assertLessEqual({"/UBND-VX", "/UBND-NN", "/UBND-KT"}, symbols)

    def test_replies_answer_what_their_unit_leads(self):
        entries = {e.key: e for e in self.catalogue.year + self.catalogue.running}
        replies = [one for one in self.all if one.reply]
        self.assertGreaterEqual(len(replies), 30)
        for reply in replies:
            self.assertEqual(entries[reply.reply].lead, reply.by, reply.key)
            (draft,) = [a for a in self._acts_on(reply.key) if a.verb == "draft"]
            held = [
                act
                for act in self._acts_on(reply.reply)
                if act.verb == "accept" and act.actor == draft.actor
            ]
            self.assertLess(held[0].when, draft.when, reply.key)

    def test_each_is_signed_before_it_is_numbered_and_numbered_before_it_goes(self):
        for one in self.all:
            verbs = [act.verb for act in LeavingCourse(one).acts()]
            for earlier, later in (
                ("submit", "sign"),
                ("sign", "check"),
                ("check", "issue"),
                ("issue", "dispatch"),
                ("dispatch", "take_in"),
            ):
                if later in verbs:
                    self.assertLess(verbs.index(earlier), verbs.index(later), one.key)

    def test_what_is_sent_back_begins_anew(self):
        (one,) = [one for one in self.all if one.key == "quy_che"]
        acts = LeavingCourse(one).acts()
        up = [
            (act.actor, act.verb)
            for act in acts
            if act.verb in ("submit", "approve", "turn_back", "revise", "sign")
        ]
        self.assertEqual(
            up,
            [
                ("cv1.vhtt", "submit"),
                ("truong.vhtt", "approve"),
                ("chanhvp", "turn_back"),
                ("cv1.vhtt", "revise"),
                ("cv1.vhtt", "submit"),
                ("truong.vhtt", "approve"),
                ("chanhvp", "approve"),
                ("truong.tuphap", "approve"),
                ("chutich", "sign"),
            ],
        )

    def test_story_is_number_ten_of_its_series_on_its_day(self):
        issued = [
            act
            for act in self.acts
            if act.verb == "issue"
            and act.entry.legislative
            and act.entry.unit == "ubnd"
            and act.when.year == 2014
        ]
        (book,) = [book for book in self.leaving.year_books if book.legislative]
        numbers = {act.entry.key: book.number + i for i, act in enumerate(issued)}
        self.assertEqual(numbers["quy_che"], 10)
        story = self._acts_on("quy_che")
        days = {act.verb: act.when.date() for act in story}
        for verb in ("sign", "issue", "dispatch"):
            self.assertEqual(days[verb], date(2014, 8, 28), verb)

    def test_story_goes_to_every_agency_and_commune(self):
        (one,) = [one for one in self.all if one.key == "quy_che"]
        others = {slug for slug, unit in units().items() if unit["kind"] != "committee"}
        self.assertEqual(set(one.inside), others)
        taken = {a.entry.unit for a in self.acts if a.verb == "take_in"}
        self.assertLessEqual(others, taken)

    def test_what_replaces_another_is_drafted_after_that_one_went(self):
        for one in self.all:
            if not one.replaces:
                continue
            sent = [a for a in self._acts_on(one.replaces) if a.verb == "dispatch"]
            self.assertLess(sent[0].when, self._acts_on(one.key)[0].when)

    def test_registers_begin_before_anything_is_numbered_in_them(self):
        for slice_ in (self.leaving.year_books, self.leaving.running_books):
            for book in slice_:
                issued = [
                    act.when
                    for act in self.acts
                    if act.verb == "issue"
                    and act.entry.unit == book.unit
                    and act.entry.legislative == book.legislative
                    and act.when.year == book.on.year
                ]
                if issued:
                    self.assertLess(book.when, min(issued), book.key)

    def test_slice_fits_into_the_first_days_of_a_year(self):
        for moment in (
            datetime(2026, 1, 1, 8),
            datetime(2026, 1, 5, 14),
            datetime(2027, 2, 11, 9),
        ):
            for one in load(moment).leaving.running:
                self.assertLessEqual(one.on, moment.date())
                self.assertTrue(work_calendar(one.on.year).is_working(one.on))

    def test_drafters_and_signers_hold_posts(self):
        logins = {post.login for post in posts()}
        for one in self.all:
            self.assertLessEqual({one.drafter, one.signer_login}, logins, one.key)
