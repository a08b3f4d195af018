from odoo import api, fields, models


class QlvbWorkField(models.Model):
    """A field of work that the leaders of a committee divide among themselves.

    Every official reads it; a vice chairman sees and directs what lies in theirs.
    """

    _name = "qlvb.work.field"
    _description = "Field of Work"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"
    _text_limits = {"symbol": 20}

    name = fields.Char(required=True)
    symbol = fields.Char(help="As it stands in symbols of official letters: VX")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    unit_id = fields.Many2one("qlvb.unit", "Committee", required=True, index=True)

    _name_uniq = models.Constraint(
        "UNIQUE (unit_id, name)", "This field of work exists already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["qlvb.position"]._check_may_change_organisation()
        return super().create(vals_list)

    def write(self, vals):
        self.env["qlvb.position"]._check_may_change_organisation()
        return super().write(vals)
