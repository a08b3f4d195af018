from odoo import api, fields, models


class QlvbOrderWizard(models.TransientModel):
    """An order on a dossier, and the proposal of who is to support (Article 6).

    Proposed are supporters alone, of any unit; whoever assigned the dossier decides.
    """

    _inherit = "qlvb.order.wizard"

    document_id = fields.Many2one(required=False)
    dossier_id = fields.Many2one("qlvb.dossier", ondelete="cascade")
    proposes = fields.Boolean(export_string_translation=False)

    @api.model
    def _matters(self):
        return super()._matters() | {"qlvb.dossier": self.env["qlvb.dossier"]}

    def _matter(self):
        return self.dossier_id or super()._matter()

    @api.depends("dossier_id")
    def _compute_matter_values(self):
        result = super()._compute_matter_values()
        for wizard in self.filtered("dossier_id"):
            dossier = wizard.dossier_id
            wizard.document_summary = dossier.display_name
            wizard.directions = dossier.instruction
            wizard.unit_id = dossier.unit_id
        return result

    @api.depends("dossier_id", "proposes")
    def _compute_scope(self):
        result = super()._compute_scope()
        for wizard in self.filtered("proposes"):
            wizard.needs_lead = False
            wizard.barred_user_ids = self.env.user
        return result

    def _give(self, lines):
        if not self.proposes:
            return super()._give(lines)
        given = self.dossier_id.action_propose_support(lines)
        return self.env._(
            "%(count)s proposed. Who assigned the dossier decides.", count=len(given)
        )
