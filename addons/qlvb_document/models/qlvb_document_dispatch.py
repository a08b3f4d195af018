from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Actor


class QlvbDocumentDispatch(models.AbstractModel):
    """Sending a document out, and taking it back (Article 7.3).

    The clerk of the issuing unit sends to all who wait on the list of recipients;
    what became of it at each stands in ``qlvb.dispatch``.
    """

    _name = "qlvb.document.dispatch"
    _description = "Dispatch of a Document"

    dispatch_ids = fields.One2many("qlvb.dispatch", "document_id", "Recipients")

    # -- who ------------------------------------------------------------------

    def _actor_lists(self):
        """Return the caller where the recipients are theirs to list, or ``None``.

        The drafter's while it is a draft, the clerk's of the issuing unit once it is
        signed, and later as well: a recipient may be added.
        """
        document = self.sudo()
        if document.direction != "out":
            return None
        if document.state == "draft":
            return self._actor_drafts()
        if document.state in ("signed", "issued", "dispatched"):
            return self._actor_issues()
        return None

    def _actor_sending(self):
        """Return the caller as who sends for the issuing unit, past the gate."""
        return Actor(self.env.user, self.env["res.users"], self.sudo().unit_id)

    # -- acts -----------------------------------------------------------------

    def action_dispatch(self):
        """Send the document to every recipient who waits for it (Art. 7.3).

        Each unit of the system finds an incoming draft of its own; outside bodies are
        written to by e-mail soon after; what goes by post waits for ``action_post``.
        Where one on the list cannot be sent anything, all such are named and nothing
        goes out.  Called again when nobody waits it does nothing.

        :return: ``True``
        :raises AccessError: the caller is no clerk of the issuing unit
        :raises UserError: naming everything that is wrong with the recipients
        """
        for document in self:
            actor = document._gate("dispatch")
            document._send_waiting(actor)
        return True

    def _waiting_dispatches(self):
        return self.sudo().dispatch_ids.filtered(lambda row: row.state == "waiting")

    def _unmet_dispatch(self, actor):
        """Return what stands against sending: everything, by recipient."""
        if self.recalled_at:
            return [
                self.env._(
                    "It was recalled from everybody: %(reason)s. Draft what replaces "
                    "it.",
                    reason=self.recall_reason,
                )
            ]
        if not self.dispatch_ids:
            return [self.env._("Name at least one recipient.")]
        return [
            problem
            for row in self._waiting_dispatches()
            for problem in row._unmet_recipient()
        ]

    def _send_waiting(self, actor):
        """Send to all who wait; what goes by post waits until it was posted."""
        rows = self._waiting_dispatches().filtered(lambda row: not row.queued_at)
        if not rows:
            return
        internal = rows.filtered(lambda row: row.channel == "internal")
        letters = rows.filtered(lambda row: row.channel == "email")
        mailed = letters._queue(actor)
        if not (internal or mailed):
            raise UserError(self._explain_nothing_sent(rows, letters))
        internal._deliver(actor)
        self._recall_replaced(actor, internal)
        counts = {"units": len(internal), "mails": len(mailed)}
        left = len(rows) - len(internal) - len(mailed)
        self._note_dispatched(actor, counts | {"waiting": left})

    def _explain_nothing_sent(self, rows, letters):
        """Say why nothing of what waits can be sent now."""
        words = letters[:1].mapped("failure")
        if rows - letters:
            words.append(
                self.env._(
                    "What goes by post: enter for each recipient when it was posted, "
                    "with the proof."
                )
            )
        return "\n".join(words)

    def _note_dispatched(self, actor, counts):
        """Note that it went out to so many.

        :param counts: how many recipients by which way, for the journal
        """
        self._transit("dispatch", self._from_now())
        self.env["qlvb.journal"]._log(
            "dispatched",
            self,
            unit=actor.unit,
            data={name: count for name, count in counts.items() if count},
        )

    def _files_to_send(self):
        """Return what recipients get: the final file, then what else belongs to it."""
        files = self.sudo().attachment_ids.sorted("id")
        return self._main_file() | (files - self._first_pdf())

    def _vet_sending(self, files):
        """Hold what is sent against Article 3 once more, at this door.

        :raises AdmissionRefused: it is not to leave; the document itself stays
        """
        for file in files:
            self.env["qlvb.vetting"]._vet_file(
                file.name, file.raw or b"", "dispatch", self._name
            )

    def action_recall(self, reason):
        """Recall the document from all to whom it was sent, on the signer's decision.

        :param reason: why, for the recipients
        :return: ``True``
        :raises AccessError: the caller is no clerk of the issuing unit
        :raises UserError: no reason, or it was sent to nobody
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for document in self:
            actor = document._gate("recall")
            document._transit(
                "recall", {"recall_reason": reason, "recalled_at": clock.now()}
            )
            for row in document._sent_dispatches()._in_order():
                row._lock_row()
                row._recall(actor, reason)
        return True

    def _sent_dispatches(self):
        """Return the dispatches that can still be recalled, in the caller's env."""
        rows = self.sudo().dispatch_ids.filtered(
            lambda row: row.state in ("sent", "received")
        )
        return rows.sudo(False)

    def _unmet_recall(self, actor):
        if self._sent_dispatches():
            return []
        return [self.env._("It was sent to nobody from whom it could be recalled.")]
