from odoo import api, fields, models

from ..lib.workflow import Workflow, act


class QlvbHandover(models.Model):
    """What somebody leaves behind in a unit when they move (Articles 9.4, 10.2).

    Opened by the system when a request about accounts is carried out; each thing
    left gets a receiver, all are given in one act, and the unit's head accepts.
    """

    _name = "qlvb.handover"
    _description = "Hand-over"
    _inherit = ["qlvb.workflow.mixin", "qlvb.input.mixin"]
    _order = "id desc"

    _workflow = Workflow(
        ("open", "accepted"),
        [act("accept", "open", "accepted", "_actor_receiving_head", "_unmet_accept")],
    )

    user_id = fields.Many2one(
        "res.users", "Who hands over", required=True, readonly=True, index=True
    )
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True, index=True)
    request_id = fields.Many2one(
        "qlvb.account.request", readonly=True, index="btree_not_null"
    )
    line_ids = fields.One2many("qlvb.handover.line", "handover_id", "What is left")
    state = fields.Selection(
        [("open", "Open"), ("accepted", "Accepted")],
        required=True,
        readonly=True,
        copy=False,
        default="open",
    )
    can_accept = fields.Boolean(compute="_compute_can")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        for handover in self:
            handover.can_accept = handover._may("accept")

    @api.model
    def _open_for(self, user, unit, request=None):
        """Open the hand-over of what a person leaves behind in a unit.

        :param user: who leaves (``res.users``)
        :param unit: the unit left
        :param request: the request about accounts that is carried out, if any
        :return: the hand-over; empty where nothing is left
        """
        return self.browse()

    @api.model
    def _sources(self):
        """Return the models of which somebody may leave records; addons add theirs.

        Each has ``_left_by(user, unit)``, which returns a recordset, and
        ``_hand_over(receiver, handover)``, which gives each to the receiver.
        """
        return []

    def _actor_receiving_head(self):
        """Return the caller where they head the unit that was left (Article 9.4)."""
        return self.sudo().unit_id.with_env(self.env)._actor_holding("head")

    @api.model
    def _act_labels(self):
        return {"accept": self.env._("Accept the hand-over")}

    def _unmet_accept(self, actor):
        """Return what stands against accepting."""
        return []

    def action_accept(self):
        """Give what is left to its receivers, and accept the hand-over.

        :raises AccessError: the caller does not head the unit
        :raises UserError: naming what still has no receiver
        """
        for handover in self:
            handover._gate("accept")
            handover._transit("accept")
        return True
