from odoo import api, fields, models


class QlvbDossierDocument(models.Model):
    """A document in a dossier: one line of its list of documents (mục lục văn bản).

    One document may stand in many dossiers; it is never copied.
    """

    _name = "qlvb.dossier.document"
    _description = "Document in a Dossier"
    _inherit = ["qlvb.dossier.part.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=1000)
    document_id = fields.Many2one(
        "qlvb.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    pages = fields.Integer(
        aggregator=None, help="Taken from the PDF where there is one"
    )
    note = fields.Char()
    added_by_id = fields.Many2one("res.users", "Put in by", readonly=True)
    added_at = fields.Datetime("Put in at", readonly=True)

    _once = models.Constraint(
        "UNIQUE (dossier_id, document_id)", "The document is in the dossier already."
    )

    @api.depends("document_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.document_id.display_name
