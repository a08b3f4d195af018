import json

from odoo.exceptions import MissingError
from odoo.tests import HttpCase, tagged

from .common_print import PrintCase, text_of

DOCUMENT_FORMS = ("arrival-stamp", "handling-slip", "receipt", "routing-slips")
REGISTER_FORMS = ("register", "follow-up", "title-page", "bound-book")


@tagged("post_install", "-at_install", "qlvb")
class TestPrintRights(PrintCase):
    """Who prints what: sight of the document, and one's own unit's registers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.routed(cls.line(cls.culture))
        cls.document = cls.order.document_id
        cls.register = cls.register_of(cls.document)
        cls.page = cls.env["qlvb.register.page"].browse(
            cls.register.with_user(cls.clerk).action_close()
        )

    def assertNothing(self, code, record, by):
        """Check that the form is not there for a person, nor in the journal."""
        before = len(self.journal("printed"))
        with self.assertRaises(MissingError):
            self.printed(code, record, by)
        self.assertEqual(len(self.journal("printed")), before)

    def test_whoever_sees_a_document_prints_its_forms(self):
        for person in (
            self.clerk,
            self.chief,
            self.chairman,
            self.culture_head,
            self.culture_account,
        ):
            with self.subTest(person.login):
                self.assertIn(
                    "Tờ trình", self.text("handling-slip", self.document, person)
                )

    def test_nobody_else_prints_them(self):
        for person in (
            self.justice_head,
            self.commune_clerk,
            self.culture_one,
            self.vice_economy,
            self.administrator,
        ):
            for code in DOCUMENT_FORMS:
                with self.subTest(f"{person.login} {code}"):
                    self.assertNothing(code, self.document, person)
            self.assertNothing("routing-slip", self.order, person)

    def test_an_end_of_sight_ends_printing(self):
        self.order.with_user(self.culture_head).action_return("Không đúng chức năng")
        # The order is still theirs, the document is not.
        self.assertCanRead(self.culture_head, self.order)
        self.assertNothing("routing-slip", self.order, self.culture_head)
        self.assertNothing("handling-slip", self.document, self.culture_head)

    def test_a_register_is_printed_by_its_units_own(self):
        for person in (self.clerk, self.chief, self.chairman):
            with self.subTest(person.login):
                self.assertIn("120/TTr", self.text("register", self.register, person))
                self.assertIn("120/TTr", self.text("register-page", self.page, person))

    def test_nobody_else_prints_a_register(self):
        for person in (
            self.vice_culture,
            self.culture_head,
            self.culture_clerk,
            self.culture_account,
            self.administrator,
        ):
            for code in REGISTER_FORMS:
                with self.subTest(f"{person.login} {code}"):
                    self.assertNothing(code, self.register, person)
            self.assertNothing("register-page", self.page, person)
            self.assertCannotRead(person, self.page)

    def test_unknown_forms_and_ids(self):
        self.assertNothing("no-such-form", self.document, self.clerk)
        gone = self.document.browse(2**31 - 1)
        self.assertNothing("handling-slip", gone, self.clerk)


@tagged("post_install", "-at_install", "qlvb")
class TestPrintDoors(PrintCase, HttpCase):
    """The one route by which forms leave, and no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for person in (cls.clerk, cls.culture_head, cls.justice_head):
            person.password = person.login
        cls.document = cls.routed(cls.line(cls.culture)).document_id
        cls.register = cls.register_of(cls.document)

    def get(self, path, person=None):
        self.authenticate(person and person.login, person and person.login)
        return self.url_open(path, allow_redirects=False)

    def test_a_form_is_handed_out_as_pdf(self):
        answer = self.get(f"/qlvb/print/handling-slip/{self.document.id}", self.clerk)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("inline;"))
        self.assertIn("PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", text_of(answer.content))
        row = self.journal("printed", self.document)
        self.assertEqual((row.user_id, row.origin), (self.clerk, "web"))

    def test_a_range_of_days(self):
        path = f"/qlvb/print/register/{self.register.id}?date_from=2026-08-26"
        answer = self.get(f"{path}&date_to=2026-08-26&lang=en_US&x=1", self.clerk)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Từ ngày 26/8/2026 đến ngày 26/8/2026", text_of(answer.content))
        wrong = self.get(f"{path}&date_to=2026-13-01", self.clerk)
        self.assertEqual(wrong.status_code, 422)
        self.assertNotIn("Traceback", wrong.text)

    def test_what_is_hidden_answers_like_what_is_not_there(self):
        hidden = self.get(
            f"/qlvb/print/handling-slip/{self.document.id}", self.justice_head
        )
        gone = self.get("/qlvb/print/handling-slip/2147483647", self.justice_head)
        far = self.get("/qlvb/print/register/2147483647", self.justice_head)
        closed = self.get(f"/qlvb/print/register/{self.register.id}", self.justice_head)
        for answer in (hidden, gone, far, closed):
            self.assertEqual(answer.status_code, 404)
            self.assertEqual(answer.text, hidden.text)
        self.assertFalse(self.journal("printed"))

    def test_a_number_beyond_all_ids(self):
        answer = self.get(f"/qlvb/print/handling-slip/{10**30}", self.clerk)
        self.assertEqual(answer.status_code, 404)

    def test_whoever_is_not_logged_in_is_sent_to_the_door(self):
        answer = self.get(f"/qlvb/print/handling-slip/{self.document.id}")
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_the_forms_have_no_door_in_rpc(self):
        self.authenticate(self.clerk.login, self.clerk.login)
        for model, method in (
            ("qlvb.form", "_print"),
            ("qlvb.form", "_render"),
            ("qlvb.register.page", "_close"),
        ):
            with self.subTest(f"{model}.{method}"):
                answer = self.url_open(
                    f"/web/dataset/call_kw/{model}/{method}",
                    data=json.dumps(
                        {
                            "jsonrpc": "2.0",
                            "method": "call",
                            "params": {
                                "model": model,
                                "method": method,
                                "args": ["handling-slip", self.document.id],
                                "kwargs": {},
                            },
                        }
                    ),
                    headers={"Content-Type": "application/json"},
                )
                self.assertIn("error", answer.json())
