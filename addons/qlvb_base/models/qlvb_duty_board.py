from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib import clock, halfdays
from .qlvb_span_mixin import HALVES

FIRST_YEAR = 2014


# pylint: disable-next=no-wizard-in-models
class QlvbDutyBoard(models.TransientModel):
    """Who has looked in this morning and this afternoon, and who has not (Art. 11.1).

    For the Office and the chairman over all units, for a head (and whom the head
    delegates to) over their own: figures without contents.  What a checkpoint has
    found stands as it was found; before it, how things stand at this moment.  Made
    on the server for the caller; read by the caller alone.
    """

    _name = "qlvb.duty.board"
    _description = "Board of the Duty to Look In"

    date = fields.Date("Day", required=True, default=lambda self: clock.today())
    line_ids = fields.One2many("qlvb.duty.board.line", "board_id", "Persons")

    @api.model
    def action_show_day(self, day=None):
        """Look anew and show who has looked in on a day (Art. 11.1).

        :param day: date or ISO text; today where not given
        :return: the action that shows it
        :raises AccessError: the caller heads no unit, acts for no head and is not
            of the Office
        :raises UserError: there is no such day, or it is still to come
        """
        units = self.env["qlvb.duty"]._overseen_units()
        if not units:
            raise AccessError(
                self.env._(
                    "Who looks in is looked after by the head of each unit and by "
                    "the Office. Ask one of them."
                )
            )
        day = self._clean_day(day)
        # Superuser: nobody writes the board; it is the caller's by create_uid.
        board = self.sudo().create({"date": day})
        self.env["qlvb.duty.board.line"].sudo().create(
            [{"board_id": board.id, **row} for row in board._rows(units)]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_base.qlvb_duty_board_line_action"
        )
        name = self.env._("Looking in on %(day)s", day=day.strftime("%d/%m/%Y"))
        return action | {
            "name": name,
            "display_name": name,
            "domain": [("board_id", "=", board.id)],
            # Of many units who is missing comes first; a head sees both their own.
            "context": {"search_default_absent": len(units) > 1},
        }

    def action_show(self):
        """Show the day that the caller chose."""
        self.ensure_one()
        return self.action_show_day(self.date)

    @api.model
    def _clean_day(self, value):
        """Return the day to show, or refuse it."""
        today = clock.today()
        try:
            day = fields.Date.to_date(value) if value else today
        except (TypeError, ValueError, AttributeError):
            day = None
        if type(day) is not date or day.year < FIRST_YEAR:
            raise UserError(
                self.env._("There is no such day. Give it as year-month-day.")
            )
        if day > today:
            raise UserError(
                self.env._("This day is still to come. Choose today or a day past.")
            )
        return day

    def _rows(self, units):
        """Return one dict for each person with the duty in one of the units."""
        duty = self.env["qlvb.duty"].sudo()
        lines = defaultdict(dict)
        for half, _label in HALVES:
            for row in self._half(units, half):
                line = lines[row["unit_id"], row["user_id"]]
                line.setdefault("capacity", row["capacity"])
                line[half] = row["exemption"] or row["state"]
                line[f"{half}_at"] = row["first_at"]
        people = self.env["res.users"].browse({user_id for _unit, user_id in lines})
        waiting = duty._waiting(people)
        return [
            {
                "unit_id": unit_id,
                "user_id": user_id,
                "waiting": waiting[user_id],
                **line,
            }
            for (unit_id, user_id), line in lines.items()
        ]

    def _half(self, units, half):
        """Return how a half-day stands: as found, or else as it is now."""
        duty = self.env["qlvb.duty"].sudo()
        found = duty.search(
            [
                ("unit_id", "in", units.ids),
                ("date", "=", self.date),
                ("half", "=", half),
            ]
        )
        columns = ("capacity", "state", "exemption", "first_at")
        rows = [
            {"unit_id": row.unit_id.id, "user_id": row.user_id.id}
            | {name: row[name] for name in columns}
            for row in found
        ]
        open_units = (units - found.unit_id).filtered(self._is_open)
        now = clock.now()
        begins = halfdays.span(self.date, half, self.date, half)[0]
        for row in duty._assess(open_units, self.date, half):
            calendar = units.browse(row["unit_id"])._calendar()
            if row["state"] == "missed" and now < begins:
                # Of a half-day that has not begun nothing is to be said yet.
                row["state"] = False
            elif row["state"] == "missed" and now < duty._checkpoint(
                calendar, self.date, half
            ):
                row["state"] = "pending"
            rows.append(row)
        return rows

    def _is_open(self, unit):
        """Tell whether the unit works today; of days past there is what was found."""
        return (
            self.date == clock.today()
            and unit._calendar()._work_calendar().is_working(self.date)
        )
