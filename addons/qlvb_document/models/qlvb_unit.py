from odoo import models


class QlvbUnit(models.Model):
    """Units: with another calendar, their open deadlines are counted anew."""

    _inherit = "qlvb.unit"

    def write(self, vals):
        result = super().write(vals)
        if self and {"calendar_id", "parent_id"} & vals.keys():
            self.env["qlvb.replan"]._ask(
                self.env._(
                    "Another working calendar for %(units)s",
                    units=", ".join(self.mapped("name"))[:150],
                )
            )
        return result
