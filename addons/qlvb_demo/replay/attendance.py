"""Who used the system in which half-day (Article 11.1).

Whoever acts in a half-day used the system; heads and keepers of units' accounts look
in besides, most of them twice a day, some of them less.  Nobody does while away.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from ..people import posts
from .acts import head_login
from .hours import HALVES
from .tables import work_calendar

NOON = time(12)
# Of a hundred half-days, those in which somebody who must look in does.
DILIGENCE = (99, 98, 97, 97, 96, 95, 93, 90, 84)


@dataclass(frozen=True)
class Look:
    """A person used the system: for the first time in this half-day at ``when``."""

    login: str
    when: datetime


@dataclass(frozen=True)
class Period:
    """Some days of attendance, noted in one go.

    ``looks`` follow from the plan's acts and are no part of what tells two plans apart.
    """

    key: str
    first: date
    last: date
    looks: tuple[Look, ...] = field(repr=False)


def periods(acts, absences, requests, since, now):
    """Return the attendance of one year, by calendar weeks.

    :param acts: all that is done in that year
    :param absences: who was away, :class:`~.authority.Absence`
    :param requests: about accounts, :class:`~.authority.Request`: keepers change
    :param since: the first day
    :param now: naive moment on Hà Nội's wall clock, at which it ends
    """
    attendance = _Attendance(acts, absences, requests)
    calendar = work_calendar(since.year)
    weeks, day = {}, since
    while day <= now.date():
        if calendar.is_working(day):
            looks = weeks.setdefault(day - timedelta(days=day.weekday()), [])
            for number in range(len(HALVES)):
                if datetime.combine(day, HALVES[number][1]) <= now:
                    looks += attendance.half_day(day, number)
        day += timedelta(days=1)
    return [
        Period(
            f"attendance_{monday:%Y_%m_%d}",
            max(monday, since),
            min(monday + timedelta(days=6), now.date()),
            tuple(sorted(looks, key=lambda look: (look.when, look.login))),
        )
        for monday, looks in weeks.items()
        if looks
    ]


class _Attendance:
    """Who used the system in each half-day of a year."""

    def __init__(self, acts, absences, requests):
        self.away = {
            (absence.who, day, half)
            for absence in absences
            for day, halves in absence.halves()
            for half in halves
        }
        self.keepers = sorted(
            (request.effective, line.unit, line.login)
            for request in requests
            if request.kind == "keeper" and request.fate == "done"
            for line in request.lines
        )
        self.acted = defaultdict(dict)
        for act in acts:
            if act.actor:
                number = 0 if act.when.time() < NOON else 1
                looks = self.acted[act.when.date(), number]
                looks[act.actor] = min(looks.get(act.actor, act.when), act.when)

    def half_day(self, day, number):
        """Yield who used the system in a half-day: 0 the morning, 1 the afternoon."""
        half = ("morning", "afternoon")[number]
        dice = Random(f"attendance {day} {half}")
        start, _end = HALVES[number]
        acted = dict(self.acted[day, number])
        for rank, login in enumerate(self._bound(day)):
            looks = dice.random() * 100 < DILIGENCE[rank * 7 % len(DILIGENCE)]
            # Most look in as they begin, some shortly before the half-day is over.
            minutes = dice.uniform(2, 45 if dice.random() < 0.8 else 220)
            if looks and (login, day, half) not in self.away:
                moment = datetime.combine(day, start) + timedelta(minutes=minutes)
                acted[login] = min(moment, acted.get(login, moment))
        return [Look(login, moment) for login, moment in acted.items()]

    def _bound(self, day):
        """Return who must look in on a day: heads, and keepers of units' accounts."""
        keepers = {post.unit: post.login for post in posts() if post.role == "clerk"}
        keepers |= {unit: who for since, unit, who in self.keepers if since <= day}
        return dict.fromkeys((*map(head_login, keepers), *keepers.values()))
