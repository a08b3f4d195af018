from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import clock, halfdays
from .qlvb_span_mixin import HALVES

CAPACITIES = [
    ("head", "Head"),
    ("delegate", "Delegate"),
    ("keeper", "Account keeper"),
]
_ON_TIME = timedelta(hours=1)
"""So long after a checkpoint it is found in any case: the system is running."""
_KEPT_UP = 7
"""Days back of which a checkpoint is made up for after a stand-still."""


class QlvbDuty(models.Model):
    """Whether who must look in did so in a half-day of a working day (Art. 11.1).

    Heads of units and keepers of units' accounts look in at least twice a working
    day: by the end of the morning and by the end of the afternoon.  The head of the
    topmost committee is who this is reported to and has no such duty.  A keeper
    looks in with their own account or the unit's.  Who is away is exempt; where a
    delegation is in force the duty is the delegate's, unless the head looked in.

    One row per person, unit and half-day, found by the system at each checkpoint
    and left as it was found: who looked in afterwards has missed it, with the
    moment beside it.  Only an absence recorded by the end of the next working day
    still excuses.  A person reads their own rows, a head and whom the head
    delegates to the unit's, the Office and the chairman all.
    """

    _name = "qlvb.duty"
    _description = "Duty to Look In"
    _log_access = False
    _order = "date desc, half, unit_id, id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", "Person", required=True, readonly=True, index=True
    )
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True, index=True)
    date = fields.Date(required=True, readonly=True, index=True)
    half = fields.Selection(HALVES, "Half-day", required=True, readonly=True)
    capacity = fields.Selection(CAPACITIES, required=True, readonly=True)
    state = fields.Selection(
        [("done", "Looked in"), ("missed", "Missed"), ("exempt", "Exempt")],
        required=True,
        readonly=True,
    )
    exemption = fields.Selection(
        [("absence", "Away"), ("delegation", "Delegated")],
        "Exempt because",
        readonly=True,
    )
    first_at = fields.Datetime("First use", readonly=True)
    is_overseen = fields.Boolean(
        compute="_compute_is_overseen",
        search="_search_is_overseen",
        compute_sudo=False,
        export_string_translation=False,
    )

    _once = models.UniqueIndex("(user_id, unit_id, date, half)")

    # -- who reads it ---------------------------------------------------------

    @api.model
    def _oversees_all(self):
        """Tell whether the caller looks after the duty in all units (Art. 8.1, 12)."""
        position = self.env["qlvb.position"]
        return position._oversees() or position._is_of_office()

    @api.model
    def _overseen_units(self):
        """Return the units whose duty the caller looks after now."""
        # Superuser: units are a directory that every official reads.
        units = self.env["qlvb.unit"].sudo()
        if self._oversees_all():
            return units.search([])  # pylint: disable=no-search-all
        own = self.env["qlvb.position"]._my_units("head")
        return units.browse([*own, *self.env["qlvb.delegation"]._mine()])

    @api.model
    def _overseen_domain(self):
        """Return the domain of the rows that the caller reads."""
        if self._oversees_all():
            return Domain.TRUE
        return Domain("user_id", "=", self.env.uid) | Domain(
            "unit_id", "in", self._overseen_units().ids
        )

    @api.depends("user_id", "unit_id")
    @api.depends_context("uid")
    def _compute_is_overseen(self):
        seen = self.sudo().filtered_domain(self._overseen_domain())
        for duty in self:
            duty.is_overseen = duty in seen

    def _search_is_overseen(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._overseen_domain()

    # -- who must look in -----------------------------------------------------

    @api.model
    def _checkpoint(self, calendar, day, half):
        """Return the moment by which one must have looked in, in UTC."""
        end = calendar.sudo()[f"{half}_end"]
        return clock.to_utc(datetime.combine(day, time.min) + timedelta(hours=end))

    @api.model
    def _assess(self, units, day, half):
        """Return who has the duty in a half-day and how they stand, now.

        Seven queries, however many units.

        :param units: units that work on that day
        :return: dicts of the columns of this model; who has not looked in by the
            checkpoint (or by now, where that is to come) stands as ``missed``
        """
        # Superuser: the system finds it for everybody.
        units = units.sudo()
        checkpoint = {
            unit.id: self._checkpoint(unit._calendar(), day, half) for unit in units
        }
        holders = self._holders(units, day, checkpoint)
        people = self.env["res.users"].sudo()
        people = people.browse({user_id for _unit, user_id, _capacity in holders})
        uses = self._uses(people | units.account_user_id, day, half)
        away = self._away(people, units, checkpoint)
        delegated = {
            unit_id for unit_id, _user, capacity in holders if capacity == "delegate"
        }
        account_of = {unit.id: unit.account_user_id.id for unit in units}
        found = {}
        for unit_id, user_id, capacity in holders:
            accounts = [user_id]
            if capacity == "keeper":
                accounts.append(account_of[unit_id])
            first = min((uses[one] for one in accounts if one in uses), default=None)
            on_time = first is not None and first <= checkpoint[unit_id]
            exemption = None
            if not on_time and (user_id, unit_id) in away:
                exemption = "absence"
            elif not on_time and capacity == "head" and unit_id in delegated:
                exemption = "delegation"
            state = "done" if on_time else "exempt" if exemption else "missed"
            if capacity == "head" and on_time:
                # Who looks in themselves leaves nothing to the delegate.
                delegated.discard(unit_id)
            if capacity == "delegate" and unit_id not in delegated:
                continue
            # Somebody with two reasons has the first: holders come in that order.
            found.setdefault(
                (unit_id, user_id),
                {
                    "user_id": user_id,
                    "unit_id": unit_id,
                    "date": day,
                    "half": half,
                    "capacity": capacity,
                    "state": state,
                    "exemption": exemption,
                    "first_at": first,
                },
            )
        return list(found.values())

    @api.model
    def _holders(self, units, day, checkpoint):
        """Return who has the duty as (unit, user, capacity): heads come first.

        :param checkpoint: by unit id, the moment of which this is asked
        """
        position = self.env["qlvb.position"].sudo()
        heads = position.search(
            position._current_domain(day)
            & Domain("role", "=", "head")
            & Domain("unit_id", "in", units.filtered(_reports).ids)
        )
        holders = [(post.unit_id.id, post.user_id.id, "head") for post in heads]
        for moment, of_moment in self._by_moment(units, checkpoint).items():
            held = self.env["qlvb.delegation"]._in_force(
                heads.unit_id & of_moment, moment
            )
            holders += [
                (one.unit_id.id, one.delegate_id.id, "delegate") for one in held
            ]
        kept = units.filtered(lambda unit: unit.account_user_id.active)
        holders += [(unit.id, unit.keeper_id.id, "keeper") for unit in kept]
        active = (
            self.env["res.users"].sudo().browse(user for _unit, user, _as in holders)
        )
        active = set(active.filtered("active").ids)
        return [holder for holder in holders if holder[1] in active]

    @api.model
    def _uses(self, users, day, half):
        """Return the first use since the half-day began, by user id.

        For the morning that is any of the day's: a calendar's morning may end after
        noon, and who missed it may have come later.
        """
        halves = [half] if half == halfdays.AFTERNOON else ["morning", "afternoon"]
        rows = (
            self.env["qlvb.access.log"]
            .sudo()
            ._read_group(
                Domain("user_id", "in", users.ids)
                & Domain("date", "=", day)
                & Domain("half", "in", halves),
                ["user_id"],
                ["first_at:min"],
            )
        )
        return {user.id: first for user, first in rows}

    @api.model
    def _away(self, users, units, checkpoint):
        """Return who is away just before a checkpoint, as (user id, unit id)."""
        return {
            (user_id, unit.id)
            for moment, of_moment in self._by_moment(units, checkpoint).items()
            for user_id in self.env["qlvb.absence"]._away(users, moment)
            for unit in of_moment
        }

    @api.model
    def _by_moment(self, units, checkpoint):
        """Return the last moments before the checkpoints, each with its units."""
        minute = timedelta(minutes=1)
        return units.grouped(lambda unit: checkpoint[unit.id] - minute)

    # -- found at the checkpoints ---------------------------------------------

    @api.model
    def _cron_find(self):
        """Find, after each checkpoint, who looked in and who did not."""
        self._settle_recent()
        due = self._due_checkpoints()
        for number, (day, half, units) in enumerate(due, 1):
            self._find(units, day, half)
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(due) - number):
                return

    @api.model
    def _due_checkpoints(self):
        """Return the checkpoints that are past and not found yet: day, half, units.

        After a stand-still those of some days back are made up for, where anybody
        used the system in that half-day: of one in which it did not run nobody can
        be said to have missed it.
        """
        now, today = clock.now(), clock.today()
        days = [today - timedelta(days=back) for back in range(_KEPT_UP, -1, -1)]
        known = defaultdict(set)
        for day, half, unit_ids in self.sudo()._read_group(
            [("date", ">=", days[0])],
            ["date:day", "half"],
            ["unit_id:array_agg_distinct"],
        ):
            known[day, half].update(unit_ids)
        used = {
            (day, half)
            for day, half in self.env["qlvb.access.log"]
            .sudo()
            ._read_group([("date", ">=", days[0])], ["date:day", "half"])
        }
        units = self.env["qlvb.unit"].sudo().search([])  # pylint: disable=no-search-all
        due = []
        for day in days:
            working = units.filtered(
                lambda unit: unit._calendar()._work_calendar().is_working(day)  # noqa: B023
            )
            for half, _label in HALVES:
                past = working.filtered(
                    lambda unit: self._is_due(unit, day, half, now, used)  # noqa: B023
                ).filtered(lambda unit: unit.id not in known[day, half])  # noqa: B023
                if past:
                    due.append((day, half, past))
        return due

    @api.model
    def _is_due(self, unit, day, half, now, used):
        since = now - self._checkpoint(unit._calendar(), day, half)
        return timedelta(0) <= since and (since <= _ON_TIME or (day, half) in used)

    @api.model
    def _find(self, units, day, half):
        """Store who looked in in a half-day and who did not, once.

        :param units: units that work on that day
        :return: the new rows
        """
        found = self._assess(units, day, half)
        if not found:
            return self.browse()
        columns = list(found[0])
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO qlvb_duty (%s) VALUES %s
                   ON CONFLICT DO NOTHING RETURNING id""",
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(tuple(row[name] for name in columns) for row in found),
            )
        )
        self.invalidate_model()
        return self.browse(row_id for (row_id,) in rows)

    @api.model
    def _settle_recent(self):
        """Add to what was missed of late: a later use, an absence recorded since."""
        calendar = self.env["qlvb.calendar"]._default()
        since = calendar._work_calendar().add(clock.today(), -1)
        missed = self.sudo().search([("state", "=", "missed"), ("date", ">=", since)])
        for (day, half), rows in missed.grouped(
            lambda row: (row.date, row.half)
        ).items():
            now = {
                (row["unit_id"], row["user_id"]): row
                for row in self._assess(rows.unit_id, day, half)
            }
            for duty in rows:
                found = now.get((duty.unit_id.id, duty.user_id.id), {})
                if found.get("exemption") == "absence":
                    duty.write({"state": "exempt", "exemption": "absence"})
                elif found.get("first_at") and not duty.first_at:
                    duty.first_at = found["first_at"]

    # -- figures --------------------------------------------------------------

    @api.model
    def _waiting(self, users):
        """Return how much unopened work waits for each user, by id.

        None here: the addons that know work add theirs.
        """
        return dict.fromkeys(users.ids, 0)

    @api.model
    def _figures(self, date_from, date_to, units=None):
        """Return how the duty was met in a period, one dict per unit and person.

        Figures without contents, for reports; whoever asks, of all units.

        :param date_from, date_to: both included
        :param units: of these units alone
        :return: ``unit_id``, ``user_id``, ``due`` (half-days with the duty, exempt
            ones left out), ``done``, ``missed``, ``exempt``
        """
        self.flush_model()
        return self.env.execute_query_dict(
            SQL(
                """SELECT unit_id, user_id,
                          count(*) FILTER (WHERE state <> 'exempt') AS due,
                          count(*) FILTER (WHERE state = 'done') AS done,
                          count(*) FILTER (WHERE state = 'missed') AS missed,
                          count(*) FILTER (WHERE state = 'exempt') AS exempt
                   FROM qlvb_duty
                   WHERE date BETWEEN %s AND %s AND %s
                   GROUP BY unit_id, user_id ORDER BY unit_id, user_id""",
                date_from,
                date_to,
                SQL("TRUE") if units is None else SQL("unit_id = ANY(%s)", units.ids),
            )
        )


def _reports(unit):
    """Tell whether a unit's head has the duty: all but the topmost committee's."""
    return unit.kind != "committee" or bool(unit.parent_id)
