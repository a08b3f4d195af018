from odoo import api, fields, models


class QlvbDocumentChase(models.AbstractModel):
    """What keeps the work on a document moving, beside its flow.

    Read under the rules of the rows themselves.
    """

    _name = "qlvb.document.chase"
    _description = "Document that is Chased"

    urge_ids = fields.Many2many("qlvb.urge", string="Urges", compute="_compute_chase")
    extension_ids = fields.Many2many(
        "qlvb.extension", string="More time", compute="_compute_chase"
    )

    @api.depends("assignment_ids.urged_at", "assignment_ids.extension_ids.state")
    @api.depends_context("uid")
    def _compute_chase(self):
        domain = [("document_id", "in", self.ids)]
        urges = self.env["qlvb.urge"].search(domain)
        extensions = self.env["qlvb.extension"].search(domain)
        for document in self:
            own = document._origin
            document.urge_ids = urges.filtered(
                lambda row: row.document_id == own  # noqa: B023
            )
            document.extension_ids = extensions.filtered(
                lambda row: row.document_id == own  # noqa: B023
            )
