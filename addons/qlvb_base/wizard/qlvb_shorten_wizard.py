from odoo import api, fields, models

from ..lib import clock
from ..models.qlvb_span_mixin import HALVES


class QlvbShortenWizard(models.TransientModel):
    """Asks for the new last half-day of a delegation.  Everybody has their own."""

    _name = "qlvb.shorten.wizard"
    _description = "Shorten a Delegation"
    _inherit = ["qlvb.input.mixin"]

    delegation_id = fields.Many2one(
        "qlvb.delegation", required=True, ondelete="cascade"
    )
    date_from = fields.Date(related="delegation_id.date_from", related_sudo=False)
    old_date_to = fields.Date(
        "Last day until now", related="delegation_id.date_to", related_sudo=False
    )
    old_to_half = fields.Selection(
        string="Last half-day until now",
        related="delegation_id.to_half",
        related_sudo=False,
    )
    date_to = fields.Date("New last day", required=True)
    to_half = fields.Selection(
        HALVES, "Until the end of the", required=True, default="afternoon"
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "qlvb.delegation":
            values["delegation_id"] = context.get("active_id")
        values["date_to"] = clock.today()
        return values

    def action_confirm(self):
        """Shorten the delegation through its own act, which checks everything."""
        self.ensure_one()
        self.delegation_id.action_shorten(self.date_to, self.to_half)
        return {"type": "ir.actions.act_window_close"}
