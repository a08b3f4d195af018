import doctest
import io
import re
import time
from datetime import date

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from odoo.tests import BaseCase, tagged

from odoo.addons.qlvb_base.lib import pdf

from ..lib import pdf_blanks, pdf_spots, pdf_update
from ..lib.vetting_pdf import read_pdf
from .common_pages import (
    A4,
    NUMBER,
    page_pdf,
    scan_pdf,
    signatures_of,
    signed_by_person,
)

DAY = date(2014, 8, 28)
REFERENCE = "10/QĐ-UBND"


def values_of(content):
    """Return what the fields of ours hold, by name."""
    fields = PdfReader(io.BytesIO(content)).get_fields() or {}
    return {
        name.removeprefix("qlvb_"): field.get("/V")
        for name, field in fields.items()
        if name.startswith("qlvb_")
    }


def rects_of(content):
    fields = PdfReader(io.BytesIO(content)).pages[0]["/Annots"]
    return [
        [float(side) for side in field.get_object()["/Rect"]]
        for field in fields
        if "/QLVB" in field.get_object()
    ]


@tagged("post_install", "-at_install", "qlvb")
class TestBlanks(BaseCase):
    """Number and date are filled in where the page leaves room: no database needed."""

    def filled(self, content, reference=REFERENCE, day=DAY, place="Hiệp Hòa"):
        """Return the file as it is when the person signed and the clerk issued."""
        prepared = pdf_blanks.prepare(content, place).content
        self.assertTrue(prepared.startswith(content))
        result = pdf_blanks.fill(prepared, reference, day)
        self.assertTrue(result.startswith(prepared))
        return result

    def said(self, content):
        """Return the first page as one reads it, fields included."""
        return " ".join(read_pdf(content)[0].split("\f")[0].split())

    def test_examples_in_the_documentation_hold(self):
        for module in (pdf_blanks, pdf_spots, pdf_update):
            self.assertEqual(doctest.testmod(module).failed, 0)

    def test_each_way_of_leaving_a_blank(self):
        whole = {"day": "28", "month": "8"}
        for number, day, expected in (
            (NUMBER, "Hiệp Hòa, ngày      tháng      năm 2014", {"number": "10"}),
            ("Số:      /2014/QĐ-UBND", "ngày ...... tháng ...... năm 20....",
             {"number": "10", "year": "14"}),
            ("Số: ........../UBND-VX", "ngày …… tháng …… năm ……",
             {"number": "10", "year": "2014"}),
            ("Số:", "Hiệp Hòa, ngày _____ tháng _____ năm 201",
             {"reference": REFERENCE, "year": "4"}),
            ("Số", "Hiệp Hòa, ngày      tháng      năm", None),
            ("So\u0302\u0301:       /QĐ-UBND", "ngày       tháng       năm 2014",
             {"number": "10"}),
        ):  # fmt: skip
            with self.subTest(number):
                values = values_of(self.filled(page_pdf(number, day)))
                if expected is None:
                    # Nothing tells a bare word from any other.
                    self.assertEqual(values["reference"], f"Số: {REFERENCE}")
                else:
                    self.assertEqual(values, expected | whole)

    def test_without_room_the_words_are_written_anew(self):
        content = page_pdf("Số: /QĐ-UBND", "Hiệp Hòa, ngày tháng năm 2014")
        self.assertEqual(
            values_of(self.filled(content)),
            {
                "reference": "Số: 10/QĐ-UBND",
                "date": "ngày 28 tháng 8 năm 2014",
            },
        )

    def test_a_scan_gets_them_where_the_decree_has_them(self):
        for content in (page_pdf("", ""), scan_pdf()):
            prepared = pdf_blanks.prepare(content, "Hiệp Hòa")
            self.assertEqual(prepared.found, ())
            self.assertEqual(
                values_of(self.filled(content)),
                {
                    "reference": "Số: 10/QĐ-UBND",
                    "date": "Hiệp Hòa, ngày 28 tháng 8 năm 2014",
                },
            )
            number, day = rects_of(prepared.content)
            self.assertTrue(85 < number[0] < number[2] < 297, "left column")
            self.assertTrue(280 < day[0] < day[2] < 560, "right column")
            self.assertTrue(700 < number[1] < number[3] < 830, "below the agency")

    def test_a_file_without_a_page_gets_one(self):
        prepared = pdf_blanks.prepare(b"%PDF-1.4\n%%EOF").content
        values = values_of(pdf_blanks.fill(prepared, REFERENCE, DAY))
        self.assertEqual(values["reference"], "Số: 10/QĐ-UBND")

    def test_what_is_printed_is_not_written_over(self):
        content = page_pdf("Số: 09/QĐ-UBND", "Hiệp Hòa, ngày 27 tháng 8 năm 2014")
        prepared = pdf_blanks.prepare(content)
        self.assertEqual(prepared.content, content)
        opened = pdf_blanks.plan(content)
        self.assertEqual(opened.fields, [])
        self.assertEqual(
            pdf_blanks.conflicts(opened.printed, REFERENCE, DAY),
            [("number", "09", "10"), ("day", "27", "28")],
        )
        self.assertEqual(pdf_blanks.fill(opened, "09/QĐ-UBND", DAY), content)

    def test_a_law_in_the_text_is_no_date_of_the_document(self):
        prepared = pdf_blanks.prepare(page_pdf(day=""))
        self.assertEqual(prepared.found, ("number",))
        self.assertNotIn("year", prepared.printed)

    def test_vietnamese_letters_are_read_back(self):
        text = self.said(self.filled(page_pdf("Số:", "ngày      tháng      năm")))
        self.assertIn("10/QĐ-UBND", text)
        text = self.said(self.filled(page_pdf("", "")))
        self.assertIn("Hiệp Hòa, ngày 28 tháng 8 năm 2014", text)

    def test_turned_and_cut_pages_read_upright(self):
        for turn in (0, 90, 180, 270):
            for crop in (None, (20, 30, 10, 5)):
                with self.subTest(turn=turn, crop=crop):
                    content = page_pdf(turn=turn, crop=crop)
                    prepared = pdf_blanks.prepare(content)
                    self.assertEqual(prepared.found, ("number", "date"))
                    self.assertEqual(
                        _shown(rects_of(prepared.content)[0], turn),
                        _shown(rects_of(pdf_blanks.prepare(page_pdf()).content)[0], 0),
                    )
                    result = pdf_blanks.fill(prepared.content, REFERENCE, DAY)
                    self.assertIn("10", self.said(result))

    def test_pages_of_any_size(self):
        for size in ((420, 595), (612, 792), (842, 1191), (842, 595)):
            for number in (NUMBER, ""):
                with self.subTest(size=size, number=number):
                    prepared = pdf_blanks.prepare(page_pdf(number, size=size)).content
                    for x0, y0, x1, y1 in rects_of(prepared):
                        self.assertTrue(0 <= x0 < x1 <= size[0])
                        self.assertTrue(0 <= y0 < y1 <= size[1])

    def test_each_kind_of_table_is_gone_on_with(self):
        streams = pdf.render(f"<p style='white-space: pre'>{NUMBER}</p>").content
        self.assertIn(b"/ObjStm", streams)
        for content, is_stream in ((page_pdf(), False), (streams, True)):
            result = self.filled(content)
            start = result.rindex(b"startxref")
            place = int(result[start + 9 : result.rindex(b"%%EOF")])
            self.assertEqual(result[place : place + 4] != b"xref", is_stream)
            self.assertEqual(values_of(result)["number"], "10")
            # Strictly read, and every revision of it.
            self.assertTrue(PdfReader(io.BytesIO(result), strict=True).pages[0])

    def test_what_goes_with_it_names_it_too(self):
        def attached(canvas):
            canvas.showPage()
            canvas.setFont("Serif", 13)
            canvas.drawString(90, 760, "QUY CHẾ")
            canvas.drawString(60, 740, "(Kèm theo Quyết định số          /QĐ-UBND")
            canvas.drawString(60, 720, "ngày        tháng        năm         của UBND)")
            canvas.drawString(60, 700, "Điều 1. Theo Quyết định số       /QĐ-UBND")

        values = values_of(self.filled(page_pdf(more=attached)))
        self.assertEqual(
            values,
            {
                "number": "10",
                "day": "28",
                "month": "8",
                "number_2": "10",
                "day_2": "28",
                "month_2": "8",
                "year_2": "2014",
            },
        )

    def test_fields_of_others_stay(self):
        for indirect in (False, True):
            with self.subTest(indirect=indirect):
                result = self.filled(_with_form(indirect))
                fields = PdfReader(io.BytesIO(result)).get_fields()
                self.assertEqual(fields["theirs"]["/V"], "Của họ")
                self.assertEqual(fields["qlvb_number"]["/V"], "10")

    def test_several_hundred_pages(self):
        content = page_pdf(pages=600)
        prepared = pdf_blanks.prepare(content).content
        opened = pdf_blanks.plan(prepared)
        start = time.perf_counter()
        result = pdf_blanks.fill(opened, REFERENCE, DAY)
        self.assertLess(time.perf_counter() - start, 0.04)
        self.assertLess(len(result) - len(content), 40_000)
        self.assertEqual(len(PdfReader(io.BytesIO(result)).pages), 600)

    def test_damaged_and_locked_files_are_written_anew(self):
        content = page_pdf()
        for what, bad in {
            "table elsewhere": content[: content.rindex(b"startxref")]
            + b"startxref\n7\n%%EOF\n",
            "moved": b"\xef\xbb\xbf" + content,
            "locked": _locked(content),
        }.items():
            with self.subTest(what):
                prepared = pdf_blanks.prepare(bad)
                result = pdf_blanks.fill(prepared.content, REFERENCE, DAY)
                self.assertEqual(values_of(result)["number"], "10")

    def test_garbage_is_told_apart(self):
        for code, content in {
            "odd": b"no PDF at all",
            "fields": page_pdf(),
            "filled": self.filled(page_pdf()),
        }.items():
            with self.assertRaises(pdf_blanks.BlanksError) as caught:
                pdf_blanks.plan(content)
            self.assertEqual(caught.exception.code, code)
        for code, content in {
            "odd": b"%PDF-1.4 stream",
            "filled": self.filled(page_pdf()),
        }.items():
            with self.assertRaises(pdf_blanks.BlanksError) as caught:
                pdf_blanks.prepare(content)
            self.assertEqual(caught.exception.code, code)

    def test_what_was_prepared_before_is_no_draft(self):
        once = pdf_blanks.prepare(page_pdf()).content
        with self.assertRaises(pdf_blanks.BlanksError) as caught:
            pdf_blanks.prepare(once)
        self.assertEqual(caught.exception.code, "filled")

    def test_a_field_says_nothing_but_what_is_filled_in(self):
        prepared = pdf_blanks.prepare(page_pdf()).content
        words = pdf_update.pdf_string("{number}")
        planted = pdf_update.pdf_string("{day:9}")
        self.assertEqual(len(words), len(planted) + 4)
        forged = prepared.replace(words, planted + b" " * 4, 1)
        result = pdf_blanks.fill(forged, REFERENCE, DAY)
        self.assertEqual(values_of(result)["number"], "{day:9}")

    def test_pages_that_lead_in_circles(self):
        for kids in (b"2 0 R", b"2 0 R " * 5000):
            content = (
                b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                b"2 0 obj<</Type/Pages/Kids[%s]/Count 2>>endobj\n"
                b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%%%EOF\n" % kids
            )
            with self.assertRaises(pdf_blanks.BlanksError) as caught:
                pdf_blanks.prepare(content)
            self.assertEqual(caught.exception.code, "odd")

    def test_fields_that_the_drafter_put_there_are_not_filled_in(self):
        once = pdf_blanks.prepare(page_pdf()).content
        template = "{number}".encode("utf-16-be").hex().upper().encode()
        for change in (
            # Another number, a text without end, one that looks about.
            lambda pdf: pdf.replace(template, "99".encode("utf-16-be").hex().encode()),
            lambda pdf: pdf.replace(
                template, "{year:>900000000}".encode("utf-16-be").hex().encode()
            ),
            lambda pdf: re.sub(rb"/Rect \[[^]]*\]", b"/Rect [0 0 0 0]", pdf, count=1),
            lambda pdf: pdf.replace(b"/Ff 1", b"/OC 1 0 R /Ff 1", 1),
            lambda pdf: re.sub(rb"/Annots \[\d+ 0 R", b"/Annots [", pdf, count=1),
        ):
            writer, forged = PdfWriter(), io.BytesIO()
            changed = change(once)
            self.assertNotEqual(changed, once)
            writer.clone_document_from_reader(PdfReader(io.BytesIO(changed)))
            writer.write(forged)
            with self.assertRaises(pdf_blanks.BlanksError) as caught:
                pdf_blanks.prepare(forged.getvalue())
            self.assertEqual(caught.exception.code, "filled")

    def test_the_signature_of_the_person_stays_valid(self):
        streams = pdf.render(f"<p style='white-space: pre'>{NUMBER}</p>").content
        for content in (page_pdf(), streams, page_pdf("", ""), _with_form(True)):
            signed = signed_by_person(pdf_blanks.prepare(content).content)
            result = pdf_blanks.fill(signed, REFERENCE, DAY)
            (status,) = signatures_of(result)
            self.assertTrue(status.intact and status.valid and status.trusted)
            self.assertEqual(status.modification_level.name, "FORM_FILLING")
            self.assertTrue(status.bottom_line)

    def test_the_unit_signs_behind_the_number(self):
        signed = signed_by_person(pdf_blanks.prepare(page_pdf()).content)
        result = signed_by_person(pdf_blanks.fill(signed, REFERENCE, DAY), "CoQuan")
        person, unit = signatures_of(result)
        self.assertTrue(person.bottom_line and unit.bottom_line)
        self.assertEqual(unit.coverage.name, "ENTIRE_FILE")

    def test_another_number_drawn_on_the_page_breaks_the_signature(self):
        signed = signed_by_person(pdf_blanks.prepare(page_pdf()).content)
        result = pdf_blanks.fill(signed, REFERENCE, DAY)
        forged = result.replace(b"/BaseFont /Times-Roman", b"/BaseFont /Times-Romax", 1)
        self.assertNotEqual(forged, result)
        (status,) = signatures_of(forged)
        self.assertFalse(status.intact)


def _shown(rect, turn):
    """Return where a field is as one sees it, on A4, in whole points."""
    x0, y0, x1, y1 = rect
    width, height = A4
    return [
        round(side)
        for side in {
            0: (x0, y0, x1, y1),
            90: (y0, height - x1, y1, height - x0),
            180: (width - x1, height - y1, width - x0, height - y0),
            270: (width - y1, x0, width - y0, x1),
        }[turn]
    ]


def _locked(content):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt("", "owner", algorithm="AES-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _with_form(indirect):
    """Return a page with a form of somebody else's."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(page_pdf())))
    field = writer._add_object(
        DictionaryObject(
            {
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): TextStringObject("theirs"),
                NameObject("/V"): TextStringObject("Của họ"),
            }
        )
    )
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([field])})
    writer.root_object[NameObject("/AcroForm")] = (
        writer._add_object(form) if indirect else form
    )
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
