from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from ..lib.corrections import FILE
from ..lib.days import read_day
from ..lib.freeze_correction import SETTING

# What is counted from other fields, and stays unless it is asked for itself.
_FOLLOWING = ("deadline", "received_time")


class QlvbCorrectionActs(models.AbstractModel):
    """Asking for a correction, deciding on it, and carrying it out.

    The request is written and submitted by who asks; the head of the unit at the
    top approves or refuses it in person: no delegate, no deputy, no other unit's
    head (Article 8.2).  What is approved is carried out in the same transaction or
    not at all.
    """

    _name = "qlvb.correction.acts"
    _description = "Acts on a Correction"
    _inherit = ["qlvb.workflow.mixin"]

    _gated_fields = frozenset(
        {
            "state",
            "unit_id",
            "asked_by_id",
            "asked_keeper_id",
            "asked_at",
            "decided_by_id",
            "decided_at",
            "decision_number",
            "decision_date",
            "refusal_reason",
            "parent_id",
            "effects",
            "audience",
        }
    )
    _workflow = Workflow(
        ("draft", "submitted", "approved", "done", "refused"),
        [
            act("submit", "draft", "submitted", "_actor_asks", "_unmet_submit"),
            act("approve", "submitted", "approved", "_actor_decides", "_unmet_approve"),
            act("refuse", "submitted", "refused", "_actor_decides"),
        ],
    )

    can_submit = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_approve = fields.Boolean(
        compute="_compute_can",
        search="_search_can_approve",
        export_string_translation=False,
    )
    can_refuse = fields.Boolean(compute="_compute_can", export_string_translation=False)

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for correction in self:
            correction.can_submit = correction._may("submit")
            correction.can_approve = correction._may("approve")
            correction.can_refuse = correction._may("refuse")

    def _search_can_approve(self, operator, value):
        """Find what waits for the caller's decision."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        headed = self.env["qlvb.position"]._my_units("head")
        tops = self.env["qlvb.unit"].browse(headed)
        tops = tops.filtered(lambda unit: not unit.parent_id)
        return Domain("state", "=", "submitted") & Domain(
            "unit_id", "child_of", tops.ids
        )

    @api.model
    def _act_labels(self):
        return {
            "submit": self.env._("Submit to the chairman"),
            "approve": self.env._("Approve the request"),
            "refuse": self.env._("Refuse the request"),
        }

    # -- who ------------------------------------------------------------------

    def _actor_asks(self):
        """Return the caller as who wrote the request and may still ask."""
        document = self.document_id
        if self.sudo().asked_by_id != self.env.user or not document.has_access("read"):
            return None
        return document._actor_corrects()

    def _actor_decides(self):
        """Return the caller as the head, in person, of the unit at the top."""
        # Superuser: the tree of units is no secret, and the post is the caller's.
        return self.sudo().unit_id._top()._actor_holding("head")

    # -- acts -----------------------------------------------------------------

    def action_submit(self):
        """Put the request before the chairman (Articles 8.2, 9.5).

        :raises AccessError: it is somebody else's, or the caller may not ask
        :raises UserError: naming everything that stands against it
        """
        for correction in self:
            correction._hold_document()
            actor = correction._gate("submit")
            lines = correction.sudo().line_ids
            lines._note_present()
            # In the database before the request is: from then on it keeps them.
            lines.flush_recordset()
            correction._transit(
                "submit",
                {
                    "asked_at": clock.now(),
                    "asked_keeper_id": actor.unit._keeper_for(actor).id,
                },
            )
            correction._log("correction_asked", actor)
        return True

    def action_approve(self, decision_number=None, decision_date=None):
        """Approve the request, and have it carried out at once (Article 8.2).

        :param decision_number: number of the decision on paper, if there is one
        :param decision_date: its day, a date or ``YYYY-MM-DD``
        :raises AccessError: the caller is not the head of the unit at the top
        :raises UserError: it was decided before, the document has changed since it
            was asked for, or its new values cannot be
        """
        label = self.env._("Number of the decision")
        number = self._clean_argument(label, decision_number, 100, required=False)
        day = self._decision_day(decision_date)
        for correction in self:
            correction._hold_document()
            actor = correction._gate("approve")
            correction._decide("approve", actor, {"decision_date": day}, number)
            correction.sudo()._carry_out(actor)
        return True

    def action_refuse(self, reason):
        """Refuse the request; nothing changes.

        :param reason: for who asked
        :raises AccessError: the caller is not the head of the unit at the top
        :raises UserError: no reason, or it was decided before
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for correction in self:
            actor = correction._gate("refuse")
            correction._decide("refuse", actor, {"refusal_reason": reason})
            correction._log("correction_refused", actor)
        return True

    def _decision_day(self, raw):
        """Return the day of a decision on paper, ``False`` where none was given.

        :raises UserError: it is no day, or one to come
        """
        if not raw:
            return False
        day = read_day(raw)
        if not day or day > clock.today():
            raise UserError(
                self.env._(
                    "The day of the decision is not a date, or lies in the future. "
                    "Enter the day that stands on it."
                )
            )
        return day

    def _hold_document(self):
        """Wait for whoever acts on the document, then hold it.

        Written and not only locked: see ``qlvb.assignment.acts``.
        """
        self.check_access("read")
        # Superuser: which row is held; who may act is the gate's to say.
        self.env.cr.execute(
            SQL(
                "UPDATE qlvb_document SET write_date = write_date WHERE id = ANY(%s)",
                self.sudo().document_id.ids,
            )
        )
        self.sudo().document_id.invalidate_recordset()

    def _decide(self, name, actor, values, number=None):
        """Write down who decided, when and what."""
        values = {"decided_by_id": actor.user.id, "decided_at": clock.now(), **values}
        if number:
            values["decision_number"] = number
        self._transit(name, values)

    # -- carrying out ---------------------------------------------------------

    def _carry_out(self, actor):
        """Do what was approved; runs as the system, past the gate."""
        self.ensure_one()
        purge = self.env["qlvb.purge"]
        with self._key():
            if self.kind == "purge":
                effects = purge._erase(self, actor)
            else:
                effects = self._correct()
            # Decided and done in one act; between the two the database looks on.
            self._through_gate().write({"state": "done", "effects": effects})
        self._log("document_purged" if self.kind == "purge" else "corrected", actor)
        if self.kind == "purge":
            purge._erase_copies(self, actor)

    def _follow(self, copy):
        """Return the approved purge of a copy, which follows from this one."""
        now = clock.now()
        follower = self._through_gate().create(
            {
                "document_id": copy.id,
                "kind": self.kind,
                "ground": self.ground,
                "asked_by_id": self.asked_by_id.id,
                "parent_id": self.id,
            }
        )
        follower._transit("submit", {"asked_at": now})
        follower.flush_recordset()
        follower._transit(
            "approve",
            {
                "decided_by_id": self.decided_by_id.id,
                "decided_at": now,
                "decision_number": self.decision_number,
                "decision_date": self.decision_date,
            },
        )
        return follower.sudo()

    @contextmanager
    def _key(self):
        """Hold the key to what is fixed: see ``lib.freeze_correction``."""
        set_key = "SELECT set_config(%s, %s, true)"
        self.env.flush_all()
        self.env.cr.execute(set_key, (SETTING, str(self.id)))
        yield
        self.env.flush_all()
        # After an error there is nothing to take back: it ends with the transaction.
        self.env.cr.execute(set_key, (SETTING, ""))

    def _correct(self):
        """Write the new values into the document.

        :return: what is kept of it for the report
        """
        document = self.document_id._through_gate()
        known = document._known_sender()
        lines = self.line_ids
        values = {line.name: line._value() for line in lines if line.name != FILE}
        for name in _FOLLOWING:
            if name not in values and document.direction == "in":
                values[name] = document[name]
        if values:
            document.write(values)
            # With the key: what follows from a value is stored as well.
            document.flush_recordset()
        for line in lines.filtered(lambda line: line.name == FILE):
            self._exchange(document, line.old_file_id, line.new_file_id)
        if document._known_sender() != known:
            self.env["qlvb.sender"]._correct(document, known)
        return {"pages": document._bound_pages().ids}

    def _exchange(self, document, before, after):
        """Put a file in the place of another, or beside the others.

        The one before stays readable with the request that took it away.
        """
        after.write({"res_model": document._name, "res_id": document.id})
        after.flush_recordset()
        commands = [Command.unlink(before.id)] if before else []
        document.write({"attachment_ids": [*commands, Command.link(after.id)]})
        document.flush_recordset()
        if before:
            before.write({"res_model": self._name, "res_id": self.id})
            before.flush_recordset()

    def _log(self, event, actor):
        """Journal an act on the document; of values nothing."""
        correction = self.sudo()
        data = {"correction": correction.id}
        if correction.line_ids:
            data["fields"] = sorted(set(correction.line_ids.mapped("name")))
        self.env["qlvb.journal"]._log(
            event, correction.document_id, unit=actor.unit, data=data
        )

    # -- conditions -----------------------------------------------------------

    def _unmet_submit(self, actor):
        problems = []
        if problem := self.document_id._unmet_correct(self.kind):
            return [problem]
        if not (self.reason or "").strip():
            problems.append(self.env._("Say why: the chairman decides on that."))
        if self.kind == "purge":
            if not self.ground:
                problems.append(
                    self.env._("Say which clause of Article 3 keeps it out.")
                )
            if self.line_ids:
                problems.append(
                    self.env._("Contents that are erased are not corrected as well.")
                )
            return problems
        if not self.line_ids:
            problems.append(
                self.env._("Nothing is to be changed. Enter at least one new value.")
            )
        return problems + self.line_ids._problems() + self._unmet_together()

    def _unmet_approve(self, actor):
        problem = self.document_id._unmet_correct(self.kind)
        if problem:
            return [problem]
        changed = self.line_ids._problems_since_asked()
        return changed or self.line_ids._problems() + self._unmet_together()

    def _unmet_together(self):
        """Return what is wrong with the new values beside those that stay."""
        try:
            values = {
                line.name: line._value() for line in self.line_ids if line.name != FILE
            }
        except ValueError:
            # Told of the line itself.
            return []
        candidate = self.document_id.new(values, origin=self.document_id)
        try:
            candidate._check_corrected()
        except UserError as error:
            return [str(error)]
        return []
