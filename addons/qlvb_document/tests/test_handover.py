from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_handover import YESTERDAY, HandoverCase


@tagged("post_install", "-at_install", "qlvb")
class TestHandover(HandoverCase):
    def test_head_gives_the_work_of_a_mover_to_a_colleague(self):
        child = self.forward(self.culture_one)
        child.with_user(self.culture_one).action_accept()
        handover = self.moved()
        self.assertEqual(self.kinds(handover), ["work"])
        self.assertJournal("handover_opened", handover, self.env.user)
        self.assertEqual(child.user_id, self.culture_one, "it waits")
        self.accept(handover, receiver=self.culture_two)
        self.assertState(handover, "accepted")
        self.assertEqual(handover.accepted_by_id, self.culture_head)
        self.assertEqual(child.user_id, self.culture_two)
        self.assertEqual(child.state, "accepted")
        self.assertEqual(handover.line_ids.state, "given")
        self.assertEqual(handover.line_ids.receiver_id, self.culture_two)
        self.assertJournal("handover_accepted", handover, self.culture_head)
        self.assertJournal(
            "assignment_handed_over",
            self.document,
            self.culture_head,
            data={
                "assignment": child.id,
                "from_user": self.culture_one.name,
                "to_user": self.culture_two.name,
            },
        )

    def test_sight_follows_the_work(self):
        child = self.forward(self.culture_one)
        handover = self.moved()
        self.assertCanRead(self.culture_one, self.document)
        self.assertCannotRead(self.culture_two, self.document)
        self.accept(handover, receiver=self.culture_two)
        self.assertCannotRead(self.culture_one, self.document)
        self.assertCannotRead(self.culture_one, child)
        self.assertCanRead(self.culture_two, self.document)
        child.with_user(self.culture_two).action_done("Đã rà soát xong.")
        self.assertState(child, "done")

    def test_the_work_says_that_it_waits_for_the_head(self):
        child = self.forward(self.culture_one)
        seen = child.with_user(self.culture_head).sudo(False)
        self.assertFalse(seen.left_text)
        handover = self.moved()
        seen.invalidate_recordset()
        self.assertIn(self.culture_one.name, seen.left_text)
        self.assertIn(self.culture_head.name, seen.left_text)
        self.accept(handover, receiver=self.culture_two)
        self.assertFalse(seen.left_text)

    def test_mover_does_nothing_more_while_the_work_waits(self):
        child = self.forward(self.culture_one)
        self.moved()
        self.assertDenied(child.with_user(self.culture_one).action_done, "Xong.")

    def test_nobody_but_the_head_chooses_or_accepts(self):
        self.forward(self.culture_one)
        handover = self.moved()
        for user in (
            self.culture_one,
            self.culture_two,
            self.culture_deputy,
            self.culture_clerk,
            self.justice_head,
            self.chief,
            self.chairman,
            self.administrator,
        ):
            own = handover.with_user(user).sudo(False)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    own.write({"receiver_id": self.culture_two.id})
                with self.assertRaises(AccessError):
                    own.line_ids.write({"receiver_id": self.culture_two.id})
                with self.assertRaises(AccessError):
                    own.action_accept()
        self.assertState(handover, "open")

    def test_delegate_sees_it_and_accepts_nothing(self):
        self.forward(self.culture_one)
        handover = self.moved()
        self.assertCannotRead(self.culture_deputy, handover)
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.assertCanRead(self.culture_deputy, handover)
        self.assertDenied(handover.with_user(self.culture_deputy).action_accept)

    def test_who_sees_a_hand_over(self):
        self.forward(self.culture_one)
        handover = self.moved()
        line = handover.line_ids
        for user in (
            self.culture_one,
            self.culture_head,
            self.chief,
            self.clerk,
            self.chairman,
        ):
            self.assertCanRead(user, handover)
            self.assertCanRead(user, line)
        handover.with_user(self.culture_head).sudo(False).receiver_id = self.culture_two
        for user in (self.culture_two, self.justice_head, self.administrator):
            self.assertCannotRead(user, handover)
            self.assertCannotRead(user, line)
        self.accept(handover, receiver=self.culture_two)
        self.assertCanRead(self.culture_two, handover)

    def test_what_is_left_is_named_to_who_sees_it(self):
        document = self.registered(
            self.culture_clerk, unit_id=self.culture.id, reference="77/CV-XYZ"
        )
        self.routed(
            self.line(self.culture_one), document=document, by=self.culture_head
        )
        handover = self.moved()
        named = handover.line_ids.with_user(self.culture_head).sudo(False)
        self.assertIn("77/CV-XYZ", named.name)
        self.assertEqual(named.about, document.summary)
        blind = handover.line_ids.with_user(self.chairman).sudo(False)
        told = blind.read()[0]
        self.assertNotIn("77/CV-XYZ", str(told))
        self.assertNotIn(document.summary, str(told))
        with self.assertRaises(AccessError):
            blind.action_open()

    def test_each_line_may_have_a_receiver_of_its_own(self):
        one = self.forward(self.culture_one)
        other = self.passed_on(self.routed(), self.culture_head, self.culture_one)
        handover = self.moved()
        line = handover.line_ids.filtered(lambda line: line.res_id == other.id)
        line.with_user(self.culture_head).sudo(False).receiver_id = self.culture_deputy
        self.accept(handover, receiver=self.culture_two)
        self.assertEqual(one.user_id, self.culture_two)
        self.assertEqual(other.user_id, self.culture_deputy)

    def test_nothing_is_accepted_without_a_receiver(self):
        child = self.forward(self.culture_one)
        handover = self.moved()
        self.assertRefused("1", handover.with_user(self.culture_head).action_accept)
        self.assertEqual(child.user_id, self.culture_one)
        self.assertState(handover, "open")

    def test_a_stranger_receives_nothing(self):
        self.forward(self.culture_one)
        handover = self.moved()
        own = handover.with_user(self.culture_head).sudo(False)
        for user in (self.justice_one, self.culture_one, self.outsider):
            with self.subTest(user.login):
                self.assertRefused(user.name, own.write, {"receiver_id": user.id})
                self.assertRefused(
                    user.name, own.line_ids.write, {"receiver_id": user.id}
                )

    def test_a_receiver_who_leaves_before_receives_nothing(self):
        self.forward(self.culture_one)
        handover = self.moved()
        own = handover.with_user(self.culture_head).sudo(False)
        own.receiver_id = self.culture_two
        self.end_post(self.culture_two, self.culture, YESTERDAY)
        self.assertRefused(self.culture_two.name, own.action_accept)

    def test_one_message_for_each_receiver(self):
        for _number in range(3):
            self.passed_on(self.routed(), self.culture_head, self.culture_one)
        handover = self.moved()
        self.assertEqual(len(self.inbox(self.culture_head, handover)), 1)
        mails = self.env["mail.mail"].sudo().search_count([])
        self.accept(handover, receiver=self.culture_two)
        received = self.inbox(self.culture_two, handover)
        self.assertEqual(len(received), 1)
        self.assertIn("3", received[0])
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), mails)

    def test_what_came_since_is_handed_over_too(self):
        self.forward(self.culture_one)
        handover = self.moved()
        late = self.passed_on(self.routed(), self.culture_head, self.culture_two)
        late.with_user(self.culture_two).action_done("Xong.")
        # Done by who has gone, and sent back after they went.
        late.sudo()._through_gate().write({"user_id": self.culture_one.id})
        late.with_user(self.culture_head).action_send_back("Bổ sung số liệu.")
        self.accept(handover, receiver=self.culture_deputy)
        self.assertEqual(late.user_id, self.culture_deputy)
        self.assertEqual(len(handover.line_ids), 2)

    def test_what_was_settled_before_needs_no_receiver(self):
        child = self.forward(self.culture_one)
        handover = self.moved()
        child.with_user(self.culture_head).action_recall("Tự làm.")
        self.accept(handover)
        self.assertEqual(handover.line_ids.state, "gone")
        self.assertState(child, "recalled")

    def test_a_head_who_passed_it_on_takes_it_back(self):
        child = self.forward(self.culture_one)
        handover = self.moved()
        self.accept(handover, receiver=self.culture_head)
        self.assertState(child, "recalled")
        self.assertIn(self.culture_one.name, child.reason)
        self.order.invalidate_recordset()
        self.assertEqual(self.order.state, "accepted")
        self.by(self.culture_head).action_done("Đã xử lý.")

    def test_who_has_a_part_already_receives_no_second(self):
        self.forward(self.culture_one, self.culture_two)
        handover = self.moved()
        own = handover.with_user(self.culture_head).sudo(False)
        own.receiver_id = self.culture_two
        self.assertRefused(self.culture_two.name, own.action_accept)
        own.line_ids.receiver_id = self.culture_deputy
        own.action_accept()
        self.assertState(handover, "accepted")

    def test_work_on_parts_of_it_goes_on_under_the_receiver(self):
        middle = self.forward(self.culture_deputy)
        below = self.forward(self.culture_two, by=self.culture_deputy, order=middle)
        handover = self.leave(self.culture_deputy, self.culture)
        self.assertRefused(
            self.culture_two.name, self.accept, handover, None, self.culture_two
        )
        self.accept(handover, receiver=self.culture_one)
        below.with_user(self.culture_two).action_done("Xong phần của tôi.")
        middle.with_user(self.culture_one).action_done("Xong.")

    def test_a_request_for_time_is_decided_by_the_receiver(self):
        middle = self.forward(self.culture_deputy)
        below = self.forward(self.culture_one, by=self.culture_deputy, order=middle)
        below.with_user(self.culture_one).action_request_extension(
            "2026-09-30", "Chờ số liệu của xã."
        )
        handover = self.leave(self.culture_deputy, self.culture)
        self.accept(handover, receiver=self.culture_two)
        below.invalidate_recordset()
        self.assertTrue(below.with_user(self.culture_two).to_decide)
        self.assertFalse(below.with_user(self.culture_deputy).to_decide)

    def test_all_or_nothing(self):
        one = self.forward(self.culture_one)
        other = self.passed_on(
            self.routed(), self.culture_head, self.culture_one, self.culture_two
        ).filtered(lambda order: order.user_id == self.culture_one)
        handover = self.moved()
        self.assertRefused(
            self.culture_two.name, self.accept, handover, None, self.culture_two
        )
        self.env.invalidate_all()
        self.assertEqual((one | other).user_id, self.culture_one)
        self.assertState(handover, "open")

    def test_nothing_is_opened_where_nothing_is_left(self):
        handover = self.leave(self.culture_two, self.culture)
        self.assertFalse(handover)

    def test_nothing_is_opened_while_another_post_is_held_there(self):
        self.forward(self.culture_one)
        handover = self.env["qlvb.handover"]._open_for(self.culture_one, self.culture)
        self.assertFalse(handover)

    def test_accepted_once(self):
        self.forward(self.culture_one)
        handover = self.moved()
        self.accept(handover, receiver=self.culture_two)
        self.assertRefused(
            "Accepted", handover.with_user(self.culture_head).action_accept
        )
