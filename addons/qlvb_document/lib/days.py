"""Days as a caller hands them in.  Pure."""

from datetime import date, datetime

FIRST_YEAR = 1945
"""No paper of the State is older; a slip of the pen in the year is."""

FURTHEST_YEARS = 5
"""No office plans further ahead; a slip of the pen in the year does."""


def read_day(raw) -> date | None:
    """Read what should be a day: a date or ``YYYY-MM-DD``; ``None`` where it is none.

    >>> read_day("2026-09-04"), read_day(date(2026, 9, 4))
    (datetime.date(2026, 9, 4), datetime.date(2026, 9, 4))
    >>> [read_day(raw) for raw in ("4/9/2026", "2026-02-30", "", None, 7, True, [])]
    [None, None, None, None, None, None, None]
    >>> read_day(datetime(2026, 9, 4, 1))
    """
    if isinstance(raw, date):
        return None if isinstance(raw, datetime) else raw
    try:
        return date.fromisoformat(raw)
    except (TypeError, ValueError):
        return None


def too_far(day: date, today: date) -> bool:
    """Tell whether a day lies further ahead than any office plans.

    >>> too_far(date(2031, 12, 31), date(2026, 8, 26))
    False
    >>> too_far(date(2206, 9, 4), date(2026, 8, 26))
    True
    """
    return day.year > today.year + FURTHEST_YEARS
