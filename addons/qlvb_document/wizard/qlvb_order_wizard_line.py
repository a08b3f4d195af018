from odoo import api, fields, models


class QlvbOrderWizardLine(models.TransientModel):
    """A supporter in an order that is being written: a unit or a person."""

    _name = "qlvb.order.wizard.line"
    _description = "Supporter in an Order"
    _inherit = ["qlvb.input.mixin"]

    wizard_id = fields.Many2one("qlvb.order.wizard", required=True, ondelete="cascade")
    top_unit_id = fields.Many2one(related="wizard_id.top_unit_id")
    has_units = fields.Boolean(
        related="wizard_id.has_units", export_string_translation=False
    )
    barred_user_ids = fields.Many2many(
        related="wizard_id.barred_user_ids", export_string_translation=False
    )
    unit_id = fields.Many2one("qlvb.unit")
    position_id = fields.Many2one("qlvb.position", "Person")
    deadline = fields.Date()
    instruction = fields.Text()

    @api.onchange("position_id")
    def _onchange_position_id(self):
        if self.position_id:
            self.unit_id = self.position_id.unit_id

    @api.onchange("unit_id")
    def _onchange_unit_id(self):
        if self.position_id.unit_id != self.unit_id:
            self.position_id = False

    def _line(self):
        """Return this supporter as a line of an order."""
        self.ensure_one()
        return {
            **self.wizard_id._target(self.unit_id, self.position_id),
            "role": "support",
            "instruction": self.instruction,
            "deadline": self.deadline,
        }
