from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.qlvb_document.lib.answers import said_and_closed

TEXTLESS = ("close", "complete")
"""Acts that may be done without a word."""
_CLOSING = ("result_text", "term_text", "task_text", "document_text")


class QlvbDossierWizard(models.TransientModel):
    """Asks for what an act on a dossier needs, and does it through the public method.

    What stands against it is shown at once, before anybody tries; who may act, and
    whether, is decided by the act and not here.  Every official has their own.
    """

    _name = "qlvb.dossier.wizard"
    _description = "Act on a Dossier"
    _inherit = ["qlvb.input.mixin"]
    _text_limits = {"text": 10_000}

    act = fields.Selection(
        [
            ("complete", "Complete"),
            ("close", "Close"),
            ("send_back", "Send back"),
            ("reopen", "Reopen"),
            ("remind_support", "Remind"),
        ],
        required=True,
    )
    dossier_id = fields.Many2one("qlvb.dossier", required=True, ondelete="cascade")
    record_name = fields.Char(
        "Name of the dossier", related="dossier_id.display_name", related_sudo=False
    )
    text = fields.Text()
    unmet_text = fields.Text("Not yet in order", compute="_compute_unmet_text")
    # Completing
    result = fields.Selection(
        [
            ("document", "An issued document of the dossier"),
            ("opinion", "A recorded opinion"),
            ("write", "Write the concluding opinion here"),
        ]
    )
    document_ids = fields.Many2many(
        "qlvb.document",
        string="Issued documents",
        compute="_compute_results",
        export_string_translation=False,
    )
    opinion_ids = fields.Many2many(
        "qlvb.opinion",
        string="Recorded opinions",
        compute="_compute_results",
        export_string_translation=False,
    )
    document_id = fields.Many2one("qlvb.document", ondelete="cascade")
    opinion_id = fields.Many2one("qlvb.opinion", ondelete="cascade")
    opinion_body = fields.Text("It says", related="opinion_id.body", related_sudo=False)
    # Closing
    result_text = fields.Text("What came of it", compute="_compute_closing")
    term_text = fields.Char("Deadline", compute="_compute_closing")
    task_text = fields.Text("Tasks not ticked off", compute="_compute_closing")
    document_text = fields.Text("Documents still open", compute="_compute_closing")
    # Reminding
    unanswered_text = fields.Char(
        related="dossier_id.unanswered_text", related_sudo=False
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        model, number = map(self.env.context.get, ("active_model", "active_id"))
        dossier = self.env["qlvb.dossier"]
        if model == "qlvb.assignment" and number:
            dossier = self.env[model].browse(number).dossier_id
        elif model == dossier._name and number:
            dossier = dossier.browse(number)
        if not dossier:
            return values
        values["dossier_id"] = dossier.id
        if values.get("act") == "complete":
            values |= self._usual_result(dossier)
        return values

    @api.model
    def _usual_result(self, dossier):
        """Return the result that is chosen unless somebody chooses another."""
        dossier.check_access("read")
        document, opinion = dossier._find_result(dossier._own_lead())
        if document:
            return {"result": "document", "document_id": document.id}
        # What a supporter said is advice; the responsible concludes on it.
        if opinion and opinion.assignment_id.role != "support":
            return {"result": "opinion", "opinion_id": opinion.id}
        return {"result": "write"}

    # -- what is shown --------------------------------------------------------

    @api.depends("act", "dossier_id", "result", "document_id", "opinion_id")
    @api.depends_context("uid")
    def _compute_unmet_text(self):
        """Show all that stands against the act, but what is chosen right here."""
        for wizard in self:
            problems = []
            if wizard.dossier_id and wizard.act in TEXTLESS:
                problems = wizard.dossier_id._stands_against(
                    wizard.act, **wizard._chosen()
                )
                if wizard.result == "write":
                    no_result = wizard.dossier_id._explain_no_result()
                    problems = [one for one in problems if one != no_result]
            wizard.unmet_text = "\n".join(problems)

    def _chosen(self):
        """Return the chosen result as arguments of the act."""
        if self.act != "complete":
            return {}
        if self.result == "document":
            return {"document_id": self.document_id.id}
        return {"opinion_id": self.result == "opinion" and self.opinion_id.id}

    @api.depends("act", "dossier_id")
    @api.depends_context("uid")
    def _compute_results(self):
        for wizard in self:
            dossier = wizard.dossier_id
            completes = wizard.act == "complete" and dossier
            if not completes:
                wizard.document_ids = wizard.opinion_ids = False
                continue
            documents, opinions = dossier._possible_results(dossier._own_lead())
            wizard.document_ids = documents.with_env(self.env)
            wizard.opinion_ids = opinions.with_env(self.env)

    @api.depends("act", "dossier_id")
    @api.depends_context("uid", "lang")
    def _compute_closing(self):
        """Show what came of it, how the deadline stood and what is left open."""
        for wizard in self:
            dossier = wizard.dossier_id
            if wizard.act != "close" or not dossier:
                wizard.update(dict.fromkeys(_CLOSING, False))
                continue
            opinion = dossier.result_opinion_id
            document = dossier.result_document_id
            wizard.result_text = document.display_name or (
                opinion and f"{opinion.display_name}: {opinion.body}"
            )
            wizard.term_text = wizard._term_text()
            wizard.task_text = "\n".join(
                dossier.task_ids.filtered(lambda task: not task.is_done).mapped("name")
            )
            wizard.document_text = "\n".join(
                f"{document.display_name} ({document._state_label(document.state)})"
                for document in dossier._open_documents()
            )

    def _term_text(self):
        """Say how the deadline stood when the work was finished."""
        dossier = self.dossier_id
        day = dossier._finished_on()
        finished = day and format_date(self.env, day)
        if not dossier.deadline:
            return self.env._("No deadline; finished on %(day)s", day=finished)
        words = {"day": finished, "deadline": format_date(self.env, dossier.deadline)}
        late = dossier._days_late()
        if late:
            return self.env._(
                "Late by %(count)s working days: due on %(deadline)s, finished on "
                "%(day)s",
                count=late,
                **words,
            )
        return self.env._(
            "On time: due on %(deadline)s, finished on %(day)s",
            **words,
        )

    # -- the act --------------------------------------------------------------

    def action_confirm(self):
        """Do the act, and forget here what was typed.

        :raises AccessError: as the act itself
        :raises UserError: as the act itself
        """
        self.ensure_one()
        if self.act == "complete":
            self._complete()
        else:
            getattr(self.dossier_id, f"action_{self.act}")(self.text)
        labels = dict(self._fields["act"]._description_selection(self.env))
        said = self.env._("Done: %(act)s", act=labels[self.act])
        self.unlink()
        return said_and_closed(said)

    def _complete(self):
        """Complete on the chosen result, which may be written at this moment."""
        chosen = self._chosen()
        if self.result == "write":
            text = self._clean_argument(
                self.env._("Concluding opinion"), self.text, limit=10_000
            )
            opinion = self.env["qlvb.opinion"].create(
                {"dossier_id": self.dossier_id.id, "body": text}
            )
            chosen = {"opinion_id": opinion.id}
        self.dossier_id.action_complete(**chosen)
