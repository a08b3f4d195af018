import doctest
import time

from odoo.tests import BaseCase, tagged

from ..lib import marks, vetting, vetting_signs
from ..lib.vetting_signs import FileRefused
from .common import PDF
from .common_cabinet import (
    BODY,
    HARMLESS,
    STAMPED,
    docx,
    endless,
    header,
    hostile,
    image,
    locked,
    pdf,
    scan,
    tiff,
    xlsx,
)


@tagged("post_install", "-at_install", "qlvb")
class TestVetting(BaseCase):
    """What a file is, by its content: no database needed."""

    def code(self, name, content):
        try:
            vetting.vet_name(name)
            vetting.vet_name(name, vetting.vet(content).mimetype)
        except FileRefused as error:
            return error.code
        return None

    def test_examples_in_the_documentation_hold(self):
        for module in (marks, vetting, vetting_signs):
            self.assertEqual(doctest.testmod(module).failed, 0)

    def test_hostile_files_are_refused(self):
        for what, name, content, code in hostile():
            # The house's own limit is asked before the content.
            if code != "large":
                with self.subTest(what):
                    self.assertEqual(self.code(name, content), code)

    def test_what_a_house_sends_is_taken(self):
        for name, content in (
            ("van-ban.pdf", pdf()),
            ("quet.pdf", scan()),
            ("Tờ trình 120.docx", docx("Về việc ban hành Quy chế quản lý " * 3)),
            ("bang.xlsx", xlsx("STT", "Số ký hiệu")),
            ("anh.png", image()),
            ("anh.jpg", image("JPEG")),
            ("anh.JPEG", image("JPEG")),
            ("anh.tif", tiff()),
            ("chi-doc.pdf", locked(user="")),
        ):
            with self.subTest(name):
                self.assertIsNone(self.code(name, content))

    def test_odd_pdf_is_taken_and_has_no_text(self):
        for content in (PDF, PDF + b"%remark\n", b"\r\n" + PDF, PDF + bytes(50)):
            self.assertFalse(vetting.vet(content).has_text)

    def test_scan_has_no_text(self):
        self.assertTrue(vetting.vet(pdf()).has_text)
        self.assertFalse(vetting.vet(scan()).has_text)
        self.assertFalse(vetting.vet(image()).has_text)

    def test_stamps_are_seen(self):
        for where, html in STAMPED.items():
            with self.subTest(where):
                self.assertTrue(vetting.vet(pdf(html + BODY)).secrecy)
        for where, file in {
            "text": docx("ỦY BAN", "MẬT", "Báo cáo"),
            "watermark": docx("a", **{"word__header1.xml": header("TỐI MẬT")}),
            "properties": docx(
                "a", **{"docProps__core.xml": "<p><category>Tuyệt mật</category></p>"}
            ),
            "cell": xlsx("STT", "MẬT"),
        }.items():
            with self.subTest(where):
                self.assertTrue(vetting.vet(file).secrecy)

    def test_words_are_no_stamps(self):
        for what, html in HARMLESS.items():
            with self.subTest(what):
                self.assertIsNone(vetting.vet(pdf(html + BODY)).secrecy)

    def test_petition_by_its_heading(self):
        self.assertTrue(vetting.vet(pdf(f"<h2>ĐƠN KHIẾU NẠI</h2>{BODY}")).petition)
        told = vetting.vet(pdf(f"{BODY}<p>Giải quyết đơn khiếu nại của bà A.</p>"))
        self.assertFalse(told.petition)
        self.assertTrue(told.mentions)
        self.assertFalse(vetting.vet(pdf()).mentions)

    def test_endless_file_comes_to_an_end(self):
        start = time.monotonic()
        self.assertFalse(vetting.vet(endless()).has_text)
        self.assertLess(time.monotonic() - start, 55)
