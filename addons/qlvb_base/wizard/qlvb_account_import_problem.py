from odoo import fields, models


class QlvbAccountImportProblem(models.TransientModel):
    """What keeps a row of a list from being taken over.

    Read by who had the list checked, and written by the check alone.
    """

    _name = "qlvb.account.import.problem"
    _description = "Bad Row of a List of People"
    _inherit = ["qlvb.input.mixin"]
    _order = "row, id"

    wizard_id = fields.Many2one(
        "qlvb.account.import", required=True, ondelete="cascade", index=True
    )
    row = fields.Integer(required=True, aggregator=None, help="In the sheet")
    column = fields.Char()
    explanation = fields.Text("What to do", required=True)
