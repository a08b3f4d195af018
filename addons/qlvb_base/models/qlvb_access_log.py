import logging

import psycopg2
from psycopg2.pool import PoolError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import clock, halfdays
from .qlvb_span_mixin import HALVES

_logger = logging.getLogger(__name__)

_noted = {}
"""The half-day last noted, by database and account: what this process need not ask."""


class QlvbAccessLog(models.Model):
    """That a person used the system in a half-day of a working day (Article 11.1).

    One row a half-day, written by the first page, list, form or act that the person
    opens in the web client; what a left open page asks for by itself, remote calls
    by key and scheduled work leave none (see ``ir.http``).  Nobody writes rows by
    hand.  A person reads their own, a head those of the unit's people, the Office
    all.
    """

    _name = "qlvb.access.log"
    _description = "Access"
    _log_access = False
    _order = "date desc, first_at desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Account", required=True, readonly=True)
    keeper_id = fields.Many2one("res.users", "Account keeper", readonly=True)
    date = fields.Date(required=True, readonly=True)
    half = fields.Selection(HALVES, "Half-day", required=True, readonly=True)
    first_at = fields.Datetime("First use", required=True, readonly=True)
    is_overseen = fields.Boolean(
        compute="_compute_is_overseen",
        search="_search_is_overseen",
        compute_sudo=False,
        export_string_translation=False,
    )

    _once = models.UniqueIndex("(user_id, date, half)")
    _date_index = models.Index("(date)")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_overseen(self):
        seen = self.sudo().filtered_domain(self._overseen_domain())
        for row in self:
            row.is_overseen = row in seen

    def _search_is_overseen(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._overseen_domain()

    @api.model
    def _overseen_domain(self):
        """Return the domain of the rows that the caller reads."""
        units = self.env["qlvb.duty"]._overseen_units()
        own = Domain("user_id", "=", self.env.uid)
        if not units:
            return own
        if self.env["qlvb.duty"]._oversees_all():
            return Domain.TRUE
        posts = self.env["qlvb.position"]._current(units=units)
        people = posts.user_id | units.sudo().account_user_id
        return own | Domain("user_id", "in", people.ids)

    # -- writing --------------------------------------------------------------

    @api.model
    def _note(self):
        """Note that the caller uses the system now, at most once a half-day.

        Costs nothing where this process has noted it already, one look-up in each
        other process, and one insert in the half-day.  On a cursor of its own, for
        the request may only read; and never in the way of the request: what cannot
        be noted now is noted by the next one.
        """
        now = clock.now()
        half_day = halfdays.half_of(now)
        key = (self.env.cr.dbname, self.env.uid)
        if _noted.get(key) == half_day:
            return
        # Superuser: of oneself one may not read everything.
        user = self.env.user.sudo()
        if user.must_change_password:
            return
        if user._is_internal() and self._is_worked(half_day[0]):
            try:
                with self.env["qlvb.journal"]._own_cursor() as cr:
                    cr.execute("SET LOCAL lock_timeout = '2s'")
                    self.with_env(self.env(cr=cr))._add(
                        [(self.env.uid, *half_day, now)]
                    )
            except (psycopg2.OperationalError, PoolError):
                _logger.warning("a use was not noted", exc_info=True)
                return
        _noted[key] = half_day

    @api.model
    def _is_worked(self, day):
        """Tell whether a day is worked in one of the caller's units."""
        mine = {unit_id for unit_id, _role in self.env["qlvb.position"]._mine()}
        units = self.env["qlvb.unit"].browse(mine)
        calendars = units.mapped(lambda unit: unit._calendar())
        return any(
            calendar._work_calendar().is_working(day)
            for calendar in calendars or self.env["qlvb.calendar"]._default()
        )

    @api.model
    def _add(self, uses):
        """Add the rows that are not there yet.

        :param uses: tuples of account id, day, half-day and moment (naive, UTC); of
            a half-day met twice the first counts
        :return: number of rows added
        """
        if not uses:
            return 0
        # Looked for first: what is there already then costs no write at all.
        added = self.env.execute_query(
            SQL(
                """INSERT INTO qlvb_access_log
                       (user_id, date, half, first_at, keeper_id)
                   SELECT fresh.user_id, fresh.day, fresh.half, fresh.moment,
                          unit.keeper_id
                   FROM (VALUES %s) AS fresh (user_id, day, half, moment)
                   LEFT JOIN qlvb_unit unit ON unit.account_user_id = fresh.user_id
                   WHERE NOT EXISTS (
                       SELECT FROM qlvb_access_log known
                       WHERE known.user_id = fresh.user_id
                         AND known.date = fresh.day AND known.half = fresh.half)
                   ON CONFLICT DO NOTHING RETURNING id""",
                SQL(", ").join(
                    SQL("(%s, %s::date, %s, %s::timestamp)", *use) for use in uses
                ),
            )
        )
        self.invalidate_model(flush=False)
        return len(added)
