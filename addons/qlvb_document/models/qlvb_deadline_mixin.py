from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib import clock


class QlvbDeadlineMixin(models.AbstractModel):
    """A record that is to be finished by a day, counted in working days.

    The concrete model has a ``unit_id``, on whose calendar is counted, a
    ``state`` and ``_waiting_states``, in which the deadline still runs.
    """

    _name = "qlvb.deadline.mixin"
    _description = "Record with a Deadline"

    _waiting_states = ()

    deadline = fields.Date()
    days_left = fields.Integer(
        "Working days left", compute="_compute_days_left", aggregator=None
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_days_left", search="_search_is_late"
    )
    is_near = fields.Boolean(
        compute="_compute_days_left", export_string_translation=False
    )
    deadline_text = fields.Char("Time left", compute="_compute_deadline_text")

    @api.depends("deadline", "state")
    def _compute_days_left(self):
        today = clock.today()
        for record in self:
            if record.state not in self._waiting_states or not record.deadline:
                record.days_left = 0
                record.is_late = record.is_near = False
                continue
            record.days_left = record.unit_id._calendar().count_working_days(
                today, record.deadline
            )
            record.is_late = record.deadline < today
            record.is_near = not record.is_late and record.days_left <= 2

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("deadline", "<", clock.today()) & Domain(
            "state", "in", self._waiting_states
        )

    @api.depends("deadline", "state")
    @api.depends_context("lang")
    def _compute_deadline_text(self):
        """Say in words how much time is left, in working days."""
        today = clock.today()
        for record in self:
            if record.state not in self._waiting_states or not record.deadline:
                record.deadline_text = False
            elif record.deadline == today:
                record.deadline_text = self.env._("due today")
            elif not record.is_late:
                record.deadline_text = self.env._(
                    "%(days)s days left", days=record.days_left
                )
            else:
                # Due before a week-end that is not over yet: no working day late.
                record.deadline_text = self.env._(
                    "%(days)s days late", days=max(-record.days_left, 1)
                )
