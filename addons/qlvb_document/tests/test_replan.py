from odoo.tests import tagged

from .common_remind import RemindCase


@tagged("post_install", "-at_install", "qlvb")
class TestReplan(RemindCase):
    """A day off or a swapped day moves what was counted, visibly, and no more."""

    def moved(self, document=None):
        """Return old and new deadline of each move that the journal tells."""
        return [
            (row.data["old_deadline"], row.data["new_deadline"])
            for row in self.journal("deadline_moved", document or self.document)
        ]

    def test_a_day_off_moves_open_deadlines(self):
        self.assertDeadline(self.document, "2026-09-14")
        self.decide("2026-09-07")
        self.assertDeadline(self.order, "2026-09-14")
        self.replan()
        self.assertDeadline(self.document, "2026-09-15")
        self.assertDeadline(self.order, "2026-09-15")

    def test_whoever_enters_the_day_waits_for_nothing(self):
        cron = self.env.ref("qlvb_document.ir_cron_qlvb_replan")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        self.decide("2026-09-07")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        self.assertFalse(self.moved())

    def test_the_move_is_told_in_the_course_of_events_and_to_the_holder(self):
        self.decide("2026-09-07", name="Nghỉ bão theo Công điện số 5")
        self.replan()
        rows = self.journal("deadline_moved", self.document)
        self.assertEqual(self.moved(), [("2026-09-14", "2026-09-15")] * 2)
        self.assertIn("Nghỉ bão theo Công điện số 5", rows[0].data["cause"])
        self.assertIn("07/09/2026", rows[0].data["cause"])
        self.assertEqual(rows[1].data["assignment"], self.order.id)
        seen = self.document.with_user(self.culture_head).journal_ids
        self.assertLessEqual(set(rows.ids), set(seen.ids))
        self.assertEqual(self.reminders(self.culture_head), ["moved"])
        self.assertFalse(self.reminders(self.justice_head))
        with self.at(2026, 9, 8, 8):
            self.morning()
        letter = self.letters(self.culture_head, last=True)
        self.assertIn("15/09/2026", letter.body_html)
        self.assertIn("đổi hạn xử lý", letter.subject)
        with self.at(2026, 9, 9, 8):
            self.morning()
        self.assertEqual(self.letters(self.culture_head, last=True), letter)

    def test_a_day_worked_in_exchange_brings_it_forward(self):
        self.decide("2026-09-05", is_working=True, name="Làm bù")
        self.replan()
        self.assertDeadline(self.order, "2026-09-11")

    def test_a_withdrawn_decision_moves_it_back(self):
        day = self.decide("2026-09-07")
        self.replan()
        day.unlink()
        self.replan()
        self.assertDeadline(self.order, "2026-09-14")
        self.assertEqual(len(self.moved()), 4)
        day = self.decide("2026-09-07")
        self.replan()
        day.write({"date": "2026-09-20"})
        self.replan()
        self.assertDeadline(self.order, "2026-09-14")
        rows = self.env["qlvb.reminder"].search([("kind", "=", "moved")])
        self.assertEqual(len(rows), 4, "told each time")

    def test_days_swapped_at_tet(self):
        """Tết of 2027: two days more, worked on two Saturdays, announced late."""
        with self.at(2027, 1, 28, 9):
            order = self.routed(
                received_date="2027-01-28",
                document_date="2027-01-27",
                reference="7/TTr-VHTT",
            )
            # 29, 1-3 February, then the law's days off from the 4th to the 10th.
            self.assertDeadline(order, "2027-02-18")
            for day in ("2027-02-11", "2027-02-12"):
                self.decide(day, name="Nghỉ hoán đổi dịp Tết")
            self.replan()
            self.assertDeadline(order, "2027-02-22")
            for day in ("2027-01-30", "2027-02-20"):
                self.decide(day, is_working=True, name="Làm bù dịp Tết")
            self.replan()
            # 29 and 30 January, 1-3 February, 15-19 February.
            self.assertDeadline(order, "2027-02-19")
            self.assertDeadline(order.document_id, "2027-02-19")
            rows = self.journal("deadline_moved", order.document_id)
            self.assertEqual(len(rows), 4)
            self.assertIn("Nghỉ hoán đổi dịp Tết", rows[0].data["cause"])

    def test_a_typed_deadline_stays_and_is_flagged_where_its_day_is_off(self):
        order = self.routed(
            self.line(self.justice, deadline="2026-09-07"), reference="8/TTr-VHTT"
        )
        self.assertFalse(order.follows_term)
        self.decide("2026-09-07")
        self.replan()
        self.assertDeadline(order, "2026-09-07")
        self.assertEqual(self.reminders(self.justice_head, order), ["day_off"])
        [row] = self.journal("deadline_on_day_off", order.document_id)
        self.assertEqual(row.data["date"], "2026-09-07")

    def test_a_typed_deadline_on_another_day_is_left_in_peace(self):
        order = self.routed(
            self.line(self.justice, deadline="2026-09-08"), reference="8/TTr-VHTT"
        )
        self.tell()
        self.decide("2026-09-07")
        self.replan()
        self.assertDeadline(order, "2026-09-08")
        self.assertEqual(self.reminders(self.justice_head, order), ["new"])

    def test_a_deadline_typed_by_the_clerk_stays(self):
        document = self.registered(reference="9/TTr-VHTT", deadline="2026-09-10")
        self.decide("2026-09-07")
        self.replan()
        self.assertDeadline(document, "2026-09-10")

    def test_more_time_granted_by_a_person_stays(self):
        self.order._through_gate().write({"deadline": "2026-09-30"})
        self.decide("2026-09-07")
        self.replan()
        self.assertDeadline(self.order, "2026-09-30")

    def test_what_was_passed_on_follows_with_its_parent(self):
        [child] = self.forward(self.culture_one)
        self.decide("2026-09-07")
        self.replan()
        self.assertDeadline(child, "2026-09-15")
        self.assertEqual(self.reminders(self.culture_one), ["moved"])

    def test_closed_work_is_never_touched(self):
        self.by(self.culture_head).action_done("Đã tham mưu")
        self.decide("2026-09-07")
        self.replan()
        self.assertDeadline(self.order, "2026-09-14")
        self.assertDeadline(self.document, "2026-09-14")
        self.assertFalse(self.moved())

    def test_drafts_follow_too_and_their_revision_stays(self):
        draft = self.draft(reference="10/TTr-VHTT")
        revision = draft.revision
        self.decide("2026-09-07")
        self.replan()
        self.assertDeadline(draft, "2026-09-15")
        self.assertEqual(draft.revision, revision)

    def test_the_days_of_the_law_move_it_as_well(self):
        calendar = self.env["qlvb.calendar"]._default()
        law = calendar.day_ids.filtered(
            lambda day: str(day.date) == "2026-09-01" and day.source == "law"
        )
        self.decide("2026-09-01", is_working=True, name="Không nghỉ")
        self.replan()
        self.assertTrue(law)
        self.assertDeadline(self.order, "2026-09-11")

    def test_another_week_and_another_calendar_move_it(self):
        calendar = self.env["qlvb.calendar"].create({"name": "Sáu ngày"})
        self.replan()
        self.committee.calendar_id = calendar
        self.replan()
        self.assertDeadline(self.order, "2026-09-14")
        calendar.with_user(self.administrator).write({"saturday": True})
        self.replan()
        self.assertDeadline(self.order, "2026-09-10")

    def test_counting_twice_moves_once(self):
        self.decide("2026-09-07")
        self.replan()
        self.replan()
        self.decide("2026-12-07")
        self.replan()
        self.assertEqual(len(self.moved()), 2)

    def test_a_crash_in_the_middle_is_made_up_for(self):
        order = self.routed(
            self.line(self.justice, deadline="2026-09-07"), reference="8/TTr-VHTT"
        )
        self.decide("2026-09-07")
        with self.crash("qlvb.reminder", "_remind", 0):
            self.replan()
        self.assertDeadline(self.document, "2026-09-14")
        self.assertTrue(self.env["qlvb.replan"].search([]))
        self.replan()
        self.assertDeadline(self.document, "2026-09-15")
        self.assertEqual(len(self.moved()), 2)
        self.assertEqual(len(self.journal("deadline_on_day_off", order.document_id)), 1)
        self.assertFalse(self.env["qlvb.replan"].search([]))

    def test_what_is_flagged_is_flagged_once_though_the_run_begins_again(self):
        order = self.routed(
            self.line(self.justice, deadline="2026-09-07"), reference="8/TTr-VHTT"
        )
        self.decide("2026-09-07")
        replan = self.env["qlvb.replan"]
        slot = str(replan.search([], order="id desc", limit=1).id)
        replan._flag(order.sudo(), {"2026-09-07"}, slot)
        self.replan()
        self.assertEqual(len(self.journal("deadline_on_day_off", order.document_id)), 1)

    def test_nobody_moves_a_deadline_by_writing_the_term(self):
        draft = self.draft(reference="10/TTr-VHTT").with_user(self.clerk).sudo(False)
        for values in ({"follows_term": False}, {"term_days": 300}):
            with self.subTest(values):
                self.assertDenied(draft.write, values)
        self.assertDenied(
            self.env["qlvb.replan"].with_user(self.administrator).create, {"cause": "x"}
        )
