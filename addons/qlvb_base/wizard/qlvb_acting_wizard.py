from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..lib import clock, halfdays
from ..models.qlvb_span_mixin import HALVES


class QlvbActingWizard(models.TransientModel):
    """Who could act for whom on a day: asked of delegations, which stay for ever.

    Everybody has their own, and finds the delegations that they may read.
    """

    _name = "qlvb.acting.wizard"
    _description = "Who Could Act for Whom"
    _inherit = ["qlvb.input.mixin"]

    date = fields.Date("Day", required=True, default=lambda self: clock.today())
    half = fields.Selection(HALVES, "Half-day", help="Empty: the whole day")
    unit_id = fields.Many2one("qlvb.unit")
    delegation_ids = fields.Many2many(
        "qlvb.delegation", string="Could act", compute="_compute_delegation_ids"
    )

    @api.depends("date", "half", "unit_id")
    @api.depends_context("uid")
    def _compute_delegation_ids(self):
        delegations = self.env["qlvb.delegation"]
        for wizard in self:
            if not wizard.date:
                wizard.delegation_ids = False
                continue
            if wizard.half:
                span = halfdays.span(wizard.date, wizard.half, wizard.date, wizard.half)
            else:
                midnight = datetime.combine(wizard.date, time.min)
                span = (
                    clock.to_utc(midnight),
                    clock.to_utc(midnight + timedelta(days=1)),
                )
            held = delegations._in_force(wizard.unit_id or None, *span)
            wizard.delegation_ids = held.with_env(self.env)._filtered_access("read")
