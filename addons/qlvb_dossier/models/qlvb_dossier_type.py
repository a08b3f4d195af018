from odoo import fields, models

from .qlvb_dossier import RETENTIONS


class QlvbDossierType(models.Model):
    """A kind of dossier: the uniform form in which it is opened (Article 4.2)."""

    _name = "qlvb.dossier.type"
    _description = "Kind of Dossier"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    days = fields.Integer(
        "Working days", default=15, help="From its opening to its completion"
    )
    retention = fields.Selection(RETENTIONS, "Kept for", default="10", required=True)
    title = fields.Char("Title begins with", translate=True)
    task_ids = fields.One2many("qlvb.dossier.type.task", "type_id", "Tasks")

    _name_uniq = models.Constraint("UNIQUE (name)", "This kind exists already.")
    _days_positive = models.Constraint(
        "CHECK (days BETWEEN 1 AND 750)", "Enter working days from 1 to 750."
    )
