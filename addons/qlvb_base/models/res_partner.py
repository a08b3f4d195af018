from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """People, as the message box counts for them."""

    _inherit = "res.partner"

    def _get_needaction_count(self):
        """Count unread notifications, of messages alone that the person may open."""
        self.ensure_one()
        user = self.sudo().with_context(active_test=False).user_ids[:1]
        if not user:
            return super()._get_needaction_count()
        notifications = self.env["mail.notification"].with_user(user)
        [(count,)] = self.env.execute_query(
            SQL(
                """SELECT count(*) FROM mail_notification told
                   WHERE told.res_partner_id = %s AND told.is_read IS NOT TRUE
                     AND %s""",
                self.id,
                notifications._in_sight_sql("told"),
            )
        )
        return count
