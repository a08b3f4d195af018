from psycopg2.errors import RestrictViolation

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import TODAY, DocumentCase

CHANGES = {
    "direction": "in",
    "type_id": None,
    "reference": "121/TTr-VHTT",
    "document_date": "2026-08-20",
    "received_date": "2026-08-25",
    "issuer": "Phòng Tư pháp",
    "summary": "Về việc khác",
    "urgency": "express",
    "deadline": "2026-12-31",
    "field_id": None,
    "unit_id": None,
    "reply_to_id": None,
    "scan": False,
    "attachment_ids": [Command.clear()],
}


@tagged("post_install", "-at_install", "qlvb")
class TestRegisteredIsFixed(DocumentCase):
    """What is registered or refused is neither rewritten nor deleted (Article 4.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.registered(files=["to-trinh.pdf", "phu-luc.pdf"])
        cls.refused = cls.draft(files=["scan.pdf"])
        cls.refused.action_refuse("Thiếu chữ ký")

    def changes(self):
        other = self.env.ref("qlvb_document.qlvb_document_type_quyet_dinh")
        return {
            **CHANGES,
            "type_id": other.id,
            "field_id": self.field_culture.id,
            "unit_id": self.office.id,
            "reply_to_id": self.refused.id,
        }

    def test_no_field_of_it_is_rewritten(self):
        for document in (self.document, self.refused):
            before = document.sudo().read(list(CHANGES))
            for name, value in self.changes().items():
                with self.subTest(document=document.state, field=name):
                    message = self.assertRefused(
                        "Ask for a correction", document.write, {name: value}
                    )
                    self.assertIn(document.display_name, message)
            self.assertEqual(document.sudo().read(list(CHANGES)), before)

    def test_not_even_the_system_rewrites_it_by_the_way(self):
        for name, value in self.changes().items():
            with self.subTest(name):
                self.assertRefused(
                    "correction", self.document.sudo().write, {name: value}
                )

    def test_what_the_acts_write_is_written_by_no_hand(self):
        for name, value in {
            "state": "draft",
            "number": 7,
            "register_id": False,
            "registered_at": "2026-01-01 00:00:00",
            "registered_by_id": self.chief.id,
            "drafter_id": self.chief.id,
            "refusal_reason": "X",
            "revision": 9,
            "lead_unit_id": self.culture.id,
            "assignment_ids": [Command.clear()],
            "direction_ids": [Command.clear()],
            "audience": [1],
        }.items():
            with self.subTest(name):
                self.assertRefused("cannot be", self.document.write, {name: value})
                self.assertRefused(
                    "cannot be", self.document.sudo().write, {name: value}
                )

    def test_it_is_never_deleted(self):
        for document in (self.document, self.refused):
            with self.subTest(document.state):
                self.assertRefused("stays there", document.unlink)
                self.assertRefused("stays there", document.sudo().unlink)

    def test_a_mixed_selection_is_kept_whole(self):
        draft = self.draft()
        self.assertRefused("stays there", (draft | self.document).unlink)
        self.assertTrue(draft.exists())

    def test_a_copy_is_a_new_draft_without_number_and_files(self):
        copy = self.document.copy()
        self.assertState(copy, "draft")
        self.assertEqual(copy.number, 0)
        self.assertFalse(copy.register_id or copy.attachment_ids)
        self.assertFalse(copy.registered_at or copy.registered_by_id)


@tagged("post_install", "-at_install", "qlvb")
class TestDatabaseGuards(DocumentCase):
    """The database refuses it too, whoever comes with an SQL connection."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.registered(files=["to-trinh.pdf"])
        cls.other = cls.draft(files=["other.pdf"])
        cls.file = cls.document.sudo().attachment_ids
        cls.env.flush_all()

    def assertGuarded(self, statement, *args):
        """Check that the database refuses a statement with our own words."""
        with (
            self.subTest(statement),
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(RestrictViolation, "qlvb"),
            self.cr.savepoint(),
        ):
            self.cr.execute(SQL(statement, *args))

    def test_the_row_is_not_rewritten(self):
        for assignment in (
            "summary = 'X'",
            "reference = 'X'",
            "issuer = 'X'",
            "document_date = document_date - 1",
            "received_date = received_date - 1",
            "urgency = 'express'",
            "direction = 'out'",
            "number = number + 1",
            "number = NULL",
            "register_id = NULL",
            "type_id = type_id + 1",
            "unit_id = unit_id + 1",
            "drafter_id = drafter_id + 1",
            "state = 'draft'",
        ):
            self.assertGuarded(
                f"UPDATE qlvb_document SET {assignment} WHERE id = %s", self.document.id
            )

    def test_a_refused_paper_is_guarded_as_well(self):
        refused = self.draft()
        refused.action_refuse("Thiếu chữ ký")
        self.env.flush_all()
        self.assertGuarded(
            "UPDATE qlvb_document SET summary = 'X' WHERE id = %s", refused.id
        )
        self.assertGuarded("DELETE FROM qlvb_document WHERE id = %s", refused.id)

    def test_the_row_is_not_deleted(self):
        self.assertGuarded("DELETE FROM qlvb_document WHERE id = %s", self.document.id)
        self.assertGuarded("TRUNCATE qlvb_document CASCADE")

    def test_the_files_stay_with_it(self):
        rel = "qlvb_document_attachment_rel"
        self.assertGuarded(
            f"DELETE FROM {rel} WHERE document_id = %s", self.document.id
        )
        self.assertGuarded(
            f"UPDATE {rel} SET document_id = %s WHERE document_id = %s",
            self.other.id,
            self.document.id,
        )
        self.assertGuarded(
            f"UPDATE {rel} SET document_id = %s WHERE document_id = %s",
            self.document.id,
            self.other.id,
        )
        self.assertGuarded(
            f"INSERT INTO {rel} (document_id, attachment_id) VALUES (%s, %s)",
            self.document.id,
            self.other.sudo().attachment_ids.id,
        )
        self.assertGuarded(f"TRUNCATE {rel}")

    def test_the_files_are_not_exchanged(self):
        for assignment in (
            "name = 'X'",
            "store_fname = 'aa/bb'",
            "db_datas = 'X'",
            "checksum = 'X'",
            "file_size = 1",
            "mimetype = 'text/html'",
            "res_id = NULL",
            "res_model = 'res.partner'",
            "public = true",
            "type = 'url'",
            "url = 'https://example.com'",
        ):
            self.assertGuarded(
                f"UPDATE ir_attachment SET {assignment} WHERE id = %s", self.file.id
            )
        self.assertGuarded("DELETE FROM ir_attachment WHERE id = %s", self.file.id)
        self.assertGuarded("TRUNCATE ir_attachment CASCADE")

    def test_drafts_and_the_course_of_work_go_on(self):
        """The control: what may change does change."""
        self.cr.execute(
            SQL("UPDATE qlvb_document SET summary = 'X' WHERE id = %s", self.other.id)
        )
        self.cr.execute(
            SQL(
                "UPDATE ir_attachment SET name = 'X' WHERE id = %s",
                self.other.sudo().attachment_ids.id,
            )
        )
        self.cr.execute(
            SQL(
                "UPDATE qlvb_document SET state = 'assigned', deadline = %s"
                " WHERE id = %s",
                TODAY,
                self.document.id,
            )
        )
        self.cr.execute(SQL("DELETE FROM qlvb_document WHERE id = %s", self.other.id))
        self.assertEqual(self.cr.rowcount, 1)
