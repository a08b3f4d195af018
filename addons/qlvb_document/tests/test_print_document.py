from odoo.tests import tagged

from odoo.addons.qlvb_base.tests.test_lib_pdf import fonts_of

from .common_print import PrintCase, pages_of, places_of

MM = 72 / 25.4


@tagged("post_install", "-at_install", "qlvb")
class TestPrintDocument(PrintCase):
    """The forms of one paper: stamp, slips and the note to its sender."""

    # -- the stamp ------------------------------------------------------------

    def test_the_stamp_has_all_fields_of_the_decree(self):
        order = self.routed(self.line(self.culture))
        printed = self.printed("arrival-stamp", order.document_id)
        (text,) = pages_of(printed.content)
        for field in (
            "ỦY BAN NHÂN DÂN",
            "HUYỆN HIỆP HÒA",
            "ĐẾN",
            "Số: 01",
            "Ngày: 26/8/2026",
            "Chuyển: Phòng Văn hóa và Thông tin",
            "Số và ký hiệu HS:",
        ):
            self.assertIn(field, text)
        self.assertEqual(printed.name, "Dấu đến 01 2026.pdf")

    def test_the_stamp_stands_below_the_number_within_50_by_35_mm(self):
        for kind, left in ((self.kind, 30), (self.letter, 135)):
            document = self.registered(type_id=kind.id)
            places = places_of(self.printed("arrival-stamp", document).content)
            for text, x, y in places:
                self.assertGreaterEqual(x, left * MM, text)
                self.assertLess(x, (left + 50) * MM, text)
                self.assertGreaterEqual(y, 52 * MM, text)
                self.assertLess(y, (52 + 35) * MM, text)

    def test_the_hour_is_stamped_where_it_counts(self):
        urgent = self.registered(urgency="express")
        self.assertIn("Ngày: 26/8/2026, 09 giờ 00", self.text("arrival-stamp", urgent))
        early = self.registered(urgency="express", received_time=7.75)
        self.assertIn("Ngày: 26/8/2026, 07 giờ 45", self.text("arrival-stamp", early))

    def test_no_number_no_stamp(self):
        draft = self.draft()
        for code in ("arrival-stamp", "handling-slip", "receipt", "routing-slips"):
            with self.subTest(code):
                self.assertRefused("120/TTr-VHTT", self.printed, code, draft)
        self.assertFalse(self.journal("printed"))

    # -- the handling slip ----------------------------------------------------

    def test_an_empty_slip_is_for_the_pen(self):
        (text,) = pages_of(self.printed("handling-slip", self.registered()).content)
        self.assertInOrder(
            text,
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN",
            "Tờ trình số 120/TTr-VHTT ngày 24 tháng 8 năm 2026",
            "về việc ban hành Quy chế",
            "1. Ý kiến của lãnh đạo cơ quan, tổ chức",
            "Giao đơn vị, cá nhân chủ trì",
            "2. Ý kiến của lãnh đạo đơn vị",
            "3. Ý kiến đề xuất của người giải quyết",
        )
        self.assertIn("Hiệp Hòa, ngày 26 tháng 8 năm 2026", text)
        self.assertIn("....................", text)

    def test_a_slip_fills_itself_as_the_work_goes_on(self):
        document = self.registered(urgency="urgent")
        document.action_direct("Giao Phòng VHTT thẩm định")
        lead, _support = self.routed(
            self.line(self.culture, deadline="2026-09-04", instruction="Dự thảo"),
            self.line(self.justice, "support", deadline="2026-09-01"),
            document=document,
        )
        self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            date_from="2026-08-26",
            date_to="2026-08-28",
        )
        held = self.passed_on(
            lead, self.culture_deputy, self.culture_one, deadline="2026-09-03"
        )
        held.with_user(self.culture_one).action_done("Đã dự thảo xong.")
        text = self.text("handling-slip", document)
        self.assertInOrder(
            text,
            "độ khẩn: Khẩn",
            "1. Ý kiến",
            "Giao Phòng VHTT thẩm định",
            "Test chairman (theo bút phê trên giấy; Test clerk ghi lại)",
            "Giao chủ trì giải quyết:",
            "Phòng Văn hóa và Thông tin; thời hạn: 04/9/2026; Dự thảo",
            "Giao phối hợp giải quyết:",
            "Phòng Tư pháp; thời hạn: 01/9/2026",
            "Ngày 26/8/2026 - người giao: Test chief",
            "2. Ý kiến",
            "Test culture_one; thời hạn: 03/9/2026",
            "người giao: Test culture_deputy, thay mặt Test culture_head (ủy quyền)",
            "3. Ý kiến",
            "Đã dự thảo xong.",
            "Ngày 26/8/2026 - Test culture_one (Phòng Văn hóa và Thông tin)",
        )

    def test_what_was_returned_is_on_no_slip(self):
        order = self.routed(self.line(self.culture))
        order.with_user(self.culture_head).action_return("Không đúng chức năng")
        text = self.text("handling-slip", order.document_id)
        self.assertNotIn("Giao chủ trì giải quyết", text)
        self.assertIn("Giao đơn vị, cá nhân chủ trì; thời hạn", text)

    def test_marks_of_html_in_a_subject_stay_letters(self):
        document = self.registered(summary="Về <b>việc</b> <img src=x> & cộng sự")
        self.assertIn(
            "về <b>việc</b> <img src=x> & cộng sự", self.text("handling-slip", document)
        )

    # -- the note to the sender -----------------------------------------------

    def test_the_sender_is_told_that_the_paper_came(self):
        text = self.text("receipt", self.registered(issuer="Sở Nội vụ"))
        self.assertInOrder(
            text, "PHIẾU BÁO", "Về việc đã nhận văn bản", "Kính gửi: Sở Nội vụ"
        )
        self.assertIn("Số: ......./PB-UBND", text)
        self.assertIn("UBND huyện Hiệp Hòa đã nhận được và đăng ký", text)
        self.assertIn("Test clerk", text)

    def test_the_sender_is_told_why_the_paper_goes_back(self):
        document = self.draft()
        document.action_refuse("Thiếu chữ ký của người có thẩm quyền")
        with self.at(2026, 9, 3, 9):
            text = self.text("receipt", document)
        self.assertIn("Về việc trả lại văn bản", text)
        self.assertIn("Thiếu chữ ký của người có thẩm quyền", text)
        self.assertNotIn("Số đến", text)
        # Dated when it was refused, not when it was printed.
        self.assertIn("Hiệp Hòa, ngày 26 tháng 8 năm 2026", text)

    # -- the routing slips ----------------------------------------------------

    def test_each_recipient_gets_a_sheet_of_its_own(self):
        orders = self.routed(
            self.line(self.culture, instruction="Thẩm định", deadline="2026-09-04"),
            self.line(self.justice, "support"),
            self.line(self.commune, "inform"),
        )
        document = orders.document_id
        sheets = pages_of(self.printed("routing-slips", document).content)
        self.assertEqual(len(sheets), 3)
        lead, support, inform = sheets
        self.assertIn("Kính gửi: Phòng Văn hóa và Thông tin", lead)
        self.assertIn("để chủ trì giải quyết", lead)
        self.assertIn("ngày 04 tháng 9 năm 2026", lead)
        self.assertIn("Thẩm định", lead)
        self.assertNotIn("Thẩm định", support)
        self.assertIn("để phối hợp giải quyết", support)
        self.assertIn("để biết", inform)
        one = pages_of(self.printed("routing-slip", orders[1]).content)
        self.assertEqual(one, [support])

    def test_a_slip_needs_an_order(self):
        self.assertRefused(
            "120/TTr-VHTT",
            self.printed,
            "routing-slips",
            self.registered(),
        )

    # -- all of them ----------------------------------------------------------

    def test_every_print_is_journalled_and_in_the_law_s_letter(self):
        document = self.routed(self.line(self.culture)).document_id
        codes = ("arrival-stamp", "handling-slip", "receipt", "routing-slips")
        for count, code in enumerate(codes, start=1):
            with self.subTest(code):
                printed = self.printed(code, document, by=self.culture_head)
                self.assertJournal(
                    "printed",
                    document,
                    self.culture_head,
                    count=count,
                    data={"form": code},
                )
                for name in fonts_of(printed.content):
                    self.assertIn("LiberationSerif".lower(), plain(name))

    def test_a_reader_in_english_gets_the_vietnamese_form(self):
        document = self.registered()
        self.clerk.lang = "en_US"
        self.assertIn("Tờ trình số 120/TTr-VHTT", self.text("handling-slip", document))


def plain(name):
    return name.replace("-", "").replace(" ", "").lower()
