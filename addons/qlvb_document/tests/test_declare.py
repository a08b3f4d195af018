from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PDF, DocumentCase
from .common_cabinet import BODY, pdf


@tagged("post_install", "-at_install", "qlvb")
class TestDeclare(DocumentCase):
    """What no machine can judge is declared by the clerk who registers it."""

    def paper_with(self, content, **values):
        file = self.upload(self.clerk, "a.pdf", content)
        return self.draft(attachment_ids=file.ids, **values)

    def dialog(self, document, user=None, **values):
        """Return the dialog that the Register button opens, as ``user`` has it."""
        action = document.action_check_in()
        self.assertEqual(action["res_model"], "qlvb.declaration.wizard")
        self.assertState(document, "draft")
        return (
            self.env["qlvb.declaration.wizard"]
            .with_user(user or self.clerk)
            .with_context(**action["context"])
            .create(values)
        )

    def declared(self, document):
        return [row.data["declarations"] for row in self.journal("declared", document)]

    def test_paper_that_can_be_read_is_registered_at_once(self):
        document = self.paper_with(pdf())
        self.assertFalse(document.declaration_text)
        self.assertIs(document.action_check_in(), True)
        self.assertState(document, "registered")
        self.assertFalse(self.declared(document))

    def test_a_paper_without_a_scan_is_asked_for_once(self):
        """Nothing can be added later; a remote call is not asked."""
        document = self.draft()
        wizard = self.dialog(document)
        self.assertIn("no scan", wizard.remarks_sentence)
        self.assertRefused("Tick every sentence", wizard.action_confirm)
        wizard.remarks_confirmed = True
        wizard.action_confirm()
        self.assertState(document, "registered")
        self.assertFalse(self.declared(document), "nothing of Article 3")
        self.draft(reference="2/TTr-VHTT").action_register()

    def test_what_was_perhaps_entered_before_is_asked_for(self):
        first = self.registered()
        wizard = self.dialog(self.paper_with(pdf()))
        self.assertIn(first.display_name, wizard.remarks_sentence)
        self.assertRefused("Tick every sentence", wizard.action_confirm)
        wizard.remarks_confirmed = True
        document = wizard.document_id
        wizard.action_confirm()
        self.assertState(document, "registered")

    def test_scan_without_text_is_declared(self):
        document = self.paper_with(PDF)
        self.assertTrue(document.declaration_text)
        wizard = self.dialog(document)
        self.assertTrue(wizard.no_text_sentence)
        self.assertFalse(wizard.mention_sentence)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertState(document, "draft")
        wizard.no_text_declared = True
        wizard.action_confirm()
        self.assertState(document, "registered")
        self.assertEqual(self.declared(document), [["no_text"]])
        self.assertJournal("declared", document, self.clerk)
        self.assertFalse(document.declaration_text)

    def test_words_that_mention_a_complaint(self):
        for content, summary in (
            (pdf(f"{BODY}<p>Giải quyết đơn khiếu nại của bà A</p>"), "Báo cáo"),
            (pdf(), "Báo cáo kết quả giải quyết khiếu nại, tố cáo"),
        ):
            document = self.paper_with(
                content, summary=summary, reference=f"{len(content)}/BC-UBND"
            )
            wizard = self.dialog(document, mention_declared=True)
            self.assertFalse(wizard.no_text_sentence)
            wizard.action_confirm()
            self.assertState(document, "registered")
            self.assertEqual(self.declared(document), [["mention"]])

    def test_scan_that_mentions_a_complaint_needs_both_sentences(self):
        document = self.paper_with(PDF, summary="Giải quyết đơn tố cáo")
        wizard = self.dialog(document, mention_declared=True)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.no_text_declared = True
        wizard.action_confirm()
        self.assertEqual(self.declared(document), [["no_text", "mention"]])

    def test_calling_the_act_is_declaring(self):
        document = self.paper_with(PDF)
        document.action_register()
        document.action_register()
        self.assertEqual(self.declared(document), [["no_text"]])

    def test_the_clerk_goes_on_with_the_next_paper(self):
        document = self.paper_with(PDF).with_context(qlvb_next=True)
        wizard = self.dialog(document, no_text_declared=True)
        following = wizard.action_confirm()
        self.assertEqual(following["tag"], "qlvb_next_paper")
        self.assertTrue(following["params"]["closes"])

    def test_somebody_else_may_not_declare(self):
        document = self.paper_with(PDF)
        for user in (self.justice_clerk, self.chief, self.chairman, self.culture_one):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    document.with_user(user).action_check_in()
                with self.assertRaises(UserError):
                    wizard = (
                        self.env["qlvb.declaration.wizard"]
                        .with_user(user)
                        .create({"document_id": document.id, "no_text_declared": True})
                    )
                    wizard.action_confirm()
        wizard = self.dialog(document, no_text_declared=True)
        with self.assertRaises(AccessError):
            wizard.with_user(self.justice_clerk).action_confirm()
        self.assertState(document, "draft")
        self.assertFalse(self.declared(document))

    def test_the_paper_changed_meanwhile(self):
        document = self.paper_with(PDF)
        wizard = self.dialog(document, no_text_declared=True)
        document.write({"summary": "Khác"})
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertState(document, "draft")
