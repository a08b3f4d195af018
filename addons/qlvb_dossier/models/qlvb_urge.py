from odoo import models


class QlvbUrge(models.Model):
    """An urge on the work on a dossier."""

    _name = "qlvb.urge"
    _inherit = ["qlvb.on.dossier.mixin", "qlvb.urge"]
