import xmlrpc.client

from odoo import api, models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    """The mail gateway: one way in, for the server itself and the house's mail pipe.

    Core's gateway makes records as superuser, of any model, in any name, and its
    method is open to every RPC user.  Here a mail becomes a draft in the register
    of the unit that it is addressed to, and nothing else (``qlvb.mail.intake``).
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Take a mail in for the units that it is addressed to.

        :param message: the mail as it came over the wire
        :param model: as in core, and without meaning here, as is what follows;
            values and records of the caller's own are refused
        :return: the ids of the new drafts
        :raises AccessError: the caller is neither the server nor the technical
            administrator, under whose account the house's mail pipe runs
        :raises UserError: the caller names a record or its values
        """
        if not self.env.su and not self.env.user.has_group(
            "qlvb_base.group_qlvb_administrator"
        ):
            raise AccessError(
                self.env._("Mail is handed over by the mail server alone.")
            )
        if thread_id or custom_values:
            self.env["qlvb.thread.mixin"]._refuse_mail()
        if isinstance(message, xmlrpc.client.Binary):
            message = message.data
        if isinstance(message, str):
            message = message.encode("utf-8", "surrogateescape")
        return self.env["qlvb.mail.intake"]._receive(bytes(message))
