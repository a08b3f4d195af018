from odoo import api, models


class MailComposeMessage(models.TransientModel):
    """Messages being written pass the gate of Article 3 before they are kept."""

    _inherit = "mail.compose.message"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            missing = [name for name in ("body", "subject") if name not in vals]
            self.env["mail.message"]._vet_message({**self.default_get(missing), **vals})
        return super().create(vals_list)

    def write(self, vals):
        self.env["mail.message"]._vet_message(vals)
        return super().write(vals)
