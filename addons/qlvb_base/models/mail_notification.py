from odoo import api, models
from odoo.tools import SQL


class MailNotification(models.Model):
    """Notifications: in sight as far as their message is."""

    _name = "mail.notification"
    _inherit = ["mail.notification", "qlvb.sight.mixin"]

    def _sight_target(self):
        self.ensure_one()
        return self.mail_message_id._sight_target()

    @api.model
    def _in_sight_sql(self, alias):
        message = self.env["mail.message"]
        return SQL(
            "COALESCE((SELECT %s FROM %s about WHERE about.id = %s), FALSE)",
            message._in_sight_sql("about"),
            SQL.identifier(message._table),
            SQL.identifier(
                alias, "mail_message_id", to_flush=self._fields["mail_message_id"]
            ),
        )
