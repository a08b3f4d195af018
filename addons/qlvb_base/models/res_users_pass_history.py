from odoo import fields, models


class ResUsersPassHistory(models.Model):
    """Earlier passwords: compared by the system, their hashes read by nobody."""

    _inherit = "res.users.pass.history"

    password_crypt = fields.Char(groups=fields.NO_ACCESS)
