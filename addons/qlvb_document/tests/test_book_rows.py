import base64
import doctest
import io
import zipfile
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import xlsx

from ..lib import book, mail, telltale
from ..models.qlvb_admission_mixin import AdmissionRefused
from .common_book import BookCase, book_file, book_row


@tagged("post_install", "-at_install", "qlvb")
class TestBookRows(BookCase):
    """The dry run names each bad row, its column, and what to do."""

    def test_examples_in_the_documentation_hold(self):
        for module in (book, mail, telltale, xlsx):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_each_bad_cell_is_named(self):
        wizard = self.checked(
            [
                book_row(1, arrived="12/2/25"),
                book_row(2, arrived=date(2024, 2, 12), dated="10/02/2024"),
                book_row(3, dated="13/02/2025"),
                book_row(4, issuer=None),
                book_row(5, reference="x" * 101),
                book_row(6, summary="Đề xuất mua sắm", reference="6/ZZ-SNV"),
                book_row("7a"),
                book_row("bảy"),
                book_row(7, dated="31/12/1944"),
                book_row(8, note="a\u202eb"),
                book_row(9, passed_on="hôm qua"),
            ]
        )
        self.assertProblems(
            wizard,
            (2, "arrived", "12/2/25"),
            (3, "arrived", "2025"),
            (4, "dated", "after"),
            (5, "issuer", "Nothing"),
            (6, "reference", "100"),
            (7, "summary", "Official letter"),
            (8, "number", "inserted"),
            (9, "number", "bảy"),
            (10, "dated", "early"),
            (11, "note", "hidden"),
            (12, "passed_on", "hôm qua"),
        )
        self.assertFalse(self.taken_over())

    def test_gaps_doubles_and_a_wrong_beginning(self):
        wizard = self.checked(
            [book_row(2), book_row(3), book_row(3, reference="4/TTr-SNV"), book_row(7)]
        )
        self.assertProblems(
            wizard,
            (2, "number", "1"),
            (4, "number", "row 3"),
            (5, "number", "4 to 6"),
        )

    def test_a_book_in_any_order_of_rows(self):
        wizard = self.checked([book_row(2), book_row(1)])
        self.assertFalse(wizard.problem_count)

    def test_a_paper_of_the_system_is_named(self):
        double = self.draft(
            issuer="SỞ NỘI VỤ", reference="1 / ttr-snv", document_date="2025-02-10"
        )
        wizard = self.checked([book_row(1), book_row(2)])
        self.assertProblems(wizard, (2, "reference", double.display_name))

    def test_a_day_that_is_still_to_come(self):
        wizard = self.checked(
            [book_row(1, arrived="27/08/2026", dated="01/08/2026")], year=2026
        )
        self.assertProblems(wizard, (2, "arrived", "future"))

    def test_headings_however_they_are_written(self):
        heading = [
            "  GHI CHÚ",
            "Tên loại và trích yếu nội dung",
            "ngày tháng",
            "SỐ, KÝ HIỆU",
            "Tac gia",
            "số\nđến",
            "Ngày Đến",
        ]
        row = ["", "Tờ trình: mua sắm", "10/02/2025", "1/TTr-SNV", "Sở", 1, "12/2/2025"]
        raw = book_file(
            [[f"({n})" for n in range(1, 8)], row],
            heading=heading,
            titles=[["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"], [], ["Năm 2025"]],
        )
        wizard = self.checked(None, raw=raw)
        self.assertFalse(wizard.problem_count, wizard.problem_ids.mapped("explanation"))
        wizard.action_import()
        self.assertEqual(self.taken_over().summary, "Mua sắm")

    def test_without_headings(self):
        wizard = self.wizard(None, raw=book_file([], heading=["Số đến", "Ngày đến"]))
        self.assertRefused(["Tác giả", "Tên loại"], wizard.action_check)
        empty = self.wizard(None, raw=book_file([]))
        self.assertRaises(UserError, empty.action_check)

    def test_formulas_errors_and_merged_cells(self):
        def change(workbook):
            sheet = workbook.active
            sheet["C2"] = "=1+1"
            sheet["D3"] = "#REF!"
            sheet["D3"].data_type = "e"
            sheet.merge_cells("C4:C5")

        raw = book_file([book_row(n) for n in range(1, 5)], change=change)
        wizard = self.checked(None, raw=raw)
        said = [(p.row, p.explanation.split(".")[0]) for p in wizard.problem_ids]
        self.assertEqual(said[0], (2, "A formula stands here"))
        self.assertEqual(said[1], (3, "The cell shows an error"))
        self.assertEqual({row for row, words in said[2:]}, {4, 5})
        self.assertTrue(all("merged" in words for _row, words in said[2:]))

    def test_each_kind_by_name_abbreviation_and_symbol(self):
        kind_of = self.env["qlvb.book.wizard"].with_user(self.clerk)._kind_reader()

        def found(said, reference):
            number, _taken = kind_of(said, reference)
            kind = self.env["qlvb.document.type"].browse(number)
            return kind.with_context(lang="vi_VN").name

        for said, reference, expected in (
            ("TỜ TRÌNH về việc x", "12/ABC", "Tờ trình"),
            ("TTr v/v x", "12/ABC", "Tờ trình"),
            ("CV v/v x", "12/ABC", "Công văn"),
            ("V/v x", "12/SNV-VP", "Công văn"),
            ("Kiểm tra", "12/BC-SNV", "Báo cáo"),
            ("Quyết định x", "12/2014/QĐ-UBND", "Quyết định (quy phạm pháp luật)"),
            ("Quyết định x", "12/QĐ-UBND", "Quyết định"),
            ("Thông tư liên tịch x", "1/2014/TTLT-BNV-BTC", "Thông tư liên tịch"),
            ("Hướng dẫn x", "12/HĐ-SNV", "Hướng dẫn"),
            ("HD x", "12/ABC", False),
            ("Kiểm tra", "12/SNV-VP", False),
        ):
            with self.subTest(f"{said} {reference}"):
                self.assertEqual(found(said, reference), expected)

    def test_article_3_keeps_the_file_out(self):
        """Neither the file nor a word of the row stays; who, row and clause do."""
        before = self.env["qlvb.book.wizard"].search_count([])
        for rows, clause, numbers in (
            ([book_row(1), book_row(2, note="MẬT")], "3.1", [3]),
            ([book_row(1, note="T Ố I M Ậ T")], "3.1", [2]),
            ([book_row(1, summary="Đơn khiếu nại của Xqzw")], "3.2", [2]),
            ([book_row(1, summary="Hồ sơ một cửa Xqzw")], "3.3", [2]),
            (
                [book_row(1, note="Tối mật"), book_row(2, summary="Đơn tố cáo Xqzw")],
                None,
                [2, 3],
            ),
        ):
            self.env["qlvb.journal"].flush_model()
            seen = len(self.journal("admission_refused"))
            # Not rolled back, as outside of tests: nothing was stored.
            try:
                self.wizard(rows)
            except AdmissionRefused as error:
                self.assertNotIn("Xqzw", str(error))
            else:
                self.fail("the book was let in")
            refusals = self.journal("admission_refused")[seen:]
            self.assertEqual([row.data["row"] for row in refusals], numbers)
            for row in refusals:
                self.assertEqual(row.user_id, self.clerk)
                self.assertEqual(row.data["door"], "import")
                self.assertIn(row.data["clause"], (clause, "3.1", "3.2"))
                self.assertNotIn("Xqzw", str(row.data))
        self.assertEqual(self.env["qlvb.book.wizard"].search_count([]), before)

    def test_article_3_in_a_title_and_in_a_hidden_sheet(self):
        def hide(workbook):
            sheet = workbook.create_sheet("x")
            sheet.append(["TUYỆT MẬT"])
            sheet.sheet_state = "hidden"

        for raw in (
            book_file([book_row(1)], titles=[["SỔ ĐĂNG KÝ VĂN BẢN MẬT ĐẾN"]]),
            book_file([book_row(1)], change=hide),
        ):
            with self.assertRaises(AdmissionRefused):
                self.wizard(None, raw=raw)

    def test_a_file_put_in_the_place_of_a_good_one(self):
        wizard = self.wizard([book_row(1)])
        with self.assertRaises(AdmissionRefused):
            bad = book_file([book_row(1, note="Mật")])
            wizard.write({"file": base64.b64encode(bad)})
        self.assertTrue(wizard.file)

    def test_hostile_files(self):
        def archive(members):
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
                for name, content in members.items():
                    packed.writestr(name, content)
            return stream.getvalue()

        entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
        for name, raw, code in (
            ("bomb", {"xl/workbook.xml": b"<x/>", "a": bytes(200 << 20)}, "hostile"),
            ("entities", {"xl/workbook.xml": entity}, "hostile"),
            ("utf-16", {"xl/workbook.xml": "<x/>".encode("utf-16")}, "hostile"),
            (
                "many",
                {"xl/workbook.xml": "<x/>"} | dict.fromkeys(map(str, range(600)), ""),
                "hostile",
            ),
            ("no workbook", {"a.txt": "x"}, "kind"),
            ("broken", {"xl/workbook.xml": b"<x"}, "kind"),
        ):
            with self.subTest(name), self.assertRaises(xlsx.SheetError) as caught:
                xlsx.read_sheets(archive(raw))
            self.assertEqual(caught.exception.code, code)
        with self.assertRaises(xlsx.SheetError) as caught:
            xlsx.read_sheets(bytes(xlsx.MOST_BYTES + 1))
        self.assertEqual(caught.exception.code, "size")

    def test_too_many_rows_and_a_row_at_the_very_end(self):
        def far(workbook):
            workbook.active["A1048576"] = "x"

        (sheet,) = xlsx.read_sheets(book_file([book_row(1)], change=far))
        self.assertIn(1048576, sheet.rows)
        self.patch(xlsx, "MOST_ROWS", 10)
        with self.assertRaises(xlsx.SheetError) as caught:
            xlsx.read_sheets(book_file([book_row(n) for n in range(1, 15)]))
        self.assertEqual(caught.exception.code, "rows")
