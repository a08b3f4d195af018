from collections import Counter
from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..replay.catalogue import load
from ..replay.entry import FATES
from ..replay.offices import units
from ..replay.tables import work_calendar

NOW = datetime(2026, 11, 20, 16)


@tagged("post_install", "-at_install", "qlvb")
class TestCatalogue(BaseCase):
    """What arrived is possible, varied and tells the story."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = load(NOW)
        cls.entries = cls.catalogue.year + cls.catalogue.running

    def test_there_is_a_year_and_a_slice_of_the_running_one(self):
        self.assertGreaterEqual(len(self.catalogue.year), 120)
        self.assertEqual(len(self.catalogue.running), 20)
        months = {entry.received.month for entry in self.catalogue.year}
        self.assertEqual(months, set(range(1, 13)))
        self.assertEqual({e.received.year for e in self.catalogue.running}, {2026})

    def test_papers_arrive_on_working_days_after_they_were_written(self):
        for entry in self.entries:
            year = entry.received.year
            with self.subTest(entry.key):
                self.assertTrue(work_calendar(year).is_working(entry.received))
                self.assertLess(entry.dated, entry.received)
                self.assertLessEqual(entry.received, NOW.date())

    def test_units_exist(self):
        for entry in self.catalogue.year:
            named = {entry.to, *entry.support, *entry.inform}
            named |= {entry.lead} if entry.to == "ubnd" else set()
            self.assertLessEqual(named, units().keys(), entry.key)

    def test_no_number_is_used_twice_by_an_issuer(self):
        seen = Counter((e.issuer, e.reference, e.dated.year) for e in self.entries)
        self.assertEqual([key for key, times in seen.items() if times > 1], [])

    def test_every_fate_occurs(self):
        self.assertEqual({entry.fate for entry in self.entries}, FATES.keys())

    def test_summaries_vary(self):
        self.assertEqual(len({e.summary for e in self.entries}), len(self.entries))

    def test_story_has_its_number_and_dates(self):
        (story,) = (entry for entry in self.catalogue.year if entry.key == "story")
        self.assertEqual(story.reference, "120/TTr-VHTT")
        self.assertEqual(story.dated, date(2014, 8, 6))
        self.assertEqual(story.received, date(2014, 8, 7))
        self.assertEqual((story.wrong, story.lead), ("tuphap", "vhtt"))

    def test_slice_fits_into_the_first_days_of_a_year(self):
        for moment in (
            datetime(2026, 1, 1, 8),
            datetime(2026, 1, 5, 14),
            datetime(2027, 2, 11, 9),
        ):
            for entry in load(moment).running:
                year = entry.received.year
                self.assertLessEqual(entry.received, moment.date())
                self.assertTrue(work_calendar(year).is_working(entry.received))
