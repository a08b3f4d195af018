"""E-mails as they come over the wire, and units to which they are sent."""

from email.message import EmailMessage

from .common import PDF, DocumentCase

ADDRESS = "vanthu@ubnd.example"
SENDER = "Sở Nội vụ <vanthu@snv.example>"


def letter(
    subject="Fwd: Tờ trình 120/TTr-VHTT về việc ban hành Quy chế",
    text="Kính gửi: Ủy ban nhân dân.",
    files=(("to-trinh.pdf", PDF),),
    html=None,
    headers=(),
    **addressed,
):
    """Return a mail as bytes; ``addressed`` by header, written with underscores."""
    mail = EmailMessage()
    for name, value in {
        "From": SENDER,
        "To": ADDRESS,
        "Message-Id": "<1@snv.example>",
        **{name.replace("_", "-").title(): value for name, value in addressed.items()},
    }.items():
        if value is not None:
            mail[name] = value
    mail["Subject"] = subject
    for name, value in headers:
        mail[name] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, content in files:
        kind = "pdf" if name.endswith(".pdf") else "octet-stream"
        mail.add_attachment(
            content, maintype="application", subtype=kind, filename=name
        )
    return mail.as_bytes()


class MailCase(DocumentCase):
    """The committee and VHTT each have an address, set by the administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        addresses = cls.env["qlvb.mail.address"].with_user(cls.administrator)
        addresses.create(
            [
                {"unit_id": cls.committee.id, "address": " VanThu@UBND.example "},
                {"unit_id": cls.culture.id, "address": "vhtt@ubnd.example"},
            ]
        )
        cls.before = cls.env["qlvb.document"].search([])

    def receive(self, raw=None, **values):
        """Hand a mail over as the server itself; return the drafts made of it."""
        raw = letter(**values) if raw is None else raw
        ids = self.env["mail.thread"].sudo().message_process(False, raw)
        return self.env["qlvb.document"].browse(ids or [])

    def drafts(self):
        self.env.flush_all()
        return self.env["qlvb.document"].search([]) - self.before

    def assertLeftOut(self, code, unit=None, count=1):
        """Check that the last mail left a row in the journal and nothing else."""
        self.assertFalse(self.drafts())
        rows = self.journal("mail_left_out")
        self.assertEqual(len(rows), count)
        self.assertEqual(rows[-1].data["code"], code)
        self.assertEqual(rows[-1].origin, "mail")
        self.assertEqual(rows[-1].unit_id, unit or self.env["qlvb.unit"])
        return rows[-1]

    def told(self, user):
        """Return what was told to a user in messages of the system."""
        messages = (
            self.env["mail.message"]
            .sudo()
            .search([("partner_ids", "in", user.partner_id.ids)])
        )
        return " ".join(messages.mapped("body"))

    def assertNothingAnswered(self):
        mails = self.env["mail.mail"].sudo().search([])
        said = " ".join(
            f"{mail.email_to} {mail.recipient_ids.mapped('email')}" for mail in mails
        )
        self.assertNotIn("snv.example", said)
