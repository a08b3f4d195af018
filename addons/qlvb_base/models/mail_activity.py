from odoo import models


class MailActivity(models.Model):
    """Activities: known to those who see the record, also to whom they were given."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "qlvb.sight.mixin"]
