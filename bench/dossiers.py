"""Dossiers of many years: the rows that opening, assigning and closing leave.

Most are closed; those opened in the last weeks, and a few old ones, are under way.
Everything follows from a seed.
"""

import random
from datetime import date, timedelta

from odoo.addons.qlvb_base.lib.principals import (
    FIELD,
    HANDLING,
    UNIT,
    USER,
    principal,
)
from odoo.addons.qlvb_base.lib.symbols import symbol_key, word_key
from odoo.addons.qlvb_dossier.lib.dossier_terms import transfer_date

from . import bulk
from .bulk import line
from .dossier_traces import write_traces
from .vocabulary import RARE, subjects

FIRST_DAY = date(2014, 1, 2)
TABLES = (
    "qlvb_dossier",
    "qlvb_assignment",
    "qlvb_order",
    "qlvb_opinion",
    "qlvb_dossier_task",
    "qlvb_dossier_stay",
    "qlvb_dossier_decision",
    "qlvb_journal",
)
DOSSIER = (
    *("id", "code", "name", "unit_id", "field_id", "lead_unit_id", "responsible_id"),
    *("opened_by_id", "date_open", "deadline", "state", "retention", "rights"),
    *("language", "year", "date_closed", "closed_by_id", "closing_note"),
    *("transfer_date", "result_opinion_id", "task_count"),
    *("task_done_count", "support_count", "support_done_count", "progress"),
    *("board_rank", "search_text"),
    "audience",
    *("create_uid", "write_uid", "create_date", "write_date"),
)
ORDER = (
    *("id", "order_id", "dossier_id", "parent_id", "unit_id", "user_id", "role"),
    *("deadline", "state", "giver_id", "giver_unit_id", "doer_id", "sent_at"),
    *("accepted_at", "done_at", "result", "audience"),
    *("create_uid", "write_uid", "create_date", "write_date"),
)
CHUNK = 20_000
RARE_ONE_IN = 20_000
SPAN = 15
"""Working days from opening to deadline."""
TASKS = 3
CODES = 50_000
"""More than are opened in a year: no code stands twice in one."""


class Dossiers:
    """Fills one fresh database with dossiers.

    :param env: environment of the superuser there, for what is known already
    :param connection: to the same database, in autocommit
    :param office: who opens, leads and supports
    :param progress: called with a word on what is being done
    """

    def __init__(self, env, connection, office, progress, seed=2014):
        self.env = env
        self.connection = connection
        self.cr = connection.cursor()
        self.office = office
        self.progress = progress
        self._random = random.Random(seed)
        self._subjects = [
            phrase.text.removeprefix("V/v ").capitalize()
            for phrase in subjects([unit.place for unit in office.others])
        ]
        self._hands = {
            unit.id: tuple(set(unit.specialists) - office.watchers.kept_apart)
            or (unit.head,)
            for unit in office.others
        }
        self._deadlines = {}
        self._order = self._next_id("qlvb_assignment")

    def fill(self, size, today):
        """Store ``size`` dossiers with all that came of them."""
        first = self._next_id("qlvb_dossier")
        calendar = self.office.committee.calendar
        days = [
            FIRST_DAY + timedelta(days=number)
            for number in range((today - FIRST_DAY).days)
        ]
        days = [day for day in days if calendar.is_working(day)]
        first_order = self._order
        self.env.cr.rollback()
        with bulk.stripped(self.connection, TABLES, self.progress):
            self.cr.execute("SET synchronous_commit = off")
            for start in range(0, size, CHUNK):
                numbers = range(start, min(size, start + CHUNK))
                self._store(
                    [
                        self._dossier(first + i, i, days[i * len(days) // size], today)
                        for i in numbers
                    ]
                )
                self.progress(f"dossiers {numbers[-1] + 1:,} of {size:,}")
            write_traces(self.cr, first, first_order, TASKS)
            for table in TABLES:
                self.cr.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'),"
                    f" (SELECT max(id) FROM {table}))",
                    (table,),
                )
        self.progress("statistics", always=True)
        self.cr.execute("VACUUM (ANALYZE)")

    def _next_id(self, table):
        self.cr.execute(f"SELECT COALESCE(max(id), 0) + 1 FROM {table}")
        return self.cr.fetchone()[0]

    def _store(self, chunk):
        bulk.copy(self.cr, "qlvb_dossier", DOSSIER, (row for row, _orders in chunk))
        bulk.copy(
            self.cr,
            "qlvb_assignment",
            ORDER,
            (order for _row, orders in chunk for order in orders),
        )

    # -- one dossier ----------------------------------------------------------

    def _dossier(self, number, index, opened, today):
        """Return the line of a dossier and those of its orders."""
        chance, choice = self._random.random, self._random.choice
        watchers, committee = self.office.watchers, self.office.committee
        state = self._state((today - opened).days)
        field = (
            choice(committee.fields) if committee.fields and chance() < 0.5 else None
        )
        lead, support = self._random.sample(self.office.others, 2)
        person = choice(self._hands[lead.id])
        if index in (1, 2, 3):
            person, state = watchers.old, "closed"
            lead = next(u for u in self.office.others if person in u.specialists)
        deadline = self._deadline(opened, SPAN)
        closed = min(self._deadline(opened, 10 + int(chance() * 9)), today)
        orders = []
        if state != "draft":
            orders = self._orders(state, lead, person, support, opened, closed)
        audience = {principal(UNIT, committee.id), principal(HANDLING, committee.id)}
        if field:
            audience.add(principal(FIELD, field))
        for order in orders:
            audience |= _holders(order)
        finished = state in ("completed", "closed")
        passed_on = [order for order in orders if order["parent"]]
        subject = RARE if index % RARE_ONE_IN == 20 else choice(self._subjects)
        code = f"{index % CODES + 1:02d}.{lead.symbol}"
        name = f"{subject} năm {opened.year}"
        row = line(
            number,
            code,
            name,
            *(committee.id, field),
            *((lead.id, self._responsible(lead, orders)) if orders else (None, None)),
            *(committee.router, f"{opened} 02:00:00", deadline, state, "10"),
            *("limited", "Tiếng Việt", opened.year),
            *(
                (
                    *(f"{closed} 09:00:00", committee.router, "Đạt yêu cầu."),
                    transfer_date(closed, "10"),
                )
                if state == "closed"
                else (None, None, None, None)
            ),
            passed_on[0]["id"] if finished else None,
            *_progress(number, finished, orders),
            10_000_000 - closed.toordinal()
            if state == "closed"
            else deadline.toordinal(),
            f" {symbol_key(code)} {word_key(name)} ",
            _array(audience),
            *(committee.router, committee.router),
            *(f"{opened} 02:00:00", f"{closed} 09:00:00"),
        )
        return row, [
            self._order_line(number, order, audience, deadline) for order in orders
        ]

    def _state(self, age):
        """Old dossiers are closed, but for a few; the newest are under way."""
        luck = self._random.random()
        if age <= 2 and luck < 0.3:
            return "draft"
        if age <= 2 and luck < 0.8 or age <= 21 and luck < 0.1:
            return "assigned"
        if age <= 21:
            return "in_progress" if luck < 0.8 else "closed"
        if luck < 0.01:
            return "completed" if luck < 0.001 else "in_progress"
        return "closed"

    def _responsible(self, lead, orders):
        """Return who leads at this moment, as the acts would have noted it."""
        top = orders[0]
        below = [order for order in orders if order["parent"] == top["id"]]
        if below and below[0]["state"] != "done":
            return below[0]["user"]
        return lead.head

    def _orders(self, state, lead, person, support, opened, closed):
        """Return the orders of a dossier: to a unit, passed on, and a supporter's."""
        finished = state in ("completed", "closed")
        router, committee = self.office.committee.router, self.office.committee.id
        end = f"{closed} 08:00:00" if finished else None
        top = self._give(lead, None, "lead", router, committee, f"{opened} 03:00:00")
        orders = [top]
        if state != "assigned":
            top["state"], top["accepted"] = "accepted", f"{opened} 04:00:00"
            child = self._give(
                lead, person, "lead", lead.head, lead.id, top["accepted"], top["id"]
            )
            child["state"], child["accepted"] = "accepted", f"{opened} 06:00:00"
            orders.append(child)
            if self._random.random() < 0.4:
                beside = self._give(
                    support, None, "support", router, committee, f"{opened} 03:00:00"
                )
                if finished or self._random.random() < 0.5:
                    beside["state"], beside["accepted"] = "done", f"{opened} 07:00:00"
                    beside["done"] = end or f"{opened} 08:00:00"
                    beside["doer"] = support.head
                orders.append(beside)
            if finished:
                for order, doer in ((child, person), (top, lead.head)):
                    order.update(state="done", done=end, doer=doer)
        return orders

    def _give(self, unit, user, role, giver, giver_unit, sent, parent=None):
        order = {
            "id": self._order,
            "unit": unit.id,
            "user": user,
            "role": role,
            "giver": giver,
            "giver_unit": giver_unit,
            "sent": sent,
            "parent": parent,
            "state": "sent",
            "accepted": None,
            "done": None,
            "doer": None,
        }
        self._order += 1
        return order

    def _order_line(self, dossier, order, audience, deadline):
        return line(
            *(order["id"], order["id"], dossier, order["parent"], order["unit"]),
            *(order["user"], order["role"], deadline, order["state"], order["giver"]),
            *(order["giver_unit"], order["doer"], order["sent"], order["accepted"]),
            *(order["done"], "Nhất trí." if order["done"] else None),
            _array(audience | _holders(order)),
            *(order["giver"], order["doer"] or order["giver"], order["sent"]),
            order["done"] or order["accepted"] or order["sent"],
        )

    def _deadline(self, day, days):
        key = (day, days)
        if key not in self._deadlines:
            self._deadlines[key] = self.office.committee.calendar.add(day, days)
        return self._deadlines[key]


def _tasks_done(number, finished):
    """Return how many of the tasks of a dossier are done, by its id."""
    return TASKS if finished else number % TASKS


def _progress(number, finished, orders):
    """Return the tasks and opinions of a dossier, those done, and the per cent."""
    asked = [order for order in orders if order["role"] == "support"]
    given = sum(order["state"] == "done" for order in asked)
    ticked = _tasks_done(number, finished)
    done, todo = ticked + given, TASKS + len(asked)
    percent = 100 if finished else 100 * done // todo
    return (TASKS, ticked, len(asked), given, percent)


def _holders(order):
    numbers = {principal(UNIT, order["unit"]), principal(HANDLING, order["unit"])}
    if order["user"]:
        numbers.add(principal(USER, order["user"]))
    return numbers


def _array(numbers):
    return "{" + ",".join(map(str, sorted(numbers))) + "}"
