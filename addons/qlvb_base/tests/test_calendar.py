from datetime import date, datetime

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..lib import clock
from ..models.qlvb_calendar_day import LAW_LOADER

# Weekday closures and worked Saturdays as the government's notices set them,
# collected apart from the source that the calendar loads.
NOTICES = {
    2014: (
        "1/1 29/1 30/1 31/1 3/2 4/2 9/4 30/4 1/5 2/5 1/9 2/9",
        "26/4 6/9 27/12",
    ),
    2024: ("1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", "4/5"),
    2025: ("1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
    2026: (
        "1/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
        "22/8",
    ),
}


def days_of(year, text):
    """Return the dates of ``day/month`` pairs."""
    pairs = (pair.split("/") for pair in text.split())
    return {date(year, int(month), int(day)) for day, month in pairs}


@tagged("post_install", "-at_install", "qlvb")
class TestCalendar(TransactionCase):
    """The working calendar: what it counts, who reads it, who decides on a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env["qlvb.calendar"]._default()
        cls.official = new_test_user(
            cls.env, "calendar.official", groups="qlvb_base.group_qlvb_user"
        )
        cls.administrator = new_test_user(
            cls.env, "calendar.admin", groups="qlvb_base.group_qlvb_administrator"
        )
        cls.outsider = new_test_user(cls.env, "calendar.outsider")

    def decide(self, day, is_working, calendar=None):
        """Enter a decision on a day as the administrator."""
        return (
            self.env["qlvb.calendar.day"]
            .with_user(self.administrator)
            .create(
                {
                    "calendar_id": (calendar or self.standard).id,
                    "date": day,
                    "is_working": is_working,
                    "name": "Notice 12/TB-UBND",
                }
            )
        )

    def law_day(self, day):
        return self.standard.day_ids.filtered(
            lambda line: str(line.date) == day and line.source == "law"
        )

    def test_days_off_and_worked_are_those_of_the_notices(self):
        calendar = self.standard._work_calendar()
        for year, (closed, worked) in NOTICES.items():
            with self.subTest(year=year):
                weekdays_off = {
                    day
                    for day in calendar.closed
                    if day.year == year and day.weekday() < 5
                }
                self.assertEqual(weekdays_off, days_of(year, closed))
                self.assertEqual(
                    {day for day in calendar.worked if day.year == year},
                    days_of(year, worked),
                )

    def test_the_coming_year_is_there(self):
        self.assertIn(
            date(clock.today().year + 1, 1, 1), self.standard.day_ids.mapped("date")
        )

    def test_an_official_counts_working_days(self):
        calendar = self.standard.with_user(self.official)
        # 1 and 2 September 2014 were closed, Saturday the 6th worked instead.
        self.assertEqual(calendar.add_working_days("2014-08-29", 1), date(2014, 9, 3))
        self.assertEqual(calendar.add_working_days("2014-08-29", 4), date(2014, 9, 6))
        self.assertEqual(
            calendar.add_working_days(date(2014, 8, 30), 0), date(2014, 9, 3)
        )
        self.assertEqual(calendar.count_working_days("2014-08-29", "2014-09-07"), 4)
        self.assertEqual(calendar.count_working_days("2014-09-07", "2014-08-29"), -4)

    def test_who_is_no_official_counts_nothing(self):
        calendar = self.standard.with_user(self.outsider)
        with self.assertRaises(AccessError):
            calendar.add_working_days("2014-08-29", 1)
        with self.assertRaises(AccessError):
            calendar.count_working_days("2014-08-29", "2014-09-07")

    def test_bad_arguments_are_refused_in_words(self):
        calendar = self.standard.with_user(self.official)
        for day in (None, False, "", "2014-02-30", "yesterday", 7, [1], {"a": 1}):
            with self.subTest(day=day), self.assertRaises(UserError):
                calendar.add_working_days(day, 1)
        for number in (None, "3", 1.5, True, 5001, -(2**40)):
            with self.subTest(number=number), self.assertRaises(UserError):
                calendar.add_working_days("2014-08-29", number)
        with self.assertRaises(UserError):
            calendar.add_working_days("9999-12-20", 30)

    def test_an_official_changes_nothing(self):
        calendar = self.standard.with_user(self.official)
        with self.assertRaises(AccessError):
            calendar.write({"saturday": True})
        with self.assertRaises(AccessError):
            calendar.create({"name": "My own"})
        with self.assertRaises(AccessError):
            self.env["qlvb.calendar.day"].with_user(self.official).create(
                {"calendar_id": self.standard.id, "date": "2026-07-01", "name": "Free"}
            )
        with self.assertRaises(AccessError):
            self.law_day("2014-09-02").with_user(self.official).unlink()

    def test_a_decision_wins_over_the_law_at_once(self):
        calendar = self.standard.with_user(self.official)
        self.assertEqual(calendar.add_working_days("2014-08-29", 1), date(2014, 9, 3))
        decision = self.decide("2014-09-01", True)
        self.assertEqual(calendar.add_working_days("2014-08-29", 1), date(2014, 9, 1))
        decision.is_working = False
        self.assertEqual(calendar.add_working_days("2014-08-29", 1), date(2014, 9, 3))
        decision.is_working = True
        decision.unlink()
        self.assertEqual(calendar.add_working_days("2014-08-29", 1), date(2014, 9, 3))

    def test_a_new_working_week_counts_at_once(self):
        self.assertEqual(
            self.standard.add_working_days("2014-08-08", 1), date(2014, 8, 11)
        )
        self.standard.with_user(self.administrator).saturday = True
        self.assertEqual(
            self.standard.add_working_days("2014-08-08", 1), date(2014, 8, 9)
        )

    def test_days_of_the_law_are_nobodys_to_change(self):
        for user in (self.administrator, self.env.user):
            with self.subTest(user=user.login):
                day = self.law_day("2014-09-02").with_user(user)
                with self.assertRaises(AccessError):
                    day.is_working = True
                with self.assertRaises(AccessError):
                    day.unlink()
                with self.assertRaises(AccessError):
                    day.create(
                        {
                            "calendar_id": self.standard.id,
                            "date": "2014-09-03",
                            "name": "Mine",
                            "source": "law",
                        }
                    )

    def test_a_context_does_not_open_the_days_of_the_law(self):
        day = self.law_day("2014-09-02").with_user(self.administrator)
        for value in (True, 1, "LAW_LOADER"):
            with self.subTest(value=value), self.assertRaises(AccessError):
                day.with_context(qlvb_law_loader=value).is_working = True

    def test_a_decision_does_not_turn_into_law(self):
        decision = self.decide("2014-09-03", False)
        with self.assertRaises(AccessError):
            decision.source = "law"

    def test_a_day_is_decided_once(self):
        self.decide("2014-09-03", False)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.decide("2014-09-03", True)

    def test_the_administrator_makes_a_calendar_with_the_days_of_the_law(self):
        calendar = (
            self.env["qlvb.calendar"]
            .with_user(self.administrator)
            .create({"name": "Summer hours", "morning_start": 7, "morning_end": 11})
        )
        self.assertEqual(calendar.add_working_days("2014-08-29", 1), date(2014, 9, 3))
        self.assertEqual(set(calendar.day_ids.mapped("source")), {"law"})

    def test_calendars_are_independent(self):
        other = self.env["qlvb.calendar"].create({"name": "Other"})
        self.decide("2014-09-03", False, other)
        self.assertFalse(other._work_calendar().is_working(date(2014, 9, 3)))
        self.assertTrue(self.standard._work_calendar().is_working(date(2014, 9, 3)))

    def test_hours_and_week_that_cannot_be_are_refused(self):
        weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday")
        for values in (
            {"morning_start": 12},
            {"afternoon_start": 11},
            {"afternoon_end": 24.5},
            {"morning_start": -1},
            {"morning_end": float("nan")},
            dict.fromkeys(weekdays, False),
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.standard.with_user(self.administrator).write(values)

    def test_the_standard_calendar_stays(self):
        with self.assertRaises(ValidationError):
            self.standard.with_user(self.administrator).unlink()
        other = self.env["qlvb.calendar"].create({"name": "Other"})
        other.with_user(self.administrator).unlink()
        self.assertFalse(other.exists())

    def test_loading_again_changes_nothing(self):
        before = self.standard.day_ids
        self.assertEqual(self.standard._load_law_days(2014), 0)
        self.assertEqual(self.standard.day_ids, before)

    def test_the_cron_follows_the_source(self):
        """New days come, wrong ones are mended, past ones are never taken away."""
        calendar = self.standard.with_context(qlvb_law_loader=LAW_LOADER)
        with clock.frozen(datetime(2026, 1, 5)):
            self.law_day("2026-09-02").with_env(calendar.env).unlink()
            self.law_day("2026-09-01").with_env(calendar.env).name = "Wrong"
            past, future = calendar.env["qlvb.calendar.day"].create(
                [
                    {
                        "calendar_id": calendar.id,
                        "date": day,
                        "name": "X",
                        "source": "law",
                    }
                    for day in ("2026-01-02", "2026-03-03")
                ]
            )
            self.env["qlvb.calendar"]._cron_load_law_days()
        self.assertTrue(self.law_day("2026-09-02"))
        self.assertNotEqual(self.law_day("2026-09-01").name, "Wrong")
        self.assertTrue(past.exists())
        self.assertFalse(future.exists())

    def test_the_cron_adds_the_year_to_come(self):
        year = clock.today().year
        with clock.frozen(datetime(year + 1, 12, 1)):
            self.env["qlvb.calendar"]._cron_load_law_days()
        self.assertIn(date(year + 2, 1, 1), self.standard.day_ids.mapped("date"))

    def test_what_is_decided_leaves_a_trace(self):
        decision = self.decide("2014-09-03", True)
        self.standard.with_user(self.administrator).saturday = True
        decision.unlink()
        entries = self.env["qlvb.journal"].search(
            [("user_id", "=", self.administrator.id)], order="id"
        )
        self.assertEqual(
            entries.mapped("event"),
            ["calendar_day_set", "calendar_changed", "calendar_day_removed"],
        )
        self.assertEqual(entries.mapped("res_id"), [self.standard.id] * 3)
        self.assertEqual(entries[0].data, {"date": "2014-09-03", "is_working": True})
        self.assertEqual(entries[1].data, {"fields": ["saturday"]})
