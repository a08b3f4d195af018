"""Old books as spreadsheets, and clerks who take them over."""

import base64
import io

from openpyxl import Workbook

from ..lib.book import COLUMNS
from .common import DocumentCase


def book_file(rows, heading=None, titles=(), change=None):
    """Return an XLSX file of a book.

    :param rows: lists of cells
    :param heading: names of the columns; the law's by default
    :param titles: rows above the headings
    :param change: function that changes the sheet before it is saved
    """
    book = Workbook()
    sheet = book.active
    for row in (*titles, heading or list(COLUMNS.values()), *rows):
        sheet.append(row)
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book_row(number, day="12/02/2025", **cells):
    """Return a good row; ``cells`` by the keys of ``lib.book.COLUMNS``."""
    values = {
        "arrived": day,
        "number": number,
        "issuer": "Sở Nội vụ",
        "reference": f"{number}/TTr-SNV",
        "dated": "10/02/2025",
        "summary": f"Tờ trình về việc kiểm tra lần {number}",
        "recipient": "Phòng Nội vụ",
        "passed_on": day,
        "signed": "Đã ký",
        "note": "",
        **cells,
    }
    return [values[key] for key in COLUMNS]


class BookCase(DocumentCase):
    """The committee's clerk before an old book of 2025."""

    def wizard(self, rows, user=None, year=2025, **values):
        raw = values.pop("raw", None) or book_file(rows)
        return (
            self.env["qlvb.book.wizard"]
            .with_user(user or self.clerk)
            .create(
                {
                    "unit_id": self.committee.id,
                    "year": year,
                    "file": base64.b64encode(raw),
                    "file_name": "so.xlsx",
                    **values,
                }
            )
        )

    def checked(self, rows, **values):
        wizard = self.wizard(rows, **values)
        wizard.action_check()
        return wizard

    def taken_over(self):
        """Return what stands in the committee's register of 2025, by number."""
        self.env.flush_all()
        return self.env["qlvb.document"].search(
            [("unit_id", "=", self.committee.id), ("register_id.year", "=", 2025)],
            order="number",
        )

    def register(self):
        return self.env["qlvb.register"].search(
            [("unit_id", "=", self.committee.id), ("year", "=", 2025)]
        )

    def assertProblems(self, wizard, *expected):
        """Check what the dry run names: (row, column, words)."""
        found = [(p.row, p.column, p.explanation) for p in wizard.problem_ids]
        self.assertEqual(len(found), len(expected), found)
        for (row, column, said), (wanted_row, wanted, words) in zip(
            found, expected, strict=True
        ):
            self.assertEqual((row, column), (wanted_row, COLUMNS[wanted]), said)
            self.assertIn(words, said)
