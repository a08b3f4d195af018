from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_datetime

from odoo.addons.qlvb_base.lib import clock

from .qlvb_order_mixin import OPEN_STATES

COUNTS = (
    "recipient_count",
    "opened_count",
    "accepted_count",
    "answered_count",
    "waiting_count",
    "late_count",
)

WHO = [
    ("unanswered", "Who has not answered"),
    ("unaccepted", "Who has not accepted"),
    ("unopened", "Who has not opened it"),
    ("late", "Who is late"),
]
"""Whom a reminder may single out."""


class QlvbOrder(models.Model):
    """One order to any number of recipients, followed as one (Article 5.2, 5.3).

    Left behind by every routing and every passing on, and never changed; what
    became of it is told by its assignments.  Read by whoever sees the document.
    """

    _name = "qlvb.order"
    _description = "Order to Many"
    _inherit = [
        "qlvb.given.mixin",
        "qlvb.trace.mixin",
        "qlvb.names.mixin",
        "qlvb.input.mixin",
    ]
    _order = "date desc, id desc"
    _names = {"giver_text": ("giver_id", "giver_behalf_id")}

    # Not required: an addon above gives work on what is no document.
    document_id = fields.Many2one(required=False)
    parent_id = fields.Many2one(
        "qlvb.assignment", "Passed on from", readonly=True, ondelete="cascade"
    )
    giver_id = fields.Many2one(
        "res.users", "Given by", required=True, readonly=True, index=True
    )
    giver_behalf_id = fields.Many2one(
        "res.users", "Given on behalf of", readonly=True, index="btree_not_null"
    )
    giver_text = fields.Char(
        "Given by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    giver_unit_id = fields.Many2one("qlvb.unit", "Given by unit", readonly=True)
    assignment_ids = fields.One2many(
        "qlvb.assignment", "order_id", "Recipients", readonly=True
    )
    document_reference = fields.Char(
        related="document_id.reference", related_sudo=False
    )
    document_issuer = fields.Char(related="document_id.issuer", related_sudo=False)
    document_summary = fields.Text(related="document_id.summary", related_sudo=False)
    recipient_count = fields.Integer(
        "Number of recipients", compute="_compute_counts", aggregator=None
    )
    opened_count = fields.Integer("Opened", compute="_compute_counts", aggregator=None)
    accepted_count = fields.Integer(
        "Accepted by", compute="_compute_counts", aggregator=None
    )
    answered_count = fields.Integer(
        "Answered", compute="_compute_counts", aggregator=None
    )
    waiting_count = fields.Integer(
        "Still owing an answer", compute="_compute_counts", aggregator=None
    )
    late_count = fields.Integer("Late ones", compute="_compute_counts", aggregator=None)
    count_text = fields.Char("State of answers", compute="_compute_count_text")
    can_remind = fields.Boolean(
        compute="_compute_can_remind", export_string_translation=False
    )

    @api.depends("date", "document_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for order in self:
            order.display_name = self.env._(
                "Order of %(moment)s · %(document)s",
                moment=format_datetime(
                    self.env, order.date, tz="Asia/Ho_Chi_Minh", dt_format="short"
                ),
                document=order.sudo()._matter()._plain_name(),
            )

    @api.depends(
        "assignment_ids.state",
        "assignment_ids.seen_at",
        "assignment_ids.accepted_at",
        "assignment_ids.deadline",
    )
    def _compute_counts(self):
        """Count what became of the orders, in one query however many they are.

        Recalled work counts no more, and what is only proposed not yet.  Who has it
        for information alone owes no answer.  All of an order is in sight of whoever
        sees its document.
        """
        orders = self.env["qlvb.assignment"]
        orders.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT order_id, count(*), count(seen_at), count(accepted_at),
                       count(*) FILTER (WHERE state = 'done' AND role <> 'inform'),
                       count(*) FILTER (WHERE state = ANY(%(open)s)
                                          AND role <> 'inform'),
                       count(*) FILTER (WHERE state = ANY(%(open)s)
                                          AND deadline < %(today)s)
                   FROM qlvb_assignment
                   WHERE order_id = ANY(%(ids)s)
                     AND state NOT IN ('recalled', 'proposed', 'declined')
                   GROUP BY order_id""",
                open=list(OPEN_STATES),
                today=clock.today(),
                ids=self.ids,
            )
        )
        counts = {order_id: numbers for order_id, *numbers in rows}
        for order in self:
            numbers = counts.get(order._origin.id, [0] * len(COUNTS))
            for name, number in zip(COUNTS, numbers, strict=True):
                order[name] = number

    @api.depends_context("uid")
    @api.depends("assignment_ids.state")
    def _compute_can_remind(self):
        for order in self:
            actor = order._actor_giver()
            order.can_remind = (
                actor is not None
                and any(one.state in OPEN_STATES for one in order.assignment_ids)
                and order.assignment_ids[:1]._confers_urging(actor)
            )

    @api.depends(*COUNTS)
    @api.depends_context("lang")
    def _compute_count_text(self):
        """Say in one line what became of the order."""
        for order in self:
            order.count_text = self.env._(
                "%(all)s recipients: %(opened)s opened, %(accepted)s accepted, "
                "%(answered)s answered, %(late)s late",
                all=order.recipient_count,
                opened=order.opened_count,
                accepted=order.accepted_count,
                answered=order.answered_count,
                late=order.late_count,
            )

    # -- acts -----------------------------------------------------------------

    def action_remind(self, message, who="unanswered"):
        """Urge those recipients of one order who still owe something, and no other.

        :param message: the words, the same for all
        :param who: ``unanswered``, ``unaccepted``, ``unopened`` or ``late``
        :return: how many were urged
        :raises AccessError: the order is not the caller's
        :raises UserError: no text, or nobody is left to be reminded
        """
        self._require_one()
        message = self._clean_argument(self.env._("Message"), message)
        if not isinstance(who, str) or who not in dict(WHO):
            raise UserError(self.env._("Choose whom to remind."))
        self.check_access("read")
        # All read at once: what the lock forgets, the relation would fetch one by one.
        recipients = self.assignment_ids.browse(self.assignment_ids.ids)
        recipients._lock_rows()
        actor = self._actor_giver()
        if actor is None:
            raise AccessError(
                self.env._("Only who gave the order reminds its recipients.")
            )
        if not recipients[:1]._confers_urging(actor):
            raise AccessError(recipients[:1]._explain_denial("urge"))
        owing = recipients.filtered(lambda one: one._owes(who))
        if not owing:
            raise UserError(
                self.env._(
                    "Nobody is left to be reminded: %(who)s.", who=self._nobody(who)
                )
            )
        owing._urge(actor, message, order=self.id)
        return len(owing)

    @api.model
    def _nobody(self, who):
        return {
            "unanswered": self.env._("all have answered"),
            "unaccepted": self.env._("all have accepted"),
            "unopened": self.env._("all have opened it"),
            "late": self.env._("nobody is late"),
        }[who]
