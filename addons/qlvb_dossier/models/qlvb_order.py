from odoo import models


class QlvbOrder(models.Model):
    """An order on a dossier, followed as one."""

    _name = "qlvb.order"
    _inherit = ["qlvb.on.dossier.mixin", "qlvb.order"]
