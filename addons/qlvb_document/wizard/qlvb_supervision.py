from collections import defaultdict
from datetime import datetime, time, timedelta
from statistics import median

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock

from ..lib.days import FIRST_YEAR, read_day
from ..models.qlvb_order_mixin import HOLDING_ROLES, OPEN_STATES
from ..models.qlvb_reminder_rounds import NEAR_DAYS

_LONGEST = 366
_USUAL = 30
_FIGURES = ("held", "late", "due", "unopened", "oldest_days", "given", "finished")


class QlvbSupervision(models.TransientModel):
    """A head's look at the work of their unit over a period (Article 11.1).

    Who holds how much, how old and how late, and how long it takes to open and to
    finish: figures without contents, for the unit's head and whom the head
    delegates to; for the chairman and the Chief of Office over all units.  Made on
    the server for the caller; read by the caller alone.
    """

    _name = "qlvb.supervision"
    _description = "Supervision of a Unit"

    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: clock.today() - timedelta(days=_USUAL - 1),
    )
    date_to = fields.Date("To", required=True, default=lambda self: clock.today())
    line_ids = fields.One2many("qlvb.supervision.line", "supervision_id", "Figures")

    # -- who ------------------------------------------------------------------

    @api.model
    def _supervised_units(self):
        """Return the units over which the caller has supervision now."""
        # Superuser: units are a directory that every official reads.
        units = self.env["qlvb.unit"].sudo()
        position = self.env["qlvb.position"]
        if position._oversees():
            return units.search([])  # pylint: disable=no-search-all
        own = position._my_units("head")
        return units.browse([*own, *self.env["qlvb.delegation"]._mine()])

    # -- acts -----------------------------------------------------------------

    @api.model
    def action_supervise(self, date_from=None, date_to=None):
        """Count anew and show the figures of the caller's units (Art. 11.1).

        :param date_from, date_to: the period over which opening and finishing are
            measured, both included; the last thirty days where not given
        :return: the action that shows the figures
        :raises AccessError: the caller heads no unit and acts for no head
        :raises UserError: there is no such period
        """
        units = self._supervised_units()
        if not units:
            raise AccessError(
                self.env._(
                    "Supervision of a unit belongs to its head. Ask the head for the "
                    "figures, or for a delegation."
                )
            )
        first, last = self._clean_period(date_from, date_to)
        # Superuser: nobody writes figures; they are the caller's by create_uid.
        supervision = self.sudo().create({"date_from": first, "date_to": last})
        lines = self.env["qlvb.supervision.line"].sudo()
        lines.create(
            [
                {"supervision_id": supervision.id, **row}
                for row in supervision._figures(units)
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_supervision_line_action"
        )
        period = self.env._(
            "Supervision %(first)s–%(last)s",
            first=first.strftime("%d/%m/%y"),
            last=last.strftime("%d/%m/%y"),
        )
        return action | {
            "name": period,
            "display_name": period,
            # Of many units first the units; behind each of them stand its people.
            "domain": [
                ("supervision_id", "=", supervision.id),
                ("is_unit", "=", len(units) > 1),
            ],
        }

    def action_show(self):
        """Show the figures of the period that the caller typed."""
        self.ensure_one()
        return self.action_supervise(self.date_from, self.date_to)

    @api.model
    def _clean_period(self, date_from, date_to):
        """Return the period as two days, or refuse it."""
        last = read_day(date_to or clock.today())
        if last and last.year < FIRST_YEAR:
            last = None
        first = last and read_day(date_from or last - timedelta(days=_USUAL - 1))
        if not first or first > last:
            raise UserError(
                self.env._("Choose a period whose first day is not after its last.")
            )
        if first.year < FIRST_YEAR or last.year > clock.today().year + 1:
            raise UserError(self.env._("Check the years of the period."))
        if (last - first).days > _LONGEST:
            raise UserError(self.env._("Choose a period of at most one year."))
        return first, last

    # -- figures --------------------------------------------------------------

    def _figures(self, units):
        """Return one dict of figures for each unit and each of its people.

        Three queries however many units and people: what is held now, what went
        through hands in the period, who works there.
        """
        rows = defaultdict(lambda: dict.fromkeys(_FIGURES, 0))
        for post in self.env["qlvb.position"]._current(None, units, HOLDING_ROLES):
            rows[post.unit_id.id, post.user_id.id] = dict.fromkeys(_FIGURES, 0)
        self.env["qlvb.assignment"].flush_model()
        self._add_held(rows, units)
        self._add_times(rows, units)
        people = [
            {"unit_id": unit_id, "user_id": user_id}
            | {name: figure for name, figure in figures.items() if name[0] != "_"}
            for (unit_id, user_id), figures in rows.items()
        ]
        return people + [
            {"unit_id": unit.id, "is_unit": True, **self._whole(unit, rows)}
            for unit in units
        ]

    @api.model
    def _whole(self, unit, rows):
        """Return the figures of a unit as a whole; its medians are of all its work."""
        own = [
            figures for (unit_id, _user), figures in rows.items() if unit_id == unit.id
        ]
        whole = {
            name: sum(figures.get(name, 0) for figures in own)
            for name in (*_FIGURES, "opened")
        }
        whole["oldest_days"] = max((row["oldest_days"] for row in own), default=0)
        for name in ("hours_to_open", "days_to_finish"):
            spans = [span for row in own for span in row.get(f"_{name}", ())]
            whole[name] = median(spans or [0])
        return whole

    def _add_held(self, rows, units):
        """Add what each holds open now."""
        today = clock.today()
        near = [
            unit._calendar().add_working_days(today, NEAR_DAYS + 1) for unit in units
        ]
        held = self.env.execute_query_dict(
            SQL(
                """SELECT work.unit_id, work.user_id, count(*) AS held,
                          count(*) FILTER (WHERE deadline < %(today)s) AS late,
                          count(*) FILTER (
                              WHERE deadline >= %(today)s AND deadline < near.day
                          ) AS due,
                          count(*) FILTER (WHERE seen_at IS NULL) AS unopened,
                          min(sent_at) AS oldest
                   FROM qlvb_assignment work
                   JOIN unnest(%(units)s, %(near)s::date[]) AS near (unit_id, day)
                     ON near.unit_id = work.unit_id
                   WHERE state IN %(open)s
                   GROUP BY work.unit_id, work.user_id""",
                today=today,
                units=units.ids,
                near=near,
                open=OPEN_STATES,
            )
        )
        unit_of = {unit.id: unit for unit in units}
        for row in held:
            unit = unit_of[row["unit_id"]]
            oldest = row.pop("oldest")
            row["oldest_days"] = oldest and unit._calendar().count_working_days(
                clock.to_local(oldest).date(), today
            )
            rows[row.pop("unit_id"), row.pop("user_id") or False].update(row)

    def _add_times(self, rows, units):
        """Add how long opening and finishing took what was given or done."""
        start = clock.to_utc(datetime.combine(self.date_from, time.min))
        end = clock.to_utc(datetime.combine(self.date_to + timedelta(days=1), time.min))
        through = self.env.execute_query(
            SQL(
                """SELECT unit_id, user_id, sent_at, seen_at,
                          CASE WHEN state = 'done' THEN done_at END
                   FROM qlvb_assignment
                   WHERE unit_id = ANY(%s) AND sent_at >= %s AND sent_at < %s
                     AND state NOT IN ('proposed', 'declined')""",
                units.ids,
                start,
                end,
            )
        )
        hours_of = {unit.id: unit._calendar()._work_hours() for unit in units}
        given, opening, finishing = (defaultdict(list) for _number in range(3))
        for unit_id, user_id, sent, seen, done in through:
            key, hours = (unit_id, user_id or False), hours_of[unit_id]
            sent = clock.wall(sent)
            given[key].append(sent)
            if seen:
                opening[key].append(hours.between(sent, clock.wall(seen)))
            if done:
                finishing[key].append(
                    hours.between(sent, clock.wall(done)) / hours.per_day
                )
        for key, work in given.items():
            rows[key].update(
                given=len(work),
                finished=len(finishing[key]),
                opened=len(opening[key]),
                hours_to_open=median(opening[key] or [0]),
                days_to_finish=median(finishing[key] or [0]),
                _hours_to_open=opening[key],
                _days_to_finish=finishing[key],
            )

    @api.model
    def _work_domain(self, unit, user):
        """Return the domain of the open work of one line of figures."""
        return list(
            Domain("unit_id", "=", unit.id)
            & Domain("user_id", "=", user.id)
            & Domain("state", "in", OPEN_STATES)
        )
