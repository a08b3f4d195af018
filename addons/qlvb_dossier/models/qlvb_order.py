from odoo import api, fields, models


class QlvbOrder(models.Model):
    """An order on a dossier, followed as one."""

    _name = "qlvb.order"
    _inherit = ["qlvb.on.dossier.mixin", "qlvb.order"]

    document_reference = fields.Char(
        "Number and symbol", related=None, compute="_compute_document_values"
    )
    document_issuer = fields.Char(
        "Issuer", related=None, compute="_compute_document_values"
    )
    document_summary = fields.Text(
        "Summary", related=None, compute="_compute_document_values"
    )

    @api.depends("document_id", "dossier_id")
    @api.depends_context("uid", "lang")
    def _compute_document_values(self):
        """Show what it is about; whoever reads an order sees that too."""
        kind = self.env._("Work dossier")
        for order in self:
            document, dossier = order.document_id, order.dossier_id
            order.document_reference = document.reference or dossier.code
            order.document_issuer = kind if dossier else document.issuer
            order.document_summary = document.summary or dossier.name

    @api.depends("dossier_id")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.depends("assignment_ids.role")
    def _compute_can_remind(self):
        return super()._compute_can_remind()

    def _actor_giver(self):
        """Let the responsible remind those who were asked to support them, too."""
        actor = super()._actor_giver()
        if actor is None and self.dossier_id and not self.parent_id:
            roles = set(self.sudo().assignment_ids.mapped("role"))
            if roles == {"support"}:
                return self.dossier_id._actor_responsible()
        return actor
