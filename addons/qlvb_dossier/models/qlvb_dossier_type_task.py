from odoo import fields, models


class QlvbDossierTypeTask(models.Model):
    """A task with which every dossier of a kind begins."""

    _name = "qlvb.dossier.type.task"
    _description = "Task of a Kind of Dossier"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"

    type_id = fields.Many2one(
        "qlvb.dossier.type", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
