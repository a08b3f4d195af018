"""When a dossier is handed over to the archive (Decree 30/2020, Article 30).  Pure."""

from datetime import date, timedelta

LEAST_YEARS = 5
"""Dossiers that are kept for less are not handed over."""

WARNING_DAYS = 30
"""So long before the day is it pointed out (annex VI)."""

MOST_YEARS_LONGER = 2
"""So long after the day may a dossier still be kept where it was made."""


def is_handed_over(retention: str) -> bool:
    """Tell whether dossiers of this retention go to the archive.

    >>> [is_handed_over(kept) for kept in ("permanent", "20", "5", "2")]
    [True, True, True, False]
    """
    return retention == "permanent" or int(retention) >= LEAST_YEARS


def years_later(day: date, years: int) -> date:
    """Return the same day some years later; of 29 February the last of the month.

    >>> years_later(date(2026, 8, 26), 1), years_later(date(2024, 2, 29), 1)
    (datetime.date(2027, 8, 26), datetime.date(2025, 2, 28))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def transfer_date(closed: date | None, retention: str) -> date | None:
    """Return the last day for handing a dossier over: a year after its end.

    >>> transfer_date(date(2026, 8, 26), "10")
    datetime.date(2027, 8, 26)
    >>> transfer_date(date(2026, 8, 26), "2")
    >>> transfer_date(None, "permanent")
    """
    if not closed or not is_handed_over(retention):
        return None
    return years_later(closed, 1)


def warned_from(day: date) -> date:
    """Return the first day on which it is pointed out that ``day`` comes near.

    >>> warned_from(date(2027, 8, 26))
    datetime.date(2027, 7, 27)
    """
    return day - timedelta(days=WARNING_DAYS)


def kept(retention: str) -> str:
    """Write a retention as the forms do.

    >>> kept("permanent"), kept("20")
    ('Vĩnh viễn', '20 năm')
    """
    return "Vĩnh viễn" if retention == "permanent" else f"{retention} năm"
