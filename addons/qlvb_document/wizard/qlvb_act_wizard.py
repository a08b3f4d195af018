from odoo import api, fields, models

ACTS = {
    "refuse": "document_id",
    "direct": "document_id",
    "return": "assignment_id",
    "done": "assignment_id",
    "recall": "assignment_id",
    "urge": "assignment_id",
}
"""The acts that need words, each with the kind of record it is done on."""


class QlvbActWizard(models.TransientModel):
    """Asks for the words of an act, and then does it through its public method.

    Who may act, and whether, is decided there and not here.  Every official
    has their own.
    """

    _name = "qlvb.act.wizard"
    _description = "Act with Words"
    _inherit = ["qlvb.input.mixin"]
    _text_limits = {"text": 10_000}

    act = fields.Selection(
        [
            ("refuse", "Refuse and return to the sender"),
            ("direct", "Direct"),
            ("return", "Return"),
            ("done", "Finish"),
            ("recall", "Recall"),
            ("urge", "Urge"),
        ],
        required=True,
    )
    document_id = fields.Many2one("qlvb.document", ondelete="cascade")
    assignment_id = fields.Many2one("qlvb.assignment", ondelete="cascade")
    record_name = fields.Char(compute="_compute_record_name")
    text_required = fields.Boolean(
        compute="_compute_text_required", export_string_translation=False
    )
    text = fields.Text()
    leader_ids = fields.Many2many(
        "res.users",
        string="Leaders",
        compute="_compute_leader_ids",
        export_string_translation=False,
    )
    author_id = fields.Many2one(
        "res.users",
        "Leader",
        help="Who wrote the direction on the paper; empty: the head",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        owner = ACTS.get(values.get("act"))
        model = owner and self._fields[owner].comodel_name
        if model and self.env.context.get("active_model") == model:
            values[owner] = self.env.context.get("active_id")
        return values

    @api.depends("document_id", "assignment_id")
    def _compute_record_name(self):
        for wizard in self:
            record = wizard.assignment_id or wizard.document_id
            wizard.record_name = record.display_name

    @api.depends("act", "assignment_id")
    def _compute_text_required(self):
        """What came for information alone may be finished without a word."""
        for wizard in self:
            wizard.text_required = (
                wizard.act != "done" or wizard.assignment_id.role != "inform"
            )

    @api.depends("act", "document_id")
    @api.depends_context("uid")
    def _compute_leader_ids(self):
        """Offer whose direction may be recorded, to who records it from paper."""
        for wizard in self:
            document = wizard.document_id
            records = wizard.act == "direct" and not document._actor_leader()
            leaders = document._leaders() if records else wizard.author_id.browse()
            wizard.leader_ids = leaders

    def action_confirm(self):
        """Do the act with the words that were typed, and forget them here.

        :raises AccessError: as the act itself
        :raises UserError: as the act itself
        """
        self.ensure_one()
        words = [self.text]
        if self.act == "direct":
            words.append(self.author_id.id)
        getattr(self[ACTS[self.act]], f"action_{self.act}")(*words)
        self.unlink()
        return {"type": "ir.actions.act_window_close"}
