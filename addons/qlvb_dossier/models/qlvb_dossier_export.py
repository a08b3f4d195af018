from odoo import fields, models

from odoo.addons.qlvb_document.models.qlvb_document import SIGHT_STATES


class QlvbDossierExport(models.AbstractModel):
    """A whole dossier that leaves the system (Decree 30/2020, annex VI)."""

    _name = "qlvb.dossier.export"
    _description = "Export of a Dossier"

    page_total = fields.Integer("Pages", compute="_compute_totals")
    file_total = fields.Integer("Files", compute="_compute_totals")

    def _compute_totals(self):
        for dossier in self:
            # Superuser: whoever sees a dossier sees the documents in it.
            lines = dossier.sudo().line_ids
            dossier.page_total = sum(lines.mapped("pages"))
            dossier.file_total = len(lines.document_id.attachment_ids)

    def _actor_exporter(self):
        """Return the caller as who opens, files or is responsible, or ``None``."""
        if actor := self._actor_opener() or self._actor_filer():
            return actor
        leads = self.env["qlvb.assignment"].search(
            [
                ("dossier_id", "=", self._origin.id),
                ("role", "=", "lead"),
                ("state", "in", SIGHT_STATES),
            ]
        )
        actors = (lead._actor_holder() for lead in leads)
        return next(filter(None, actors), None)
