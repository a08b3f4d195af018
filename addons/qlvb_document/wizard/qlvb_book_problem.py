from odoo import fields, models


class QlvbBookProblem(models.TransientModel):
    """What keeps a row of an old book from being taken over.

    Read by the clerk who had the book checked, and written by the check alone.
    """

    _name = "qlvb.book.problem"
    _description = "Bad Row of an Old Book"
    _inherit = ["qlvb.input.mixin"]
    _order = "row, id"

    wizard_id = fields.Many2one(
        "qlvb.book.wizard", required=True, ondelete="cascade", index=True
    )
    row = fields.Integer(required=True, aggregator=None, help="In the sheet")
    column = fields.Char()
    explanation = fields.Text("What to do", required=True)
