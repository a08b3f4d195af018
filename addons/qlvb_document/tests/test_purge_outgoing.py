from odoo.fields import Command
from odoo.tests import tagged

from .common_correct import CorrectCase
from .common_dispatch import DispatchCase

MARK = "zyxmark"


@tagged("post_install", "-at_install", "qlvb")
class TestPurgeOutgoing(DispatchCase, CorrectCase):
    """What the house sent out itself goes too: here, and at all who received it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision_out = cls._on_its_way()

    @classmethod
    def pdf(cls, number=1):
        return cls.draft_pdf + f"% {MARK} {number}\n".encode()

    @classmethod
    def _file(cls, number):
        return cls.upload(cls.culture_one, f"{MARK} {number}.pdf", cls.pdf(number))

    @classmethod
    def _on_its_way(cls):
        """Send a decision back once, issue it, and send it to five recipients."""
        document = cls.outgoing(
            files=(),
            summary=f"Về việc {MARK}",
            attachment_ids=[Command.set(cls._file(1).ids)],
        )
        document.action_submit()
        head = document.with_user(cls.culture_head)
        head.action_approve(f"Đồng ý {MARK}")
        document.with_user(cls.chief).action_send_back(f"Sửa {MARK}")
        document.write({"attachment_ids": [Command.link(cls._file(2).id)]})
        document.message_post(body=MARK)
        document.action_submit()
        head.action_approve()
        document.with_user(cls.chief).action_approve()
        document.with_user(cls.chairman)._action_sign()
        cls.checked(document).with_user(cls.clerk).action_issue()
        school = cls.env["res.partner"].with_user(cls.clerk).create({"name": "Trường"})
        cls.rows = cls.listed(document, cls.culture, cls.justice, cls.commune, school)
        document.with_user(cls.clerk).action_dispatch()
        cls.rows[3].with_user(cls.clerk).action_post("RA 1", "2026-08-26")
        registered = cls.copy_of(cls.rows[0])
        registered.action_register()
        registered.with_user(cls.culture_head).action_assign(
            [{"user_id": cls.culture_one.id, "role": "lead", "instruction": MARK}]
        )
        cls.copy_of(cls.rows[1]).action_refuse(f"Không thuộc {MARK}")
        cls.late = cls.listed(document, cls.office)
        cls.env.flush_all()
        return document

    def test_nothing_is_left_here_nor_with_the_recipients(self):
        before = self.left_over(MARK)
        for table in (
            "qlvb_document",
            "qlvb_version",
            "qlvb_review",
            "qlvb_send_back",
            "qlvb_dispatch",
            "qlvb_assignment",
            "mail_message",
            "ir_attachment",
        ):
            self.assertIn(table, before, "the sweep finds what is there")
        self.assertGreater(len(self.stored_with(MARK)), 2)
        self.purged(self.decision_out, self.clerk)
        self.assertEqual(self.left_over(MARK), {})
        self.env.cr.postcommit.run()
        self.assertEqual(self.stored_with(MARK), [])

    def test_numbers_stay_at_both_ends_and_say_why(self):
        document = self.decision_out.sudo()
        reference, copies = document.reference, self.rows.sudo().copy_id
        correction = self.purged(self.decision_out, self.clerk)
        self.assertEqual(document.reference, reference)
        self.assertEqual(document.state, "dispatched")
        self.assertIn("Đã xoá nội dung", document.summary)
        self.assertEqual(len(copies), 3)
        for copy in copies:
            self.assertIn("Đã xoá nội dung", copy.summary)
            self.assertEqual(copy.correction_ids.parent_id, correction)
        self.assertEqual(copies.mapped("state"), ["done", "refused", "recalled"])
        self.assertEqual(copies[0].number, 1)
        self.assertEqual(
            self.rows.sudo().mapped("state"),
            ["received", "refused", "recalled", "sent"],
        )
        self.assertEqual(self.rows.sudo().recall_decided_by_id, self.chairman)
        self.assertEqual(self.rows[0].sudo().received_number, "01")
        self.assertEqual(self.rows[3].sudo().proof, "RA 1")
        self.assertIn("1 outside", correction.report)
        for report in (correction | copies.correction_ids).sudo().mapped("report"):
            self.assertNotIn("other documents", report)
        # What waits is sent to nobody any more.
        self.assertFalse(self.late.exists())
        self.listed(self.decision_out, self.office)
        self.assertRefused(
            "erased", self.decision_out.with_user(self.clerk).action_dispatch
        )

    def test_a_recipient_erases_the_own_copy_alone(self):
        copy = self.copy_of(self.rows[0])
        self.purged(copy, self.culture_account)
        self.assertIn("Đã xoá nội dung", copy.summary)
        self.assertIn(MARK, self.decision_out.sudo().summary)
        self.assertTrue(all(f.raw for f in self.decision_out.sudo().attachment_ids))
        self.assertIn(MARK, self.rows[2].sudo().copy_id.summary)
