from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock


class QlvbDossierStay(models.Model):
    """How long a dossier lay in whose hands, and for which step (Article 12.2).

    Written by the acts alone: a row begins when the work comes into somebody's
    hands and ends when it leaves them.
    """

    _name = "qlvb.dossier.stay"
    _description = "Time in Hands"
    _inherit = ["qlvb.dossier.part.mixin"]
    _order = "date_from, id"

    assignment_id = fields.Many2one(
        "qlvb.assignment", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True)
    step = fields.Selection(
        [
            ("assign", "To assign"),
            ("accept", "To accept"),
            ("work", "To work on"),
            ("look", "Result to look at"),
            ("decide", "Support to decide on"),
            ("close", "To close"),
        ],
        required=True,
        readonly=True,
    )
    is_main = fields.Boolean(
        "Held up the dossier", readonly=True, help="The lead's hands, or the openers'"
    )
    date_from = fields.Datetime("From", required=True, readonly=True)
    date_to = fields.Datetime("To", readonly=True)
    days = fields.Integer("Working days", compute="_compute_days", aggregator=None)
    days_text = fields.Char(compute="_compute_days", export_string_translation=False)

    _open_index = models.Index("(dossier_id) WHERE date_to IS NULL")

    @api.depends("date_from", "date_to", "unit_id")
    @api.depends_context("lang")
    def _compute_days(self):
        """Count the working days in these hands, until today where it is there yet."""
        for stay in self:
            start, end = (
                clock.to_local(moment).date()
                for moment in (stay.date_from, stay.date_to or clock.now())
            )
            stay.days = stay.unit_id._calendar().count_working_days(start, end)
            stay.days_text = self.env._("%(days)s working days", days=stay.days)

    def _holder_name(self):
        """Return the holder as people read it: the person and their unit."""
        self.ensure_one()
        if self.user_id:
            return f"{self.user_id.sudo().name} ({self.unit_id.symbol})"
        return self.unit_id.name

    @api.depends("unit_id", "user_id")
    def _compute_display_name(self):
        for stay in self:
            stay.display_name = stay._holder_name()
