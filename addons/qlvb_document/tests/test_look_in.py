from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.qlvb_base.models import qlvb_access_log

from .common_remind import RemindCase


@tagged("post_install", "-at_install", "qlvb")
class TestLookIn(RemindCase):
    """Shortly before a checkpoint those are told who have work and have not come."""

    def setUp(self):
        super().setUp()
        self.addCleanup(qlvb_access_log._noted.clear)
        qlvb_access_log._noted.clear()
        self.env["qlvb.access.log"].search([]).unlink()

    def look_in(self, user):
        self.env["qlvb.access.log"].with_user(user)._note()

    def checkpoint(self, *moment):
        """Do the round before a checkpoint; return what was shown to whom."""
        shown = []

        def show(user, kind, message, **_):
            if kind == "simple_notification":
                shown.append((user, message["message"]))

        with (
            self.at(*moment),
            patch.object(self.registry["res.users"], "_bus_send", show),
        ):
            self.env["qlvb.reminder"]._cron_checkpoint()
        return shown

    def told(self, user):
        """Return the letters to ``user`` that ask them to look in."""
        letters = self.env["qlvb.reminder.letter"].search(
            [("user_id", "=", user.id), ("kind", "like", "look_")], order="id"
        )
        return letters.mapped("kind")

    def test_who_has_work_and_has_not_looked_in_is_told_once_a_half_day(self):
        shown = self.checkpoint(2026, 8, 26, 11, 10)
        self.assertIn(self.culture_head, [user for user, _text in shown])
        self.assertFalse(self.checkpoint(2026, 8, 26, 11, 20))
        self.checkpoint(2026, 8, 26, 17, 10)
        told = self.told(self.culture_head)
        self.assertEqual(told, ["look_morning", "look_afternoon"])

    def test_the_letter_says_how_much_waits_and_nothing_of_what_it_is(self):
        self.checkpoint(2026, 8, 26, 11, 10)
        mail = self.letters(self.culture_head)[-1]
        self.assertIn(self.document.reference, mail.body_html)
        self.assertNotIn(self.document.summary, mail.body_html)
        self.assertNotIn(self.document.summary, mail.subject)

    def test_who_looked_in_is_left_alone(self):
        self.look_in(self.culture_head)
        self.checkpoint(2026, 8, 26, 11, 10)
        self.assertFalse(self.told(self.culture_head))
        # The work itself is still said again in the list.
        self.assertEqual(self.reminders(self.culture_head), ["unopened"])

    def test_the_morning_does_not_excuse_the_afternoon(self):
        self.look_in(self.culture_head)
        self.checkpoint(2026, 8, 26, 17, 10)
        self.assertEqual(self.told(self.culture_head), ["look_afternoon"])

    def test_who_has_nothing_waiting_is_not_told(self):
        self.checkpoint(2026, 8, 26, 11, 10)
        self.assertFalse(self.told(self.culture_one))
        self.open(self.order, self.culture_head)
        self.checkpoint(2026, 8, 26, 17, 10)
        self.assertEqual(self.told(self.culture_head), ["look_morning"])

    def test_who_is_away_is_not_told_and_the_delegate_is(self):
        self.env["qlvb.absence"].create(
            {"user_id": self.culture_head.id, "reason": "mission"}
        )
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.checkpoint(2026, 8, 26, 11, 10)
        self.assertFalse(self.told(self.culture_head))
        self.assertEqual(self.told(self.culture_deputy), ["look_morning"])

    def test_a_keeper_is_told_of_papers_to_register_unless_either_came(self):
        self.draft(self.culture_clerk)
        self.look_in(self.culture_account)
        self.checkpoint(2026, 8, 26, 11, 10)
        self.assertFalse(self.told(self.culture_clerk))
        self.checkpoint(2026, 8, 26, 17, 10)
        self.assertEqual(self.told(self.culture_clerk), ["look_afternoon"])

    def test_who_wants_no_letters_gets_the_notice_alone(self):
        self.culture_head.reminder_mail = False
        before = len(self.letters(self.culture_head))
        shown = self.checkpoint(2026, 8, 26, 11, 10)
        self.assertIn(self.culture_head, [user for user, _text in shown])
        self.assertEqual(len(self.letters(self.culture_head)), before)

    def test_on_a_day_off_nobody_is_told(self):
        self.assertFalse(self.checkpoint(2026, 8, 29, 11, 10))

    # -- figures --------------------------------------------------------------

    def test_the_board_counts_what_waits(self):
        board = self.env["qlvb.duty.board"].with_user(self.culture_head)
        action = board.action_show_day()
        lines = self.env["qlvb.duty.board.line"].with_user(self.culture_head)
        [line] = lines.search(
            [*action["domain"], ("user_id", "=", self.culture_head.id)]
        )
        self.assertEqual(line.waiting, 1)

    def test_the_time_to_the_first_opening_is_measured_in_working_hours(self):
        with self.at(2026, 8, 27, 8, 30):
            self.open(self.order, self.culture_head)
        # From 9:00 on Wednesday: 2:30 and 4:00 hours, then 1:00 on Thursday.
        self.order.invalidate_recordset()
        self.assertEqual(self.order.hours_to_open, 7.5)

    def test_the_figures_of_a_month_say_how_soon_work_was_opened(self):
        self.look_in(self.culture_head)
        with self.at(2026, 8, 26, 11, 40):
            self.env["qlvb.duty"]._cron_find()
        with self.at(2026, 8, 26, 10, 30):
            self.open(self.order, self.culture_head)
        month = self.env["qlvb.duty.month"].search(
            [("user_id", "=", self.culture_head.id)]
        )
        self.assertEqual(month.with_user(self.culture_head).hours_to_open, 1.5)
        self.assertEqual(month.with_user(self.chief).opened, 1)
        # A keeper reads how they met their own duty, and no figures of the unit.
        keeper = self.env["qlvb.duty.month"].search(
            [("user_id", "=", self.culture_clerk.id)]
        )
        self.assertFalse(keeper.with_user(self.culture_clerk).opened)
        first, last = month.month, month.month.replace(day=31)
        [row] = [
            row
            for row in self.env["qlvb.duty"]._figures(first, last, self.culture)
            if row["user_id"] == self.culture_head.id
        ]
        self.assertEqual((row["opened"], row["hours_to_open"]), (1, 1.5))
