"""Filling a database with papers: the rows that the acts would have written."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import psycopg2

from . import bulk, journal
from .bulk import NULL, line
from .papers import Incoming

from odoo.addons.qlvb_base.lib.principals import (  # isort: skip
    FIELD,
    HANDLING,
    UNIT,
    USER,
    principal,
)

TABLES = (
    "qlvb_document",
    "qlvb_assignment",
    "qlvb_direction",
    "qlvb_journal",
    "qlvb_document_attachment_rel",
    "ir_attachment",
    "mail_message",
)
DOCUMENT = (
    *("id", "direction", "unit_id", "type_id", "register_id", "number", "reference"),
    *("document_date", "received_date", "issuer", "summary", "search_text", "urgency"),
    *("field_id", "deadline", "drafter_id", "lead_unit_id", "revision", "secrecy"),
    *("nature", "state", "registered_at", "registered_by_id", "refusal_reason"),
    *("audience", "create_uid", "write_uid", "create_date", "write_date"),
)
ASSIGNMENT = (
    *("id", "document_id", "parent_id", "unit_id", "user_id", "role", "instruction"),
    *("deadline", "state", "giver_id", "giver_unit_id", "doer_id", "sent_at"),
    *("seen_at", "accepted_at", "done_at", "result", "audience", "create_uid"),
    *("write_uid", "create_date", "write_date"),
)
#: States in which an assignment gives sight of its document.
SIGHT = ("sent", "accepted", "done")
#: Papers a transaction: what progress is told by, and what memory holds.
CHUNK = 50_000


class Filler:
    """Fills one fresh database.

    :param env: environment of the superuser there, for what is known already
    :param connection: to the same database, in autocommit
    :param office: who receives and works
    :param progress: called with a word on what is being done
    """

    def __init__(self, env, connection, office, progress):
        self.env = env
        self.cr = connection.cursor()
        self.connection = connection
        self.office = office
        self.progress = progress
        self.registers = {}

    def fill(self, size, today):
        """Store ``size`` papers with all that came of them."""
        incoming = Incoming(
            self.office,
            size,
            today,
            self._next_id("qlvb_document"),
            self._next_id("qlvb_assignment"),
        )
        templates = journal.Templates(self.env)
        self.env.cr.rollback()
        with bulk.stripped(self.connection, TABLES, self.progress):
            self.cr.execute("SET synchronous_commit = off")
            self._store_all(incoming, templates)
            self._set_counters(incoming.counters)
            self._set_sequences()
        self.progress("statistics", always=True)
        self.cr.execute("VACUUM (ANALYZE)")

    def _next_id(self, table):
        self.cr.execute(f"SELECT COALESCE(max(id), 0) + 1 FROM {table}")
        return self.cr.fetchone()[0]

    def _store_all(self, incoming, templates):
        """Store chunk after chunk: papers here, and their traces beside it.

        The one keeps Python busy and the other the database.
        """
        stream, done, tracing = iter(incoming), 0, None
        beside = psycopg2.connect(self.connection.dsn)
        beside.autocommit = True
        with ThreadPoolExecutor(1) as pool, beside.cursor() as cr:
            cr.execute("SET synchronous_commit = off")
            while chunk := list(islice(stream, CHUNK)):
                self._store(chunk)
                if tracing:
                    tracing.result()
                span = (chunk[0].id, chunk[-1].id)
                tracing = pool.submit(journal.write_traces, cr, templates, *span)
                done += len(chunk)
                self.progress(f"papers {done:,} of {incoming.size:,}")
            if tracing:
                tracing.result()
        beside.close()

    def _store(self, papers):
        for paper in papers:
            if paper.number:
                self._register(paper)
        bulk.copy(self.cr, "qlvb_document", DOCUMENT, map(self._document_line, papers))
        bulk.copy(
            self.cr,
            "qlvb_assignment",
            ASSIGNMENT,
            (
                text
                for paper in papers
                for text in _order_lines(paper, _audience(paper))
            ),
        )

    def _register(self, paper):
        """Open the register of a paper's unit and year with its first number."""
        key = (paper.unit.id, paper.received.year)
        if key not in self.registers:
            self.cr.execute(
                """INSERT INTO qlvb_register
                       (unit_id, direction, year, type_group, last_number,
                        create_uid, write_uid, create_date, write_date)
                   VALUES (%s, 'in', %s, 'all', 0, 1, 1, now() AT TIME ZONE 'UTC',
                           now() AT TIME ZONE 'UTC')
                   ON CONFLICT (unit_id, direction, year, type_group)
                   DO UPDATE SET write_uid = 1 RETURNING id""",
                key,
            )
            self.registers[key] = self.cr.fetchone()[0]

    def _document_line(self, paper):
        unit, day = paper.unit, paper.received
        leads = [o for o in paper.orders if o.role == "lead" and o.parent is None]
        numbered = bool(paper.number)
        last = max(
            (o.closed or o.sent for o in paper.orders), default=f"{day} 01:20:00"
        )
        return line(
            *(paper.id, "in", unit.id, paper.kind.id),
            self.registers[unit.id, day.year] if numbered else None,
            *(paper.number, paper.reference, paper.dated, day, paper.issuer),
            *(paper.summary, paper.search_text, paper.urgency, paper.field_id),
            *(paper.deadline, unit.clerk, leads[0].unit.id if leads else None, 1),
            *("none", "ordinary", paper.state),
            *((f"{day} 01:30:00", unit.clerk) if numbered else (None, None)),
            "Thiếu chữ ký" if paper.state == "refused" else None,
            _array(_audience(paper)),
            *(unit.clerk, unit.clerk, f"{day} 01:20:00", last),
        )

    def _set_counters(self, counters):
        for key, number in counters.last.items():
            self.cr.execute(
                "UPDATE qlvb_register SET last_number = %s WHERE id = %s",
                (number, self.registers[key]),
            )

    def _set_sequences(self):
        for table in TABLES:
            if table != "qlvb_document_attachment_rel":
                self.cr.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'),"
                    f" (SELECT max(id) FROM {table}))",
                    (table,),
                )


def _audience(paper):
    """Return through which principals the paper is seen, as the models define it."""
    owner = paper.unit.id
    numbers = {principal(UNIT, owner), principal(HANDLING, owner)}
    if paper.field_id:
        numbers.add(principal(FIELD, paper.field_id))
    for order in paper.orders:
        if order.state in SIGHT:
            numbers |= _holders(order)
    return numbers


def _holders(order):
    numbers = {principal(UNIT, order.unit.id), principal(HANDLING, order.unit.id)}
    if order.user:
        numbers.add(principal(USER, order.user))
    return numbers


def _array(numbers):
    return "{" + ",".join(map(str, sorted(numbers))) + "}"


def _order_lines(paper, audience):
    for order in paper.orders:
        yield line(
            *(order.id, paper.id, order.parent.id if order.parent else None),
            *(order.unit.id, order.user, order.role, ""),
            *(order.deadline, order.state, order.giver, order.giver_unit, order.doer),
            *(order.sent, order.accepted, order.accepted, order.closed),
            "Đã thực hiện" if order.closed and order.role != "inform" else NULL,
            _array(audience | _holders(order)),
            *(order.giver, order.doer or order.giver),
            *(order.sent, order.closed or order.accepted or order.sent),
        )
