import doctest

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from odoo.addons.qlvb_base.lib import pdf

from ..lib import format_check, pdf_blanks, signing_block
from ..lib.vetting_pdf import read_pdf
from .common import DocumentCase
from .common_pages import scan_pdf

PAGE = """
<style>@page {{ size: {size} }} td {{ text-align: center; white-space: pre }}</style>
<table><tr><td>{agency}</td><td>{nation}\n{motto}</td></tr>
<tr><td>{number}</td><td>{date}</td></tr></table>
<p>{urgency}</p><p>{title}</p><p>{summary}</p><p>{addressee}</p>
<p>Căn cứ Luật ngày 26 tháng 11 năm 2003;</p><p>{body}</p>
<table><tr><td>{recipients}</td><td>{block}\n\n{signer}</td></tr></table>
<div>{behind}</div>
"""

DECISION = {
    "size": "A4",
    "agency": "ỦY BAN NHÂN DÂN\nHUYỆN TEST",
    "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "number": "Số:          /QĐ-UBND",
    "date": "Hiệp Hòa, ngày        tháng        năm 2026",
    "urgency": "",
    "title": "QUYẾT ĐỊNH",
    "summary": "Ban hành Quy chế quản lý phần mềm",
    "addressee": "",
    "body": "Điều 1. Ban hành kèm theo Quyết định này Quy chế./.",
    "recipients": "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT, VHTT.",
    "block": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    "signer": "Test chairman",
    "behind": "",
}


def paper_pdf(**parts):
    """Return a PDF that has all its parts, but for those that are named."""
    return pdf.render(PAGE.format(**{**DECISION, **parts})).content


@tagged("post_install", "-at_install", "qlvb")
class TestFormatCheckWords(BaseCase):
    """What can be read for sure: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        for module in (format_check, signing_block):
            self.assertEqual(doctest.testmod(module).failed, 0)


@tagged("post_install", "-at_install", "qlvb")
class TestFormatCheck(DocumentCase):
    """The clerk checks the form of what was signed before giving it a number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.committee.sudo().write({"name": "UBND huyện Test", "place": "Hiệp Hòa"})
        # What stands at the places is the system's to read: without a title in the
        # posts the usual ones.
        cls.env["qlvb.position"].search([("title", "!=", False)]).write(
            {"title": False}
        )

    def signed_with(self, files=(), values=None, **parts):
        """Return a decision that was signed, on a page with these parts."""
        raw = paper_pdf(**parts)
        uploads = [self.upload(self.culture_one, "quyet-dinh.pdf", raw)]
        uploads += [
            self.upload(self.culture_one, name, self.draft_pdf) for name in files
        ]
        ids = [upload.id for upload in uploads]
        return self.signed(
            files=(), attachment_ids=[Command.set(ids)], **(values or {})
        )

    def open_lines(self, document):
        """Return what is left to the clerk: finding by code."""
        lines = document.sudo().format_check_ids
        return {line.code: line.finding for line in lines if not line.passed}

    def test_a_page_with_all_its_parts_leaves_only_the_looks(self):
        document = self.signed_with()
        self.assertEqual(set(self.open_lines(document)), {"layout"})
        line = document.format_check_ids.filtered(lambda one: one.code == "capacity")
        self.assertTrue(line.is_automatic and line.passed)
        self.assertIn("TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH", line.finding)
        # Signed in one language, read in another.
        read = line.with_context(lang="vi_VN").finding
        self.assertIn("Đã có", read)
        self.assertIn("Found", line.finding)
        self.assertFalse(line.checked_by_id)

    def test_each_part_that_is_missing_or_wrong_is_seen(self):
        document = self.outgoing().sudo()
        for code, parts, words in (
            ("motto", {"motto": "Độc lập"}, "Hạnh phúc"),
            ("agency", {"agency": "SỞ NỘI VỤ"}, "HUYỆN TEST"),
            ("symbol", {"number": "Số:        /KH-UBND"}, "/KH-UBND"),
            ("symbol", {"number": "Số: 12/QĐ-UBND"}, "12/QĐ-UBND"),
            ("date", {"date": "Bắc Giang, ngày       tháng       năm 2026"}, "Hiệp"),
            ("date", {"date": "Hiệp Hòa, ngày 25 tháng 8 năm 2026"}, "25/8/2026"),
            ("title", {"title": "THÔNG BÁO"}, "QUYẾT ĐỊNH"),
            ("title", {"summary": "Về việc khác hẳn"}, "Quy chế quản lý"),
            ("capacity", {"block": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"}, "KT. ≠ TM."),
            ("capacity", {"block": "CHỦ TỊCH"}, "– ≠ TM."),
            ("signer", {"signer": "Người khác"}, "Test chairman"),
            ("signer", {"signer": "ThS. Test chairman"}, "ThS."),
            ("recipients", {"recipients": "Nơi nhận:\n- Như Điều 2."}, "Lưu: VT"),
            ("appendix", {"body": "Điều 1.", "behind": "<p>PHỤ LỤC I</p>"}, ""),
            ("paper", {"size": "letter"}, "216 × 279"),
        ):
            with self.subTest(code, **parts):
                content = paper_pdf(**parts)
                facts = document._facts(pdf_blanks.prepare(content))
                lines = format_check.check(read_pdf(content)[0], facts)
                unsure = {line.code: line.seen for line in lines if not line.sure}
                self.assertEqual(set(unsure), {"layout", code})
                self.assertIn(words, unsure[code])

    def test_deputy_signs_for_the_head(self):
        document = self.signed_with(
            values={
                "signer_id": self.vice_culture.id,
                "field_id": self.field_culture.id,
            },
            block="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
            signer="Test vice_culture",
        )
        self.assertEqual(set(self.open_lines(document)), {"layout"})

    def test_letter_has_an_abstract_and_an_addressee(self):
        letter = self.env.ref("qlvb_document.qlvb_document_type_cong_van")
        tail = "/UBND-VHTT"
        parts = {
            "values": {"type_id": letter.id},
            "number": f"Số:         {tail}",
            "title": "",
        }
        document = self.signed_with(**parts)
        self.assertEqual(
            set(self.open_lines(document)), {"layout", "title", "addressee"}
        )
        document = self.signed_with(
            **parts,
            urgency="V/v ban hành Quy chế quản lý phần mềm",
            addressee="Kính gửi: Các phòng, ban.",
        )
        self.assertEqual(set(self.open_lines(document)), {"layout"})

    def test_urgent_paper_bears_its_mark(self):
        values = {"urgency": "express"}
        document = self.signed_with(values=values)
        self.assertEqual(set(self.open_lines(document)), {"layout", "urgency"})
        document = self.signed_with(values=values, urgency="HỎA TỐC")
        self.assertEqual(set(self.open_lines(document)), {"layout"})

    def test_an_annex_is_announced(self):
        document = self.signed_with(files=["quy-che.pdf"], body="Điều 1.")
        self.assertEqual(set(self.open_lines(document)), {"layout", "appendix"})
        document = self.signed_with(files=["quy-che.pdf"])
        self.assertEqual(set(self.open_lines(document)), {"layout"})

    def test_of_a_scan_only_the_size_is_sure(self):
        file = self.upload(self.culture_one, "scan.pdf", scan_pdf())
        document = self.signed(files=(), attachment_ids=[Command.set(file.ids)])
        lines = document.sudo().format_check_ids
        self.assertEqual(lines.filtered("passed").mapped("code"), ["paper"])
        self.assertEqual(len(lines), 11)

    def test_nothing_is_issued_before_all_is_ticked(self):
        document = self.signed_with()
        clerk = document.with_user(self.clerk).sudo(False)
        layout = clerk.format_check_ids.filtered(lambda line: not line.passed)
        self.assertRefused(layout.name, clerk.action_issue)
        self.assertFalse(document.number)
        layout.write({"passed": True})
        clerk.action_issue()
        self.assertEqual(document.number, 1)

    def test_clerk_ticks_line_by_line(self):
        document = self.signed_with()
        lines = document.with_user(self.clerk).sudo(False).format_check_ids
        layout = lines.filtered(lambda line: line.code == "layout")
        self.assertTrue(layout.can_tick)
        layout.write({"passed": True})
        self.assertEqual(layout.checked_by_id, self.clerk)
        self.assertTrue(layout.checked_at)
        self.assertJournal(
            "format_checked",
            document,
            self.clerk,
            data={"lines": ["layout"], "passed": True},
        )
        layout.write({"passed": False})
        self.assertFalse(layout.passed)

    def test_clerk_ticks_on_the_document(self):
        document = self.signed_with()
        mine = document.with_user(self.clerk).sudo(False)
        layout = mine.format_check_ids.filtered(lambda line: line.code == "layout")
        others = mine.format_check_ids - layout
        mine.write(
            {
                "format_check_ids": [
                    Command.update(layout.id, {"passed": True}),
                    *(Command.link(line.id) for line in others),
                ],
                "revision_seen": 99,
            }
        )
        self.assertTrue(layout.passed)
        self.assertEqual(layout.checked_by_id, self.clerk)

    def test_nobody_else_ticks(self):
        document = self.signed_with()
        layout = document.format_check_ids.filtered(lambda line: line.code == "layout")
        for user in (
            self.chairman,
            self.chief,
            self.culture_one,
            self.culture_head,
            self.culture_clerk,
            self.culture_account,
            self.outsider,
        ):
            mine = layout.with_user(user).sudo(False)
            command = [Command.update(layout.id, {"passed": True})]
            theirs = document.with_user(user).sudo(False)
            with self.subTest(user.login):
                self.assertDenied(mine.write, {"passed": True})
                self.assertDenied(theirs.write, {"format_check_ids": command})
        self.assertFalse(layout.sudo().passed)

    def test_nothing_but_the_tick_is_written(self):
        document = self.signed_with().with_user(self.clerk).sudo(False)
        lines = document.format_check_ids
        other = self.signed_with().with_user(self.clerk).sudo(False).format_check_ids
        for values in (
            {"finding": "tốt"},
            {"passed": True, "checked_by_id": self.chairman.id},
            {"is_automatic": True},
            {"document_id": document.id},
        ):
            self.assertDenied(lines[0].write, values)
        self.assertDenied(lines.unlink)
        self.assertDenied(
            lines.create, {"document_id": document.id, "code": "x", "passed": True}
        )
        for commands in (
            [Command.delete(lines[0].id)],
            [Command.create({"code": "x"})],
            [Command.clear()],
            [Command.update(other[0].id, {"passed": True})],
            [Command.update(lines[0].id, "passed")],
            [("x",)],
            "passed",
            None,
            7,
        ):
            with self.subTest(commands=str(commands)):
                self.assertDenied(document.write, {"format_check_ids": commands})
        with self.assertRaises(AccessError):
            self.outgoing(format_check_ids=[Command.create({"code": "x"})])

    def test_only_between_signature_and_number(self):
        document = self.signed_with()
        lines = document.with_user(self.clerk).sudo(False).format_check_ids
        lines.filtered(lambda line: not line.passed).write({"passed": True})
        document.with_user(self.clerk).action_issue()
        with self.assertRaises(UserError):
            lines[0].write({"passed": False})
        other = self.signed_with()
        lines = other.with_user(self.clerk).sudo(False).format_check_ids
        other.with_user(self.clerk).action_send_back("Sai lề")
        with self.assertRaises(UserError):
            lines[0].write({"passed": False})

    def test_signed_again_is_checked_again(self):
        document = self.signed_with()
        self.checked(document)
        document.with_user(self.clerk).action_send_back("Sai lề")
        document.with_user(self.culture_one).action_submit()
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_approve()
        document.with_user(self.chairman)._action_sign()
        self.assertEqual(set(self.open_lines(document)), {"layout"})

    def test_who_sees_the_document_sees_its_check(self):
        document = self.signed_with()
        line = document.format_check_ids[0]
        for user in (self.culture_one, self.culture_head, self.clerk, self.chairman):
            self.assertCanRead(user, line)
        for user in (self.culture_two, self.justice_head, self.administrator):
            self.assertCannotRead(user, line)
