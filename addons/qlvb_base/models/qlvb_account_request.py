from odoo import api, fields, models

from ..lib import clock
from ..lib.workflow import Actor, Workflow, act

KINDS = [
    ("grant", "Grant an account"),
    ("post", "Give a further post"),
    ("transfer", "Transfer"),
    ("rotation", "Rotation"),
    ("withdraw", "Withdraw the account"),
    ("end_post", "End a post"),
    ("keeper", "Change of a unit account's keeper"),
    ("reset", "Reset the password"),
]


class QlvbAccountRequest(models.Model):
    """A request about accounts and posts, which cites its decision (Article 9.4).

    The Office prepares it, the chairman approves it in person, the system carries
    it out on the effective day.  There is no other way to create, move or close an
    account or a post, or to reset a password.
    """

    _name = "qlvb.account.request"
    _description = "Account Request"
    _inherit = ["qlvb.workflow.mixin", "qlvb.input.mixin"]
    _order = "id desc"

    _workflow = Workflow(
        ("draft", "submitted", "approved", "refused", "done"),
        [
            act("submit", "draft", "submitted", "_actor_office", "_unmet_submit"),
            act(
                "approve", "submitted", "approved", "_actor_chairman", "_unmet_approve"
            ),
            act("refuse", "submitted", "refused", "_actor_chairman", "_unmet_refuse"),
        ],
    )

    kind = fields.Selection(KINDS, required=True, default="grant")
    decision_number = fields.Char()
    decision_date = fields.Date()
    effective_date = fields.Date(required=True, default=lambda self: clock.today())
    note = fields.Char()
    line_ids = fields.One2many("qlvb.account.request.line", "request_id", "Persons")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("done", "Carried out"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for request in self:
            request.can_submit = request._may("submit")
            request.can_approve = request._may("approve")
            request.can_refuse = request._may("refuse")

    def _actor_office(self):
        """Return the caller where they manage the system for the Office (Art. 8.1)."""
        if self.env["qlvb.position"]._is_of_office():
            return Actor(self.env.user, self.env.user.browse(), self.env["qlvb.unit"])
        return None

    def _actor_chairman(self):
        """Return the caller where they are the chairman, in person (Article 9.4)."""
        if self.env["qlvb.position"]._is_chairman():
            return Actor(self.env.user, self.env.user.browse(), self.env["qlvb.unit"])
        return None

    @api.model
    def _act_labels(self):
        return {
            "submit": self.env._("Submit to the chairman"),
            "approve": self.env._("Approve the request"),
            "refuse": self.env._("Refuse the request"),
        }

    def _unmet_submit(self, actor):
        """Return what stands against submitting."""
        return []

    def _unmet_approve(self, actor):
        """Return what stands against approving."""
        return []

    def _unmet_refuse(self, actor, reason=None):
        """Return what stands against refusing."""
        return []

    def action_submit(self):
        """Put the request before the chairman.

        :raises AccessError: the caller is not of the Office
        :raises UserError: naming every condition that is not met
        """
        for request in self:
            request._gate("submit")
            request._transit("submit")
        return True

    def action_approve(self):
        """Approve the request; it is carried out on its effective day.

        :raises AccessError: the caller is not the chairman in person
        :raises UserError: naming every condition that is not met
        """
        for request in self:
            request._gate("approve")
            request._transit("approve")
        return True

    def action_refuse(self, reason):
        """Refuse the request.

        :param reason: why, for the Office
        :raises AccessError: the caller is not the chairman in person
        :raises UserError: no reason is given
        """
        for request in self:
            request._gate("refuse", reason=reason)
            request._transit("refuse")
        return True
