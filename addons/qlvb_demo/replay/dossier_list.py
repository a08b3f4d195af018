"""The years' lists of dossiers, drafted and approved before the year begins.

A table ``[[list]]`` in ``entries/dossier_lists.toml`` has ``year`` (else it is the
running one's), ``headings`` (``symbol``, ``name``) and ``entries``: ``in`` the symbol
of the heading, ``unit`` the slug of who makes it, ``keep`` the retention, ``name``.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from .tables import read, work_calendar


@dataclass(frozen=True)
class Planned:
    """One entry of a list."""

    key: str
    heading: str
    unit: str
    retention: str
    name: str


@dataclass(frozen=True)
class YearList:
    """The list of dossiers of one year."""

    key: str
    year: int
    headings: tuple[tuple[str, str], ...]
    entries: tuple[Planned, ...]

    def day(self, before):
        """Return the working day so many before the year begins."""
        first = date(self.year, 1, 1)
        calendar = work_calendar(self.year - 1, self.year)
        return calendar.add(first, -before)

    @property
    def drafted(self):
        return datetime.combine(self.day(3), time(14, 10))

    @property
    def approved(self):
        return datetime.combine(self.day(1), time(9, 20))

    def key_of(self, title):
        """Return the key of the entry with this title, or an empty one."""
        return next((one.key for one in self.entries if one.name == title), "")


def load_lists(now):
    """Read the lists.

    :param now: the present moment on Hà Nội's wall clock (naive)
    :return: by year
    """
    found = (_list(table, now.year) for table in read("dossier_lists.toml", "list"))
    return {one.year: one for one in found}


def _list(table, running):
    year = table.get("year", running)
    key = f"dossier_list_{year}"
    texts = {"year": year, "next": year + 1}
    return YearList(
        key=key,
        year=year,
        headings=tuple((one["symbol"], one["name"]) for one in table["headings"]),
        entries=tuple(
            Planned(
                key=f"{key}_{number:02d}",
                heading=one["in"],
                unit=one["unit"],
                retention=one["keep"],
                name=one["name"].format(**texts),
            )
            for number, one in enumerate(table["entries"], 1)
        ),
    )
