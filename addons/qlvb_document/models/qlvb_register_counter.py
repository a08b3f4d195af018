from contextlib import contextmanager, suppress

import psycopg2
from psycopg2 import errors

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.qlvb_base.lib import clock

# Odoo tries these again by itself.
PASSING_ERRORS = (
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.SerializationFailure,
)

_GAPS_SQL = """
WITH borne AS (
    SELECT d.register_id, d.number, COALESCE(d.number_suffix, '') AS suffix, d.state
    FROM qlvb_document d WHERE d.register_id = ANY(%(ids)s) AND d.number > 0
), entry AS (
    SELECT e.register_id, e.number, COALESCE(e.suffix, '') AS suffix, e.state,
           e.kind = 'void' OR e.used_at IS NOT NULL AS used
    FROM qlvb_register_entry e WHERE e.register_id = ANY(%(ids)s)
)
SELECT r.id, 'missing', n.number::text
FROM qlvb_register r
CROSS JOIN LATERAL generate_series(
    GREATEST(r.opening_number, 1), r.last_number) AS n(number)
WHERE r.id = ANY(%(ids)s)
  AND NOT EXISTS (SELECT FROM borne b
                  WHERE (b.register_id, b.number, b.suffix) = (r.id, n.number, ''))
  AND NOT EXISTS (SELECT FROM entry e
                  WHERE (e.register_id, e.number, e.suffix) = (r.id, n.number, '')
                    AND NOT e.used)
UNION ALL
SELECT e.register_id, 'missing', e.number || e.suffix
FROM entry e WHERE e.used AND e.suffix <> '' AND NOT EXISTS (
    SELECT FROM borne b WHERE (b.register_id, b.number, b.suffix)
                            = (e.register_id, e.number, e.suffix))
UNION ALL
SELECT e.register_id, 'double', e.number || e.suffix
FROM entry e JOIN borne b USING (register_id, number, suffix)
WHERE NOT e.used OR (e.state = 'void' AND b.state <> 'void')
UNION ALL
SELECT b.register_id, 'beyond', b.number || b.suffix
FROM borne b JOIN qlvb_register r ON r.id = b.register_id
WHERE b.number > r.last_number OR b.number < GREATEST(r.opening_number, 1)
UNION ALL
SELECT b.register_id, 'unexplained', b.number || b.suffix
FROM borne b LEFT JOIN entry e USING (register_id, number, suffix)
WHERE (b.state = 'void' AND e.state IS DISTINCT FROM 'void')
   OR (b.suffix <> '' AND e.state IS NULL)
ORDER BY 1, 2, 3
"""


def _connection_lost(error):
    """Tell whether an error leaves open what the database has done."""
    if isinstance(error, PASSING_ERRORS):
        return False
    if isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError):
        return True
    # Broken off in the middle of an answer: no error that the server sent.
    return type(error) is psycopg2.DatabaseError and not error.pgcode


class QlvbRegisterCounter(models.AbstractModel):
    """How a register gives numbers: one after the other, whatever runs at once."""

    _name = "qlvb.register.counter"
    _description = "Counter of a Register"

    # -- proof ----------------------------------------------------------------

    def _gaps(self):
        """Prove that the rows of numbers have neither gap nor double.

        Every number from the first to the last is borne by a document, or stands
        as void or reserved; what is said to be used is borne; what is void says why.

        :return: per register id that has any, what is wrong: ``missing``,
            ``double``, ``beyond`` (the counter), ``unexplained``, each a list of
            numbers as they are written; empty where all is well
        """
        self.env.flush_all()
        self.env.cr.execute(SQL(_GAPS_SQL, ids=self.ids))
        wrong = {}
        for register_id, problem, number in self.env.cr.fetchall():
            found = wrong.setdefault(register_id, {})
            found.setdefault(problem, []).append(number)
        return wrong

    # -- giving numbers -------------------------------------------------------

    @api.model
    def _of(self, unit, direction, year, group="all"):
        """Return the register of a series; none before its first document."""
        return self.search(
            [
                ("unit_id", "=", unit.id),
                ("direction", "=", direction),
                ("year", "=", year),
                ("type_group", "=", group),
            ],
            limit=1,
        )

    @api.model
    def _find_or_open(self, unit, direction, year, group="all"):
        """Return the register of a series, opening it with its first document.

        Runs inside a fresh transaction: two first documents of a year meet at
        the unique index and the second finds what the first opened.

        :param group: of ``qlvb.series._group_of``, for an outgoing one
        :raises UserError: an outgoing one of a year that is over and closed
        """
        key = {"unit": unit.id, "dir": direction, "year": year, "group": group}
        self.env.cr.execute(
            SQL(
                """INSERT INTO qlvb_register
                       (unit_id, direction, year, type_group, last_number,
                        create_uid, write_uid, create_date, write_date)
                   VALUES (%(unit)s, %(dir)s, %(year)s, %(group)s, 0, 1, 1,
                           now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
                   ON CONFLICT (unit_id, direction, year, type_group) DO NOTHING""",
                **key,
            )
        )
        if direction == "out" and self.env.cr.rowcount:
            self._require_year(unit, year)
        self.env.cr.execute(
            SQL(
                """SELECT id FROM qlvb_register
                   WHERE unit_id = %(unit)s AND direction = %(dir)s
                     AND year = %(year)s AND type_group = %(group)s""",
                **key,
            )
        )
        return self.browse(self.env.cr.fetchone())

    @api.model
    def _require_year(self, unit, year):
        """Raise where no outgoing register of this year may begin any more.

        A document of the last days of a year may be the first of its series; once
        the unit has closed what it had of that year, none is.

        :raises UserError: the year is closed, or lies further back
        """
        this = clock.today().year
        known = self.search(
            [
                ("unit_id", "=", unit.id),
                ("direction", "=", "out"),
                ("year", "=", year),
                ("last_number", ">", 0),
            ]
        )
        closed = known and all(register.closed_at for register in known)
        if year < this - 1 or (year < this and closed):
            raise UserError(
                self.env._(
                    "The outgoing registers of %(year)s of %(unit)s are closed. Give "
                    "the document a date of this year.",
                    year=year,
                    unit=unit.name,
                )
            )

    def _take_number(self, day=None):
        """Take the next number: the last thing before the commit.

        The row stays locked until then, so whoever comes next waits for the
        commit and, at READ COMMITTED, reads the number behind it.

        :param day: the date of the outgoing document, today by default
        :return: the number
        :raises UserError: the register is closed, or of an outgoing one: the day is
            not in its year, lies ahead or before the last that was issued
        """
        self.ensure_one()
        if self.direction == "out":
            day = day or clock.today()
            self._require_day(day)
        else:
            day = None
        self.env.cr.execute(
            SQL(
                """UPDATE qlvb_register
                   SET last_number = last_number + 1,
                       last_date = COALESCE(%(day)s::date, last_date)
                   WHERE id = %(id)s AND closed_at IS NULL
                     AND (%(day)s::date IS NULL OR last_date IS NULL
                          OR last_date <= %(day)s::date)
                   RETURNING last_number""",
                id=self.id,
                day=day,
            )
        )
        taken = self.env.cr.fetchone()
        self.invalidate_recordset(["last_number", "last_date"], flush=False)
        if not taken:
            raise UserError(self._explain_no_number(day))
        return taken[0]

    def _require_day(self, day):
        """Raise where no document of this day can stand in the outgoing register.

        :raises UserError: the day is not in the register's year, or lies ahead
        """
        if day > clock.today():
            raise UserError(
                self.env._(
                    "The document is dated %(day)s, which lies ahead. A number is "
                    "given for today at the latest.",
                    day=format_date(self.env, day),
                )
            )
        if day.year != self.year:
            raise UserError(
                self.env._(
                    "%(day)s does not belong into the register of %(year)s.",
                    day=format_date(self.env, day),
                    year=self.year,
                )
            )

    def _explain_no_number(self, day):
        """Say why the register, read anew, gives no number for this day."""
        self.invalidate_recordset(["closed_at", "last_date"], flush=False)
        if self.closed_at:
            return self._explain_closed()
        return self.env._(
            "The document is dated %(day)s, but the last in %(register)s was issued on "
            "%(last)s. A number is given for that day or a later one.",
            day=format_date(self.env, day),
            register=self.display_name,
            last=format_date(self.env, self.last_date),
        )

    def _explain_closed(self):
        """Say that nothing enters the register any more."""
        return self.env._(
            "%(register)s is closed: nothing enters it any more. Only the chairman "
            "reopens it, by a decision.",
            register=self.display_name,
        )

    def _take_reserved(self, entry, day):
        """Let a document have a number that was reserved or inserted.

        The last thing before the commit, like ``_take_number``.

        :param entry: a ``qlvb.register.entry``
        :param day: the date of the document
        :return: the number; what is behind it stands in ``entry.suffix``
        :raises UserError: the register is closed, the entry is another register's or
            used, or the day does not lie between those of its neighbours
        """
        self.ensure_one()
        self._require_day(day)
        self.env.cr.execute(
            SQL(
                """UPDATE qlvb_register SET last_date = GREATEST(last_date, %s::date)
                   WHERE id = %s AND closed_at IS NULL RETURNING id""",
                day,
                self.id,
            )
        )
        self.invalidate_recordset(["last_date"], flush=False)
        if not self.env.cr.fetchone():
            raise UserError(self._explain_closed())
        # Read again and held: who makes it void meanwhile waits, or has done it.
        entry.sudo()._lock_row()
        if entry.register_id != self or entry.state != "waiting":
            raise UserError(
                self.env._(
                    "Number %(number)s is not free in %(register)s. Choose another.",
                    number=entry.number_text,
                    register=self.display_name,
                )
            )
        if problem := entry._explain_day(day):
            raise UserError(problem)
        entry._use(self.env.user)
        return entry.number

    def _hold(self):
        """Hold the register as it is until the commit, in the caller's transaction.

        Who closes it meanwhile waits for what the caller does to a number; where it
        was closed or moved on since the caller's transaction began, the database
        refuses, and Odoo begins the act anew.
        """
        self.env.cr.execute(
            SQL("SELECT FROM qlvb_register WHERE id = ANY(%s) FOR SHARE", self.ids)
        )

    def _lock_counter(self):
        """Hold the register until the commit and return its last number.

        Whoever registers meanwhile waits for the commit, and takes the next.

        :raises UserError: it is closed
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                """SELECT last_number, closed_at FROM qlvb_register WHERE id = %s
                   FOR UPDATE""",
                self.id,
            )
        )
        last_number, closed_at = self.env.cr.fetchone()
        if closed_at:
            raise UserError(self._explain_closed())
        return last_number

    def _follow_book(self, first, last):
        """Set the counter behind a book whose numbers follow it without a gap.

        :raises UserError: they do not; nothing of the book may stay then
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                """UPDATE qlvb_register SET last_number = %(last)s
                   WHERE id = %(id)s AND last_number = %(first)s - 1
                     AND %(last)s - %(first)s + 1 = (
                        SELECT count(*) FROM qlvb_document
                        WHERE register_id = %(id)s AND number BETWEEN %(first)s
                          AND %(last)s)""",
                id=self.id,
                first=first,
                last=last,
            )
        )
        if self.env.cr.rowcount != 1:
            raise UserError(
                self.env._("The numbers of the book do not follow the register.")
            )
        self.invalidate_recordset(["last_number"], flush=False)

    @contextmanager
    def _fresh_transaction(self):
        """Give the caller's environment in a READ COMMITTED transaction of its own.

        Odoo's own transactions read a snapshot that is older than any lock they
        waited for; a counter read there is stale.  What is done inside commits
        on leaving, or not at all.  Addon tests, which may not commit, put an
        environment of their own in its place.

        :raises UserError: the caller has unsaved writes of its own, or the
            database went away before the commit was confirmed
        """
        self._refuse_pending_writes()
        # On the caller's own connection, whose transaction holds nothing to lose:
        # were each of many clerks to take a second one, the pool would run dry.
        cr = self.env.cr
        cr.rollback()
        try:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            yield self.env
            # The number counts once it is committed, and must not wait for what
            # else the caller may do.
            cr.commit()  # pylint: disable=invalid-commit
        except BaseException as error:
            # On a connection that is gone this fails too; it then counts as closed.
            with suppress(psycopg2.Error):
                cr.rollback()
            if not _connection_lost(error):
                # Violations among them: Odoo tells them in the constraint's words.
                raise
            raise UserError(
                self.env._(
                    "The database was interrupted and the number is not confirmed. "
                    "Open the document again; where it has no number, register it "
                    "once more. A number is never given twice."
                )
            ) from error

    def _refuse_pending_writes(self):
        """Raise where the caller's own transaction has written something.

        It would not survive the fresh transaction.
        """
        self.env.cr.execute("SELECT pg_current_xact_id_if_assigned()")
        pending = self.env.cr.fetchone()[0] is not None
        if pending or any(self.env.transaction.field_dirty.values()):
            raise UserError(self.env._("Save the document first, then register it."))
