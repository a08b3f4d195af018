from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from .qlvb_document_book import BOOK_FIELDS

IN_STATES = ("draft", "registered", "assigned", "done", "refused")
"""The way of what arrives (Article 5), as columns of the board."""

OUT_STATES = ("draft", "review", "signing", "signed", "issued", "dispatched")
"""The way of an outgoing document (Article 7), one after the other."""


class QlvbDocumentWorkflow(models.AbstractModel):
    """The one transition table of documents, of what arrives and what leaves.

    A paper that arrives is registered or refused, directed, routed and worked on
    (Article 5); one that leaves is reviewed, signed, numbered and dispatched
    (Article 7).  The acts themselves stand in ``qlvb.document.incoming`` and
    ``qlvb.document.outgoing``; who may do them is asked for the direction too.
    """

    _name = "qlvb.document.workflow"
    _description = "Acts on a Document"
    _inherit = ["qlvb.workflow.mixin"]

    _gated_fields = frozenset(
        {
            "state",
            "number",
            "register_id",
            "registered_at",
            "registered_by_id",
            "refusal_reason",
            "drafter_id",
            "revision",
            "assignment_ids",
            "direction_ids",
            "lead_unit_id",
            "audience",
            "follows_term",
            "term_from",
            "term_days",
            "mail_from",
            *BOOK_FIELDS,
            "review_ids",
            "review_round",
            "send_back_ids",
            "issue_step_ids",
            "waiting_since",
            "signed_at",
            "version_ids",
            "version_count",
            "format_check_ids",
            "number_suffix",
            "void_reason",
            "voided_at",
            "voided_by_id",
            "recall_reason",
            "recalled_at",
            "replaces_id",
        }
    )
    _powers = {"assign": "forward"}
    _workflow = Workflow(
        (*IN_STATES, *OUT_STATES[1:], "dropped", "void", "recalled"),
        [
            act("register", "draft", "registered", "_actor_enters", "_unmet_register"),
            act("refuse", "draft", "refused", "_actor_enters"),
            act("direct", "registered assigned", None, "_actor_direct"),
            act("assign", "registered assigned", "assigned", "_actor_router"),
            act("classify", "registered assigned", None, "_actor_classify"),
            act("submit", "draft", "review", "_actor_drafts", "_unmet_submit"),
            act("approve", "review", None, "_actor_reviews"),
            act("send_back", "review signing signed", "draft", "_actor_sends_back"),
            act("withdraw", "review signing", "draft", "_actor_drafts"),
            act("drop", "draft", "dropped", "_actor_drafts", "_unmet_drop"),
            act("sign", "signing", "signed", "_actor_signs", "_unmet_sign"),
            act("issue", "signed", "issued", "_actor_issues", "_unmet_issue"),
            act("tick", "issued dispatched void", None, "_actor_issues"),
            act("void", "issued", "void", "_actor_voids", "_unmet_void"),
            act(
                "dispatch",
                "issued dispatched",
                "dispatched",
                "_actor_issues",
                "_unmet_dispatch",
            ),
            act("recall", "dispatched", None, "_actor_issues", "_unmet_recall"),
            act("replace", "issued dispatched", None, "_actor_replaces"),
            act("reply", "registered assigned done", None, "_actor_replies"),
        ],
    )

    state = fields.Selection(
        [
            ("draft", "New"),
            ("registered", "Registered"),
            ("assigned", "In progress"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("review", "In review"),
            ("signing", "To be signed"),
            ("signed", "Signed"),
            ("issued", "Issued"),
            ("dispatched", "Dispatched"),
            ("dropped", "Dropped"),
            ("void", "Number void"),
            ("recalled", "Recalled by the sender"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        group_expand="_expand_states",
    )
    can_register = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_direct = fields.Boolean(compute="_compute_can")
    can_assign = fields.Boolean(compute="_compute_can", search="_search_can_assign")
    can_classify = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can", search="_search_can_approve")
    can_send_back = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_drop = fields.Boolean(compute="_compute_can")
    can_sign = fields.Boolean(compute="_compute_can", search="_search_can_sign")
    can_issue = fields.Boolean(compute="_compute_can", search="_search_can_issue")
    can_tick = fields.Boolean(compute="_compute_can")
    can_void = fields.Boolean(compute="_compute_can")
    can_dispatch = fields.Boolean(compute="_compute_can", search="_search_can_dispatch")
    can_recall = fields.Boolean(compute="_compute_can")
    can_replace = fields.Boolean(compute="_compute_can")
    can_reply = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can")

    @api.model
    def _expand_states(self, states, domain):
        """Return the columns of a board: of what arrives, or of what leaves."""
        return self._board_values("state")

    @api.model
    def _board_values(self, name):
        if name != "state":
            return super()._board_values(name)
        if self.env.context.get("default_direction") != "out":
            return IN_STATES
        # The board of what is under way leaves out what has gone.
        return OUT_STATES[:-1] if self.env.context.get("qlvb_rising") else OUT_STATES

    @api.depends("state", "unit_id", "field_id", "review_ids.state")
    @api.depends_context("uid")
    def _compute_can(self):
        for document in self:
            for line in self._workflow:
                document[f"can_{line.name}"] = document._may(line.name)
            document.can_edit = (
                not document._origin or document.can_register or document.can_submit
            )

    def _search_can_assign(self, operator, value):
        """Find the papers that the caller routes."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        units = self.env["qlvb.position"]._my_units("chief_of_office", "head")
        units += self.env["qlvb.delegation"]._mine("document")
        return Domain("unit_id", "in", units) & Domain(
            "state", "in", self._workflow["assign"].sources
        )

    def _search_can_approve(self, operator, value):
        """Find the drafts that wait for the caller's review."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        mine = Domain("unit_id", "in", self.env["qlvb.review"]._my_units())
        current = Domain("state", "=", "current") & Domain("aspect", "!=", "sign")
        return Domain("state", "=", "review") & Domain(
            "review_ids", "any!", mine & current
        )

    def _search_can_sign(self, operator, value):
        """Find what waits for the caller's signature."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("state", "=", "signing") & Domain("signer_id", "=", self.env.uid)

    def _search_can_issue(self, operator, value):
        """Find what waits for its number from the caller."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        units = self.env["qlvb.position"]._my_units("clerk")
        return Domain("state", "=", "signed") & Domain("unit_id", "in", units)

    def _search_can_dispatch(self, operator, value):
        """Find what waits to be sent out by the caller."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        units = self.env["qlvb.position"]._my_units("clerk")
        waiting = Domain("dispatch_ids", "any!", [("state", "=", "waiting")])
        waiting &= Domain("recalled_at", "=", False)
        return Domain("unit_id", "in", units) & (
            Domain("state", "=", "issued")
            | Domain("state", "=", "dispatched") & waiting
        )

    @api.model
    def _act_labels(self):
        return {
            "register": self.env._("Register"),
            "refuse": self.env._("Refuse and return to the sender"),
            "direct": self.env._("Direct"),
            "assign": self.env._("Route"),
            "classify": self.env._("Name the field of work"),
            "submit": self.env._("Submit"),
            "approve": self.env._("Approve"),
            "send_back": self.env._("Send the draft back"),
            "withdraw": self.env._("Take the draft back"),
            "drop": self.env._("Drop the draft"),
            "sign": self.env._("Sign"),
            "issue": self.env._("Give the number and issue"),
            "tick": self.env._("Note what was done on paper"),
            "void": self.env._("Make the number void"),
            "dispatch": self.env._("Dispatch"),
            "recall": self.env._("Recall"),
            "replace": self.env._("Replace"),
            "reply": self.env._("Draft a reply"),
        }
