import base64
from unittest.mock import ANY

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.qlvb_vetting import FileNotTaken
from .common import PDF
from .common_cabinet import pdf
from .common_doors import STAMP, DoorCase
from .test_admission import MARK


@tagged("post_install", "-at_install", "qlvb")
class TestVettingWords(DoorCase):
    """What people write to each other on a paper passes the same gate."""

    def test_messages(self):
        document = self.registered(reference="10/CV")
        body = f"<p>{MARK}</p><p>TUYỆT <b>MẬT</b></p>"
        thread = {"model": "qlvb.document", "res_id": document.id}
        file = self.upload(self.clerk, f"{MARK}.pdf", PDF + b"%said")
        own = document.message_post(body="x", message_type="comment")
        messages = self.env["mail.message"].with_user(self.clerk)
        doors = (
            lambda: document.message_post(body=body, attachment_ids=file.ids),
            lambda: document.message_post(body="x", subject="TỐI MẬT"),
            lambda: document.message_notify(
                body=body, partner_ids=self.chief.partner_id.ids
            ),
            lambda: messages.create({**thread, "body": body}),
            lambda: messages.with_context(default_body=body).create(thread),
            lambda: own.write({"body": body}),
            lambda: (
                self.env["mail.compose.message"]
                .with_user(self.clerk)
                .create(
                    {"model": "qlvb.document", "res_ids": document.ids, "body": body}
                )
            ),
            lambda: (
                self.env["mail.scheduled.message"]
                .with_user(self.clerk)
                .create(
                    {
                        **thread,
                        "author_id": self.clerk.partner_id.id,
                        "body": body,
                        "scheduled_date": "2099-01-01 08:00:00",
                    }
                )
            ),
            lambda: document.activity_schedule(
                "mail.mail_activity_data_todo", note=body, user_id=self.clerk.id
            ),
        )
        for number, post in enumerate(doors):
            with self.subTest(number):
                # In English or, where Odoo turns to the reader's, in Vietnamese.
                self.knock("3", post)
                self.assertEqual(
                    self.journal("admission_refused")[-1].data,
                    {"door": "message", "clause": "3.1", "model": ANY},
                )
        self.assertFalse(file.exists(), "what was sent ahead with it is destroyed")
        self.assertTrue(document.exists())
        self.assertNothingLeft()
        self.assertTrue(document.message_post(body="Giữ bí mật nhà nước, đổi mật khẩu"))

    def test_stamped_file_in_a_message(self):
        document = self.registered(reference="10/CV")
        # Odoo writes messages in the reader's language, the refusal with it.
        self.knock(
            "Điều 3",
            document.message_post,
            body="x",
            attachments=[("a.pdf", self.stamped(6))],
        )
        with self.assertRaises(FileNotTaken):
            document.message_post(body="x", attachments=[("a.gif", b"GIF89a")])
        self.assertNothingLeft()

    def test_acts(self):
        document = self.registered(reference="10/CV")
        chief = document.with_user(self.chief)
        draft = self.draft(reference="11/CV")
        lines = [self.line(self.culture, instruction=STAMP)]
        order = self.routed(document=self.registered(reference="12/CV"))
        for act in (
            lambda: document.with_user(self.chairman).action_direct(STAMP),
            lambda: chief.action_assign(lines),
            lambda: draft.action_refuse(STAMP),
            lambda: order.with_user(self.culture_head).action_return(STAMP),
            lambda: order.with_user(self.culture_head).action_done(STAMP),
            lambda: order.with_user(self.chief).action_urge(STAMP),
            lambda: (
                self.env["qlvb.act.wizard"]
                .with_user(self.chairman)
                .create({"act": "direct", "document_id": document.id, "text": STAMP})
            ),
        ):
            self.knock("3.1", act)
        self.assertState(document, "registered")
        self.assertState(order, "sent")
        self.assertEqual(
            {row.data["door"] for row in self.journal("admission_refused")}, {"text"}
        )
        self.assertNothingLeft()

    def test_scan_of_what_a_leader_wrote(self):
        """The dialog keeps nothing either: its field's file is the system's own."""
        document = self.registered(reference="10/CV")
        wizards = self.env["qlvb.act.wizard"].with_user(self.clerk)
        values = {"act": "direct", "document_id": document.id}
        before = self.remains()
        for name in ({}, {"scan_name": "a.pdf"}):
            scan = base64.b64encode(self.stamped(20 + len(name)))
            self.knock("3.1", wizards.create, {**values, "scan": scan, **name})
        program = base64.b64encode(b"MZ\x90")
        self.refused(wizards.create, {**values, "scan": program})
        self.refused(
            wizards.create, {**values, "scan": base64.b64encode(PDF), "scan_name": "x"}
        )
        self.assertEqual(self.remains(), before)
        self.assertTrue(wizards.create({**values, "scan": base64.b64encode(PDF)}))

    def test_a_link_is_no_file(self):
        document = self.registered(reference="10/CV")
        place = {"res_model": "qlvb.document", "res_id": document.id}
        with self.assertRaises(UserError), mute_logger("odoo.models"):
            self.files.create(
                {"name": "a.pdf", "type": "url", "url": "https://a.vn/a", **place}
            )

    def test_mark_command_that_links(self):
        """A file judged once is linked without being judged again."""
        file = self.upload(self.clerk, "a.pdf", pdf())
        draft = self.draft(reference="9/CV", attachment_ids=[Command.link(file.id)])
        self.assertEqual(draft.sudo().attachment_ids, file.sudo())
