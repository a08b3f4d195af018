from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock

from ..lib.answers import said_and_closed


class QlvbSeriesWizard(models.TransientModel):
    """Asks a head which kinds are numbered by themselves, and from which year on.

    Who may decide, and whether, is told by ``qlvb.series.action_decide``.
    """

    _name = "qlvb.series.wizard"
    _description = "Series of Numbers, in the Making"
    _inherit = ["qlvb.input.mixin"]
    _text_limits = {"name": 60, "decision": 500}

    headed_unit_ids = fields.Many2many(
        "qlvb.unit",
        compute="_compute_headed_unit_ids",
        export_string_translation=False,
    )
    unit_id = fields.Many2one("qlvb.unit", required=True)
    type_ids = fields.Many2many(
        "qlvb.document.type",
        string="Kinds",
        domain="[('is_legislative', '=', False)]",
    )
    year_from = fields.Selection(
        selection="_selection_year_from", string="From the year", required=True
    )
    separate = fields.Selection(
        [
            ("own", "A series of their own"),
            ("common", "Back into the common series"),
        ],
        "Numbered in",
        required=True,
        default="own",
    )
    name = fields.Char("Name of the series")
    decision = fields.Char(required=True)

    @api.model
    def _selection_year_from(self):
        year = clock.today().year
        return [(str(one), str(one)) for one in (year, year + 1)]

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        values.setdefault("unit_id", self._headed_units()[:1].id)
        values.setdefault("year_from", str(clock.today().year))
        return values

    @api.model
    def _headed_units(self):
        headed = self.env["qlvb.position"]._my_units("head")
        return self.env["qlvb.unit"].browse(headed)

    @api.depends_context("uid")
    def _compute_headed_unit_ids(self):
        self.headed_unit_ids = self._headed_units()

    def action_confirm(self):
        """Decide as entered.

        :raises AccessError: as the act itself
        :raises UserError: as the act itself
        """
        self.ensure_one()
        name = self.name or ", ".join(self.type_ids.mapped("name"))[:60]
        said = self.env._("Done: series of numbers decided")
        self.env["qlvb.series"].action_decide(
            self.unit_id.id,
            self.type_ids.ids,
            int(self.year_from),
            self.decision,
            name if self.separate == "own" else "",
        )
        return said_and_closed(said)
