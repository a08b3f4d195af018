from odoo import api, fields, models
from odoo.fields import Domain

from .qlvb_duty import CAPACITIES

STATES = [
    ("done", "Looked in"),
    ("missed", "Missed"),
    ("pending", "Not yet"),
    ("absence", "Away"),
    ("delegation", "Delegated"),
]


# pylint: disable-next=no-wizard-in-models
class QlvbDutyBoardLine(models.TransientModel):
    """How a person with the duty to look in stands on a day; see the board."""

    _name = "qlvb.duty.board.line"
    _description = "Person on the Board of the Duty to Look In"
    _order = "unit_order, unit_id, id"
    _rec_name = "user_id"

    board_id = fields.Many2one(
        "qlvb.duty.board", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one("qlvb.unit", readonly=True)
    unit_order = fields.Integer(related="unit_id.sequence", store=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True)
    capacity = fields.Selection(CAPACITIES, readonly=True)
    morning = fields.Selection(STATES, readonly=True)
    morning_at = fields.Datetime("Morning, at", readonly=True)
    afternoon = fields.Selection(STATES, readonly=True)
    afternoon_at = fields.Datetime("Afternoon, at", readonly=True)
    waiting = fields.Integer(
        readonly=True, help="Unopened work, and papers to be registered"
    )
    is_overseen = fields.Boolean(
        compute="_compute_is_overseen",
        search="_search_is_overseen",
        compute_sudo=False,
        export_string_translation=False,
    )

    @api.depends("unit_id", "create_uid")
    @api.depends_context("uid")
    def _compute_is_overseen(self):
        units = self.env["qlvb.duty"]._overseen_units()
        for line in self:
            own = line.create_uid == self.env.user
            line.is_overseen = own and line.unit_id in units

    def _search_is_overseen(self, operator, value):
        """Find what one asked for oneself, of units that one looks after now."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        units = self.env["qlvb.duty"]._overseen_units()
        return Domain("create_uid", "=", self.env.uid) & Domain(
            "unit_id", "in", units.ids
        )
