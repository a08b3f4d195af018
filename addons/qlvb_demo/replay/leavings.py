"""All that leaves in the demonstration, and the registers that it is numbered in.

``entries/out_*.toml`` have a table ``[[document]]`` for each, see :mod:`.leaving`.
In ``out_books.toml`` a table ``[[book]]`` is a register that begins with a number of
the paper book: ``unit``, ``legislative``, ``number`` (by the pace of the unit, unless
given), ``last`` (day of the last one on paper) and ``reason``; ``[[reserved]]`` is a
number reserved in a register: ``key``, ``unit``, ``reason``, ``whom``.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from .leaving import FATES, STATIONS, Leaving
from .offices import COMMITTEE, issuer
from .tables import placed, read


@dataclass(frozen=True)
class Book:
    """A register that begins with the number of a paper book."""

    key: str
    on: date
    unit: str
    number: int
    reason: str
    legislative: bool = False
    last: date | None = None

    @property
    def when(self):
        return datetime.combine(self.on, time(7, 40))


@dataclass(frozen=True)
class Reserved:
    """A number that is reserved for a document to come."""

    key: str
    on: date
    unit: str
    reason: str
    whom: str

    @property
    def when(self):
        return datetime.combine(self.on, time(9, 20))


@dataclass(frozen=True)
class Leavings:
    """All that leaves: of the past year, and of the slice of the running one."""

    year: tuple[Leaving, ...]
    running: tuple[Leaving, ...]
    year_books: tuple[Book, ...]
    running_books: tuple[Book, ...]
    reserved: tuple[Reserved, ...]

    @classmethod
    def load(cls, now):
        """Read all entries.

        :param now: the present moment on Hà Nội's wall clock (naive)
        :raises ValueError: for an entry that cannot be
        """
        books = read("out_books.toml", "book")
        running = (placed(table, now) for table in books if "ago" in table)
        return cls(
            year=leavings(read("out_2014_*.toml", "document")),
            running=leavings(
                placed(table, now) for table in read("out_running.toml", "document")
            ),
            year_books=_books(table for table in books if "on" in table),
            running_books=_books(running),
            reserved=tuple(
                Reserved(**table) for table in read("out_books.toml", "reserved")
            ),
        )


def leavings(tables):
    """Turn tables into documents that leave; :mod:`.leaving` explains the keys."""
    found = []
    for number, table in enumerate(tables):
        key = table.get("key", f"out_{table['on']:%Y_%m_%d}_{number:03d}")
        values = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in table.items()
        }
        values.setdefault("who", Random(key).choice(("cv1", "cv2")))
        leaving = Leaving(**{**values, "key": key})
        _check(leaving)
        found.append(leaving)
    return tuple(found)


def _check(leaving):
    if leaving.fate not in FATES:
        raise ValueError(f"{leaving.key}: no such fate {leaving.fate!r}")
    if leaving.fate in ("void", "dropped") and not leaving.reason:
        raise ValueError(f"{leaving.key}: {leaving.fate} without a reason")
    if not {entry.split()[0] for entry in leaving.back} <= set(STATIONS):
        raise ValueError(f"{leaving.key}: sent back from nowhere")
    if leaving.refuses and leaving.refuses not in leaving.inside:
        raise ValueError(f"{leaving.key}: refused by none of its recipients")
    if COMMITTEE in leaving.inside and not leaving.lead and leaving.fate == "sent":
        raise ValueError(f"{leaving.key}: nobody handles it")
    for name in leaving.outside:
        issuer(name)


def _books(tables):
    """Return books; with the number that their unit would have come to, if none is."""
    found = []
    for table in tables:
        values = dict(table)
        if "number" not in values:
            share = values["on"].timetuple().tm_yday / 366
            share *= Random(values["unit"]).uniform(0.75, 1.2)
            last = round(issuer(values["unit"]).volume * share)
            if not last:
                # In the first days of a year nothing was numbered on paper yet.
                continue
            values["number"] = last + 1
            values["reason"] = f"Đến nay sổ giấy đã cấp đến số {last}."
        found.append(Book(key=f"book_{values['unit']}_{values['on']}", **values))
    return tuple(found)
