from odoo import fields, models

from .qlvb_span_mixin import HALVES


class QlvbAccessLog(models.Model):
    """That a person used the system in a half-day of a working day (Article 11.1).

    One row a half-day, written at the first use; nobody writes it by hand.
    """

    _name = "qlvb.access.log"
    _description = "Access"
    _log_access = False
    _order = "date desc, id desc"

    user_id = fields.Many2one("res.users", "Account", required=True, readonly=True)
    keeper_id = fields.Many2one("res.users", "Account keeper", readonly=True)
    date = fields.Date(required=True, readonly=True)
    half = fields.Selection(HALVES, "Half-day", required=True, readonly=True)
    first_at = fields.Datetime("First use", required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, date, half)")
