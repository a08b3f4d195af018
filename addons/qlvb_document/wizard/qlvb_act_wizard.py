from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock

from ..lib.answers import said_and_closed
from ..models.qlvb_order import WHO

ACTS = {
    "refuse": "document_id",
    "direct": "document_id",
    "return": "assignment_id",
    "done": "assignment_id",
    "recall": "assignment_id",
    "urge": "assignment_id",
    "request_extension": "assignment_id",
    "decide_extension": "assignment_id",
    "send_back": "assignment_id",
    "remind": "order_id",
    "approve": "document_id",
    "send_back_draft": "document_id",
    "withdraw": "document_id",
    "drop": "document_id",
    "issue": "document_id",
}
"""The acts that need words, each with the kind of record it is done on."""

OUT_ACTS = {
    "approve": "approve",
    "send_back_draft": "send_back",
    "withdraw": "withdraw",
    "drop": "drop",
    "issue": "issue",
}
"""The acts on what leaves, each with the document's own name for it."""

WORDLESS = ("approve", "withdraw", "issue")
"""Acts that may be done without a word."""


FORECAST = ("entry_ids", "expected_reference", "last_date", "unmet_text")
"""What the clerk is told before the number is given."""


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
            ("request_extension", "Ask for more time"),
            ("decide_extension", "Decide on more time"),
            ("send_back", "Send back"),
            ("remind", "Remind"),
            ("approve", "Approve"),
            ("send_back_draft", "Send the draft back"),
            ("withdraw", "Take the draft back"),
            ("drop", "Drop the draft"),
            ("issue", "Give the number and issue"),
        ],
        required=True,
    )
    document_id = fields.Many2one("qlvb.document", ondelete="cascade")
    assignment_id = fields.Many2one("qlvb.assignment", ondelete="cascade")
    order_id = fields.Many2one("qlvb.order", ondelete="cascade")
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
    written_on = fields.Date("Written on")
    scan = fields.Binary("Scan of the paper", attachment=True)
    scan_name = fields.Char(export_string_translation=False)
    present_deadline = fields.Date("Present deadline", compute="_compute_present")
    asks_text = fields.Text(compute="_compute_present", export_string_translation=False)
    result = fields.Text("Result so far", compute="_compute_present")
    deadline = fields.Date("New deadline")
    decision = fields.Selection(
        [("grant", "Grant the time asked for"), ("refuse", "Refuse")]
    )
    who = fields.Selection(
        WHO,
        "To whom",
        default="unanswered",
    )
    count_text = fields.Char(
        compute="_compute_present", export_string_translation=False
    )
    reason_ids = fields.Many2many(
        "qlvb.send.back.reason", string="What is wrong", context={"active_test": True}
    )
    day = fields.Date("Date of document")
    entry_ids = fields.Many2many(
        "qlvb.register.entry",
        compute="_compute_issuing",
        export_string_translation=False,
    )
    entry_id = fields.Many2one(
        "qlvb.register.entry",
        "Reserved number",
        help="A number kept free for this document; empty: the next one",
    )
    expected_reference = fields.Char(
        "Number and symbol (expected)", compute="_compute_issuing"
    )
    last_date = fields.Date("Last issued on", compute="_compute_issuing")
    unmet_text = fields.Text("Not yet in order", compute="_compute_issuing")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        owner = ACTS.get(values.get("act"))
        model = owner and self._fields[owner].comodel_name
        if model and self.env.context.get("active_model") == model:
            values[owner] = self.env.context.get("active_id")
        if values.get("act") == "issue" and values.get("document_id"):
            document = self.env["qlvb.document"].browse(values["document_id"])
            values["day"] = document.document_date or clock.today()
        return values

    @api.depends("document_id", "assignment_id", "order_id")
    def _compute_record_name(self):
        for wizard in self:
            record = wizard.order_id or wizard.assignment_id or wizard.document_id
            wizard.record_name = record.display_name

    @api.depends("act", "assignment_id", "decision")
    def _compute_text_required(self):
        """Know where no word is needed: for information alone, or what is granted."""
        for wizard in self:
            informed = wizard.act == "done" and wizard.assignment_id.role == "inform"
            grants = wizard.act == "decide_extension" and wizard.decision != "refuse"
            wizard.text_required = not (informed or grants or wizard.act in WORDLESS)

    @api.depends("act", "document_id")
    @api.depends_context("uid")
    def _compute_leader_ids(self):
        """Offer whose direction may be recorded, to who records it from paper."""
        for wizard in self:
            document = wizard.document_id
            records = wizard.act == "direct" and not document._actor_leader()
            leaders = document._leaders() if records else wizard.author_id.browse()
            wizard.leader_ids = leaders

    @api.depends("assignment_id", "order_id")
    def _compute_present(self):
        """Show what there is to decide on."""
        for wizard in self:
            wizard.present_deadline = wizard.assignment_id.deadline
            wizard.asks_text = wizard.assignment_id.asks_text
            wizard.result = wizard.assignment_id.result
            wizard.count_text = wizard.order_id.count_text

    @api.depends("act", "document_id", "day", "entry_id")
    @api.depends_context("uid")
    def _compute_issuing(self):
        """Forecast the number for the clerk; the register alone gives it."""
        for wizard in self:
            document, day = wizard.document_id, wizard.day
            issues = wizard.act == "issue" and document and day
            if not issues or not document._may("issue"):
                wizard.update(dict.fromkeys(FORECAST, False))
                continue
            register = document._register_for(day)
            wizard.entry_ids = self.env["qlvb.register.entry"].search(
                [("register_id", "=", register.id), ("state", "=", "waiting")]
            )
            entry = wizard.entry_id
            wizard.expected_reference = document._compose_reference(
                entry.number or register.last_number + 1, day, entry.suffix or ""
            )
            wizard.last_date = register.last_date
            wizard.unmet_text = "\n".join(document._unmet_format())

    def action_confirm(self):
        """Do the act with the words that were typed, and forget them here.

        :raises AccessError: as the act itself
        :raises UserError: as the act itself
        """
        self.ensure_one()
        document = self.document_id if self.act in OUT_ACTS else None
        name = OUT_ACTS.get(self.act, self.act)
        method = getattr(self[ACTS[self.act]], f"action_{name}")
        said = self._said(method(*self._arguments()))
        self.unlink()
        return document._answer(said) if document else said_and_closed(said)

    def _said(self, result):
        """Return what is said once the act is done."""
        if self.act == "remind":
            return self.env._("%(count)s recipients reminded.", count=result)
        labels = dict(self._fields["act"]._description_selection(self.env))
        return self.env._("Done: %(act)s", act=labels[self.act])

    def _arguments(self):
        """Return what was entered as the arguments of the act."""
        if self.act == "direct":
            return self.text, self.author_id.id, self.scan, self.written_on
        if self.act == "request_extension":
            return self.deadline, self.text
        if self.act == "decide_extension":
            decided = {"grant": True, "refuse": False}
            return decided.get(self.decision), self.text
        if self.act == "remind":
            return self.text, self.who
        if self.act == "send_back_draft":
            return self.text, self.reason_ids.mapped("code")
        if self.act == "issue":
            return self.day, self.entry_id.id
        return (self.text,)
