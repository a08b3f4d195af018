"""Reads lists of people from a spreadsheet: requests by the dozen, staff lists.  Pure.

Columns stand in whatever order, under the names of the template or others that are
usual.  Nothing is guessed: a heading, a post or a mark that is not known is told.
"""

from dataclasses import dataclass, field

from .symbols import fold, word_key
from .xlsx import Cell

COLUMNS = {
    "name": "Họ và tên",
    "login": "Tên đăng nhập",
    "email": "Thư điện tử",
    "left": "Đơn vị thôi giữ chức vụ",
    "left_role": "Chức vụ thôi giữ",
    "unit": "Đơn vị",
    "role": "Chức vụ",
    "title": "Chức danh",
    "takes_over": "Thay người đang giữ",
    "keeper": "Người giữ tài khoản mới",
    "since": "Từ ngày",
}
"""The columns by their names in the template."""

GIVEN = ("unit", "role", "title", "takes_over")
KIND_COLUMNS = {
    "grant": ("name", "login", "email", *GIVEN),
    "post": ("name", "login", *GIVEN),
    "transfer": ("name", "login", "left", "left_role", *GIVEN, "keeper"),
    "rotation": ("name", "login", "left", "left_role", *GIVEN, "keeper"),
    "withdraw": ("name", "login", "keeper"),
    "end_post": ("name", "login", "left", "left_role", "keeper"),
    "keeper": ("name", "login", "unit"),
    "reset": ("name", "login"),
    "staff": ("name", "login", "unit", "role", "title", "since"),
}
"""What stands in the list for each kind of request, and in a staff list."""

REQUIRED = {
    "grant": ("name", "login", "unit", "role"),
    "post": ("login", "unit", "role"),
    "transfer": ("login", "unit", "role"),
    "rotation": ("login", "unit", "role"),
    "withdraw": ("login",),
    "end_post": ("login",),
    "keeper": ("login", "unit"),
    "reset": ("login",),
    "staff": ("name", "unit"),
}

ROLES = {
    "head": ("Thủ trưởng", "Trưởng", "Trưởng phòng", "Chủ tịch", "Giám đốc"),
    "deputy": ("Cấp phó", "Phó", "Phó Trưởng phòng", "Phó phòng", "Phó Chủ tịch"),
    "chief_of_office": ("Chánh Văn phòng",),
    "clerk": ("Văn thư",),
    "specialist": ("Chuyên viên", "Cán bộ", "Công chức", "Viên chức"),
    "administrator": ("Quản trị kỹ thuật", "Quản trị"),
}
"""Words for the posts; the first of each stands in the template."""

_OTHER_HEADINGS = {
    "name": ("ho ten", "ten"),
    "login": ("tai khoan", "user name", "username"),
    "email": ("email", "e mail"),
    "left": ("don vi cu", "don vi dang cong tac"),
    "left_role": ("chuc vu cu",),
    "unit": ("don vi moi", "co quan", "co quan don vi", "phong ban"),
    "role": ("chuc vu moi", "vai tro"),
    "since": ("ngay tiep nhan", "ngay ve don vi"),
}
_MARKS = {"": False, "x": True, "co": True, "1": True, "khong": False, "0": False}
_ROWS_BEFORE = 20
"""So far down the headings are looked for, below titles."""


class HeadingError(Exception):
    """Headings that are wanted and were not found; ``missing`` names the columns."""

    def __init__(self, missing):
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass
class Row:
    """What stands in one row of the list.

    :param number: as the spreadsheet counts it
    :param values: texts by column; ``role`` as its code, ``takes_over`` as a bool
    :param flaws: pairs of column and code: ``missing``, ``role``, ``mark``,
        ``formula``, ``merged``, ``broken``
    """

    number: int
    values: dict
    flaws: list = field(default_factory=list)


_BY_HEADING = {word_key(heading): column for column, heading in COLUMNS.items()} | {
    heading: column
    for column, headings in _OTHER_HEADINGS.items()
    for heading in headings
}
_BY_ROLE = {word_key(word): role for role, words in ROLES.items() for word in words}


def find_table(sheets, kind):
    """Return where each column stands, and the rows below the headings.

    :param sheets: as ``xlsx.read_sheets`` returns them
    :param kind: a key of ``KIND_COLUMNS``
    :return: places by column, and lists of cells by row number
    :raises HeadingError: no sheet has all that is required
    """
    wanted, best = set(REQUIRED[kind]), None
    for sheet in sheets:
        if not sheet.is_visible:
            continue
        for number in sorted(sheet.rows)[:_ROWS_BEFORE]:
            places = {}
            for place, cell in enumerate(sheet.rows[number]):
                column = _BY_HEADING.get(word_key(cell.text))
                if column in KIND_COLUMNS[kind]:
                    places.setdefault(column, place)
            missing = wanted - places.keys()
            if not missing:
                below = {n: row for n, row in sheet.rows.items() if n > number}
                return places, below
            if best is None or len(missing) < len(best):
                best = missing
    raise HeadingError([column for column in COLUMNS if column in (best or wanted)])


def read_rows(places, rows, kind):
    """Return the rows of a list with what is wrong in each.

    >>> row = [Cell("Lê An"), Cell("anl"), Cell("VHTT"), Cell("văn thư"), Cell("X")]
    >>> places = {"name": 0, "login": 1, "unit": 2, "role": 3, "takes_over": 4}
    >>> read = read_rows(places, {2: row, 3: [Cell("Lê Ba")] + [Cell()] * 4}, "grant")
    >>> read[0].values["role"], read[0].values["takes_over"], read[0].flaws
    ('clerk', True, [])
    >>> read[1].flaws
    [('login', 'missing'), ('unit', 'missing'), ('role', 'missing')]
    """
    return [_read_row(number, places, rows[number], kind) for number in sorted(rows)]


def _read_row(number, places, cells, kind):
    row = Row(number, {})
    for column in KIND_COLUMNS[kind]:
        cell = cells[places[column]] if column in places else Cell()
        row.values[column] = cell.text
        if cell.flaw:
            row.flaws.append((column, cell.flaw))
        elif not cell.text and column in REQUIRED[kind]:
            row.flaws.append((column, "missing"))
        elif column in ("role", "left_role") and cell.text:
            row.values[column] = _BY_ROLE.get(word_key(cell.text), False)
            if not row.values[column]:
                row.flaws.append((column, "role"))
        elif column == "takes_over":
            row.values[column] = _MARKS.get(fold(cell.text))
            if row.values[column] is None:
                row.flaws.append((column, "mark"))
    return row
