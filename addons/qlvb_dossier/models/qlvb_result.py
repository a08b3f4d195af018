from odoo import models


class QlvbResult(models.Model):
    """A result of work on a dossier that was sent back."""

    _name = "qlvb.result"
    _inherit = ["qlvb.on.dossier.mixin", "qlvb.result"]
