import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from odoo.tests import BaseCase, tagged

from odoo.addons.qlvb_base.lib import xlsx

from ..lib import book, mail
from .common_book import book_file, book_row

HEAD = b"From: a@b.vn\nTo: c@d.vn\n"


@tagged("post_install", "-at_install", "qlvb")
class TestHostileReading(BaseCase):
    """Mails and books that are made to keep their reader busy: no database needed."""

    def in_time(self, read, seconds=10):
        start = time.process_time()
        result = read()
        self.assertLess(time.process_time() - start, seconds)
        return result

    def test_mails_are_read_in_time(self):
        open_parts = b"".join(
            b"--a%d\nContent-Type: multipart/mixed; boundary=a%d\n\n" % (n, n + 1)
            for n in range(400)
        )
        for what, raw in {
            "subject": HEAD + b"Subject: " + b"=?a?q?x" * 300_000 + b"\n\nx",
            "sender": b"From: " + b"=?a?q?x" * 300_000 + b"\n\nx",
            "recipients": b"To: " + b"a@b.vn," * 500_000 + b"\n\nx",
            "kind": HEAD + b'Content-Type: text/plain; a="' + b";" * 300_000 + b"\n\n",
            "name": HEAD
            + b"Content-Disposition: attachment; filename="
            + b"=?a?q?x" * 50_000
            + b"\n\nx",
            "nested": HEAD
            + b"Content-Type: multipart/mixed; boundary=a0\n\n"
            + open_parts
            + b"\n" * 300_000,
        }.items():
            with self.subTest(what):
                self.in_time(lambda raw=raw: mail.read_mail(raw))

    def test_a_mail_to_many_is_still_addressed(self):
        many = b", ".join(b"a%d@b.vn" % number for number in range(900))
        read = mail.read_mail(b"From: x@y.vn\nTo: " + many + b"\n\nChao")
        self.assertIsNone(read.refusal)
        self.assertEqual(len(read.recipients), 900)

    def test_a_number_without_end_is_none(self):
        for value in ("0" * 300_000 + "!", "1" * 300_000 + "!"):
            self.assertEqual(
                self.in_time(lambda v=value: book._read_number(v)), (0, "number")
            )

    def test_books_are_read_in_time(self):
        good = book_file([book_row(1)])
        for what, old, new in (
            ("merged", b"</worksheet>", b'<mergeCell ref="A1:B1000000"/>' * 30_000),
            ("open", b"</worksheet>", b"<mergeCell " * 100_000),
            ("formats", b"</cellXfs>", b'<xf numFmtId="0"/>' * 900_000),
            ("far row", b'<row r="2"', b'<row r="999999999"'),
        ):
            parts = BytesIO()
            with (
                ZipFile(BytesIO(good)) as before,
                ZipFile(parts, "w", ZIP_DEFLATED) as after,
            ):
                for name in before.namelist():
                    part = before.read(name)
                    if what == "formats" and name.endswith("styles.xml"):
                        part = part.replace(old, new + old)
                    elif what != "formats" and name.endswith("sheet1.xml"):
                        self.assertIn(old, part)
                        end = old if old.startswith(b"</") else b""
                        part = part.replace(old, new + end)
                    after.writestr(name, part)
            with self.subTest(what):
                try:
                    self.in_time(lambda p=parts: xlsx.read_sheets(p.getvalue()))
                except xlsx.SheetError as error:
                    self.assertIn(error.code, ("kind", "hostile"))
