import zipfile
from io import BytesIO

from odoo.tests import HttpCase, tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install", "qlvb")
class TestExportDoor(ExportCase, HttpCase):
    """The one route by which whole dossiers leave, and for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for person in (cls.clerk, cls.culture_one, cls.justice_head):
            person.password = person.login

    def get(self, kind, person=None, number=None):
        self.authenticate(person and person.login, person and person.login)
        address = f"/qlvb/dossier/{number or self.dossier.id}/{kind}"
        return self.url_open(address, allow_redirects=False)

    def test_package_is_handed_out_and_journalled(self):
        answer = self.get("package", self.clerk)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        with zipfile.ZipFile(BytesIO(answer.content)) as package:
            self.assertIn("index.xml", package.namelist())
        row = self.journal("dossier_exported", self.dossier)
        self.assertEqual((row.user_id, row.origin), (self.clerk, "web"))

    def test_pdf_is_handed_out_to_who_is_responsible(self):
        answer = self.get("pdf", self.culture_one)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"%PDF"))

    def test_hidden_dossier_answers_like_none(self):
        hidden = self.get("package", self.justice_head)
        gone = self.get("package", self.justice_head, 2**31 - 1)
        self.assertEqual((hidden.status_code, gone.status_code), (404, 404))
        self.assertEqual(hidden.text, gone.text)

    def test_who_sees_it_and_may_not_export_is_told(self):
        self.dossier.action_assign([self.line(self.justice, "support")])
        answer = self.get("package", self.justice_head)
        self.assertEqual(answer.status_code, 403)
        self.assertFalse(self.journal("dossier_exported", self.dossier))

    def test_whoever_is_not_logged_in_is_sent_to_the_door(self):
        answer = self.get("pdf")
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
