from odoo import models


class MailScheduledMessage(models.Model):
    """Messages to be sent later: known to those who see the record."""

    _name = "mail.scheduled.message"
    _inherit = ["mail.scheduled.message", "qlvb.sight.mixin"]

    _sight_columns = ("model", "res_id")
