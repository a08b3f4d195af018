from odoo import api, fields, models

from ..lib.freeze_list import HEADING_SQL


class QlvbDossierHeading(models.Model):
    """A heading of the year's list: a large one, or a small one below it.

    By structure or by field of work; its symbol stands in the codes of its entries
    (TCCB in 01.TCCB).
    """

    _name = "qlvb.dossier.heading"
    _description = "Heading of a List of Dossiers"
    _inherit = ["qlvb.input.mixin"]
    _order = "list_id, sequence, id"
    _text_limits = {"name": 200, "symbol": 12}

    list_id = fields.Many2one(
        "qlvb.dossier.list", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    level = fields.Selection(
        [("large", "Large heading (I, II)"), ("small", "Small heading (1, 2)")],
        required=True,
        default="large",
    )
    name = fields.Char("Heading", required=True)
    symbol = fields.Char(
        help="As it stands in the codes: TCCB. A small heading without one has that of "
        "the large heading above it"
    )
    place = fields.Char("No.", compute="_compute_place")

    @api.depends("list_id.heading_ids.sequence", "list_id.heading_ids.level", "level")
    def _compute_place(self):
        for heading in self:
            place = heading.list_id._origin._places() if heading._origin else {}
            heading.place = place.get(heading._origin.id, False)

    @api.depends("name", "place")
    def _compute_display_name(self):
        for heading in self:
            heading.display_name = ". ".join(
                filter(None, (heading.place, heading.name))
            )

    @api.model_create_multi
    def create(self, vals_list):
        headings = super().create(vals_list)
        headings._require_drafter()
        headings.list_id._renumber()
        return headings

    def write(self, vals):
        self._require_drafter(changed=True)
        result = super().write(vals)
        self._require_drafter(changed=True)
        self.list_id._renumber()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._require_drafter(changed=True)

    def unlink(self):
        lists = self.list_id
        result = super().unlink()
        lists.exists()._renumber()
        return result

    def _require_drafter(self, changed=False):
        """Raise where the list is not the caller's to change, or approved."""
        if self.env.su:
            return
        for one in self.list_id:
            one._gate("edit" if changed or one.state == "draft" else "add")

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(HEADING_SQL)
        return result
