from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.qlvb_document.lib.answers import said_and_closed


class QlvbSupportWizard(models.TransientModel):
    """Asks which of the proposed supporters are accepted (Article 6.2).

    Of one dossier all at once, or the chosen ones; what is left open is decided
    another time.  Who may decide is for the act to say.
    """

    _name = "qlvb.support.wizard"
    _description = "Decision on Support"
    _inherit = ["qlvb.input.mixin"]

    line_ids = fields.One2many("qlvb.support.wizard.line", "wizard_id", "Proposals")
    has_many = fields.Boolean(
        compute="_compute_has_many", export_string_translation=False
    )
    decide_all = fields.Selection(
        [("accept", "Accept all"), ("refuse", "Refuse all")], "All at once"
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        values["line_ids"] = [
            Command.create({"assignment_id": order.id}) for order in self._proposals()
        ]
        return values

    @api.model
    def _proposals(self):
        """Return the proposals of what the dialog was opened on."""
        context, orders = self.env.context, self.env["qlvb.assignment"]
        ids = context.get("active_ids") or [context.get("active_id")]
        ids = [number for number in ids if type(number) is int]
        field = {"qlvb.dossier": "dossier_id", "qlvb.assignment": "id"}.get(
            context.get("active_model")
        )
        if not field:
            return orders
        return orders.search([(field, "in", ids), ("state", "=", "proposed")])

    @api.depends("line_ids")
    def _compute_has_many(self):
        for wizard in self:
            wizard.has_many = len(wizard.line_ids) > 1

    @api.onchange("decide_all")
    def _onchange_decide_all(self):
        if self.decide_all:
            for line in self.line_ids:
                line.decision = self.decide_all

    def action_confirm(self):
        """Decide on each line of which something was chosen.

        :raises AccessError: as ``qlvb.assignment.action_decide_support``
        :raises UserError: as that, or nothing was chosen, or refused without a word
        """
        self.ensure_one()
        lines = self.line_ids.filtered("decision")
        if not lines:
            raise UserError(self.env._("Choose at least once: accept or refuse."))
        wordless = lines.filtered(
            lambda line: line.decision == "refuse" and not (line.note or "").strip()
        )
        if wordless:
            raise UserError(
                self.env._(
                    "Say in a few words why you refuse: %(holders)s.",
                    holders=", ".join(wordless.mapped("holder_text")),
                )
            )
        for line in lines:
            line.assignment_id.action_decide_support(
                line.decision == "accept", line.note
            )
        accepted = len(lines.filtered(lambda line: line.decision == "accept"))
        said = self.env._(
            "%(accepted)s accepted, %(refused)s refused.",
            accepted=accepted,
            refused=len(lines) - accepted,
        )
        self.unlink()
        return said_and_closed(said)
