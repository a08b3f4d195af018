"""The way of one dossier from its opening to its closing, as acts in order of time."""

from datetime import datetime, time, timedelta
from random import Random

from . import dossier_phrases as words
from .acts import Line, head_login
from .dossier import DossierAct
from .dossier_support import SupportCourse
from .hours import OfficeHours
from .tables import work_calendar

OPEN_ENDED = ("asked", "answered", "in_progress", "passed", "proposed", "asks_time")


class DossierCourse(SupportCourse):
    """The way of one dossier through the offices (Article 6).

    :param dossier: :class:`~.dossier.Dossier`
    :param begun: the moment from which it may be opened: its paper is registered and
        directed
    :param issued: the moment at which its result was issued, if that is a document
    :param aways: absences of heads: what they have to do waits for them
    """

    def __init__(self, dossier, begun, issued=None, aways=()):
        self.dossier = dossier
        self.begun = begun
        self.issued = issued
        self.aways = aways
        self.dice = Random(f"dossier {dossier.key}")
        year = dossier.on.year
        self.calendar = work_calendar(year - 1, year, year + 1)
        self.hours = OfficeHours(self.calendar, self.dice)
        self.at = None
        self.found = []
        self.deadline = None
        self.answered_at = None
        head, unit = head_login(dossier.lead), dossier.lead
        self.head = head
        self.top = (unit, dossier.responsible if dossier.direct else "")
        self.mine = self.top if self._alone else (unit, dossier.responsible)

    @property
    def _alone(self):
        """Whether who is charged at the top does the work in person."""
        return self.dossier.direct or self.dossier.who == "head"

    def acts(self):
        """Return the acts on this dossier in their order."""
        self._open()
        rest = self.dossier.fate
        if rest == "draft" or not self._assign() or rest == "assigned":
            return self.found
        if not self._take_on() or not self._ask() or rest in OPEN_ENDED:
            return self.found
        self._work(self.dossier.result)
        if self._complete():
            self._decide()
        return self.found

    # -- opened, assigned -------------------------------------------------------

    def _open(self):
        dossier = self.dossier
        self.at = self.hours.later(self.begun, 3, 40)
        morning = self.hours.on_day(dossier.on, morning=self.dice.random() < 0.6)
        self.at = max(self.at, morning)
        self.deadline = dossier.deadline or self._count_deadline()
        self._rest("draft")
        self._act(dossier.opener, "open_dossier", day=self.deadline, text=dossier.order)

    def _count_deadline(self):
        """Return the deadline, which leaves time for a document that is the result."""
        dossier, day = self.dossier, self.at.date()
        days = dossier.days or self.dice.randint(12, 24)
        if dossier.fate == "late" and not dossier.days:
            days = self.dice.randint(5, 9)
        elif self.issued and dossier.fate != "late":
            days = max(days, self.calendar.count(day, self.issued.date()) + 3)
        return self.calendar.add(day, days)

    def _assign(self):
        """Charge who leads; return whether it stays there."""
        dossier = self.dossier
        if dossier.wrong:
            self._wait(3, 30)
            self._order((dossier.wrong, ""))
            self._look_in(head_login(dossier.wrong))
            self._rest("returned")
            wrong = (dossier.wrong, "")
            head = head_login(dossier.wrong)
            self._act(head, "give_back", wrong, text=dossier.reason)
            if dossier.fate == "returned":
                return False
        self._wait(4, 60)
        self._rest("assigned")
        self._order(self.top)
        if dossier.put:
            self._wait(2, 15)
            self._act(dossier.opener, "put_in", papers=dossier.put)
        return True

    def _order(self, target):
        unit, login = target
        # In the first days of a year the deadline may be over before it begins.
        deadline = max(self.deadline, self.at.date())
        line = Line("lead", unit, login, self.dossier.order, deadline)
        self._act(self.dossier.opener, "charge", lines=(line,))

    def _take_on(self):
        """The head passes it on or keeps it; return whether it is worked on."""
        dossier = self.dossier
        self._look_in(self.head)
        if not self._alone:
            self._rest("passed")
            self._pass_on(dossier.order)
            if dossier.fate == "passed":
                return False
            self._wait(30, 260)
        self._rest("in_progress")
        self._act(dossier.responsible, "take_part", self.mine)
        if dossier.rests_on or dossier.deadline:
            self._wait(20, 60)
            count = self.dice.randint(0, 3)
            self._act(dossier.responsible, "tick", count=count)
        return dossier.fate != "in_progress"

    def _pass_on(self, instruction):
        """Pass the work on to the specialist inside the unit."""
        unit, login = self.mine
        line = Line("lead", unit, login, instruction)
        self._act(self.head, "pass_part", self.top, lines=(line,))

    # -- finished ---------------------------------------------------------------

    def _work(self, result):
        """Work until there is a result: the issued document, or a recorded opinion."""
        dossier = self.dossier
        self.at = max(self.at, self._finishing_day())
        if self.issued and not dossier.again:
            self.at = max(self.at, self.issued)
        self._wait(20, 90)
        if self.issued and dossier.reply:
            self._act(dossier.responsible, "put_in", papers=(dossier.reply,))
        else:
            text = result or self.dice.choice(words.RESULTS)
            self._act(dossier.responsible, "opine", text=text)

    def _finishing_day(self):
        """Return a morning on which the result may be there, in time or not."""
        dossier, day = self.dossier, self.at.date()
        if dossier.fate == "late":
            found = self.calendar.add(self.deadline, self.dice.randint(1, 6))
        elif dossier.rests_on or dossier.deadline:
            found = self.calendar.add(day, 1)
        else:
            left = max(self.calendar.count(day, self.deadline) - 2, 0)
            found = self.calendar.add(day, self.dice.randint(left // 2, left))
        return self.hours.on_day(found, morning=True)

    def _complete(self):
        """The specialist completes, then the head; return whether both have."""
        dossier = self.dossier
        self._wait(3, 30)
        if not self._alone:
            self._rest("to_look")
            self._act(dossier.responsible, "complete")
            if dossier.fate == "to_look":
                return False
            self._look_in(self.head)
        self._rest("completed")
        self._act(self.top[1] or self.head, "complete")
        return dossier.fate != "completed"

    def _decide(self):
        """The opener sends it back, closes it, reopens it (Art. 6.3)."""
        dossier = self.dossier
        if dossier.back:
            self._wait(40, 300)
            self._act(dossier.opener, "turn_down", text=dossier.back)
            if not self._redo(last=not dossier.again):
                return
        self._close()
        if dossier.again:
            self._wait(900, 3000)
            self._act(dossier.opener, "reopen", text=dossier.again)
            if self._redo(last=True):
                self._close()

    def _redo(self, *, last):
        """Do the work again; return whether it is completed again."""
        dossier = self.dossier
        resting = last and dossier.fate == "redo"
        if not self._alone:
            self._look_in(self.head)
            self._pass_on(dossier.back or dossier.again)
            self._wait(20, 90)
            if resting:
                self._rest("redo")
            self._act(dossier.responsible, "take_part", self.mine)
        if resting:
            return False
        self._wait(100, 500)
        text = dossier.result or self.dice.choice(words.RESULTS)
        text = self.dice.choice(words.REDONE) + text[:1].lower() + text[1:]
        self._act(dossier.responsible, "opine", text=text)
        return self._complete()

    def _close(self):
        self._wait(30, 700)
        self._rest("closed")
        text = self.dossier.close or self.dice.choice(words.CLOSED)
        self._act(self.dossier.opener, "close", text=text)

    # -- helpers ----------------------------------------------------------------

    def _act(self, actor, verb, target=("", ""), **details):
        self._wait_for(actor)
        act = DossierAct(self.at, actor, verb, self.dossier, target, **details)
        self.found.append(act)

    def _wait(self, low, high):
        self.at = self.hours.later(self.at, low, high)

    def _look_in(self, login):
        self.at = self.hours.checkpoint(self.at)
        self._wait_for(login)

    def _wait_for(self, login):
        """Wait until a head is back: what they have to do here nobody else does."""
        for away in self.aways:
            last = away.revoked or away.end
            if login == head_login(away.unit) and away.start <= self.at.date() <= last:
                self.at = datetime.combine(last + timedelta(days=1), time(0))
                self._wait(10, 90)

    def _rest(self, fate):
        """Before the last step, wait until the day on which it came to rest."""
        day = self.dossier.rests_on
        if day and self.dossier.fate == fate:
            self.at = max(self.at, self.hours.on_day(day, morning=True))
