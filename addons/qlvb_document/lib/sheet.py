"""Writes a book as a spreadsheet.  Pure.

Every cell is text, as it stands in the book: a number with a slash is no date, and
what begins with “=” is no formula.
"""

import io

import xlsxwriter

_CHARACTERS_A_MILLIMETRE = 0.55
_NAME = "Sổ đăng ký"
"""Of the sheet: a title may hold what a sheet's name must not."""


def write_book(heading, columns, rows) -> bytes:
    """Return a workbook of one sheet: a heading, the columns, a row a line.

    :param heading: lines above the columns, the first being the title
    :param columns: pairs of name and width in millimetres
    :param rows: lists of texts

    >>> write_book(["Sổ [QĐ/TB]"], [("Số", 20)], [["01/QĐ-UBND"]])[:2]
    b'PK'
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(_NAME)
    bold = book.add_format({"bold": True})
    head = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center"}
    )
    cell = book.add_format(
        {"num_format": "@", "border": 1, "text_wrap": True, "valign": "top"}
    )
    for line, words in enumerate(heading):
        sheet.write_string(line, 0, words, bold)
    top = len(heading) + 1
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width * _CHARACTERS_A_MILLIMETRE)
        sheet.write_string(top, place, name, head)
        sheet.write_string(top + 1, place, f"({place + 1})", head)
    for line, row in enumerate(rows, top + 2):
        for place, words in enumerate(row):
            sheet.write_string(line, place, words or "", cell)
    sheet.freeze_panes(top + 2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top, top + 1)
    book.close()
    return stream.getvalue()
