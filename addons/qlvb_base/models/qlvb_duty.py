from odoo import fields, models

from .qlvb_span_mixin import HALVES


class QlvbDuty(models.Model):
    """Whether who must look in did so in a half-day of a working day (Art. 11.1).

    Heads and keepers of units' accounts look in at least twice a working day: by
    the end of the morning and by the end of the afternoon.  Where a head is away,
    the duty is the delegate's.  One row per person, unit and half-day, found by the
    system at each checkpoint.
    """

    _name = "qlvb.duty"
    _description = "Duty to Look In"
    _log_access = False
    _order = "date desc, half, unit_id, id"

    user_id = fields.Many2one(
        "res.users", "Person", required=True, readonly=True, index=True
    )
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True, index=True)
    date = fields.Date(required=True, readonly=True, index=True)
    half = fields.Selection(HALVES, "Half-day", required=True, readonly=True)
    capacity = fields.Selection(
        [("head", "Head"), ("keeper", "Account keeper"), ("delegate", "Delegate")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("done", "Looked in"), ("missed", "Missed"), ("exempt", "Exempt")],
        required=True,
        readonly=True,
    )
    first_at = fields.Datetime("First use", readonly=True)

    _once = models.UniqueIndex("(user_id, unit_id, date, half)")
