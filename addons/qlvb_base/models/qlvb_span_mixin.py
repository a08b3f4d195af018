from odoo import fields, models

from ..lib import clock, halfdays

HALVES = [("morning", "Morning"), ("afternoon", "Afternoon")]
REASONS = [("mission", "Mission"), ("leave", "Leave"), ("other", "Other")]


class QlvbSpanMixin(models.AbstractModel):
    """A period in half-days of Hà Nội, both ends included (Article 5.3d)."""

    _name = "qlvb.span.mixin"
    _description = "Period in Half-days"

    date_from = fields.Date("From", required=True, default=lambda self: clock.today())
    date_to = fields.Date("To", required=True, default=lambda self: clock.today())
    from_half = fields.Selection(
        HALVES, "From half-day", required=True, default="morning"
    )
    to_half = fields.Selection(
        HALVES, "To half-day", required=True, default="afternoon"
    )

    def _span(self):
        """Return the first moment of the period and the first one after, in UTC."""
        self.ensure_one()
        return halfdays.span(self.date_from, self.from_half, self.date_to, self.to_half)
