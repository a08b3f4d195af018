from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.freeze_transfer import LINE_SQL


class QlvbArchiveTransferLine(models.Model):
    """One dossier of a hand-over to the archive; a dossier is handed over once."""

    _name = "qlvb.archive.transfer.line"
    _description = "Dossier Handed over"
    _inherit = ["qlvb.input.mixin"]
    _order = "transfer_id, sequence, id"
    _text_limits = {"note": 300}

    transfer_id = fields.Many2one(
        "qlvb.archive.transfer", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    dossier_id = fields.Many2one(
        "qlvb.dossier",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'closed'), ('transfer_date', '!=', False),"
        " ('transferred_at', '=', False)]",
    )
    dossier_code = fields.Char(
        "Number and symbol", related="dossier_id.code", related_sudo=False
    )
    dossier_retention = fields.Selection(
        string="Kept for", related="dossier_id.retention", related_sudo=False
    )
    sheets = fields.Integer(
        "Sheets or pages",
        compute="_compute_sheets",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
    )
    note = fields.Char()

    _dossier_uniq = models.UniqueIndex(
        "(dossier_id)", "The dossier stands in a hand-over already."
    )

    @api.depends("dossier_id")
    def _compute_sheets(self):
        for line in self:
            line.sheets = line.dossier_id.page_total

    @api.depends("dossier_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.dossier_id.display_name

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._require_draft()
        if problems := [text for line in lines.sudo() for text in line._problems()]:
            raise UserError("\n".join(dict.fromkeys(problems)))
        return lines

    def write(self, vals):
        self._require_draft()
        result = super().write(vals)
        self._require_draft()
        if "dossier_id" in vals and (
            problems := [text for line in self.sudo() for text in line._problems()]
        ):
            raise UserError("\n".join(dict.fromkeys(problems)))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._require_draft()

    def _require_draft(self):
        """Raise where the hand-over is not the caller's to change, or done."""
        if not self.env.su:
            for transfer in self.transfer_id:
                transfer._gate("edit")

    def _problems(self):
        """Return what keeps the dossier from being handed over."""
        dossier, name = self.dossier_id, self.dossier_id.display_name
        if dossier.unit_id != self.transfer_id.unit_id:
            return [self.env._("%(dossier)s was opened by another unit.", dossier=name)]
        if dossier.state != "closed":
            return [
                self.env._(
                    "%(dossier)s is not closed yet. Leave it out, or have it closed "
                    "first.",
                    dossier=name,
                )
            ]
        if not dossier.transfer_date:
            return [
                self.env._(
                    "%(dossier)s is not handed over to the archive: it is kept for "
                    "less than five years.",
                    dossier=name,
                )
            ]
        return []

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(LINE_SQL)
        return result
