"""Printed forms on the test's desk, and how to read what stands on them."""

import io

from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextContainer, LTTextLine

from .common import DocumentCase


def pages_of(content):
    """Return the text of each page of a PDF, blanks made one."""
    pages = extract_text(io.BytesIO(content)).split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def text_of(content):
    """Return the text of a whole PDF, blanks made one."""
    return " ".join(pages_of(content))


def places_of(content, number=0):
    """Return (text, left edge, top edge in points) of the lines of one page."""
    page = list(extract_pages(io.BytesIO(content)))[number]
    return [
        (line.get_text().strip(), line.x0, page.height - line.y1)
        for block in page
        if isinstance(block, LTTextContainer)
        for line in block
        if isinstance(line, LTTextLine)
    ]


class PrintCase(DocumentCase):
    """The office, with forms to print; the kinds bear their Vietnamese names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind.with_context(lang="vi_VN").name = "Tờ trình"
        cls.letter = cls.env.ref("qlvb_document.qlvb_document_type_cong_van")
        cls.letter.with_context(lang="vi_VN").name = "Công văn"
        cls.committee.write({"name": "UBND huyện Hiệp Hòa", "place": "Hiệp Hòa"})

    @classmethod
    def printed(cls, code, record, by=None, **options):
        """Return what ``by`` (the committee's clerk by default) prints."""
        return (
            cls.env["qlvb.form"]
            .with_user(by or cls.clerk)
            ._print(code, record.id, **options)
        )

    @classmethod
    def text(cls, code, record, by=None, **options):
        """Return the text of what is printed."""
        return text_of(cls.printed(code, record, by, **options).content)

    @classmethod
    def register_of(cls, document):
        return document.sudo().register_id.with_env(document.env)

    def assertInOrder(self, text, *words):
        """Check that the words stand in the text one after the other."""
        at = 0
        for word in words:
            found = text.find(word, at)
            self.assertGreaterEqual(found, 0, f"“{word}” after “{text[:at][-60:]}”")
            at = found + len(word)
