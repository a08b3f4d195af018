import doctest
import random
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..lib import workdays
from ..lib.workdays import WorkCalendar

# The end of August 2014: Monday 1 September off for Saturday the 6th.
OFFICE = WorkCalendar(
    closed=[date(2014, 9, 1), date(2014, 9, 2)], worked=[date(2014, 9, 6)]
)
THURSDAY, FRIDAY, SATURDAY = (date(2014, 8, day) for day in (28, 29, 30))


@tagged("post_install", "-at_install", "qlvb")
class TestWorkdays(BaseCase):
    """Counting working days: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        self.assertEqual(doctest.testmod(workdays).failed, 0)

    def test_a_swapped_day_works_both_ways(self):
        self.assertFalse(OFFICE.is_working(date(2014, 9, 1)))
        self.assertTrue(OFFICE.is_working(date(2014, 9, 6)))
        self.assertFalse(OFFICE.is_working(SATURDAY))

    def test_the_day_of_the_event_is_not_counted(self):
        self.assertEqual(OFFICE.add(THURSDAY, 1), FRIDAY)

    def test_a_term_ends_on_a_working_day(self):
        self.assertEqual(OFFICE.add(FRIDAY, 1), date(2014, 9, 3))
        self.assertEqual(OFFICE.add(FRIDAY, 4), date(2014, 9, 6))
        self.assertEqual(OFFICE.add(FRIDAY, 5), date(2014, 9, 8))

    def test_no_days_mean_the_day_itself_or_the_next_worked(self):
        self.assertEqual(OFFICE.add(FRIDAY, 0), FRIDAY)
        self.assertEqual(OFFICE.add(SATURDAY, 0), date(2014, 9, 3))
        self.assertEqual(OFFICE.next_working(SATURDAY), date(2014, 9, 3))

    def test_days_are_counted_back(self):
        self.assertEqual(OFFICE.add(date(2014, 9, 3), -1), FRIDAY)

    def test_days_late_are_negative(self):
        self.assertEqual(OFFICE.count(date(2014, 9, 3), FRIDAY), -1)
        self.assertEqual(OFFICE.count(FRIDAY, FRIDAY), 0)

    def test_counting_agrees_with_walking(self):
        """The quick count is right wherever it starts, whatever the week."""
        chance = random.Random(2014)
        first = date(2014, 1, 1)
        for _ in range(50):
            days = [first + timedelta(n) for n in chance.sample(range(120), 20)]
            calendar = WorkCalendar(
                chance.sample(range(7), chance.randint(1, 7)), days[:10], days[10:]
            )
            start = first + timedelta(chance.randrange(120))
            length = chance.randrange(60)
            walked = sum(
                calendar.is_working(start + timedelta(n)) for n in range(1, length + 1)
            )
            end = start + timedelta(length)
            self.assertEqual(calendar.count(start, end), walked)
            self.assertEqual(calendar.count(end, start), -walked)

    def test_adding_and_counting_are_inverse(self):
        for number in range(1, 40):
            end = OFFICE.add(THURSDAY, number)
            self.assertEqual(OFFICE.count(THURSDAY, end), number)

    def test_a_week_without_work_is_no_calendar(self):
        for weekdays in ((), (7,)):
            with self.subTest(weekdays), self.assertRaises(ValueError):
                WorkCalendar(weekdays)

    def test_a_day_is_not_both_closed_and_worked(self):
        with self.assertRaises(ValueError):
            WorkCalendar(closed=[SATURDAY], worked=[SATURDAY])

    def test_a_term_beyond_the_calendar_ends_in_an_error(self):
        with self.assertRaises(OverflowError):
            OFFICE.add(date(9999, 12, 20), 30)
