from odoo import models


class QlvbExtension(models.Model):
    """More time asked for work on a dossier."""

    _name = "qlvb.extension"
    _inherit = ["qlvb.on.dossier.mixin", "qlvb.extension"]
