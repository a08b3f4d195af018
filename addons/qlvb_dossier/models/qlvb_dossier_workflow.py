from odoo import api, fields, models

from odoo.addons.qlvb_base.lib.workflow import Workflow, act

OPINED = "draft assigned in_progress"
"""States in which opinions are given."""

_OPEN = "draft assigned in_progress completed"


class QlvbDossierWorkflow(models.AbstractModel):
    """The one transition table of dossiers (Article 6).

    Opened, assigned, sent back, closed and reopened by the chairman or the Chief of
    Office alone; worked on and completed by who is responsible.  Where an act names
    no target the state follows from the orders (``_follow_assignments``).
    """

    _name = "qlvb.dossier.workflow"
    _description = "Acts on a Dossier"
    _inherit = ["qlvb.workflow.mixin"]

    _powers = {"propose_support": "forward"}
    _gated_fields = frozenset(
        {
            "state",
            "assignment_ids",
            "audience",
            "board_rank",
            "closed_by_id",
            "closing_note",
            "code",
            "date_closed",
            "date_open",
            "decision_ids",
            "holder_since",
            "lead_unit_id",
            "opened_by_id",
            "reopened_at",
            "responsible_id",
            "result_document_id",
            "result_opinion_id",
            "progress",
            "stay_ids",
            "support_count",
            "support_done_count",
            "task_count",
            "task_done_count",
            "transfer_date",
            "year",
            "follows_term",
            "term_from",
            "term_days",
        }
    )
    _workflow = Workflow(
        ("draft", "assigned", "in_progress", "completed", "closed"),
        [
            act("assign", "draft assigned in_progress", None, "_actor_opener"),
            act(
                "propose_support",
                "assigned in_progress",
                None,
                "_actor_responsible",
            ),
            act("attach", _OPEN, None, "_actor_works"),
            act("plan", _OPEN, None, "_actor_plans", inner=True),
            act("opine", OPINED, None, "_actor_opines", inner=True),
            act(
                "complete",
                "assigned in_progress",
                None,
                "_actor_responsible",
                "_unmet_complete",
            ),
            act("send_back", "completed", "in_progress", "_actor_opener"),
            act("close", "completed", "closed", "_actor_opener", "_unmet_close"),
            act(
                "reopen",
                "closed",
                "in_progress",
                "_actor_opener",
                "_unmet_reopen",
            ),
            act("keep_longer", "closed", None, "_actor_filer", "_unmet_keep_longer"),
            act(
                "export",
                "draft assigned in_progress completed closed",
                None,
                "_actor_exporter",
                inner=True,
            ),
        ],
    )

    state = fields.Selection(
        [
            ("draft", "Opened"),
            ("assigned", "Assigned"),
            ("in_progress", "In progress"),
            ("completed", "Completed"),
            ("closed", "Closed"),
        ],
        required=True,
        copy=False,
        default="draft",
        group_expand=True,
    )
    can_assign = fields.Boolean(compute="_compute_can")
    can_propose_support = fields.Boolean(compute="_compute_can")
    can_attach = fields.Boolean(compute="_compute_can")
    can_plan = fields.Boolean(compute="_compute_can")
    can_opine = fields.Boolean(compute="_compute_can")
    can_complete = fields.Boolean(compute="_compute_can")
    can_send_back = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_keep_longer = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_export = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_edit = fields.Boolean(compute="_compute_can")

    @api.depends("state", "unit_id", "assignment_ids.state", "assignment_ids.user_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for dossier in self:
            for line in self._workflow:
                dossier[f"can_{line.name}"] = dossier._may(line.name)
            dossier.can_edit = (
                dossier.state != "closed" and dossier._actor_opener() is not None
            )

    @api.model
    def _act_labels(self):
        return {
            "assign": self.env._("Assign"),
            "propose_support": self.env._("Propose support"),
            "attach": self.env._("Put documents into the dossier"),
            "plan": self.env._("Plan the tasks"),
            "opine": self.env._("Give an opinion"),
            "complete": self.env._("Complete"),
            "send_back": self.env._("Send back"),
            "close": self.env._("Close"),
            "reopen": self.env._("Reopen"),
            "keep_longer": self.env._("Keep here after it was due"),
            "export": self.env._("Export the dossier"),
        }

    def _explain_denial(self, name):
        if self._workflow[name].who != "_actor_opener":
            return super()._explain_denial(name)
        return self.env._(
            "%(act)s: only the chairman or the Chief of Office does that (Article 6).",
            act=self._act_label(name),
        )

    # -- who ------------------------------------------------------------------

    def _actor_opener(self):
        """Return the caller as who opens, assigns and closes here, or ``None``.

        The chairman or the Chief of Office in person; a delegate's powers are those
        of Article 5.3, and these are Article 6's.
        """
        return self.unit_id._actor_holding("head", "chief_of_office")

    def _actor_router(self):
        """Return the caller where the dossier is theirs to take back and to chase."""
        return self._actor_opener()

    def _actor_responsible(self):
        """Return the caller as who is responsible for the work at this moment."""
        order = self._own_lead()
        return order._actor_holder() if order else None

    def _actor_works(self):
        """Return the caller where they work on it: with a part in it, or as opener."""
        opener = self._actor_opener()
        if opener:
            return opener
        parts = self._own_parts().filtered(lambda order: order.role != "inform")
        return parts[:1]._actor_holder() if parts else None

    def _actor_opines(self):
        """Return the caller as who gives an opinion: for their part, or as opener."""
        part = self._own_part()
        return part._actor_holder() if part else self._actor_opener()

    def _actor_plans(self):
        """Return the caller where they plan the tasks: responsible, or an opener."""
        return self._actor_opener() or self._actor_responsible()

    def _own_part(self):
        """Return that part of the caller which waits for an answer before others.

        What they were asked to support; else the deepest of what they hold.
        """
        parts = self._own_parts().filtered(lambda order: order.role != "inform")
        return (parts.filtered(lambda order: not order._leads()) or parts)[:1]

    def _own_parts(self):
        """Return the open orders here that the caller holds, the deepest first."""
        orders = self.env["qlvb.assignment"]
        return orders.search(
            [("dossier_id", "=", self._origin.id), ("is_mine", "=", True)],
            order="id desc",
        )

    def _own_lead(self):
        """Return the caller's own part of the lead, the deepest where several are."""
        return self._own_parts().filtered(lambda order: order._leads())[:1]
