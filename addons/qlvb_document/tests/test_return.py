from odoo.tests import tagged

from .common import OrderCase

REASON = "Không đúng chức năng của đơn vị"


@tagged("post_install", "-at_install", "qlvb")
class TestReturn(OrderCase):
    """Misrouted: back, with a reason, never sideways (Article 5.3b)."""

    def test_from_the_top_to_who_created_the_incoming_record(self):
        self.by(self.culture_head).action_return(f" {REASON}\n")
        self.assertState(self.order, "returned")
        self.assertEqual(self.order.reason, REASON)
        self.assertEqual(self.order.returned_to_id, self.clerk)
        self.assertEqual(self.order.doer_id, self.culture_head)
        self.assertState(self.document, "registered")
        self.assertEqual(self.document.holder_text, "Waiting for routing")
        self.assertFalse(self.document.lead_unit_id)
        self.assertJournal("assignment_returned", self.document, self.culture_head)
        self.assertJournal("document_registered", self.document, self.culture_head)

    def test_where_the_clerk_has_left_to_a_clerk_of_the_unit(self):
        other = self.give_post(self.outsider, self.committee, "clerk").user_id
        self.end_post(self.clerk, self.committee, "2026-08-25")
        self.by(self.culture_head).action_return(REASON)
        self.assertEqual(self.order.returned_to_id, other)

    def test_who_returned_it_keeps_the_order_and_not_the_document(self):
        self.by(self.culture_head).action_return(REASON)
        self.assertCannotRead(self.culture_head, self.document)
        self.assertCannotRead(self.culture_clerk, self.document)
        self.assertCanRead(self.culture_head, self.order)
        spec = {"reason": {}, "document_summary": {}, "document_issuer": {}}
        row = self.by(self.culture_head).web_read(spec)[0]
        self.assertEqual(row["reason"], REASON)
        self.assertFalse(row["document_summary"] or row["document_issuer"])

    def test_inside_a_unit_to_who_passed_it_on(self):
        child = self.forward(self.culture_one)
        self.by(self.culture_one, child).action_return(REASON)
        self.assertEqual(child.returned_to_id, self.culture_head)
        self.assertHolders(
            self.document,
            (self.culture, "lead", "accepted"),
            (self.culture_one, "lead", "returned"),
        )
        self.assertState(self.document, "assigned")
        self.assertCannotRead(self.culture_one, self.document)
        self.assertEqual(self.by(self.culture_head).next_step, "work")
        self.forward(self.culture_two)
        self.assertCanRead(self.culture_two, self.document)

    def test_a_deputys_return_goes_one_step_up(self):
        to_deputy = self.forward(self.culture_deputy)
        to_one = self.forward(self.culture_one, by=self.culture_deputy, order=to_deputy)
        self.by(self.culture_one, to_one).action_return(REASON)
        self.assertEqual(to_one.returned_to_id, self.culture_deputy)
        self.by(self.culture_deputy, to_deputy).action_return(REASON)
        self.assertEqual(to_deputy.returned_to_id, self.culture_head)
        self.assertState(self.document, "assigned")

    def test_what_was_passed_on_is_recalled_with_it(self):
        child = self.forward(self.culture_one)
        self.by(self.culture_head).action_return(REASON)
        self.assertState(child, "recalled")
        self.assertCannotRead(self.culture_one, self.document)
        self.assertState(self.document, "registered")

    def test_a_supporters_return_leaves_the_lead(self):
        orders = self.routed(
            self.line(self.culture), self.line(self.justice, "support")
        )
        self.by(self.justice_head, orders[1]).action_return(REASON)
        self.assertState(orders.document_id, "assigned")
        self.assertState(orders[0], "sent")
        self.assertCannotRead(self.justice_head, orders.document_id)

    def test_a_reason_is_asked_for(self):
        for bad in (None, "", " \n", "a\x00", "x" * 4001):
            with self.subTest(str(bad)[:5]):
                self.assertRefused(
                    "Reason", self.by(self.culture_head).action_return, bad
                )
        self.assertState(self.order, "sent")


@tagged("post_install", "-at_install", "qlvb")
class TestRecall(OrderCase):
    """Who gave an order takes it back, with all that hangs on it."""

    def test_down_the_whole_chain(self):
        to_deputy = self.forward(self.culture_deputy)
        to_one = self.forward(self.culture_one, by=self.culture_deputy, order=to_deputy)
        self.by(self.chief).action_recall(REASON)
        for order in self.order | to_deputy | to_one:
            self.assertState(order, "recalled")
            self.assertEqual(order.reason, REASON)
            self.assertEqual(order.doer_id, self.chief)
        self.assertState(self.document, "registered")
        for user in (self.culture_head, self.culture_deputy, self.culture_one):
            self.assertCannotRead(user, self.document)
        self.assertJournal("assignment_recalled", self.document, self.chief, 3)

    def test_what_is_done_stays_done(self):
        first = self.forward(self.culture_one)
        self.by(self.culture_one, first).action_done("Dự thảo kèm theo")
        self.by(self.chief).action_recall(REASON)
        self.assertState(first, "done")

    def test_below_by_who_holds_the_order_above(self):
        child = self.forward(self.culture_one)
        for user in (
            self.chief,
            self.clerk,
            self.culture_deputy,
            self.culture_one,
            self.justice_head,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.by(user, child).action_recall, REASON)
        self.by(self.culture_head, child).action_recall(REASON)
        self.assertState(child, "recalled")
        self.assertState(self.order, "accepted")
        self.forward(self.culture_two)

    def test_at_the_top_by_who_routes(self):
        for user in (self.clerk, self.culture_head, self.justice_head):
            with self.subTest(user.login):
                self.assertDenied(self.by(user).action_recall, REASON)
        self.by(self.chairman).action_recall(REASON)
        self.assertState(self.order, "recalled")

    def test_what_is_closed_is_not_recalled(self):
        self.by(self.culture_head).action_done("Đã xử lý")
        self.assertRefused("Done", self.by(self.chief).action_recall, REASON)
        self.assertState(self.document, "done")
