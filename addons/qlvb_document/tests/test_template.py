import base64
import doctest
import io
import time
import zipfile
from unittest.mock import patch

from docx import Document

from odoo.exceptions import UserError
from odoo.tests import BaseCase, HttpCase, tagged

from ..lib import (
    docx_builder,
    docx_forms,
    docx_layouts,
    office_program,
    pdf_blanks,
    wording,
)
from .common import DocumentCase
from .common_pages import page_pdf


def text_of(content):
    """Return the text of a Word file: paragraphs and cells, a line each."""
    document = Document(io.BytesIO(content))
    blocks = list(document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                blocks += cell.paragraphs
    return "\n".join(block.text for block in blocks)


def word_file(*paragraphs):
    """Return a Word file of these paragraphs."""
    document, written = Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(written)
    return written.getvalue()


@tagged("post_install", "-at_install", "qlvb")
class TestLayouts(BaseCase):
    """The layouts of Decree 30/2020 as Word files: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        for module in (docx_builder, wording):
            self.assertEqual(doctest.testmod(module).failed, 0)

    def test_page_and_letters_are_as_the_decree_measures(self):
        for code in docx_layouts.LAYOUTS:
            with self.subTest(code):
                document = Document(io.BytesIO(docx_builder.build(code)))
                section = document.sections[0]
                self.assertEqual(round(section.page_width.mm), 210)
                self.assertEqual(round(section.page_height.mm), 297)
                self.assertTrue(30 <= round(section.left_margin.mm) <= 35)
                self.assertTrue(15 <= round(section.right_margin.mm) <= 20)
                self.assertTrue(20 <= round(section.top_margin.mm) <= 25)
                self.assertTrue(20 <= round(section.bottom_margin.mm) <= 25)
                self.assertTrue(section.different_first_page_header_footer)
                text = text_of(docx_builder.build(code))
                for words in ("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do", "Số:", "Nơi nhận:"):
                    self.assertIn(words, text)
        for name, (low, high) in {
            "nation": (12, 13),
            "motto": (13, 14),
            "agency": (12, 13),
            "number": (13, 13),
            "date": (13, 14),
            "title": (13, 14),
            "about": (12, 13),
            "text": (13, 14),
            "signature": (13, 14),
            "to_label": (12, 12),
            "to": (11, 11),
        }.items():
            self.assertTrue(low <= docx_layouts.STYLES[name].size <= high, name)

    def test_every_layout_is_filled_in_whole(self):
        values = {name: f"<{name} & Đ>" for name in docx_layouts.FIELDS}
        for code in docx_layouts.LAYOUTS:
            text = text_of(docx_forms.render(docx_builder.build(code), values))
            self.assertNotRegex(text, r"[{}]")
            self.assertIn("<nguoi_ky & Đ>", text)

    def test_templates_run_in_a_sandbox(self):
        for code, words in {
            "forbidden": "{{ ''.__class__.__mro__ }}",
            "unknown": "{{ khong_co }}",
            "syntax": "{% for %}",
        }.items():
            with self.assertRaises(docx_forms.TemplateProblem) as caught:
                docx_forms.render(word_file(words), {"co_quan": "x"})
            self.assertEqual(caught.exception.code, code, words)
        for words in (
            "{{ range(3) }}",
            "{{ cycler }}",
            "{{ lipsum() }}",
            "{% include 'a' %}",
            "{% import 'os' as os %}",
            "{{ co_quan.format_map }}{{ self._TemplateReference__context }}",
        ):
            with self.assertRaises(docx_forms.TemplateProblem, msg=words):
                docx_forms.render(word_file(words), {"co_quan": "x"})

    def test_templates_end_in_time(self):
        start = time.monotonic()
        loops = "{% for a in x %}" * 6 + "a" + "{% endfor %}" * 6
        for words in ("{% set x = co_quan * 5000 %}" + loops, "{{ co_quan * 10**10 }}"):
            with self.assertRaises(docx_forms.TemplateProblem) as caught:
                docx_forms.render(word_file(words), {"co_quan": "x"})
            self.assertEqual(caught.exception.code, "heavy")
        self.assertLess(time.monotonic() - start, 60)

    def test_what_is_no_word_file(self):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            archive.writestr("word/document.xml", "<x>")
        for content in (b"x", written.getvalue()):
            with self.assertRaises(docx_forms.TemplateProblem) as caught:
                docx_forms.render(content, {})
            self.assertEqual(caught.exception.code, "odd")


@tagged("post_install", "-at_install", "qlvb")
class TestTemplate(DocumentCase):
    """A draft gets its Word file from the template of its kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.committee.sudo().write({"name": "UBND huyện Test", "place": "Hiệp Hòa"})
        cls.own = cls.env.ref("qlvb_document.qlvb_template_decision")

    def made(self, document):
        """Let the drafter make the Word file; return its text."""
        action = document.action_make_docx()
        version = document.current_docx_id
        self.assertIn(f"/web/content/{version.file_id.id}", action["url"])
        return text_of(version.sudo().file_id.raw)

    def test_drafter_gets_the_decision_with_all_its_parts(self):
        document = self.outgoing(files=())
        self.assertTrue(document.can_make_docx)
        text = self.made(document)
        for words in (
            "ỦY BAN NHÂN DÂN\nHUYỆN TEST",
            "Số:        /QĐ-UBND",
            "Hiệp Hòa, ngày",
            "QUYẾT ĐỊNH",
            "Ban hành Quy chế quản lý phần mềm",
            "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
            self.chairman.name,
            "- Như Điều …;\n- Lưu: VT, VHTT.",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Kính gửi", text)
        version = document.current_docx_id
        self.assertEqual((version.kind, version.author_id), ("docx", self.culture_one))

    def test_letter_to_whom_it_answers(self):
        letter = self.env.ref("qlvb_document.qlvb_document_type_cong_van")
        order = self.passed_on(self.routed(), self.culture_head, self.culture_one)
        text = self.made(
            self.outgoing(
                files=(),
                type_id=letter.id,
                reply_to_id=order.document_id.id,
                summary="Về việc triển khai phần mềm",
                urgency="express",
            )
        )
        for words in (
            "/UBND-VHTT",
            "V/v triển khai phần mềm",
            "Kính gửi: Phòng Văn hóa và Thông tin.",
            "HỎA TỐC",
            "- Như trên;\n- Lưu: VT, VHTT.",
        ):
            self.assertIn(words, text)

    def test_recipients_stand_at_the_foot(self):
        document = self.outgoing(files=())
        document.write({"dispatch_ids": [(0, 0, {"unit_id": self.commune.id})]})
        self.assertIn(
            "- " + wording.in_sentence(self.commune.name), self.made(document)
        )

    def test_unit_that_issues_itself_names_the_one_above(self):
        document = self.outgoing(
            files=(), unit_id=self.culture.id, type_id=self.kind.id
        )
        text = self.made(document)
        self.assertIn("ỦY BAN NHÂN DÂN HUYỆN TEST", text)
        self.assertIn("TỜ TRÌNH", text)
        self.assertIn("- Lưu: VT.", text)
        self.assertIn("TRƯỞNG PHÒNG", text)

    def test_drafter_chooses_among_the_templates_of_the_kind(self):
        document = self.outgoing(files=())
        attached = self.env.ref("qlvb_document.qlvb_template_decision_attached")
        self.assertEqual(document.template_id, self.own)
        self.assertIn(attached, document.template_ids)
        document.template_id = attached
        self.assertIn("Kèm theo Quyết định số", self.made(document))
        document.type_id = self.kind
        self.assertEqual(document.template_id.layout, "named")

    def test_only_who_drafts_makes_it(self):
        document = self.outgoing()
        for user in (self.culture_two, self.chairman, self.clerk, self.outsider):
            with self.subTest(user.login):
                theirs = document.with_user(user).sudo(False)
                self.assertDenied(theirs.action_make_docx)
                self.assertDenied(theirs.action_make_pdf)
        document.action_submit()
        self.assertFalse(document.can_make_docx)
        with self.assertRaises(UserError):
            document.action_make_docx()
        with self.assertRaises(UserError):
            self.draft().action_make_docx()

    def test_office_puts_its_own_file(self):
        content = word_file("Mẫu riêng: {{ trich_yeu }} – {{ nguoi_ky }}")
        values = {"content": base64.b64encode(content), "content_name": "qd.docx"}
        for user in (self.chief, self.clerk):
            self.own.with_user(user).write(values)
            self.assertEqual(self.own.changed_by_id, user)
        self.assertIn("Mẫu riêng: Ban hành Quy chế", self.made(self.outgoing()))
        self.assertJournal("template_changed", self.own, self.clerk, 2)
        self.own.with_user(self.clerk).write({"content": False})
        self.assertIn("CỘNG HÒA", self.made(self.outgoing()))

    def test_nobody_else_changes_templates(self):
        for user in (
            self.culture_clerk,
            self.culture_head,
            self.culture_one,
            self.chairman,
            self.administrator,
            self.commune_clerk,
        ):
            with self.subTest(user.login):
                theirs = self.own.with_user(user)
                self.assertDenied(theirs.write, {"name": "x"})
                self.assertDenied(theirs.create, {"name": "x", "layout": "named"})
        self.assertDenied(self.own.with_user(self.clerk).unlink)
        values = {"name": "x", "changed_by_id": self.chairman.id}
        self.own.with_user(self.clerk).write(values)
        self.assertEqual(self.own.changed_by_id, self.clerk)

    def test_a_bad_template_is_refused_with_the_word_that_is_wrong(self):
        office = self.own.with_user(self.clerk)
        for content, words in (
            (word_file("{{ khong_co }}"), "khong_co"),
            (word_file("{{ co_quan"), "."),
            (word_file("{{ ''.__class__ }}"), "__class__"),
            (page_pdf(), "docx"),
            (b"x", "."),
        ):
            values = {"content": base64.b64encode(content), "content_name": "a.docx"}
            self.assertRefused(words, office.write, values)
        self.assertFalse(self.own.content)

    def test_pdf_is_made_where_libreoffice_is(self):
        document = self.outgoing(files=())
        document.action_make_docx()
        if office_program.program() is None:
            # As anybody without it is told.
            self.assertFalse(document.can_make_pdf)
            self.assertRefused("LibreOffice", document.action_make_pdf)
            return
        self.assertTrue(document.can_make_pdf)
        document.action_make_pdf()
        content = base64.b64decode(document.scan)
        prepared = pdf_blanks.prepare(content)
        self.assertEqual(prepared.found, ("number", "date"))
        self.assertEqual(prepared.printed, {"symbol": "/QĐ-UBND"})

    def test_pdf_is_made_by_whatever_program_there_is(self):
        document = self.outgoing()
        with (
            patch.object(office_program, "program", return_value="/x/soffice"),
            patch.object(office_program, "_run", self.convert),
        ):
            self.assertFalse(document.can_make_pdf)
            self.assertRefused("Word", document.action_make_pdf)
            document.action_make_docx()
            self.assertTrue(document.can_make_pdf)
            document.action_make_pdf()
        self.assertEqual(len(document.attachment_ids), 1)
        self.assertEqual(document.attachment_ids.raw, page_pdf("Số: 1"))
        kinds = document.version_ids.sorted("sequence").mapped("kind")
        self.assertEqual(kinds, ["pdf", "docx", "pdf"])

    @staticmethod
    def convert(command, folder):
        with open(f"{folder}/paper.pdf", "wb") as made:
            made.write(page_pdf("Số: 1"))

    def test_without_libreoffice_one_is_told_what_to_do(self):
        document = self.outgoing(files=())
        document.action_make_docx()
        with patch.object(office_program, "program", return_value=None):
            document.invalidate_recordset()
            self.assertFalse(document.can_make_pdf)
            self.assertRefused("LibreOffice", document.action_make_pdf)

    def test_a_program_that_fails_leaves_everything_as_it_was(self):
        document = self.outgoing()
        document.action_make_docx()
        with (
            patch.object(office_program, "program", return_value="/bin/false"),
            self.assertRaises(UserError),
        ):
            document.action_make_pdf()
        self.assertEqual(document.attachment_ids.raw, self.draft_pdf)


@tagged("post_install", "-at_install", "qlvb")
class TestTemplateDownload(DocumentCase, HttpCase):
    """The template as it is used now, to be edited."""

    def fetch(self, template, user=None):
        self.authenticate(user and user.login, user and user.login)
        return self.url_open(f"/qlvb/template/{template.id}", allow_redirects=False)

    def test_officials_get_the_layout_or_the_own_file(self):
        template = self.env.ref("qlvb_document.qlvb_template_letter")
        self.culture_one.password = self.culture_one.login
        self.outsider.password = self.outsider.login
        response = self.fetch(template, self.culture_one)
        self.assertEqual(response.status_code, 200)
        self.assertIn("{{ v_viec }}", text_of(response.content))
        content = word_file("{{ trich_yeu }}")
        template.write(
            {"content": base64.b64encode(content), "content_name": "cong-van.docx"}
        )
        response = self.fetch(template, self.culture_one)
        self.assertEqual(response.content, content)
        self.assertIn("cong-van.docx", response.headers["Content-Disposition"])
        self.assertEqual(self.fetch(template, self.outsider).status_code, 403)
        self.assertEqual(self.fetch(template).status_code, 303)
