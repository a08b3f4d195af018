from odoo import fields, models


class QlvbHandoverLine(models.Model):
    """One thing that is handed over, and to whom."""

    _name = "qlvb.handover.line"
    _description = "Line of a Hand-over"
    _order = "handover_id, id"

    handover_id = fields.Many2one(
        "qlvb.handover", required=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(readonly=True, required=True)
    res_id = fields.Many2oneReference(
        readonly=True, required=True, model_field="res_model"
    )
    receiver_id = fields.Many2one("res.users", "Received by")
