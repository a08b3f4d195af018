from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..lib import clock, halfdays

HALVES = [("morning", "Morning"), ("afternoon", "Afternoon")]
_FIRST_YEAR = 2000
_LAST_YEAR = 2200
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

    @api.constrains("date_from", "date_to")
    def _check_years(self):
        for record in self:
            if not all(map(self._is_in_range, (record.date_from, record.date_to))):
                raise ValidationError(
                    self.env._("These days are too far away. Check the year.")
                )

    @api.model
    def _is_in_range(self, day):
        """Tell whether a day is one that an office deals with."""
        return _FIRST_YEAR <= day.year <= _LAST_YEAR

    def _period_text(self):
        """Return the period as people read it, with the half-days where it matters."""
        self.ensure_one()
        first = format_date(self.env, self.date_from)
        last = format_date(self.env, self.date_to)
        halves = dict(self._fields["from_half"]._description_selection(self.env))
        if self.date_from == self.date_to:
            if self.from_half == self.to_half:
                return f"{halves[self.from_half].lower()} {first}"
            return first
        if self.from_half == "afternoon":
            first = f"{halves[self.from_half].lower()} {first}"
        if self.to_half == "morning":
            last = f"{halves[self.to_half].lower()} {last}"
        return self.env._("from %(first)s to %(last)s", first=first, last=last)
