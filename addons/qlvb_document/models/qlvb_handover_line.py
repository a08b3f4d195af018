from odoo import fields, models


class QlvbHandoverLine(models.Model):
    """What of documents is handed over."""

    _inherit = "qlvb.handover.line"

    kind = fields.Selection(
        selection_add=[
            ("work", "Work in hand"),
            ("draft", "Draft"),
            ("signature", "To be signed"),
            ("activity", "Activity"),
        ],
        ondelete={
            "work": "cascade",
            "draft": "cascade",
            "signature": "cascade",
            "activity": "cascade",
        },
    )
