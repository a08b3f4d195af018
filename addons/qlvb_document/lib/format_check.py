"""Whether a document has the parts that Decree 30/2020 asks for (Annex I).

Pure: the text of its pages and what the record says go in, findings come out.  What
cannot be read for sure is left to the clerk's eyes; a finding then says what was
seen.  Words are compared without their marks: programs place these in many ways.
"""

import re
from dataclasses import dataclass, field

from odoo.addons.qlvb_base.lib.symbols import fold, symbol_key

from .forms import agency_lines
from .signing_block import capacity_in

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
URGENT_WORDS = {"urgent": "KHẨN", "very_urgent": "THƯỢNG KHẨN", "express": "HỎA TỐC"}

_ACADEMIC = re.compile(
    r"\b(?:ThS|TS|PGS|GS|BS|KS|CN|Thạc sĩ|Tiến sĩ|Kỹ sư|Bác sĩ)\.?\s", re.IGNORECASE
)
_APPENDIX = re.compile(r"(?:^|\n)\s*phu luc(?:\s+[ivx\d]+)?\s*(?:\n|$)")
A4 = (595.28, 841.89)
_TOLERANCE = 6


@dataclass
class Facts:
    """What the record says of a document.

    :param agency: name of the issuing unit
    :param parent: name of the agency above it, where the heading names it
    :param place: place name before the date
    :param kind: name of the kind, in Vietnamese; empty for an official letter
    :param is_letter: whether it is one
    :param addressed: whether its kind names above the text whom it is for, at least
        when it goes up
    :param summary: what it is about
    :param tail: what follows the number: ``/QĐ-UBND``
    :param capacity: own, tm, kt, tl, tuq, q
    :param block: the lines above the signature
    :param signer: the signer's name
    :param urgency: normal, urgent, very_urgent, express
    :param printed: what stands where number and date belong (``pdf_blanks``)
    :param found: which of ``number`` and ``date`` were read from the page
    :param size: width and height of the first page, in points
    :param annexes: number of other files that go with it
    """

    agency: str
    parent: str = ""
    place: str = ""
    kind: str = ""
    is_letter: bool = False
    addressed: bool = False
    summary: str = ""
    tail: str = ""
    capacity: str = "tm"
    block: list = field(default_factory=list)
    signer: str = ""
    urgency: str = "normal"
    printed: dict = field(default_factory=dict)
    found: tuple = ()
    size: tuple = A4
    annexes: int = 0


@dataclass
class Line:
    """One line of the check.

    :param code: which part
    :param sure: ``True``: it is as it should be; ``False``: the clerk looks
    :param finding: what was seen, as a word of this module's
    :param seen: the words that were seen or missed
    """

    code: str
    sure: bool = False
    finding: str = "look"
    seen: str = ""


def check(text: str, facts: Facts) -> list[Line]:
    """Return the lines of the check, in the order of Annex I.

    :param text: of all pages, form feeds between them; empty for a scan

    >>> [line.code for line in check("", Facts("UBND xã Thắng")) if line.sure]
    ['paper']
    """
    pages = [page for page in text.split("\f") if page.strip()]
    first = pages[0] if pages else ""
    last = _signed_page(pages)
    if not first:
        lines = [Line(code, False, "no_text") for code in _codes(facts)]
    else:
        lines = [
            _motto(first),
            _agency(first, facts),
            _symbol(facts),
            _date(first, facts),
            _title(first, facts),
            _addressee(first, facts),
            Line("layout"),
            _capacity(last, facts),
            _signer(last, facts),
            _recipients(text),
            _appendix(text, facts),
            _urgency(first, facts),
        ]
    lines.append(_paper(facts))
    return [line for line in lines if line]


def _codes(facts):
    codes = "motto agency symbol date title addressee layout capacity signer recipients"
    codes = codes.split() + ["appendix"]
    if not facts.addressed:
        codes.remove("addressee")
    return codes + (["urgency"] if facts.urgency != "normal" else [])


def _signed_page(pages):
    """Return the page with the signature: the last before appendices."""
    for page in reversed(pages):
        if "noi nhan" in _plain(page):
            return page
    return pages[-1] if pages else ""


def _plain(text):
    """Return a text without marks, punctuation and case, one blank between words."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _motto(first):
    missing = [words for words in (NATION, MOTTO) if _plain(words) not in _plain(first)]
    if missing:
        return Line("motto", False, "missing", "; ".join(missing))
    return Line("motto", True, "present", f"{NATION} / {MOTTO}")


def _agency(first, facts):
    wanted = agency_lines(facts.agency) + (
        agency_lines(facts.parent) if facts.parent else []
    )
    seen = _plain(first)
    missing = [line for line in wanted if _plain(line) not in seen]
    if missing:
        return Line("agency", False, "missing", "; ".join(missing))
    return Line("agency", True, "present", " / ".join(wanted))


def _symbol(facts):
    printed = facts.printed
    if "number" not in facts.found:
        return Line("symbol", False, "no_place")
    if "number" in printed:
        seen = printed["number"] + printed.get("symbol", "")
        return Line("symbol", False, "numbered", seen)
    symbol = printed.get("symbol")
    if symbol and symbol_key(symbol.strip(".,;")) != symbol_key(facts.tail):
        return Line("symbol", False, "other", f"{symbol} ≠ {facts.tail}")
    return Line("symbol", True, "blank", facts.tail)


def _date(first, facts):
    if "date" not in facts.found:
        return Line("date", False, "no_place")
    if {"day", "month"} & facts.printed.keys():
        seen = "/".join(facts.printed.get(k, "…") for k in ("day", "month", "year"))
        return Line("date", False, "dated", seen)
    before = re.findall(r"([^\t\n,;]+),\s*ngày", first)
    if facts.place and not any(
        _plain(place).endswith(_plain(facts.place)) for place in before
    ):
        return Line("date", False, "missing", facts.place)
    return Line("date", True, "blank", facts.place)


def _title(first, facts):
    seen = _plain(first)
    about = _plain(re.sub(r"\A(?:về việc|v/v)\s*:?\s*", "", facts.summary, flags=re.I))
    if facts.is_letter:
        if not re.search(r"(?:^|[\t\n])\s*V/v\b", first, re.IGNORECASE):
            return Line("title", False, "missing", "V/v")
    else:
        capitals = {_plain(line) for line in re.split(r"[\t\n]", first) if _upper(line)}
        if not any(_plain(facts.kind) in line for line in capitals):
            return Line("title", False, "missing", facts.kind.upper())
    if about not in seen and not _most_words(about, seen):
        return Line("title", False, "missing", facts.summary)
    return Line("title", True, "present", facts.kind.upper() or "V/v")


def _upper(line):
    return line.strip() and line == line.upper()


def _most_words(about, seen):
    """Tell whether nearly all words of a summary stand on the page."""
    words = about.split()
    present = set(seen.split())
    return len(words) > 2 and sum(w in present for w in words) >= 0.9 * len(words)


def _addressee(first, facts):
    if not facts.addressed:
        return None
    if re.search(r"\bkinh (?:gui|moi|trinh)\b", _plain(first)):
        return Line("addressee", True, "present", "Kính gửi")
    return Line("addressee", False, "missing", "Kính gửi")


def _capacity(last, facts):
    wanted = None if facts.capacity == "own" else facts.capacity
    said = capacity_in(last)
    if said != wanted:
        seen = said.upper() + "." if said else "–"
        right = wanted.upper() + "." if wanted else "–"
        return Line("capacity", False, "other", f"{seen} ≠ {right}")
    seen = _plain(last)
    missing = [line for line in facts.block if _plain(line) not in seen]
    if missing:
        return Line("capacity", False, "missing", "; ".join(missing))
    return Line("capacity", True, "present", " / ".join(facts.block))


def _signer(last, facts):
    if not facts.signer or _plain(facts.signer) not in _plain(last):
        return Line("signer", False, "missing", facts.signer)
    for row in re.split(r"[\t\n]", last):
        if _plain(facts.signer) in _plain(row) and _ACADEMIC.search(row):
            return Line("signer", False, "academic", row.strip()[:80])
    return Line("signer", True, "present", facts.signer)


def _recipients(text):
    if "noi nhan" not in _plain(text):
        return Line("recipients", False, "missing", "Nơi nhận")
    if not re.search(r"l[ưu]u\s*:\s*vt\b", text, re.IGNORECASE):
        return Line("recipients", False, "missing", "Lưu: VT")
    return Line("recipients", True, "present", "Nơi nhận / Lưu: VT")


def _appendix(text, facts):
    plain = re.sub(r"[^\w\n]+", " ", fold(text))
    heading = _APPENDIX.search(plain)
    if not heading and not facts.annexes:
        return None
    before = plain[: heading.start()] if heading else plain
    if announced := re.search("kem theo|phu luc", before):
        seen = {"kem theo": "kèm theo", "phu luc": "phụ lục"}[announced[0]]
        return Line("appendix", True, "present", seen)
    return Line("appendix", False, "unannounced")


def _urgency(first, facts):
    words = URGENT_WORDS.get(facts.urgency)
    if not words:
        return None
    if re.search(rf"(?:^|[\t\n])\s*{words}\s*(?:[\t\n]|$)", first):
        return Line("urgency", True, "present", words)
    return Line("urgency", False, "missing", words)


def _paper(facts):
    sides = sorted(facts.size)
    if all(
        abs(side - right) <= _TOLERANCE for side, right in zip(sides, A4, strict=True)
    ):
        return Line("paper", True, "present", "A4")
    width, height = (round(side / 72 * 25.4) for side in facts.size)
    return Line("paper", False, "other", f"{width} × {height} mm")
