from odoo import api, fields, models
from odoo.exceptions import AccessError

# Only the loading of the law's days holds this object: a client that sends a
# context cannot make one.
LAW_LOADER = object()


class QlvbCalendarDay(models.Model):
    """A day that differs from its weekday: closed, or worked in exchange.

    Days of the law are loaded from a maintained source and nobody's to change;
    an administrator enters a decision for the same date, and the decision wins.
    """

    _name = "qlvb.calendar.day"
    _description = "Day off or Day Worked in Exchange"
    _inherit = ["qlvb.input.mixin"]
    _order = "date desc, source"

    calendar_id = fields.Many2one(
        "qlvb.calendar",
        "Working calendar",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env["qlvb.calendar"]._default(),
    )
    date = fields.Date(required=True)
    is_working = fields.Boolean("Worked", help="Worked although its weekday is not")
    name = fields.Char(
        required=True, help="The holiday, or the notice or decision that sets the day"
    )
    source = fields.Selection(
        [("law", "Law"), ("decision", "Decision")],
        required=True,
        readonly=True,
        default="decision",
    )

    _date_uniq = models.Constraint(
        "UNIQUE (calendar_id, date, source)",
        "This calendar already has a decision for that day. Change that one.",
    )

    @api.depends("date", "name")
    def _compute_display_name(self):
        for day in self:
            date = fields.Date.to_string(day.date) or ""
            day.display_name = f"{date} {day.name or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days._refuse_law()
        days._after_change("calendar_day_set")
        return days

    def write(self, vals):
        self._refuse_law()
        result = super().write(vals)
        self._refuse_law()
        self._after_change("calendar_day_set")
        return result

    def unlink(self):
        self._after_change("calendar_day_removed")
        result = super().unlink()
        # Again: the working days may have been asked for while rows went.
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_law(self):
        self._refuse_law()

    def _refuse_law(self):
        """Raise where somebody other than the loader touches a day of the law.

        :raises AccessError: the law's days are not entered by hand
        """
        if self.env.context.get("qlvb_law_loader") is LAW_LOADER:
            return
        if law := self.filtered(lambda day: day.source == "law")[:1]:
            raise AccessError(
                self.env._(
                    "%(day)s is set by law and cannot be changed here. Enter a "
                    "decision for the same date instead: it takes precedence.",
                    day=law.display_name,
                )
            )

    def _after_change(self, event):
        """Forget counted days and leave a trace of what was decided by hand."""
        self.env.registry.clear_cache()
        for day in self.filtered(lambda day: day.source == "decision"):
            self.env["qlvb.journal"]._log(
                event,
                day.calendar_id,
                data={
                    "date": fields.Date.to_string(day.date),
                    "is_working": day.is_working,
                },
            )
