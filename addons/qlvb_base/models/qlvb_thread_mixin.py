from odoo import api, models
from odoo.exceptions import UserError


class QlvbThreadMixin(models.AbstractModel):
    """A protected record on which people exchange messages.

    Open to those alone who see the record: nobody else is mentioned, made a
    follower or notified, over any door and at the moment of sending.
    """

    _name = "qlvb.thread.mixin"
    _description = "Conversation on a Protected Record"
    _inherit = ["qlvb.audience.mixin", "mail.thread", "mail.activity.mixin"]

    _mail_post_access = "read"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let people who see the record follow it.

        Whoever sees it may invite others who do; Odoo asks for write access.

        :raises UserError: naming those without sight of the record
        """
        if not self or not partner_ids:
            return True
        self.check_access("read")
        if any(type(number) is not int for number in partner_ids):
            raise UserError(self.env._("Choose people from the list."))
        partners = self.env["res.partner"].sudo().browse(partner_ids).exists()
        for record in self:
            record._require_sight(partners)
        return self.sudo()._message_subscribe(partners.ids, subtype_ids)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Subscribe, leaving out whoever does not see the record."""
        for record in self:
            seeing = record._users_with_sight().partner_id.ids
            partners = [pid for pid in partner_ids or () if pid in seeing]
            if partners:
                super(QlvbThreadMixin, record)._message_subscribe(
                    partners, subtype_ids, customer_ids=customer_ids
                )
        return True

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Return whom to notify: of all recipients those who see the record now.

        In the inbox alone, whatever they chose: what is written here does not leave
        the house by e-mail.
        """
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not recipients or not self:
            return recipients
        seeing = set(self._users_with_sight().ids)
        return [who | {"notif": "inbox"} for who in recipients if who["uid"] in seeing]

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Refuse to make a record of an e-mail.

        Odoo would make it as superuser, and opens the way there to RPC.

        :raises UserError: always
        """
        self._refuse_mail()

    def message_update(self, msg_dict, update_vals=None):
        """Refuse an e-mail as a message on the record; see ``message_new``.

        :raises UserError: always
        """
        self._refuse_mail()

    @api.model
    def _refuse_mail(self):
        raise UserError(
            self.env._("Nothing comes in here by e-mail. Log in and write it there.")
        )

    def message_change_thread(self, new_thread, new_parent_message=False):
        """Refuse to carry the messages to another record.

        :raises UserError: always
        """
        raise UserError(self.env._("Messages stay with the record they were sent on."))

    def _require_sight(self, partners):
        """Raise where one of the partners does not see this record.

        :raises UserError: naming them
        """
        self.ensure_one()
        blind = partners - self._users_with_sight().partner_id
        if blind:
            raise UserError(
                self.env._(
                    "%(people)s: no access to %(record)s. Messages, followers and "
                    "activities reach only those who see the record. Leave them out, "
                    "or assign the work to them first.",
                    people=", ".join(blind.mapped("name")),
                    record=self.sudo().display_name,
                )
            )
