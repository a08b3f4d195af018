"""Days off and days worked in exchange, as Vietnam's law and notices set them.

The years come from the ``holidays`` package, so that no list is typed by hand:
its next release brings what the government announced since.
"""

from datetime import date
from typing import NamedTuple

import holidays


class LawDay(NamedTuple):
    """A day that differs from its weekday, or a public holiday on a day off."""

    date: date
    is_working: bool
    name: str
    """Name of the holiday; empty for a day worked in exchange for another."""


def law_days(year: int, language: str = "vi") -> list[LawDay]:
    """Return the days of ``year`` that the law sets, in their order.

    Holidays that fall on a Saturday or Sunday are among them: a unit that works
    on Saturdays is closed on those too.

    :param language: language of the names, ``vi`` or ``en_US``
    """
    public = holidays.country_holidays("VN", years=year, language=language)
    days = [LawDay(day, False, name) for day, name in public.items()]
    # The package holds swaps across a year's end for every year at once.
    days += [
        LawDay(day, True, "") for day in public.weekend_workdays if day.year == year
    ]
    return sorted(days)
