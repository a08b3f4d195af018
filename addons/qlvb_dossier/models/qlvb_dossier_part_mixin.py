from odoo import api, fields, models

from ..lib.freeze_dossier import part_sql


class QlvbDossierPartMixin(models.AbstractModel):
    """A row that belongs to a dossier and is seen by whoever sees that.

    Written while the dossier is open alone; the database sees to that too.
    """

    _name = "qlvb.dossier.part.mixin"
    _description = "Part of a Dossier"

    dossier_id = fields.Many2one(
        "qlvb.dossier", required=True, readonly=True, index=True, ondelete="cascade"
    )

    def init(self):
        result = super().init()
        if not self._abstract:
            columns = self.env["qlvb.dossier.frozen"]._frozen_columns(self)
            self.env.cr.execute(part_sql(self._table, columns))
        return result

    @api.model
    def _read_dossier(self, vals):
        """Return the dossier that values of a caller, or their defaults, name.

        :raises UserError: they name none that the caller sees
        """
        told = {**self.default_get(["dossier_id"]), **vals}
        number = self._read_id(told.get("dossier_id"))
        dossiers = self.env["qlvb.dossier"]
        dossier = dossiers.browse(dossiers._seen_ids([number]))
        dossier._require_one()
        return dossier

    @api.model
    def _seen_ids(self, ids):
        """Return those of the ids whose rows the caller sees, as a set.

        So that nobody points at a row in order to be told its name.
        """
        return set(self.search([("id", "in", list(ids))]).ids)

    def export_data(self, fields_to_export):
        """Export, which is journalled on the dossiers of which the rows tell."""
        result = super().export_data(fields_to_export)
        details = {"fields": sorted(fields_to_export)[:40]}
        self.dossier_id._note_reading("exported", details)
        return result
