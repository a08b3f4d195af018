from odoo import api, fields, models
from odoo.tools import SQL


class QlvbDutyMonth(models.Model):
    """How a person met the duty to look in in a month (Article 11.1): figures only.

    Added up from ``qlvb.duty`` whenever it is read; who reads those rows reads
    these.
    """

    _name = "qlvb.duty.month"
    _description = "Duty to Look In by Month"
    _auto = False
    _log_access = False
    _order = "month desc, missed desc, unit_id, id"
    _rec_name = "user_id"
    _depends = {"qlvb.duty": ["user_id", "unit_id", "date", "state"]}

    unit_id = fields.Many2one("qlvb.unit", readonly=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True)
    month = fields.Date(readonly=True, help="Its first day")
    due = fields.Integer(
        "Half-days due", readonly=True, help="Exempt half-days are left out"
    )
    done = fields.Integer("Looked in", readonly=True)
    missed = fields.Integer(readonly=True)
    exempt = fields.Integer(readonly=True)
    rate = fields.Float(
        "Looked in (%)",
        readonly=True,
        digits=(16, 1),
        aggregator=None,
        help="Of the half-days due",
    )
    is_overseen = fields.Boolean(
        compute="_compute_is_overseen",
        search="_search_is_overseen",
        compute_sudo=False,
        export_string_translation=False,
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT min(id) AS id, unit_id, user_id,
                      date_trunc('month', date)::date AS month,
                      count(*) FILTER (WHERE state <> 'exempt') AS due,
                      count(*) FILTER (WHERE state = 'done') AS done,
                      count(*) FILTER (WHERE state = 'missed') AS missed,
                      count(*) FILTER (WHERE state = 'exempt') AS exempt,
                      100.0 * count(*) FILTER (WHERE state = 'done')
                          / NULLIF(count(*) FILTER (WHERE state <> 'exempt'), 0)
                          AS rate
               FROM qlvb_duty
               GROUP BY unit_id, user_id, date_trunc('month', date)"""
        )

    @api.depends("user_id", "unit_id")
    @api.depends_context("uid")
    def _compute_is_overseen(self):
        seen = self.sudo().filtered_domain(self.env["qlvb.duty"]._overseen_domain())
        for figures in self:
            figures.is_overseen = figures in seen

    def _search_is_overseen(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self.env["qlvb.duty"]._overseen_domain()
