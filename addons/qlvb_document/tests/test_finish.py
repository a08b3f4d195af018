from odoo.tests import tagged

from .common import NOW, OrderCase

REASON = "Không đúng chức năng của đơn vị"


@tagged("post_install", "-at_install", "qlvb")
class TestDone(OrderCase):
    """A result comes back to who gave the work, who looks at it (Article 5.3)."""

    def test_the_result_comes_up_step_by_step(self):
        child = self.forward(self.culture_one)
        head = self.by(self.culture_head)
        self.assertEqual(head.next_step, "wait")
        self.by(self.culture_one, child).action_done(" Dự thảo quyết định ")
        self.assertState(child, "done")
        self.assertEqual(child.result, "Dự thảo quyết định")
        self.assertEqual((child.doer_id, child.done_at), (self.culture_one, NOW))
        self.assertEqual(child.accepted_at, NOW)
        self.assertState(self.document, "assigned")
        self.assertEqual(head.next_step, "look")
        self.assertEqual(self.document.holder_text, self.culture.name)
        head.action_done("Đã trình ký")
        self.assertState(self.order, "done")
        self.assertState(self.document, "done")
        self.assertFalse(self.document.holder_text)
        self.assertJournal("assignment_finished", self.document, self.culture_head, 2)
        self.assertJournal("document_done", self.document, self.culture_head)
        self.assertCanRead(self.culture_one, self.document)

    def test_a_result_not_good_enough_is_given_out_again(self):
        """Whose result was looked at leads once more; a second lead is one too many."""
        child = self.forward(self.culture_one)
        self.by(self.culture_one, child).action_done("Dự thảo")
        again = self.order.browse(
            self.by(self.culture_head).action_forward(
                [self.line(self.culture_one, instruction="Sửa lại")]
            )
        )
        self.assertState(again, "sent")
        self.assertEqual(self.by(self.culture_head).next_step, "wait")
        self.assertRefused(
            "one lead",
            self.by(self.culture_head).action_forward,
            [self.line(self.culture_two)],
        )

    def test_not_while_others_still_work_on_it(self):
        self.forward(self.culture_one, self.culture_two)
        self.assertRefused(
            [self.culture_one.name, self.culture_two.name, "still works"],
            self.by(self.culture_head).action_done,
            "Đã xử lý",
        )
        self.assertState(self.order, "accepted")

    def test_not_while_one_who_accepted_still_works_on_it(self):
        child = self.forward(self.culture_one)
        self.by(self.culture_one, child).action_accept()
        self.assertRefused(
            self.culture_one.name, self.by(self.culture_head).action_done, "Đã xử lý"
        )

    def test_who_has_it_for_information_holds_nobody_up(self):
        ids = self.by(self.culture_head).action_forward(
            [self.line(self.culture_one), self.line(self.culture_two, "inform")]
        )
        lead = self.order.browse(ids[0])
        self.by(self.culture_one, lead).action_done("Dự thảo")
        self.by(self.culture_head).action_done("Đã xử lý")
        self.assertState(self.document, "done")

    def test_the_document_is_done_when_its_leads_at_the_top_are(self):
        lead, support = self.routed(
            self.line(self.culture), self.line(self.justice, "support")
        )
        self.by(self.justice_head, support).action_done("Góp ý kèm theo")
        self.assertState(lead.document_id, "assigned")
        self.by(self.culture_head, lead).action_done("Đã xử lý")
        self.assertState(lead.document_id, "done")

    def test_a_supporter_may_still_answer_afterwards(self):
        lead, support = self.routed(
            self.line(self.culture), self.line(self.justice, "support")
        )
        self.by(self.culture_head, lead).action_done("Đã xử lý")
        self.by(self.justice_head, support).action_done("Góp ý")
        self.assertState(lead.document_id, "done")

    def test_words_are_asked_for(self):
        for bad in (None, "", "  ", "a\x00", "x" * 10_001, 3):
            with self.subTest(str(bad)[:5]):
                self.assertRefused(
                    "Result", self.by(self.culture_head).action_done, bad
                )
        self.assertState(self.order, "sent")

    def test_whoever_was_informed_needs_no_words(self):
        order = self.routed(self.line(self.justice), self.line(self.culture, "inform"))[
            1
        ]
        self.by(self.culture_head, order).action_done()
        self.assertState(order, "done")
        self.assertState(order.document_id, "assigned")

    def test_what_is_done_is_done(self):
        head = self.by(self.culture_head)
        head.action_done("Đã xử lý")
        self.assertRefused("Done", head.action_done, "Lần hai")
        self.assertRefused("Done", head.action_return, REASON)
        self.assertRefused("Done", head.action_forward, [self.line(self.culture_one)])
        self.assertEqual(self.order.result, "Đã xử lý")
