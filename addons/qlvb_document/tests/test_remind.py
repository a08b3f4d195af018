from unittest.mock import patch

import psycopg2

from odoo.tests import tagged

from .common_remind import RemindCase


@tagged("post_install", "-at_install", "qlvb")
class TestRemind(RemindCase):
    """New, due and late work reaches its holder, the head and the delegate."""

    def rows(self, kind):
        """Return all reminders of a kind, oldest first."""
        return self.env["qlvb.reminder"].search([("kind", "=", kind)], order="id")

    def test_new_work_is_told_to_the_head_of_the_unit_at_once(self):
        self.assertEqual(self.reminders(self.culture_head), ["new"])
        self.assertEqual(len(self.letters(self.culture_head)), 1)

    def test_nobody_else_is_told(self):
        for user in (self.culture_deputy, self.culture_one, self.culture_clerk):
            with self.subTest(user.login):
                self.assertFalse(self.reminders(user))
                self.assertFalse(self.letters(user))
        self.assertFalse(self.reminders(self.justice_head))

    def test_giving_work_asks_for_the_round_and_sends_nothing_itself(self):
        cron = self.env.ref("qlvb_document.ir_cron_qlvb_announce")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        order = self.routed(reference="121/TTr-VHTT")
        after = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before + 1)
        self.assertFalse(self.reminders(self.culture_head, order))
        self.tell()
        self.assertEqual(self.reminders(self.culture_head, order), ["new"])

    def test_work_that_is_acted_on_meanwhile_is_told_all_the_same(self):
        order = self.routed(reference="122/TTr-VHTT")
        model = self.registry["qlvb.reminder"]
        remind, tried = model._remind, []

        def interrupted(reminders, *args, **kwargs):
            tried.append(len(tried))
            if len(tried) < 3:
                raise psycopg2.errors.SerializationFailure
            return remind(reminders, *args, **kwargs)

        with (
            patch.object(model, "_remind", interrupted),
            patch.object(self.env.cr, "rollback") as rolled_back,
        ):
            self.tell()
        self.assertEqual(rolled_back.call_count, 2)
        self.assertEqual(self.reminders(self.culture_head, order), ["new"])
        self.assertFalse(self.env["qlvb.reminder.outbox"].search([]))

    def test_what_is_passed_on_is_told_to_the_person_and_not_to_who_gave_it(self):
        [order] = self.forward(self.culture_one)
        self.tell()
        self.assertEqual(self.reminders(self.culture_one), ["new"])
        self.assertFalse(self.reminders(self.culture_head, order))

    def test_the_head_is_told_of_what_is_given_to_a_person_of_theirs(self):
        [order] = self.routed(
            self.line(self.justice_one), reference="122/TTr-VHTT", issuer="Sở"
        )
        self.tell()
        self.assertEqual(self.reminders(self.justice_one, order), ["new"])
        self.assertEqual(self.reminders(self.justice_head, order), ["new"])

    def test_the_delegate_of_today_is_told_and_the_one_of_tomorrow_is_not(self):
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.delegate(
            self.justice_head,
            self.justice_deputy,
            self.justice,
            date_from="2026-08-27",
            date_to="2026-08-28",
        )
        self.routed(
            self.line(self.culture),
            self.line(self.justice, "support"),
            reference="123/TTr-VHTT",
        )
        self.tell()
        self.assertEqual(self.reminders(self.culture_deputy), ["new"])
        self.assertFalse(self.reminders(self.justice_deputy))
        self.assertFalse(self.letters(self.justice_deputy))

    def test_a_delegate_no_longer_sees_the_reminder_once_it_is_over(self):
        delegation = self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.routed(reference="124/TTr-VHTT")
        self.tell()
        self.assertEqual(self.reminders(self.culture_deputy), ["new"])
        delegation.action_revoke()
        self.assertFalse(self.reminders(self.culture_deputy))

    def test_an_account_switched_off_gets_nothing(self):
        self.culture_head.active = False
        self.order = self.routed(self.line(self.culture_one), reference="1/TTr-VHTT")
        self.tell()
        self.assertEqual(len(self.letters(self.culture_head)), 1, "that of before")
        self.assertTrue(self.reminders(self.culture_one))

    def test_who_lost_sight_before_it_was_sent_gets_nothing(self):
        order = self.routed(self.line(self.culture_one), reference="2/TTr-VHTT")
        self.by(self.chief, order).action_recall("Giao nhầm")
        self.tell()
        self.assertFalse(self.reminders(self.culture_one))
        self.assertFalse(self.letters(self.culture_one))

    def test_sight_is_asked_for_at_the_moment_of_sending(self):
        order = self.routed(self.line(self.culture), reference="3/TTr-VHTT")
        blind = {self.culture_head.id: set()}
        membership = self.registry["qlvb.membership"]
        with patch.object(membership, "_principals_of", lambda model, users: blind):
            self.tell()
        self.assertFalse(self.reminders(self.culture_head, order))
        self.assertEqual(len(self.letters(self.culture_head)), 1, "that of before")

    def test_who_left_the_unit_before_it_was_sent_gets_nothing(self):
        self.routed(self.line(self.culture_one), reference="3/TTr-VHTT")
        self.end_post(self.culture_one, self.culture, "2026-08-25")
        self.tell()
        self.assertFalse(self.letters(self.culture_one))
        self.assertEqual(len(self.letters(self.culture_head)), 2)

    def test_opening_settles_the_reminder_of_new_work(self):
        self.open(self.order, self.culture_head)
        self.assertFalse(self.reminders(self.culture_head))

    def test_finishing_settles_every_reminder(self):
        with self.at(2026, 9, 15, 8):
            self.morning()
            self.assertEqual(self.reminders(self.culture_head), ["late"])
            self.by(self.culture_head).action_done("Đã tham mưu")
            self.assertFalse(self.reminders(self.culture_head))

    def test_due_soon_means_two_working_days_across_a_week_end(self):
        """Due Monday the 14th: not yet on Wednesday the 9th, but on Thursday."""
        self.assertDeadline(self.order, "2026-09-14")
        with self.at(2026, 9, 9, 8):
            self.morning()
            self.assertEqual(self.reminders(self.culture_head), ["new"])
        with self.at(2026, 9, 10, 8):
            self.morning()
            self.assertEqual(self.reminders(self.culture_head), ["due"])

    def test_due_soon_across_a_week_end_and_a_holiday(self):
        order = self.routed(
            self.line(self.justice, deadline="2026-09-03"), reference="4/TTr-VHTT"
        )
        # Off from Saturday 29 August to Wednesday 2 September, the 31st in exchange.
        with self.at(2026, 8, 27, 8):
            self.morning()
            self.assertEqual(self.reminders(self.justice_head, order), ["due"])

    def test_not_a_day_too_soon_before_that_holiday(self):
        order = self.routed(
            self.line(self.justice, deadline="2026-09-03"), reference="4/TTr-VHTT"
        )
        self.tell()
        with self.at(2026, 8, 26, 8):
            self.morning()
            self.assertEqual(self.reminders(self.justice_head, order), ["new"])

    def test_a_head_is_reminded_of_a_paper_where_it_lies_and_only_there(self):
        [child] = self.forward(self.culture_one)
        with self.at(2026, 9, 15, 8):
            self.morning()
            self.assertEqual(self.reminders(self.culture_head, child), ["late"])
            self.assertNotIn("late", self.reminders(self.culture_head, self.order))
            self.by(self.culture_one, child).action_done("Xong")
        with self.at(2026, 9, 16, 8):
            self.morning()
            self.assertEqual(self.reminders(self.culture_head), ["late"])
            self.assertEqual(self.reminders(self.culture_head, self.order), ["late"])

    def test_a_reminder_is_given_once_however_often_the_round_is_made(self):
        with self.at(2026, 9, 15, 8):
            for _time in range(3):
                self.morning()
        rows = self.rows("late")
        self.assertEqual(rows.user_id, self.culture_head)
        self.assertEqual(len(rows), 1)
        self.assertEqual(len(self.letters(self.culture_head)), 2, "new, one digest")
        with self.at(2026, 9, 16, 8):
            self.morning()
        self.assertEqual(self.rows("late"), rows)
        self.assertEqual(len(self.letters(self.culture_head)), 3, "next day's digest")

    def test_a_changed_deadline_reminds_anew(self):
        with self.at(2026, 9, 15, 8):
            self.morning()
            self.order._through_gate().write({"deadline": "2026-09-16"})
        with self.at(2026, 9, 17, 8):
            self.morning()
        days = self.rows("late").mapped("deadline")
        self.assertEqual([str(day) for day in days], ["2026-09-14", "2026-09-16"])

    def test_the_database_refuses_a_second_reminder(self):
        people = {self.order: self.culture_head}
        self.env["qlvb.reminder"]._remind("late", self.order, people)
        again = self.env["qlvb.reminder"]._remind("late", self.order, people)
        self.assertFalse(again)

    def test_a_crash_in_the_middle_neither_doubles_nor_loses(self):
        orders = self.routed(
            self.line(self.culture),
            self.line(self.justice, "support"),
            self.line(self.commune, "support"),
            reference="5/TTr-VHTT",
        )
        with self.crash("qlvb.reminder", "_queue_mail", 1):
            self.tell()
        self.assertFalse(self.reminders(self.justice_head))
        self.tell()
        self.tell()
        for head in (self.justice_head, self.commune_head):
            self.assertEqual(len(self.letters(head)), 1)
            self.assertEqual(self.reminders(head), ["new"])
        with self.at(2026, 9, 15, 8):
            with self.crash("qlvb.reminder", "_queue_mail", 1):
                self.morning()
            self.morning()
        self.assertEqual(len(orders), 3)
        for head in (self.justice_head, self.commune_head):
            self.assertEqual(len(self.letters(head)), 2)

    def test_nothing_comes_on_a_day_off_or_out_of_hours(self):
        for moment in ((2026, 9, 19, 8), (2026, 9, 15, 7), (2026, 9, 15, 18)):
            with self.subTest(moment), self.at(*moment):
                self.morning()
                self.assertNotIn("late", self.reminders(self.culture_head))
        self.assertEqual(len(self.letters(self.culture_head)), 1)

    def test_a_server_down_in_the_morning_makes_up_for_it_the_same_day(self):
        with self.at(2026, 9, 15, 16):
            self.morning()
            self.assertEqual(self.reminders(self.culture_head), ["late"])

    def test_what_was_given_long_ago_is_no_news(self):
        order = self.routed(reference="6/TTr-VHTT")
        with self.at(2026, 9, 10, 8):
            self.tell()
            self.assertFalse(self.reminders(self.culture_head, order))

    def test_unopened_work_is_said_again_before_each_checkpoint(self):
        remind = self.env["qlvb.reminder"]
        with self.at(2026, 8, 26, 10, 30):
            remind._cron_checkpoint()
            self.assertEqual(self.reminders(self.culture_head), ["new"])
        with self.at(2026, 8, 26, 11, 10):
            remind._cron_checkpoint()
            remind._cron_checkpoint()
            self.assertEqual(self.reminders(self.culture_head), ["unopened"])
        with self.at(2026, 8, 26, 17, 5):
            remind._cron_checkpoint()
        rows = self.rows("unopened")
        self.assertEqual(len(rows), 2)
        self.open(self.order, self.culture_head)
        self.assertFalse(self.reminders(self.culture_head))

    def test_one_ticks_off_ones_own_and_nobody_elses(self):
        reminder = self.env["qlvb.reminder"].search(
            [("assignment_id", "=", self.order.id)]
        )
        self.assertDenied(reminder.with_user(self.culture_one).action_dismiss)
        self.assertDenied(reminder.with_user(self.chief).action_dismiss)
        reminder.with_user(self.culture_head).action_dismiss()
        self.assertFalse(self.reminders(self.culture_head))
        self.assertState(self.order, "sent")

    def test_nobody_reads_or_writes_what_is_the_systems(self):
        reminder = self.env["qlvb.reminder"].search(
            [("assignment_id", "=", self.order.id)]
        )
        self.assertCannotRead(self.chief, reminder)
        self.assertCannotRead(self.administrator, reminder)
        self.assertDenied(
            reminder.with_user(self.culture_head).write, {"read_at": False}
        )
        for name in ("qlvb.reminder.letter", "qlvb.reminder.outbox", "qlvb.replan"):
            with self.subTest(name):
                self.assertDenied(
                    self.env[name].with_user(self.administrator).search, []
                )

    def test_old_rounds_are_forgotten_but_not_letters_on_their_way(self):
        letters = self.env["qlvb.reminder.letter"].search([])
        self.assertTrue(letters.mail_id)
        waiting, sent = letters[0], letters[0].copy({"kind": "new", "mail_id": False})
        with self.at(2026, 9, 24, 8):
            letters._gc_letters()
            self.assertTrue(sent.exists())
        with self.at(2026, 9, 26, 8):
            letters._gc_letters()
        self.assertTrue(waiting.exists())
        self.assertFalse(sent.exists())

    def test_old_reminders_of_closed_work_are_forgotten(self):
        self.by(self.culture_head).action_done("Đã tham mưu")
        rows = self.rows("new")
        rows._gc_reminders()
        self.assertTrue(rows.exists())
        with self.at(2026, 10, 1, 8):
            rows._gc_reminders()
        self.assertFalse(rows.exists())
