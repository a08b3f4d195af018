from markupsafe import Markup

from odoo import models


class QlvbNoticeMixin(models.AbstractModel):
    """A record of which people are told, in their inbox and nowhere else."""

    _name = "qlvb.notice.mixin"
    _description = "Record that People are Told of"

    def _in_language_of(self, people):
        """Return the environment in which people are written to."""
        return self.with_context(lang=people[:1].lang or self.env.lang).env

    def _notify_inbox(self, people, subject, words):
        """Put one message about this record into the inboxes of people.

        Never an e-mail, whatever they chose: an office reads its inbox.

        :param people: ``res.users``; those without a living account are left out
        :param subject: one line
        :param words: plain text
        """
        self.ensure_one()
        told = people.sudo().filtered("active").partner_id
        if not told:
            return
        # Superuser: who is told is the office's business, not the actor's.
        thread = self.env["mail.thread"].sudo().with_context(qlvb_inbox=True)
        thread.message_notify(
            partner_ids=told.ids,
            author_id=self.env.ref("base.partner_root").id,
            model=self._name,
            res_id=self.id,
            subject=subject,
            body=Markup("<p>%s</p>") % words,
        )
