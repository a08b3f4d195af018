from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.qlvb_base.tests.common import TODAY

from .common_handover import YESTERDAY, HandoverCase
from .common_print import text_of


@tagged("post_install", "-at_install", "qlvb")
class TestHandoverWatch(HandoverCase):
    """What is prepared, found, reminded of and printed."""

    def prepared(self):
        """Return the hand-over that VHTT's head prepares for ``culture_one``."""
        own = self.env["qlvb.handover"].with_user(self.culture_head)
        return own.create({"user_id": self.culture_one.id, "unit_id": self.culture.id})

    # -- prepared -------------------------------------------------------------

    def test_head_prepares_and_accepts_after_the_move(self):
        child = self.forward(self.culture_one)
        handover = self.prepared()
        self.assertTrue(handover.is_prepared)
        self.assertFalse(handover.can_accept)
        self.assertJournal("handover_prepared", handover, self.culture_head)
        handover.receiver_id = self.culture_two
        self.assertRefused(self.culture_one.name, handover.action_accept)
        self.assertEqual(child.user_id, self.culture_one)
        late = self.passed_on(self.routed(), self.culture_head, self.culture_one)
        opened = self.moved()
        self.assertEqual(opened, handover)
        self.assertFalse(handover.is_prepared)
        self.assertEqual(len(handover.line_ids), 2)
        self.assertEqual(handover.receiver_id, self.culture_two)
        handover.action_accept()
        self.assertEqual((child | late).user_id, self.culture_two)

    def test_the_form_of_a_head_knows_the_unit_and_its_people(self):
        with Form(self.env["qlvb.handover"].with_user(self.culture_head)) as form:
            self.assertEqual(form.unit_id, self.culture)
            people = form.leaver_ids[:]
            self.assertIn(self.culture_one, people)
            self.assertNotIn(self.culture_head, people)
            self.assertNotIn(self.justice_one, people)
            form.user_id = self.culture_one
            self.assertNotIn(self.culture_one, form.receiver_ids[:])
        self.assertTrue(form.record.is_prepared)

    def test_nobody_else_prepares(self):
        handovers = self.env["qlvb.handover"]
        values = {"user_id": self.culture_one.id, "unit_id": self.culture.id}
        for user in (
            self.culture_one,
            self.culture_deputy,
            self.culture_clerk,
            self.justice_head,
            self.chief,
            self.administrator,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                handovers.with_user(user).create(values)

    def test_a_head_prepares_nothing_of_their_own_nor_of_strangers(self):
        handovers = self.env["qlvb.handover"].with_user(self.culture_head)
        with self.assertRaises(AccessError):
            handovers.create(
                {"user_id": self.culture_head.id, "unit_id": self.culture.id}
            )
        self.assertRefused(
            self.justice_one.name,
            handovers.create,
            {"user_id": self.justice_one.id, "unit_id": self.culture.id},
        )

    def test_no_state_and_no_request_is_written_by_hand(self):
        handovers = self.env["qlvb.handover"].with_user(self.culture_head)
        with self.assertRaises(AccessError):
            handovers.create(
                {
                    "user_id": self.culture_one.id,
                    "unit_id": self.culture.id,
                    "state": "accepted",
                }
            )
        handover = self.prepared()
        for values in (
            {"state": "accepted"},
            {"opened_at": "2026-08-26 02:00:00"},
            {"accepted_by_id": self.culture_head.id},
            {"user_id": self.culture_two.id},
            {"unit_id": self.justice.id},
        ):
            with self.subTest(str(values)), self.assertRaises(AccessError):
                handover.write(values)
        self.forward(self.culture_one)
        handover.action_refresh()
        line = handover.line_ids
        self.assertEqual(len(line), 1)
        for values in ({"state": "given"}, {"res_id": 1}, {"kind": "draft"}):
            with self.subTest(str(values)), self.assertRaises(AccessError):
                handover.write({"line_ids": [(1, line.id, values)]})
        with self.assertRaises(AccessError):
            handover.write({"line_ids": [(2, line.id)]})

    def test_a_prepared_one_may_be_dropped_an_open_one_not(self):
        self.forward(self.culture_one)
        handover = self.prepared()
        with self.assertRaises(AccessError):
            handover.with_user(self.justice_head).unlink()
        handover.unlink()
        opened = self.moved()
        with self.assertRaises(UserError):
            opened.with_user(self.culture_head).sudo(False).unlink()

    def test_who_comes_back_keeps_the_work(self):
        child = self.forward(self.culture_one)
        handover = self.moved()
        self.give_post(self.culture_one, self.culture, "specialist", TODAY)
        own = handover.with_user(self.culture_head).sudo(False)
        own.receiver_id = self.culture_two
        self.assertRefused(self.culture_one.name, own.action_accept)
        with self.at(2026, 8, 27, 8):
            self.env["qlvb.handover"]._cron_follow()
            self.assertEqual(len(self.inbox(self.culture_head, handover)), 1)
        own.unlink()
        self.assertEqual(child.user_id, self.culture_one)

    # -- who accepts where there is no head -----------------------------------

    def test_of_a_head_who_moves_the_new_head_accepts(self):
        order = self.routed(self.line(self.culture_head))
        handover = self.leave(self.culture_head, self.culture)
        self.assertEqual(handover._people_receiving(), self.chairman)
        self.assertDenied(handover.with_user(self.culture_head).action_accept)
        self.give_post(self.justice_deputy, self.culture, "head", TODAY)
        self.assertEqual(handover._people_receiving(), self.justice_deputy)
        self.assertDenied(handover.with_user(self.chairman).action_accept)
        self.accept(handover, self.justice_deputy, self.justice_deputy)
        self.assertEqual(order.user_id, self.justice_deputy)

    def test_without_a_head_the_one_above_accepts(self):
        order = self.routed(self.line(self.culture_head))
        handover = self.leave(self.culture_head, self.culture)
        self.assertEqual(len(self.inbox(self.chairman, handover)), 1)
        self.accept(handover, self.chairman, self.culture_deputy)
        self.assertEqual(order.user_id, self.culture_deputy)

    def test_of_the_chairman_the_chief_of_office_accepts(self):
        order = self.routed(
            self.line(self.chairman), document=self.registered(), by=self.chief
        )
        handover = self.leave(self.chairman, self.committee)
        self.accept(handover, self.chief, self.vice_culture)
        self.assertEqual(order.user_id, self.vice_culture)

    # -- found and reminded of ------------------------------------------------

    def test_a_post_that_ends_by_itself_leaves_nothing_behind(self):
        child = self.forward(self.culture_one)
        handovers = self.env["qlvb.handover"]
        handovers._cron_follow()
        self.assertFalse(handovers.search([("user_id", "=", self.culture_one.id)]))
        self.end_post(self.culture_one, self.culture, TODAY)
        handovers._cron_follow()
        self.assertFalse(handovers.search([("user_id", "=", self.culture_one.id)]))
        with self.at(2026, 8, 27, 0, 5):
            handovers._cron_follow()
            handovers._cron_follow()
            handover = handovers.search([("user_id", "=", self.culture_one.id)])
            self.assertEqual(handover.line_ids.res_id, child.id)
            self.assertEqual(len(self.inbox(self.culture_head, handover)), 1)

    def test_a_signature_that_nobody_gives_is_found(self):
        document = self.to_sign(
            signer_id=self.vice_culture.id, field_id=self.field_culture.id
        )
        handovers = self.env["qlvb.handover"]
        handovers._cron_follow()
        self.assertFalse(handovers.search([("user_id", "=", self.vice_culture.id)]))
        self.end_post(self.vice_culture, self.committee, YESTERDAY)
        handovers._cron_follow()
        found = handovers.search([("user_id", "=", self.vice_culture.id)])
        self.assertEqual(found.unit_id, self.committee)
        self.assertEqual(found.line_ids.res_id, document.id)

    def test_a_signature_by_order_is_left_once(self):
        document = self.outgoing(
            self.culture_one,
            signer_id=self.culture_head.id,
            signer_basis="Quy chế làm việc số 01/QĐ-UBND",
        )
        self.assertEqual(document.signer_capacity, "tl")
        handover = self.leave(self.culture_head, self.culture)
        self.assertEqual(self.kinds(handover), ["signature"])
        self.env["qlvb.handover"]._cron_follow()
        own = [("user_id", "=", self.culture_head.id)]
        self.assertEqual(self.env["qlvb.handover"].search(own), handover)

    def test_reminded_every_working_day_in_one_message(self):
        self.forward(self.culture_one)
        handover = self.moved()
        other = self.passed_on(self.routed(), self.culture_head, self.culture_two)
        second = self.leave(self.culture_two, self.culture)
        self.assertTrue(other)
        follow = self.env["qlvb.handover"]._cron_follow
        follow()
        self.assertEqual(len(self.inbox(self.culture_head, handover)), 1)
        with self.at(2026, 8, 27, 5):
            follow()
            self.assertEqual(len(self.inbox(self.culture_head, handover)), 1)
        with self.at(2026, 8, 27, 8):
            follow()
            follow()
            said = self.inbox(self.culture_head, handover)
            self.assertEqual(len(said), 2)
            self.assertTrue(any(self.culture_two.name in body for body in said))
            self.assertEqual(len(self.inbox(self.culture_head, second)), 1)
        with self.at(2026, 8, 29, 8):
            follow()  # Saturday
            self.assertEqual(len(self.inbox(self.culture_head, handover)), 2)
            self.assertFalse(self.inbox(self.chief, handover))
        with self.at(2026, 9, 3, 8):
            follow()  # the third working day: the days before were holidays
            self.assertEqual(len(self.inbox(self.culture_head, handover)), 3)
            self.assertFalse(self.inbox(self.chief, handover))
        with self.at(2026, 9, 4, 8):
            follow()
            self.assertEqual(len(self.inbox(self.chief, handover)), 1)

    def test_accepted_ones_are_not_reminded_of(self):
        self.forward(self.culture_one)
        handover = self.moved()
        self.accept(handover, receiver=self.culture_two)
        with self.at(2026, 8, 27, 8):
            self.env["qlvb.handover"]._cron_follow()
        self.assertEqual(len(self.inbox(self.culture_head, handover)), 1)

    # -- delegations and access -----------------------------------------------

    def test_delegations_that_rested_on_the_post_end(self):
        delegation = self.delegate(
            self.culture_head, self.culture_deputy, self.culture, date_to="2026-09-30"
        )
        self.leave(self.culture_deputy, self.culture)
        self.assertState(delegation, "ended")
        self.assertJournal("delegation_ended", delegation, self.env.user)

    def test_a_delegation_outlives_the_move_of_somebody_else(self):
        delegation = self.delegate(
            self.culture_head, self.culture_deputy, self.culture, date_to="2026-09-30"
        )
        self.leave(self.culture_one, self.culture)
        self.assertState(delegation, "active")

    def test_keeper_of_the_account_is_named(self):
        own = self.outgoing(self.culture_clerk)
        handover = self.leave(self.culture_clerk, self.culture)
        self.assertTrue(own)
        self.assertIn(self.culture_clerk.name, handover.account_text)
        self.assertFalse(self.moved().account_text)

    # -- printed --------------------------------------------------------------

    def text(self, handover, by):
        printed = self.env["qlvb.form"].with_user(by)._print("handover", handover.id)
        return text_of(printed.content)

    def test_the_record_is_printed(self):
        self.forward(self.culture_one)
        handover = self.moved()
        self.assertIn("chuẩn bị bàn giao", self.text(handover, self.culture_head))
        self.accept(handover, receiver=self.culture_two)
        text = self.text(handover, self.culture_head)
        for words in (
            "BIÊN BẢN",
            "Bàn giao công việc",
            self.culture_one.name,
            self.culture_two.name,
            self.culture_head.name,
            "Quy chế quản lý phần mềm",
            "ngày 26 tháng 8 năm 2026",
        ):
            self.assertIn(words, text)
        self.assertJournal("printed", handover, self.culture_head, count=2)

    def test_the_record_names_to_its_reader_what_they_see(self):
        self.forward(self.culture_one)
        handover = self.moved()
        self.accept(handover, receiver=self.culture_two)
        text = self.text(handover, self.culture_one)
        self.assertNotIn("120/TTr", text)
        self.assertNotIn("Quy chế", text)
        with self.assertRaises(UserError):
            self.text(handover, self.justice_head)

    # -- cost -----------------------------------------------------------------

    def test_a_long_list_is_read_at_once(self):
        for _number in range(3):
            self.passed_on(self.routed(), self.culture_head, self.culture_one)
        handover = self.moved()
        few = self.queries_of(handover)
        for _number in range(6):
            order = self.passed_on(self.routed(), self.culture_head, self.culture_two)
            order.sudo()._through_gate().write({"user_id": self.culture_one.id})
        handover.with_user(self.culture_head).action_refresh()
        self.assertEqual(len(handover.line_ids), 9)
        self.assertLessEqual(self.queries_of(handover), few + 2)

    def queries_of(self, handover):
        """Return how many queries the head's reading of the list takes."""
        self.env.flush_all()
        self.env.invalidate_all()
        lines = handover.line_ids.with_user(self.culture_head).sudo(False)
        spec = {"kind": {}, "name": {}, "about": {}, "deadline": {}, "state": {}}
        before = self.env.cr.sql_log_count
        lines.web_read(spec)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install", "qlvb")
class TestAccessEnds(HandoverCase):
    """Who loses the last post loses all access."""

    def ended(self):
        calls = []
        self.patch(
            self.registry["res.users"],
            "_end_access",
            lambda users: calls.append(users.sudo().mapped("login")),
        )
        return calls

    def test_with_the_last_post_all_access_ends(self):
        calls = self.ended()
        self.end_post(self.culture_one, self.culture, YESTERDAY)
        self.assertIn([self.culture_one.login], calls)

    def test_with_another_post_it_goes_on(self):
        self.give_post(self.culture_one, self.justice, "specialist", TODAY)
        calls = self.ended()
        self.end_post(self.culture_one, self.culture, YESTERDAY)
        self.assertNotIn(self.culture_one.login, sum(calls, []))
