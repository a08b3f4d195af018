from odoo import fields, models


class QlvbAccountRequestLine(models.Model):
    """One person, or one unit's account, of a request."""

    _name = "qlvb.account.request.line"
    _description = "Line of an Account Request"
    _inherit = ["qlvb.input.mixin"]
    _order = "request_id, sequence, id"

    request_id = fields.Many2one(
        "qlvb.account.request", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one("res.users", "Person", index="btree_not_null")
    name = fields.Char(help="Full name of a person without account")
    login = fields.Char()
    email = fields.Char()
    unit_id = fields.Many2one("qlvb.unit", index="btree_not_null")
    position_id = fields.Many2one("qlvb.position", "Post left", index="btree_not_null")
    role = fields.Selection(
        lambda self: self.env["qlvb.position"]._fields["role"].selection
    )
    title = fields.Char()
    field_ids = fields.Many2many("qlvb.work.field", string="Fields of work")
