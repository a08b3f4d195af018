from odoo import models


class QlvbThreadMixin(models.AbstractModel):
    """Messages on our records pass the gate of Article 3, with their files."""

    _inherit = "qlvb.thread.mixin"

    def message_post(self, *, body="", subject=None, attachment_ids=None, **kwargs):
        """Post a message, unless a secrecy mark stands in it.

        The files that were sent ahead for it are then destroyed; this must be
        before they are made the record's.

        :raises AdmissionRefused: a secrecy mark stands in subject or body
        """
        gate = self.env["qlvb.document"]
        ids = [number for number in attachment_ids or () if type(number) is int]
        self.env["qlvb.vetting"]._vet_words(
            [str(body or ""), subject],
            "message",
            self._name,
            {"ir.attachment": gate._sent_ahead(ids).ids} if ids else None,
        )
        return super().message_post(
            body=body, subject=subject, attachment_ids=attachment_ids, **kwargs
        )
