import base64
import logging
import os

from psycopg2.errors import CheckViolation

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PDF, DocumentCase

_logger = logging.getLogger("odoo.tests.knock")

MARK = "Xqzw"


class AdmissionCase(DocumentCase):
    """Papers that Article 3 keeps out, tried at a door and looked for behind it."""

    def setUp(self):
        super().setUp()
        self.documents = self.env["qlvb.document"].with_user(self.clerk)

    def secret(self, **values):
        return self.paper(
            **{"summary": f"{MARK} summary", "issuer": f"{MARK} issuer"},
            **{"reference": f"1/{MARK}", "secrecy": "mat", **values},
        )

    def knock(self, words, method, *args, **kwargs):
        """Call, expecting a refusal; nothing is rolled back, as outside of tests.

        What is destroyed is destroyed in a transaction of its own.
        """
        self.env.flush_all()
        with self.assertLogs("odoo", "DEBUG") as logs:
            # At least one, for there may be no other.
            _logger.debug("knock")
            try:
                method(*args, **kwargs)
            except Exception as error:
                self.assertEqual(type(error).__name__, "AdmissionRefused", error)
                self.assertIn(words, str(error))
                self.assertNotIn(MARK, str(error))
            else:
                self.fail("the paper was let in")
        said = [
            record.getMessage()
            for record in logs.records
            if not record.name.startswith("odoo.sql_db")
        ]
        self.assertNotIn(MARK, "\n".join(said), "the log keeps nothing of it")
        self.env.invalidate_all()

    def stored(self, file):
        """Return the path of a file's bytes."""
        return file.sudo()._full_path(file.sudo().store_fname)

    def assertNothingLeft(self, *marks):
        """Check that no text column of the database holds a word of the paper."""
        self.env.flush_all()
        tables = (
            "qlvb_document",
            "ir_attachment",
            "mail_message",
            "mail_tracking_value",
            "base_import_import",
            "ir_model_data",
        )
        for table in tables:
            for mark in marks or (MARK,):
                self.cr.execute(
                    f"SELECT count(*) FROM {table} WHERE {table}::text LIKE %s",
                    (f"%{mark}%",),
                )
                self.assertFalse(self.cr.fetchone()[0], f"{mark} in {table}")
        self.cr.execute(
            "SELECT count(*) FROM qlvb_journal WHERE data::text LIKE %s",
            (f"%{MARK}%",),
        )
        self.assertFalse(self.cr.fetchone()[0])

    def assertRecorded(self, clause, door, count=1, **details):
        rows = self.journal("admission_refused")
        self.assertEqual(len(rows), count)
        for row in rows:
            self.assertEqual(row.user_id, self.clerk)
            self.assertEqual(row.data["clause"], clause)
            self.assertEqual(row.data["door"], door)
            self.assertFalse(row.res_id)
            self.assertFalse(row.record_name)
        return rows


@tagged("post_install", "-at_install", "qlvb")
class TestAdmission(AdmissionCase):
    """Article 3 at every door: refused before it is stored, and recorded once."""

    def test_every_mark(self):
        for number, (name, value, clause) in enumerate(
            (
                ("secrecy", "mat", "3.1"),
                ("secrecy", "toi_mat", "3.1"),
                ("secrecy", "tuyet_mat", "3.1"),
                ("secrecy", "MẬT", "3.1"),
                ("secrecy", 7, "3.1"),
                ("secrecy", ["none"], "3.1"),
                ("nature", "petition", "3.2"),
                ("nature", "one_stop", "3.3"),
            ),
            1,
        ):
            with self.subTest(f"{name} {value}"):
                values = self.secret(secrecy="none")
                self.knock(clause, self.documents.create, {**values, name: value})
                rows = self.journal("admission_refused")
                self.assertEqual(len(rows), number)
                self.assertEqual(rows[-1].data["clause"], clause)
        self.assertNothingLeft()

    def test_the_harmless_is_let_in(self):
        document = self.documents.create(
            self.paper(secrecy="none", nature="ordinary", reference="9/CV")
        )
        self.assertEqual((document.secrecy, document.nature), ("none", "ordinary"))
        self.assertFalse(self.journal("admission_refused"))

    def test_the_form(self):
        self.knock("3.1", self.documents.web_save, self.secret(), {"display_name": {}})
        self.assertRecorded("3.1", "create")
        self.assertNothingLeft()

    def test_the_form_warns_while_typing(self):
        answer = self.documents.onchange(
            self.secret(secrecy="mat"), ["secrecy"], {"secrecy": {}, "summary": {}}
        )
        self.assertIn("warning", answer)
        self.assertNothingLeft()

    def test_one_of_many(self):
        """None of the others is stored either."""
        self.knock(
            "3.1",
            self.documents.create,
            [self.paper(summary=f"{MARK} other"), self.secret()],
        )
        self.assertRecorded("3.1", "create")
        self.assertNothingLeft()

    def test_defaults_count_as_said(self):
        values = self.secret()
        values.pop("secrecy")
        self.knock(
            "3.1", self.documents.with_context(default_secrecy="mat").create, values
        )
        self.env["ir.default"].with_user(self.clerk).set(
            "qlvb.document", "nature", "petition", user_id=True
        )
        self.knock("3.2", self.documents.create, values)
        self.assertNothingLeft()

    def test_a_copy(self):
        document = self.draft(reference="9/CV")
        self.knock("3.1", document.copy, {"secrecy": "mat", "summary": MARK})
        self.knock("3.1", document.copy, {"secrecy": "mat", "summary": f"{MARK}2"})
        self.assertRecorded("3.1", "create", count=2)
        self.assertTrue(document.exists())
        self.assertNothingLeft()

    def test_a_name_is_no_door(self):
        for context in ({}, {"default_secrecy": "mat"}):
            found = self.documents.with_context(**context).name_create(MARK)
            self.assertFalse(found)
        self.assertNothingLeft()

    def test_the_database_says_so_too(self):
        document = self.draft(reference="9/CV")
        for column, value in (("secrecy", "mat"), ("nature", "petition")):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
                self.cr.execute(
                    f"UPDATE qlvb_document SET {column} = %s WHERE id = %s",
                    (value, document.id),
                )

    def test_where_one_stop_papers_go(self):
        self.env["ir.config_parameter"].set_param(
            "qlvb.one_stop_address", "https://motcua.example.vn"
        )
        self.knock(
            "https://motcua.example.vn",
            self.documents.create,
            self.secret(secrecy="none", nature="one_stop"),
        )


@tagged("post_install", "-at_install", "qlvb")
class TestAdmissionRemains(AdmissionCase):
    """Nothing is left behind: files sent ahead, a draft, its chatter, its bytes."""

    def test_files_sent_ahead(self):
        files = [
            self.upload(self.clerk, f"{MARK}{n}.pdf", PDF + f"%{MARK}{n}".encode())
            for n in range(4)
        ]
        files[3].write({"res_model": "qlvb.document"})
        paths = [self.stored(file) for file in files]
        commands = [
            Command.link(files[0].id),
            (6, 0, files[1].ids),
            [4, files[2].id],
            (1, files[3].id, {"name": MARK}),
        ]
        self.assertTrue(all(map(os.path.exists, paths)))
        self.knock("3.1", self.documents.create, self.secret(attachment_ids=commands))
        for file, path in zip(files, paths, strict=True):
            self.assertFalse(file.exists())
            self.assertFalse(os.path.exists(path), "the bytes are gone")
        self.assertNothingLeft()

    def test_a_thumbnail_goes_too(self):
        file = self.upload(self.clerk, f"{MARK}.pdf")
        pixel = base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA6"
            "0e6kgAAAABJRU5ErkJggg=="
        )
        file.sudo().thumbnail = base64.b64encode(pixel)
        self.env.flush_all()
        thumbnail = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_field", "=", "thumbnail"), ("res_id", "=", file.id)])
        )
        path = self.stored(thumbnail)
        self.knock("3.1", self.documents.create, self.secret(attachment_ids=file.ids))
        self.assertFalse(thumbnail.exists())
        self.assertFalse(os.path.exists(path))

    def test_the_same_bytes_elsewhere_stay(self):
        """A file of the same content that belongs to somebody else is not harmed."""
        other = self.upload(self.justice_clerk, "other.pdf", PDF + b"%shared")
        file = self.upload(self.clerk, f"{MARK}.pdf", PDF + b"%shared")
        self.assertEqual(self.stored(file), self.stored(other))
        self.knock("3.1", self.documents.create, self.secret(attachment_ids=file.ids))
        self.assertFalse(file.exists())
        self.assertTrue(os.path.exists(self.stored(other)))
        self.assertEqual(other.raw, PDF + b"%shared")

    def test_files_of_others_are_not_touched(self):
        """Declaring a paper secret destroys nobody else's files."""
        other = self.upload(self.justice_clerk)
        document = self.draft(reference="9/CV", files=["a.pdf"])
        mine = document.sudo().attachment_ids
        self.knock(
            "3.1",
            self.documents.create,
            self.secret(attachment_ids=[Command.set((other + mine).ids)]),
        )
        self.assertTrue(other.exists())
        self.assertTrue(mine.exists())

    def test_a_draft_declared_secret(self):
        document = self.draft(
            reference="9/CV",
            summary=f"{MARK} summary",
            attachment_ids=self.upload(
                self.clerk, f"{MARK}.pdf", PDF + b"%declared"
            ).ids,
        )
        file = document.sudo().attachment_ids
        path = self.stored(file)
        message = document.message_post(body=f"{MARK} body")
        self.knock("3.1", document.write, {"secrecy": "mat", "summary": MARK})
        self.assertFalse(document.exists() + self.env["qlvb.document"])
        self.assertFalse(file.exists())
        self.assertFalse(message.exists())
        self.assertFalse(os.path.exists(path))
        self.assertRecorded("3.1", "write")
        self.assertNothingLeft()

    def test_a_draft_declared_a_petition_on_the_form(self):
        document = self.draft(reference="9/CV", summary=f"{MARK} summary")
        self.knock("3.2", document.web_save, {"nature": "petition"}, {"summary": {}})
        self.assertFalse(document.exists())
        self.assertNothingLeft()

    def test_what_is_registered_stays(self):
        document = self.registered(reference="9/CV")
        with self.assertRaises(Exception) as caught:
            document.write({"secrecy": "mat"})
        self.assertNotEqual(type(caught.exception).__name__, "AdmissionRefused")
        self.assertTrue(document.exists())

    def test_strangers_destroy_nothing(self):
        document = self.draft(reference="9/CV")
        for user in (self.justice_clerk, self.chairman, self.culture_one):
            with self.subTest(user.login):
                with self.assertRaises(Exception) as caught:
                    document.with_user(user).write({"secrecy": "mat"})
                self.assertNotEqual(type(caught.exception).__name__, "AdmissionRefused")
                self.assertTrue(document.exists())
