from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock

from .qlvb_order_mixin import OPEN_STATES


class QlvbDocumentIncoming(models.AbstractModel):
    """What happens to a document that arrives (Article 5): the acts and the gate.

    A clerk finds it in order and registers it, or refuses it; the leader
    directs; the Chief of Office (in other units the head) routes it to one lead
    and any number of others.  The work itself is ``qlvb.assignment``.
    """

    _name = "qlvb.document.incoming"
    _description = "Incoming Document"
    _inherit = ["qlvb.document.direct", "qlvb.document.workflow"]

    registered_at = fields.Datetime(readonly=True, copy=False)
    registered_by_id = fields.Many2one(
        "res.users", "Registered by", readonly=True, copy=False
    )
    refusal_reason = fields.Text("Reason for refusal", readonly=True, copy=False)

    # -- who ------------------------------------------------------------------

    def _actor_clerk(self):
        return self.unit_id._actor_as_clerk()

    def _actor_enters(self):
        """Return the caller as the clerk who enters what arrives, or ``None``."""
        return self._actor_clerk() if self.direction == "in" else None

    def _actor_router(self):
        return self.unit_id._actor_as_router("document")

    def _actor_classify(self):
        """Return the caller as who sorts the paper: its clerk, or who routes it."""
        return self._actor_clerk() or self._actor_router()

    # -- acts -----------------------------------------------------------------

    def action_register(self):
        """Register the document: the clerk's finding that it is in order (Art. 5.1).

        Each document is numbered in a transaction of its own, which is committed
        before this returns; on a document already registered nothing happens and
        it keeps its number.

        :return: ``True``
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: naming every condition that is not met, or that the
            caller's transaction has writes of its own
        """
        for document in self:
            with self.env["qlvb.register"]._fresh_transaction() as env:
                document.with_env(env)._action_register()
        return True

    def _action_register(self):
        """Register inside a fresh transaction; the counter comes last."""
        self.check_access("read")
        self._lock_row()
        if self.number and self._actor_enters():
            # A second click, or a call repeated after others have gone on with it.
            return
        actor = self._gate("register")
        digests = self._file_digests()
        register = (
            self.env["qlvb.register"]
            .sudo()
            ._find_or_open(self.unit_id, self.direction, self.received_date.year)
        )
        values = {
            "register_id": register.id,
            "registered_at": clock.now(),
            "registered_by_id": actor.user.id,
        }
        self._journal_declarations(actor)
        self.env["qlvb.sender"]._remember(self)
        dispatch = self._hold_dispatch()
        self.env.flush_all()
        values["number"] = register._take_number()
        self._transit("register", values)
        self.env["qlvb.journal"]._log(
            "registered",
            self,
            unit=actor.unit,
            data={
                "register": register.id,
                "number": values["number"],
                "files": digests,
            },
        )
        self._answer_registered(dispatch, actor)

    def action_refuse(self, reason):
        """Refuse the paper at the check and return it to the sender (Art. 5.1).

        It stays in the list of refused papers with its reason.

        :param reason: what is wrong with it, for the sender
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: no reason, or the document is past its draft
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for document in self:
            actor = document._gate("refuse")
            document._transit("refuse", {"refusal_reason": reason})
            self.env["qlvb.journal"]._log("refused", document, unit=actor.unit)
            document._answer_refused(document._hold_dispatch(), actor, reason)
        return True

    def action_assign(self, lines):
        """Route the document: one lead, any number of others (Art. 5.2, 5.3a).

        :param lines: list of dicts ``unit_id`` and/or ``user_id``, ``role``
            (lead, support, inform), ``instruction``, ``deadline``; the deadline
            defaults from kind and urgency
        :return: the ids of the new assignments
        :raises AccessError: the caller does not route this unit's papers
        :raises UserError: naming everything that is wrong with the lines
        """
        self._require_one()
        actor = self._gate("assign")
        lines = self._read_lines(lines)
        orders = self.env["qlvb.assignment"]._give_orders(self, actor, lines)
        self._transit("assign")
        return orders.ids

    def action_classify(self, field_id):
        """Name the field of work, so that the vice chairman who directs it sees it.

        :param field_id: a field of work of the unit, or ``False`` for none
        :raises AccessError: the caller neither registers nor routes here
        :raises UserError: the unit has no such field
        """
        self._require_one()
        actor = self._gate("classify")
        field = self.env["qlvb.work.field"].search(
            [("unit_id", "=", self.unit_id.id), ("id", "=", field_id or 0)]
        )
        if field_id and not field:
            raise UserError(
                self.env._(
                    "%(unit)s has no such field of work.", unit=self.unit_id.name
                )
            )
        if field != self.sudo().field_id:
            self._through_gate().write({"field_id": field.id})
            self.env["qlvb.journal"]._log("classified", self, unit=actor.unit)
        return True

    # -- conditions and consequences ------------------------------------------

    def _unmet_register(self, actor):
        """Return what stands against registering."""
        problems = []
        if missing := self._missing_labels():
            problems.append(
                self.env._(
                    "Still to be entered from the paper: %(fields)s.",
                    fields=", ".join(missing),
                )
            )
        if not self.unit_id.receives:
            problems.append(
                self.env._(
                    "%(unit)s keeps no incoming register. Enter the paper in another.",
                    unit=self.unit_id.name,
                )
            )
        # What follows from kind and urgency may well be over when an old paper is
        # registered: that paper is late, not wrong.
        typed = self.deadline and self.deadline != self._limit_from(self.received_date)
        if typed and self.deadline < clock.today():
            problems.append(
                self.env._("The deadline lies in the past. Enter a day from today on.")
            )
        if not self.unit_id.active:
            problems.append(
                self.env._("%(unit)s no longer exists.", unit=self.unit_id.name)
            )
        return problems

    def _follow_assignments(self):
        """Bring the state in step with the leads at the top (Art. 5.3).

        Done when they are; back to registered where no lead is left.
        """
        for document in self.sudo():
            state = document._state_of_work()
            if document.state != state:
                document._through_gate().write({"state": state})
                self.env["qlvb.journal"]._log(f"document_{state}", document)

    def _state_of_work(self):
        """Return the state that follows from the work given on the document."""
        leads = self.assignment_ids.filtered(
            lambda order: order.role == "lead" and not order.parent_id
        )
        states = set(leads.mapped("state"))
        if states & set(OPEN_STATES):
            return "assigned"
        return "done" if "done" in states else "registered"

    def _initiator(self):
        """Return to whom a misrouted document goes back (Art. 5.3b).

        Whoever created the incoming record, or registered it; where they hold no
        clerk's post any more, a clerk of the unit.
        """
        self.ensure_one()
        document = self.sudo()
        clerks = self.env["qlvb.position"]._current(
            units=document.unit_id, roles=("clerk",)
        )
        people = clerks.user_id | document.unit_id.account_user_id
        # What an e-mail brought was created by nobody: by whom it was registered.
        for person in (document.drafter_id, document.registered_by_id):
            if person in people:
                return person
        return people[:1] or document.drafter_id
