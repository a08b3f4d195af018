"""Who may act: accounts by decision, absences, missions, hand-overs.

The entries lie in ``entries/authority.toml``.  Days are given as ``on``, or in the
running year as ``ago``, working days back from today.

A table ``[[request]]`` is a request about accounts (Article 9.4):

``key``             its name
``by``              who prepares it, if not the clerk of the Office
``kind``            as in ``qlvb.account.request``
``number``          of the decision; ``decided`` working days before the request
``after``           working days until it takes effect
``fate``            what became of it, see :data:`FATES`; ``reason`` of a refusal
``note``            what it is about
``receiver``        who gets what the mover leaves; without, the hand-over stays open
``lines``           persons: ``login``; ``name`` of a new one, or corrected; ``unit``,
                    ``role`` and ``title`` of the post given; ``leaves`` and ``was``,
                    unit and role of the post left; of a unit's account ``unit`` and
                    the keeper

``[[absence]]`` has ``who``, ``from`` and ``to`` (or ``ago`` and ``days``),
``from_half``, ``to_half``, ``reason`` and ``note``; ``[[mission]]`` is a head's, with a
delegation, of the running year.  ``[[paper]]``, ``[[document]]`` and ``[[dossier]]``
are what these people work on; their own modules explain the keys.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .acts import head_login
from .catalogue import entries
from .dossier import Dossier, dossiers, set_in_time
from .entry import Away, Entry
from .leaving import Leaving
from .leavings import leavings
from .tables import last_day, placed, read, work_calendar

FATES = {
    "done": "approved and carried out",
    "refused": "refused by the chairman",
    "submitted": "before the chairman",
    "draft": "being prepared by the Office",
}
MOVES = ("transfer", "rotation", "withdraw", "end_post")
TABLE = "authority.toml"


@dataclass(frozen=True)
class Line:
    """One person, or one unit's account, of a request; the module explains it."""

    login: str
    name: str = ""
    unit: str = ""
    role: str = ""
    title: str = ""
    leaves: str = ""
    was: str = ""


@dataclass(frozen=True)
class Request:
    """One request about accounts with its fate; the module explains the fields."""

    key: str
    on: date
    kind: str
    decided: date
    effective: date
    lines: tuple[Line, ...]
    number: str = ""
    by: str = "vanthu"
    fate: str = "done"
    reason: str = ""
    note: str = ""
    receiver: str = ""

    @property
    def newcomers(self):
        """The logins that it asks for, of people without an account."""
        return tuple(line.login for line in self.lines if self.kind == "grant")


@dataclass(frozen=True)
class Absence:
    """Somebody is away, as they record it themselves."""

    key: str
    who: str
    start: date
    end: date
    reason: str
    note: str = ""
    from_half: str = "morning"
    to_half: str = "afternoon"

    def halves(self):
        """Yield each day of it with the half-days in which the person is away."""
        day = self.start
        while day <= self.end:
            halves = ["morning", "afternoon"]
            if day == self.start and self.from_half == "afternoon":
                halves.remove("morning")
            if day == self.end and self.to_half == "morning":
                halves.remove("afternoon")
            yield day, halves
            day += timedelta(days=1)


@dataclass(frozen=True)
class Slice:
    """All of it in one of the two years."""

    requests: tuple[Request, ...]
    absences: tuple[Absence, ...]
    missions: tuple[Away, ...]
    papers: tuple[Entry, ...]
    leavings: tuple[Leaving, ...]
    dossiers: tuple[Dossier, ...]


@dataclass(frozen=True)
class Authority:
    """All entries: of the past year, and of the slice of the running one."""

    year: Slice
    running: Slice

    @classmethod
    def load(cls, catalogue, now):
        """Read all entries.

        :param catalogue: what arrives and leaves, :class:`~.entry.Catalogue`
        :param now: the present moment on Hà Nội's wall clock (naive)
        :raises ValueError: for an entry that cannot be
        """
        return cls(
            year=_slice(_tables(running=False), catalogue.year, catalogue.away),
            running=_running(catalogue.running, now),
        )

    @property
    def newcomers(self):
        """The logins that requests carried out brought into the house."""
        return tuple(
            login
            for one in (*self.running.requests, *self.year.requests)
            if one.fate == "done"
            for login in one.newcomers
        )


def _tables(*, running):
    """Return the tables of one of the two years, by kind."""
    kinds = ("request", "absence", "mission", "paper", "document", "dossier")
    return {
        kind: [one for one in read(TABLE, kind) if ("ago" in one) is running]
        for kind in kinds
    }


def _running(papers, now):
    """Return the slice of the running year.

    In its first weeks all papers arrived since its first working day; there is no
    room yet for somebody to come, work, and be moved.  What is before the Office and
    the chairman is there on any day.
    """
    last = last_day(now)
    calendar = work_calendar(now.year - 1, now.year, now.year + 1)
    tables = _tables(running=True)
    oldest = max(one["ago"] for kind in tables.values() for one in kind)
    if calendar.add(last, -oldest).year < now.year:
        waiting = [one for one in tables["request"] if one.get("fate") in WAITING]
        tables = {kind: [] for kind in tables} | {"request": waiting}
    for kind in ("request", "absence", "mission"):
        tables[kind] = [_on_day(one, calendar, last) for one in tables[kind]]
    for kind in ("paper", "document"):
        tables[kind] = [placed(one, now) for one in tables[kind]]
    tables["dossier"] = [set_in_time(one, now) for one in tables["dossier"]]
    return _slice(tables, papers, ())


WAITING = ("submitted", "draft")


def _on_day(table, calendar, last):
    table = dict(table)
    table["on"] = calendar.add(last, -table.pop("ago"))
    if "days" in table:
        table["from"] = table["on"]
        table["to"] = calendar.add(table.pop("on"), table.pop("days") - 1)
    return table


def _slice(tables, papers, aways):
    own = entries(tables["paper"])
    missions = tuple(
        Away(one["unit"], one["from"], one["to"], one["reason"])
        for one in tables["mission"]
    )
    absences = [_absence(**one) for one in tables["absence"]]
    absences += [_of_head(away) for away in (*aways, *missions)]
    leaving = leavings(tables["document"])
    return Slice(
        requests=tuple(_request(one) for one in tables["request"]),
        absences=tuple(absences),
        missions=missions,
        papers=own,
        leavings=leaving,
        dossiers=dossiers(tables["dossier"], papers + own, leaving, {}),
    )


def _request(table):
    values = dict(table)
    calendar = work_calendar(table["on"].year - 1, table["on"].year)
    values["decided"] = calendar.add(table["on"], -values.get("decided", 0))
    values["effective"] = calendar.add(table["on"], values.pop("after", 0))
    values["lines"] = tuple(Line(**line) for line in values["lines"])
    request = Request(**values)
    if request.fate not in FATES:
        raise ValueError(f"{request.key}: no such fate {request.fate!r}")
    if (request.fate == "refused") != bool(request.reason):
        raise ValueError(f"{request.key}: refused without a reason, or with one")
    if request.fate == "done" and not request.number:
        raise ValueError(f"{request.key}: carried out without a decision")
    if request.receiver and request.kind not in MOVES:
        raise ValueError(f"{request.key}: nothing is handed over")
    return request


def _absence(**table):
    # "from" and "to" read well in the table but cannot name fields.
    start, end = table.pop("from"), table.pop("to")
    key = f"absence_{table['who'].replace('.', '_')}_{start:%Y_%m_%d}"
    return Absence(key=key, start=start, end=end, **table)


def _of_head(away):
    """Return the absence behind a delegation; who is back early works again."""
    end = away.revoked - timedelta(days=1) if away.revoked else away.end
    values = {"from": away.start, "to": end, "reason": away.reason}
    return _absence(who=head_login(away.unit), **values)
