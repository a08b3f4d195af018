from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from .qlvb_order_mixin import HOLDING_ROLES, OPEN_STATES


class QlvbAssignmentActs(models.AbstractModel):
    """What is done with an assignment, by whom and under which conditions.

    Accept, pass on, return, finish and recall (Article 5.3); each a thin public
    method behind the gate.  What keeps work moving stands in
    ``qlvb.assignment.chase`` and ``qlvb.assignment.extension``, what an assignment
    is in ``qlvb.assignment``.
    """

    _name = "qlvb.assignment.acts"
    _description = "Acts on an Assignment"
    _inherit = [
        "qlvb.workflow.mixin",
        "qlvb.given.mixin",
        "qlvb.order.mixin",
        "qlvb.assignment.chase",
        "qlvb.assignment.extension",
        "qlvb.opening.mixin",
    ]

    # No planted default of whoever gives the order fills these either.
    _gated_fields = frozenset(
        {
            "state",
            "audience",
            "seen_at",
            "accepted_at",
            "done_at",
            "urged_at",
            "doer_id",
            "doer_behalf_id",
            "returned_to_id",
            "result",
            "reason",
            "urge_ids",
            "extension_ids",
            "result_ids",
            "follows_term",
            "term_from",
            "term_days",
        }
    )
    _powers = {
        "forward": "forward",
        "recall": "forward",
        "send_back": "forward",
        "decide_extension": "forward",
        "return": "return",
        "urge": "urge",
    }
    _workflow = Workflow(
        ("sent", "accepted", "done", "returned", "recalled", "proposed", "declined"),
        [
            act("accept", "sent", "accepted", "_actor_holder"),
            act(
                "forward",
                "sent accepted",
                "accepted",
                "_actor_holder",
                "_unmet_forward",
            ),
            act("return", "sent accepted", "returned", "_actor_holder"),
            act("done", "sent accepted", "done", "_actor_holder", "_unmet_done"),
            act("recall", "sent accepted", "recalled", "_actor_giver"),
            act("urge", "sent accepted", None, "_actor_urger"),
            act(
                "request_extension",
                "sent accepted",
                None,
                "_actor_holder",
                "_unmet_request_extension",
            ),
            act(
                "decide_extension",
                "sent accepted",
                None,
                "_actor_judge",
                "_unmet_decide_extension",
            ),
            act("send_back", "done", "accepted", "_actor_judge", "_unmet_send_back"),
        ],
    )

    # -- who ------------------------------------------------------------------

    def _actor_holder(self):
        """Return the caller as the holder, or as the holder's delegate (Art. 5.3).

        Whoever no longer holds a post in the unit no longer acts for it.
        """
        order = self.sudo()
        unit = self.unit_id
        if order.user_id == self.env.user:
            return unit._actor_holding(*HOLDING_ROLES)
        actor = unit._actor_as_head(self._subject())
        if actor and (not order.user_id or order.user_id == actor.on_behalf_of):
            return actor
        return None

    def _actor_urger(self):
        """Return the caller where they may urge: who gave it, or the unit's head."""
        as_head = self.unit_id._actor_as_head(self._subject())
        return self._actor_giver() or as_head

    def _subject(self):
        """Return of what kind the work is, as a delegation may be narrowed to it."""
        return "document"

    def _passes_on(self):
        """Tell whether the caller passes work on: heads and deputies do (Art. 5.3a)."""
        unit = self.unit_id
        return bool(
            unit._actor_as_head(self._subject())
            or unit._actor_holding("deputy", "chief_of_office")
        )

    # -- acts -----------------------------------------------------------------

    def action_accept(self):
        """Accept the work (Art. 5.3a).

        :raises AccessError: the caller does not hold it
        """
        for assignment in self:
            actor = assignment._gate("accept")
            assignment._accept(actor, "accept")
            assignment._log("accepted", actor)
        return True

    def action_forward(self, lines):
        """Pass the work on inside the unit, to a deputy or specialist (Art. 5.3a).

        :param lines: as for ``qlvb.document.action_assign``
        :return: the ids of the new assignments
        :raises AccessError: the caller does not hold it
        :raises UserError: naming everything that is wrong with the lines
        """
        self._require_one()
        actor = self._gate("forward")
        matter = self._matter().sudo()
        lines = matter._read_lines(lines)
        orders = self._give_orders(matter, actor, lines, parent=self)
        self._accept(actor, "forward")
        self._log("forwarded", actor)
        return orders.ids

    def action_return(self, reason):
        """Return the work with a reason (Art. 5.3b).

        Inside a unit to who passed it on; otherwise to who created the incoming
        record.  What was passed on from here is recalled with it.

        :raises AccessError: the caller does not hold it
        :raises UserError: no reason
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for assignment in self:
            actor = assignment._gate("return")
            assignment._close(
                actor,
                "return",
                reason=reason,
                returned_to_id=assignment._returns_to().id,
            )
            assignment._log("returned", actor)
            assignment._recall_children(actor, reason)
            assignment._matter()._follow_assignments()
        return True

    def action_done(self, result=None):
        """Finish the work with its result, which goes to who gave it (Art. 5.3).

        :param result: what came of it; for information alone it may be empty
        :raises AccessError: the caller does not hold it
        :raises UserError: naming every unmet condition
        """
        required = any(order.role != "inform" for order in self.sudo())
        result = self._clean_argument(
            self.env._("Result"), result, limit=10_000, required=required
        )
        for assignment in self:
            actor = assignment._gate("done")
            order, now = assignment.sudo(), clock.now()
            assignment._close(
                actor,
                "done",
                result=result,
                accepted_at=order.accepted_at or now,
                seen_at=order.seen_at or now,
            )
            assignment._log("finished", actor)
            assignment._matter()._follow_assignments()
        return True

    def action_recall(self, reason):
        """Take the work back from its holder, with all that was passed on from it.

        :raises AccessError: the caller did not give it
        :raises UserError: no reason
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for assignment in self:
            actor = assignment._gate("recall")
            assignment._close(actor, "recall", reason=reason)
            assignment._log("recalled", actor)
            assignment._recall_children(actor, reason)
            assignment._matter()._follow_assignments()
        return True

    @api.model
    def _act_labels(self):
        return {
            "accept": self.env._("Accept"),
            "forward": self.env._("Pass on"),
            "return": self.env._("Return"),
            "done": self.env._("Finish"),
            "recall": self.env._("Recall"),
            "urge": self.env._("Urge"),
            "request_extension": self.env._("Ask for more time"),
            "decide_extension": self.env._("Decide on more time"),
            "send_back": self.env._("Send back"),
        }

    # -- nothing is done on what can only be read ----------------------------

    def _may(self, name):
        return not self.sudo()._matter()._only_read() and super()._may(name)

    def _gate(self, name, **arguments):
        actor = super()._gate(name, **arguments)
        if why := self.sudo()._matter()._only_read():
            raise UserError(why)
        return actor

    # -- the work behind the acts ---------------------------------------------

    def _lock_row(self):
        """Hold the matter as well: acts on one matter come one after the other."""
        self._matter()._hold()
        return super()._lock_row()

    def _lock_rows(self):
        """Hold several assignments of one matter at once."""
        self[:1]._matter()._hold()
        self.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT FROM qlvb_assignment WHERE id = ANY(%s) FOR UPDATE", self.ids)
        )
        self.invalidate_recordset(flush=False)

    def _accept(self, actor, name):
        """Note acceptance, once, and that the holder has seen it."""
        now = clock.now()
        order = self.sudo()
        self._transit(
            name,
            {
                "accepted_at": order.accepted_at or now,
                "seen_at": order.seen_at or now,
            },
        )

    def _close(self, actor, name, **values):
        """End the assignment: done, returned or recalled.

        A request for more time that nobody has decided yet ends with it.
        """
        self._end_request("lapsed")
        self._transit(
            name,
            {
                "done_at": clock.now(),
                "doer_id": actor.user.id,
                "doer_behalf_id": actor.on_behalf_of.id,
                **values,
            },
        )

    def _holders(self):
        """Return who holds these now: their persons, or the heads and delegates."""
        orders = self.sudo()
        holders, headed = self.env["res.users"].sudo(), self.env["qlvb.unit"].sudo()
        for order in orders:
            head = order.unit_id.head_id
            holders |= order.user_id or head
            if not order.user_id or order.user_id == head:
                headed |= order.unit_id
        if headed:
            holders |= self.env["qlvb.delegation"]._of_today(headed).delegate_id
        return holders

    def _returns_to(self):
        """Return to whom a misrouted order goes back (Art. 5.3b), never sideways."""
        order = self.sudo()
        if not order.parent_id:
            return order._matter()._initiator()
        return order.parent_id.user_id or order.parent_id.unit_id.head_id

    def _recall_children(self, actor, reason):
        """Recall what was passed on from here, down the chain."""
        for child in self.sudo().child_ids:
            if child.state in OPEN_STATES:
                child._close(actor, "recall", reason=reason)
                child._log("recalled", actor)
            child._recall_children(actor, reason)

    def _open_children(self):
        """Return those still owing an answer to this order's holder."""
        return self.child_ids.filtered(
            lambda child: child.state in OPEN_STATES and child.role != "inform"
        )

    def _log(self, event, actor, **details):
        """Journal an act on the matter of each of these orders, all of one kind."""
        matters = [order._matter() for order in self]
        self.env["qlvb.journal"]._log(
            f"assignment_{event}",
            # One by one, for one matter may have several of them.
            matters[0].browse(matter.id for matter in matters),
            unit=actor.unit,
            on_behalf_of=actor.on_behalf_of,
            data=[{"assignment": order.id, **details} for order in self],
        )

    # -- conditions -----------------------------------------------------------

    def _unmet_forward(self, actor):
        if self.with_user(actor.user)._passes_on():
            return []
        return [
            self.env._(
                "Only the head or a deputy of %(unit)s passes work on. "
                "Return it if it is not yours.",
                unit=self.unit_id.name,
            )
        ]

    def _unmet_done(self, actor):
        return [
            self.env._(
                "%(holder)s still works on it. Wait for the result, or recall it.",
                holder=child._holder_name(),
            )
            for child in self._open_children()
        ]

    # -- only through the acts ------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self._passed_gate():
            raise UserError(
                self.env._("Work is given by routing or passing on a document.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self._passed_gate():
            raise UserError(self.env._("An assignment changes through its acts alone."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("An assignment is recalled, never deleted."))
