from odoo import api, fields, models

from odoo.addons.qlvb_document.lib.freeze_rows import append_only


class QlvbDossierKeeping(models.Model):
    """A decision that a dossier is kept where it was made after it was due.

    Left on a closed dossier by ``qlvb.dossier.action_keep_longer``; never changed.
    """

    _name = "qlvb.dossier.keeping"
    _description = "Dossier Kept Longer"
    _order = "id desc"

    dossier_id = fields.Many2one(
        "qlvb.dossier", required=True, readonly=True, index=True, ondelete="cascade"
    )
    until = fields.Date("Kept until", required=True, readonly=True)
    decision = fields.Char(
        required=True, readonly=True, help="Number and day of the paper, and why"
    )
    decided_by_id = fields.Many2one(
        "res.users", "Recorded by", required=True, readonly=True
    )
    date = fields.Datetime("Moment", required=True, readonly=True)

    @api.depends("dossier_id")
    def _compute_display_name(self):
        for keeping in self:
            keeping.display_name = keeping.dossier_id.display_name

    def init(self):
        result = super().init()
        self.env.cr.execute(append_only(self._table))
        return result
