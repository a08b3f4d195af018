"""When people of an office do things: in working hours, and at the checkpoints.

All moments are naive and on Hà Nội's wall clock.
"""

from datetime import datetime, time, timedelta

HALVES = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))


class OfficeHours:
    """Steps through working time.

    :param calendar: :class:`~odoo.addons.qlvb_base.lib.workdays.WorkCalendar`
    :param dice: ``random.Random`` that scatters the minutes
    """

    def __init__(self, calendar, dice):
        self.calendar = calendar
        self.dice = dice

    def later(self, moment, low, high):
        """Return a moment ``low`` to ``high`` working minutes after ``moment``."""
        left = timedelta(minutes=self.dice.uniform(low, high))
        while True:
            start, end = self._half(moment)
            moment = max(moment, start)
            if moment + left <= end:
                return moment + left
            left -= end - moment
            moment = end

    def checkpoint(self, moment):
        """Return a moment near the end of this half-day or, if that is over, the next.

        People look into the system at the end of the morning and of the afternoon
        (Article 11.1).
        """
        _start, end = self._half(moment)
        look = end - timedelta(minutes=self.dice.uniform(3, 25))
        if look <= moment:
            _start, end = self._half(end)
            look = end - timedelta(minutes=self.dice.uniform(3, 25))
        return look

    def on_day(self, day, *, morning):
        """Return a moment in the first or second half of a working day."""
        start, end = HALVES[0 if morning else 1]
        span = (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)
        return datetime.combine(day, start) + timedelta(
            minutes=self.dice.uniform(10, span - 60)
        )

    def _half(self, moment):
        """Return start and end of the half-day that ``moment`` lies in or before."""
        day = moment.date()
        while True:
            if self.calendar.is_working(day):
                for start, end in HALVES:
                    if day > moment.date() or moment.time() < end:
                        return (
                            datetime.combine(day, start),
                            datetime.combine(day, end),
                        )
            day += timedelta(days=1)
