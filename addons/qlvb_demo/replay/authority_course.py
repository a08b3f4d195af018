"""Accounts, absences and hand-overs, as acts in order of time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from .acts import Act, head_login
from .authority import MOVES
from .course import Course
from .dossier import DossierAct
from .dossier_course import DossierCourse
from .hours import OfficeHours
from .leaving_course import LeavingCourse
from .tables import work_calendar

FIRST_PASSWORD = ("grant", "reset", "transfer", "rotation")
"""Kinds after which people begin anew: what they had opened is closed."""


@dataclass(frozen=True)
class HandOver:
    """What somebody leaves behind in a unit, and who gets it."""

    key: str
    login: str
    unit: str
    receiver: str
    on: date


class RequestCourse:
    """The way of one request: prepared, decided on, carried out, taken over.

    :param request: :class:`~.authority.Request`
    """

    def __init__(self, request):
        self.request = request
        year = request.on.year
        self.dice = Random(f"request {request.key}")
        self.calendar = work_calendar(year - 1, year, year + 1)
        self.hours = OfficeHours(self.calendar, self.dice)
        self.at = None
        self.found = []

    def acts(self):
        """Return the acts on this request in their order."""
        request = self.request
        # Early enough in the morning that it takes effect the same day, if it shall.
        self.at = datetime.combine(request.on, time(7, 40))
        self._act(request.by, "prepare_request")
        if request.fate == "draft":
            return self.found
        self._wait(4, 15)
        self._act(request.by, "submit_request")
        if request.fate == "submitted":
            return self.found
        self._wait(15, 60)
        if request.fate == "refused":
            self._act("chutich", "refuse_request", text=request.reason)
            return self.found
        self._act("chutich", "approve_request")
        self._take_effect()
        return self.found

    def _take_effect(self):
        """People begin with a password of their own; movers hand over."""
        request = self.request
        if request.effective > self.at.date():
            self.at = datetime.combine(request.effective, time(7, 30))
        self._wait(4, 25)
        for login in self._beginners():
            self._wait(1, 6)
            self._act(login, "choose_password")
        if request.kind in MOVES and request.receiver:
            self.at = self.hours.checkpoint(self.at)
            for line in request.lines:
                left = HandOver(
                    f"handover_{request.key}",
                    line.login,
                    line.leaves,
                    request.receiver,
                    request.effective,
                )
                head = head_login(line.leaves)
                self._act(head, "take_over", left)
                self._wait(30, 60)

    def _beginners(self):
        """Return whose first password was given by this request."""
        request = self.request
        if request.kind == "keeper":
            return [f"vt.{line.unit}" for line in request.lines]
        if request.kind in FIRST_PASSWORD:
            return [line.login for line in request.lines]
        return []

    def _act(self, actor, verb, entry=None, **details):
        act = Act(self.at, actor, verb, entry or self.request, **details)
        self.found.append(act)

    def _wait(self, low, high):
        self.at = self.hours.later(self.at, low, high)


def absence(entry):
    """Return the act of recording an absence: on the working day before."""
    calendar = work_calendar(entry.start.year - 1, entry.start.year)
    before = calendar.add(entry.start, -1)
    minute = Random(entry.key).randint(5, 35)
    return Act(datetime.combine(before, time(16, minute)), entry.who, "be_away", entry)


def work(part, begun):
    """Return the acts on what the movers, and a deputy, work on.

    :param part: :class:`~.authority.Slice`
    :param begun: when the papers of the dossiers came, by key
    """
    acts = [act for one in part.papers for act in Course(one, part.missions).acts()]
    moves = [one for one in part.requests if one.receiver]
    for one in part.leavings:
        acts += LeavingCourse(one).acts()
        acts += _after_hand_over(one, one.by, one.drafter, moves, _leave_off)
    for one in part.dossiers:
        acts += DossierCourse(one, begun[one.paper.key]).acts()
        acts += _after_hand_over(one, one.lead, one.responsible, moves, _finish)
    return acts


def _after_hand_over(entry, unit, login, moves, go_on):
    """Return what the receiver of a piece of work does with it, in the closed year."""
    for request in moves:
        for line in request.lines:
            if (line.login, line.leaves) == (login, unit) and request.on.year == 2014:
                begin = request.effective + timedelta(days=1)
                return go_on(entry, request.receiver, begin)
    return []


def _leave_off(leaving, receiver, begin):
    """A draft that was taken over and is not needed any more."""
    dice = Random(f"left {leaving.key}")
    calendar = work_calendar(begin.year)
    hours = OfficeHours(calendar, dice)
    at = hours.later(datetime.combine(begin, time(0)), 60, 200)
    return [Act(at, receiver, "drop", leaving, text=leaving.reason)]


def _finish(dossier, receiver, begin):
    """A dossier that was taken over is completed, and closed."""
    dice = Random(f"left {dossier.key}")
    hours = OfficeHours(work_calendar(begin.year), dice)
    head = head_login(dossier.lead)
    at = hours.later(datetime.combine(begin, time(0)), 1500, 3000)
    acts = [DossierAct(at, receiver, "opine", dossier, text=dossier.result)]
    at = hours.later(at, 5, 30)
    acts.append(DossierAct(at, receiver, "complete", dossier))
    at = hours.checkpoint(at)
    acts.append(DossierAct(at, head, "complete", dossier))
    at = hours.later(at, 120, 600)
    acts.append(DossierAct(at, "chanhvp", "close", dossier, text=dossier.close))
    return acts
