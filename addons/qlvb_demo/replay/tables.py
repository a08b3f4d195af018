"""The tables that the demonstration's work is written in: read, and set into time."""

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from odoo.addons.qlvb_base.lib.law_days import law_days
from odoo.addons.qlvb_base.lib.workdays import WorkCalendar

ENTRIES = Path(__file__).with_name("entries")


@lru_cache(maxsize=4)
def work_calendar(*years):
    """Return the working days of ``years`` in Vietnam."""
    days = [day for year in years for day in law_days(year)]
    return WorkCalendar(
        closed=[day.date for day in days if not day.is_working],
        worked=[day.date for day in days if day.is_working],
    )


def read(pattern, kind):
    """Return the tables of one kind in the files that match ``pattern``."""
    tables = []
    for path in sorted(ENTRIES.glob(pattern)):
        tables += tomllib.loads(path.read_text("utf-8")).get(kind, ())
    return tables


def last_day(now):
    """Return the working day from which the running year counts back."""
    calendar = work_calendar(now.year - 1, now.year, now.year + 1)
    last = now.date()
    # Before noon the day is too young to show: papers arrive, nobody has acted.
    if now.hour < 12:
        last -= timedelta(days=1)
    while not calendar.is_working(last):
        last -= timedelta(days=1)
    return last


def placed(table, now):
    """Return a table of the running year with the day that its ``ago`` means.

    :param now: the present moment on Hà Nội's wall clock (naive)
    """
    table = dict(table)
    calendar = work_calendar(now.year - 1, now.year, now.year + 1)
    last = last_day(now)
    arrival = calendar.add(last, -table.pop("ago"))
    first = calendar.next_working(date(now.year, 1, 1))
    # In the first weeks of a year everything arrived since its first working day.
    table["on"] = max(arrival, first) if first <= last else arrival
    if "about" in table:
        table["about"] = table["about"].replace("{year}", str(table["on"].year))
    return table
