from odoo import fields, models
from odoo.exceptions import UserError


class MailComposeMessage(models.TransientModel):
    """The composer: no mass mailing out of protected records."""

    _inherit = "mail.compose.message"

    # Odoo searches in files by this path without asking who may read them.
    attachment_ids = fields.Many2many(bypass_search_access=False)

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        """Send e-mails, unless they would carry protected records out.

        :raises UserError: the records have an audience
        """
        if self.model in self.env["qlvb.sight.mixin"]._guarded_names():
            raise UserError(
                self.env._("What is written here is not sent out by e-mail.")
            )
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
