from odoo import fields, models


class QlvbAccountRefusal(models.TransientModel):
    """Asks the chairman for the reason, and then refuses through the public act."""

    _name = "qlvb.account.refusal"
    _description = "Refusal of an Account Request"
    _inherit = ["qlvb.input.mixin"]
    _text_limits = {"reason": 1000}

    request_id = fields.Many2one(
        "qlvb.account.request", required=True, ondelete="cascade"
    )
    reason = fields.Text("Why", required=True)

    def action_confirm(self):
        """Refuse the request with the reason that was typed.

        :raises AccessError: the caller is not the chairman in person
        :raises UserError: no reason is given
        """
        self._require_one()
        self.request_id.action_refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
