"""Half-days of the office: periods in mornings and afternoons, both ends included."""

from datetime import date, datetime, time, timedelta

from . import clock

MORNING = "morning"
AFTERNOON = "afternoon"
NOON = time(12)


def span(first: date, first_half: str, last: date, last_half: str):
    """Return the first moment of a period and the first one after it, in UTC.

    A day in Hà Nội is cut at noon of the wall clock.

    >>> span(date(2026, 8, 26), MORNING, date(2026, 8, 26), MORNING)
    (datetime.datetime(2026, 8, 25, 17, 0), datetime.datetime(2026, 8, 26, 5, 0))
    >>> span(date(2026, 8, 26), AFTERNOON, date(2026, 8, 27), AFTERNOON)
    (datetime.datetime(2026, 8, 26, 5, 0), datetime.datetime(2026, 8, 27, 17, 0))
    """
    start = datetime.combine(first, time.min if first_half == MORNING else NOON)
    if last_half == MORNING:
        end = datetime.combine(last, NOON)
    else:
        end = datetime.combine(last + timedelta(days=1), time.min)
    return clock.to_utc(start), clock.to_utc(end)


def start_of_half(moment: datetime) -> datetime:
    """Return the first moment of the half-day in which a moment lies, both in UTC.

    >>> start_of_half(datetime(2026, 8, 26, 2))
    datetime.datetime(2026, 8, 25, 17, 0)
    >>> start_of_half(datetime(2026, 8, 26, 5))
    datetime.datetime(2026, 8, 26, 5, 0)
    """
    day, half = half_of(moment)
    return span(day, half, day, half)[0]


def uncovered(start: datetime, end: datetime, covers) -> list:
    """Return what of a period no cover holds, as (start, end) in order.

    :param covers: periods as (start, end), in any order

    >>> uncovered(1, 9, [(5, 7), (0, 2)])
    [(2, 5), (7, 9)]
    >>> uncovered(1, 9, [(0, 5), (3, 10)])
    []
    """
    holes = []
    for first, after in sorted(covers):
        if first > start:
            holes.append((start, min(first, end)))
        start = max(start, after)
        if start >= end:
            return holes
    return [*holes, (start, end)]


def half_of(moment: datetime) -> tuple[date, str]:
    """Return the day and half-day in Hà Nội of a moment (naive, UTC).

    >>> half_of(datetime(2026, 8, 26, 4, 59))
    (datetime.date(2026, 8, 26), 'morning')
    >>> half_of(datetime(2026, 8, 25, 17))
    (datetime.date(2026, 8, 26), 'morning')
    """
    local = clock.to_local(moment)
    return local.date(), MORNING if local.time() < NOON else AFTERNOON
