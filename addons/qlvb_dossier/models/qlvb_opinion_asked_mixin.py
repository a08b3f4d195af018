from odoo import api, fields, models
from odoo.tools import format_date


class QlvbOpinionAskedMixin(models.AbstractModel):
    """What was asked of whoever gives an opinion, shown while they write it."""

    _name = "qlvb.opinion.asked.mixin"
    _description = "Opinion that was Asked for"

    dossier_name = fields.Char("Name of the dossier", compute="_compute_asked_text")
    asked_text = fields.Text("What is asked", compute="_compute_asked_text")

    @api.depends("dossier_id", "assignment_id")
    @api.depends_context("uid", "lang")
    def _compute_asked_text(self):
        for opinion in self:
            opinion.dossier_name = opinion.dossier_id.display_name
            order = opinion.assignment_id
            if not opinion._origin and opinion.dossier_id:
                parts = opinion.dossier_id._own_parts()
                order = parts.filtered(lambda part: part.role == "support")[:1]
            words = [order.instruction] if order.instruction else []
            if order.deadline:
                day = format_date(self.env, order.deadline)
                words.append(self.env._("Answer until %(day)s.", day=day))
            opinion.asked_text = "\n".join(words)
