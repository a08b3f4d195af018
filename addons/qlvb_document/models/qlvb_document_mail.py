from odoo import fields, models

BY_MAIL = object()
"""Proof that the server's own gateway is at work: no RPC context carries it."""


def by_mail(context):
    """Tell whether the running call came in by the mail gateway."""
    return context.get("qlvb_mail") is BY_MAIL


class QlvbDocumentMail(models.AbstractModel):
    """Papers that came by e-mail say from which address."""

    _name = "qlvb.document.mail"
    _description = "Paper that Came by E-mail"

    mail_from = fields.Char(
        "Sent from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The e-mail address in the mail's heading, which anybody can forge",
    )

    def _door(self):
        return "mail" if by_mail(self.env.context) else super()._door()
