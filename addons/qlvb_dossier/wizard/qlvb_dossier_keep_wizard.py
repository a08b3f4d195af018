from odoo import api, fields, models


class QlvbDossierKeepWizard(models.TransientModel):
    """Asks until when a dossier is kept here after it was due, and by which decision.

    Who may, and until when, is told by ``qlvb.dossier.action_keep_longer``.
    """

    _name = "qlvb.dossier.keep.wizard"
    _description = "Keep a Dossier Longer"
    _inherit = ["qlvb.input.mixin"]
    _text_limits = {"decision": 300}

    dossier_id = fields.Many2one(
        "qlvb.dossier", required=True, readonly=True, ondelete="cascade"
    )
    transfer_date = fields.Date(related="dossier_id.transfer_date", related_sudo=False)
    until = fields.Date("Kept until", required=True)
    decision = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "qlvb.dossier":
            dossier = self.env["qlvb.dossier"].browse(self.env.context.get("active_id"))
            dossier.check_access("read")
            values["dossier_id"] = dossier.id
        return values

    def action_confirm(self):
        """Record the decision on the dossier."""
        self.ensure_one()
        self.dossier_id.action_keep_longer(self.until, self.decision)
        return {"type": "ir.actions.act_window_close"}
