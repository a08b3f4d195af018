import io
import unicodedata

from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..lib import pdf

VIETNAMESE = "".join(
    unicodedata.normalize("NFC", letter + shape + tone)
    for letter, shapes in (
        ("a", ("", "\u0306", "\u0302")),
        ("e", ("", "\u0302")),
        ("i", ("",)),
        ("o", ("", "\u0302", "\u031b")),
        ("u", ("", "\u031b")),
        ("y", ("",)),
    )
    for shape in shapes
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
)
"""Every Vietnamese vowel with every tone: 72 letters."""

A4 = (595.28, 841.89)


def fonts_of(content):
    """Return the names of the fonts that a PDF uses and embeds."""
    names = set()
    for page in PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(content)))):
        for font in resolve1(page.resources["Font"]).values():
            font = resolve1(font)
            for part in resolve1(font.get("DescendantFonts", [font])):
                descriptor = resolve1(resolve1(part)["FontDescriptor"])
                if any(name.startswith("FontFile") for name in descriptor):
                    names.add(resolve1(part)["BaseFont"].name)
    return names


@tagged("post_install", "-at_install", "qlvb")
class TestPdf(BaseCase):
    """Pages on paper, out of HTML and of nothing else: no database needed."""

    def test_the_page_is_a4_with_the_margins_of_the_decree(self):
        content = pdf.render("<p>Trang</p>").content
        document = PDFDocument(PDFParser(io.BytesIO(content)))
        (page,) = PDFPage.create_pages(document)
        for side, expected in zip(page.mediabox[2:], A4, strict=True):
            self.assertAlmostEqual(side, expected, delta=0.1)
        self.assertIn("margin: 20mm 15mm 20mm 30mm", pdf.base_css())

    def test_every_vietnamese_letter_is_in_the_embedded_font(self):
        letters = VIETNAMESE + VIETNAMESE.upper() + "đĐ"
        self.assertEqual(len(VIETNAMESE), 72)
        content = pdf.render(f"<p>{letters}</p><p><b>{letters}</b></p>").content
        names = fonts_of(content)
        self.assertTrue(names)
        for name in names:
            self.assertIn("Liberation", name, "a letter came from another font")
        shown = "".join(extract_text(io.BytesIO(content)).split())
        self.assertEqual(shown, letters * 2)

    def test_pages_are_numbered_from_the_second_on(self):
        pages = pdf.render("<p>Một</p><p style='break-before: page'>Hai</p>")
        self.assertEqual(pages.count, 2)
        first, second = extract_text(io.BytesIO(pages.content)).split("\f")[:2]
        self.assertEqual(first.split(), ["Một"])
        self.assertEqual(sorted(second.split()), ["2", "Hai"])

    def test_equal_pages_are_equal_bytes(self):
        html = "<p>Tờ trình số 120/TTr-VHTT</p>"
        self.assertEqual(pdf.render(html), pdf.render(html))

    def test_nothing_is_fetched(self):
        for html in (
            '<img src="http://127.0.0.1/x.png">',
            '<img src="file:///etc/passwd">',
            '<p style="background: url(https://example.com/x.png)">x</p>',
            '<link rel="attachment" href="file:///etc/passwd">',
            '<object data="file:///etc/passwd"></object>',
            '<svg><image href="file:///etc/passwd"/></svg>',
        ):
            with self.subTest(html):
                self.assertRefused(html)
        self.assertRefused("<p>x</p>", "@import url(http://127.0.0.1/x.css);")

    def assertRefused(self, html, css=""):
        with (
            mute_logger("weasyprint"),
            self.assertRaises(pdf.OutsideAddress),
        ):
            pdf.render(html, css)
