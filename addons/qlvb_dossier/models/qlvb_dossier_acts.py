from odoo import models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.models.qlvb_order_mixin import OPEN_STATES

RESULT_STATES = ("issued", "dispatched")
"""States of an outgoing document in which it is a result."""


class QlvbDossierActs(models.AbstractModel):
    """The life of a dossier (Article 6): assigned, completed, closed, reopened."""

    _name = "qlvb.dossier.acts"
    _description = "Life of a Dossier"
    _inherit = ["qlvb.dossier.workflow"]

    # -- acts -----------------------------------------------------------------

    def action_assign(self, lines):
        """Assign the dossier to an agency, unit or person (Art. 6.1).

        :param lines: as for ``qlvb.document.action_assign``
        :return: the ids of the new assignments
        :raises AccessError: the caller is neither chairman nor Chief of Office
        :raises UserError: naming everything that is wrong with the lines
        """
        self._require_one()
        actor = self._gate("assign")
        lines = self._read_lines(lines)
        orders = self.env["qlvb.assignment"]._give_orders(self, actor, lines)
        self._follow_assignments()
        return orders.ids

    def action_complete(self, document_id=None, opinion_id=None):
        """Finish the caller's own part of the responsibility (Art. 6.2).

        The result is an issued document of the dossier or a recorded opinion; where
        the caller names none, the newest of them.  Once the lead at the top has
        finished, the dossier is completed.

        :param document_id: which issued document is the result
        :param opinion_id: which recorded opinion is the result
        :raises AccessError: the caller is not responsible
        :raises UserError: naming every unmet condition
        """
        for dossier in self:
            dossier._gate("complete", document_id=document_id, opinion_id=opinion_id)
            dossier._own_lead()._finish_lead(document_id, opinion_id)
        return True

    def action_send_back(self, reason):
        """Send the completed dossier back to who was responsible (Art. 6.3).

        :param reason: what is still missing
        :raises AccessError: the caller is neither chairman nor Chief of Office
        :raises UserError: no reason, or the dossier is not completed
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for dossier in self:
            actor = dossier._gate("send_back")
            dossier._transit("send_back")
            dossier._resume(actor, "sent_back", reason)
        return True

    def action_close(self, note=None):
        """Close the dossier on its result (Art. 6.3); it can only be read from then.

        :param note: words on the result, for the file
        :raises AccessError: the caller is neither chairman nor Chief of Office
        :raises UserError: naming all that is still open
        """
        note = self._clean_argument(self.env._("Note"), note, required=False)
        for dossier in self:
            actor = dossier._gate("close")
            dossier._decide(actor, "closed", note)
            dossier._end_informing(actor)
            dossier._follow_hands("closed")
            dossier._transit(
                "close",
                {
                    "closed_by_id": actor.user.id,
                    "closing_note": note,
                    "date_closed": clock.now(),
                },
            )
            dossier._log("closed", actor)
            dossier.sudo().origin_document_id._follow_dossiers()
        return True

    def action_reopen(self, reason):
        """Reopen a closed dossier; the work on it goes on (Art. 6.3).

        :param reason: why it is reopened
        :raises AccessError: the caller is neither chairman nor Chief of Office
        :raises UserError: no reason, or the dossier is not closed
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for dossier in self:
            actor = dossier._gate("reopen")
            dossier._transit(
                "reopen",
                {
                    "closed_by_id": False,
                    "closing_note": False,
                    "date_closed": False,
                    "reopened_at": clock.now(),
                },
            )
            dossier._resume(actor, "reopened", reason)
        return True

    # -- the work behind the acts ---------------------------------------------

    def _decide(self, actor, kind, text):
        """Leave the decision's own trace."""
        # Superuser: past the gate; nobody writes a decision by hand.
        self.env["qlvb.dossier.decision"].sudo().create(
            {
                "dossier_id": self.id,
                "kind": kind,
                "author_id": actor.user.id,
                "date": clock.now(),
                "text": text,
            }
        )

    def _resume(self, actor, kind, reason):
        """Give the work back to the lead at the top, with the reason."""
        self._decide(actor, kind, reason)
        self._through_gate().write(
            {"result_document_id": False, "result_opinion_id": False}
        )
        tops = self.sudo().assignment_ids.filtered(
            lambda order: (
                order.role == "lead" and not order.parent_id and order.state == "done"
            )
        )
        last = tops.sorted("done_at")[-1:].with_env(self.env)
        last._send_back(actor, reason)
        self._log(kind, actor)
        self.sudo().origin_document_id._follow_dossiers()
        self._follow_assignments()

    def _follow_assignments(self):
        """Bring the state in step with the leads, and with it who has it in hand.

        Completed when the lead at the top is done; opened and not assigned where no
        lead is left.
        """
        for dossier in self.sudo():
            leads = dossier.assignment_ids.filtered(
                lambda order: order.role == "lead" and not order.parent_id
            )
            states = set(leads.mapped("state"))
            if "accepted" in states:
                state = "in_progress"
            elif "sent" in states:
                state = "assigned"
            elif "done" in states:
                state = "completed"
            else:
                state = "draft"
            if dossier.state != state and dossier.state != "closed":
                dossier._through_gate().write({"state": state})
                self.env["qlvb.journal"]._log(f"dossier_{state}", dossier)
                if state == "completed":
                    last = leads.filtered("done_at").sorted("done_at")[-1:]
                    dossier._remind_openers("to_close", last, str(last.done_at))
            dossier._follow_hands()

    def _initiator(self):
        """Return to whom a misrouted dossier goes back (Art. 5.3b): who opened it."""
        self.ensure_one()
        dossier = self.sudo()
        openers = dossier._openers()
        if dossier.opened_by_id in openers:
            return dossier.opened_by_id
        return openers[:1] or dossier.opened_by_id

    def _openers(self):
        """Return who opens and closes here today: the Chief of Office, the chairman."""
        posts = self.env["qlvb.position"]._current(
            units=self.unit_id, roles=("chief_of_office", "head")
        )
        return posts.sorted(lambda post: post.role != "chief_of_office").user_id

    def _only_read(self):
        if self.state != "closed":
            return super()._only_read()
        return self.env._(
            "%(dossier)s is closed: it can only be read. Have it reopened first.",
            dossier=self.display_name,
        )

    def _lock_row(self):
        """Hold the dossier: acts on it, and on its parts, come one after the other."""
        self._hold()
        return super()._lock_row()

    def _log(self, event, actor, **data):
        """Journal an act on the dossier."""
        self.env["qlvb.journal"]._log(
            f"dossier_{event}",
            self,
            unit=actor.unit,
            on_behalf_of=actor.on_behalf_of,
            data=data or None,
        )

    # -- the result -----------------------------------------------------------

    def _issued_documents(self):
        """Return what of the dossier is an issued document, the newest last."""
        issued = self.sudo().document_ids.filtered(
            lambda document: (
                document.direction == "out"
                and document.state in RESULT_STATES
                and not document.recalled_at
            )
        )
        return issued.sorted(lambda document: (document.document_date, document.id))

    def _possible_results(self, order):
        """Return on what ``order`` can be finished: documents, opinions, newest last.

        Of the opinions those of who is responsible come last of all.  A remark of
        those who assign is no result, nor an opinion on which the dossier came back
        before.
        """
        dossier = self.sudo()
        chain, above = order.sudo(), order.sudo().parent_id
        while above:
            chain, above = chain | above, above.parent_id
        holders = chain._holders() | self.env.user
        came_back = dossier.decision_ids.filtered(lambda one: one.kind != "closed")
        since = max(came_back.mapped("date"), default=None)
        opinions = dossier.opinion_ids.filtered(
            lambda opinion: (
                (opinion.author_id in holders or opinion.unit_id != dossier.unit_id)
                and (since is None or opinion.date >= since)
            )
        )
        return dossier._issued_documents(), opinions.sorted(
            lambda opinion: (opinion.author_id in holders, opinion.date, opinion.id)
        )

    def _find_result(self, order, document_id=None, opinion_id=None):
        """Return the result on which ``order`` is finished: document, opinion.

        What was named, or else the newest issued document, the newest opinion of
        who is responsible, the newest of who supports.
        """
        documents, opinions = self._possible_results(order)
        if document_id or opinion_id:
            return (
                documents.filtered(lambda one: one.id == document_id),
                opinions.filtered(lambda one: one.id == opinion_id),
            )
        if documents:
            return documents[-1:], opinions.browse()
        return documents, opinions[-1:]

    # -- conditions -----------------------------------------------------------

    def _unmet_complete(self, actor, document_id=None, opinion_id=None):
        order = self.with_user(actor.user)._own_lead()
        return order.sudo()._unmet_lead_done(document_id, opinion_id)

    def _open_support(self):
        """Return the supporters who still owe an answer, and those proposed."""
        return self.assignment_ids.filtered(
            lambda order: (
                order.role == "support"
                and not order.parent_id
                and order.state in (*OPEN_STATES, "proposed")
            )
        )

    def _unmet_close(self, actor):
        problems = [
            self._explain_open(order)
            for order in self.assignment_ids
            if order.state in (*OPEN_STATES, "proposed") and order.role != "inform"
        ]
        problems += [
            self.env._(
                "%(holder)s asks for more time: decide on it first.",
                holder=order._holder_name(),
            )
            for order in self.assignment_ids
            if order.asks_time
        ]
        problems += [
            self.env._(
                "%(dossier)s below it is still open. Close it first.",
                dossier=child.display_name,
            )
            for child in self.child_ids
            if child.state != "closed"
        ]
        result = self.result_document_id & self._issued_documents()
        if not (result or self.result_opinion_id):
            problems.append(self._explain_no_result())
        return problems

    def _explain_open(self, order):
        if order.state == "proposed":
            return self.env._(
                "%(holder)s is proposed as a supporter, on which the chairman or the "
                "Chief of Office is still to decide.",
                holder=order._holder_name(),
            )
        if order.role == "support":
            return self.env._(
                "%(holder)s has not answered yet. Wait for the answer, or urge them; "
                "who charged them can take the work back.",
                holder=order._holder_name(),
            )
        return self.env._(
            "%(holder)s still works on it. Wait for the result, or recall it.",
            holder=order._holder_name(),
        )

    def _explain_no_result(self):
        return self.env._(
            "There is no result yet. Put the issued document into the dossier, or "
            "record an opinion."
        )
