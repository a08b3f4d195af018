"""What of a registered document may be corrected, and how its values are told. Pure."""

from datetime import date

from .days import read_day

IN_FIELDS = (
    "type_id",
    "reference",
    "document_date",
    "received_date",
    "issuer",
    "summary",
    "urgency",
    "deadline",
)
"""What a clerk copied from a paper that arrived, and may have copied wrongly."""

OUT_FIELDS = ("summary", "urgency", "field_id")
"""Of what was issued only what is not on the paper itself (Decree 30, Article 18)."""

FILE = "file"
"""A scan that is replaced, or was forgotten: not a field, but asked for as one."""

ERASED = "—"
"""What stands where a text that must not be empty was erased."""

TOMBSTONE = "Đã xoá nội dung theo quyết định"
"""How the one sentence begins that is left of a document whose contents were purged."""

CLAUSES = {"secret": 1, "petition": 2, "one_stop": 3}
"""Each ground of a purge with its clause of Article 3."""


def correctable(direction: str) -> tuple[str, ...]:
    """Return the names of what may be corrected, in the order of the screen.

    >>> correctable("in")[:2], correctable("out")
    (('type_id', 'reference'), ('summary', 'urgency', 'field_id'))
    """
    return (*IN_FIELDS, FILE) if direction == "in" else OUT_FIELDS


def told(value) -> str | None:
    """Return a stored value as a line of a request holds it, as the database would.

    >>> told(date(2026, 8, 24)), told("120/TTr-VHTT"), told(7), told(False), told("")
    ('2026-08-24', '120/TTr-VHTT', '7', None, None)
    """
    if value is None or value is False or value == "":
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def read_back(kind: str, raw: str | None):
    """Return what a line of a request stands for; the inverse of ``told``.

    :param kind: the type of the field: char, text, selection, date, many2one
    :raises ValueError: for what is no such value

    >>> read_back("date", "2026-08-24"), read_back("many2one", "7"), read_back("char", None)
    (datetime.date(2026, 8, 24), 7, False)
    >>> for kind, raw in (("date", "24/8/2026"), ("many2one", "x"), ("many2one", "-1")):
    ...     try:
    ...         read_back(kind, raw)
    ...     except ValueError:
    ...         print("none")
    none
    none
    none
    """  # noqa: E501
    if not raw:
        return False
    if kind == "date":
        day = read_day(raw)
        if day is None:
            raise ValueError(raw)
        return day
    if kind == "many2one":
        if not (raw.isascii() and raw.isdigit() and len(raw) < 10):
            raise ValueError(raw)
        return int(raw)
    return raw


def tombstone(number: str, day: str, ground: str) -> str:
    """Return what a purged document says ever after, in the words of the office.

    Stored in the place of its subject, so that every list, book and form shows it.

    :param number: number of the chairman's decision, where it has one
    :param day: the day of the decision, written out
    :param ground: why it should never have come in

    >>> tombstone("15/QĐ-UBND", "26/8/2026", "petition")
    'Đã xoá nội dung theo quyết định số 15/QĐ-UBND ngày 26/8/2026, lý do: khoản 2 Điều 3'
    >>> tombstone("", "26/8/2026", "secret")
    'Đã xoá nội dung theo quyết định của Chủ tịch ngày 26/8/2026, lý do: khoản 1 Điều 3'
    """  # noqa: E501
    whose = f"số {number}" if number else "của Chủ tịch"
    return f"{TOMBSTONE} {whose} ngày {day}, lý do: khoản {CLAUSES[ground]} Điều 3"
