from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.qlvb_admission_mixin import AdmissionRefused
from .common import NOW
from .common_dispatch import DispatchCase
from .smtp_sink import SmtpSink


@tagged("post_install", "-at_install")
class TestDispatchOutside(DispatchCase):
    """Outside bodies are written to by e-mail or post, with proof (Article 7.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(
            cls.registry["ir.mail_server"], "_disable_send", lambda server: False
        )
        # Progress is committed letter by letter, which a test may not do.
        cls.classPatch(
            cls.registry["ir.cron"],
            "_commit_progress",
            lambda cron, *args, **kwargs: float("inf"),
        )
        cls.env.company.email = "qlvb@example.com"
        cls.env["ir.mail_server"].search([]).active = False
        cls.bank, cls.school = (
            cls.env["res.partner"]
            .with_user(cls.clerk)
            .create(
                [
                    {"name": "Kho bạc Nhà nước", "email": "kho.bac@example.com"},
                    {"name": "Trường THPT số 1"},
                ]
            )
        )

    def mail_server(self, port):
        return self.env["ir.mail_server"].create(
            {"name": "Test", "smtp_host": "127.0.0.1", "smtp_port": port}
        )

    def send(self):
        self.env["qlvb.dispatch"]._cron_send()
        self.env.invalidate_all()

    def test_clerks_keep_the_addresses(self):
        body = self.bank
        self.assertTrue(body.is_outside_body)
        self.assertFalse(body.sudo().user_ids)
        self.assertCanRead(self.culture_one, body)
        body.write({"phone": "0204 3872 000"})
        for user in (self.culture_one, self.chairman, self.administrator):
            with self.assertRaises(AccessError, msg=user.login):
                self.env["res.partner"].with_user(user).create({"name": "Ngân hàng"})
            with self.assertRaises(AccessError, msg=user.login):
                body.with_user(user).write({"name": "Khác"})
        self.assertTrue(self.journal("outside_body_set", body.sudo()))

    def test_clerks_touch_no_persons_contact(self):
        partner = self.chairman.partner_id.with_user(self.clerk)
        with self.assertRaises(AccessError):
            partner.write({"email": "thief@example.com"})
        with self.assertRaises(AccessError):
            self.bank.write({"user_ids": [(4, self.chairman.id)]})
        with self.assertRaises(AccessError):
            self.bank.write({"is_outside_body": False})
        with self.assertRaises(UserError):
            self.bank.write({"email": "không phải địa chỉ"})
        with self.assertRaises(AccessError):
            self.bank.unlink()
        planted = self.env["res.partner"].with_user(self.clerk)
        planted = planted.with_context(default_parent_id=partner.id)
        self.assertFalse(planted.create({"name": "Bưu điện"}).parent_id)

    def test_channel_follows_the_address(self):
        document = self.signed()
        rows = self.listed(document, self.bank, self.school)
        self.assertEqual(rows.mapped("channel"), ["email", "post"])
        with self.assertRaises(ValidationError):
            rows[1].write({"channel": "email"})
        with self.assertRaises(ValidationError):
            rows[0].write({"channel": "internal"})
        with self.assertRaises(ValidationError):
            self.listed(document, self.chairman.partner_id)

    def test_who_is_no_outside_body_is_no_recipient(self):
        """Over RPC any contact could be named; the list holds outside bodies alone."""
        contact = self.env["res.partner"].create(
            {"name": "Người quen", "email": "quen@example.com"}
        )
        document = self.issued()
        with self.assertRaises(ValidationError) as caught:
            self.listed(document, contact)
        self.assertNotIn(contact.name, str(caught.exception))
        [row] = self.listed(document, self.bank)
        with self.assertRaises(ValidationError):
            row.write({"partner_id": contact.id})
        self.bank.sudo().is_outside_body = False
        self.assertRefused(
            "outside body", document.with_user(self.clerk).action_dispatch
        )

    def test_mail_server_takes_the_document(self):
        document = self.issued(files=("quyet-dinh.pdf",))
        row, unit = self.listed(document, self.bank, self.culture)
        with SmtpSink() as sink:
            self.mail_server(sink.port)
            document.with_user(self.clerk).action_dispatch()
            self.assertEqual((row.state, unit.state), ("waiting", "sent"))
            self.assertTrue(row.queued_at)
            self.assertFalse(sink.letters, "no act waits for a mail server")
            self.send()
            self.send()
            [letter] = sink.letters
        self.assertEqual(letter["To"], "kho.bac@example.com")
        self.assertIn("01/QĐ-UBND", letter["Subject"])
        [file] = letter.iter_attachments()
        self.assertEqual(file.get_filename(), "01-QĐ-UBND.pdf")
        self.assertEqual(file.get_content(), document._main_file().raw)
        self.assertRecordValues(
            row,
            [
                {
                    "state": "sent",
                    "sent_at": NOW,
                    "sent_by_id": self.clerk.id,
                    "proof": letter["Message-ID"],
                    "failure": False,
                }
            ],
        )
        self.assertJournal(
            "dispatch_mailed",
            document,
            self.clerk,
            data={"recipient": "Kho bạc Nhà nước", "ground": "01/QĐ-UBND"},
        )

    @mute_logger("odoo.addons.base.models.ir_mail_server")
    def test_what_was_not_taken_waits_and_says_why(self):
        document = self.issued()
        [row] = self.listed(document, self.bank)
        with SmtpSink() as sink:
            port = sink.port
        server = self.mail_server(port)
        document.with_user(self.clerk).action_dispatch()
        self.send()
        self.assertEqual((row.state, row.queued_at), ("waiting", False))
        self.assertTrue(row.failure)
        self.assertFalse(row.proof)
        with SmtpSink(port) as sink:
            server.smtp_port = port
            document.with_user(self.clerk).action_dispatch()
            self.send()
            self.assertEqual(len(sink.letters), 1)
        self.assertEqual((row.state, row.failure), ("sent", False))

    def test_nothing_goes_out_after_the_recall(self):
        document = self.issued()
        row, waiting, unit = self.listed(document, self.bank, self.school, self.culture)
        mine = document.with_user(self.clerk)
        with SmtpSink() as sink:
            self.mail_server(sink.port)
            mine.action_dispatch()
            self.assertTrue(row.queued_at)
            mine.action_recall("Sai thẩm quyền")
            self.assertEqual(unit.state, "recalled")
            for left in (row, waiting):
                self.assertEqual((left.state, left.queued_at), ("waiting", False))
                self.assertEqual(left.status, "failed")
                self.assertIn("Sai thẩm quyền", left.failure)
            self.send()
            # Not even what got into the outbox some other way.
            row.sudo()._through_gate().write({"queued_at": NOW})
            self.send()
            self.assertFalse(sink.letters)
        self.assertEqual((row.state, row.queued_at), ("waiting", False))
        self.assertJournal(
            "dispatch_stopped",
            document,
            self.clerk,
            data={"recipient": "Kho bạc Nhà nước"},
        )
        self.assertRefused("Sai thẩm quyền", mine.action_dispatch)

    def test_what_lies_in_the_outbox_alone_is_recalled(self):
        document = self.issued()
        [row] = self.listed(document, self.bank)
        mine = document.with_user(self.clerk)
        with SmtpSink() as sink:
            self.mail_server(sink.port)
            mine.action_dispatch()
            self.env.invalidate_all()
            self.assertEqual((mine.sent_count, mine.waiting_count), (1, 1))
            with self.assertRaises(AccessError):
                document.with_user(self.culture_one).action_recall("Sai")
            mine.action_recall("Sai thẩm quyền")
            self.send()
            self.assertFalse(sink.letters)
        self.assertTrue(document.recalled_at)
        self.assertEqual(row.state, "waiting")
        told = self.messages(document).mapped("body")
        self.assertTrue(any("Kho bạc Nhà nước" in words for words in told))
        with self.assertRaises(UserError):
            mine.action_recall("Lần nữa")

    def test_what_a_letter_replaces_is_recalled_in_the_offices_words(self):
        """The job has no language, the recipient's register has one."""
        with SmtpSink() as sink:
            self.mail_server(sink.port)
            [row] = self.dispatched(self.bank)
            self.send()
            self.assertEqual(row.state, "sent")
            self.replacing(row.document_id).action_dispatch()
            self.send()
            self.assertEqual(len(sink.letters), 2)
        self.assertEqual(row.state, "recalled")
        self.assertEqual(row.recall_reason, "Được thay thế bằng 02/QĐ-UBND")

    def test_without_a_mail_server_the_rest_goes(self):
        document = self.issued()
        row, unit = self.listed(document, self.bank, self.culture)
        document.with_user(self.clerk).action_dispatch()
        self.assertEqual((row.state, unit.state), ("waiting", "sent"))
        self.assertTrue(row.failure)
        other = self.issued()
        self.listed(other, self.bank)
        with self.assertRaises(UserError):
            other.with_user(self.clerk).action_dispatch()
        self.assertEqual(other.state, "issued")

    def test_clerk_notes_the_posting(self):
        document = self.signed()
        [row] = self.listed(document, self.school)
        with self.assertRaises(UserError):
            row.action_post("EB123456789VN")
        self.checked(document).with_user(self.clerk).action_issue()
        with self.assertRaises(UserError):
            document.with_user(self.clerk).action_dispatch()
        with self.assertRaises(AccessError):
            row.with_user(self.culture_one).action_post("EB123456789VN")
        for proof, day in (
            ("", None),
            ("EB123456789VN", "2026-08-27"),
            ("EB123456789VN", "2026-08-01"),
            ("EB123456789VN", "hôm qua"),
        ):
            with self.assertRaises(UserError, msg=day):
                row.action_post(proof, day)
        row.action_post("EB123456789VN", "2026-08-26")
        self.assertEqual((row.state, row.proof), ("sent", "EB123456789VN"))
        self.assertEqual(row.sent_at, NOW)
        self.assertEqual(document.state, "dispatched")
        row.action_recall("Sai số liệu")
        self.assertEqual(row.state, "recalled")

    def test_addresses_that_are_not_one_address(self):
        for address in (
            "van thu@example.com",
            "a@example.com, b@example.com",
            "a,b@example.com",
            '"x\nBcc:z@z"@example.com',
            '"<thief@example.com>, "@example.com',
            "<a@example.com",
            "a@example",
            "a@b\u2028Bcc:c.vn",
            "a@[127.0.0.1]",
        ):
            with self.subTest(ascii(address)), self.assertRaises(UserError):
                self.bank.write({"email": address})
        self.bank.write({"email": "Kho.Bac@example.com"})

    def test_a_letter_that_cannot_be_written_keeps_no_other_back(self):
        document = self.issued(summary="Một\u2028Bcc: thief@example.com")
        lost, sent = self.listed(document, self.far(), self.bank)
        rows, write = type(lost), type(lost)._letter_body

        def body(row):
            if row == lost:
                raise ValueError("no such letter")
            return write(row)

        with SmtpSink() as sink, patch.object(rows, "_letter_body", body):
            self.mail_server(sink.port)
            document.with_user(self.clerk).action_dispatch()
            self.send()
            [letter] = sink.letters
        self.assertEqual((lost.state, lost.status), ("waiting", "failed"))
        self.assertEqual(sent.state, "sent")
        self.assertFalse(letter["Bcc"])
        self.assertIn("Một Bcc: thief@example.com", letter["Subject"])

    def far(self):
        bodies = self.env["res.partner"].with_user(self.clerk)
        return bodies.create({"name": "Xa", "email": "xa@example.com"})

    def test_what_was_recalled_is_not_posted(self):
        document = self.issued()
        row, unit = self.listed(document, self.school, self.culture)
        mine = document.with_user(self.clerk)
        mine.action_dispatch()
        self.assertTrue(row.can_post)
        mine.action_recall("Sai thẩm quyền")
        self.assertRefused("Sai thẩm quyền", row.action_post, "EB123456789VN")
        self.assertEqual((row.state, unit.state), ("waiting", "recalled"))
        row.invalidate_recordset()
        self.assertFalse(row.can_post)

    def test_posting_waits_for_no_other_recipient(self):
        document = self.issued()
        row, _unit = self.listed(document, self.school, self.commune)
        self.commune.active = False
        row.action_post("EB123456789VN")
        self.assertEqual(row.state, "sent")
        self.assertJournal("dispatched", document, self.clerk, data={"posted": 1})

    def test_what_is_posted_replaces_as_well(self):
        document = self.issued()
        row, other = self.listed(document, self.school, self.culture)
        document.with_user(self.clerk).action_dispatch()
        row.action_post("EB123456789VN")
        new = self.replacing(document)
        posted = new.dispatch_ids.filtered("partner_id")
        posted.action_post("EB987654321VN")
        self.assertEqual((row.state, other.state), ("recalled", "sent"))
        self.assertIn(new.reference, row.recall_reason)

    def test_article_3_stands_at_every_way_out(self):
        """A list of marks may have grown since the document was drafted."""
        document = self.issued()
        letter, post, unit = self.listed(document, self.bank, self.school, self.culture)
        vet = self.registry["qlvb.vetting"]._vet_file
        doors = []

        def refuse(vetting, name, content, door, *arguments):
            doors.append(door)
            if door == "dispatch":
                raise AdmissionRefused("Kept in")
            return vet(vetting, name, content, door, *arguments)

        with SmtpSink() as sink:
            self.mail_server(sink.port)
            self.patch(self.registry["qlvb.vetting"], "_vet_file", refuse)
            for act in (
                document.with_user(self.clerk).action_dispatch,
                lambda: post.action_post("EB123456789VN"),
            ):
                with self.assertRaises(AdmissionRefused):
                    act()
            unit.unlink()
            with self.assertRaises(AdmissionRefused):
                document.with_user(self.clerk).action_dispatch()
        self.assertEqual(doors, ["dispatch"] * 3)
        self.assertEqual((letter.queued_at, post.state), (False, "waiting"))
        self.assertEqual(document.state, "issued")
