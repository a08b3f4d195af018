"""What goes on beside the work on a dossier: support, more time, urging."""

from . import dossier_phrases as words
from . import phrases
from .acts import Line, head_login


class SupportCourse:
    """Supporters and deadlines, for :class:`~.dossier_course.DossierCourse`."""

    def _ask(self):
        """Have supporters proposed, decided on and heard; return whether it goes on."""
        dossier = self.dossier
        asked = (*dossier.support, *dossier.declined)
        self.answered_at = self.at
        if asked:
            self._wait(50, 380)
            self._rest("proposed")
            day = min(self.calendar.add(self.at.date(), 4), self.deadline)
            day = max(day, self.at.date())
            lines = tuple(
                Line("support", unit, "", self.dice.choice(words.PROPOSED), day)
                for unit in asked
            )
            self._act(dossier.responsible, "propose", lines=lines)
            if dossier.fate == "proposed":
                return False
            self._wait(20, 150)
            self._rest("asked")
            self._decide_support()
            self._hear(dossier.support)
        if dossier.fate in ("asked", "answered"):
            return False
        if dossier.time or dossier.fate == "asks_time":
            self._ask_time()
        if dossier.urged:
            self._urge()
        return True

    def _decide_support(self):
        dossier = self.dossier
        if dossier.support:
            text = self.dice.choice(words.ACCEPTED)
            self._act(dossier.opener, "allow", units=dossier.support, text=text)
        for unit in dossier.declined:
            self._wait(1, 6)
            text = self.dice.choice(words.DECLINED)
            self._act(dossier.opener, "decline", (unit, ""), text=text)

    def _hear(self, supporters):
        """Each supporter answers by an opinion; one of them has yet to, perhaps."""
        begun = self.at
        latest = begun
        for place, unit in enumerate(supporters):
            self.at = begun
            head = head_login(unit)
            if self.dossier.fate == "asked" and place == len(supporters) - 1:
                if self.dice.random() < 0.5:
                    self._look_in(head)
                    self._act(head, "take_part", (unit, ""))
                continue
            self._answer(unit, head)
            latest = max(latest, self.at)
        self.at = self.answered_at = latest

    def _answer(self, unit, head):
        """The head answers, or has a specialist answer and looks at it."""
        said = self.dossier.opinions.get(unit) or words.opinion_of(unit, self.dice)
        self._look_in(head)
        if self.dice.random() < 0.85:
            self._wait(20, 420)
            self._act(head, "opine", text=said)
            return
        login = f"{self.dice.choice(('cv1', 'cv2'))}.{unit}"
        order = self.dice.choice(words.SUPPORT_PASSED)
        line = Line("support", unit, login, order)
        self._act(head, "pass_part", (unit, ""), lines=(line,))
        self._wait(60, 400)
        self._act(login, "opine", text=said)
        self._wait(10, 120)
        looked = self.dice.choice(words.SUPPORT_LOOKED)
        self._act(head, "finish_part", (unit, ""), text=looked)

    def _ask_time(self):
        dossier = self.dossier
        asked = self.calendar.add(self.deadline, self.dice.randint(3, 6))
        holder = self.top[1] or self.head
        self._wait(60, 300)
        self._rest("asks_time")
        reason = self.dice.choice(phrases.TIME_ASKED)
        self._act(holder, "ask_more_time", self.top, text=reason, day=asked)
        if dossier.fate == "asks_time":
            return
        self._wait(20, 200)
        if dossier.time == "granted":
            text = words.TIME_GRANTED
            self._act(dossier.opener, "grant_more_time", self.top, text=text)
            self.deadline = asked
        else:
            text = phrases.TIME_REFUSED
            self._act(dossier.opener, "refuse_more_time", self.top, text=text)

    def _urge(self):
        day = self.calendar.add(self.deadline, -1)
        self.at = max(self.at, self.hours.on_day(day, morning=True))
        text = self.dice.choice(phrases.URGES)
        self._act(self.dossier.opener, "urge_part", self.top, text=text)
