"""Working hours between two moments: pure arithmetic on a working calendar."""

from collections.abc import Iterable
from datetime import datetime

from .workdays import WorkCalendar


class WorkHours:
    """How long an office worked between two moments of its own wall clock.

    :param calendar: which days are worked
    :param spans: hours of a worked day as (start, end), 7.5 being 7:30

    >>> from datetime import date
    >>> office = WorkHours(
    ...     WorkCalendar(closed=[date(2026, 9, 2)]), [(7.5, 11.5), (13.5, 17.5)]
    ... )
    >>> office.per_day
    8.0
    >>> office.between(datetime(2026, 9, 1, 11), datetime(2026, 9, 1, 14))
    1.0

    Nights, week-ends and holidays do not count:

    >>> office.between(datetime(2026, 9, 1, 16, 30), datetime(2026, 9, 3, 8, 30))
    2.0
    >>> office.between(datetime(2026, 8, 29, 9), datetime(2026, 8, 30, 9))
    0.0
    """

    def __init__(self, calendar: WorkCalendar, spans: Iterable[tuple[float, float]]):
        self.calendar = calendar
        self.spans = sorted(spans)
        self.per_day = float(sum(end - start for start, end in self.spans))

    def between(self, start: datetime, end: datetime) -> float:
        """Return the hours worked from ``start`` to ``end``; negative if reversed.

        Costs the same for an hour and for a year.
        """
        days = self.calendar.count(start.date(), end.date())
        return days * self.per_day - self._left(end) + self._left(start)

    def _left(self, moment: datetime) -> float:
        """Return the hours still to be worked on the day of ``moment``."""
        if not self.calendar.is_working(moment.date()):
            return 0.0
        hour = moment.hour + moment.minute / 60 + moment.second / 3600
        return sum(max(end - max(start, hour), 0.0) for start, end in self.spans)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether ``moment`` lies within a worked day, noon's rest included.

        >>> hours = WorkHours(WorkCalendar(), [(7.5, 11.5), (13.5, 17.5)])
        >>> hours.is_open(datetime(2026, 8, 26, 7)), hours.is_open(
        ...     datetime(2026, 8, 26, 12)
        ... )
        (False, True)
        """
        hour = moment.hour + moment.minute / 60
        first, last = self.spans[0][0], self.spans[-1][1]
        return self.calendar.is_working(moment.date()) and first <= hour < last

    def ends_within(self, moment: datetime, minutes: int) -> int | None:
        """Return which span of the day ends within ``minutes``, counted from 0.

        >>> hours = WorkHours(WorkCalendar(), [(7.5, 11.5), (13.5, 17.5)])
        >>> hours.ends_within(datetime(2026, 8, 26, 11, 10), 30)
        0
        >>> hours.ends_within(datetime(2026, 8, 26, 12), 30)
        """
        if self.calendar.is_working(moment.date()):
            now = moment.hour * 60 + moment.minute
            for number, (_start, end) in enumerate(self.spans):
                if 0 <= end * 60 - now <= minutes:
                    return number
        return None
