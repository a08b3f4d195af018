from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from ..lib.days import read_day

ENDED_STATES = ("refused", "recalled")
"""States after which the same recipient may be sent the document once more."""


class QlvbDispatchActs(models.AbstractModel):
    """What becomes of a document at one recipient, by whom and in whose words.

    The issuing unit's clerk posts and recalls; a unit of the system answers by what
    its clerk does with its own copy: opening, registering or refusing it.
    """

    _name = "qlvb.dispatch.acts"
    _description = "Acts on a Dispatch"
    _inherit = ["qlvb.workflow.mixin"]

    _gated_fields = frozenset(
        {
            "state",
            "copy_id",
            "sent_at",
            "sent_by_id",
            "opened_at",
            "received_at",
            "received_number",
            "refusal_reason",
            "recall_reason",
            "recalled_at",
            "recalled_by_id",
            "recall_decided_by_id",
            "proof",
            "failure",
            "queued_at",
            "queued_by_id",
        }
    )
    _workflow = Workflow(
        ("waiting", "sent", "received", "refused", "recalled"),
        [
            act("post", "waiting", "sent", "_actor_sender", "_unmet_post"),
            act("recall", "sent received", "recalled", "_actor_sender"),
        ],
    )

    can_post = fields.Boolean(
        compute="_compute_can_dispatch", export_string_translation=False
    )
    can_recall = fields.Boolean(
        compute="_compute_can_dispatch", export_string_translation=False
    )

    @api.depends("state", "channel", "document_id.state", "document_id.recalled_at")
    @api.depends_context("uid")
    def _compute_can_dispatch(self):
        for row in self:
            document = row.document_id.sudo()
            goes = document.state in ("issued", "dispatched")
            goes = goes and not document.recalled_at
            row.can_post = row.channel == "post" and goes and row._may("post")
            row.can_recall = row._may("recall")

    @api.model
    def _act_labels(self):
        return {
            "post": self.env._("Enter the posting"),
            "recall": self.env._("Recall"),
        }

    def _actor_sender(self):
        """Return the caller as a clerk of the issuing unit, or ``None``."""
        return self.document_id._actor_issues()

    def _lock_row(self):
        """Hold the recipient's copy as well, and first.

        As the recipient's clerk does who registers it: whoever comes second waits,
        and nobody waits for each other.
        """
        self._hold_copies()
        return super()._lock_row()

    def _hold_copies(self):
        """Hold the copies of these dispatches, in one order for all."""
        self.flush_recordset(["copy_id"])
        self.env.cr.execute(
            SQL(
                """SELECT FROM qlvb_document WHERE id IN (
                       SELECT copy_id FROM qlvb_dispatch WHERE id = ANY(%s))
                   ORDER BY id FOR UPDATE""",
                self.ids,
            )
        )

    def _in_order(self):
        """Return these in the order in which everybody holds several."""
        order = self.sudo().sorted(lambda row: (row.copy_id.id or 0, row.id))
        return self.browse(order.ids)

    # -- acts of the sender ---------------------------------------------------

    def action_post(self, proof, day=None):
        """Note that the document was posted to an outside body.

        Posting is dispatching: whatever stands against that stands against this too.

        :param proof: number of the receipt, or how it was handed over
        :param day: a day not after today, which it is by default
        :return: ``True``
        :raises AccessError: the caller is no clerk of the issuing unit
        :raises UserError: no proof; not issued yet; recalled; the day lies ahead
        :raises AdmissionRefused: Article 3 keeps it in by now
        """
        proof = self._clean_argument(self.env._("Proof of sending"), proof, limit=300)
        day = self._read_posting_day(day)
        for document, rows in self._by_document():
            actor = document._gate("dispatch", rows=rows.sudo())
            document._vet_sending()
            for row in rows._in_order():
                row._gate("post", day=day)
                row._transit("post", {**row._sent_values(actor, day), "proof": proof})
            document._recall_replaced(actor, rows)
            document._note_dispatched(actor, {"posted": len(rows)})
        return True

    def _by_document(self):
        """Return these by document, in the order in which everybody holds several."""
        rows = self.grouped("document_id")
        return sorted(rows.items(), key=lambda pair: pair[0].id)

    @api.model
    def _read_posting_day(self, day):
        """Return on which day something was posted.

        :raises UserError: it is no date
        """
        if not day:
            return clock.today()
        read = read_day(day)
        if not read:
            raise UserError(self.env._("The day of posting is not a date."))
        return read

    def _unmet_post(self, actor, day):
        """Return what stands against noting the posting."""
        document, problems = self.document_id, []
        if self.channel != "post":
            problems.append(
                self.env._(
                    "%(recipient)s is not sent it by post.",
                    recipient=self.recipient_text,
                )
            )
        if not document.document_date <= day <= clock.today():
            problems.append(
                self.env._(
                    "It was not posted on %(day)s: that is before its date, or ahead.",
                    day=format_date(self.env, day),
                )
            )
        return problems

    @api.model
    def _sent_values(self, actor, day=None):
        """Return what is noted of a sending: now, or at noon of a day before."""
        moment = clock.now()
        if day and day != clock.today():
            moment = clock.to_utc(datetime.combine(day, time(12)))
        return {"sent_at": moment, "sent_by_id": actor.user.id, "failure": False}

    def action_recall(self, reason):
        """Recall the document from these recipients, on the signer's decision.

        A copy in this system is frozen where it stands; its number stays in the
        recipient's register, with the explanation.

        :param reason: why, for the recipient
        :return: ``True``
        :raises AccessError: the caller is no clerk of the issuing unit
        :raises UserError: no reason, or it was not sent, is refused or recalled
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for row in self._in_order():
            actor = row._gate("recall")
            row._recall(actor, reason)
        for document, rows in self.grouped("document_id").items():
            document._tell_recalled(rows, reason)
        return True

    def _recall(self, actor, reason):
        """Recall one dispatch that the caller holds, with the recipient's copy."""
        # Superuser: past the gate; the copy is the recipient's.
        row = self.sudo()
        signer = row.document_id.signer_id
        self._transit(
            "recall",
            {
                "recall_reason": reason,
                "recalled_at": clock.now(),
                "recalled_by_id": actor.user.id,
                "recall_decided_by_id": signer.id,
            },
        )
        self.env["qlvb.journal"]._log(
            "dispatch_recalled",
            row.document_id,
            unit=actor.unit,
            data={"recipient": row.recipient_text[:200], "decided_by": signer.name},
        )
        row.copy_id._be_recalled(actor, reason)

    def _stop(self, actor, reason):
        """Let one that waits, and that the caller holds, go out no more."""
        row = self.sudo()
        queued = row.queued_at
        said = self.env._("Recalled before it was sent: %(reason)s", reason=reason)
        row._through_gate().write({"queued_at": False, "failure": said[:300]})
        if queued:
            self.env["qlvb.journal"]._log(
                "dispatch_stopped",
                row.document_id,
                unit=actor.unit,
                data={"recipient": row.recipient_text[:200]},
            )

    # -- answers of the recipient ---------------------------------------------

    def _answered(self, act_name, actor, **values):
        """Note what the recipient's clerk did with the copy, for the sender.

        The row alone is written: the outgoing document is nobody's to wait for.
        """
        row = self.sudo()
        row._through_gate().write({"state": act_name, **values})
        self.env["qlvb.journal"]._log(
            f"dispatch_{act_name}",
            row.document_id,
            unit=actor.unit,
            data={"recipient": row.recipient_text[:200]},
        )

    def _tell_sender(self, words):
        """Tell the sender's clerks and the drafter."""
        document = self.sudo().document_id
        document._tell(document._clerks() | document.drafter_id, words)

    def _note_opened(self):
        """Note that a clerk of the recipient opens the copy for the first time.

        On a cursor of its own, and skipped where somebody is acting on it.
        """
        with self.env["qlvb.journal"]._own_cursor() as cr:
            cr.execute(
                """UPDATE qlvb_dispatch SET opened_at = %s WHERE id IN (
                       SELECT id FROM qlvb_dispatch WHERE id = ANY(%s)
                       AND opened_at IS NULL FOR NO KEY UPDATE SKIP LOCKED)""",
                (clock.now(), self.ids),
            )
        self.invalidate_recordset(["opened_at"], flush=False)
