from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_remind import RemindCase

SECRET = "Về việc ban hành Quy chế"


@tagged("post_install", "-at_install", "qlvb")
class TestRemindMail(RemindCase):
    """What a letter says, to whom it goes, and who could read it on its way."""

    def digest(self):
        with self.at(2026, 9, 15, 8):
            self.morning()
        return self.letters(self.culture_head, last=True)

    def test_it_names_number_deadline_giver_and_link(self):
        letter = self.digest()
        for words in (
            "Số đến 01",
            "Kính gửi",
            "120/TTr-VHTT",
            "14/09/2026",
            self.chief.name,
            f"/odoo/qlvb.assignment/{self.order.id}",
            "Quá hạn",
        ):
            with self.subTest(words):
                self.assertIn(words, letter.body_html)

    def test_it_never_says_what_the_paper_says(self):
        secret = "Trình trước khi Chủ tịch họp"
        self.routed(self.line(self.culture, instruction=secret), reference="9/TTr-VHTT")
        self.tell()
        new, digest = self.letters(self.culture_head, last=True), self.digest()
        for letter in (new, digest):
            everything = f"{letter.subject} {letter.body_html} {letter.body}"
            self.assertIn("9/TTr-VHTT", everything)
            for words in (SECRET, secret, "Sở Tư pháp"):
                self.assertNotIn(words, everything)
            self.assertFalse(letter.attachment_ids)
            self.assertFalse(letter.model)
            self.assertFalse(letter.res_id)

    def test_all_that_is_late_stands_in_one_letter(self):
        for number in range(5):
            self.routed(reference=f"{number}/TTr-VHTT")
        before = len(self.letters(self.culture_head))
        letter = self.digest()
        self.assertEqual(len(self.letters(self.culture_head)), before + 1)
        self.assertEqual(letter.body_html.count("/odoo/qlvb.assignment/"), 6)
        self.assertIn("6", letter.subject)

    def test_several_new_ones_at_once_make_one_letter(self):
        before = len(self.letters(self.culture_head))
        for number in range(3):
            self.routed(reference=f"{number}/TTr-VHTT")
        self.tell()
        self.assertEqual(len(self.letters(self.culture_head)), before + 1)

    def test_whoever_switched_letters_off_still_has_the_list(self):
        self.culture_head.with_user(self.culture_head).write({"reminder_mail": False})
        before = len(self.letters(self.culture_head))
        self.digest()
        self.assertEqual(len(self.letters(self.culture_head)), before)
        with self.at(2026, 9, 15, 9):
            self.assertEqual(self.reminders(self.culture_head), ["late"])

    def test_nobody_switches_them_off_for_another(self):
        user = self.culture_head.with_user(self.culture_one)
        self.assertDenied(user.write, {"reminder_mail": False})

    def test_who_has_no_address_gets_none(self):
        self.culture_head.email = False
        self.digest()
        self.assertEqual(self.reminders(self.culture_head)[:1], ["late"])
        self.assertFalse(
            self.env["mail.mail"].search([("email_to", "in", ("", False))])
        )

    def test_without_a_mail_server_nothing_is_queued_and_the_system_says_so(self):
        self.server.active = False
        before = self.env["mail.mail"].search_count([])
        self.routed(reference="8/TTr-VHTT")
        self.tell()
        self.digest()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        settings = self.env["ir.config_parameter"]
        key = "qlvb.reminder_mail_state"
        self.assertEqual(settings.get_param(key), "no outgoing mail server")
        self.server.active = True
        with self.at(2026, 9, 16, 8):
            self.morning()
        self.assertEqual(settings.get_param(key), "on")
        self.assertEqual(self.env["mail.mail"].search_count([]), before + 1)

    def test_a_server_that_takes_nothing_is_tried_again_for_a_day(self):
        letter = self.letters(self.culture_head)
        letter.state = "exception"
        with self.at(2026, 8, 26, 10):
            self.morning()
            self.assertEqual(letter.state, "outgoing")
            letter.state = "exception"
        with self.at(2026, 8, 28, 10):
            self.morning()
        self.assertFalse(letter.exists())

    def test_nobody_reads_a_letter_on_its_way(self):
        letter = self.letters(self.culture_head)
        message = letter.mail_message_id
        people = (self.culture_one, self.administrator, self.chairman)
        for user in (self.culture_head, *people):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    letter.with_user(user).read(["body_html"])
                with self.assertRaises(AccessError):
                    message.with_user(user).read(["body"])
                found = message.with_user(user).search([("id", "=", message.id)])
                self.assertFalse(found)
        self.assertNotIn("120/TTr-VHTT", f"{message.subject} {message.body}")
