import doctest
import os
import time

from odoo.tests import BaseCase, tagged

from ..lib import marks, vetting, vetting_signs
from ..lib.vetting_signs import FileRefused
from .common import PDF
from .common_cabinet import (
    BODY,
    HARMLESS,
    STAMPED,
    WORD,
    archive,
    docx,
    endless,
    header,
    hostile,
    image,
    locked,
    pdf,
    remarked,
    scan,
    tiff,
    types,
    undecoded,
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

    def test_stamps_where_no_text_stands_are_seen(self):
        """What a viewer sticks on, what a font turns into capitals, odd parts."""
        word = f'xmlns:w="{WORD}"'
        for where, file in {
            "remark": remarked(contents="TỐI MẬT"),
            "stamp": remarked(look=b"TUYET MAT"),
            "title": remarked(title="MẬT"),
            "capitals": docx(
                "a",
                **{
                    "word__a.xml": f"<w:r {word}><w:rPr><w:caps/></w:rPr>"
                    "<w:t>Mật</w:t></w:r>"
                },
            ),
            "numbering": docx(
                "a", **{"word__n.xml": f'<w:lvlText {word} w:val="MẬT"/>'}
            ),
            "instead of a picture": docx(
                "a", **{"word__p.xml": '<docPr descr="TỐI MẬT"/>'}
            ),
            "part of another name": docx(
                "a", word__real=f"<w:p {word}><w:t>MẬT</w:t></w:p>"
            ),
        }.items():
            with self.subTest(where):
                self.assertTrue(vetting.vet(file).secrecy)
        for harmless in (remarked(look=b"Da ky"), remarked(contents="Xem lại")):
            self.assertIsNone(vetting.vet(harmless).secrecy)
            self.assertTrue(vetting.vet(harmless).has_text)

    def test_letters_that_are_not_told_are_no_text(self):
        self.assertFalse(vetting.vet(undecoded()).has_text)

    def test_marks_in_disguise(self):
        """Other alphabets, unseen characters, tags that break a line."""
        for text in (
            "М\u0410\u0302\u0323\u0422",
            "\u039c\u200bẬ\ufe0f\u03a4",
            "M\u2063ẬT\U000e0061",
            marks.html_text("Kính gửi<hr>MẬT<hr>đồng chí"),
            marks.html_text("Kính gửi<section>MẬT</section>đồng chí"),
            marks.html_text("Xem <img alt='TỐI MẬT' src='x'>"),
        ):
            with self.subTest(ascii(text)):
                self.assertTrue(marks.secrecy_mark(text))

    def test_hostile_texts_are_read_in_time(self):
        """What takes the square of a text's length, a minute or a day at worst."""
        variants = "\t".join(
            f"MẬT{'.' * i}{'-' * j}" for i in range(99) for j in range(99)
        )
        others = "\t".join(map(str, range(9999)))
        start = time.process_time()
        for text in ("<" * 300_000, "<br" * 100_000, "x" + "(---)" * 60_000 + "x"):
            marks.secrecy_mark(marks.html_text(text))
        marks.secrecy_mark(f"{others}\n{variants}\n{others}")
        self.assertLess(time.process_time() - start, 10)

    def test_text_in_workbooks_inside_counts_too(self):
        large = f'<w:p xmlns:w="{WORD}">' + "<w:t>ab</w:t>" * 1_500_000 + "</w:p>"
        noise = {f"word/media/{n}": os.urandom(80_000) for n in range(3)}
        parts = {"[Content_Types].xml": types(), "word/document.xml": large, **noise}
        inner = archive(parts)
        further = {f"word__embeddings__{n}": inner for n in range(3)}
        self.assertEqual(self.code("a.docx", docx("a", **further)), "large")

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
