from odoo import fields, models


class QlvbHandoverLine(models.Model):
    """What of dossiers is handed over."""

    _inherit = "qlvb.handover.line"

    kind = fields.Selection(
        selection_add=[
            ("proposal", "Support proposed"),
            ("task", "Task in a dossier"),
        ],
        ondelete={"proposal": "cascade", "task": "cascade"},
    )
