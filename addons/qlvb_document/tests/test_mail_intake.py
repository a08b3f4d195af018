import io
from email.message import EmailMessage

from PIL import Image

from odoo.tests import tagged

from .common import PDF, TODAY
from .common_mail import ADDRESS, MailCase, letter


def picture():
    """Return a PNG picture."""
    stream = io.BytesIO()
    Image.new("1", (30, 40)).save(stream, "PNG")
    return stream.getvalue()


PNG = picture()


@tagged("post_install", "-at_install", "qlvb")
class TestMailIntake(MailCase):
    """What is sent to a unit's address waits in its register as a draft."""

    def test_what_is_returned_goes_to_who_registered_it(self):
        """Nobody created it; of several clerks the one who took it on has it."""
        other = self.give_post(self.outsider, self.committee, "clerk").user_id
        for clerk in (other, self.clerk):
            draft = self.receive(letter(subject=f"Công văn của {clerk.login}"))
            own = draft.with_user(clerk).sudo(False)
            number = f"{clerk.id}/BC-SNV"
            own.write({"document_date": TODAY, "reference": number})
            own.write({"type_id": self.kind.id})
            own.action_register()
            order = self.routed(document=own)
            order.with_user(self.culture_head).sudo(False).action_return("Nhầm")
            self.assertEqual(order.sudo().returned_to_id, clerk)

    def test_a_letter_becomes_a_draft_of_the_unit(self):
        draft = self.receive()
        self.assertRecordValues(
            draft,
            [
                {
                    "unit_id": self.committee.id,
                    "state": "draft",
                    "source": "mail",
                    "mail_from": "vanthu@snv.example",
                    "issuer": "Sở Nội vụ",
                    "reference": "120/TTr-VHTT",
                    "type_id": self.kind.id,
                    "summary": "Tờ trình 120/TTr-VHTT về việc ban hành Quy chế",
                    "received_date": TODAY,
                    "document_date": False,
                    "number": 0,
                }
            ],
        )
        (file,) = draft.attachment_ids
        self.assertEqual((file.name, file.raw), ("to-trinh.pdf", PDF))
        self.assertEqual((file.res_model, file.res_id), (draft._name, draft.id))
        self.assertCanRead(self.clerk, draft)
        self.assertCannotRead(self.culture_clerk, draft)
        self.assertCannotRead(self.administrator, draft)
        (note,) = draft.message_ids.filtered(lambda m: "snv.example" in m.body)
        self.assertIn("Kính gửi", note.body)
        self.assertEqual(note.author_id, self.env.ref("base.partner_root"))
        self.assertFalse(note.partner_ids)
        row = self.journal("received", draft)
        self.assertEqual((len(row), row.origin), (1, "mail"))
        self.assertEqual(row.user_id, self.env.ref("base.user_root"))
        self.assertNothingAnswered()

    def test_the_clerk_completes_and_registers_it(self):
        draft = self.receive().with_user(self.clerk)
        self.assertRefused("Date of document", draft.action_register)
        draft.write({"document_date": "2026-08-24", "issuer": "Sở Nội vụ Bắc Giang"})
        draft.action_register()
        self.assertEqual(draft.number, 1)
        again = self.receive(message_id="<2@x>")
        self.assertEqual(again.issuer, "Sở Nội vụ Bắc Giang", "as the clerk wrote it")

    def test_two_units_have_a_draft_each(self):
        drafts = self.receive(to=f"{ADDRESS}, X <VHTT@ubnd.example>", cc="a@b.example")
        self.assertEqual(drafts.unit_id, self.committee | self.culture)
        self.assertEqual(len(drafts), 2)
        self.assertEqual(len(drafts.attachment_ids), 2)
        self.assertCannotRead(
            self.culture_clerk, drafts.filtered(lambda d: d.unit_id == self.committee)
        )

    def test_the_envelope_tells_where_it_was_sent(self):
        draft = self.receive(to="undisclosed-recipients:;", delivered_to=ADDRESS)
        self.assertEqual(draft.unit_id, self.committee)

    def test_the_same_mail_twice_is_one_draft(self):
        first = self.receive()
        self.assertEqual(len(first), 1)
        self.assertFalse(self.receive())
        self.assertFalse(self.receive(subject="Khác"))
        first.with_user(self.clerk).unlink()
        self.assertFalse(self.receive(), "it does not come back")
        nameless = letter(message_id=None)
        self.assertEqual(len(self.receive(nameless)), 1)
        self.assertFalse(self.receive(nameless))

    def test_mails_of_machines_are_left_out(self):
        for count, (code, headers) in enumerate(
            (
                ("automatic", [("Auto-Submitted", "auto-replied")]),
                ("automatic", [("X-Autoreply", "yes")]),
                ("automatic", [("Precedence", "auto_reply")]),
                ("list", [("List-Id", "<news.example>")]),
                ("list", [("Precedence", "bulk")]),
                ("bounce", [("Return-Path", "<>")]),
                ("loop", [("X-Odoo-Objects", "qlvb.document-1")]),
                ("loop", [("Received", f"by {n}") for n in range(70)]),
            ),
            1,
        ):
            with self.subTest(code):
                self.receive(headers=headers, message_id=f"<{count}@x>")
                self.assertLeftOut(code, count=count)
        self.receive(
            headers=[],
            from_=None,
            raw=letter().replace(b"vanthu@snv", b"MAILER-DAEMON@snv"),
        )
        self.assertLeftOut("bounce", count=count + 1)
        self.assertFalse(self.told(self.clerk), "and nobody is told")
        self.assertNothingAnswered()

    def test_a_mail_to_nobody(self):
        self.receive(to="khac@ubnd.example")
        row = self.assertLeftOut("no_address")
        self.assertNotIn("khac", str(row.data))

    def test_a_unit_that_no_longer_receives(self):
        self.committee.receives = False
        self.receive()
        self.assertLeftOut("no_address")

    def test_pictures_of_the_text_and_signatures_stay_out(self):
        mail = EmailMessage()
        mail["From"], mail["To"] = "A <a@snv.example>", ADDRESS
        mail["Subject"], mail["Message-ID"] = "Báo cáo", "<p@x>"
        mail.set_content("Kính gửi")
        mail.add_alternative('<p>Kính gửi <img src="cid:logo"></p>', subtype="html")
        mail.get_payload()[1].add_related(PNG, "image", "png", cid="<logo>")
        mail.add_attachment(
            b"x", "application", "pkcs7-signature", filename="smime.p7s"
        )
        mail.add_attachment("BEGIN:VCARD", subtype="vcard", filename="a.vcf")
        mail.add_attachment(b"tnef", "application", "ms-tnef", filename="winmail.dat")
        mail.add_attachment(PDF, "application", "pdf", filename="báo cáo.pdf")
        draft = self.receive(mail.as_bytes())
        self.assertEqual(draft.attachment_ids.mapped("name"), ["báo cáo.pdf"])
        self.assertIn("winmail.dat", " ".join(draft.message_ids.mapped("body")))

    def test_a_scan_sent_as_a_picture_stays(self):
        mail = EmailMessage()
        mail["From"], mail["To"] = "A <a@snv.example>", ADDRESS
        mail["Subject"], mail["Message-ID"] = "Báo cáo", "<p@x>"
        mail.set_content("x")
        mail.add_attachment(PNG, "image", "png", filename="trang1.png")
        draft = self.receive(mail.as_bytes())
        self.assertEqual(draft.attachment_ids.mapped("name"), ["trang1.png"])

    def test_a_letter_forwarded_as_a_file(self):
        inner = EmailMessage()
        inner["From"], inner["Subject"] = "B <b@c.example>", "x"
        inner.set_content("Lời bên trong")
        inner.add_attachment(PDF, "application", "pdf", filename="trong.pdf")
        mail = EmailMessage()
        mail["From"], mail["To"] = "A <a@snv.example>", ADDRESS
        mail["Subject"], mail["Message-ID"] = "Chuyển tiếp: x", "<p@x>"
        mail.set_content("Lời bên ngoài")
        mail.add_attachment(inner)
        draft = self.receive(mail.as_bytes())
        self.assertEqual(draft.attachment_ids.mapped("name"), ["trong.pdf"])
        said = " ".join(draft.message_ids.mapped("body"))
        self.assertIn("Lời bên ngoài", said)
        self.assertNotIn("Lời bên trong", said)

    def test_the_text_is_plain_and_bounded(self):
        html = '<p onclick="x()">Một<script>alert(1)</script></p><img src="http://t/x">'
        draft = self.receive(text=" ", html=html)
        said = " ".join(draft.message_ids.mapped("body"))
        self.assertIn("Một", said)
        for word in ("<script", "onclick", "<img"):
            self.assertNotIn(word, said)
        draft = self.receive(text="a<b>" * 5000, message_id="<2@x>")
        said = " ".join(draft.message_ids.mapped("body"))
        self.assertIn("a&lt;b&gt;", said)
        self.assertLess(len(said), 16000)

    def test_a_forged_heading_speaks_for_nobody(self):
        draft = self.receive(**{"from": f"Chủ tịch <{self.chairman.email}>"})
        self.assertNotIn(self.chairman.partner_id, draft.message_ids.author_id)
        self.assertEqual(draft.drafter_id, self.env.ref("base.user_root"))
        self.assertFalse(draft.message_partner_ids)
        self.assertEqual(draft.mail_from, self.chairman.email)

    def test_broken_and_hostile_headings(self):
        raw = letter(headers=[("X-A", "b")])
        for number, (change, to) in enumerate(
            (
                (b"Subject: ", b"Subject: =?utf-8?b?//4=?= =?x-unknown?q?a=0Ab?= "),
                (b"Subject: ", b"Subject: V\xe1\xbb\x81 vi\xe1\xbb\x87c \xff\x00"),
                (b"Subject: ", b"Subject: =?utf-8?q?a=0D=0ABcc:_evil=40x.example?= "),
                (b"From: ", b"From: =?utf-8?q?a=0Ab=E2=80=AE?= "),
                (b"Content-Type: text/plain", b"Content-Type: text/plain; x=\xff"),
                (b'charset="utf-8"', b'charset="no-such"'),
            ),
            1,
        ):
            changed = raw.replace(change, to, 1).replace(b"<1@", b"<%d@" % number)
            with self.subTest(to):
                draft = self.receive(changed)
                self.assertEqual(len(draft), 1)
                for value in (draft.summary, draft.issuer):
                    self.assertNotRegex(value or "", "[\n\r\x00\u202e]")

    def test_it_waits_among_what_the_clerk_has_to_register(self):
        draft = self.receive()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_document_action_to_register"
        )
        domain = [("state", "=", "draft")]
        self.assertIn("draft", action["domain"])
        self.assertIn(
            draft, self.env["qlvb.document"].with_user(self.clerk).search(domain)
        )
