import doctest
import random
from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..lib import workhours
from ..lib.workdays import WorkCalendar
from ..lib.workhours import WorkHours

OFFICE = WorkHours(
    WorkCalendar(
        closed=[date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)],
        worked=[date(2026, 8, 22)],
    ),
    [(7.5, 11.5), (13.5, 17.5)],
)


@tagged("post_install", "-at_install", "qlvb")
class TestWorkhours(BaseCase):
    """Working hours between two moments: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        self.assertEqual(doctest.testmod(workhours).failed, 0)

    def test_it_agrees_with_counting_minute_by_minute(self):
        chance = random.Random(11)
        minute = timedelta(minutes=1)
        for _time in range(30):
            start = datetime(2026, 8, 20) + chance.randrange(20_000) * minute
            end = start + chance.randrange(15_000) * minute
            worked, moment = 0, start
            while moment < end:
                hour = moment.hour + moment.minute / 60
                inside = any(first <= hour < last for first, last in OFFICE.spans)
                worked += inside and OFFICE.calendar.is_working(moment.date())
                moment += minute
            with self.subTest(start=start, end=end):
                self.assertAlmostEqual(OFFICE.between(start, end), worked / 60, 6)
                self.assertAlmostEqual(OFFICE.between(end, start), -worked / 60, 6)

    def test_a_saturday_worked_in_exchange_counts(self):
        self.assertEqual(
            OFFICE.between(datetime(2026, 8, 21, 17), datetime(2026, 8, 22, 8)), 1.0
        )

    def test_a_checkpoint_is_near_on_worked_days_alone(self):
        self.assertEqual(OFFICE.ends_within(datetime(2026, 8, 26, 17, 15), 30), 1)
        self.assertIsNone(OFFICE.ends_within(datetime(2026, 9, 1, 17, 15), 30))
        self.assertIsNone(OFFICE.ends_within(datetime(2026, 8, 26, 17, 31), 30))
