"""Opens a spreadsheet that somebody else made, without trusting it.  Pure.

Bounded in bytes before and after unpacking, in rows and in columns; formulas and
merged cells are told apart from values.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 40
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_BESIDES = 4 * 1024 * 1024
"""Of formats and names, of which each is made an object before a row is read."""
_ROWS = ("xl/worksheets/sheet", "xl/sharedStrings")
_TEXTS = (".xml", ".rels")
_MOST_MEMBERS = 500
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
_LAST_ROW = 1_048_576
"""No spreadsheet has more; a file may say that it has."""

FORMULA = "formula"
MERGED = "merged"
BROKEN = "broken"


class SheetError(Exception):
    """A file that is not read; ``code`` tells why.

    ``size``, ``kind`` (no XLSX workbook), ``hostile`` (grows beyond measure, or
    holds declarations that no spreadsheet needs), ``rows`` or ``empty``.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows by number, those left out in which nothing stands."""

    is_visible: bool
    rows: dict


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    :param value: text, number, date or ``None``; never a formula
    :param flaw: ``formula``, ``merged`` or ``broken`` (an error value), else ``None``
    """

    value: object = None
    flaw: str | None = None

    @property
    def text(self):
        """The value as a person reads it, on one line."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, (datetime, date)):
            value = f"{value.day:02d}/{value.month:02d}/{value.year}"
        return " ".join(str(value).split())


def read_sheets(raw: bytes):
    """Return the sheets of a workbook, also hidden ones.

    :param raw: the file
    :return: a :class:`Sheet` each
    :raises SheetError: for what is not read
    """
    _check_archive(raw)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
        try:
            sheets = [
                Sheet(sheet.sheet_state == "visible", _read_sheet(sheet))
                for sheet in book.worksheets
            ]
        finally:
            book.close()
    except SheetError:
        raise
    # What a damaged or hostile file raises is openpyxl's own choice: whatever it
    # is, the file is not read.
    except (
        ArithmeticError,
        AttributeError,
        InvalidFileException,
        LookupError,
        OSError,
        ParseError,
        TypeError,
        ValueError,
        etree.LxmlError,
        zipfile.BadZipFile,
    ):
        raise SheetError("kind") from None
    return sheets


def _check_archive(raw):
    """Raise where the archive is none, or not one that a person made."""
    if not raw:
        raise SheetError("empty")
    if len(raw) > MOST_BYTES:
        raise SheetError("size")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise SheetError("kind")
            if len(members) > _MOST_MEMBERS:
                raise SheetError("hostile")
            left, left_besides = _MOST_UNPACKED, _MOST_BESIDES
            for member in members:
                if member.flag_bits & 1:
                    raise SheetError("kind")
                name = member.filename
                if name.endswith(_TEXTS) and not name.startswith(_ROWS):
                    left_besides -= _unpacked(archive, member, left_besides)
                else:
                    left -= _unpacked(archive, member, left)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise SheetError("kind") from None


def _unpacked(archive, member, left):
    """Return the true size of a member, which its own header may hide."""
    size, is_xml = 0, member.filename.endswith(_TEXTS)
    with archive.open(member) as stream:
        while chunk := stream.read(1 << 16):
            # Entities, and codings in which they would be overlooked.
            if is_xml and size == 0 and (b"<!" in chunk[:2048] or b"\0" in chunk):
                raise SheetError("hostile")
            size += len(chunk)
            if size > left:
                raise SheetError("hostile")
    return size


def _read_sheet(sheet):
    # Its own word for its size may be a lie: it is not asked.
    sheet.reset_dimensions()
    merged = _merged_rows(sheet)
    rows, blank = {}, None
    all_rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS)
    for number, row in enumerate(all_rows, 1):
        # One and the same for every row that is not there: a million of them.
        if row is blank:
            continue
        if all(cell.value is None for cell in row):
            blank = row
            continue
        cells = [_read_cell(cell, number in merged) for cell in row]
        if any(cell.value not in (None, "") or cell.flaw == FORMULA for cell in cells):
            if len(rows) > MOST_ROWS:
                raise SheetError("rows")
            rows[number] = cells
    return rows


def _read_cell(cell, merged):
    if cell.value is None:
        return Cell(None, MERGED if merged else None)
    if cell.data_type == "f":
        return Cell(None, FORMULA)
    if cell.data_type == "e":
        return Cell(None, BROKEN)
    return Cell(cell.value, MERGED if merged else None)


def _merged_rows(sheet):
    """Return the numbers of the rows that share a cell with another row.

    Cells merged within one row, as titles are, spoil nothing.
    """
    with sheet._get_source() as source:
        ranges = _MERGED.findall(source.read())
    # Longer numbers are those of no row, and take their time to be read.
    known = {(int(a), int(b)) for a, b in ranges if len(a) < 9 and len(b) < 9}
    rows, reached = set(), 0
    for first, last in sorted(known):
        if first != last:
            # Each row once, however many ranges lie over it.
            rows.update(range(max(first, reached), min(last, _LAST_ROW) + 1))
            reached = max(reached, last + 1)
    return rows
