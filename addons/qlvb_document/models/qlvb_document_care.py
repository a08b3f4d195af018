from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock

STEPS = [
    ("copies", "Copies made"),
    ("stamp", "Stamped"),
    ("archive", "Original filed"),
]


class QlvbDocumentCare(models.AbstractModel):
    """What is done with an issued document on paper: copies, stamp, filing (7.3).

    The act ``tick`` stands in the table of ``qlvb.document.workflow``.
    """

    _name = "qlvb.document.care"
    _description = "Issued Document on Paper"

    issue_step_ids = fields.One2many("qlvb.issue.step", "document_id", "After issue")
    has_copies = fields.Boolean("Copies made", compute="_compute_steps")
    has_stamp = fields.Boolean("Stamped", compute="_compute_steps")
    has_archive = fields.Boolean("Original filed", compute="_compute_steps")
    steps_left_text = fields.Char("Still to do", compute="_compute_steps")

    @api.depends("issue_step_ids", "state")
    @api.depends_context("lang")
    def _compute_steps(self):
        labels = dict(
            self.env["qlvb.issue.step"]._fields["step"]._description_selection(self.env)
        )
        for document in self:
            done = document._steps_done()
            for name, _label in STEPS:
                document[f"has_{name}"] = name in done
            waits = document.direction == "out" and document.state in (
                "issued",
                "dispatched",
            )
            left = [labels[name] for name, _label in STEPS if name not in done]
            document.steps_left_text = ", ".join(left) if waits else False

    def _steps_done(self):
        """Return the last row of each step that stands as done, by step."""
        last = {row.step: row for row in self.issue_step_ids.sorted("id")}
        return {name: row for name, row in last.items() if row.is_done}

    def action_tick(self, step=None, note=None, done=True):
        """Note what was done with the issued document on paper (Art. 7.3).

        Noting the same twice changes nothing.

        :param step: ``copies``, ``stamp`` or ``archive``; from a button in its context
        :param note: how many copies, where the original is filed
        :param done: ``False`` takes back what was noted by mistake
        :return: ``True``
        :raises AccessError: the caller is no clerk of the issuing unit
        :raises UserError: no such step, or the document is not issued
        """
        step = step or self.env.context.get("qlvb_step")
        done = bool(self.env.context.get("qlvb_done", done))
        if step not in dict(STEPS):
            raise UserError(
                self.env._(
                    "Choose what was done: copies, stamp or the original's file."
                )
            )
        note = self._clean_argument(
            self.env._("Remark"), note, limit=300, required=False
        )
        for document in self:
            actor = document._gate("tick")
            if (step in document.sudo()._steps_done()) == done:
                continue
            self.env["qlvb.issue.step"].sudo().create(
                {
                    "document_id": document.id,
                    "date": clock.now(),
                    "step": step,
                    "is_done": done,
                    "user_id": actor.user.id,
                    "keeper_id": actor.unit._keeper_for(actor).id,
                    "note": note or document._usual_note(step),
                }
            )
            self.env["qlvb.journal"]._log(
                "issue_step_done" if done else "issue_step_undone",
                document,
                unit=actor.unit,
                data={"step": step},
            )
        return True

    def _usual_note(self, step):
        """Return what is noted where the clerk says nothing."""
        if step == "copies":
            return self.env._("%(count)s copies", count=self.sudo().copies)
        return False
