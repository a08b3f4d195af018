from odoo.exceptions import MissingError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.qlvb_document.tests.common_print import PrintCase, pages_of

from .common_filing import FilingCase


@tagged("post_install", "-at_install", "qlvb")
class TestFilingPrint(FilingCase, PrintCase):
    """The forms of Decree 30/2020, annex V: what stands on them, and for whom."""

    def transfer(self, *dossiers, **values):
        return (
            self.env["qlvb.archive.transfer"]
            .with_user(self.clerk)
            .create(
                {
                    "unit_id": self.committee.id,
                    "name": "Hồ sơ công việc năm 2026",
                    "receiver": "Trần Văn Lưu",
                    "line_ids": [
                        Command.create({"dossier_id": one.id}) for one in dossiers
                    ],
                    **values,
                }
            )
        )

    def filled(self, **values):
        dossier = self.in_progress(**values)
        dossier.action_attach(self.registered().ids)
        dossier.action_attach(
            self.registered(
                reference="15/BC-TP",
                document_date="2026-08-20",
                summary="Về việc góp ý dự thảo",
                issuer="Phòng Tư pháp",
            ).ids
        )
        dossier.sudo().line_ids[0].sudo().pages = 3
        dossier.sudo().line_ids[1].sudo().pages = 1
        return dossier

    def test_cover_names_the_dossier(self):
        dossier = self.filled(retention="permanent")
        text = self.text("dossier-cover", dossier)
        self.assertInOrder(
            text,
            "ỦY BAN NHÂN DÂN",
            "HUYỆN HIỆP HÒA",
            "HỒ SƠ",
            "HS-2026-0001",
            "Ban hành Quy chế quản lý phần mềm",
            "Từ ngày 20/8/2026 đến ngày 24/8/2026",
        )
        for words in ("Vĩnh viễn", "Test culture_one", "Số tờ (số trang): 2 4"):
            self.assertIn(words, text)
        self.assertJournal("printed", dossier, self.clerk)

    def test_list_of_documents_has_seven_columns(self):
        text = self.text("dossier-documents", self.filled())
        self.assertInOrder(
            text,
            "MỤC LỤC VĂN BẢN TRONG HỒ SƠ",
            "Số TT",
            "Số, ký hiệu văn bản",
            "Tác giả văn bản",
            "Tờ số/ Trang số",
            "(7)",
        )
        for words in ("120/TTr-VHTT", "1-3", "15/BC-TP", "Phòng Tư pháp", "20/8/2026"):
            self.assertIn(words, text)
        self.assertIn("Mục lục này có 2 văn bản, tổng số 4 trang", text)

    def test_list_of_dossiers_by_headings_with_its_counts(self):
        one = self.approved_list()
        self.opened(name="Việc đột xuất")
        text = self.text("dossier-list", one)
        self.assertInOrder(
            text, "DANH MỤC HỒ SƠ", "Năm 2026", "Tên đề mục và tiêu đề hồ sơ"
        )
        for words in ("I. VĂN PHÒNG", "1. Tổng hợp", "II. TỔ CHỨC CÁN BỘ", "03.TCCB"):
            self.assertIn(words, text)
        self.assertIn("Bản Danh mục hồ sơ này có 4 hồ sơ", text)
        self.assertIn("- 1 hồ sơ bảo quản vĩnh viễn", text)
        self.assertIn("- 3 hồ sơ bảo quản có thời hạn", text)
        self.assertIn("Bổ sung", text)
        self.assertIn("Test chairman", text)

    def test_reader_prints_of_the_list_what_they_see(self):
        one = self.approved_list()
        self.opened(name="Việc riêng")
        text = self.text("dossier-list", one, self.justice_head)
        self.assertNotIn("Việc riêng", text)
        self.assertIn("Bản Danh mục hồ sơ này có 3 hồ sơ", text)

    def test_hand_over_is_printed_as_list_and_record(self):
        transfer = self.transfer(
            self.closed(name="Một", retention="permanent"), self.closed(name="Hai")
        )
        text = self.text("archive-list", transfer)
        self.assertIn("MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", text)
        self.assertIn(
            "gồm 2 hồ sơ (đơn vị bảo quản), trong đó có 1 hồ sơ bảo quản vĩnh viễn",
            text,
        )
        self.assertIn("Lập thành hai bản", text)
        transfer.action_hand_over()
        record = self.text("archive-record", transfer)
        self.assertInOrder(
            record,
            "BIÊN BẢN",
            "Giao nhận hồ sơ, tài liệu",
            "BÊN GIAO",
            "BÊN NHẬN",
            "Trần Văn Lưu",
            "Hồ sơ công việc năm 2026",
            "Tổng số hồ sơ: 2",
            "hai bản",
        )

    def test_forms_are_for_those_who_see_the_record(self):
        dossier, transfer = self.filled(), self.transfer(self.closed())
        draft = self.drafted_list()
        for code, record in (
            ("dossier-cover", dossier),
            ("dossier-documents", dossier),
            ("dossier-list", draft),
            ("archive-list", transfer),
            ("archive-record", transfer),
        ):
            with self.subTest(code), self.assertRaises(MissingError):
                self.printed(code, record, self.justice_head)
        self.assertIn("HỒ SƠ", self.text("dossier-cover", dossier, self.culture_one))

    def test_long_titles_stay_on_their_page(self):
        dossier = self.opened(name="Hồ sơ " + "rất dài " * 60)
        pages = pages_of(self.printed("dossier-cover", dossier).content)
        self.assertEqual(len(pages), 1)
        self.assertIn("Thời hạn bảo quản", pages[0])
