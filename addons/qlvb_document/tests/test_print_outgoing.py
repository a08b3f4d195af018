import doctest
import hashlib
import io

from openpyxl import load_workbook

from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged

from ..lib import sheet
from ..report.qlvb_form_outgoing import OUTGOING_COLUMNS
from .common_dispatch import DispatchCase
from .common_print import PrintCase, places_of, text_of
from .common_register import RegisterCase


@tagged("post_install", "-at_install", "qlvb")
class TestPrintOutgoing(RegisterCase, DispatchCase, PrintCase):
    """The outgoing book: ten columns, every number in its place, bound and proved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision.with_context(lang="vi_VN").name = "Quyết định"

    def close(self, day=None, by=None):
        """Close the pages; return the new set."""
        page = self.by(by or self.clerk).action_close(day)
        return self.env["qlvb.register.page"].browse(page)

    def bound(self, page):
        return text_of(self.printed("register-page", page).content)

    def sheet(self, **options):
        """Return the rows of the spreadsheet as texts."""
        content = self.printed("register-sheet", self.register, **options).content
        sheet = load_workbook(io.BytesIO(content)).active
        return [
            [value or "" for value in row] for row in sheet.iter_rows(values_only=True)
        ]

    def test_the_book_has_the_ten_columns_in_their_order(self):
        self.issue(
            summary="Ban hành Quy chế quản lý phần mềm", copies=7, urgency="urgent"
        )
        content = self.printed("register", self.register).content
        text = text_of(content)
        for words in (
            "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
            "Năm 2026",
            "Từ số 01 đến số 01",
            "01/QĐ-UBND",
            "26/8/2026",
            "Quyết định: Ban hành Quy chế",
            "Test chairman",
            "VT, VHTT",
            "Khẩn",
        ):
            self.assertIn(words, text)
        self.assertEqual(
            [title for title, _width in OUTGOING_COLUMNS],
            [
                "Số, ký hiệu văn bản",
                "Ngày tháng văn bản",
                "Tên loại và trích yếu nội dung văn bản",
                "Người ký",
                "Nơi nhận văn bản",
                "Đơn vị, người nhận bản lưu",
                "Số lượng bản",
                "Ngày chuyển",
                "Ký nhận",
                "Ghi chú",
            ],
        )
        order = {text: x for text, x, _y in places_of(content) if text[:1] == "("}
        self.assertEqual(
            sorted(order, key=order.get),
            [f"({number}" + ")" for number in range(1, 11)],
        )
        self.assertLessEqual(sum(width for _name, width in OUTGOING_COLUMNS), 252)
        self.assertJournal("printed", self.register, self.clerk)

    def test_recipients_and_who_registered_it_stand_in_the_book(self):
        document = self.issue()
        rows = self.listed(document, self.justice, self.commune)
        with self.at(2026, 8, 27, 9):
            document.with_user(self.clerk).action_dispatch()
            self.copy_of(rows[0], self.justice_clerk).action_register()
        (row,) = [row for row in self.sheet() if row[0] == "01/QĐ-UBND"]
        self.assertEqual(row[4], f"{self.justice.name}; {self.commune.name}")
        self.assertEqual(row[7:9], ["27/8/2026", "Qua mạng 1/2"])

    def test_who_gave_it_back_stands_in_the_book(self):
        rows = self.dispatched(self.justice, self.commune, self.culture)
        rows[0].with_user(self.clerk).action_recall("Gửi nhầm")
        self.copy_of(rows[1]).action_refuse("Không đúng địa chỉ")
        (row,) = [row for row in self.sheet() if row[0] == "01/QĐ-UBND"]
        self.assertEqual(
            row[4],
            f"{self.justice.name} (đã thu hồi); {self.commune.name} (trả lại); "
            f"{self.culture.name}",
        )

    def test_a_reply_without_recipients_names_none_in_the_book(self):
        mine = self.passed_on(self.routed(), self.culture_head, self.culture_one)
        reply = self.issue(reply_to_id=mine.document_id.id)
        self.assertFalse(reply.sudo().dispatch_ids)
        (row,) = [row for row in self.sheet() if row[0] == "01/QĐ-UBND"]
        self.assertEqual(row[4], "")

    def test_a_longer_book_asks_no_more_questions(self):
        def questions():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            forms = self.env["qlvb.form"].with_user(self.clerk)
            forms._prepare_register(self.by(self.clerk))
            return self.env.cr.sql_log_count - before

        self.listed(self.issue(), self.justice)
        self.reserve()
        questions()
        few = questions()
        for _number in range(6):
            self.listed(self.issue(), self.culture, self.commune)
        self.reserve(3)
        self.assertLessEqual(questions(), few)

    def test_numbers_out_of_the_row_stand_in_their_place(self):
        self.issue("2026-08-10", summary="Việc thứ nhất")
        reserved = self.reserve()
        void = self.issue("2026-08-20", summary="Việc bị rút lại")
        self.by(self.clerk, void).action_void("Lãnh đạo rút lại")
        inserted = self.insert(1)
        self.issue("2026-08-15", entry=inserted, summary="Việc chèn vào")
        rows = [row for row in self.sheet() if row[0][:1] == "0"]
        self.assertEqual(
            [row[0] for row in rows],
            ["01/QĐ-UBND", "01a/QĐ-UBND", "02", "03/QĐ-UBND"],
        )
        self.assertIn("Số chèn cho Phòng VHTT: Theo quyết định", rows[1][9])
        self.assertIn("Số dự trữ cho Phòng Nội vụ: Quyết định nhân sự", rows[2][2])
        self.assertEqual(rows[2][9], "Số dự trữ")
        self.assertIn("Việc bị rút lại", rows[3][2])
        self.assertEqual(rows[3][9], "Hủy ngày 26/8/2026: Lãnh đạo rút lại")
        reserved.action_void("Không dùng đến")
        (row,) = [row for row in self.sheet() if row[0] == "02"]
        self.assertIn("Hủy ngày 26/8/2026: Không dùng đến", row[2])

    def test_the_spreadsheet_holds_text_and_no_formula(self):
        self.issue(summary="=HYPERLINK(1)")
        rows = self.sheet()
        self.assertEqual(rows[0][0], "Sổ đăng ký văn bản đi")
        (row,) = [row for row in rows if row[0] == "01/QĐ-UBND"]
        self.assertEqual(row[2], "Quyết định: =HYPERLINK(1)")
        self.assertEqual(row[1], "26/8/2026")
        self.assertJournal("printed", self.register, self.clerk)

    def test_the_examples_hold(self):
        self.assertEqual(doctest.testmod(sheet).failed, 0)

    def test_with_what_number_it_began_stands_in_the_book(self):
        self.by(self.clerk).action_open_at(215, "sổ giấy số 1 năm 2026")
        self.issue()
        self.assertIn(
            "Bắt đầu từ số 215 theo sổ giấy: sổ giấy số 1 năm 2026 (Test clerk",
            text_of(self.printed("register", self.register).content),
        )
        page = self.close()
        self.assertInOrder(self.bound(page), "Bắt đầu từ số 215", "215/QĐ-UBND")
        self.assertEqual((page.first_number, page.last_number), (215, 215))

    def test_pages_are_bound_with_every_number(self):
        self.issue("2026-08-20")
        self.reserve()
        page = self.close()
        text = self.bound(page)
        self.assertInOrder(text, "01/QĐ-UBND", "Số dự trữ cho Phòng Nội vụ")
        self.assertIn(
            "Cộng: 1 văn bản và 1 số không có văn bản, từ số 01 đến số 02.", text
        )
        content = self.printed("register-page", page).content
        self.assertEqual(hashlib.sha256(content).hexdigest(), page.checksum)

    def test_what_changes_after_binding_stands_on_the_next_pages(self):
        first = self.issue("2026-08-20")
        entry = self.reserve()
        self.close()
        with self.at(2026, 8, 27, 9):
            self.assertRefused("", self.close)
            self.by(self.clerk, first).action_void("Rút lại để sửa")
            self.issue("2026-08-26", entry=entry, summary="Nhân sự")
            inserted = self.insert(1)
            page = self.close()
            self.assertEqual((page.first_number, page.last_number), (2, 2))
            text = self.bound(page)
            self.assertInOrder(text, "01/QĐ-UBND", "01a", "02/QĐ-UBND")
            self.assertIn("Rút lại để sửa", text)
            self.assertIn("Ghi bổ sung 3 số", text)
        with self.at(2026, 8, 28, 9):
            self.assertRefused("", self.close)
            self.issue()
            inserted.action_void("Không dùng")
            text = self.bound(self.close())
        self.assertInOrder(text, "01a", "Hủy ngày 28/8/2026", "03/QĐ-UBND")
        self.assertNotIn("02/QĐ-UBND", text)

    def test_the_year_is_bound_with_a_title_page_and_its_reopening(self):
        self.issue()
        with self.at(2027, 1, 4, 9):
            self.by(self.clerk).action_close_year()
            self.by(self.chairman).action_reopen("Quyết định 01 ngày 04/01/2027")
            decision = self.checked(self.signed(document_date="2026-12-31"))
            self.issue("2026-12-31", document=decision)
            self.by(self.clerk).action_close_year()
            book = self.printed("bound-book", self.register)
        text = text_of(book.content)
        self.assertInOrder(
            text,
            "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
            "Từ số 01 đến số 02",
            "01/QĐ-UBND",
            "Mở lại sổ ngày 04/01/2027 theo quyết định của Chủ tịch (Test chairman): "
            "Quyết định 01 ngày 04/01/2027.",
            "02/QĐ-UBND",
        )
        title = (
            self.env["qlvb.register.page"]
            .sudo()
            .search([("kind", "=", "title")])
            .sorted("sequence")[-1]
        )
        content = self.printed("register-page", title).content
        self.assertEqual(hashlib.sha256(content).hexdigest(), title.checksum)

    def test_a_series_of_its_own_is_named_in_the_title(self):
        kind = self.env.ref("qlvb_document.qlvb_document_type_quyet_dinh_qppl")
        document = self.issue(type_id=kind.id)
        register = self.register_of(document).with_user(self.clerk)
        name = kind.with_context(lang="vi_VN").name.upper()
        self.assertIn(f"VĂN BẢN ĐI ({name})", self.text("register", register))

    def test_the_follow_up_book_is_of_what_arrives(self):
        self.assertRefused("", self.printed, "follow-up", self.register)

    def test_who_does_not_keep_the_register_prints_nothing(self):
        self.issue()
        with self.at(2027, 1, 4, 9):
            self.by(self.clerk).action_close_year()
            for person in (
                self.culture_head,
                self.culture_clerk,
                self.vice_culture,
                self.administrator,
                self.outsider,
            ):
                for form in ("register", "register-sheet", "title-page", "bound-book"):
                    with (
                        self.subTest(person=person.login, form=form),
                        self.assertRaises(UserError),
                    ):
                        self.printed(form, self.register, person)

    def test_the_chairman_prints_no_book_of_a_commune(self):
        """He sees that it is closed, and that is all."""
        register = self.opened(self.commune, self.commune_clerk)
        with self.at(2027, 1, 4, 9):
            self.by(self.commune_clerk, register).action_close_year()
            self.assertCanRead(self.chairman, register)
            for form in (
                "register",
                "register-sheet",
                "follow-up",
                "title-page",
                "bound-book",
            ):
                with self.subTest(form), self.assertRaises(MissingError):
                    self.printed(form, register, self.chairman)
