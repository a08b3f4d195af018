from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Actor

from ..lib.answers import said_and_closed
from .qlvb_dispatch_acts import ENDED_STATES


class QlvbDocumentDispatch(models.AbstractModel):
    """Sending a document out, and taking it back (Article 7.3).

    The clerk of the issuing unit sends to all who wait on the list of recipients;
    what became of it at each stands in ``qlvb.dispatch``.
    """

    _name = "qlvb.document.dispatch"
    _description = "Dispatch of a Document"

    dispatch_ids = fields.One2many("qlvb.dispatch", "document_id", "Recipients")
    dispatch_text = fields.Char("Received by", compute="_compute_dispatch_text")
    waiting_count = fields.Integer(
        compute="_compute_dispatch_text", export_string_translation=False
    )
    sent_count = fields.Integer(
        compute="_compute_dispatch_text", export_string_translation=False
    )
    can_list = fields.Boolean(
        compute="_compute_can_list", export_string_translation=False
    )

    @api.depends("dispatch_ids.state", "dispatch_ids.opened_at")
    @api.depends_context("lang")
    def _compute_dispatch_text(self):
        """Say how many have registered it, of how many, and what else there is."""
        counts = defaultdict(Counter)
        for document, state, count, queued in self.env["qlvb.dispatch"]._read_group(
            [("document_id", "in", self.ids)],
            ["document_id", "state"],
            ["__count", "queued_at:count"],
        ):
            counts[document.id][state] = count
            if state == "waiting":
                counts[document.id]["queued"] = queued
        for document in self:
            of = counts[document._origin.id]
            document.waiting_count = of["waiting"]
            # Also what the mail server has not taken yet can be recalled.
            document.sent_count = of["sent"] + of["received"] + of.pop("queued", 0)
            document.dispatch_text = document._dispatch_words(of)

    def _dispatch_words(self, of):
        """Return in words what became of the dispatches.

        :param of: how many stand at each state
        """
        total = sum(of.values())
        if not total:
            return False
        parts = [
            self.env._(
                "%(count)s/%(total)s registered", count=of["received"], total=total
            ),
            of["waiting"] and self.env._("%(count)s waiting", count=of["waiting"]),
            of["refused"] and self.env._("%(count)s refused", count=of["refused"]),
            of["recalled"] and self.env._("%(count)s recalled", count=of["recalled"]),
        ]
        return ", ".join(filter(None, parts))

    @api.depends("state", "drafting_unit_id", "unit_id")
    @api.depends_context("uid")
    def _compute_can_list(self):
        for document in self:
            kept = document._origin
            new = document.direction == "out" and not kept
            document.can_list = bool(new or kept._actor_lists())

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

    # -- recipients -----------------------------------------------------------

    def action_add_group(self, group_id):
        """List the recipients of a group who are not listed yet.

        :param group_id: a ``qlvb.recipient.group``
        :return: how many were added
        :raises AccessError: the recipients are not the caller's to list
        :raises UserError: there is no such group
        """
        self._require_one()
        group = self.env["qlvb.recipient.group"].search(
            [("id", "=", self._read_id(group_id))]
        )
        if not group:
            raise UserError(self.env._("There is no such group of recipients."))
        return self._list_recipients(*group._recipients())

    def _list_recipients(self, units, partners):
        """List units and outside bodies who are not listed yet; never the issuer.

        :return: how many were added
        """
        self.ensure_one()
        listed = self.dispatch_ids.filtered(lambda row: row.state not in ENDED_STATES)
        units -= listed.unit_id | self.unit_id
        partners -= listed.partner_id
        rows = self.env["qlvb.dispatch"].create(
            [{"document_id": self.id, "unit_id": unit.id} for unit in units]
            + [{"document_id": self.id, "partner_id": body.id} for body in partners]
        )
        return len(rows)

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

    def action_send_out(self):
        """Dispatch, and say on screen what became of it.

        :raises AccessError: as ``action_dispatch``
        :raises UserError: as ``action_dispatch``
        """
        self._require_one()
        self.action_dispatch()
        self.invalidate_recordset()
        done = self.env._("Dispatched")
        return said_and_closed(f"{done}: {self.dispatch_text}")

    def _waiting_dispatches(self):
        return self.sudo().dispatch_ids.filtered(lambda row: row.state == "waiting")

    def _unmet_dispatch(self, actor, rows=None):
        """Return what stands against sending: everything, by recipient.

        :param rows: the dispatches that are to go; by default all that wait
        """
        if self._is_purged():
            return [self._unmet_correct()]
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
            for row in (self._waiting_dispatches() if rows is None else rows)
            for problem in row._unmet_recipient()
        ]

    def _send_waiting(self, actor):
        """Send to all who wait; what goes by post waits until it was posted."""
        rows = self._waiting_dispatches().filtered(lambda row: not row.queued_at)
        if not rows:
            return
        internal = rows.filtered(lambda row: row.channel == "internal")
        letters = rows.filtered(lambda row: row.channel == "email")
        self._vet_sending()
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
        """Return what recipients get: the final file, then what else belongs to it.

        A Word file was a draft: it is kept here, as a version.
        """
        # Superuser: past the gate; whoever reads the document reads its files.
        document = self.sudo()
        words = document.version_ids.filtered(lambda version: version.kind == "docx")
        drafts = document._first_pdf().ids + words.mapped("source_file")
        files = document.attachment_ids.sorted("id")
        return self._main_file() | files.filtered(lambda file: file.id not in drafts)

    def _vet_sending(self):
        """Hold what is sent against Article 3 once more, at this door.

        :raises AdmissionRefused: it is not to leave; the document itself stays
        """
        for file in self._files_to_send():
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
            waiting = document._waiting_dispatches().sudo(False)
            rows = document._sent_dispatches() | waiting
            for row in rows._in_order():
                row._lock_row()
                if row.sudo().state == "waiting":
                    row._stop(actor, reason)
                else:
                    row._recall(actor, reason)
            document._tell_recalled(rows, reason)
        return True

    def _tell_recalled(self, rows, reason):
        """Tell the signer, whose decision it is, and the drafter of a recall."""
        names = rows.sudo().mapped("recipient_text")
        if len(names) > 3:
            names = [*names[:2], self.env._("%(count)s more", count=len(names) - 2)]
        document = self.sudo()
        document._tell(
            document.signer_id | document.drafter_id,
            self.env._(
                "Recalled from %(recipients)s: %(reason)s",
                recipients=", ".join(names),
                reason=reason,
            ),
        )

    def _sent_dispatches(self):
        """Return the dispatches that can still be recalled, in the caller's env."""
        rows = self.sudo().dispatch_ids.filtered(
            lambda row: row.state in ("sent", "received")
        )
        return rows.sudo(False)

    def _unmet_recall(self, actor):
        if self._sent_dispatches() or any(
            row.queued_at for row in self._waiting_dispatches()
        ):
            return []
        return [self.env._("It was sent to nobody from whom it could be recalled.")]
