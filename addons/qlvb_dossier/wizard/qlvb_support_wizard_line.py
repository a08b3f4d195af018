from odoo import fields, models


class QlvbSupportWizardLine(models.TransientModel):
    """One proposed supporter, while it is decided on."""

    _name = "qlvb.support.wizard.line"
    _description = "Proposed Supporter"
    _inherit = ["qlvb.input.mixin"]

    wizard_id = fields.Many2one(
        "qlvb.support.wizard", required=True, ondelete="cascade"
    )
    assignment_id = fields.Many2one(
        "qlvb.assignment", required=True, ondelete="cascade"
    )
    dossier_name = fields.Text(
        "Dossier", related="assignment_id.document_summary", related_sudo=False
    )
    holder_text = fields.Char(related="assignment_id.holder_text", related_sudo=False)
    instruction = fields.Text(
        "What is asked", related="assignment_id.instruction", related_sudo=False
    )
    away_text = fields.Text(related="assignment_id.away_text", related_sudo=False)
    deadline = fields.Date(
        "Until", related="assignment_id.deadline", related_sudo=False
    )
    proposed_by_id = fields.Many2one(
        related="assignment_id.proposed_by_id", related_sudo=False
    )
    decision = fields.Selection(
        [("accept", "Agree"), ("refuse", "Do not agree")], default="accept"
    )
    note = fields.Text()
