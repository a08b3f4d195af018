"""Number and date of a document: blanks in its PDF, filled in when it is issued.

The person signs before there is a number (Articles 7.1, 7.2).  So the file gets
form fields where number and date belong *before* it is signed, and these are
filled in afterwards, in a revision behind the signed one: the signature stays
valid, and every reader of signatures says that only a form was filled in.

Pure: bytes in, bytes out.  Opening the file is left to a program that is bounded
in time and memory (``pdf_former``), for a file may be made to break its reader;
filling in what was opened before takes no longer than to write it down.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .forms import month_text
from .pdf_font import Letters, face
from .pdf_update import append, number, pdf_string, stream

_FORMER = Path(__file__).with_name("pdf_former.py")
_PATIENCE = 60
_DROP = 0.25
_PLACE = re.compile(r"\{(number|reference|day|month|year[123]?)\}")
_REMEMBERED = 1_000_000
"""Bytes: larger files are opened anew each time, not kept in memory."""
_SMALLEST = 0.5
"""Letters are narrowed to this much of their width, and made smaller beyond it."""


class BlanksError(ValueError):
    """The file cannot be given number and date.

    :ivar code: ``odd`` (damaged, or no PDF), ``heavy`` (too large to be opened),
        ``filled`` (was prepared or issued before), ``fields`` (was not prepared)
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Prepared:
    """A file with fields for number and date.

    :param found: which of ``number`` and ``date`` were read from the page; the
        fields of the others stand where Decree 30/2020 has them
    :param printed: what the page says already, by name: number, symbol, day,
        month, year
    :param size: width and height of the first page as it is shown, in points
    """

    content: bytes
    found: tuple
    printed: dict
    size: tuple


@dataclass(frozen=True)
class Plan:
    """A prepared file that was opened, ready to be filled in."""

    content: bytes
    trailer: dict
    fields: list
    printed: dict

    @property
    def names(self):
        """What will be filled in: number, reference, day, month, year, date."""
        return [field["name"] for field in self.fields]


def prepare(content: bytes, place: str = "") -> Prepared:
    """Return the file with fields for number and date, before a person signs it.

    What is there stays as it is; only a file whose tables are damaged, or that is
    locked against changes, is written anew.

    :param place: the place name, for a file without a date line
    :raises BlanksError: ``odd``, ``heavy``, ``filled``
    """
    answer, result = _open(content, "prepare", place)
    return Prepared(
        result, tuple(answer["found"]), answer["printed"], tuple(answer["size"])
    )


def plan(content: bytes) -> Plan:
    """Open a prepared (and signed) file, so that filling it in costs nothing.

    :raises BlanksError: ``odd``, ``heavy``, ``filled``, ``fields``
    """
    answer, _rest = _open(content, "plan")
    for field in answer["fields"]:
        # Now: when the number is given, others wait for it.
        face(field["italic"])
    return Plan(content, answer["trailer"], answer["fields"], answer["printed"])


def fill(opened: Plan | bytes, reference: str, day) -> bytes:
    """Return the file with number and date, in a revision of its own.

    :param opened: a plan, or a prepared file
    :param reference: number and symbol: ``10/QĐ-UBND``
    :param day: the day of the document
    :return: a file on which all of it is printed already stays as it is
    :raises BlanksError: as ``plan``
    """
    if not isinstance(opened, Plan):
        opened = plan(opened)
    if not opened.fields:
        return opened.content
    values = {
        "reference": reference,
        "number": _number_in(reference),
        "day": f"{day.day:02d}",
        "month": month_text(day.month),
        "year": str(day.year),
        **{f"year{known}": str(day.year)[known:] for known in (1, 2, 3)},
    }
    texts = [
        (field, _PLACE.sub(lambda found: values[found[1]], field["template"]))
        for field in opened.fields
    ]
    free = opened.trailer["size"]
    objects, letters = {}, {}
    for italic in sorted({field["italic"] for field in opened.fields}):
        said = [text for field, text in texts if field["italic"] == italic]
        letters[italic] = free, Letters(said, italic)
        made = letters[italic][1].objects(free)
        objects |= made
        free += len(made)
    for field, text in texts:
        font, known = letters[field["italic"]]
        objects[free, 0] = _look(field, known.lay_out(text), font)
        objects[field["num"], field["generation"]] = field["head"].encode(
            "latin-1"
        ) + b"/V %s /AP << /N %d 0 R >> >>" % (pdf_string(text), free)
        free += 1
    return append(opened.content, {**opened.trailer, "size": free}, objects)


def conflicts(printed: dict, reference: str, day) -> list[tuple[str, str, str]]:
    """Return what the page says already and will not be so.

    :param printed: as a plan or a prepared file has it
    :return: name (number, symbol, day, month, year), what is printed, what is right

    >>> from datetime import date
    >>> conflicts({"symbol": "/QĐ-UBND", "year": "2014"}, "10/QĐ-UBND",
    ...           date(2014, 8, 28))
    []
    >>> conflicts({"number": "9", "month": "9"}, "10/QĐ-UBND", date(2014, 8, 28))
    [('number', '9', '10'), ('month', '9', '8')]
    """
    figure = _number_in(reference)
    right = {
        "number": figure,
        "symbol": reference.removeprefix(figure),
        "day": f"{day.day:02d}",
        "month": month_text(day.month),
        "year": str(day.year),
    }
    return [
        (name, printed[name], right[name])
        for name in right
        if name in printed and _key(printed[name]) != _key(right[name])
    ]


def _key(text):
    return text.lstrip("0") if text.isdigit() else re.sub(r"[\s.,;]", "", text).upper()


def _number_in(reference):
    return re.match(r"\d*", reference)[0]


def _look(field, writing, font):
    """Return the look of a field: its text, upright for who reads the page."""
    x0, y0, x1, y1 = field["rect"]
    width, height = (x1 - x0, y1 - y0)
    if field["turn"] in (90, 270):
        width, height = height, width
    size = field["size"]
    natural = writing.width * size / 1000
    narrowed = min(1, width / natural) if natural else 1
    if narrowed < _SMALLEST:
        size *= narrowed / _SMALLEST
        narrowed = _SMALLEST
    written = writing.width * size / 1000 * narrowed
    left = (width - written) * field["align"] / 2
    ground = b"1 g 0 0 %s %s re f\n" % (number(width), number(height))
    text = b"/Tx BMC\nq BT 0 g /F %s Tf %s Tz %s %s Td <%s> Tj ET Q\nEMC" % (
        number(size),
        number(narrowed * 100),
        number(left),
        number(_DROP * field["size"]),
        writing.codes.hex().encode(),
    )
    matrix = {
        0: b"1 0 0 1 0 0",
        90: b"0 1 -1 0 0 0",
        180: b"-1 0 0 -1 0 0",
        270: b"0 -1 1 0 0 0",
    }[field["turn"]]
    return stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 %s %s] /Matrix [%s] "
        b"/Resources << /Font << /F %d 0 R >> >>"
        % (number(width), number(height), matrix, font),
        (ground if field["cover"] else b"") + text,
        packed=False,
    )


def _open(content, mode, place=""):
    """Have a file opened by the bounded program.

    :return: its answer, and the bytes behind it
    """
    run = _remember if len(content) <= _REMEMBERED else _run
    return run(content, mode, place)


@lru_cache(maxsize=4)
def _remember(content, mode, place):
    return _run(content, mode, place)


def _run(content, mode, place):
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", str(_FORMER), mode, place],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
            env={},
        )
        head, _line, rest = done.stdout.partition(b"\n")
    except subprocess.TimeoutExpired:
        head, rest = b"", b""
    answer = json.loads(head) if head else {"verdict": "heavy"}
    if answer["verdict"] != "fine":
        raise BlanksError(answer["verdict"])
    return answer, rest
