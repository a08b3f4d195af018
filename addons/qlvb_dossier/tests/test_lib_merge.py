import io
import tempfile
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from odoo.tests import BaseCase, tagged

from odoo.addons.qlvb_document.tests.common_pages import page_pdf

from ..lib.dossier_merge import MergeError, Part, merge


@tagged("post_install", "-at_install", "qlvb")
class TestMerge(BaseCase):
    """Many files as one PDF: what is broken is named, and breaks nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    def part(self, name, content, **more):
        path = self.folder / name
        path.write_bytes(content)
        return Part(str(path), title=name, **more)

    def locked(self):
        writer, stream = PdfWriter(), io.BytesIO()
        writer.append(io.BytesIO(page_pdf()))
        writer.encrypt("mat-khau")
        writer.write(stream)
        return stream.getvalue()

    def merged(self, *parts, **more):
        output = self.folder / "all.pdf"
        result = merge(list(parts), str(output), **more)
        return result, PdfReader(output)

    def test_broken_and_locked_files_are_named(self):
        result, reader = self.merged(
            self.part("a.pdf", page_pdf(pages=2)),
            self.part("b.pdf", b"%PDF-1.4 rubbish"),
            self.part("c.pdf", self.locked()),
            self.part("d.png", b"no picture", kind="image"),
            self.part("e.pdf", page_pdf()),
        )
        self.assertEqual(result.bad, {1: "odd", 2: "password", 3: "odd"})
        self.assertEqual(result.pages, {0: 2, 4: 1})
        self.assertEqual(len(reader.pages), 3)
        self.assertEqual([one.title for one in reader.outline], ["a.pdf", "e.pdf"])

    def test_pages_cut_short_leave_nothing_behind(self):
        whole = page_pdf(pages=3)
        result, reader = self.merged(
            self.part("a.pdf", page_pdf()),
            self.part("b.pdf", whole[: len(whole) // 2]),
            self.part("c.pdf", page_pdf()),
        )
        self.assertEqual(len(reader.pages), result.total)
        self.assertIn(2, result.pages)

    def test_the_last_page_tells_what_is_missing(self):
        told = []

        def last(bad):
            told.append(bad)
            return self.part("last.pdf", page_pdf())

        result, reader = self.merged(
            self.part("a.pdf", page_pdf()), self.part("b.pdf", b"x"), last=last
        )
        self.assertEqual(told, [{1: "odd"}])
        self.assertEqual((result.total, len(reader.pages)), (2, 2))

    def test_nothing_to_join(self):
        with self.assertRaises(MergeError):
            merge([self.part("b.pdf", b"x")], str(self.folder / "none.pdf"))
