from odoo.tests import tagged

from .common import NOW, OrderCase

WHY = "Thiếu phụ lục, bổ sung số liệu"


@tagged("post_install", "-at_install", "qlvb")
class TestSendBack(OrderCase):
    """Who gave the work looks at the result and may send it back (Article 5.3c)."""

    def finished(self):
        """Return the specialist's part of VHTT's work, done."""
        child = self.forward(self.culture_one)
        self.by(self.culture_one, child).action_done("Dự thảo lần 1")
        return child

    def test_head_sends_result_back(self):
        child = self.finished()
        self.by(self.culture_head, child).action_send_back(f" {WHY}\n")
        self.assertRecordValues(
            child.sudo(),
            [
                {
                    "state": "accepted",
                    "result": False,
                    "done_at": False,
                    "doer_id": False,
                    "accepted_at": NOW,
                }
            ],
        )
        self.assertRecordValues(
            child.sudo().result_ids,
            [
                {
                    "result": "Dự thảo lần 1",
                    "doer_id": self.culture_one.id,
                    "done_at": NOW,
                    "author_id": self.culture_head.id,
                    "reason": WHY,
                    "date": NOW,
                }
            ],
        )
        row = self.assertJournal(
            "assignment_sent_back", self.document, self.culture_head
        )
        self.assertEqual(row.data, {"assignment": child.id})
        message = self.document.sudo().message_ids[0]
        self.assertIn(WHY, message.body)
        self.assertIn(self.culture_one.partner_id, message.notified_partner_ids)

    def test_head_sends_it_back_from_their_own_part(self):
        child = self.finished()
        action = self.by(self.culture_head).action_send_back_result()
        wizard = (
            self.env["qlvb.act.wizard"]
            .with_user(self.culture_head)
            .with_context(**action["context"])
            .create({"text": WHY})
        )
        self.assertEqual(wizard.assignment_id, child)
        wizard.action_confirm()
        self.assertState(child, "accepted")
        own = self.by(self.culture_head)
        self.assertRefused("Nothing has come back", own.action_send_back_result)
        self.assertDenied(self.by(self.justice_head).action_send_back_result)

    def test_the_holder_sees_why_and_finishes_once_more(self):
        child = self.finished()
        self.by(self.culture_head, child).action_send_back(WHY)
        own = self.by(self.culture_one, child)
        self.assertTrue(own.is_mine)
        self.assertEqual(own.next_step, "redo")
        self.assertIn(WHY, own.redo_text)
        [reminder] = (
            self.env["qlvb.reminder"]
            .with_user(self.culture_one)
            .search([("kind", "=", "redo"), ("is_open", "=", True)])
        )
        self.assertEqual(reminder.assignment_id, child)
        self.assertEqual(self.by(self.culture_head).next_step, "wait")
        own.action_done("Dự thảo lần 2")
        self.assertEqual(child.sudo().result, "Dự thảo lần 2")
        self.assertFalse(own.redo_text)
        self.by(self.culture_head, child).action_send_back("Lần nữa")
        self.assertEqual(
            child.sudo().result_ids.mapped("result"), ["Dự thảo lần 2", "Dự thảo lần 1"]
        )
        own.action_done("Dự thảo lần 3")
        self.by(self.culture_head).action_done("Đã trình")
        self.assertState(self.document, "done")

    def test_at_the_top_the_paper_is_in_progress_again(self):
        self.by(self.culture_head).action_done("Đã xử lý")
        self.assertState(self.document, "done")
        self.by(self.chief).action_send_back(WHY)
        self.assertState(self.document, "assigned")
        self.assertState(self.order, "accepted")
        self.assertJournal("document_assigned", self.document, self.chief)
        self.by(self.culture_head).action_done("Đã bổ sung")
        self.assertState(self.document, "done")

    def test_a_supporters_result_sent_back_leaves_a_done_paper_done(self):
        lead, support = self.routed(
            self.line(self.culture), self.line(self.justice, "support")
        )
        self.by(self.justice_head, support).action_done("Góp ý")
        self.by(self.culture_head, lead).action_done("Đã xử lý")
        self.by(self.chief, support).action_send_back(WHY)
        self.assertState(support, "accepted")
        self.assertState(lead.document_id, "done")

    def test_nobody_but_the_giver_sends_back(self):
        child = self.finished()
        for user in (
            self.culture_one,
            self.culture_two,
            self.culture_deputy,
            self.culture_clerk,
            self.chief,
            self.justice_head,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.by(user, child).action_send_back, WHY)
        self.by(self.culture_head).action_done("Đã trình")
        for user in (self.culture_head, self.clerk, self.vice_culture):
            with self.subTest(user.login):
                self.assertDenied(self.by(user).action_send_back, WHY)
        self.assertState(child, "done")

    def test_nobody_sends_their_own_result_back(self):
        order = self.routed(self.line(self.office))
        self.by(self.chief, order).action_done("Đã xử lý")
        self.assertDenied(self.by(self.chief, order).action_send_back, WHY)
        self.by(self.chairman, order).action_send_back(WHY)
        self.assertState(order, "accepted")

    def test_the_delegate_sends_back_on_behalf_of_the_head(self):
        child = self.finished()
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.by(self.culture_deputy, child).action_send_back(WHY)
        row = child.sudo().result_ids
        self.assertEqual(row.author_id, self.culture_deputy)
        self.assertEqual(row.on_behalf_of_id, self.culture_head)
        self.assertJournal(
            "assignment_sent_back",
            self.document,
            self.culture_deputy,
            on_behalf_of_id=self.culture_head,
        )

    def test_not_when_the_whole_is_finished_before_that_is_sent_back(self):
        child = self.finished()
        self.by(self.culture_head).action_done("Đã trình")
        head = self.by(self.culture_head, child)
        self.assertFalse(head.can_send_back)
        self.assertRefused("sent back first", head.action_send_back, WHY)
        self.by(self.chief).action_send_back(WHY)
        head.action_send_back(WHY)
        self.assertState(child, "accepted")

    def test_not_while_it_is_open_returned_or_for_information(self):
        child = self.forward(self.culture_one)
        head = self.by(self.culture_head, child)
        self.assertRefused("Sent", head.action_send_back, WHY)
        self.by(self.culture_one, child).action_return("Không phải việc của tôi")
        self.assertRefused("Returned", head.action_send_back, WHY)
        inform = self.routed(self.line(self.culture), self.line(self.justice, "inform"))
        self.by(self.justice_head, inform[1]).action_done()
        chief = self.by(self.chief, inform[1])
        self.assertFalse(chief.can_send_back)
        self.assertRefused("for information", chief.action_send_back, WHY)

    def test_not_while_another_lead_works_on_it(self):
        child = self.finished()
        self.forward(self.culture_two)
        self.assertRefused(
            "Another lead", self.by(self.culture_head, child).action_send_back, WHY
        )

    def test_nor_while_the_same_person_is_charged_anew(self):
        child = self.finished()
        self.forward(self.culture_one)
        self.assertRefused(
            "twice", self.by(self.culture_head, child).action_send_back, WHY
        )
        self.assertEqual(child.sudo().result, "Dự thảo lần 1")

    def test_words_are_asked_for(self):
        child = self.finished()
        for bad in (None, "", " ", "a\x00", "x" * 4001, 7, ["x"], {"x": 1}):
            with self.subTest(str(bad)[:5]):
                self.assertRefused(
                    "Reason", self.by(self.culture_head, child).action_send_back, bad
                )
        self.assertState(child, "done")
        self.assertFalse(child.sudo().result_ids)

    def test_whoever_sees_the_work_reads_it_and_nobody_else(self):
        child = self.finished()
        self.by(self.culture_head, child).action_send_back(WHY)
        row = child.sudo().result_ids
        for user in (self.culture_one, self.culture_head, self.chief):
            self.assertCanRead(user, row)
        for user in (self.culture_two, self.justice_head, self.administrator):
            self.assertCannotRead(user, row)
        for user in (self.culture_one, self.culture_head, self.chief):
            own = row.with_user(user).sudo(False)
            self.assertDenied(own.write, {"reason": "X"})
            self.assertDenied(own.unlink)
        self.assertDenied(row.write, {"reason": "X"})
