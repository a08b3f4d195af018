from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestDossierLife(DossierCase):
    """Opened, assigned, worked on, completed, closed and reopened (Article 6)."""

    def test_chief_opens_on_an_incoming_document(self):
        paper = self.registered()
        dossier = self.opened(origin_document_id=paper.id)
        self.assertEqual(dossier.state, "draft")
        self.assertEqual(dossier.document_ids, paper)
        self.assertEqual(dossier.unit_id, self.committee)
        self.assertEqual(dossier.opened_by_id, self.chief)

    def test_nobody_else_opens_assigns_or_closes(self):
        others = (
            self.clerk,
            self.vice_culture,
            self.culture_head,
            self.culture_one,
            self.administrator,
        )
        for user in others:
            with self.assertRaises(AccessError):
                self.opened(by=user)
        dossier = self.opened()
        for user in others:
            with self.assertRaises(AccessError):
                dossier.with_user(user).action_assign([self.line(self.culture)])
        dossier = self.completed()
        for user in others:
            with self.assertRaises(AccessError):
                dossier.with_user(user).action_close()
        self.assertEqual(dossier.state, "completed")

    def test_dossier_lives_from_opening_to_closing(self):
        dossier = self.assigned()
        self.assertEqual(dossier.state, "assigned")
        self.assertEqual(dossier.lead_unit_id, self.culture)
        self.assertEqual(dossier.responsible_id, self.culture_head)
        child = self.passed_on(
            dossier.assignment_ids, self.culture_head, self.culture_one
        )
        self.assertEqual(dossier.state, "in_progress")
        self.assertEqual(dossier.responsible_id, self.culture_one)
        child.with_user(self.culture_one).action_accept()
        with self.assertRaisesRegex(UserError, "no result yet"):
            dossier.with_user(self.culture_one).action_complete()
        opinion = self.opinion(dossier, self.culture_one, "Đề xuất giữ nguyên.")
        dossier.with_user(self.culture_one).action_complete()
        self.assertEqual(child.state, "done")
        self.assertEqual(dossier.state, "in_progress")
        dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(dossier.state, "completed")
        self.assertEqual(dossier.result_opinion_id, opinion)
        dossier.action_close("Đạt yêu cầu.")
        self.assertEqual(dossier.state, "closed")
        self.assertEqual(dossier.closed_by_id, self.chief)
        steps = dossier.stay_ids.mapped(lambda stay: (stay.step, stay.unit_id.symbol))
        self.assertEqual(
            steps,
            [
                ("assign", "UBND"),
                ("accept", "VHTT"),
                ("accept", "VHTT"),
                ("work", "VHTT"),
                ("look", "VHTT"),
                ("close", "UBND"),
            ],
        )
        self.assertTrue(all(dossier.stay_ids.mapped("date_to")))
        dossier.with_user(self.chairman).action_reopen("Thiếu phụ lục.")
        self.assertEqual(dossier.state, "in_progress")
        self.assertEqual(dossier.decision_ids.mapped("kind"), ["reopened", "closed"])

    def test_finishing_the_lead_completes_the_dossier(self):
        dossier = self.assigned(self.line(self.culture_one))
        lead = dossier.assignment_ids.with_user(self.culture_one)
        with self.assertRaisesRegex(UserError, "no result yet"):
            lead.action_done("Đã xong.")
        opinion = self.opinion(dossier, self.culture_one, "Không ban hành văn bản.")
        lead.action_done()
        self.assertEqual(lead.result, opinion.body)
        self.assertEqual(dossier.state, "completed")
        self.assertEqual(dossier.result_opinion_id, opinion)

    def test_supporter_of_another_unit_gives_an_opinion(self):
        dossier = self.in_progress()
        paper = self.registered()
        dossier.action_attach(paper.ids)
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice, role="support")]
        )
        proposal = self.env["qlvb.assignment"].browse(ids)
        self.assertEqual(proposal.state, "proposed")
        self.assertFalse(paper.with_user(self.justice_head).is_visible)
        with self.assertRaises(AccessError):
            proposal.with_user(self.culture_one).action_decide_support(True)
        proposal.with_user(self.chief).action_decide_support(True)
        self.assertTrue(paper.with_user(self.justice_head).is_visible)
        with self.assertRaisesRegex(UserError, "has not answered yet"):
            dossier.with_user(self.culture_one).action_complete()
        self.opinion(dossier, self.justice_head, "Nhất trí.")
        self.assertEqual(proposal.state, "done")
        dossier.with_user(self.culture_one).action_complete()

    # -- the paper on which it was opened -------------------------------------

    def test_paper_is_worked_on_as_long_as_its_dossier(self):
        paper = self.registered()
        dossier = self.opened(origin_document_id=paper.id)
        self.assertEqual(paper.state, "assigned")
        to_route = self.env["qlvb.document"].with_user(self.chief)
        waiting = [("can_assign", "=", True), ("state", "=", "registered")]
        self.assertNotIn(paper, to_route.search(waiting))
        dossier.unlink()
        self.assertEqual(paper.state, "registered")
        dossier = self.completed(origin_document_id=paper.id)
        self.assertEqual(paper.with_user(self.chief).holder_text, self.committee.name)
        dossier.action_close()
        self.assertEqual(paper.state, "done")
        dossier.action_reopen("Thiếu phụ lục.")
        self.assertEqual(paper.state, "assigned")

    def test_responsible_drafts_the_answer_and_it_becomes_the_result(self):
        paper = self.registered()
        dossier = self.in_progress(origin_document_id=paper.id)
        self.assertFalse(paper.with_user(self.culture_two).can_reply)
        self.assertFalse(paper.with_user(self.chief).can_reply)
        action = paper.with_user(self.culture_one).action_reply()
        reply = self.env["qlvb.document"].browse(action["res_id"])
        self.assertEqual(reply.reply_to_id, paper)
        self.assertNotIn(reply, dossier.document_ids)
        file = self.upload(self.culture_one, "tra-loi.pdf", self.draft_pdf)
        reply.with_user(self.culture_one).write({"attachment_ids": [(4, file.id)]})
        reply.with_user(self.culture_one).action_submit()
        reply.with_user(self.culture_head).action_approve()
        if reply.state == "review":
            reply.with_user(self.chief).action_approve()
        reply.with_user(reply.sudo().signer_id)._action_sign()
        self.checked(reply).with_user(self.clerk).action_issue()
        self.assertIn(reply, dossier.document_ids)
        dossier.with_user(self.culture_one).action_complete()
        dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(dossier.result_document_id, reply)
