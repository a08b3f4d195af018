from contextlib import contextmanager, suppress

import psycopg2
from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.qlvb_base.lib import clock

# Odoo tries these again by itself.
PASSING_ERRORS = (
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.SerializationFailure,
)


class QlvbRegister(models.Model):
    """A register of one unit, direction, year and series, and its counter (Art. 5.1).

    Its numbers run from 1 without a gap and without a double, whatever runs at
    once and whatever dies half-way; those of an outgoing register never go back
    in time.  Nothing enters a closed one.  No group and no RPC call writes it:
    the counter moves in SQL alone, last in a transaction of its own.  Seen by the
    unit's head and clerks and by the Office.
    """

    _name = "qlvb.register"
    _description = "Register of Documents"
    _order = "year desc, unit_id, direction, type_group"

    unit_id = fields.Many2one("qlvb.unit", required=True, index=True)
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")],
        "Incoming or outgoing",
        required=True,
    )
    year = fields.Integer(required=True, aggregator=None)
    type_group = fields.Char(
        "Group of kinds", required=True, default="all", help="“all”: one series"
    )
    last_number = fields.Integer(readonly=True, aggregator=None)
    last_date = fields.Date(
        "Last issued on", readonly=True, help="No number is given for an earlier day"
    )
    closed_at = fields.Datetime("Closed at", readonly=True)
    closed_by_id = fields.Many2one("res.users", "Year closed by", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        compute="_compute_state",
        search="_search_state",
    )
    is_own = fields.Boolean(
        compute="_compute_is_own",
        search="_search_is_own",
        export_string_translation=False,
    )

    _series_uniq = models.UniqueIndex(
        "(unit_id, direction, year, type_group)",
        "This register exists already.",
    )

    @api.depends("unit_id", "direction", "year", "type_group")
    @api.depends_context("lang")
    def _compute_display_name(self):
        series = self.env["qlvb.series"]
        for register in self:
            words = {"year": register.year, "unit": register.unit_id.name}
            if register.direction == "in":
                name = self.env._("Incoming register %(year)s, %(unit)s", **words)
            else:
                name = self.env._("Outgoing register %(year)s, %(unit)s", **words)
            if register.type_group != "all":
                name = f"{name} · {series._group_name(register.type_group)}"
            register.display_name = name

    @api.depends("closed_at")
    def _compute_state(self):
        for register in self:
            register.state = "closed" if register.closed_at else "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = set(value)
        found = Domain.FALSE
        if "open" in wanted:
            found |= Domain("closed_at", "=", False)
        if "closed" in wanted:
            found |= Domain("closed_at", "!=", False)
        return found

    def _own_units(self):
        return self.env["qlvb.position"]._my_units("head", "clerk", "chief_of_office")

    @api.depends_context("uid")
    def _compute_is_own(self):
        own = self._own_units()
        for register in self:
            register.is_own = register.unit_id.id in own

    def _search_is_own(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("unit_id", "in", self._own_units())

    def action_open_documents(self):
        """Open what stands in this register."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_document_action"
        )
        action["domain"] = [("register_id", "=", self.id)]
        action["display_name"] = action["name"] = self.display_name
        return action

    def action_close(self, day=None):
        """Close the register up to the end of a day and bind its pages.

        :param day: a day not after today, which it is by default
        :return: the id of the new ``qlvb.register.page``
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: the day is closed already, lies ahead or is no day, or
            there is nothing to close
        """
        self.ensure_one()
        self.check_access("read")
        actor = self.unit_id._actor_as_clerk()
        if actor is None:
            raise AccessError(
                self.env._(
                    "Only a clerk of %(unit)s closes its register.",
                    unit=self.unit_id.name,
                )
            )
        try:
            day = fields.Date.to_date(day) or clock.today()
        except ValueError:
            raise UserError(self.env._("The day is not a date.")) from None
        if day > clock.today():
            raise UserError(
                self.env._("A register is closed up to today at the latest.")
            )
        return self.env["qlvb.register.page"]._close(self, day, actor).id

    def action_open_pages(self):
        """Open the closed pages of this register."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_register_page_action"
        )
        action["domain"] = [("register_id", "=", self.id)]
        return action

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
        self.env.cr.execute(
            SQL(
                """SELECT id FROM qlvb_register
                   WHERE unit_id = %(unit)s AND direction = %(dir)s
                     AND year = %(year)s AND type_group = %(group)s""",
                **key,
            )
        )
        return self.browse(self.env.cr.fetchone())

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
            passing = isinstance(error, PASSING_ERRORS)
            if passing or not isinstance(error, psycopg2.Error):
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
