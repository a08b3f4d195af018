from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.principals import (
    HANDLING,
    HANDLING_DOSSIERS,
    principal,
)
from odoo.addons.qlvb_base.lib.workflow import Workflow, act
from odoo.addons.qlvb_document.models.qlvb_assignment_acts import QlvbAssignmentActs
from odoo.addons.qlvb_document.models.qlvb_order_mixin import (
    HOLDING_ROLES,
    OPEN_STATES,
)

_ACTS = QlvbAssignmentActs._workflow


class QlvbAssignment(models.Model):
    """Work on a dossier: assigned, passed on, supported, finished with its result."""

    _name = "qlvb.assignment"
    _inherit = [
        "qlvb.dossier.paper.mixin",
        "qlvb.on.dossier.mixin",
        "qlvb.assignment",
    ]
    _rec_names_search = ["document_id", "dossier_id"]
    _powers = QlvbAssignmentActs._powers | {"withdraw_support": "forward"}
    _workflow = Workflow(
        _ACTS.states,
        [
            *_ACTS,
            act(
                "decide_support",
                "proposed",
                None,
                "_actor_giver",
                "_unmet_decide_support",
            ),
            act("withdraw_support", "proposed", "recalled", "_actor_proposer"),
        ],
    )

    proposed_by_id = fields.Many2one("res.users", "Proposed by", readonly=True)
    can_decide_support = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_withdraw_support = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    # -- sight ----------------------------------------------------------------

    @api.depends("dossier_id.audience")
    def _compute_audience(self):
        return super()._compute_audience()

    @api.depends("dossier_id")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.depends("dossier_id")
    def _compute_can(self):
        result = super()._compute_can()
        for assignment in self:
            for name in ("decide_support", "withdraw_support"):
                assignment[f"can_{name}"] = assignment._may(name)
        return result

    @api.model
    def _matter_of(self, vals):
        number = vals.get("dossier_id")
        if number:
            return self.env["qlvb.dossier"].browse(number)
        return super()._matter_of(vals)

    @api.model
    def _routed_from(self, units):
        openers = self.env["qlvb.position"]._my_units("chief_of_office", "head")
        routed = [("unit_id", "in", openers)]
        return super()._routed_from(units) | Domain("dossier_id", "any!", routed)

    def _holder_principals(self):
        numbers = super()._holder_principals()
        if self.dossier_id:
            numbers.remove(principal(HANDLING, self.unit_id.id))
            numbers.add(principal(HANDLING_DOSSIERS, self.unit_id.id))
        return numbers

    @api.model
    def _subjects_domain(self, subjects):
        domain = super()._subjects_domain(subjects)
        if "dossier" in subjects:
            domain |= Domain("dossier_id", "!=", False)
        return domain

    def _subject(self):
        return "dossier" if self.dossier_id else super()._subject()

    # -- who ------------------------------------------------------------------

    def _actor_urger(self):
        """Let the responsible urge those who support them, too."""
        actor = super()._actor_urger()
        if actor is None and self.dossier_id and self.role == "support":
            return self.dossier_id._actor_responsible()
        return actor

    def _actor_proposer(self):
        """Return the caller where the proposal is theirs to take back."""
        return self.dossier_id._actor_responsible() if self.dossier_id else None

    def _leads(self):
        """Tell whether this is part of the lead: what supporters pass on is not."""
        order = self.sudo()
        while order and order.role == "lead":
            order = order.parent_id
        return not order

    # -- giving work ----------------------------------------------------------

    def _unmet_forward_target(self, actor, parent, unit, user):
        """Return what stands against passing on: also outside the own unit.

        Work on a dossier is assigned to other units by its openers (Art. 6.1) and
        supported by them on their decision (Art. 6.2); nobody else charges them.
        """
        problems = super()._unmet_forward_target(actor, parent, unit, user)
        if parent.dossier_id and unit != parent.unit_id:
            dossier = parent.dossier_id.with_user(actor.user)
            if actor.on_behalf_of or dossier._actor_opener() is None:
                problems.append(
                    self.env._(
                        "%(target)s is outside %(unit)s. Propose them as supporters.",
                        target=user.name or unit.name,
                        unit=parent.unit_id.name,
                    )
                )
        return problems

    def action_send_back(self, reason):
        """Send a result back; the top lead's of a dossier is the dossier's own.

        :raises AccessError: the caller did not give the work, or holds it
        :raises UserError: as ``qlvb.dossier.action_send_back``
        """
        tops = self.filtered(
            lambda order: (
                order.sudo().dossier_id.state == "completed"
                and order.role == "lead"
                and not order.parent_id
            )
        )
        for order in tops:
            order.dossier_id.action_send_back(reason)
        rest = self - tops
        return super(QlvbAssignment, rest).action_send_back(reason) if rest else True

    def _unmet_send_back(self, actor):
        problems = super()._unmet_send_back(actor)
        if self.dossier_id.state == "completed":
            problems.append(
                self.env._(
                    "%(dossier)s is completed. Send the dossier back first.",
                    dossier=self.dossier_id.display_name,
                )
            )
        return problems

    # -- support --------------------------------------------------------------

    def _unmet_decide_support(self, actor, accept):
        """Return what stands against accepting: it may be some time since."""
        unit, user = self.unit_id, self.user_id
        if not accept:
            return []
        problems = []
        held = self.env["qlvb.position"]._current(user, unit, HOLDING_ROLES)
        if not unit.active or (not held if user else not unit.head_id):
            problems.append(
                self.env._(
                    "%(holder)s can no longer be charged there. Refuse, and have "
                    "somebody else proposed.",
                    holder=self._holder_name(),
                )
            )
        if any(
            other.unit_id == unit and other.user_id == user
            for other in self._beside(self.dossier_id, self.parent_id)
            if other.state in OPEN_STATES
        ):
            problems.append(
                self.env._("%(who)s is charged twice.", who=self._holder_name())
            )
        return problems

    def action_decide_support(self, accept, note=None):
        """Accept or refuse the proposed supporter (Art. 6.2).

        :param accept: ``True`` to accept: the work is theirs from now on
        :param note: words for who proposed; needed where it is refused
        :raises AccessError: the caller is neither chairman nor Chief of Office
        :raises UserError: it is not proposed, or refused without a word
        """
        if not isinstance(accept, bool):
            raise UserError(self.env._("Choose whether to accept or to refuse."))
        note = self._clean_argument(self.env._("Note"), note, required=not accept)
        for assignment in self:
            actor = assignment._gate("decide_support", accept=accept)
            order = assignment.sudo()
            if accept:
                assignment._through_gate().write(
                    {
                        "state": "sent",
                        "sent_at": clock.now(),
                        "giver_id": actor.user.id,
                        "giver_unit_id": actor.unit.id,
                    }
                )
                self.env["qlvb.reminder.outbox"]._put(order)
                told = self.env._(
                    "%(holder)s supports from now on. %(note)s",
                    holder=order._holder_name(),
                    note=note or "",
                )
            else:
                assignment._through_gate().write(
                    {"state": "declined", "reason": note, "done_at": clock.now()}
                )
                told = self.env._(
                    "%(holder)s is not to support: %(note)s",
                    holder=order._holder_name(),
                    note=note,
                )
            assignment._log("support_accepted" if accept else "support_refused", actor)
            assignment._tell(order.proposed_by_id, told.strip(), actor)
            self.env["qlvb.reminder"]._remind(
                "decided", order, {order: order.proposed_by_id - actor.user}
            )
            order.dossier_id.with_env(self.env)._follow_assignments()
        return True

    def action_withdraw_support(self):
        """Take back a proposal on which nobody has decided yet.

        :raises AccessError: the caller is not responsible here
        :raises UserError: it was decided on
        """
        for assignment in self:
            actor = assignment._gate("withdraw_support")
            assignment._transit("withdraw_support", {"done_at": clock.now()})
            assignment._log("support_withdrawn", actor)
            assignment.dossier_id._follow_assignments()
        return True

    # -- given back -----------------------------------------------------------

    def _close(self, actor, name, **values):
        """End the work; who opened a dossier is told where its lead comes back."""
        result = super()._close(actor, name, **values)
        order = self.sudo()
        if name == "return" and order.dossier_id and not order.parent_id:
            order.dossier_id._remind_openers("returned", order)
        return result

    # -- handed over ----------------------------------------------------------

    @api.model
    def _left_states(self, kind):
        return ("proposed",) if kind == "proposal" else super()._left_states(kind)

    def _hand_over(self, kind, receiver, handover, actor):
        """Give work on; of a dossier the change of hands is kept, too."""
        problems = super()._hand_over(kind, receiver, handover, actor)
        for order in self.filtered("dossier_id"):
            order.dossier_id._change_hands(order)
        return problems

    def _left_about(self, kind):
        return self.dossier_id.display_name or super()._left_about(kind)

    # -- the lead's result ----------------------------------------------------

    def _accept(self, actor, name):
        result = super()._accept(actor, name)
        if self.dossier_id:
            self.dossier_id._follow_assignments()
        return result

    def action_done(self, result=None):
        """Finish the work; on a dossier's lead this is its completion (Art. 6.2).

        There the result is what stands in the dossier, and words may be left out: see
        ``qlvb.dossier.action_complete``.

        :raises AccessError: the caller does not hold it
        :raises UserError: naming every unmet condition
        """
        leads = self.filtered(lambda order: order.dossier_id and order._leads())
        for order in leads:
            order._finish_lead(text=result)
        rest = self - leads
        return super(QlvbAssignment, rest).action_done(result) if rest else True

    def _finish_lead(self, document_id=None, opinion_id=None, text=None):
        """Finish this part of the lead with a result of the dossier."""
        dossier = self.dossier_id
        document, opinion = dossier._find_result(self, document_id, opinion_id)
        words = opinion.body or self.env._(
            "Issued document: %(document)s", document=document.display_name
        )
        # pylint: disable-next=super-method-mismatch
        result = super().action_done(text or words)
        if not self.parent_id:
            dossier.sudo()._through_gate().write(
                {"result_document_id": document.id, "result_opinion_id": opinion.id}
            )
        return result

    def _unmet_done(self, actor):
        problems = super()._unmet_done(actor)
        if self.dossier_id and self._leads():
            problems += self._unmet_lead_done()
        return problems

    def _unmet_lead_done(self, document_id=None, opinion_id=None):
        """Return all that stands against finishing the lead of a dossier."""
        dossier = self.dossier_id
        problems = [
            dossier._explain_open(order)
            for order in self._open_children() | dossier._open_support()
        ]
        document, opinion = dossier._find_result(self, document_id, opinion_id)
        if not (document or opinion):
            problems.append(dossier._explain_no_result())
        return problems

    @api.model
    def _act_labels(self):
        return super()._act_labels() | {
            "decide_support": self.env._("Decide on support"),
            "withdraw_support": self.env._("Take the proposal back"),
        }
