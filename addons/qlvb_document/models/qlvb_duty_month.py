from statistics import median

from odoo import api, fields, models


class QlvbDutyMonth(models.Model):
    """How soon the unit opened what it was given in the month (Article 11.1)."""

    _inherit = "qlvb.duty.month"

    opened = fields.Integer(
        "Opened (unit)",
        compute="_compute_openings",
        help="Work given to the unit in the month and opened",
    )
    hours_to_open = fields.Float(
        "Hours to opening (unit)",
        compute="_compute_openings",
        help="Median of working hours from being given to the first opening",
    )

    @api.depends("unit_id", "month")
    @api.depends_context("uid")
    def _compute_openings(self):
        # Figures of a unit's work are for who looks after it; a keeper who reads
        # how they met their own duty has none of them.
        duty = self.env["qlvb.duty"]
        overseen = duty._overseen_units()
        duty = duty.sudo()
        self.env["qlvb.assignment"].flush_model(["unit_id", "sent_at", "seen_at"])
        for month, rows in self.grouped("month").items():
            last = fields.Date.end_of(month, "month")
            units = rows.unit_id & overseen
            openings = duty._openings(month, last, units.ids)
            for row in rows:
                opened = openings.get(row.unit_id.id, ())
                row.opened = len(opened)
                row.hours_to_open = median(opened or [0])
