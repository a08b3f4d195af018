from odoo import api, models
from odoo.exceptions import AccessError, UserError


class MailMessage(models.Model):
    """Messages on protected records: for those who see the record, and no others.

    Author, recipient or once notified: none of it gives sight any more.  Nobody
    but the author rewrites a message there, and nobody deletes one.
    """

    _name = "mail.message"
    _inherit = ["mail.message", "qlvb.sight.mixin"]

    _sight_columns = ("model", "res_id")

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._check_protected()
        return messages

    def write(self, vals):
        if not self.env.su:
            self._refuse_foreign_hand()
        result = super().write(vals)
        if {"partner_ids", "attachment_ids", "outgoing_email_to"} & vals.keys():
            self._check_protected()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_protected(self):
        if not self.env.su and any(message._guarded_target() for message in self):
            raise AccessError(
                self.env._("Messages stay with the record they were sent on.")
            )

    @api.model
    def _search_needaction(self, operator, operand):
        # Superuser: sight is asked of the messages found, and need not be asked
        # of each notification first.
        return super(MailMessage, self.sudo())._search_needaction(operator, operand)

    def fetch(self, field_names=None):
        # Core fetches as superuser and trusts whoever got hold of the record.
        if not self.env.su and (hidden := self._out_of_sight()):
            raise hidden._make_access_error("read")
        return super().fetch(field_names)

    def _refuse_foreign_hand(self):
        """Raise where the caller is not the author of a message on a record.

        :raises AccessError: somebody else wrote it
        """
        me = self.env.user.partner_id
        for message in self:
            if message.sudo().author_id != me and message._guarded_target():
                raise AccessError(
                    self.env._("Only its author may change what was written here.")
                )

    def _check_protected(self):
        """Keep messages on protected records, and files of such, among those who see.

        Whoever asks, also as superuser: the chat's own routes write as superuser.

        :raises AccessError: the message is put into somebody else's mouth
        :raises UserError: it addresses people without sight of the record, or
            carries a file away from the record that it belongs to
        """
        for message in self.sudo():
            target = message._guarded_target()
            message._refuse_foreign_files(target)
            if not target:
                continue
            own = self.env.user.partner_id
            if not self.env.su and message.author_id != own:
                raise AccessError(
                    self.env._("Nobody writes a message in another person's name.")
                )
            if message.outgoing_email_to:
                raise UserError(
                    self.env._("What is written here is not sent out by e-mail.")
                )
            if message.partner_ids:
                target._require_sight(message.partner_ids)

    def _refuse_foreign_files(self, target):
        """Raise where a file of a protected record is sent on another record."""
        for file in self.attachment_ids:
            owner = file._guarded_target()
            if owner and owner != target:
                raise UserError(
                    self.env._(
                        "%(file)s belongs to %(record)s and is not sent on elsewhere.",
                        file=file.name,
                        record=owner.display_name,
                    )
                )
