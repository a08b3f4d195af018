"""What arrived in the demonstration: one entry a paper, with what became of it.

The entries lie in ``entries/*.toml``; a table ``[[paper]]`` has these keys:

``on`` or ``ago``   day of arrival, or working days back from today
``age``             days between the paper's date and its arrival
``from``            issuer: a unit's slug or a key of ``papers/issuers.toml``
``type``            code of the kind; ``legislative`` for a law-giving decision
``symbol``          the drafting part of a letter's symbol; ``number`` where fixed
``topic``, ``about``  what the paper speaks about, and its abstract
``urgency``         normal, urgent, very_urgent, express
``field``           field of work
``to``              in whose register, if not the committee's
``lead``, ``support``, ``inform``  slugs of units; in a unit's own register ``lead``
                    is the short login of a person there (``cv1``)
``days``            working days to handle it
``by``              who directs, if not the chairman
``direction``, ``order``, ``note``, ``result``, ``reason``  what people wrote
``who``             the specialist (``cv1`` or ``cv2``)
``wrong``           the unit charged first by mistake
``fate``            what became of it, see :data:`.entry.FATES`
"""

from dataclasses import replace
from datetime import timedelta
from random import Random

from .entry import FATES, Away, Barred, Catalogue, Entry
from .leavings import Leavings
from .offices import issuer
from .tables import placed, read, work_calendar

WORKING_DAYS = {"normal": 8, "urgent": 4, "very_urgent": 2, "express": 1}
# How many of a hundred papers of an agency are of a kind: numbers grow with it.
SHARE = {"CV": 55, "QĐ": 14, "BC": 9, "GM": 8, "KH": 5, "TTr": 5, "TB": 5, "CT": 0.4}
VICE_FIELDS = ("vanhoa", "giaoduc")


def load(now):
    """Read all entries.

    :param now: the present moment on Hà Nội's wall clock (naive); the slice of the
        running year ends with it.
    :return: :class:`Catalogue`
    :raises ValueError: for an entry that cannot be
    """
    tables = read("2014_*.toml", "paper") + read("story.toml", "paper")
    running = [placed(table, now) for table in read("running.toml", "paper")]
    return Catalogue(
        year=entries(tables),
        running=entries(running),
        barred=tuple(Barred(**table) for table in read("story.toml", "barred")),
        away=tuple(_away(**table) for table in read("story.toml", "away")),
        leaving=Leavings.load(now),
    )


def _away(**table):
    # "from" and "to" read well in the table but cannot name fields.
    return Away(start=table.pop("from"), end=table.pop("to"), **table)


def entries(tables):
    """Turn tables into entries in order of arrival, with their numbers."""
    taken, found = {}, []
    for index, table in enumerate(sorted(tables, key=lambda table: table["on"])):
        table = dict(table)
        arrival = table.pop("on")
        calendar = work_calendar(arrival.year - 1, arrival.year)
        dated = arrival - timedelta(days=table.pop("age"))
        while not calendar.is_working(dated):
            dated -= timedelta(days=1)
        reference = _reference(table, dated, taken)
        entry = Entry(
            key=table.pop("key", f"{arrival:%Y-%m-%d}-{index:03d}"),
            received=arrival,
            dated=dated,
            issuer=table.pop("from"),
            summary=table.pop("about"),
            reference=reference,
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in table.items()
            },
        )
        _check(entry)
        found.append(_complete(entry))
    return tuple(found)


def _reference(table, dated, taken):
    """Compose the number and symbol and take their keys out of ``table``.

    An agency's numbers grow over the year with the number of papers it issues.
    """
    office = issuer(table["from"])
    kind, drafted_by = table["type"], table.pop("symbol", "")
    number = table.pop("number", 0)
    if not number:
        volume = office.volume * SHARE.get(kind, 2) / 100
        day = dated.timetuple().tm_yday
        number = max(1, round(volume * day / 366))
    series = (table["from"], kind, dated.year)
    number = max(number, taken.get(series, 0) + 1)
    taken[series] = number
    symbol = f"{office.symbol}-{drafted_by}" if kind == "CV" else ""
    symbol = symbol.rstrip("-") or f"{kind}-{office.symbol}"
    if table.get("legislative"):
        return f"{number:02d}/{dated.year}/{symbol}"
    return f"{number:02d}/{symbol}"


def _check(entry):
    if entry.fate not in FATES:
        raise ValueError(f"{entry.key}: no such fate {entry.fate!r}")
    astray = entry.fate in ("misrouted", "recalled", "returned")
    if (astray or entry.fate == "refused") and not entry.reason:
        raise ValueError(f"{entry.key}: {entry.fate} without a reason")
    if astray and entry.wrong in ("", entry.lead):
        raise ValueError(f"{entry.key}: no wrong unit")
    if entry.by == "phochutich" and entry.field not in VICE_FIELDS:
        raise ValueError(f"{entry.key}: not a field of the vice chairman")
    issuer(entry.issuer)


def _complete(entry):
    """Fill in what an entry leaves to chance: the specialist and the days."""
    dice = Random(entry.key)
    return replace(
        entry,
        who=entry.who or dice.choice(("cv1", "cv2")),
        days=entry.days or WORKING_DAYS[entry.urgency],
    )
