from odoo import fields, models

from ..lib.freeze_dossier import part_sql


class QlvbOnDossierMixin(models.AbstractModel):
    """A row that an act leaves on a dossier where others leave theirs on a document.

    Each stands on exactly one of the two, and that of a closed dossier stays as it
    is; the database sees to both.
    """

    _name = "qlvb.on.dossier.mixin"
    _description = "Row on a Document or a Dossier"

    dossier_id = fields.Many2one(
        "qlvb.dossier", readonly=True, index="btree_not_null", ondelete="cascade"
    )

    _one_matter = models.Constraint(
        "CHECK (num_nonnulls(document_id, dossier_id) = 1)",
        "Work is given on one document or one dossier.",
    )

    def init(self):
        result = super().init()
        if not self._abstract:
            columns = self.env["qlvb.dossier.frozen"]._frozen_columns(self)
            self.env.cr.execute(part_sql(self._table, columns))
        return result

    def _matter(self):
        """Return on what it was given: the dossier, where it is one."""
        self.ensure_one()
        return self.dossier_id or super()._matter()

    def export_data(self, fields_to_export):
        """Export, which is journalled on the dossiers as well."""
        result = super().export_data(fields_to_export)
        details = {"fields": sorted(fields_to_export)[:40]}
        self.dossier_id._note_reading("exported", details)
        return result
