from datetime import date

from odoo.tests import tagged

from .common_duty import WEDNESDAY, DutyCase


@tagged("post_install", "-at_install", "qlvb")
class TestDuty(DutyCase):
    """Heads and keepers look in by the end of the morning and of the afternoon."""

    def assertDuty(self, user, state, half="morning", **values):
        [row] = self.duty(user, half)
        self.assertEqual(row.state, state)
        self.assertEqual({name: row[name] for name in values}, values)

    # -- found ----------------------------------------------------------------

    def test_who_looked_in_by_the_end_of_the_morning_has_done_it(self):
        self.look_in(self.culture_head, 2026, 8, 26, 11, 29)
        self.look_in(self.justice_head, 2026, 8, 26, 11, 31)
        self.find(2026, 8, 26, 11, 40)
        self.assertDuty(
            self.culture_head,
            "done",
            capacity="head",
            first_at=self.utc(2026, 8, 26, 11, 29),
        )
        self.assertDuty(self.justice_head, "missed")
        self.assertDuty(self.commune_head, "missed", first_at=False)

    def test_the_morning_does_not_count_for_the_afternoon(self):
        self.look_in(self.culture_head, 2026, 8, 26, 8)
        self.find(2026, 8, 26, 11, 40)
        self.find(2026, 8, 26, 17, 40)
        self.assertDuty(self.culture_head, "done", "morning")
        self.assertDuty(self.culture_head, "missed", "afternoon")

    def test_a_keeper_looks_in_with_either_account(self):
        self.look_in(self.culture_account, 2026, 8, 26, 9)
        self.look_in(self.justice_clerk, 2026, 8, 26, 9)
        self.find(2026, 8, 26, 11, 40)
        self.assertDuty(self.culture_clerk, "done", capacity="keeper")
        self.assertDuty(self.justice_clerk, "done", capacity="keeper")
        self.assertDuty(self.commune_clerk, "missed", capacity="keeper")
        self.assertFalse(self.duty(self.culture_account))

    def test_nobody_else_has_the_duty(self):
        self.find(2026, 8, 26, 11, 40)
        for user in (self.chairman, self.vice_culture, self.culture_deputy):
            self.assertFalse(self.duty(user), user.login)
        self.assertFalse(self.duty(self.culture_one))
        self.assertEqual(self.duty(self.chief).unit_id, self.office)

    def test_a_checkpoint_is_found_once(self):
        self.find(2026, 8, 26, 11, 40)
        count = self.env["qlvb.duty"].search_count([])
        self.look_in(self.culture_head, 2026, 8, 26, 11, 45)
        self.find(2026, 8, 26, 11, 50)
        self.assertEqual(self.env["qlvb.duty"].search_count([]), count)
        # Missed it stays, and the board says when they came.
        self.assertDuty(
            self.culture_head, "missed", first_at=self.utc(2026, 8, 26, 11, 45)
        )

    def test_before_the_checkpoint_and_on_days_off_nothing_is_found(self):
        self.find(2026, 8, 26, 11, 20)
        self.find(2026, 8, 29, 11, 40)
        self.find(2026, 9, 2, 17, 40)
        self.assertFalse(self.env["qlvb.duty"].search([]))

    def test_each_unit_has_the_checkpoints_of_its_calendar(self):
        self.commune.calendar_id = self.env["qlvb.calendar"].create(
            {"name": "Early", "morning_start": 6.5, "morning_end": 10.5}
        )
        self.find(2026, 8, 26, 10, 40)
        self.assertDuty(self.commune_head, "missed")
        self.assertFalse(self.duty(self.culture_head))

    def test_a_morning_that_ends_after_noon_has_room_until_then(self):
        self.commune.calendar_id = self.env["qlvb.calendar"].create(
            {"name": "Long", "morning_end": 12.5}
        )
        self.look_in(self.commune_head, 2026, 8, 26, 12, 15)
        self.find(2026, 8, 26, 12, 40)
        self.assertDuty(self.commune_head, "done")

    def test_a_stand_still_is_made_up_for_where_the_system_was_used(self):
        self.look_in(self.culture_head, 2026, 8, 25, 9)
        self.find(2026, 8, 26, 9)
        monday, tuesday = date(2026, 8, 24), date(2026, 8, 25)
        self.assertEqual(self.duty(self.culture_head, day=tuesday).state, "done")
        self.assertEqual(self.duty(self.justice_head, day=tuesday).state, "missed")
        self.assertFalse(self.duty(self.justice_head, "afternoon", tuesday))
        self.assertFalse(self.duty(self.justice_head, day=monday))

    def test_who_held_the_post_on_that_day_had_the_duty(self):
        self.look_in(self.justice_head, 2026, 8, 25, 9)
        self.end_post(self.culture_head, self.culture, "2026-08-25")
        self.give_post(self.culture_one, self.culture, "head", "2026-08-26")
        self.find(2026, 8, 26, 11, 40)
        tuesday = date(2026, 8, 25)
        self.assertTrue(self.duty(self.culture_head, day=tuesday))
        self.assertFalse(self.duty(self.culture_head))
        self.assertTrue(self.duty(self.culture_one))

    # -- away -----------------------------------------------------------------

    def test_who_is_away_is_exempt(self):
        self.away(self.culture_head)
        self.away(self.justice_head, from_half="afternoon")
        self.find(2026, 8, 26, 11, 40)
        self.find(2026, 8, 26, 17, 40)
        self.assertDuty(self.culture_head, "exempt", exemption="absence")
        self.assertDuty(self.culture_head, "exempt", "afternoon")
        self.assertDuty(self.justice_head, "missed", "morning")
        self.assertDuty(self.justice_head, "exempt", "afternoon")

    def test_who_is_away_and_looks_in_all_the_same_has_done_it(self):
        self.away(self.culture_head)
        self.look_in(self.culture_head, 2026, 8, 26, 9)
        self.find(2026, 8, 26, 11, 40)
        self.assertDuty(self.culture_head, "done", exemption=False)

    def test_the_duty_is_the_delegates_while_the_delegation_runs(self):
        self.away(self.culture_head)
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.find(2026, 8, 26, 11, 40)
        self.assertDuty(self.culture_head, "exempt")
        self.assertDuty(self.culture_deputy, "missed", capacity="delegate")
        self.look_in(self.culture_deputy, 2026, 8, 26, 14)
        self.find(2026, 8, 26, 17, 40)
        self.assertDuty(self.culture_deputy, "done", "afternoon")

    def test_a_delegation_for_the_afternoon_leaves_the_morning_with_the_head(self):
        self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            from_half="afternoon",
        )
        self.find(2026, 8, 26, 11, 40)
        self.find(2026, 8, 26, 17, 40)
        self.assertDuty(self.culture_head, "missed", "morning")
        self.assertFalse(self.duty(self.culture_deputy, "morning"))
        self.assertDuty(
            self.culture_head, "exempt", "afternoon", exemption="delegation"
        )
        self.assertDuty(self.culture_deputy, "missed", "afternoon")

    def test_a_delegation_revoked_since_was_in_force_then(self):
        with self.at(2026, 8, 25, 9):
            delegation = self.delegate(
                self.culture_head, self.culture_deputy, self.culture
            )
        self.look_in(self.justice_head, 2026, 8, 25, 10)
        with self.at(2026, 8, 25, 15):
            delegation.action_revoke()
        # The server stood still at noon; the morning is made up for.
        self.find(2026, 8, 26, 9)
        tuesday = date(2026, 8, 25)
        self.assertEqual(self.duty(self.culture_head, day=tuesday).state, "exempt")
        self.assertEqual(self.duty(self.culture_deputy, day=tuesday).state, "missed")

    def test_a_head_who_looks_in_leaves_nothing_to_the_delegate(self):
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.look_in(self.culture_head, 2026, 8, 26, 9)
        self.find(2026, 8, 26, 11, 40)
        self.assertDuty(self.culture_head, "done")
        self.assertFalse(self.duty(self.culture_deputy))

    def test_an_absence_recorded_by_the_next_working_day_still_excuses(self):
        self.find(2026, 8, 26, 11, 40)
        self.assertDuty(self.culture_head, "missed")
        self.away(self.culture_head)
        self.find(2026, 8, 27, 9)
        self.assertDuty(self.culture_head, "exempt", exemption="absence")

    def test_an_absence_recorded_later_does_not(self):
        self.find(2026, 8, 26, 11, 40)
        self.away(self.culture_head)
        self.find(2026, 8, 28, 9)
        self.assertDuty(self.culture_head, "missed")

    # -- who reads it ---------------------------------------------------------

    def test_rows_are_read_by_the_person_the_head_and_the_office(self):
        self.find(2026, 8, 26, 11, 40)
        clerk, head = self.duty(self.culture_clerk), self.duty(self.culture_head)
        self.assertCanRead(self.culture_clerk, clerk)
        self.assertCannotRead(self.culture_clerk, head)
        self.assertCanRead(self.culture_head, clerk)
        self.assertCannotRead(self.justice_head, clerk)
        for user in (self.chief, self.clerk, self.chairman):
            self.assertCanRead(user, head)
        for user in (self.administrator, self.vice_culture, self.outsider):
            self.assertCannotRead(user, head)

    def test_a_delegate_reads_while_the_delegation_runs(self):
        self.find(2026, 8, 26, 11, 40)
        row = self.duty(self.culture_clerk)
        self.assertCannotRead(self.culture_deputy, row)
        delegation = self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.assertCanRead(self.culture_deputy, row)
        delegation.action_revoke()
        self.assertCannotRead(self.culture_deputy, row)

    def test_nobody_writes_a_row_by_hand(self):
        self.find(2026, 8, 26, 11, 40)
        row = self.duty(self.culture_head)
        for user in (self.culture_head, self.chief, self.chairman):
            mine = row.with_user(user)
            self.assertDenied(mine.write, {"state": "done"})
            self.assertDenied(mine.unlink)

    # -- figures --------------------------------------------------------------

    def test_a_month_adds_up_half_day_by_half_day(self):
        self.look_in(self.culture_head, 2026, 8, 26, 9)
        self.find(2026, 8, 26, 11, 40)
        self.find(2026, 8, 26, 17, 40)
        self.away(self.culture_head, date(2026, 8, 27))
        self.find(2026, 8, 27, 11, 40)
        [row] = [
            row
            for row in self.env["qlvb.duty"]._figures(WEDNESDAY, date(2026, 8, 31))
            if row["user_id"] == self.culture_head.id
        ]
        expected = {
            "unit_id": self.culture.id,
            "user_id": self.culture_head.id,
            "due": 2,
            "done": 1,
            "missed": 1,
            "exempt": 1,
        }
        # Addons above add figures of their own.
        self.assertEqual({name: row[name] for name in expected}, expected)
        month = self.env["qlvb.duty.month"].search(
            [("user_id", "=", self.culture_head.id)]
        )
        self.assertEqual(month.month, date(2026, 8, 1))
        self.assertEqual((month.due, month.done, month.missed), (2, 1, 1))
        self.assertEqual((month.exempt, month.rate), (1, 50.0))

    def test_figures_of_a_month_are_read_as_their_rows(self):
        self.find(2026, 8, 26, 11, 40)
        months = self.env["qlvb.duty.month"]
        culture = months.search([("user_id", "=", self.culture_head.id)])
        justice = months.search([("user_id", "=", self.justice_head.id)])
        self.assertCanRead(self.culture_head, culture)
        self.assertCannotRead(self.culture_head, justice)
        self.assertCanRead(self.chief, justice)
        self.assertCannotRead(self.administrator, justice)

    def test_a_checkpoint_costs_the_same_for_few_units_and_for_many(self):
        units = self.env["qlvb.unit"].search([("parent_id", "=", self.committee.id)])
        duty = self.env["qlvb.duty"]
        self.env.flush_all()
        counts = []
        for some in (units[:1], units):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            duty._assess(some, WEDNESDAY, "morning")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
