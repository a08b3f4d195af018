from odoo import fields, models


class QlvbDossierTask(models.Model):
    """A task within a dossier, ticked off when it is done."""

    _name = "qlvb.dossier.task"
    _description = "Task in a Dossier"
    _inherit = ["qlvb.dossier.part.mixin", "qlvb.input.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Task", required=True)
    is_done = fields.Boolean("Done")
