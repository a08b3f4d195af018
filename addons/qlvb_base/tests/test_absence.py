from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged

from ..lib import clock
from .common import OfficeCase


@tagged("post_install", "-at_install", "qlvb")
class TestAbsence(OfficeCase):
    """A person records being away; head and clerk of the unit do it for them."""

    def test_a_person_records_their_own(self):
        absence = self.absent(self.culture_one, reason="leave")
        self.assertJournal("absence_recorded", absence, self.culture_one)
        away = self.env["qlvb.absence"]._away(
            self.culture_one | self.culture_two, self.moment(2026, 8, 26, 10)
        )
        self.assertEqual(away, {self.culture_one.id: absence})

    def moment(self, *wall):
        return clock.to_utc(datetime(*wall))

    def test_head_clerk_and_account_record_it_for_their_people(self):
        for number, user in enumerate(
            (self.culture_head, self.culture_clerk, self.culture_account), start=27
        ):
            with self.subTest(user.login):
                absence = self.absent(
                    self.culture_one,
                    by=user,
                    date_from=f"2026-08-{number}",
                    date_to=f"2026-08-{number}",
                )
                self.assertJournal("absence_recorded", absence, user)

    def test_nobody_else_records_it(self):
        for user in (
            self.culture_deputy,
            self.culture_two,
            self.justice_head,
            self.justice_clerk,
            self.chairman,
            self.chief,
            self.administrator,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.absent, self.culture_one, by=user)

    def test_nobody_else_changes_or_cancels_it(self):
        absence = self.absent(self.culture_one, date_to="2026-08-28")
        for user in (self.culture_two, self.justice_head, self.chief):
            with self.subTest(user.login):
                own = absence.with_user(user)
                self.assertDenied(own.write, {"date_to": "2026-08-27"})
                self.assertDenied(own.action_cancel)
        self.assertTrue(absence.active)

    def test_nobody_hands_it_to_a_stranger(self):
        absence = self.absent(self.culture_one)
        self.assertDenied(absence.write, {"user_id": self.justice_one.id})

    def test_everybody_knows_who_is_away(self):
        absence = self.absent(self.culture_one)
        for user in (self.justice_one, self.commune_clerk, self.administrator):
            self.assertCanRead(user, absence)

    def test_who_is_recorded_by_somebody_else_is_told(self):
        def told():
            return self.env["mail.notification"].search_count(
                [
                    ("res_partner_id", "=", self.culture_one.partner_id.id),
                    ("mail_message_id.model", "=", "qlvb.absence"),
                    ("notification_type", "=", "inbox"),
                ]
            )

        self.absent(self.culture_one)
        self.assertEqual(told(), 0)
        absence = self.absent(
            self.culture_one,
            by=self.culture_clerk,
            date_from="2026-08-28",
            date_to="2026-08-28",
        )
        self.assertEqual(told(), 1)
        absence.action_cancel()
        self.assertEqual(told(), 2)

    def test_it_is_changed_and_journalled(self):
        absence = self.absent(self.culture_one, date_to="2026-08-28")
        absence.write({"date_to": "2026-08-27"})
        row = self.assertJournal("absence_changed", absence, self.culture_one)
        self.assertIn("2026-08-27", row.data["period"])

    def test_cancelled_it_stays_in_the_record(self):
        absence = self.absent(
            self.culture_one, date_from="2026-08-27", date_to="2026-08-27"
        )
        absence.action_cancel()
        self.assertFalse(absence.active)
        self.assertJournal("absence_cancelled", absence, self.culture_one)
        self.assertFalse(
            self.env["qlvb.absence"]._away(
                self.culture_one, self.moment(2026, 8, 27, 9)
            )
        )
        self.assertRefused("cancelled", absence.write, {"reason": "leave"})
        for user in (self.culture_one, self.culture_head, self.administrator):
            with self.subTest(user.login), self.assertRaises(UserError):
                absence.with_user(user).unlink()

    def test_it_is_cancelled_by_its_button_alone(self):
        absence = self.absent(self.culture_one)
        with self.assertRaises(AccessError):
            absence.write({"active": False})
        planted = self.absent(
            self.culture_two, date_from="2026-08-27", date_to="2026-08-27", active=False
        )
        self.assertTrue(planted.active)
        planted = (
            self.env["qlvb.absence"]
            .with_user(self.justice_one)
            .with_context(default_active=False)
            .create({"reason": "mission"})
        )
        self.assertTrue(planted.active)

    def test_a_form_that_was_only_looked_at_makes_nobody_absent(self):
        absences = self.env["qlvb.absence"].with_user(self.culture_one)
        self.assertFalse(absences.default_get(["reason"]).get("reason"))
        form = Form(absences)
        with self.assertRaises(AssertionError, msg="the reason is the person's"):
            form.save()
        self.assertFalse(absences.search([("user_id", "=", self.culture_one.id)]))

    def test_the_past_is_not_for_oneself_to_write(self):
        days = {"date_from": "2026-08-25", "date_to": "2026-08-25"}
        self.assertRefused("past", self.absent, self.culture_one, **days)
        self.absent(self.culture_one, by=self.culture_clerk, **days)
        running = self.absent(self.culture_one, date_to="2026-08-28")
        with self.at(2026, 8, 27, 14):
            self.assertRefused("past", running.write, {"date_to": "2026-08-26"})
            self.assertRefused("past", running.write, {"date_from": "2026-08-27"})
            self.assertRefused("has begun", running.action_cancel)
            running.write({"date_to": "2026-08-27"})
            running.with_user(self.culture_head).action_cancel()
            self.assertFalse(running.active)

    def test_nobody_is_away_twice(self):
        self.absent(self.culture_one, date_to="2026-08-27", to_half="morning")
        self.assertRefused(
            "already",
            self.absent,
            self.culture_one,
            date_from="2026-08-27",
            date_to="2026-08-28",
        )
        later = self.absent(
            self.culture_one,
            date_from="2026-08-27",
            from_half="afternoon",
            date_to="2026-08-28",
        )
        self.assertRefused("already", later.write, {"from_half": "morning"})
        later.write({"date_to": "2026-08-31"})
        # What is cancelled stands in nobody's way.
        later.with_user(self.culture_head).action_cancel()
        self.absent(self.culture_one, date_from="2026-08-28", date_to="2026-08-28")

    def test_days_that_cannot_be_are_refused(self):
        for values in (
            {"from_half": "afternoon", "to_half": "morning"},
            {"date_to": "2027-09-30"},
            {"date_to": "9999-12-31"},
            {"date_to": "9998-01-01", "date_from": "9998-01-01"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.absent(self.culture_one, **values)
        for values in ({"date_to": "2026-02-31"}, {"user_id": 2**40}):
            with self.subTest(values), self.assertRaises(UserError):
                self.absent(self.culture_one, **values)

    def test_the_day_is_ha_nois(self):
        absence = self.absent(
            self.culture_one, date_from="2026-08-27", date_to="2026-08-27"
        )
        away = self.env["qlvb.absence"]._away
        for moment, expected in {
            (2026, 8, 26, 23, 59): False,
            (2026, 8, 27, 0, 0): True,
            (2026, 8, 27, 6, 30): True,
            (2026, 8, 27, 23, 59): True,
            (2026, 8, 28, 0, 0): False,
        }.items():
            with self.subTest(moment):
                found = away(self.culture_one, self.moment(*moment))
                self.assertEqual(found.get(self.culture_one.id) == absence, expected)

    def test_the_screen_offers_what_the_act_allows(self):
        absence = self.absent(self.culture_one, date_to="2026-08-28")
        spec = {"can_change": {}, "can_cancel": {}}
        for user, expected in (
            (self.culture_one, (True, False)),
            (self.culture_head, (True, True)),
            (self.culture_clerk, (True, True)),
            (self.culture_two, (False, False)),
            (self.chief, (False, False)),
        ):
            with self.subTest(user.login):
                row = call_kw(
                    self.env["qlvb.absence"].with_user(user),
                    "web_read",
                    [absence.ids, spec],
                    {},
                )[0]
                self.assertEqual((row["can_change"], row["can_cancel"]), expected)


@tagged("post_install", "-at_install", "qlvb")
class TestAlarm(OfficeCase):
    """A head who is away and for whom nobody acts raises the alarm."""

    def alarm(self):
        self.env["qlvb.absence"]._cron_alarm()

    def told(self, user):
        """Return how many alarms stand in a person's inbox."""
        return self.env["mail.notification"].search_count(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("notification_type", "=", "inbox"),
                ("mail_message_id.model", "=", "qlvb.absence"),
            ]
        )

    def uncovered(self, user=None):
        absences = self.env["qlvb.absence"].with_user(user or self.chief)
        return absences.search([("is_uncovered", "=", True)])

    def test_head_deputy_and_chief_are_told_before_and_during(self):
        """Away Friday to Monday: told on Thursday, Friday and Monday, once each."""
        absence = self.absent(
            self.culture_head, date_from="2026-09-11", date_to="2026-09-14"
        )
        expected = {
            (2026, 9, 9, 9): 0,
            (2026, 9, 10, 6): 0,
            (2026, 9, 10, 8): 1,
            (2026, 9, 10, 16): 1,
            (2026, 9, 11, 8): 2,
            (2026, 9, 12, 9): 2,
            (2026, 9, 14, 10): 3,
            (2026, 9, 15, 9): 3,
        }
        for moment, count in expected.items():
            with self.subTest(moment), self.at(*moment):
                self.alarm()
                self.alarm()
                for user in (self.culture_head, self.culture_deputy, self.chief):
                    self.assertEqual(self.told(user), count, user.login)
        for user in (self.culture_one, self.justice_deputy, self.chairman):
            self.assertEqual(self.told(user), 0, user.login)
        self.assertEqual(len(self.journal("absence_alarmed", absence)), 3)
        self.assertFalse(self.env["mail.mail"].search_count([]))

    def test_a_delegation_silences_it_and_its_end_raises_it_again(self):
        absence = self.absent(self.culture_head, date_to="2026-08-28")
        self.assertEqual(self.uncovered(), absence)
        delegation = self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            date_to="2026-08-28",
        )
        self.assertFalse(self.uncovered())
        self.alarm()
        self.assertEqual(self.told(self.chief), 0)
        delegation.action_revoke()
        self.assertEqual(self.uncovered(), absence)
        self.alarm()
        self.assertEqual(self.told(self.chief), 1)

    def test_a_hole_at_the_end_is_told_with_its_days(self):
        absence = self.absent(self.culture_head, date_to="2026-08-28")
        self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            date_to="2026-08-27",
        )
        hole = absence.with_user(self.chief).uncovered_text
        self.assertIn(self.culture.name, hole)
        self.assertIn("28", hole)
        self.alarm()
        self.assertEqual(self.told(self.chief), 0, "two working days before it")
        with self.at(2026, 8, 27, 9):
            self.alarm()
            self.assertEqual(self.told(self.chief), 1)

    def test_a_delegate_who_falls_ill_leaves_a_hole(self):
        self.absent(self.culture_head, date_to="2026-08-28")
        self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            date_to="2026-08-28",
        )
        self.assertFalse(self.uncovered())
        before = self.told(self.culture_head)
        self.absent(self.culture_deputy, by=self.culture_clerk)
        self.assertEqual(len(self.uncovered()), 1)
        self.assertEqual(self.told(self.culture_head), before + 1)

    def test_who_heads_nothing_raises_no_alarm(self):
        self.absent(self.culture_deputy)
        self.absent(self.culture_one)
        self.assertFalse(self.uncovered())
        self.alarm()
        self.assertEqual(self.told(self.chief), 0)

    def test_days_off_leave_no_hole(self):
        self.absent(self.culture_head, date_from="2026-08-29", date_to="2026-08-30")
        self.assertFalse(self.uncovered())

    def test_each_unit_that_somebody_heads_counts(self):
        self.absent(self.chief)
        self.assertEqual(len(self.uncovered()), 1)
        deputy = self.give_post(self.outsider, self.office, "deputy").user_id
        self.delegate(self.chief, deputy, self.office)
        self.assertFalse(self.uncovered())

    def test_the_head_delegates_right_away(self):
        absence = self.absent(
            self.culture_head,
            date_from="2026-08-28",
            to_half="morning",
            date_to="2026-08-31",
            reason="leave",
        )
        self.assertTrue(absence.can_delegate)
        action = absence.action_delegate()
        draft = (
            self.env["qlvb.delegation"]
            .with_user(self.culture_head)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(draft.delegate_id, self.culture_deputy)
        draft.action_activate()
        self.assertFalse(self.uncovered())
        self.assertEqual(draft.reason, "leave")
        self.assertEqual(draft.to_half, "morning")
        self.assertFalse(absence.can_delegate)
        self.assertDenied(absence.action_delegate)
        for user in (self.culture_deputy, self.culture_clerk):
            self.assertDenied(absence.with_user(user).action_delegate)

    def test_the_list_asks_the_same_however_many_are_away(self):
        self.absent(self.culture_head)
        self.env.flush_all()
        self.env.invalidate_all()
        self.uncovered().mapped("uncovered_text")
        before = self.env.cr.sql_log_count
        self.env.invalidate_all()
        self.uncovered().mapped("uncovered_text")
        one = self.env.cr.sql_log_count - before
        self.absent(self.justice_head)
        self.absent(self.commune_head)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.uncovered().mapped("uncovered_text")
        self.assertLessEqual(self.env.cr.sql_log_count - before, one + 4)
