from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Actor

from .qlvb_order_mixin import OPEN_STATES

SENDERS_FIELDS = frozenset(
    {
        "unit_id",
        "type_id",
        "reference",
        "document_date",
        "issuer",
        "summary",
        "urgency",
        "attachment_ids",
        "scan",
        "scan_name",
    }
)
"""What another unit sent: the recipient registers or refuses it, as it is."""


class QlvbDocumentDelivered(models.AbstractModel):
    """A paper that another unit sent through the system, at its recipient.

    What the recipient's clerk does with it is told to the sender: opened, registered
    under which number, refused and why.  The sender may recall it; it is then frozen
    where it stands.
    """

    _name = "qlvb.document.delivered"
    _description = "Document that was Delivered"

    recall_reason = fields.Text("Reason for recall", readonly=True, copy=False)
    recalled_at = fields.Datetime("Recalled at", readonly=True, copy=False)

    # -- answers to the sender ------------------------------------------------

    def _dispatch(self):
        """Return the dispatches that brought these; none of what came another way."""
        # Superuser: the row belongs to the sender's document.
        rows = self.env["qlvb.dispatch"].sudo()
        copies = self.sudo().filtered(lambda document: document.source == "unit")
        return rows.search([("copy_id", "in", copies.ids)]) if copies else rows

    def _hold_dispatch(self):
        """Return the dispatch that brought it, held; past the gate."""
        row = self._dispatch()
        if row:
            row._lock_row()
        return row

    def _answer_registered(self, row, actor):
        """Tell the sender's dispatch under which number it was registered."""
        if row:
            row._answered(
                "received",
                actor,
                received_at=clock.now(),
                received_number=self.number_text,
            )

    def _answer_refused(self, row, actor, reason):
        """Tell the sender's dispatch, clerks and drafter why it was refused."""
        if row:
            row._answered("refused", actor, refusal_reason=reason)
            row._tell_sender(
                self.env._(
                    "Refused by %(recipient)s: %(reason)s",
                    recipient=row.recipient_text,
                    reason=reason,
                )
            )

    def _note_opening(self):
        """Note the first opening by a clerk of the recipient, for the sender."""
        if self.source == "unit" and self._actor_enters():
            row = self._dispatch()
            if row and not row.opened_at:
                row._note_opened()
        return super()._note_opening()

    # -- as the sender sent it ------------------------------------------------

    def _refuse_rewriting(self, vals):
        """Raise where what another unit sent would be changed.

        :raises AccessError: naming what
        """
        if self.env.su or not any(document.source == "unit" for document in self):
            return
        if fixed := SENDERS_FIELDS & vals.keys():
            labels = [self._fields[name].string for name in sorted(fixed)]
            raise AccessError(
                self.env._(
                    "%(fields)s: as the sender sent it. Where it is wrong, refuse the "
                    "document and say why.",
                    fields=", ".join(labels),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_delivered(self):
        if any(document._dispatch().state == "sent" for document in self):
            raise UserError(
                self.env._(
                    "Another unit sent this document. Refuse it and say why: the "
                    "sender is told."
                )
            )

    def _discard_refused(self):
        """Let the sender know that Article 3 kept it out, and delete it."""
        # Kept in the sender's list and book, whatever language is worked in here.
        kept = self.with_context(lang="vi_VN")
        reason = kept.env._("Article 3 keeps it out of this system.")
        for document in self:
            unit = document.unit_id
            actor = Actor(self.env.user, self.env["res.users"], unit)
            document._answer_refused(document._hold_dispatch(), actor, reason)
        return super()._discard_refused()

    # -- recalled by the sender -----------------------------------------------

    def _only_read(self):
        """Return why nothing is done on a paper that its sender took back."""
        if self.state != "recalled":
            return super()._only_read()
        return self.env._(
            "%(document)s was recalled by its sender: it can only be read.",
            document=self.display_name,
        )

    def _be_recalled(self, actor, reason):
        """Freeze the copy: its sender took the document back.

        Open work on it ends with the reason; its number stays in the register, with
        the explanation.

        :param actor: the sender's clerk; the caller holds the copy
        """
        for document in self:
            for order in document.assignment_ids:
                if order.state in OPEN_STATES:
                    order._close(actor, "recall", reason=reason)
                    order._log("recalled", actor)
            document._through_gate().write(
                {
                    "state": "recalled",
                    "recall_reason": reason,
                    "recalled_at": clock.now(),
                }
            )
            self.env["qlvb.journal"]._log(
                "recalled_by_sender", document, unit=actor.unit
            )
            unit = document.unit_id
            document._tell(
                document._clerks() | unit.head_id,
                self.env._("Recalled by the sender: %(reason)s", reason=reason),
            )
