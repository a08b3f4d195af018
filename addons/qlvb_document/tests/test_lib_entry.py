import doctest
import unicodedata
from datetime import date

from odoo.tests import BaseCase, tagged

from ..lib import entry

KINDS = frozenset({"to trinh", "bao cao", "quyet dinh"})

LETTER = """UBND TỈNH BẮC GIANG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ LAO ĐỘNG - THƯƠNG BINH\tĐộc lập - Tự do - Hạnh phúc
VÀ XÃ HỘI
Số: 619/SLĐTBXH-BTXH\tBắc Giang, ngày 21 tháng 10 năm 2026
V/v rà soát hộ nghèo, hộ cận nghèo
năm 2026
Kính gửi: Ủy ban nhân dân các huyện
Căn cứ ngày 01 tháng 01 năm 2020, Sở Lao động - Thương
binh và Xã hội đề nghị các huyện rà soát.
"""


@tagged("post_install", "-at_install", "qlvb")
class TestEntry(BaseCase):
    """What a paper says of itself: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        self.assertEqual(doctest.testmod(entry).failed, 0)

    def test_an_official_letter_is_read(self):
        reading = entry.read_paper(LETTER, KINDS)
        self.assertEqual(reading.reference, "619/SLĐTBXH-BTXH")
        self.assertEqual(reading.document_date, date(2026, 10, 21))
        self.assertEqual(reading.issuer, "Sở Lao động - Thương binh và Xã hội")
        self.assertEqual(reading.summary, "Rà soát hộ nghèo, hộ cận nghèo năm 2026")
        self.assertEqual(reading.kind, "")

    def test_marks_in_two_parts_are_read_all_the_same(self):
        """PDF files often store a letter and its mark as two characters."""
        taken_apart = unicodedata.normalize("NFD", LETTER)
        self.assertEqual(
            entry.read_paper(taken_apart, KINDS), entry.read_paper(LETTER, KINDS)
        )

    def test_a_page_that_says_nothing_gives_nothing(self):
        for text in ("", "\x0c", "Số: \nngày 45 tháng 13 năm 2026", "A" * 100_000):
            with self.subTest(text[:20]):
                self.assertEqual(entry.read_paper(text, KINDS), entry.Reading())
