import io

from pypdf import PdfReader

from odoo import http
from odoo.tests import HttpCase, tagged

from .common_accounts import AccountCase

OWN = "Rieng-cua-toi-2026"


@tagged("post_install", "-at_install", "qlvb")
class TestFirstLetter(AccountCase, HttpCase):
    """The Office hands a first password over, on paper and against signature."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.clerk, cls.chairman, cls.administrator, cls.culture_head):
            user.password = OWN

    def page(self, line, user, data=None):
        self.authenticate(user.login, OWN)
        url = f"/qlvb/first-password/{line.id}"
        if data is not None:
            data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(url, data=data)

    def text(self, response):
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        pages = PdfReader(io.BytesIO(response.content)).pages
        return "\n".join(page.extract_text() for page in pages)

    def hash(self, user):
        self.env.flush_all()
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        return self.env.cr.fetchone()[0]

    def password_in(self, text):
        lines = text.splitlines()
        found = [line for line in lines if "Mật khẩu lần đầu" in line]
        return found[0].split()[-1]

    def test_the_letter_holds_a_password_that_works_and_is_kept_nowhere(self):
        line = self.done("grant", self.newcomer()).line_ids
        user = self.account("annv")
        before = self.hash(user)
        self.assertEqual(self.page(line, self.clerk).status_code, 200)
        self.assertEqual(self.hash(user), before, "looking changes nothing")
        answer = self.page(line, self.clerk, {})
        text = self.text(answer)
        for words in ("Nguyễn Văn An", "annv", "125/QĐ-UBND", self.culture.name):
            self.assertIn(words, text)
        self.assertNotIn(before, text)
        password = self.password_in(text)
        context = user._crypt_context()
        self.assertTrue(context.verify(password, self.hash(user)))
        self.assertTrue(user.must_change_password)
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertJournal(
            "first_password_printed", user, self.clerk, data={"decision": "125/QĐ-UBND"}
        )
        # A second letter makes the first void.
        again = self.password_in(self.text(self.page(line, self.clerk, {})))
        self.assertNotEqual(again, password)
        self.assertFalse(context.verify(password, self.hash(user)))

    def test_no_letter_once_the_person_has_their_own_password(self):
        line = self.done("reset", {"user_id": self.culture_one.id}).line_ids
        self.culture_one.must_change_password = False
        before = self.hash(self.culture_one)
        self.assertFalse(line.with_user(self.clerk).can_print_first_password)
        self.assertRefused(
            "already chosen", line.with_user(self.clerk).action_print_first_password
        )
        answer = self.page(line, self.clerk, {})
        self.assertNotIn("pdf", answer.headers["Content-Type"])
        self.assertEqual(self.hash(self.culture_one), before)

    def test_no_letter_before_it_was_carried_out(self):
        request = self.ask("reset", {"user_id": self.culture_one.id})
        self.assertRefused(
            "not carried out", request.line_ids.action_print_first_password
        )

    def test_nobody_but_the_office_prints_it(self):
        line = self.done("grant", self.newcomer()).line_ids
        user = self.account("annv")
        before = self.hash(user)
        for person in (self.chairman, self.administrator, self.culture_head):
            with self.subTest(person.login):
                call = line.with_user(person)
                self.assertDenied(call.action_print_first_password)
                answer = self.page(line, person, {})
                self.assertNotIn("pdf", answer.headers["Content-Type"])
        self.assertEqual(self.hash(user), before)

    def test_a_link_alone_changes_nobodys_password(self):
        line = self.done("grant", self.newcomer()).line_ids
        user = self.account("annv")
        before = self.hash(user)
        self.authenticate(self.clerk.login, OWN)
        url = f"/qlvb/first-password/{line.id}"
        answer = self.url_open(url, data={"csrf_token": "wrong"})
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.hash(user), before)

    def test_the_letter_of_a_units_account_names_both_keepers(self):
        line = self.done(
            "keeper", {"unit_id": self.culture.id, "user_id": self.culture_two.id}
        ).line_ids
        text = self.text(self.page(line, self.clerk, {}))
        for words in ("Test culture_clerk", "Test culture_two", "test.culture_account"):
            self.assertIn(words, text)
