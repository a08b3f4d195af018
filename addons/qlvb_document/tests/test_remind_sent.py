from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_remind import RemindCase
from .smtp_sink import SmtpSink


@tagged("post_install", "-at_install", "qlvb")
class TestRemindSent(RemindCase):
    """A letter as it leaves over a real socket, and a mail server that is not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests send nothing unless they say so.
        cls.classPatch(
            cls.registry["ir.mail_server"], "_disable_send", lambda server: False
        )
        cls.env.company.email = "qlvb@example.com"

    def send(self):
        self.env["mail.mail"].process_email_queue(self.letters(self.culture_head).ids)

    def test_a_digest_arrives_in_plain_text_and_html(self):
        self.letters(self.culture_head).unlink()
        with self.at(2026, 9, 15, 8):
            self.morning()
        letter = self.letters(self.culture_head)
        with SmtpSink() as sink:
            self.server.smtp_port = sink.port
            self.send()
            [received] = sink.letters
        self.assertEqual(received["To"], self.culture_head.email)
        self.assertIn("qlvb@example.com", received["From"])
        self.assertEqual(received["Auto-Submitted"], "auto-generated")
        self.assertEqual(received["Subject"], "QLVB – nhắc việc: 1 việc quá hạn")
        self.assertEqual(
            [part.get_content_type() for part in received.walk()],
            ["multipart/alternative", "text/plain", "text/html"],
        )
        for part in received.iter_parts():
            text = part.get_content()
            with self.subTest(part.get_content_type()):
                for words in ("120/TTr-VHTT", "14/09/2026", self.chief.name, "/odoo/"):
                    self.assertIn(words, text)
                self.assertNotIn("Quy chế", text)
        self.assertFalse(letter.exists(), "nothing stays behind")

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_a_mail_server_that_is_not_there_stops_nothing(self):
        with SmtpSink() as sink:
            port = sink.port
        self.server.smtp_port = port
        order = self.routed(reference="2/TTr-VHTT")
        self.tell()
        self.send()
        letters = self.letters(self.culture_head)
        self.assertEqual(set(letters.mapped("state")), {"exception"})
        self.assertEqual(self.reminders(self.culture_head, order), ["new"])
        with self.at(2026, 8, 26, 10):
            self.morning()
        with SmtpSink(port) as sink:
            self.send()
            self.assertEqual(len(sink.letters), len(letters))
