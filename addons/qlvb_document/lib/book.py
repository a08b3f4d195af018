"""Reads the incoming register of a paper year from a spreadsheet.  Pure.

Ten columns, as Annex IV of Decree 30/2020 draws them, in whatever order and
spelling.  What cannot be taken over is told row by row; nothing is guessed where
the book itself is unclear.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from odoo.addons.qlvb_base.lib import text as texts
from odoo.addons.qlvb_base.lib.symbols import fold, symbol_key, word_key
from odoo.addons.qlvb_base.lib.xlsx import Cell

from .days import FIRST_YEAR
from .entry import issuer_key
from .forms import is_about
from .telltale import telltale

COLUMNS = {
    "arrived": "Ngày đến",
    "number": "Số đến",
    "issuer": "Tác giả",
    "reference": "Số, ký hiệu văn bản",
    "dated": "Ngày tháng văn bản",
    "summary": "Tên loại và trích yếu nội dung văn bản",
    "recipient": "Đơn vị hoặc người nhận",
    "passed_on": "Ngày chuyển",
    "signed": "Ký nhận",
    "note": "Ghi chú",
}
"""The columns with the names that the law gives them."""

REQUIRED = ("arrived", "number", "issuer", "reference", "dated", "summary")

_HEADINGS = {
    "arrived": ("ngay den", "ngay thang den", "ngay nhan", "ngay thang nhan"),
    "number": ("so den", "so dang ky", "so dang ky den", "so thu tu den"),
    "issuer": (
        "tac gia",
        "tac gia van ban",
        "co quan ban hanh",
        "co quan ban hanh van ban",
        "don vi ban hanh",
        "noi ban hanh",
        "noi gui",
    ),
    "reference": (
        "so ky hieu",
        "so ky hieu van ban",
        "so va ky hieu",
        "so va ky hieu van ban",
        "ky hieu",
    ),
    "dated": (
        "ngay thang",
        "ngay thang van ban",
        "ngay thang nam",
        "ngay thang nam van ban",
        "ngay van ban",
        "ngay ban hanh",
    ),
    "summary": (
        "ten loai va trich yeu noi dung van ban",
        "ten loai va trich yeu noi dung",
        "ten loai va trich yeu",
        "ten loai trich yeu noi dung",
        "ten loai trich yeu",
        "trich yeu noi dung van ban",
        "trich yeu noi dung",
        "trich yeu",
    ),
    "recipient": ("don vi hoac nguoi nhan", "don vi nguoi nhan", "nguoi nhan"),
    "passed_on": ("ngay chuyen", "ngay chuyen giao"),
    "signed": ("ky nhan", "nguoi ky nhan"),
    "note": ("ghi chu",),
}
_BY_HEADING = {
    heading: key for key, headings in _HEADINGS.items() for heading in headings
}
_HEADING_ROWS = 30
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_INSERTED = re.compile(r"\d{1,12}\s?[-./]?\s?(?:[a-zđ]{1,3}|bis)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_QUOTED = 40


@dataclass(frozen=True)
class Flaw:
    """What keeps a row from being taken over.

    :param row: number of the row in the sheet
    :param column: key of ``COLUMNS``; empty for the row as a whole
    :param code: what is wrong
    :param details: what the words about it need
    """

    row: int
    column: str
    code: str
    details: dict = field(default_factory=dict, hash=False)


class HeadingError(Exception):
    """No row with the headings was found; ``missing`` are those still wanted."""

    def __init__(self, missing):
        super().__init__(missing)
        self.missing = missing


class DayError(ValueError):
    """What stands there is no day."""


@dataclass
class Line:
    """A paper as it stands in the book."""

    row: int
    arrived: date | None = None
    number: int = 0
    issuer: str = ""
    reference: str = ""
    dated: date | None = None
    kind: int = 0
    summary: str = ""
    recipient: str = ""
    passed_on: date | None = None
    signed: str = ""
    note: str = ""

    @property
    def same_paper(self):
        """What two entries of one paper have in common."""
        return symbol_key(self.reference), self.dated, issuer_key(self.issuer)


@dataclass
class Terms:
    """What a book is held against.

    :param year: the register's year
    :param today: the day it is
    :param last_number: how far the register has come
    :param limits: greatest number of characters by column
    :param kind_of: function of a text and a symbol that returns the id of the kind
        that they name, or 0, and how many characters of the text its name takes
    """

    year: int
    today: date
    last_number: int
    limits: dict
    kind_of: object


@dataclass
class Book:
    """What was read: lines in the order of their numbers, and what is wrong."""

    lines: list
    flaws: list


def forbidden_rows(sheets):
    """Return (number of the row, ground) for all that Article 3 keeps out.

    Whatever the headings: also titles and what stands beside the table.
    """
    found = []
    for sheet in sheets:
        for number, cells in sheet.rows.items():
            grounds = (telltale(cell.text) for cell in cells if cell.text)
            if ground := next(filter(None, grounds), None):
                found.append((number, ground))
    return found


def find_table(sheets):
    """Return the rows below the headings, with the place of each column.

    :raises HeadingError: where no sheet has them all
    """
    nearest = set(REQUIRED)
    for sheet in sheets:
        if not sheet.is_visible:
            continue
        for number, cells in list(sheet.rows.items())[:_HEADING_ROWS]:
            places = {}
            for place, cell in enumerate(cells):
                key = _BY_HEADING.get(word_key(cell.text))
                if key:
                    places.setdefault(key, place)
            missing = set(REQUIRED) - places.keys()
            if not missing:
                below = {n: row for n, row in sheet.rows.items() if n > number}
                return places, _without_column_numbers(below)
            nearest = min(nearest, missing, key=len)
    raise HeadingError([key for key in REQUIRED if key in nearest])


def _without_column_numbers(rows):
    """Leave out the row “(1) (2) (3) …” that forms have below their headings."""
    first = next(iter(rows), None)
    if first is not None:
        said = [cell.text.strip("()") for cell in rows[first] if cell.text]
        if len(said) >= len(REQUIRED) and said == [
            str(number) for number in range(1, len(said) + 1)
        ]:
            rows.pop(first)
    return rows


def read_book(places, rows, terms):
    """Read the rows of a book and name everything that is wrong with them.

    :param places: place of each column, by key
    :param rows: cells by number of the row
    :param terms: what it is held against
    :return: the :class:`Book`
    """
    flaws, lines = [], []
    for number, cells in rows.items():
        cells = {
            key: cells[place] if place < len(cells) else Cell()
            for key, place in places.items()
        }
        if not any(cell.text or cell.flaw for cell in cells.values()):
            continue
        lines.append(_read_line(number, cells, terms, flaws))
    flaws += _order_flaws(lines, terms.last_number)
    flaws.sort(key=lambda flaw: flaw.row)
    return Book(sorted(lines, key=lambda line: line.number), flaws)


def _read_line(number, cells, terms, flaws):
    line = Line(number)
    for key, cell in cells.items():
        value, code = _read_cell(key, cell, terms)
        if code:
            details = {"value": cell.text[:_QUOTED], "limit": terms.limits.get(key)}
            flaws.append(Flaw(number, key, code, details))
        else:
            setattr(line, key, value)
    _check_days(line, terms, flaws)
    if line.summary:
        said = line.summary
        line.kind, taken = terms.kind_of(said, line.reference)
        line.summary = summary_without_kind(said, taken)
        if not line.kind:
            details = {"value": said[:_QUOTED]}
            flaws.append(Flaw(number, "summary", "kind", details))
    return line


def _read_cell(key, cell, terms):
    """Return the value of a cell and what is wrong with it, either of them empty."""
    if cell.flaw:
        return None, cell.flaw
    if not cell.text:
        return (None, "missing") if key in REQUIRED else ("", None)
    if key in ("arrived", "dated", "passed_on"):
        try:
            return cell_day(cell.value), None
        except DayError:
            return None, "date"
    if key == "number":
        return _read_number(cell.value)
    value = texts.tidy(cell.text)
    return value, texts.problem(value, terms.limits[key])


def cell_day(value) -> date:
    """Return the day that stands in a cell.

    :raises DayError: for anything else, also a year of two figures

    >>> cell_day("6/8/2014").isoformat(), cell_day(" 06.08.2014 ").isoformat()
    ('2014-08-06', '2014-08-06')
    >>> cell_day(datetime(2014, 8, 6, 9)).isoformat(), cell_day("2014-08-06").day
    ('2014-08-06', 6)
    >>> for wrong in ("6/8/14", "31/02/2014", "tháng 8", 41857, True):
    ...     try: cell_day(wrong)
    ...     except DayError: print("no day")
    no day
    no day
    no day
    no day
    no day
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        if found := _DAY.fullmatch(value.strip()):
            day, month, year = map(int, found.groups())
        elif found := _ISO_DAY.fullmatch(value.strip()):
            year, month, day = map(int, found.groups())
        else:
            raise DayError
        try:
            return date(year, month, day)
        except ValueError:
            raise DayError from None
    raise DayError


def _read_number(value):
    """Return the number of a paper and what is wrong with it.

    >>> _read_number("015"), _read_number(15.0), _read_number("15a"), _read_number("x")
    ((15, None), (15, None), (0, 'inserted'), (0, 'number'))
    """
    if isinstance(value, bool):
        return 0, "number"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = " ".join(str(value).strip()[:_QUOTED].split())
    if said.isascii() and said.isdecimal() and len(said) < 9 and int(said) > 0:
        return int(said), None
    return 0, "inserted" if _INSERTED.fullmatch(said) else "number"


def _check_days(line, terms, flaws):
    if line.arrived and line.arrived.year != terms.year:
        flaws.append(Flaw(line.row, "arrived", "year", {"year": terms.year}))
    elif line.arrived and line.arrived > terms.today:
        flaws.append(Flaw(line.row, "arrived", "future"))
    if line.dated and line.dated.year < FIRST_YEAR:
        flaws.append(Flaw(line.row, "dated", "early"))
    elif line.dated and line.arrived and line.dated > line.arrived:
        flaws.append(Flaw(line.row, "dated", "after"))


def _order_flaws(lines, last_number):
    """Return what is wrong with the run of numbers: none missing, none twice."""
    flaws, rows = [], {}
    for line in lines:
        if not line.number:
            continue
        if line.number <= last_number:
            details = {"last": last_number, "next": last_number + 1}
            flaws.append(Flaw(line.row, "number", "taken", details))
        elif line.number in rows:
            details = {"number": line.number, "row": rows[line.number]}
            flaws.append(Flaw(line.row, "number", "doubled", details))
        else:
            rows[line.number] = line.row
    expected = last_number + 1
    for number in sorted(rows):
        if number > expected:
            details = {"first": expected, "last": number - 1}
            flaws.append(Flaw(rows[number], "number", "gap", details))
        expected = number + 1
    return flaws


def kind_at_start(text: str, names: dict):
    """Return the kind with whose name a text begins, and where that name ends.

    :param names: kinds by the words of their names, folded
    :return: the kind, or 0; and the number of characters taken

    >>> names = {("thong", "bao"): 1, ("thong", "bao", "ket", "luan"): 2}
    >>> kind_at_start("Thông báo kết luận của Chủ tịch", names)
    (2, 18)
    >>> kind_at_start("THÔNG BÁO: nghỉ lễ", names), kind_at_start("V/v nghỉ lễ", names)
    ((1, 9), (0, 0))
    """
    longest, words, found = max(map(len, names), default=0), [], (0, 0)
    for match in _WORD.finditer(text):
        words.append(fold(match[0]))
        if len(words) > longest:
            break
        if kind := names.get(tuple(words)):
            found = kind, match.end()
    return found


def summary_without_kind(text: str, taken: int) -> str:
    """Return what a document is about, without the name of its kind before it.

    Where the rest would make no sentence of its own the name stays: column 6 of
    the register shows the same words either way.

    >>> summary_without_kind("Tờ trình về việc ban hành Quy chế", 8)
    'Về việc ban hành Quy chế'
    >>> summary_without_kind("Kế hoạch: chuyển đổi số", 8)
    'Chuyển đổi số'
    >>> summary_without_kind("Báo cáo kết quả quý III", 7)
    'Báo cáo kết quả quý III'
    """
    rest = text[taken:]
    said = rest.lstrip(" :;,.-–—")
    if taken and said and (is_about(said) or rest.lstrip()[:1] in ":;,-–—"):
        return said[:1].upper() + said[1:]
    return text
