from odoo import api, models


class QlvbCalendarDay(models.Model):
    """Special days: entered, changed or withdrawn, open deadlines follow."""

    _inherit = "qlvb.calendar.day"

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        if days:
            replan = self.env["qlvb.replan"]
            replan._ask(replan._cause_of_days(days), days.mapped("date"))
        return days

    def write(self, vals):
        # The day that it was counts again as its weekday does.
        before = self.mapped("date")
        result = super().write(vals)
        if self and {"date", "is_working", "calendar_id"} & vals.keys():
            replan = self.env["qlvb.replan"]
            replan._ask(replan._cause_of_days(self), before + self.mapped("date"))
        return result

    def unlink(self):
        dates = self.mapped("date")
        replan = self.env["qlvb.replan"]
        cause = self.env._("Withdrawn: %(days)s", days=replan._cause_of_days(self))
        result = super().unlink()
        if dates:
            replan._ask(cause, dates)
        return result
