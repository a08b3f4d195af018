"""From entries to acts: who does what at which moment.

Pure arithmetic over the catalogue; the acts are carried out by :mod:`.runner`.
"""

from datetime import datetime, time, timedelta

from .acts import Act, head_login
from .catalogue import work_calendar
from .course import Course


def plan(catalogue, now):
    """Return all acts in the order in which they are replayed.

    The running year comes first, so that there is something to see at once; the
    registers of the two years do not touch. Within a year everything is in order of
    time, because numbers are given in order of arrival.

    :param now: present moment on Hà Nội's wall clock; what lies after it is left out.
    """
    running = []
    for entry in catalogue.running:
        running += Course(entry, ()).acts()
    year = []
    for entry in catalogue.year:
        year += Course(entry, catalogue.away).acts()
    for away in catalogue.away:
        year += _absence(away)
    for barred in catalogue.barred:
        when = datetime.combine(barred.on, time(9, 40))
        year.append(Act(when, "vanthu", "offer_barred", barred))
    return _in_order(act for act in running if act.when < now) + _in_order(year)


def _in_order(acts):
    return sorted(acts, key=lambda act: act.when)


def _absence(away):
    """Delegate on the last working day before, and end it afterwards."""
    calendar = work_calendar(away.start.year)
    before = away.start - timedelta(days=1)
    while not calendar.is_working(before):
        before -= timedelta(days=1)
    head = head_login(away.unit)
    yield Act(datetime.combine(before, time(16, 40)), head, "delegate", away)
    if away.revoked:
        yield Act(datetime.combine(away.revoked, time(7, 35)), head, "revoke", away)
    else:
        after = away.end + timedelta(days=1)
        yield Act(datetime.combine(after, time(0, 10)), "", "end_delegations", away)
