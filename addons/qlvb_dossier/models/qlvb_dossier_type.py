from odoo import api, fields, models

from .qlvb_dossier import RETENTIONS


class QlvbDossierType(models.Model):
    """A kind of dossier: the uniform form in which it is opened (Article 4.2).

    Kept by the Chief of Office, read by every official.  What a kind brings along is
    filled in when a dossier is opened; dossiers that are open stay as they are.
    """

    _name = "qlvb.dossier.type"
    _description = "Kind of Dossier"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"
    _text_limits = {"name": 150, "title": 150}

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    days = fields.Integer(
        "Working days",
        required=True,
        default=15,
        aggregator=None,
        help="From its opening to its completion",
    )
    retention = fields.Selection(RETENTIONS, "Kept for", default="10", required=True)
    title = fields.Char("Title begins with", translate=True)
    task_ids = fields.One2many("qlvb.dossier.type.task", "type_id", "Tasks")
    task_count = fields.Integer("Number of tasks", compute="_compute_task_count")

    _name_uniq = models.UniqueIndex("((name->>'en_US'))", "This kind exists already.")
    _days_positive = models.Constraint(
        "CHECK (days BETWEEN 1 AND 750)", "Enter working days from 1 to 750."
    )

    @api.depends("task_ids")
    def _compute_task_count(self):
        for kind in self:
            kind.task_count = len(kind.task_ids)

    def write(self, vals):
        result = super().write(vals)
        self.env["qlvb.journal"]._log(
            "dossier_kind_changed", self, data={"fields": sorted(vals)}
        )
        return result

    def _give_tasks(self, dossier):
        """Give a new dossier the tasks of its kind."""
        # Superuser: the kind plans them, whoever opens the dossier.
        self.env["qlvb.dossier.task"].sudo().create(
            [
                {
                    "dossier_id": dossier.id,
                    "name": task.name,
                    "sequence": task.sequence,
                }
                for task in self.task_ids
            ]
        )
