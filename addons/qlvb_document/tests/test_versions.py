import base64
import hashlib
import io
import time
from datetime import date
from unittest.mock import patch

import psycopg2
from docx import Document

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib import pdf_blanks
from .common import DocumentCase
from .common_pages import page_pdf, signatures_of, signed_by_person
from .test_lib_blanks import values_of


def docx_file(text="Quyết định"):
    """Return a Word file with one paragraph."""
    document, written = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(written)
    return written.getvalue()


@tagged("post_install", "-at_install", "qlvb")
class TestVersions(DocumentCase):
    """Each version of an outgoing document's file is kept and never changed."""

    def versions(self, document):
        """Return the versions, the newest first."""
        return document.sudo().version_ids.sorted("sequence", reverse=True)

    def kinds(self, document):
        return self.versions(document)[::-1].mapped("kind")

    def test_drafter_replaces_the_pdf_and_both_are_kept(self):
        document = self.outgoing()
        other = page_pdf(number="Số:          /QĐ-UBND")
        document.write({"scan": base64.b64encode(other), "scan_name": "lan-2.pdf"})
        first, second = document.version_ids.sorted("sequence")
        self.assertEqual((first.sequence, second.sequence), (1, 2))
        self.assertEqual(first.author_id, self.culture_one)
        self.assertEqual(first.checksum, hashlib.sha256(self.draft_pdf).hexdigest())
        self.assertEqual(second.file_id.raw, other)
        self.assertEqual(second.name, "lan-2.pdf")
        self.assertEqual(document.version_count, 2)
        self.assertJournal("version_kept", document, self.culture_one, 2)

    def test_the_store_holds_the_bytes_once(self):
        document = self.outgoing()
        self.assertEqual(
            document.version_ids.file_id.store_fname,
            document.attachment_ids.store_fname,
        )
        self.assertNotEqual(document.version_ids.file_id, document.attachment_ids)

    def test_what_did_not_change_is_no_new_version(self):
        document = self.outgoing()
        document.write({"summary": "Khác"})
        document.write({"attachment_ids": [Command.link(document.attachment_ids.id)]})
        document.action_submit()
        self.assertEqual(self.kinds(document), ["pdf"])

    def test_a_file_written_over_in_its_place_is_kept_when_submitted(self):
        document = self.outgoing()
        other = page_pdf(number="Số:          /QĐ-UBND")
        document.attachment_ids.write({"raw": other})
        document.action_submit()
        self.assertEqual(self.kinds(document), ["pdf", "pdf"])
        self.assertEqual(self.versions(document)[0].file_id.raw, other)

    def test_drafter_hands_in_the_edited_word_file(self):
        document = self.outgoing()
        content = docx_file()
        values = {"docx": base64.b64encode(content), "docx_name": "du-thao.docx"}
        document.write(values)
        self.assertEqual(self.kinds(document), ["pdf", "docx"])
        self.assertEqual(document.current_docx_id.file_id.raw, content)
        self.assertEqual(document.current_docx_id.name, "du-thao.docx")
        self.assertEqual(len(document.attachment_ids), 1, "it does not go out")
        for user in (self.culture_two, self.chairman):
            with self.assertRaises(AccessError):
                document.with_user(user).write(values)

    def test_only_word_files_come_in_by_that_door(self):
        document = self.outgoing()
        for content, name in (
            (self.draft_pdf, "a.pdf"),
            (b"MZ", "a.docx"),
            (docx_file("TỐI MẬT"), "a.docx"),
        ):
            with self.assertRaises(UserError):
                document.write({"docx": base64.b64encode(content), "docx_name": name})
        self.assertEqual(self.kinds(document), ["pdf"])

    def test_a_word_file_among_the_files_is_kept_too(self):
        document = self.outgoing(files=())
        file = self.upload(self.culture_one, "du-thao.docx", docx_file())
        document.write({"attachment_ids": [Command.link(file.id)]})
        self.assertEqual(self.kinds(document), ["docx"])

    def test_what_arrives_has_no_versions(self):
        self.assertFalse(self.draft(files=["scan.pdf"]).version_ids)

    def test_signing_keeps_the_file_with_its_blanks(self):
        document = self.signed()
        version = self.versions(document)[0]
        self.assertEqual((version.kind, version.author_id), ("signed", self.chairman))
        self.assertTrue(version.file_id.raw.startswith(self.draft_pdf))
        self.assertEqual(
            set(values_of(version.file_id.raw)), {"reference", "day", "month", "year"}
        )
        shown = base64.b64decode(document.scan)
        self.assertEqual(shown, version.file_id.raw, "signed is shown")

    def test_issuing_fills_in_number_and_date(self):
        document = self.issued()
        final, signed = self.versions(document)[:2]
        self.assertEqual((final.kind, signed.kind), ("final", "signed"))
        self.assertTrue(final.file_id.raw.startswith(signed.file_id.raw))
        self.assertEqual(
            values_of(final.file_id.raw),
            {"reference": "01/QĐ-UBND", "day": "26", "month": "8", "year": "2026"},
        )
        self.assertEqual(final.author_id, self.clerk)
        self.assertEqual(final.name, "01-QĐ-UBND.pdf")
        self.assertEqual(base64.b64decode(document.scan), final.file_id.raw)

    def test_a_service_signs_and_its_signature_stays_valid(self):
        cls = self.registry["qlvb.document"]
        self.patch(cls, "_seal", lambda self, content, actor: signed_by_person(content))
        document = self.issued()
        (status,) = signatures_of(document.sudo()._main_file().raw)
        self.assertTrue(status.bottom_line)
        self.assertEqual(status.modification_level.name, "FORM_FILLING")

    def test_sent_back_and_signed_again(self):
        document = self.signed()
        document.with_user(self.clerk).action_send_back("Sai thể thức")
        self.assertEqual(document._main_file(), document.attachment_ids)
        document.with_user(self.culture_one).action_submit()
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_approve()
        document.with_user(self.chairman)._action_sign()
        self.assertEqual(self.kinds(document), ["pdf", "signed", "signed"])
        self.assertEqual(document._main_file(), self.versions(document)[0].file_id)

    def test_a_page_with_another_number_is_not_issued(self):
        file = self.upload(
            self.culture_one,
            "qd.pdf",
            page_pdf("Số: 07/QĐ-UBND", "ngày 5 tháng 8 năm 2026"),
        )
        document = self.signed(files=(), attachment_ids=[Command.set(file.ids)])
        number = self.checked(document).sudo().register_id.last_number
        message = self.assertRefused(
            ["“07”", "“01”", "“5”"], document.with_user(self.clerk).action_issue
        )
        self.assertIn("26", message)
        self.assertEqual(document.state, "signed")
        self.assertEqual(document.sudo().register_id.last_number, number)

    def test_a_damaged_pdf_is_not_submitted(self):
        torn = b"%PDF-1.4\n1 0 obj<</Type/Page>>\nstream\n%%EOF\n"
        file = self.upload(self.culture_one, "qd.pdf", torn)
        document = self.outgoing(files=(), attachment_ids=[Command.set(file.ids)])
        with self.assertRaises(UserError) as caught:
            document.action_submit()
        self.assertIn("PDF", str(caught.exception))
        self.assertIn("add it in its place", str(caught.exception))
        self.assertEqual(document.state, "draft")

    def test_each_is_told_what_they_can_do_about_a_pdf(self):
        """Before submission the drafter mends it; later it has to be sent back."""
        draft, waiting = self.outgoing(), self.to_sign()
        for code in ("odd", "heavy", "filled"):
            error = pdf_blanks.BlanksError(code)
            with (
                self.subTest(code),
                patch.object(pdf_blanks, "prepare", side_effect=error),
            ):
                self.assertNotIn(
                    "drafter", self.assertRefused("PDF", draft.action_submit)
                )
                sign = waiting.with_user(self.chairman)._action_sign
                self.assertRefused("Send the draft back", sign)

    def test_who_sees_the_document_sees_its_versions(self):
        document = self.outgoing()
        version = document.version_ids
        self.assertCanRead(self.culture_head, version)
        for user in (self.clerk, self.culture_two, self.outsider, self.administrator):
            if user != self.clerk:
                self.assertCannotRead(user, version)
                self.assertCannotRead(user, version.sudo().file_id)
        file = version.with_user(self.culture_head).file_id
        (values,) = file.read(["raw"])
        self.assertEqual(values["raw"], self.draft_pdf)
        self.assertJournal(
            "downloaded",
            document,
            self.culture_head,
            data={"file": version.sudo().file_id.id},
        )

    def test_nobody_makes_or_changes_a_version(self):
        document = self.outgoing()
        version = document.version_ids
        for user in (self.culture_one, self.chief, self.clerk):
            mine = version.with_user(user)
            with self.assertRaises(AccessError):
                mine.write({"name": "x.pdf"})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create({"document_id": document.id, "kind": "final"})
        for values in ({"raw": b"x"}, {"name": "x.pdf"}, {"res_id": 0}):
            with self.assertRaises(AccessError):
                version.file_id.write(values)
        with self.assertRaises(AccessError):
            version.file_id.unlink()
        with self.assertRaises(AccessError):
            document.write({"version_ids": [Command.delete(version.id)]})
        with self.assertRaises(AccessError):
            document.write({"version_count": 7})

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_versions_too(self):
        version = self.outgoing().version_ids
        self.env.flush_all()
        for query in (
            "UPDATE qlvb_version SET checksum = 'x' WHERE id = %s",
            "DELETE FROM qlvb_version WHERE id = %s",
            "UPDATE ir_attachment SET store_fname = 'x' WHERE id = %s",
            "DELETE FROM ir_attachment WHERE id = %s",
        ):
            key = version.file_id.id if "ir_att" in query else version.id
            with (
                self.subTest(query),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, (key,))

    def test_a_draft_never_submitted_goes_with_its_versions(self):
        document = self.outgoing()
        version, file = document.version_ids, document.version_ids.file_id
        document.unlink()
        self.assertFalse(version.exists())
        self.assertFalse(file.sudo().exists())

    def test_files_on_the_board_are_those_that_go_out(self):
        document = self.outgoing()
        listed = document._get_mail_thread_data_attachments()
        self.assertEqual(listed, document.attachment_ids)

    def test_filling_in_takes_no_time(self):
        document = self.signed(
            files=(),
            attachment_ids=[
                Command.set(self.upload(self.culture_one, raw=page_pdf(pages=5)).ids)
            ],
        )
        plan = document.sudo()._plan_final()
        start = time.perf_counter()
        pdf_blanks.fill(plan, "01/QĐ-UBND", date(2026, 8, 26))
        self.assertLess(time.perf_counter() - start, 0.04)
