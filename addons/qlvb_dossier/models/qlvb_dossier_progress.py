from odoo import api, fields, models

_ASKED = ("sent", "accepted", "done")
"""States in which a supporter counts: asked, and not recalled or returned since."""


class QlvbDossierProgress(models.AbstractModel):
    """How far a dossier is: tasks done, opinions given by those who were asked.

    Stored, so that a list or board of many reads them without asking for each.
    """

    _name = "qlvb.dossier.progress"
    _description = "Progress of a Dossier"

    task_count = fields.Integer(
        "Number of tasks", compute="_compute_task_count", store=True
    )
    task_done_count = fields.Integer(
        "Tasks done", compute="_compute_task_count", store=True
    )
    support_count = fields.Integer(
        "Number of opinions asked for", compute="_compute_support_count", store=True
    )
    support_done_count = fields.Integer(
        "Opinions given", compute="_compute_support_count", store=True
    )
    progress = fields.Integer(
        compute="_compute_progress",
        store=True,
        aggregator="avg",
        help="In per cent: tasks done and opinions given, of all of them",
    )
    opinion_text = fields.Char("State of opinions", compute="_compute_opinion_text")

    @api.depends("task_ids.is_done")
    def _compute_task_count(self):
        for dossier in self:
            dossier.task_count = len(dossier.task_ids)
            dossier.task_done_count = len(dossier.task_ids.filtered("is_done"))

    @api.depends(
        "assignment_ids.role", "assignment_ids.parent_id", "assignment_ids.state"
    )
    def _compute_support_count(self):
        for dossier in self:
            asked = dossier.assignment_ids.filtered(
                lambda order: (
                    order.role == "support"
                    and not order.parent_id
                    and order.state in _ASKED
                )
            )
            dossier.support_count = len(asked)
            dossier.support_done_count = len(
                asked.filtered(lambda order: order.state == "done")
            )

    @api.depends(
        "state", "task_count", "task_done_count", "support_count", "support_done_count"
    )
    def _compute_progress(self):
        for dossier in self:
            todo = dossier.task_count + dossier.support_count
            done = dossier.task_done_count + dossier.support_done_count
            if dossier.state in ("completed", "closed"):
                dossier.progress = 100
            else:
                dossier.progress = 100 * done // todo if todo else 0

    @api.depends("support_count", "support_done_count")
    @api.depends_context("lang")
    def _compute_opinion_text(self):
        """Say how many of those asked for an opinion have given one: 2/3."""
        for dossier in self:
            dossier.opinion_text = bool(dossier.support_count) and self.env._(
                "%(given)s/%(asked)s opinions",
                given=dossier.support_done_count,
                asked=dossier.support_count,
            )
