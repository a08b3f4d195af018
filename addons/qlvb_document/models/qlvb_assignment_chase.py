from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock

from .qlvb_order_mixin import OPEN_STATES


class QlvbAssignmentChase(models.AbstractModel):
    """How work is kept moving: urging, and a result that is sent back.

    Each leaves a row that stays (``qlvb.urge``, ``qlvb.result``) and tells whom it
    concerns.  The gate and its table stand in ``qlvb.assignment.acts``.
    """

    _name = "qlvb.assignment.chase"
    _description = "Chasing an Assignment"

    order_id = fields.Many2one("qlvb.order", index="btree_not_null", readonly=True)
    urge_ids = fields.One2many("qlvb.urge", "assignment_id", "Urges", readonly=True)
    result_ids = fields.One2many(
        "qlvb.result", "assignment_id", "Results sent back", readonly=True
    )
    redo_text = fields.Text(
        compute="_compute_redo_text", export_string_translation=False
    )

    # -- computes -------------------------------------------------------------

    @api.depends("result_ids", "state")
    @api.depends_context("lang")
    def _compute_redo_text(self):
        """Say why the last result came back, while the work is open again."""
        for assignment in self:
            last = assignment.result_ids[:1]
            if not last or assignment.state not in OPEN_STATES:
                assignment.redo_text = False
                continue
            assignment.redo_text = self.env._(
                "%(person)s sent the result back: %(reason)s",
                person=last.author_text,
                reason=last.reason,
            )

    # -- who ------------------------------------------------------------------

    def _actor_judge(self):
        """Return the caller where they judge the work: who gave it and not its holder.

        A head neither grants themselves more time nor sends their own result back.
        """
        if self._actor_holder():
            return None
        return self._actor_giver()

    def _confers_urging(self, actor):
        """Tell whether the caller may urge: in person, or as a delegate who may."""
        return not actor.on_behalf_of or self._is_conferred(actor, "urge")

    # -- acts -----------------------------------------------------------------

    def action_urge(self, message):
        """Urge the holder, in writing (Art. 5.3c).

        :raises AccessError: the caller neither gave it nor heads the unit
        :raises UserError: no text
        """
        message = self._clean_argument(self.env._("Message"), message)
        for assignment in self:
            assignment._urge(assignment._gate("urge"), message)
        return True

    def action_send_back_result(self):
        """Ask why the newest result of what was passed on from here goes back.

        :return: the dialog that asks
        :raises UserError: nothing has come back that the caller could send back
        """
        self._require_one()
        self.check_access("read")
        finished = self.child_ids.filtered("can_send_back").sorted("done_at")[-1:]
        if not finished:
            raise UserError(
                self.env._("Nothing has come back that could be sent back again.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_act_wizard_action_send_back"
        )
        return action | {
            "context": {
                "default_act": "send_back",
                "active_model": self._name,
                "active_id": finished.id,
            }
        }

    def action_send_back(self, reason):
        """Send a result back to its holder, to be improved (Art. 5.3c).

        The result stays readable together with the reason.  At the top the paper
        goes from done to in progress again.

        :raises AccessError: the caller did not give the work, or holds it
        :raises UserError: no reason, nothing finished, or the work of which this is
            a part is finished itself
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for assignment in self:
            actor = assignment._gate("send_back")
            assignment._send_back(actor, reason)
            assignment._log("sent_back", actor)
            assignment._matter()._follow_assignments()
        return True

    # -- the work behind the acts ---------------------------------------------

    def _urge(self, actor, message, **details):
        """Urge the holders of these, all of one document: one message to them all."""
        now = clock.now()
        # Superuser: past the gate; nobody writes an urge by hand.
        self.env["qlvb.urge"].sudo().create(
            [
                {
                    "assignment_id": assignment.id,
                    **assignment._matter()._as_matter(),
                    "author_id": actor.user.id,
                    "on_behalf_of_id": actor.on_behalf_of.id,
                    "date": now,
                    "text": message,
                }
                for assignment in self
            ]
        )
        self._through_gate().write({"urged_at": now})
        self._tell(self._holders(), message, actor)
        self._log("urged", actor, **details)

    def _send_back(self, actor, reason):
        """Keep the result with the reason, and open the work again."""
        order = self.sudo()
        sent_back = (
            self.env["qlvb.result"]
            .sudo()
            .create(
                {
                    "assignment_id": self.id,
                    **order._matter()._as_matter(),
                    "result": order.result,
                    "doer_id": order.doer_id.id,
                    "doer_behalf_id": order.doer_behalf_id.id,
                    "done_at": order.done_at,
                    "author_id": actor.user.id,
                    "on_behalf_of_id": actor.on_behalf_of.id,
                    "date": clock.now(),
                    "reason": reason,
                }
            )
        )
        self._transit(
            "send_back",
            {
                "done_at": False,
                "doer_id": False,
                "doer_behalf_id": False,
                "result": False,
            },
        )
        holders = order._holders()
        self._tell(
            holders,
            self.env._("The result is sent back: %(reason)s", reason=reason),
            actor,
        )
        slot = str(sent_back.id)
        self.env["qlvb.reminder"]._remind("redo", order, {order: holders}, slot)

    def _owes(self, what):
        """Tell whether the holder still owes something: for a reminder.

        :param what: ``unanswered``, ``unaccepted``, ``unopened`` or ``late``
        """
        if self.state not in OPEN_STATES:
            return False
        if what == "unopened":
            return not self.seen_at
        if what == "late":
            return self.is_late
        waits = "sent" if what == "unaccepted" else self.state
        return self.role != "inform" and self.state == waits

    def _tell(self, people, words, actor):
        """Write to people on the document, to those of them who still see it.

        What a delegate writes shows both names.
        """
        if actor.on_behalf_of:
            names = self._both_names(actor.user, actor.on_behalf_of)
            words = Markup("<p>%s</p><p>(%s)</p>") % (words, names)
        matter = self[:1]._matter()
        seeing = people & matter.sudo()._users_with_sight()
        matter.message_post(
            body=words,
            subtype_xmlid="mail.mt_comment",
            partner_ids=seeing.partner_id.ids,
        )

    # -- conditions -----------------------------------------------------------

    def _unmet_send_back(self, actor):
        problems = []
        if self.role == "inform":
            problems.append(
                self.env._("It was given for information: there is no result.")
            )
        parent = self.parent_id
        if parent and parent.state not in OPEN_STATES:
            problems.append(
                self.env._(
                    "%(holder)s has finished the work of which this is a part. Have "
                    "that sent back first.",
                    holder=parent._holder_name(),
                )
            )
        if self.role == "lead" and self._leads_at_work(self._matter(), parent):
            problems.append(
                self.env._(
                    "Another lead works on it by now. Recall that order first, or ask "
                    "there."
                )
            )
        if any(
            other.unit_id == self.unit_id and other.user_id == self.user_id
            for other in self._beside(self._matter(), parent)
            if other.state in OPEN_STATES
        ):
            problems.append(
                self.env._(
                    "%(who)s is charged twice.",
                    who=self._holder_name(),
                )
            )
        return problems
