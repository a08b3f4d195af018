"""The way of one outgoing document, as acts in order of time (Article 7)."""

from datetime import datetime, time, timedelta
from random import Random

from . import phrases
from .acts import Act, Line, head_login
from .hours import OfficeHours
from .leaving import JUSTICE, OFFICE, ORDER_BASIS, Copy
from .offices import COMMITTEE
from .tables import work_calendar

URGENT = ("urgent", "very_urgent", "express")
AT_ONCE = ("very_urgent", "express")
# Where a document rests that the running year shows on its way.
RESTS = {
    "at_head": "head",
    "at_office": "office",
    "at_legal": "legal",
    "to_sign": "signer",
    "to_number": "clerk",
}


class LeavingCourse:
    """The way of one document up, out, and into the books of its recipients.

    :param leaving: :class:`~.leaving.Leaving`
    :param aways: absences of heads: nobody reviews or signs for them (Article 5.3)
    :param answered: what it replies to, as ``(entry, since)`` with the moment from
        which the drafter holds it; ``None`` for none
    """

    def __init__(self, leaving, aways=(), answered=None):
        self.leaving = leaving
        self.aways = aways
        self.answered = answered
        self.dice = Random(f"leaving {leaving.key}")
        year = leaving.on.year
        self.hours = OfficeHours(work_calendar(year - 1, year, year + 1), self.dice)
        self.back = [entry.split() for entry in leaving.back]
        self.withdrawn = False
        self.at = None
        self.found = []

    def acts(self):
        """Return the acts on this document in their order."""
        leaving = self.leaving
        self.at = self.hours.on_day(leaving.on, morning=True)
        if self.answered:
            self.at = max(self.at, self.hours.later(self.answered[1], 5, 40))
        self._act(leaving.drafter, "draft")
        if leaving.fate == "draft":
            return self.found
        self._submit(15, 120)
        if self.answered:
            self._finish_own_part()
        if self._climb() and self._issue():
            self._send()
        return self.found

    # -- the way up -------------------------------------------------------------

    def _climb(self):
        """Go from station to station, and again from the first after each return.

        :return: whether it arrived at its number
        """
        while True:
            for station, login in self._stations():
                self._come_before(station, login)
                if RESTS.get(self.leaving.fate) == station and not self.back:
                    return False
                if self.back and self.back[0][0] == station:
                    if not self._turn_back(login, *self.back.pop(0)[1:]):
                        return False
                    break
                if station == "office" and self._takes_back():
                    break
                self._pass(station, login)
            else:
                return True

    def _stations(self):
        """Return where it passes, and who acts there, in order; each unit once."""
        leaving = self.leaving
        stations = [("head", leaving.by)]
        if leaving.unit == COMMITTEE and leaving.by != COMMITTEE:
            stations.append(("office", OFFICE))
        if leaving.legislative:
            stations.append(("legal", JUSTICE))
        stations += [("cosign", unit) for unit in leaving.asked]
        passed, found = set(), []
        for station, unit in stations:
            if unit not in passed:
                passed.add(unit)
                found.append((station, head_login(unit)))
        return [*found, ("signer", leaving.signer_login), ("clerk", self._clerk())]

    def _come_before(self, station, login):
        """Wait until whoever is next has time for it."""
        leaving = self.leaving
        if leaving.urgency in AT_ONCE:
            self._wait(3, 12)
        elif leaving.urgency in URGENT or station == "clerk":
            self._wait(10, 50)
        elif station == "head":
            self.at = self.hours.checkpoint(self.at)
        else:
            self._wait(45, 320)
        if station == "signer" and leaving.sign_on:
            day = self.hours.on_day(leaving.sign_on, morning=True)
            self.at = max(self.at, day)
        self._wait_for(login)

    def _wait_for(self, login):
        """Wait until a head is back: what they sign and review nobody does for them."""
        for away in self.aways:
            last = away.revoked or away.end
            present = head_login(away.unit) != login
            if not present and away.start <= self.at.date() <= last:
                self.at = datetime.combine(last + timedelta(days=1), time(0))
                self._wait(10, 90)

    def _pass(self, station, login):
        if station == "signer":
            self._act(login, "sign")
        elif station == "clerk":
            self._act(login, "check")
        else:
            remark = self.dice.choice(phrases.APPROVED[station])
            self._act(login, "approve", text=remark)

    def _turn_back(self, login, *codes):
        """Send it back; return whether it comes again."""
        text = " ".join(phrases.TURNED_BACK[code] for code in codes)
        self._act(login, "turn_back", text=text, codes=codes)
        if not self.back and self.leaving.fate in ("sent_back", "dropped"):
            if self.leaving.fate == "dropped":
                self._wait(200, 600)
                self._act(self.leaving.drafter, "drop", text=self.leaving.reason)
            return False
        self._mend()
        return True

    def _takes_back(self):
        """The drafter takes it back once, before the Office has looked at it."""
        reason = self.leaving.withdrawn
        if not reason or self.withdrawn:
            return False
        self.withdrawn = True
        self._act(self.leaving.drafter, "withdraw", text=reason)
        self._mend()
        return True

    def _mend(self):
        quick = self.leaving.urgency in URGENT
        self._wait(*((5, 20) if quick else (40, 200)))
        self._act(self.leaving.drafter, "revise")
        self._submit(2, 15)

    def _submit(self, low, high):
        if self.leaving.urgency in AT_ONCE:
            low, high = 2, 8
        self._wait(low, high)
        self._act(self.leaving.drafter, "submit")

    def _finish_own_part(self):
        """With the draft submitted, the specialist's own part of the work is done."""
        entry, _since = self.answered
        kept = self.at
        self._wait(1, 4)
        drafter = self.leaving.drafter
        target = (entry.lead, drafter)
        act = Act(self.at, drafter, "done", entry, target, text=entry.result)
        self.found.append(act)
        self.at = kept

    # -- number, dispatch -------------------------------------------------------

    def _issue(self):
        """Give the number; return whether it goes on to its recipients."""
        leaving, clerk = self.leaving, self._clerk()
        self._wait(1, 4)
        self._act(clerk, "issue")
        if leaving.fate == "void":
            self._wait(20, 60)
            self._act(clerk, "void", text=leaving.reason)
        return leaving.fate not in ("void", "to_send")

    def _send(self):
        leaving, clerk = self.leaving, self._clerk()
        self._wait(2, 15)
        self._act(clerk, "dispatch")
        if leaving.outside:
            kept = self.at
            self._wait(20, 120)
            self._act(clerk, "post", text=f"EG{self.dice.randint(10**8, 10**9 - 1)}VN")
            self.at = kept
        sent_at = self.at
        if leaving.fate != "delivered":
            for unit in leaving.inside:
                self.at = sent_at
                self._receive(unit)

    # -- at the recipients ------------------------------------------------------

    def _receive(self, unit):
        """A recipient's clerk looks in, registers it or sends it back."""
        leaving = self.leaving
        if leaving.urgency in URGENT:
            self._wait(4, 40)
        elif self.dice.random() < 0.6:
            self._wait(5, 90)
        else:
            self.at = self.hours.checkpoint(self.at)
        copy = Copy(f"{leaving.key}_{unit}", leaving, unit)
        clerk = clerk_of(unit, self.dice)
        if unit == leaving.refuses:
            self._act(clerk, "turn_away", entry=copy, text=leaving.refusal)
            return
        self._act(clerk, "take_in", entry=copy)
        if leaving.fate == "replaced":
            return
        if unit == COMMITTEE:
            self._handle_above(copy)
        else:
            self._handle(copy)

    def _handle(self, copy):
        """A unit's head gives it to a specialist, who reports when it is done."""
        unit = copy.unit
        self._look_in(head_login(unit))
        login = f"{self.dice.choice(('cv1', 'cv2'))}.{unit}"
        order = self.dice.choice(phrases.ORDERS_RECEIVED)
        line = Line("lead", unit, login, order)
        self._act(head_login(unit), "assign", entry=copy, lines=(line,))
        self._wait(200, 1200)
        result = self.dice.choice(phrases.RESULTS_RECEIVED)
        self._act(login, "done", (unit, login), entry=copy, text=result)

    def _handle_above(self, copy):
        """What units send to the committee is directed and routed (Article 5.2)."""
        leaving = self.leaving
        self._wait(20, 90)
        if leaving.direction:
            self._act("chutich", "direct", entry=copy, text=leaving.direction)
            self._wait(8, 45)
        line = Line("lead", leaving.lead, "", leaving.direction)
        self._act("chanhvp", "assign", entry=copy, lines=(line,))
        head = head_login(leaving.lead)
        self._look_in(head)
        target = (leaving.lead, "")
        self._act(head, "accept", target, entry=copy)
        self._wait(400, 1500)
        self._wait_for(head)
        self._act(head, "done", target, entry=copy, text=leaving.result)

    # -- helpers ----------------------------------------------------------------

    def _act(self, actor, verb, target=("", ""), *, entry=None, **details):
        act = Act(self.at, actor, verb, entry or self.leaving, target, **details)
        self.found.append(act)

    def _clerk(self):
        return clerk_of(self.leaving.unit, Random(f"clerk {self.leaving.key}"))

    def _wait(self, low, high):
        self.at = self.hours.later(self.at, low, high)

    def _look_in(self, login):
        if self.leaving.urgency in AT_ONCE:
            self._wait(4, 18)
        else:
            self.at = self.hours.checkpoint(self.at)
        self._wait_for(login)


def clerk_of(unit, dice):
    """A clerk in person, or now and then under the unit's own account (4.4)."""
    if unit in (COMMITTEE, OFFICE):
        return "vanthu"
    return f"{'vt' if dice.random() < 0.4 else 'vanthu'}.{unit}"


def basis_of(leaving):
    """Return on what a signature by order is founded (NĐ 30, Article 13)."""
    return ORDER_BASIS if leaving.signer == "order" else False
