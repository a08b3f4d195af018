from odoo.tests import tagged

from ..report.qlvb_form_register import FOLLOW_UP_COLUMNS, REGISTER_COLUMNS
from .common_print import PrintCase, pages_of, places_of, text_of

MM = 72 / 25.4


@tagged("post_install", "-at_install", "qlvb")
class TestPrintRegister(PrintCase):
    """The incoming register and the follow-up book, by days."""

    def many(self, count):
        """Register ``count`` papers; return their register."""
        for number in range(1, count + 1):
            document = self.registered(
                reference=f"{number}/TTr-VHTT",
                summary=f"Về việc thứ {number} của Ủy ban nhân dân huyện Hiệp Hòa",
            )
        return self.register_of(document)

    def assertColumns(self, content, columns, first=30):
        """Check that the numbers (1), (2)… stand below each other’s columns."""
        order = {text: x for text, x, _y in places_of(content) if text[:1] == "("}
        self.assertEqual(
            sorted(order, key=order.get),
            [f"({number})" for number in range(1, len(columns) + 1)],
        )
        left = first
        for number, (_title, width) in enumerate(columns, start=1):
            x = order[f"({number})"] / MM
            self.assertTrue(left < x < left + width, f"column {number}")
            left += width
        self.assertLessEqual(left, 297 - 15, "the right margin is kept")

    def test_the_register_has_the_ten_columns_in_their_order(self):
        orders = self.routed(
            self.line(self.culture),
            self.line(self.justice, "support"),
            urgency="urgent",
        )
        orders[0].with_user(self.culture_head).action_accept()
        register = self.register_of(orders.document_id)
        content = self.printed("register", register).content
        text = text_of(content)
        for words in (
            "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
            "Năm 2026",
            "Từ ngày 01/01/2026 đến ngày 31/12/2026 - Từ số 01 đến số 01",
            "26/8/2026",
            "Phòng Văn hóa và Thông tin",
            "120/TTr-VHTT",
            "24/8/2026",
            "Tờ trình về việc ban hành Quy chế",
            "Phòng Tư pháp (phối hợp)",
            "Qua mạng 26/8/2026",
            "Khẩn",
        ):
            self.assertIn(words, text)
        self.assertColumns(content, REGISTER_COLUMNS)
        self.assertEqual(
            [title for title, _width in REGISTER_COLUMNS],
            [
                "Ngày đến",
                "Số đến",
                "Tác giả",
                "Số, ký hiệu văn bản",
                "Ngày tháng văn bản",
                "Tên loại và trích yếu nội dung văn bản",
                "Đơn vị hoặc người nhận",
                "Ngày chuyển",
                "Ký nhận",
                "Ghi chú",
            ],
        )

    def test_heads_repeat_rows_stay_whole_and_pages_are_numbered(self):
        register = self.many(30)
        content = self.printed("register", register).content
        pages = pages_of(content)
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages):
            with self.subTest(page=number + 1):
                self.assertIn("Tên loại và trích yếu", page)
                self.assertIn("(10)", page)
                top = [
                    text for text, _x, y in places_of(content, number) if y < 20 * MM
                ]
                self.assertEqual(top, [str(number + 1)])
        # A row that was torn would begin on one page and end on the next.
        for number in range(1, 31):
            whole = f"{number}/TTr-VHTT"
            (page,) = [page for page in pages if f" {whole}" in page]
            self.assertIn(f"việc thứ {number} của", page)

    def test_the_rows_stand_by_number_within_the_days(self):
        with self.at(2026, 8, 24, 9):
            self.registered(
                reference="1/TTr-VHTT",
                received_date="2026-08-24",
                document_date="2026-08-20",
            )
        late = self.registered(reference="2/TTr-VHTT")
        self.registered(
            reference="3/TTr-VHTT",
            received_date="2026-08-25",
            document_date="2026-08-20",
        )
        register = self.register_of(late)
        text = self.text(
            "register", register, date_from="2026-08-25", date_to="2026-08-26"
        )
        self.assertInOrder(text, "2/TTr-VHTT", "3/TTr-VHTT")
        self.assertNotIn("1/TTr-VHTT", text)
        self.assertIn("Từ số 02 đến số 03", text)

    def test_neither_drafts_nor_refused_papers_stand_in_the_register(self):
        register = self.many(1)
        self.draft(reference="77/BC-X")
        refused = self.draft(reference="88/BC-X")
        refused.action_refuse("Thiếu trang")
        text = self.text("register", register)
        self.assertNotIn("77/BC-X", text)
        self.assertNotIn("88/BC-X", text)

    def test_days_without_papers_say_so(self):
        text = self.text(
            "register", self.many(1), date_from="2026-01-01", date_to="2026-01-31"
        )
        self.assertIn("Không có văn bản", text)

    def test_days_that_are_none_are_refused(self):
        register = self.many(1)
        for days in (
            {"date_from": "hôm qua"},
            {"date_to": "2026-02-30"},
            {"date_from": "2026-08-26", "date_to": "2026-08-25"},
        ):
            with self.subTest(days):
                self.assertRefused("", self.printed, "register", register, **days)

    def test_the_follow_up_book_has_the_seven_columns(self):
        order = self.routed(self.line(self.culture, deadline="2026-09-04"))
        self.registered(reference="121/TTr-VHTT")
        register = self.register_of(order.document_id)
        content = self.printed("follow-up", register).content
        self.assertColumns(content, FOLLOW_UP_COLUMNS)
        text = text_of(content)
        self.assertIn("SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", text)
        self.assertIn("Tờ trình số 120/TTr-VHTT ngày 24/8/2026 của Phòng", text)
        self.assertIn("04/9/2026", text)
        self.assertIn("Đang giải quyết: Phòng Văn hóa và Thông tin", text)
        self.assertIn("Chờ phân công", text)

    def test_the_follow_up_book_tells_in_time_from_late(self):
        for day, words in ((4, "đúng hạn"), (7, "quá hạn")):
            order = self.routed(self.line(self.culture, deadline="2026-09-04"))
            register = self.register_of(order.document_id)
            with self.subTest(words), self.at(2026, 9, day, 9):
                order.with_user(self.culture_head).action_done("Xong")
                text = self.text("follow-up", register)
                self.assertIn(f"Đã giải quyết ngày 0{day}/9/2026, {words}", text)

    def test_the_follow_up_book_names_the_answer(self):
        document = self.registered()
        self.registered(reference="9/CV-X", reply_to_id=document.id)
        rows = (
            self.env["qlvb.form"]
            .with_user(self.clerk)
            ._follow_up_rows(document.with_user(self.clerk))
        )
        self.assertEqual(rows[0][5], "9/CV-X")

    def test_the_title_page(self):
        text = self.text("title-page", self.many(2))
        for words in (
            "HUYỆN HIỆP HÒA",
            "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
            "Năm: 2026",
            "Từ số 01 đến số 02",
            "Quyển số:",
        ):
            self.assertIn(words, text)

    def test_a_long_book_is_prepared_with_few_queries(self):
        register = self.many(12)
        form = self.env["qlvb.form"].with_user(self.clerk)
        counts = []
        for last in ("2026-08-25", "2026-08-26"):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            form._prepare_register(register.with_user(self.clerk), None, last)
            counts.append(self.cr.sql_log_count - before)
        # None, then twelve papers: a handful of queries more, not some a paper.
        self.assertLess(counts[1] - counts[0], 12)

    def test_the_print_names_its_days_in_the_journal(self):
        register = self.many(2)
        self.printed("register", register, date_from="2026-08-01")
        self.assertJournal(
            "printed",
            register,
            self.clerk,
            data={
                "form": "register",
                "date_from": "2026-08-01",
                "date_to": "2026-12-31",
                "rows": 2,
            },
        )

    def test_with_what_number_it_began_stands_in_the_book(self):
        registers = self.env["qlvb.register"].with_user(self.clerk)
        register = registers.browse(registers.action_open(self.committee.id, "in"))
        register.action_open_at(1021, "sổ giấy số 2 năm 2026")
        self.many(1)
        text = self.text("register", register)
        self.assertIn("Bắt đầu từ số 1021 theo sổ giấy", text)
        self.assertIn("Từ số 1021 đến số 1021", text)
