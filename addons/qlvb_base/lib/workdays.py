"""Working days: pure counting, with days off and days worked out of turn.

The day of an event is never counted, and a term that would end on a day off
ends on the next working day (Civil Code 2015, Articles 147 and 148).
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

_DAY = timedelta(days=1)


class WorkCalendar:
    """Which days are worked.

    :param weekdays: days of the week usually worked, Monday being 0
    :param closed: days off although their weekday is worked
    :param worked: days worked although their weekday is not (swapped days)
    :raises ValueError: where no weekday is worked, or a day is closed and worked

    >>> office = WorkCalendar(
    ...     closed=[date(2014, 9, 1), date(2014, 9, 2)], worked=[date(2014, 9, 6)]
    ... )
    >>> office.add(date(2014, 8, 29), 1)
    datetime.date(2014, 9, 3)
    >>> office.count(date(2014, 8, 29), date(2014, 9, 7))
    4
    """

    def __init__(
        self,
        weekdays: Iterable[int] = frozenset(range(5)),
        closed: Iterable[date] = frozenset(),
        worked: Iterable[date] = frozenset(),
    ):
        self.weekdays = frozenset(weekdays)
        self.closed = frozenset(closed)
        self.worked = frozenset(worked)
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("a working week has one to seven days, numbered 0 to 6")
        if both := self.closed & self.worked:
            raise ValueError(f"both closed and worked: {sorted(both)}")
        # Only the days that differ from their weekday weigh in a count.
        self._lost = sorted(d for d in self.closed if d.weekday() in self.weekdays)
        self._won = sorted(d for d in self.worked if d.weekday() not in self.weekdays)

    def is_working(self, day: date) -> bool:
        """Tell whether ``day`` is worked."""
        if day in self.worked:
            return True
        return day.weekday() in self.weekdays and day not in self.closed

    def next_working(self, day: date) -> date:
        """Return ``day`` itself where it is worked, else the next day that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add(self, day: date, number: int) -> date:
        """Return the day on which a term of ``number`` working days ends.

        :param day: day of the event, itself not counted
        :param number: working days; 0 gives ``next_working(day)``, a negative
            number counts back
        :raises OverflowError: where the term leaves what a date can hold
        """
        if number == 0:
            return self.next_working(day)
        step = _DAY if number > 0 else -_DAY
        for _ in range(abs(number)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def count(self, start: date, end: date) -> int:
        """Return the working days after ``start`` up to and including ``end``.

        Negative where ``end`` lies before ``start``: so many days late.  Costs
        the same for a week and for ten years.
        """
        return self._worked_until(end) - self._worked_until(start)

    def _worked_until(self, day: date) -> int:
        """Return the number of days worked from the first Monday to ``day``."""
        weeks, rest = divmod(day.toordinal(), 7)
        # Ordinal 1 was a Monday, so ``rest`` days of the week have begun.
        usual = weeks * len(self.weekdays) + sum(d < rest for d in self.weekdays)
        lost = bisect_right(self._lost, day)
        return usual - lost + bisect_right(self._won, day)
