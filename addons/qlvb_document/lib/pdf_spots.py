"""Where number and date of a document belong on its first page.

As offices leave them: blank room behind “Số:” and between “ngày … tháng … năm …”,
of spaces, dots or lines.  Where nothing of that can be read, as on a scan, the
places that Decree 30/2020 gives them (Annex I, boxes 3 and 4).

Pure, and imports nothing of ours: the program that opens PDF files in bounds is
started by its path and uses it too.  The words are those that stand on paper.
Everything is in points, on the page as one sees it, from its lower left corner.
"""

import re
from dataclasses import dataclass, field

MM = 72 / 25.4
_BLANK = r"[\s.…_‥·⋯]*"
# Also as the fonts of the years before Unicode (TCVN3, VNI) are read.
_NO = r"(?:S[ốỐ]|Sè|Soá)"
_DAY = r"(?:[Nn]gày|[Nn]gµy|[Nn]gaøy)"
_MONTH = r"(?:tháng|th¸ng|thaùng)"
_YEAR = r"(?:năm|n¨m|naêm)"
_AFTER_NO = (
    rf"(?P<colon>\s?[:：])?(?P<blank>{_BLANK})"
    r"(?P<printed>\d+)?(?P<symbol>\s*[/-]\s*(?=[^\W_])\S+)?"
)
_NUMBER = re.compile(rf"(?<!\S){_NO}{_AFTER_NO}")
_NUMBER_WITHIN = re.compile(rf"(?<!\S)số{_AFTER_NO}")
_DATE = re.compile(
    rf"(?P<before>\A|[,\t]\s*|\s){_DAY}(?P<day>{_BLANK}|\s*\d{{1,2}}\s*){_MONTH}"
    rf"(?P<month>{_BLANK}|\s*\d{{1,2}}\s*){_YEAR}"
    rf"\s*(?:(?P<year>\d{{4}})|(?P<head>\d{{0,3}})(?P<tail>{_BLANK}))"
)
_DRAWN = re.compile(r"[.…_‥·⋯]")

NUMBER_ROOM = 1.2
DAY_ROOM = 0.6
"""Times the letter's size: less room does for no number, and no day."""


@dataclass
class Cell:
    """A letter, with its accents, or the gap between two."""

    text: str
    left: float
    right: float
    italic: bool = False


@dataclass
class Row:
    """Letters on one line of the page.

    :param cells: from left to right
    :param base: the height on which they stand
    :param size: the height of the letters
    """

    cells: list
    base: float
    size: float

    @property
    def text(self):
        """One character a cell, so that places in it are places on the page."""
        return "".join(cell.text[:1] for cell in self.cells)


@dataclass
class Spot:
    """A place that is filled in when the number is given.

    :param name: what goes there: number, reference, day, month, year, date
    :param template: how it is written there
    :param align: 0 from the left, 1 centred, 2 to the right
    :param cover: whether what stands there is painted over
    """

    name: str
    left: float
    right: float
    base: float
    size: float
    template: str
    align: int = 0
    cover: bool = False
    italic: bool = False


@dataclass
class Spots:
    """What was found on a page.

    :param spots: the places to be filled in
    :param printed: what the page says already, by name: number, symbol, day,
        month, year
    :param found: the names of what was read from the page, not assumed
    """

    spots: list
    printed: dict = field(default_factory=dict)
    found: list = field(default_factory=list)


def find_spots(rows, width, height, place="") -> Spots:
    """Return where number and date are filled in.

    :param rows: the rows of the page, from top to bottom
    :param place: place name for a date line of which nothing is on the page

    >>> def row(text, base=700, left=60):
    ...     return Row([Cell(c, left + 6 * n, left + 6 * n + 6)
    ...                 for n, c in enumerate(text)], base, 13)
    >>> head = row("Số:      /QĐ-UBND      Hiệp Hòa, ngày     tháng     năm 2014")
    >>> spots = find_spots([head], 595, 842)
    >>> [(spot.name, spot.left, spot.right) for spot in spots.spots]
    [('number', 81.25, 114), ('day', 283.95, 310.05), ('month', 343.95, 370.05)]
    >>> spots.printed, spots.found
    ({'symbol': '/QĐ-UBND', 'year': '2014'}, ['number', 'date'])
    >>> [spot.name for spot in find_spots([], 595, 842).spots]
    ['reference', 'date']
    """
    spots = Spots([])
    top = [row for row in rows if row.base > height / 2]
    low = _find_number(top, spots, width)
    # Behind the heading, dates are those of the laws that a text is founded on.
    limit = low[1] - 2 * low[0] if low else height * 0.65
    if not _find_date([row for row in top if row.base > limit], spots, width):
        _assume_date(rows, spots, width, height, place, low and low[1])
    if "number" not in spots.found:
        _assume_number(rows, spots, width, height)
    return spots


def find_attached(rows, width) -> list[Spot]:
    """Return where a text that goes with the document names it.

    At the head of an appendix or of a regulation that is issued with a decision:
    “(Kèm theo Quyết định số … ngày … tháng … năm … của …)”.

    :param rows: the rows of a later page, from top to bottom

    >>> row = Row([Cell(c, 6 * n, 6 * n + 6) for n, c in enumerate(
    ...     "(Kèm theo Quyết định số      /QĐ-UBND ngày     tháng     năm 2014)")],
    ...     700, 13)
    >>> [spot.name for spot in find_attached([row], 595)]
    ['number', 'day', 'month']
    >>> find_attached([Row(row.cells[9:], 700, 13)], 595)
    []
    """
    spots = Spots([])
    for place, row in enumerate(rows):
        if "kèm theo" not in row.text.lower():
            continue
        for near in rows[place : place + 3]:
            found = _NUMBER_WITHIN.search(near.text)
            if found and found["symbol"] and not found["printed"]:
                symbol = re.sub(r"\s", "", found["symbol"])
                spots.spots.append(_number_spot(near, found, symbol, width))
            if _find_date([near], spots, width):
                return spots.spots
    return spots.spots


def _find_number(rows, spots, width):
    """Add the place of the number; return size and base of its row, or ``None``."""
    for row in rows:
        for found in _NUMBER.finditer(row.text):
            symbol = re.sub(r"\s", "", found["symbol"] or "")
            if not symbol and not found["colon"]:
                continue
            spots.found.append("number")
            if symbol:
                spots.printed["symbol"] = symbol
            if found["printed"]:
                spots.printed["number"] = found["printed"]
            else:
                spots.spots.append(_number_spot(row, found, symbol, width))
            return row.size, row.base
    return None


def _number_spot(row, found, symbol, width):
    start, end = found.span("blank")
    drawn = bool(_DRAWN.search(found["blank"]))
    left = row.cells[start - 1].right + row.size / 4
    if symbol:
        first = found.start("symbol")
        while row.text[first].isspace():
            first += 1
        right = row.cells[first].left
        if right - left >= NUMBER_ROOM * row.size:
            return _spot(row, "number", left, right, "{number}", align=2, cover=drawn)
        # No room for a number: all of it is written anew over what is there.
        whole = row.text[found.start() : found.start("blank")].rstrip()
        start, end = found.start(), found.end("symbol")
        left = row.cells[start].left
        right = max(row.cells[end - 1].right, _room(row, end, width))
        return _spot(row, "reference", left, right, whole + " {reference}", cover=True)
    right = _room(row, end, width)
    if drawn:
        last = found.start("blank") + len(found["blank"].rstrip()) - 1
        right = max(right, row.cells[last].right)
    return _spot(row, "reference", left, right, "{reference}", cover=drawn)


def _room(row, end, width):
    """Return how far one may write from a place in a row: to what comes next."""
    following = next(
        (cell.left for cell in row.cells[end:] if not cell.text.isspace()), None
    )
    if following is None:
        # In the left column, as a rule, with the motto beside it.
        return min(width - 15 * MM, row.cells[max(end, 1) - 1].right + 60 * MM)
    return following - row.size / 2


def _find_date(rows, spots, width):
    """Add the places of day, month and year; tell whether there are any."""
    for row in rows:
        for found in _DATE.finditer(row.text):
            blank = [
                name for name in ("day", "month") if not found[name].strip().isdigit()
            ]
            if not blank and found["year"] and found["before"] == " ":
                # The date of a law that is named, behind a word.
                continue
            _add_date(row, found, blank, spots, width)
            return True
    return False


def _add_date(row, found, blank, spots, width):
    spots.found.append("date")
    if found["year"]:
        spots.printed["year"] = found["year"]
    for name in ("day", "month"):
        if name not in blank:
            spots.printed[name] = found[name].strip()
    places = [
        (name, *_inside(row, *found.span(name)), "{%s}" % name, 1) for name in blank
    ]
    if any(right - left < DAY_ROOM * row.size for _n, left, right, _t, _a in places):
        _add_whole_date(row, found, spots, width)
        return
    if not found["year"]:
        places.append(_year_place(row, found, width))
    for name, left, right, template, align in places:
        group = "tail" if name == "year" else name
        drawn = bool(_DRAWN.search(found[group]))
        spots.spots.append(
            _spot(row, name, left, right, template, align=align, cover=drawn)
        )


def _year_place(row, found, width):
    """Return where the year goes: whole, or what lacks behind “20”."""
    head = found["head"]
    start, end = found.span("tail")
    left = row.cells[start - 1].right + (0 if head else row.size / 4)
    need = (4 - len(head)) * row.size / 2
    following = next(
        (cell.left for cell in row.cells[end:] if not cell.text.isspace()), width
    )
    blank_end = row.cells[end - 1].right if end > start else left
    right = min(max(left + need, blank_end), following)
    return "year", left, right, "{year%d}" % len(head) if head else "{year}", 0


def _add_whole_date(row, found, spots, width):
    """Write the date anew over one whose blanks have no room."""
    start = found.start() + len(found["before"])
    left, right = row.cells[start].left, row.cells[found.end() - 1].right
    right = max(right, min(_room(row, found.end(), width), right + 2 * row.size))
    word = row.text[start : start + 4]
    template = word + " {day} tháng {month} năm {year}"
    spots.printed = {
        name: value
        for name, value in spots.printed.items()
        if name not in ("day", "month", "year")
    }
    spots.spots.append(_spot(row, "date", left, right, template, cover=True))


def _inside(row, start, end):
    """Return the ends of the room between two words, somewhat apart from both."""
    apart = row.size * 0.15
    return row.cells[start - 1].right + apart, row.cells[end].left - apart


def _spot(row, name, left, right, template, *, align=0, cover=False):
    near = min(row.cells, key=lambda cell: abs(cell.right - left))
    return Spot(
        name, left, right, row.base, row.size, template, align, cover, near.italic
    )


# -- where nothing is to be read ------------------------------------------------


def _assume_number(rows, spots, width, height):
    """Put the number where Decree 30/2020 has it: left, below the agency's name."""
    scale = min(1, width / (210 * MM))
    base = _free(rows, height, 30 * MM * scale, 85 * MM * scale, scale)
    spots.spots.insert(
        0,
        Spot(
            "reference",
            30 * MM * scale,
            85 * MM * scale,
            base,
            13 * scale,
            "Số: {reference}",
            1,
        ),
    )


def _assume_date(rows, spots, width, height, place, base):
    """Put the date where Decree 30/2020 has it: right, below the motto."""
    scale = min(1, width / (210 * MM))
    left, right = width - 110 * MM * scale, width - 20 * MM * scale
    if base is None:
        base = _free(rows, height, left, right, scale)
    words = "ngày {day} tháng {month} năm {year}"
    name = place.replace("{", "").replace("}", "")
    template = f"{name}, {words}" if name else words
    spots.spots.append(
        Spot("date", left, right, base, 13 * scale, template, 1, italic=True)
    )


def _free(rows, height, left, right, scale):
    """Return the usual height of boxes 3 and 4, or one at the top if it is taken."""
    usual = height - 40 * MM * scale
    for base in (usual, height - 12 * MM * scale):
        taken = any(
            abs(row.base - base) < 14 * scale
            and any(
                cell.left < right and cell.right > left and not cell.text.isspace()
                for cell in row.cells
            )
            for row in rows
        )
        if not taken:
            return base
    return usual
