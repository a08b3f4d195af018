from odoo import models


class MailFollowers(models.Model):
    """Who follows what: known to those who see the record."""

    _name = "mail.followers"
    _inherit = ["mail.followers", "qlvb.sight.mixin"]
