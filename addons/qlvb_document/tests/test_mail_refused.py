from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib import mail as reading
from .common import PDF
from .common_mail import ADDRESS, MailCase, letter

MARK = "Xqzw"
TABLES = (
    "qlvb_document",
    "qlvb_mail_receipt",
    "ir_attachment",
    "mail_message",
    "mail_mail",
    "qlvb_journal",
)


@tagged("post_install", "-at_install", "qlvb")
class TestMailRefused(MailCase):
    """What is not taken leaves nothing behind, and is not answered."""

    def assertNoTrace(self):
        self.env.flush_all()
        for table in TABLES:
            self.cr.execute(
                f"SELECT count(*) FROM {table} WHERE {table}::text LIKE %s",
                (f"%{MARK}%",),
            )
            self.assertFalse(self.cr.fetchone()[0], table)
        self.assertNothingAnswered()

    def test_article_3_at_the_mail_door(self):
        for count, (clause, values) in enumerate(
            (
                ("3.1", {"subject": f"[MẬT] {MARK}"}),
                ("3.1", {"subject": f"V/v {MARK}", "text": f"{MARK}\nĐộ mật: Tối mật"}),
                ("3.1", {"subject": MARK, "files": [(f"{MARK} TUYỆT MẬT.pdf", PDF)]}),
                ("3.1", {"subject": MARK, "text": f"{MARK}\nM\u200bẬT\n{MARK}"}),
                ("3.1", {"subject": MARK, "text": f"{MARK}\nM&#7852;T\n{MARK}"}),
                ("3.1", {"subject": MARK, "text": f"TUYỆT\nMẬ\u0422\n{MARK}"}),
                ("3.1", {"subject": MARK, "text": f"{MARK}\nT U Y Ệ T  M Ậ T"}),
                ("3.1", {"subject": MARK, "text": f"TUYET MAT        {MARK}"}),
                ("3.2", {"subject": f"Fwd: Đơn khiếu nại của {MARK}"}),
                ("3.3", {"subject": f"Hồ sơ một cửa {MARK}"}),
            ),
            1,
        ):
            with self.subTest(str(values)), self.assertLogs("odoo", "DEBUG") as logs:
                self.assertFalse(
                    self.receive(message_id=f"<{MARK}{count}@x>", **values)
                )
            said = [
                record.getMessage()
                for record in logs.records
                if not record.name.startswith("odoo.sql_db")
            ]
            self.assertNotIn(MARK, "\n".join(said))
            rows = self.journal("admission_refused")
            self.assertEqual(len(rows), count)
            self.assertEqual(rows[-1].data["clause"], clause)
            self.assertEqual(rows[-1].data["door"], "mail")
            self.assertEqual(rows[-1].origin, "mail")
            self.assertFalse(self.drafts())
            self.assertNoTrace()
        self.assertFalse(self.journal("mail_left_out"))
        self.assertFalse(self.env["qlvb.mail.receipt"].sudo().search([]))

    def test_a_file_that_is_refused_keeps_the_mail_out(self):
        """The files are judged before the first of them is stored."""
        File = type(self.env["ir.attachment"])
        hostile = [("a.pdf", PDF + MARK.encode()), ("b.pdf", b"MZ" + bytes(300))]
        with patch.object(File, "_file_write") as stored:
            self.receive(subject=MARK, files=hostile)
        self.assertFalse(stored.called)
        row = self.assertLeftOut("file", self.committee)
        self.assertEqual(row.data, {"code": "file", "domain": "snv.example"})
        self.assertNoTrace()
        said = self.told(self.clerk)
        self.assertIn("snv.example", said)
        self.assertNotIn("vanthu@", said)
        self.assertFalse(self.told(self.culture_clerk))
        self.assertFalse(self.told(self.chief))
        self.assertEqual(len(self.receive()), 1, "the same mail, mended")

    def test_clerks_are_told_once_a_day_and_domain(self):
        for number in range(3):
            self.receive(files=[("a\u202eb.pdf", PDF)], message_id=f"<{number}@x>")
        self.assertLeftOut("name", self.committee, count=3)
        self.assertEqual(self.told(self.clerk).count("snv.example"), 1)

    def test_too_large_and_too_many(self):
        self.patch(reading, "MOST_BYTES", 3000)
        self.receive(subject=MARK, files=[("a.pdf", PDF + bytes(5000))])
        self.assertLeftOut("large", self.committee)
        self.patch(reading, "MOST_BYTES", 40 << 20)
        files = [(f"{number}.pdf", PDF) for number in range(31)]
        self.receive(subject=MARK, files=files, message_id="<2@x>")
        self.assertLeftOut("many", self.committee, count=2)
        self.receive(
            subject=MARK,
            files=[(f"{number}.pdf", b"x") for number in range(400)],
            message_id="<3@x>",
        )
        self.assertLeftOut("many", self.committee, count=3)
        self.assertNoTrace()

    def test_a_flood_from_one_sender(self):
        with patch("odoo.addons.qlvb_document.models.qlvb_mail_intake._HOURLY", 2):
            for number in range(2):
                self.assertTrue(self.receive(message_id=f"<{number}@x>"))
            self.assertFalse(self.receive(message_id="<9@x>"))
        (row,) = self.journal("mail_left_out")
        self.assertEqual(row.data["code"], "flood")

    def test_nested_without_end(self):
        inner = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"
        raw = letter(files=()).split(b"\n\n")[0].replace(b"Content-Type", b"X-A")
        raw += b"\n" + b"".join(inner % (n, n) for n in range(3000))
        for bad in (raw, b"", b"\xff\x00\xfe", b"From: x\n\n"):
            with self.subTest(bad[:20]):
                self.assertFalse(self.receive(bad))
        self.assertFalse(self.drafts())

    def test_nobody_but_the_server_hands_a_mail_over(self):
        raw = letter()
        for user in (self.clerk, self.chief, self.chairman, self.outsider):
            for model in ("mail.thread", "res.partner", "qlvb.document"):
                with self.subTest(f"{user.login} {model}"):
                    gateway = self.env[model].with_user(user)
                    with self.assertRaises(AccessError):
                        gateway.message_process("qlvb.document", raw)
                    with self.assertRaises(AccessError):
                        gateway.with_context(qlvb_mail=True, uid=1).message_process(
                            False, raw
                        )
        self.assertFalse(self.drafts())

    def test_the_technical_account_hands_a_mail_over(self):
        """The house's mail pipe runs under it; it sees nothing of what it brings."""
        gateway = self.env["mail.thread"].with_user(self.administrator)
        ids = gateway.with_context(default_summary="x").message_process(
            "res.users", letter(), save_original=True
        )
        draft = self.env["qlvb.document"].browse(ids)
        self.assertEqual(draft.unit_id, self.committee)
        self.assertEqual(draft.drafter_id, self.env.ref("base.user_root"))
        self.assertEqual(len(draft.attachment_ids), 1)
        self.assertCannotRead(self.administrator, draft)
        self.assertEqual(self.journal("received", draft).user_id, draft.drafter_id)

    def test_a_mail_is_no_message_on_a_record(self):
        draft = self.receive()
        message = draft.message_ids[:1]
        before = len(draft.message_ids)
        new = self.receive(
            message_id="<2@x>", in_reply_to=message.message_id, subject="Re: x"
        )
        self.assertNotEqual(new, draft)
        self.assertEqual(len(draft.message_ids), before)
        for values in ({"thread_id": draft.id}, {"custom_values": {"summary": "x"}}):
            with self.assertRaises(UserError):
                self.env["mail.thread"].sudo().message_process(
                    "qlvb.document", letter(message_id="<3@x>"), **values
                )
        for method in ("message_new", "message_update"):
            with self.assertRaises(UserError):
                getattr(draft.sudo(), method)({"subject": "x"})

    def test_what_fails_unforeseen_leaves_no_word_in_the_log(self):
        """Nothing is half done, and the log does not quote the mail."""
        intake = type(self.env["qlvb.mail.intake"])

        def fail(model, *args):
            raise RuntimeError(MARK)

        with (
            patch.object(intake, "_note", fail),
            self.assertLogs("odoo", "WARNING") as logs,
            self.assertRaises(UserError) as caught,
        ):
            self.receive(subject=MARK)
        self.assertNotIn(MARK, str(caught.exception) + str(logs.output))
        self.assertFalse(self.drafts())
        self.assertNoTrace()

    @mute_logger("odoo.sql_db")
    def test_who_sets_an_address(self):
        addresses = self.env["qlvb.mail.address"]
        values = {"unit_id": self.justice.id, "address": "tp@ubnd.example"}
        for user in (self.clerk, self.chief, self.chairman, self.justice_head):
            with self.subTest(user.login), self.assertRaises(AccessError):
                addresses.with_user(user).create(values)
        mine = addresses.with_user(self.administrator)
        record = mine.create(values)
        self.assertJournal("mail_address_set", record, self.administrator)
        for bad in ("x", "A <a@b.vn>", "a@b.vn\nc@d.vn", "", "a b@c.vn", ADDRESS):
            with self.subTest(bad), self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017
                mine.create({"unit_id": self.justice.id, "address": bad})
        record.unlink()
        self.assertEqual(len(self.journal("mail_address_removed")), 1)
