from odoo import models


class QlvbUnit(models.Model):
    """Units: with another calendar, their open deadlines are counted anew.

    The head of the one at the top decides on corrections (Article 8.2).
    """

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

    def _top_unit(self):
        """Return the unit at the top of the tree to which this one belongs."""
        unit = self.sudo()
        while unit.parent_id:
            unit = unit.parent_id
        return unit.with_env(self.env)
