from contextlib import contextmanager

from psycopg2.errors import RestrictViolation

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..lib.freeze_correction import SETTING
from .common_correct import CorrectCase


@tagged("post_install", "-at_install", "qlvb")
class TestKeyToWhatIsFixed(CorrectCase):
    """The database lets an approved correction through, and nothing beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.correction = cls.asked(issuer="X", document_date="2026-08-20")
        cls.other = cls.registered(reference="9/TTr-VHTT", files=["khac.pdf"])
        cls.env.flush_all()

    def execute(self, statement, *args):
        self.cr.execute(SQL(statement, *args))

    def assertGuarded(self, statement, *args):
        """Check that the database refuses a statement with our own words."""
        with (
            self.subTest(statement),
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(RestrictViolation, "qlvb"),
            self.cr.savepoint(flush=False),
        ):
            self.execute(statement, *args)

    def assertPasses(self, statement, *args):
        """Check that the database lets a statement through; take it back."""
        with self.subTest(statement), self.cr.savepoint(flush=False) as savepoint:
            self.execute(statement, *args)
            self.assertTrue(self.cr.rowcount)
            savepoint.rollback()

    @contextmanager
    def at_work(self, correction):
        """Have a request approved, and its key in the lock."""
        self.env.flush_all()
        with self.cr.savepoint(flush=False) as savepoint:
            self.execute(
                "UPDATE qlvb_correction SET state = 'approved', decided_by_id = %s"
                " WHERE id = %s",
                self.chairman.id,
                correction.id,
            )
            self.turn(correction.id)
            yield
            savepoint.rollback()
        self.env.invalidate_all(flush=False)

    def turn(self, key):
        self.cr.execute("SELECT set_config(%s, %s, true)", (SETTING, str(key)))

    def change(self, assignment, document=None):
        document = document or self.document
        return f"UPDATE qlvb_document SET {assignment} WHERE id = {document.id}"

    def test_without_an_approved_correction_nothing_goes(self):
        wanted = self.change("issuer = 'X'")
        self.assertGuarded(wanted)
        # A request that nobody has approved is no key, nor is one that is done.
        self.turn(self.correction.id)
        self.assertGuarded(wanted)
        self.turn(0)
        self.assertGuarded(wanted)
        self.turn("")
        self.correction.with_user(self.chairman).action_approve()
        self.env.flush_all()
        self.turn(self.correction.id)
        self.assertGuarded(self.change("issuer = 'Y'"))
        self.assertGuarded(self.change("issuer = 'Phòng Văn hóa và Thông tin'"))

    def test_what_was_approved_goes_through_to_the_letter(self):
        with self.at_work(self.correction):
            self.assertPasses(self.change("issuer = 'X', document_date = '2026-08-20'"))
            self.assertGuarded(self.change("issuer = 'Y'"))
            self.assertGuarded(self.change("issuer = NULL"))
            self.assertGuarded(self.change("document_date = '2026-08-21'"))
            for assignment in (
                "summary = 'X'",
                "reference = 'X'",
                "urgency = 'express'",
                "number = number + 1",
                "register_id = NULL",
                "unit_id = unit_id + 1",
                "direction = 'out'",
                "state = 'draft'",
                "received_date = received_date - 1",
                "received_time = 1",
                "issuer = 'X', summary = 'X'",
            ):
                self.assertGuarded(self.change(assignment))
            self.assertGuarded(
                f"DELETE FROM qlvb_document WHERE id = {self.document.id}"
            )
            self.assertGuarded(self.change("issuer = 'X'", self.other))

    def test_a_key_fits_its_own_document_alone(self):
        with self.at_work(self.correction):
            self.turn(self.asked(document=self.other, issuer="X").id)
            self.assertGuarded(self.change("issuer = 'X'"))

    def test_files_move_as_was_approved(self):
        old, new = self.document.attachment_ids, self.file()
        swap = {"name": "file", "old_file_id": old.id, "new_file_id": new.id}
        correction = self.asked(line_ids=[Command.create(swap)])
        rel = "qlvb_document_attachment_rel"
        self.env.flush_all()
        leave = f"DELETE FROM {rel} WHERE attachment_id = %s"
        join = f"INSERT INTO {rel} (document_id, attachment_id) VALUES (%s, %s)"
        self.assertGuarded(leave, old.id)
        self.assertGuarded(join, self.document.id, new.id)
        move = "UPDATE ir_attachment SET res_id = 1 WHERE id = %s"
        self.assertGuarded(move, new.id)
        stranger = self.file(name="khac.pdf")
        self.env.flush_all()
        with self.at_work(correction):
            self.assertPasses(leave, old.id)
            self.assertPasses(join, self.document.id, new.id)
            self.assertPasses(
                "UPDATE ir_attachment SET res_id = 1 WHERE id = %s", new.id
            )
            self.assertGuarded(join, self.document.id, stranger.id)
            self.assertGuarded(join, self.other.id, new.id)
            self.assertGuarded(leave, self.other.attachment_ids.id)
            self.assertGuarded("DELETE FROM ir_attachment WHERE id = %s", new.id)
            self.assertGuarded(
                f"UPDATE {rel} SET attachment_id = %s WHERE attachment_id = %s",
                new.id,
                old.id,
            )

    def test_a_purge_erases_and_does_nothing_else(self):
        order = self.routed(document=self.document)
        self.document.with_user(self.chairman).action_direct("Giao VHTT")
        order.with_user(self.chief).action_urge("Khẩn trương")
        purge = self.asked(kind="purge", ground="petition")
        direction = self.document.direction_ids
        erase = "UPDATE qlvb_direction SET text = '—' WHERE id = %s"
        urges = "UPDATE qlvb_urge SET text = '—' WHERE document_id = %s"
        self.env.flush_all()
        self.assertGuarded(erase, direction.id)
        self.assertGuarded(urges, self.document.id)
        tombstone = "Đã xoá nội dung theo quyết định của Chủ tịch"
        with self.at_work(purge):
            self.assertPasses(self.change(f"summary = '{tombstone}', issuer = '—'"))
            self.assertPasses(erase, direction.id)
            self.assertPasses(urges, self.document.id)
            for assignment in (
                "summary = 'X'",
                "issuer = 'X'",
                "number = 0",
                "number = NULL",
                "register_id = NULL",
                "document_date = NULL",
                "received_date = received_date - 1",
                "unit_id = unit_id + 1",
            ):
                self.assertGuarded(self.change(assignment))
            self.assertGuarded(self.change("issuer = '—'", self.other))
            self.assertGuarded(
                "DELETE FROM qlvb_document_attachment_rel WHERE document_id = %s",
                self.other.id,
            )
        self.other.with_user(self.chairman).action_direct("Giao TP")
        self.env.flush_all()
        with self.at_work(purge):
            self.assertGuarded(erase, self.other.direction_ids.id)

    def test_a_request_goes_its_way_once(self):
        done = self.approved(summary="Y")
        refused = self.asked(urgency="express")
        refused.with_user(self.chairman).action_refuse("Không")
        self.env.flush_all()
        for correction in (self.correction, done, refused):
            own = f"WHERE id = {correction.id}"
            for assignment in (
                "state = 'draft'",
                "reason = 'X'",
                "kind = 'purge'",
                "ground = 'secret'",
                "asked_by_id = 1",
                "document_id = %s" % self.other.id,
            ):
                self.assertGuarded(f"UPDATE qlvb_correction SET {assignment} {own}")
            self.assertGuarded(f"DELETE FROM qlvb_correction {own}")
            lines = f"WHERE correction_id = {correction.id}"
            self.assertGuarded(
                f"UPDATE qlvb_correction_line SET new_value = 'Z' {lines}"
            )
            self.assertGuarded(f"DELETE FROM qlvb_correction_line {lines}")
            self.assertGuarded(
                "INSERT INTO qlvb_correction_line (correction_id, name, new_value)"
                " VALUES (%s, 'issuer', 'Z')",
                correction.id,
            )
        for correction in (done, refused):
            own = f"WHERE id = {correction.id}"
            for assignment in (
                "state = 'approved'",
                "state = 'submitted'",
                "decided_by_id = 1",
                "decision_number = 'X'",
                "refusal_reason = 'X'",
                "effects = '{}'",
            ):
                self.assertGuarded(f"UPDATE qlvb_correction SET {assignment} {own}")
        self.assertGuarded("TRUNCATE qlvb_correction CASCADE")
        self.assertGuarded("TRUNCATE qlvb_correction_line")

    def test_no_approved_request_is_slipped_in(self):
        for state in ("submitted", "approved", "done"):
            self.assertGuarded(
                "INSERT INTO qlvb_correction"
                " (document_id, unit_id, kind, state, asked_by_id, audience)"
                " VALUES (%s, %s, 'purge', %s, 1, '{}')",
                self.document.id,
                self.committee.id,
                state,
            )
        draft = self.ask(summary="Z")
        self.env.flush_all()
        self.assertGuarded(
            "UPDATE qlvb_correction SET state = 'approved' WHERE id = %s", draft.id
        )
