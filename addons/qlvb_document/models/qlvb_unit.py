from odoo import models


class QlvbUnit(models.Model):
    """Units: who stands above all; another calendar counts deadlines anew.

    The head of the one at the top decides on corrections (Article 8.2).
    """

    _inherit = "qlvb.unit"

    def _keeper_for(self, actor):
        """Return who keeps the unit's account, where that is what was used.

        :param actor: who acts
        :return: a user; none where somebody acts with an account of their own
        """
        # Superuser: whoever acts, the trace names the keeper.
        unit = self.sudo()
        keeper = unit.keeper_id
        return keeper if unit.account_user_id == actor.user else keeper.browse()

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
