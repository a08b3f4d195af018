import base64
import doctest
from datetime import date

from psycopg2.errors import RestrictViolation

from odoo.tests import BaseCase, Form, tagged
from odoo.tools import SQL, mute_logger

from ..lib import days, encoded, freeze_rows, scans
from .common import PDF, DocumentCase

TEXT = "Giao phòng Văn hóa và Thông tin chủ trì, tham mưu trước 15/9."
SCAN = base64.b64encode(PDF).decode()
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4"
    "DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)
"""A photograph of one point."""


@tagged("post_install", "-at_install", "qlvb")
class TestLibs(BaseCase):
    """What is read of a caller's days and scans: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        for module in (days, encoded, freeze_rows, scans):
            result = doctest.testmod(module)
            self.assertEqual(result.failed, 0)
            self.assertTrue(result.attempted)


@tagged("post_install", "-at_install", "qlvb")
class TestDirectFromPaper(DocumentCase):
    """What a leader wrote on paper is entered with its scan (Article 5.2)."""

    def recorded(self, user=None, scan=SCAN, written_on="2026-08-25", **values):
        """Return a direction that was recorded from paper, the clerk's by default."""
        document = self.registered(**values)
        document.with_user(user or self.clerk).action_direct(
            TEXT, None, scan, written_on
        )
        return document.sudo().direction_ids

    def test_the_clerk_records_it_with_scan_and_day(self):
        direction = self.recorded()
        self.assertRecordValues(
            direction,
            [
                {
                    "text": TEXT,
                    "author_id": self.chairman.id,
                    "recorded_by_id": self.clerk.id,
                    "written_on": date(2026, 8, 25),
                }
            ],
        )
        file = direction.scan_id
        self.assertEqual(file.raw, PDF)
        self.assertEqual(file.mimetype, "application/pdf")
        self.assertEqual(file.res_model, "qlvb.document")
        self.assertEqual(file.res_id, direction.document_id.id)
        self.assertNotIn(file, direction.document_id.attachment_ids)
        self.assertFalse(file.public)

    def test_the_chief_records_it_as_well(self):
        direction = self.recorded(self.chief, PNG)
        self.assertEqual(direction.recorded_by_id, self.chief)
        self.assertEqual(direction.scan_id.mimetype, "image/png")

    def test_it_is_marked_as_taken_from_paper(self):
        direction = self.recorded()
        self.assertIn(self.clerk.name, direction.source_text)
        self.assertIn("handwriting", direction.source_text)
        document = direction.document_id
        self.assertIn("(from handwriting)", document.direction_text)
        document.with_user(self.chairman).action_direct("Làm ngay")
        own = document.sudo().direction_ids.filtered(
            lambda other: other.text == "Làm ngay"
        )
        self.assertFalse(own.source_text or own.scan_id or own.written_on)

    def test_scan_and_day_are_no_duty(self):
        direction = self.recorded(scan=None, written_on=None)
        self.assertFalse(direction.scan_id or direction.written_on)

    def test_the_scan_opens_for_whoever_sees_the_document_and_nobody_else(self):
        direction = self.recorded()
        file = direction.scan_id
        for user in (self.clerk, self.chief, self.chairman):
            self.assertCanRead(user, file)
            action = direction.with_user(user).sudo(False).action_open_scan()
            self.assertEqual(action["url"], f"/web/content/{file.id}")
        for user in (self.culture_head, self.administrator, self.outsider):
            self.assertCannotRead(user, file)
            self.assertDenied(direction.with_user(user).sudo(False).action_open_scan)
        self.routed(document=direction.document_id.with_user(self.clerk).sudo(False))
        self.assertCanRead(self.culture_head, file)

    def test_a_leader_directs_in_their_own_name_without_a_scan(self):
        document = self.registered().with_user(self.chairman)
        for arguments in ((TEXT, None, SCAN), (TEXT, None, None, "2026-08-25")):
            self.assertRefused("your own name", document.action_direct, *arguments)
        self.assertFalse(document.sudo().direction_ids)

    def test_nobody_else_records(self):
        document = self.routed().document_id
        before = self.env["ir.attachment"].sudo().search_count([])
        for user in (self.culture_head, self.culture_clerk, self.administrator):
            with self.subTest(user.login):
                self.assertDenied(
                    document.with_user(user).action_direct, TEXT, None, SCAN
                )
        self.assertEqual(self.env["ir.attachment"].sudo().search_count([]), before)

    def test_the_day_is_none_to_come_and_none_before_the_paper(self):
        document = self.registered()
        for bad, words in (
            ("2026-08-27", "in the future"),
            ("2026-08-23", "dated 24/08/2026"),
            ("25/8/2026", "not a date"),
            (5, "not a date"),
            (["2026-08-25"], "not a date"),
            (True, "not a date"),
        ):
            with self.subTest(str(bad)):
                self.assertRefused(words, document.action_direct, TEXT, None, SCAN, bad)
        self.assertFalse(document.sudo().direction_ids)

    def test_what_is_no_scan_is_refused_and_leaves_nothing(self):
        document = self.registered()
        before = self.env["ir.attachment"].sudo().search_count([])
        for bad, words in (
            (7, "not a file"),
            (True, "not a file"),
            (["x"], "not a file"),
            ({"raw": SCAN}, "not a file"),
            ("no base64!", "not a file"),
            ("é" * 8, "not a file"),
            ("  ", "PDF, PNG or JPEG"),
            (base64.b64encode(b"MZ\x90").decode(), "PDF, PNG or JPEG"),
            (base64.b64encode(b"<html>%PDF-").decode(), "PDF, PNG or JPEG"),
            (base64.b64encode(b"%PDF-" + bytes(31 << 20)).decode(), "larger than 30"),
        ):
            with self.subTest(str(bad)[:12]):
                self.assertRefused(words, document.action_direct, TEXT, None, bad)
        self.assertFalse(document.sudo().direction_ids)
        self.assertEqual(self.env["ir.attachment"].sudo().search_count([]), before)

    def test_the_scan_is_never_changed_or_deleted(self):
        file = self.recorded().scan_id
        self.env.flush_all()
        for statement in (
            "UPDATE ir_attachment SET name = 'X' WHERE id = %s",
            "UPDATE ir_attachment SET store_fname = 'aa/bb' WHERE id = %s",
            "UPDATE ir_attachment SET checksum = 'X' WHERE id = %s",
            "UPDATE ir_attachment SET res_id = NULL WHERE id = %s",
            "UPDATE ir_attachment SET public = true WHERE id = %s",
            "DELETE FROM ir_attachment WHERE id = %s",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(RestrictViolation, "qlvb"),
                self.cr.savepoint(),
            ):
                self.cr.execute(SQL(statement, file.id))
        for user in (self.clerk, self.chief):
            own = file.with_user(user).sudo(False)
            with self.subTest(user.login):
                self.assertDenied(own.unlink)
                self.assertDenied(own.write, {"name": "X"})
        self.assertDenied(file.unlink)
        self.assertDenied(file.write, {"raw": b"%PDF-other"})
        self.assertEqual(file.raw, PDF)

    def test_the_clerk_enters_it_on_the_screen(self):
        document = self.registered()
        form = Form(
            self.env["qlvb.act.wizard"]
            .with_user(self.clerk)
            .with_context(
                active_model="qlvb.document",
                active_id=document.id,
                default_act="direct",
            )
        )
        form.text = TEXT
        form.author_id = self.vice_culture
        form.written_on = "2026-08-26"
        form.scan = SCAN
        wizard = form.save()
        wizard.action_confirm()
        direction = document.sudo().direction_ids
        self.assertEqual(direction.author_id, self.vice_culture)
        self.assertEqual(direction.scan_id.raw, PDF)
        left = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "qlvb.act.wizard"), ("res_field", "!=", False)])
        )
        self.assertFalse(left, "nothing stays with the wizard")

    def test_forms_say_that_it_comes_from_paper(self):
        document = self.recorded().document_id
        self.routed(document=document.with_user(self.clerk).sudo(False))
        form = self.env["qlvb.form"].with_user(self.clerk)
        own = document.with_user(self.clerk).sudo(False)
        slip = form._prepare_handling_slip(own)["directions"][0]
        self.assertEqual(slip["recorded_by"], self.clerk.name)
        self.assertEqual(slip["day"], "25/8/2026")
        routing = form._prepare_routing_slips(own)["slips"][0]["directions"]
        self.assertEqual(
            routing, [f"{self.chairman.name}: {TEXT} (theo bút phê trên giấy)"]
        )
