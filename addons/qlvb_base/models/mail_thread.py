from odoo import models


class MailThread(models.AbstractModel):
    """Notices of the office (``qlvb.notice.mixin``) are read in the inbox."""

    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self.env.context.get("qlvb_inbox"):
            return recipients
        return [who | {"notif": "inbox"} for who in recipients]
