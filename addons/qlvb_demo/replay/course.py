"""The way of one paper through the offices, as acts in order of time."""

from datetime import timedelta
from random import Random

from . import phrases
from .acts import Act, Line, head_login
from .hours import OfficeHours
from .offices import COMMITTEE
from .tables import work_calendar

URGENT = ("very_urgent", "express")


class Course:
    """The way of one paper through the offices.

    :param entry: :class:`~.catalogue.Entry`
    :param aways: absences of heads, :class:`~.catalogue.Away`
    :param replied: whether an outgoing document answers and finishes it
    """

    def __init__(self, entry, aways, *, replied=False):
        self.entry = entry
        self.aways = aways
        self.replied = replied
        self.held_since = None
        self.dice = Random(f"course {entry.key}")
        year = entry.received.year
        self.calendar = work_calendar(year - 1, year, year + 1)
        self.hours = OfficeHours(self.calendar, self.dice)
        self.at = None
        self.found = []

    def acts(self):
        """Return the acts on this paper in their order."""
        entry = self.entry
        clerk = self._clerk()
        morning = entry.urgency in URGENT or self.dice.random() < 0.7
        self.at = self.hours.on_day(entry.received, morning=morning)
        self._act(clerk, "receive")
        self._wait(2, 8)
        if entry.fate == "refused":
            self._act(clerk, "refuse", text=entry.reason)
            return self.found
        self._act(clerk, "register")
        if entry.fate == "awaiting":
            return self.found
        if entry.to != COMMITTEE:
            self._own_register()
        else:
            self._committee()
        return self.found

    # -- one after the other ----------------------------------------------------

    def _committee(self):
        """The committee's papers: directed, routed by the Chief of Office (5.2)."""
        entry = self.entry
        self._wait(*((3, 12) if entry.urgency in URGENT else (20, 90)))
        # Now and then the leader writes on the paper and the Chief records it.
        by_hand = entry.by == "chutich" and self.dice.random() < 0.12
        self._act("chanhvp" if by_hand else entry.by, "direct", text=entry.direction)
        if entry.fate == "directed":
            return
        self._wait(*((2, 6) if entry.urgency in URGENT else (8, 45)))
        if entry.wrong:
            self._go_astray()
            if entry.fate == "returned":
                return
        self._act("chanhvp", "assign", lines=self._lines())
        deadline = self.calendar.add(self.at.date(), entry.days)
        routed_at = self.at
        for unit in entry.inform:
            self._inform(unit, routed_at)
        if entry.fate == "routed":
            return
        if entry.fate == "unanswered":
            self._urge(deadline)
            return
        finished_at = self._lead(deadline)
        for unit in entry.support:
            self._support(unit, routed_at, finished_at)

    def _own_register(self):
        """Papers of an agency or commune in its own register; its head routes (5.3)."""
        entry = self.entry
        self._wait(25, 120)
        line = Line(
            "lead",
            entry.to,
            f"{entry.lead}.{entry.to}",
            entry.order,
            self.calendar.add(self.at.date(), entry.days),
        )
        self._by_head(entry.to, "assign", lines=(line,))
        target = (entry.to, line.login)
        self._wait(30, 200)
        self._act(line.login, "accept", target)
        if entry.fate == "in_progress":
            return
        self._to_finish(line.deadline)
        self._act(line.login, "done", target, text=entry.result)

    def _go_astray(self):
        """Charge the wrong unit, which returns it or has it taken back (5.3b)."""
        entry = self.entry
        self._act("chanhvp", "assign", lines=(self._lead_line(entry.wrong),))
        target = (entry.wrong, "")
        if entry.fate == "recalled":
            self._wait(25, 90)
            self._act("chanhvp", "recall", target, text=entry.reason)
        else:
            self.at = self.hours.checkpoint(self.at)
            self._by_head(entry.wrong, "return_", target, text=entry.reason)
        if entry.fate != "returned":
            self._wait(20, 70)

    def _lead(self, deadline):
        """The lead unit's work; return when it was finished, ``None`` if it is not."""
        entry = self.entry
        target, login = (entry.lead, ""), f"{entry.who}.{entry.lead}"
        self._look_in()
        self._by_head(entry.lead, "accept", target)
        if entry.fate == "by_head":
            self._to_finish(deadline)
            self._by_head(entry.lead, "done", target, text=entry.result)
            return self.at
        self._wait(1, 5)
        order = Line("lead", entry.lead, login, entry.order or self._order())
        self._by_head(entry.lead, "forward", target, lines=(order,))
        mine = (entry.lead, login)
        self._wait(*((4, 15) if entry.urgency in URGENT else (40, 300)))
        self._act(login, "accept", mine)
        self.held_since = self.at
        if self.replied:
            return self._expected(deadline)
        if entry.fate in ("in_progress", "overdue"):
            if entry.fate == "in_progress":
                self._ask_time(deadline)
            return None
        if entry.note:
            self._wait(240, 700)
            self._act(login, "note", text=entry.note)
            self._wait(60, 240)
            self._act("chanhvp", "note", text=phrases.NOTE_ANSWER)
        if entry.fate == "urged":
            self._urge(deadline)
        if entry.fate == "late":
            self._ask_time(deadline, answer=phrases.TIME_REFUSED)
        self._to_finish(deadline)
        self._act(login, "done", mine, text=entry.result)
        if entry.fate == "to_review":
            return self.at
        self._look_in()
        if self._sends_back(deadline):
            reason = self.dice.choice(phrases.SENT_BACK)
            self._by_head(entry.lead, "send_back", mine, text=reason)
            self._wait(30, 120)
            self._act(login, "done", mine, text=entry.result)
            self._wait(5, 30)
        remark = self.dice.choice(phrases.HEAD_REMARKS)
        self._by_head(entry.lead, "done", target, text=remark + entry.result)
        return self.at

    def _expected(self, deadline):
        """Return by when those who support answer, where a reply ends the work."""
        if self.entry.urgency in URGENT:
            return self.hours.later(self.at, 40, 60)
        day = self.calendar.add(self.at.date(), 1)
        return self.hours.on_day(min(day, deadline), morning=False)

    def _ask_time(self, deadline, answer=""):
        """The head asks the Chief for more time, who answers or has yet to."""
        lead = self.entry.lead
        asked = self.calendar.add(deadline, self.dice.randint(2, 5))
        self._wait(30, 90)
        reason = self.dice.choice(phrases.TIME_ASKED)
        self._by_head(lead, "ask_time", (lead, ""), text=reason, day=asked)
        if answer:
            self._wait(20, 90)
            self._act("chanhvp", "refuse_time", (lead, ""), text=answer)

    def _sends_back(self, deadline):
        """Tell whether the head finds the result wanting, while there is time."""
        left = self.calendar.count(self.at.date(), deadline)
        return self.entry.fate == "on_time" and left > 1 and self.dice.random() < 0.2

    def _support(self, unit, routed_at, finished_at):
        """A supporting unit accepts, and answers before the lead is finished."""
        self.at = routed_at
        self._look_in()
        if finished_at and self.at >= finished_at:
            self.at = self.hours.later(routed_at, 10, 30)
        self._by_head(unit, "accept", (unit, ""))
        if finished_at is None:
            return
        answered_at = self.hours.later(self.at, 45, 900)
        if answered_at >= finished_at:
            answered_at = self.hours.later(self.at, 5, 25)
        self.at = answered_at
        text = self.dice.choice(phrases.SUPPORT_RESULTS)
        self._by_head(unit, "done", (unit, ""), text=text)

    def _inform(self, unit, routed_at):
        """A unit that is told takes note, most of the time."""
        if self.dice.random() < 0.85:
            kept, self.at = self.at, self.hours.checkpoint(routed_at)
            self._by_head(unit, "take_note", (unit, ""))
            self.at = kept

    def _urge(self, deadline):
        start = self.hours.on_day(deadline, morning=False)
        self.at = max(self.at, start)
        text = self.dice.choice(phrases.URGES)
        self._act("chanhvp", "urge", (self.entry.lead, ""), text=text)
        self._wait(20, 120)

    # -- helpers ----------------------------------------------------------------

    def _act(self, actor, verb, target=("", ""), **details):
        self.found.append(Act(self.at, actor, verb, self.entry, target, **details))

    def _by_head(self, unit, verb, target=("", ""), **details):
        """Let the unit's head act, or the deputy while the head is away (5.3d)."""
        head, day = head_login(unit), self.at.date()
        for away in self.aways:
            last = away.revoked - timedelta(days=1) if away.revoked else away.end
            if away.unit == unit and away.start <= day <= last:
                self._act(f"pho.{unit}", verb, target, **details, instead=head)
                return
        self._act(head, verb, target, **details)

    def _clerk(self):
        """A clerk in person, or now and then under the unit's own account (4.4)."""
        if self.entry.to == COMMITTEE:
            return "vanthu"
        short = "vt" if self.dice.random() < 0.4 else "vanthu"
        return f"{short}.{self.entry.to}"

    def _wait(self, low, high):
        self.at = self.hours.later(self.at, low, high)

    def _look_in(self):
        """Wait until the head looks in: at a checkpoint, unless it is urgent."""
        if self.entry.urgency in URGENT:
            self._wait(4, 18)
        else:
            self.at = self.hours.checkpoint(self.at)

    def _to_finish(self, deadline):
        """Wait until the specialist has the result, in time or not."""
        fate = self.entry.fate
        if fate in ("late", "urged"):
            day = self.calendar.add(deadline, self.dice.randint(1, 5))
        elif self.entry.urgency in URGENT:
            self._wait(40, 150)
            return
        else:
            left = max(self.calendar.count(self.at.date(), deadline) - 1, 0)
            day = self.calendar.add(self.at.date(), self.dice.randint(left // 2, left))
        chosen = self.hours.on_day(day, morning=True)
        self._wait(30, 120)
        self.at = max(self.at, chosen)

    def _order(self):
        urgent = self.entry.urgency != "normal"
        return self.dice.choice(phrases.URGENT_ORDERS if urgent else phrases.ORDERS)

    def _lead_line(self, unit):
        deadline = self.calendar.add(self.at.date(), self.entry.days)
        instruction = self.entry.order or self.entry.direction
        return Line("lead", unit, "", instruction, deadline)

    def _lines(self):
        lead = self._lead_line(self.entry.lead)
        supports = (
            Line(
                "support",
                unit,
                "",
                self.dice.choice(phrases.SUPPORT_ORDERS),
                lead.deadline,
            )
            for unit in self.entry.support
        )
        informs = (Line("inform", unit) for unit in self.entry.inform)
        return (lead, *supports, *informs)
