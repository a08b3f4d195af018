from odoo import api, models


class QlvbReplan(models.Model):
    """Deadlines of dossiers are counted anew with the others."""

    _inherit = "qlvb.replan"

    @api.model
    def _planned(self):
        return [*super()._planned(), "qlvb.dossier"]
