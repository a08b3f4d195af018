"""From entries to acts: who does what at which moment.

Pure arithmetic over the catalogue; the acts are carried out by :mod:`.runner`.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from .acts import Act, head_login
from .attendance import periods
from .authority import Authority
from .authority_course import RequestCourse, absence, work
from .course import Course
from .dossier import Dossiers
from .dossier_course import DossierCourse
from .leaving_course import LeavingCourse, clerk_of
from .tables import last_day, work_calendar


def plan(catalogue, now):
    """Return all acts in the order in which they are replayed.

    The running year comes first, so that there is something to see at once; the
    registers of the two years do not touch. Within a year everything is in order of
    time, because numbers are given in order of arrival.

    :param now: present moment on Hà Nội's wall clock; what lies after it is left out.
    """
    leaving = catalogue.leaving
    running = _both_ways(catalogue.running, leaving.running, ())
    year = _both_ways(catalogue.year, leaving.year, catalogue.away)
    running += [_of_clerk(book, "open_book") for book in leaving.running_books]
    year += [_of_clerk(book, "open_book") for book in leaving.year_books]
    year += [_of_clerk(number, "reserve") for number in leaving.reserved]
    for away in catalogue.away:
        year += delegation(away)
    for barred in catalogue.barred:
        when = datetime.combine(barred.on, time(9, 40))
        year.append(Act(when, "vanthu", "offer_barred", barred))
    return _in_order(act for act in running if act.when < now) + _in_order(year)


def plan_dossiers(catalogue, acts, now):
    """Return all acts on dossiers, which are replayed after those on papers.

    A chapter of its own: a database in which the papers were replayed before there
    were dossiers goes on with it.

    :param acts: what :func:`plan` returned: when papers came and documents were issued
    """
    dossiers = Dossiers.load(catalogue, now)
    begun, issued = {}, {}
    for act in acts:
        if act.verb in ("register", "direct"):
            begun[act.entry.key] = act.when
        elif act.verb == "issue":
            issued[act.entry.key] = act.when
    running = _courses(dossiers.running, begun, issued, ())
    year = _courses(dossiers.year, begun, issued, catalogue.away)
    for one in dossiers.lists.values():
        (running if one.year == now.year else year).extend(
            (
                Act(one.drafted, "vanthu", "draft_list", one),
                Act(one.approved, "chutich", "approve_list", one),
            )
        )
    return _in_order(act for act in running if act.when < now) + _in_order(year)


def plan_authority(catalogue, acts, now):
    """Return all acts of authority, which are replayed after those on dossiers.

    A chapter of its own, as the dossiers are.  It ends with the attendance of all.

    :param acts: what :func:`plan` and :func:`plan_dossiers` returned
    """
    authority = Authority.load(catalogue, now)
    begun = {act.entry.key: act.when for act in acts if act.verb == "register"}
    first = max(last_day(now) - timedelta(days=40), date(now.year, 1, 1))
    return [
        act
        for part, since, until in (
            (authority.running, first, now),
            (authority.year, date(2014, 1, 1), datetime(2014, 12, 31, 23, 55)),
        )
        for act in _authority(part, acts, begun, since, until)
    ]


def _authority(part, acts, begun, since, until):
    """Return the acts of one year; each week ends with the attendance of all."""
    own = work(part, begun)
    own += [absence(one) for one in part.absences]
    for mission in part.missions:
        own += delegation(mission)
    for request in part.requests:
        own += RequestCourse(request).acts()
    own = [act for act in own if act.when < until]
    done = [act for act in (*acts, *own) if act.when.year == since.year]
    for week in periods(done, part.absences, part.requests, since, until):
        moment = min(datetime.combine(week.last, time(23, 55)), until)
        own.append(Act(moment, "", "note_attendance", week))
    return _in_order(own)


def _courses(dossiers, begun, issued, aways):
    """Return the acts on the dossiers whose paper came."""
    return [
        act
        for one in dossiers
        if one.paper.key in begun
        for act in DossierCourse(
            one, begun[one.paper.key], issued.get(one.reply), aways
        ).acts()
    ]


def _both_ways(entries, leavings, aways):
    """Return the acts on what arrives, and on what leaves in reply to it or not."""
    replied = {leaving.reply for leaving in leavings}
    acts, held = [], {}
    for entry in entries:
        course = Course(entry, aways, replied=entry.key in replied)
        acts += course.acts()
        held[entry.key] = (entry, course.held_since)
    for leaving in leavings:
        answered = held.get(leaving.reply)
        if answered:
            # Who holds the paper drafts the answer.
            leaving = replace(leaving, who=answered[0].who)
        acts += LeavingCourse(leaving, aways, answered).acts()
    return acts


def _of_clerk(entry, verb):
    clerk = clerk_of(entry.unit, Random(entry.key))
    return Act(entry.when, clerk, verb, entry)


def _in_order(acts):
    return sorted(acts, key=lambda act: act.when)


def delegation(away):
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
