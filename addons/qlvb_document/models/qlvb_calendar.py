from odoo import models

from odoo.addons.qlvb_base.models.qlvb_calendar import WEEKDAYS


class QlvbCalendar(models.Model):
    """Working calendars: when the week changes, open deadlines follow."""

    _inherit = "qlvb.calendar"

    def write(self, vals):
        result = super().write(vals)
        if set(WEEKDAYS) & vals.keys():
            self.env["qlvb.replan"]._ask(
                self.env._(
                    "Working week of “%(calendar)s” changed",
                    calendar=", ".join(self.mapped("name")),
                )
            )
        return result

    def unlink(self):
        result = super().unlink()
        # The units that had it fall back upon their superior's.
        self.env["qlvb.replan"]._ask(self.env._("Working calendar removed"))
        return result
