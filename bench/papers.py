"""Papers as they come in over the years, and the work that came of each.

Everything follows from a seed: two runs of one size fill the same database.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from .office import URGENCIES
from .vocabulary import RARE, Phrase, issuers, subjects

FIRST_DAY = date(2014, 1, 2)
#: Out of ten papers nine come to the committee: its Chief of Office then sees nearly
#: all of them, which is the hardest case for lists and counts.
COMMITTEES_SHARE = 0.9
#: One paper in so many has the rare subject, and one goes to who sees a few.
RARE_ONE_IN = 50_000
FEW_ONE_IN = 5_000
OLD_PAPERS = 3
KIND_WEIGHTS = {"": 50, "TTr": 12, "QĐ": 10, "BC": 10, "TB": 6, "KH": 6, "GM": 6}
URGENCY_WEIGHTS = (85, 10, 4, 1)


@dataclass(slots=True)
class Order:
    """One assignment."""

    id: int
    role: str
    state: str
    unit: object
    user: int | None
    giver: int
    giver_unit: int
    deadline: date | None
    sent: str
    accepted: str | None = None
    closed: str | None = None
    doer: int | None = None
    parent: "Order | None" = None
    children: list = field(default_factory=list)


@dataclass(slots=True)
class Paper:
    """One document with its orders."""

    id: int
    unit: object
    kind: object
    urgency: str
    reference: str
    issuer: str
    summary: str
    search_text: str
    dated: date
    received: date
    deadline: date
    state: str
    number: int
    field_id: int | None
    directed: bool
    orders: list


class Counters:
    """Registers of units and years: the last number of each."""

    def __init__(self):
        self.last = {}

    def take(self, unit, year):
        """Return the next number of a register."""
        key = (unit.id, year)
        self.last[key] = self.last.get(key, 0) + 1
        return self.last[key]


class Incoming:
    """The stream of papers of one office.

    :param office: who receives and works
    :param size: how many papers
    :param today: the day on which the newest of them arrive
    :param first_paper: id of the first, and ``first_order`` of the first order
    """

    def __init__(self, office, size, today, first_paper=1, first_order=1, seed=2014):
        self.office = office
        self.size = size
        self.today = today
        self.counters = Counters()
        self._next_paper = first_paper
        self._next_order = first_order
        self._random = random.Random(seed)
        self._calendar = office.committee.calendar
        self._days = [
            day for day in _days(FIRST_DAY, today) if self._calendar.is_working(day)
        ]
        self._issuers = issuers()
        self._subjects = subjects([unit.place for unit in office.others])
        self._rare = Phrase(RARE)
        self._kinds = [kind for kind in office.kinds if kind.code in KIND_WEIGHTS]
        self._weights = [KIND_WEIGHTS[kind.code] for kind in self._kinds]
        self._hands = {
            unit.id: tuple(set(unit.specialists) - office.watchers.kept_apart)
            or (unit.head,)
            for unit in (office.committee, *office.others)
        }
        self._deadlines = {}

    def __iter__(self):
        for index in range(self.size):
            day = self._days[index * len(self._days) // self.size]
            yield self._paper(index, day)

    # -- one paper ------------------------------------------------------------

    def _paper(self, index, received):
        chance = self._random.random
        unit = (
            self.office.committee
            if chance() < COMMITTEES_SHARE
            else self._random.choice(self.office.others)
        )
        (kind,) = self._random.choices(self._kinds, self._weights)
        (urgency,) = self._random.choices(URGENCIES, URGENCY_WEIGHTS)
        issuer, symbol = self._random.choice(self._issuers)
        subject = (
            self._rare
            if index % RARE_ONE_IN == RARE_ONE_IN // 1000
            else self._random.choice(self._subjects)
        )
        outside = self._random.randrange(1, 3000)
        tail = f"{kind.code}-{symbol.text}" if kind.code else symbol.text
        folded_tail = (
            f"{Phrase(kind.code).folded} {symbol.folded}"
            if kind.code
            else symbol.folded
        )
        year = received.year
        state = self._state(received)
        paper = Paper(
            id=self._next_paper,
            unit=unit,
            kind=kind,
            urgency=urgency,
            reference=f"{outside:02d}/{tail}",
            issuer=issuer.text,
            summary=f"{subject.text} năm {year}",
            search_text=f" {outside} {folded_tail} {issuer.folded}"
            f" {subject.folded} nam {year} ",
            dated=received - timedelta(days=self._random.randrange(10)),
            received=received,
            deadline=self._deadline(unit, received, kind.days[urgency]),
            state=state,
            number=0,
            field_id=self._random.choice(unit.fields)
            if unit.fields and chance() < 0.5
            else None,
            directed=state in ("assigned", "done") and chance() < 0.5,
            orders=[],
        )
        self._next_paper += 1
        if state not in ("draft", "refused"):
            paper.number = self.counters.take(unit, year)
        if state in ("assigned", "done"):
            self._route(paper, index)
        return paper

    def _state(self, received):
        """Old papers are done, but for a few; the newest are under way."""
        age = (self.today - received).days
        luck = self._random.random()
        if luck < 0.002:
            return "refused"
        if age <= 3:
            return "draft" if luck < 0.1 else "registered" if luck < 0.4 else "assigned"
        if age <= 20:
            return "assigned" if luck < 0.6 else "done"
        return "assigned" if luck < 0.007 else "done"

    def _deadline(self, unit, day, days):
        key = (unit.calendar, day, days)
        if key not in self._deadlines:
            self._deadlines[key] = unit.calendar.add(day, days)
        return self._deadlines[key]

    # -- the work that comes of it --------------------------------------------

    def _route(self, paper, index):
        """Give the paper to a lead and others, and let them pass it on."""
        chance = self._random.random
        finished = paper.state == "done"
        if paper.unit is not self.office.committee:
            self._order(paper, "lead", paper.unit, self._hand(paper.unit), finished)
            return
        lead, *beside = self._random.sample(self.office.others, 4)
        watchers = self.office.watchers
        person = None
        if index < OLD_PAPERS:
            person = watchers.old
        elif index % FEW_ONE_IN == FEW_ONE_IN // 100:
            person = watchers.few
        if person:
            lead = next(u for u in self.office.others if person in u.specialists)
            beside = [unit for unit in beside if unit is not lead]
        order = self._order(paper, "lead", lead, None, finished)
        if person or finished and chance() < 0.7 or chance() < 0.4:
            person = person or self._hand(lead)
            self._order(paper, "lead", lead, person, finished, order)
        for unit in beside:
            luck = chance()
            if luck < 0.2:
                self._order(paper, "support", unit, None, finished or luck < 0.05)
            elif luck < 0.4:
                self._order(paper, "inform", unit, None, luck < 0.396)

    def _hand(self, unit):
        return self._random.choice(self._hands[unit.id])

    def _order(self, paper, role, unit, user, finished, parent=None):
        chance = self._random.random
        day = paper.received + timedelta(days=chance() < 0.3)
        giver = parent.unit.head if parent else paper.unit.router
        order = Order(
            id=self._next_order,
            role=role,
            state="sent",
            unit=unit,
            user=user,
            giver=giver,
            giver_unit=parent.unit.id if parent else paper.unit.id,
            deadline=None if role == "inform" else paper.deadline,
            sent=self._moment(day, 3 if parent is None else 5),
            parent=parent,
        )
        self._next_order += 1
        if finished or parent or chance() < 0.5:
            order.state = "accepted"
            order.accepted = self._moment(day, 6)
        if parent and parent.state == "sent":
            parent.state = "accepted"
            parent.accepted = order.sent
        if finished:
            late = chance() < 0.08
            end = paper.deadline + timedelta(days=9 * late)
            end = max(day, min(end, self.today))
            order.state = "done"
            order.doer = user or unit.head
            order.closed = self._moment(end, 7 if parent else 8)
        paper.orders.append(order)
        if parent:
            parent.children.append(order)
        return order

    def _moment(self, day, hour):
        """Return a moment of the working day (hours are UTC, seven behind Hà Nội)."""
        seconds = self._random.randrange(3600)
        return f"{day} {hour:02d}:{seconds // 60:02d}:{seconds % 60:02d}"


def _days(first, last):
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
