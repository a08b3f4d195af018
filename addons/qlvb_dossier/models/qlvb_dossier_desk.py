from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.models.qlvb_order_mixin import OPEN_STATES

_UNDECIDED = [("state", "=", "proposed")]


class QlvbDossierDesk(models.AbstractModel):
    """What of a dossier lies on whose desk, and who is told of it.

    Before its openers what only they do: assign, decide on support, close.  Before
    whoever asked for opinions, who has not answered.
    """

    _name = "qlvb.dossier.desk"
    _description = "Dossier on a Desk"

    order_ids = fields.One2many(
        "qlvb.order", "dossier_id", "Orders", readonly=True, copy=False
    )
    opener_step = fields.Selection(
        [
            ("assign", "To assign"),
            ("decide", "Support to decide on"),
            ("close", "To close"),
        ],
        "To be done by you",
        compute="_compute_opener_step",
    )
    is_to_decide = fields.Boolean(
        "Waiting for my decision",
        compute="_compute_opener_step",
        search="_search_is_to_decide",
    )
    can_decide_support = fields.Boolean(
        compute="_compute_opener_step", export_string_translation=False
    )
    support_ids = fields.Many2many(
        "qlvb.assignment", string="Opinions asked for", compute="_compute_support_ids"
    )
    unanswered_text = fields.Char(
        "Not answered yet", compute="_compute_unanswered_text"
    )
    can_remind_support = fields.Boolean(
        compute="_compute_can_remind_support", export_string_translation=False
    )

    def action_open(self):
        """Open the dossier from where it is listed."""
        self._require_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # -- before its openers ---------------------------------------------------

    @api.depends("state", "unit_id", "assignment_ids.state")
    @api.depends_context("uid")
    def _compute_opener_step(self):
        units = set(self._opened_units())
        for dossier in self:
            opens = dossier.unit_id.id in units and dossier.state != "closed"
            # Superuser: whoever opens sees all of the dossier's orders.
            asked = opens and "proposed" in dossier.sudo().assignment_ids.mapped(
                "state"
            )
            step = {"draft": "assign", "completed": "close"}.get(dossier.state)
            dossier.can_decide_support = asked
            dossier.opener_step = opens and ((asked and "decide") or step)
            dossier.is_to_decide = bool(dossier.opener_step)

    def _search_is_to_decide(self, operator, value):
        """Find what nobody but the caller and who opens with them takes further."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        waits = Domain("state", "in", ("draft", "completed"))
        asked = Domain("assignment_ids", "any!", _UNDECIDED)
        return (
            Domain("unit_id", "in", self._opened_units())
            & Domain("state", "!=", "closed")
            & (waits | asked)
        )

    @api.model
    def _opened_units(self):
        """Return the ids of the units in which the caller opens and closes dossiers."""
        return self.env["qlvb.position"]._my_units("chief_of_office", "head")

    # -- who has not answered -------------------------------------------------

    @api.depends("assignment_ids.state")
    @api.depends_context("uid")
    def _compute_support_ids(self):
        """Show whom an opinion is or was asked of, those who still owe it first."""
        for dossier in self:
            orders = dossier.assignment_ids.filtered(
                lambda order: (
                    order.role == "support"
                    and not order.parent_id
                    and order.state != "recalled"
                )
            )
            dossier.support_ids = orders.sorted(
                lambda order: (order.state not in OPEN_STATES, order.id)
            )

    @api.depends("assignment_ids.state")
    @api.depends_context("uid")
    def _compute_unanswered_text(self):
        for dossier in self:
            dossier.unanswered_text = ", ".join(
                order._holder_name() for order in dossier._unanswered()
            )

    @api.depends("assignment_ids.state")
    @api.depends_context("uid")
    def _compute_can_remind_support(self):
        for dossier in self:
            dossier.can_remind_support = any(
                order._may("urge") for order in dossier._unanswered()
            )

    def _unanswered(self):
        """Return the supporters who have been asked and have not answered."""
        return self._open_support().filtered(lambda order: order.state in OPEN_STATES)

    def action_remind_support(self, message):
        """Urge at once all supporters who have not answered (Art. 5.3c, 6.2).

        :param message: the words, the same for all
        :return: how many were urged
        :raises AccessError: the caller neither asked them nor is responsible
        :raises UserError: no text, or everybody has answered
        """
        self._require_one()
        self.check_access("read")
        owing = self._unanswered()
        if not owing:
            raise UserError(self.env._("Everybody who was asked has answered."))
        owing.action_urge(message)
        return len(owing)

    # -- how it stood ---------------------------------------------------------

    def _finished_on(self):
        """Return the day on which the lead at the top finished, in Hà Nội."""
        leads = self.sudo().assignment_ids.filtered(
            lambda order: (
                order.role == "lead" and not order.parent_id and order.state == "done"
            )
        )
        moment = max(leads.mapped("done_at"), default=None)
        return moment and clock.to_local(moment).date()

    def _days_late(self):
        """Return by how many working days the work ended late; 0 where it did not."""
        day = self._finished_on() or clock.today()
        if not self.deadline or day <= self.deadline:
            return 0
        # Finished on a day off after its deadline: no working day late, and late.
        calendar = self.unit_id._calendar()
        return max(-calendar.count_working_days(day, self.deadline), 1)

    def _end_informing(self, actor):
        """End what was given for information: nobody could once the dossier is closed.

        Whoever has it keeps it in sight, and off their desk.
        """
        orders = self.sudo().assignment_ids.filtered(
            lambda order: order.role == "inform" and order.state in OPEN_STATES
        )
        for order in orders.with_env(self.env):
            order._close(actor, "done")
            order._log("finished", actor)

    def _open_documents(self):
        """Return what of the dossier's documents still waits, as the reader sees it."""
        return self.document_ids.filtered(
            lambda document: document.state in document._waiting_states
        )

    def _stands_against(self, name, **arguments):
        """Return all that keeps the caller from the act ``name``, in words.

        The same that the gate would say, without trying.
        """
        self.check_access("read")
        act = self._workflow[name]
        actor = getattr(self, act.who)()
        if actor is None:
            return [self._explain_denial(name)]
        if self.sudo().state not in act.sources:
            return [self._explain_state(name)]
        return self._unmet(name, actor, **arguments)

    # -- who is told ----------------------------------------------------------

    def _remind_openers(self, kind, orders, slot=""):
        """Tell who opens here of what waits for them: who opened it, and the Chief.

        :param kind: of the reminder
        :param orders: the orders from which it follows
        :param slot: tells apart what happens more than once
        """
        posts = self.env["qlvb.position"]._current(
            units=self.unit_id, roles=("chief_of_office",)
        )
        people = (self._initiator() | posts.user_id) - self.env.user
        self.env["qlvb.reminder"]._remind(
            kind, orders, dict.fromkeys(orders, people), slot
        )

    def _plain_name(self):
        """Name the dossier by its code: a title is about the matter itself."""
        self.ensure_one()
        if self.code:
            return self.env._("Work dossier %(code)s", code=self.code)
        return self.env._("Work dossier no. %(number)s", number=self._origin.id)
