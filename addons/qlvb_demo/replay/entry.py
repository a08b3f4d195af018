"""The kinds of entries that the catalogue is made of."""

from dataclasses import dataclass
from datetime import date

from ..papers import compose_pdf
from .leavings import Leavings
from .offices import COMMITTEE, addressee, issuer

FATES = {
    "on_time": "handled within the deadline",
    "late": "handled after the deadline",
    "urged": "handled late, after the Chief of Office urged",
    "by_head": "handled by the head in person",
    "delegated": "handled by the deputy while the head was away",
    "misrouted": "returned once by the wrong unit, then handled",
    "recalled": "taken back from the wrong unit, then handled",
    "refused": "refused at the check",
    "awaiting": "registered, not yet routed",
    "directed": "directed, not yet routed",
    "routed": "routed, not yet accepted",
    "returned": "returned by the wrong unit, waiting to be routed again",
    "in_progress": "with the specialist, in time",
    "to_review": "the specialist's result waits to be looked at",
    "overdue": "with the specialist, past its deadline",
    "unanswered": "nobody accepted it, past its deadline",
}


@dataclass(frozen=True)
class Entry:
    """One paper with its fate; :mod:`.catalogue` explains the fields."""

    key: str
    received: date
    dated: date
    issuer: str
    reference: str
    type: str
    topic: str
    summary: str
    lead: str
    urgency: str = "normal"
    legislative: bool = False
    field: str = ""
    to: str = COMMITTEE
    support: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()
    days: int = 0
    by: str = "chutich"
    direction: str = ""
    order: str = ""
    note: str = ""
    result: str = ""
    reason: str = ""
    who: str = ""
    wrong: str = ""
    fate: str = "on_time"

    @property
    def issuer_name(self):
        return issuer(self.issuer).name

    def pdf(self):
        """Return the paper itself as a PDF, always the same one."""
        return compose_pdf(
            issuer=issuer(self.issuer),
            type_code=self.type,
            reference=self.reference,
            dated=self.dated,
            summary=self.summary,
            topic=self.topic,
            addressee=addressee(self.to),
            urgency=self.urgency,
        )

    @property
    def file_name(self):
        """A name for the file as a scanner in a registry gives it."""
        plain = self.reference.replace("/", "_").replace(" ", "")
        return f"{plain}.pdf"


@dataclass(frozen=True)
class Barred:
    """A paper that Article 3 keeps out, offered at the door."""

    on: date
    secrecy: str = "none"
    nature: str = "ordinary"


@dataclass(frozen=True)
class Away:
    """A head's absence, with the deputy acting."""

    unit: str
    start: date
    end: date
    reason: str
    revoked: date | None = None


@dataclass(frozen=True)
class Catalogue:
    """Everything that is to be replayed: what arrives, in order, and what leaves."""

    year: tuple[Entry, ...]
    running: tuple[Entry, ...]
    barred: tuple[Barred, ...]
    away: tuple[Away, ...]
    leaving: Leavings
