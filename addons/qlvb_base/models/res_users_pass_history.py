from odoo import api, fields, models
from odoo.exceptions import AccessError


class ResUsersPassHistory(models.Model):
    """Earlier passwords: compared by the system, their hashes read by nobody."""

    _inherit = "res.users.pass.history"

    password_crypt = fields.Char(groups=fields.NO_ACCESS)

    @api.model_create_multi
    def create(self, vals_list):
        """Keep a password that was set: the system's own note.

        :raises AccessError: somebody writes it by hand
        """
        if any(not vals.get("password_crypt") for vals in vals_list):
            raise AccessError(
                self.env._("Earlier passwords are noted by the system alone.")
            )
        return super().create(vals_list)
