"""What can be known of a paper before a clerk has typed it.

Pure: from its number and symbol to its kind and its sender, and from the text of
its first page to what Decree 30/2020 (annex I) puts there.  Guesses alone: the
clerk has the paper in hand and decides.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from odoo.addons.qlvb_base.lib.symbols import fold, symbol_key, word_key

from .days import FIRST_YEAR

_LAST_YEAR = 2100
_SHORT_FORMS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ub": "uy ban",
    "vp": "van phong",
    "p": "phong",
    "tp": "thanh pho",
    "tt": "thi tran",
}
_NUMBER_LINE = re.compile(
    r"^\W*(?:số|so)\s*[:.]\s*(?P<symbol>\d[^\s,;]*(?:\s*/\s*[^\s,;]+)*)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"ng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s+n[ăa]m\s+(\d{4})", re.IGNORECASE
)
_PLACE = re.compile(r"^(?:.*\t)?\s*([^\W\d_][^,\t\n]{1,40}),\s*ngày\s", re.MULTILINE)
_SUBJECT = re.compile(r"^\s*(?P<lead>v/v|về việc)\b[:.\s]*(?P<rest>.*)$", re.IGNORECASE)
_BODY_WORDS = frozenset(
    """ban bao bo chi cong cuc dang dai doan hoi kho khoi lien mat nganh ngan phong
    quy so tap tieu toa tong trung truong tram uy van vien vu hdnd ubnd""".split()
)
"""First words of the names of bodies, folded: where a name of several lines begins."""

_BEFORE_BODY = frozenset({"thuong truc", "ban thuong vu", "bch", "ban chap hanh"})
_NAME_LINES = 4
_NATION = ("cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc")
_ENDS_SUBJECT = re.compile(
    r"^\s*(?:kính gửi|.* điện:|căn cứ|thực hiện|theo |ng[àa]y\s+\d|số\s*:"
    r"|[-–—_=*]{3,}|$)",
    re.IGNORECASE,
)
_HEAD_LINES = 60
_SUBJECT_LINES = 6
_FULL_LINE = 60
"""Characters of a line of running text, which a subject, set in the middle, has not."""

_SUBJECT_CHARS = 500
_NUMERAL = 5
"""Longest line in capitals that is taken for a numeral of the line before."""


@dataclass(frozen=True)
class Symbol:
    """What stands in number and symbol.

    :param number: the number with which it begins; 0 where it has none
    :param year: the year that a legal normative document carries, or ``None``
    :param kind: folded abbreviation of the kind (``ttr``); empty where it is none
        of those known, as for an official letter
    :param tail: folded symbol of who issued it (``vhtt``)
    """

    number: int
    year: int | None
    kind: str
    tail: str


def read_symbol(reference: str, codes: frozenset) -> Symbol:
    """Take a number and symbol apart, however it is typed.

    :param reference: ``120/TTr-VHTT``
    :param codes: the folded abbreviations of the kinds in use

    >>> codes = frozenset({"ttr", "qd", "tb"})
    >>> read_symbol("120/TTr-VHTT", codes)
    Symbol(number=120, year=None, kind='ttr', tail='vhtt')
    >>> read_symbol("10/2014/QĐ-UBND", codes)
    Symbol(number=10, year=2014, kind='qd', tail='ubnd')
    >>> read_symbol("số 05 / ubnd-vx", codes)
    Symbol(number=5, year=None, kind='', tail='ubnd vx')
    >>> read_symbol("7/TB", codes).kind, read_symbol("", codes).tail
    ('', '')
    """
    tokens = symbol_key(reference).split()
    number, year = 0, None
    if tokens and tokens[0].isdigit():
        number = int(tokens.pop(0))
        if tokens and tokens[0].isdigit():
            if FIRST_YEAR <= int(tokens[0]) <= _LAST_YEAR:
                year = int(tokens[0])
            tokens.pop(0)
    kind = ""
    if len(tokens) > 1 and tokens[0] in codes:
        # An agency may have a kind's abbreviation: its symbol then stands alone.
        kind = tokens.pop(0)
    return Symbol(number, year, kind, " ".join(tokens))


def issuer_key(name: str) -> str:
    """Return the form under which two ways of writing an issuer are one.

    >>> issuer_key("UBND  xã Thắng") == issuer_key("Uỷ ban nhân dân xã Thắng")
    True
    >>> issuer_key("Sở Nội vụ") == issuer_key("Sở Tài chính")
    False
    """
    words = word_key(name).split()
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


@dataclass
class Reading:
    """What the first page of a paper says of itself; what was not found is empty."""

    reference: str = ""
    document_date: date | None = None
    issuer: str = ""
    kind: str = ""
    summary: str = ""


def read_paper(text: str, kinds: frozenset) -> Reading:
    """Read number, date, issuer, kind and subject from the text of a first page.

    :param text: as extracted from a PDF: a row a line, columns apart by tabs
    :param kinds: folded names of the kinds in use (``to trinh``)

    >>> page = '''ỦY BAN NHÂN DÂN TỈNH\\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    ... PHÒNG VĂN HÓA VÀ THÔNG TIN\\tĐộc lập - Tự do - Hạnh phúc
    ... Số: 120/TTr-VHTT\\tHiệp Hòa, ngày 24 tháng 8 năm 2026
    ... TỜ TRÌNH
    ... Về việc ban hành Quy chế quản lý
    ... phần mềm dùng chung
    ... Kính gửi: Ủy ban nhân dân tỉnh'''
    >>> reading = read_paper(page, frozenset({"to trinh"}))
    >>> reading.reference, reading.document_date.isoformat(), reading.kind
    ('120/TTr-VHTT', '2026-08-24', 'to trinh')
    >>> reading.issuer
    'Phòng văn hóa và thông tin'
    >>> reading.summary
    'Về việc ban hành Quy chế quản lý phần mềm dùng chung'
    """
    text = unicodedata.normalize("NFC", text).partition("\f")[0]
    rows = [row.split("\t") for row in text.splitlines()]
    # The two columns of the head, the left one first: it holds issuer and number.
    lines = [" ".join(row[0].split()) for row in rows]
    lines += [" ".join(part.split()) for row in rows for part in row[1:]]
    head = [line for line in lines if line][:_HEAD_LINES]
    reading = Reading()
    number_at = None
    for at, line in enumerate(head):
        found = _NUMBER_LINE.match(line)
        if found and not reading.reference:
            reading.reference = re.sub(r"\s*/\s*", "/", found["symbol"]).rstrip(".")
            number_at = at
        if not reading.kind and line == line.upper() and fold(line) in kinds:
            reading.kind = fold(line)
    # A date in the text itself is another's: the paper's own comes first.
    dates = filter(None, (_DATE.search(line) for row in rows for line in row))
    reading.document_date = next(filter(None, map(_as_date, dates)), None)
    if number_at is not None:
        reading.issuer = _as_spoken(_issuer_above(head[:number_at]), text)
    reading.summary = _subject(lines[: _HEAD_LINES * 2], kinds)
    return reading


def _as_date(found):
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _issuer_above(lines):
    """Return the name nearest above the number: the issuer, below its superior.

    It may run over several lines, of which only the first begins like a name.
    """
    above = []
    for line in reversed(lines):
        if word_key(line) in _NATION or _DATE.search(line):
            continue
        if line != line.upper() or not any(char.isalpha() for char in line):
            if above:
                break
            continue
        above.insert(0, line)
        if len(above) > _NAME_LINES:
            break
    for first in range(len(above) - 1, -1, -1):
        words = word_key(above[first]).split()
        if words[:1] and (words[0] in _BODY_WORDS or words[1:2] == ["uy"]):
            if first and word_key(above[first - 1]) in _BEFORE_BODY:
                first -= 1
            return " ".join(above[first:]).capitalize()
    return " ".join(above[-1:]).capitalize()


def _as_spoken(name, text):
    """Return a name from the head, all in capitals, as the text itself writes it."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    for found in re.finditer(words, text, re.IGNORECASE) if words else ():
        spoken = " ".join(found[0].split())
        if spoken != spoken.upper():
            return spoken
    # Where it is silent: the place name, as it stands before the date.
    place = _PLACE.search(text)
    if place:
        name = re.sub(re.escape(place[1]), place[1], name, flags=re.IGNORECASE)
    return name


def _subject(lines, kinds):
    """Return the subject: after “V/v”, or below the name of the kind."""
    for at, line in enumerate(lines):
        found = _SUBJECT.match(line)
        if found:
            subject = _run_on(lines, at, found["rest"])
            # An official letter says "V/v" below its number; elsewhere it is said.
            if found["lead"].lower() == "v/v":
                return subject[:1].upper() + subject[1:]
            return f"{found['lead']} {subject}"
    for at, line in enumerate(lines[:-1]):
        if line and line == line.upper() and fold(line) in kinds:
            following = next(
                (n for n in range(at + 1, len(lines)) if lines[n]), len(lines)
            )
            if following < len(lines) and not _ENDS_SUBJECT.match(lines[following]):
                return _run_on(lines, following, lines[following])
    return ""


def _run_on(lines, at, first):
    """Return a subject that runs on over the lines that follow."""
    parts = [first.strip()]
    for line in lines[at + 1 : at + _SUBJECT_LINES]:
        capitals = line == line.upper() and len(line) > _NUMERAL
        full = len(line) > _FULL_LINE and line[:1].isupper()
        if _ENDS_SUBJECT.match(line) or capitals or full:
            break
        parts.append(line)
    return " ".join(" ".join(parts).split())[:_SUBJECT_CHARS]
