from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.principals import (
    FIELD,
    HANDLING,
    UNIT,
    principal,
)
from odoo.addons.qlvb_base.lib.symbols import format_number

from ..lib.freeze import FREEZE_SQL
from ..lib.freeze_register import NUMBERED_SQL
from .qlvb_assignment import SIGHT_STATES
from .qlvb_document_type import URGENCIES


class QlvbDocument(models.Model):
    """A document that arrives at a unit, or leaves it (Articles 3, 5 and 7).

    A draft of what arrives is written by the clerks of its unit, one of what leaves
    by its drafter.  Once registered, refused or submitted it is fixed: nobody
    rewrites or deletes it, the database sees to that too, and every further change
    of state is an act that passes the gate.
    Who sees it is its ``audience``; see ``qlvb.audience.mixin``.
    """

    _name = "qlvb.document"
    _description = "Document"
    _inherit = [
        "qlvb.version.mixin",
        "qlvb.format.mixin",
        "qlvb.layout.mixin",
        "qlvb.docx.mixin",
        "qlvb.draft.mixin",
        "qlvb.entry.mixin",
        "qlvb.corrected.mixin",
        "qlvb.document.mail",
        "qlvb.document.book",
        "qlvb.document.incoming",
        "qlvb.document.delivered",
        "qlvb.document.dispatch",
        "qlvb.document.replace",
        "qlvb.document.reply",
        "qlvb.document.outgoing",
        "qlvb.document.care",
        "qlvb.document.left",
        "qlvb.outgoing.mixin",
        "qlvb.document.number",
        "qlvb.matter.mixin",
        "qlvb.desk.mixin",
        "qlvb.outgoing.desk.mixin",
        "qlvb.file.mixin",
        "qlvb.search.mixin",
        "qlvb.document.term.mixin",
        "qlvb.deadline.mixin",
        "qlvb.declaration.mixin",
        "qlvb.admission.mixin",
        "qlvb.reading.mixin",
        "qlvb.thread.mixin",
        "qlvb.input.mixin",
    ]
    _order = "received_date desc, id desc"
    _rec_names_search = ["search_text"]
    _outlives_purge = frozenset({"number_suffix"})
    _order_field = "document_id"
    _waiting_states = (
        "draft",
        "registered",
        "assigned",
        "review",
        "signing",
        "signed",
    )
    _contents = frozenset({"summary", "scan", "attachment_ids"})
    _text_limits = {"reference": 100, "issuer": 300, "summary": 2000}

    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")],
        "Incoming or outgoing",
        required=True,
        default="in",
        readonly=True,
    )
    unit_id = fields.Many2one(
        "qlvb.unit",
        "Register of",
        required=True,
        index=False,
        default=lambda self: self._default_unit_id(),
        domain="[('id', 'in', own_unit_ids)]",
        help="The unit in whose register the document stands; it issues what leaves",
    )
    type_id = fields.Many2one("qlvb.document.type", "Kind", ondelete="restrict")
    register_id = fields.Many2one(
        "qlvb.register",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    number = fields.Integer(
        "Number in the register",
        readonly=True,
        copy=False,
        aggregator=None,
        help="In the unit's register of the year; 0 until it is registered",
    )
    number_text = fields.Char("Number", compute="_compute_number_text")
    reference = fields.Char("Number and symbol", help="As on the paper: 120/TTr-VHTT")
    document_date = fields.Date("Date of document")
    received_date = fields.Date(
        "Date of arrival", required=True, default=lambda self: clock.today()
    )
    issuer = fields.Char(help="The body that issued the document")
    summary = fields.Text(index="trigram", help="What it is about")
    urgency = fields.Selection(URGENCIES, required=True, default="normal")
    field_id = fields.Many2one(
        "qlvb.work.field",
        "Field of work",
        domain="[('unit_id', '=', unit_id)]",
        help="Shows the document to the vice chairman who directs this field",
    )
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        help="The last day for handling it",
    )
    reply_to_id = fields.Many2one(
        "qlvb.document", "In reply to", index="btree_not_null", copy=False
    )
    drafter_id = fields.Many2one(
        "res.users",
        "Entered or drafted by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    assignment_ids = fields.One2many("qlvb.assignment", "document_id", "Assignments")
    direction_ids = fields.One2many("qlvb.direction", "document_id", "Directions")
    holder_text = fields.Char("With", compute="_compute_holder_text")
    lead_unit_id = fields.Many2one(
        "qlvb.unit", "Lead unit", compute="_compute_lead", store=True, copy=False
    )
    _number_uniq = models.UniqueIndex(
        "(register_id, number, (COALESCE(number_suffix, ''))) WHERE number > 0",
        "This number is taken in the register.",
    )
    _audience_index = models.Index("USING gin (audience)")
    _received_index = models.Index("(received_date DESC, id DESC)")
    _unit_received_index = models.Index("(unit_id, received_date DESC, id DESC)")
    _state_received_index = models.Index("(state, received_date DESC, id DESC)")
    _open_index = models.Index(
        "(deadline) WHERE state IN ('draft', 'registered', 'assigned', 'review', "
        "'signing', 'signed')"
    )

    # -- defaults and computes ------------------------------------------------

    @api.depends(
        "unit_id",
        "direction",
        "field_id",
        "assignment_ids.state",
        "assignment_ids.user_id",
        "assignment_ids.unit_id",
        "drafting_unit_id",
        "drafter_id",
        "review_ids.state",
    )
    def _compute_audience(self):
        for document in self:
            if document.direction == "out":
                document.audience = document._outgoing_principals()
                continue
            owner = document.unit_id
            numbers = {principal(UNIT, owner.id), principal(HANDLING, owner.id)}
            if document.field_id.unit_id == owner:
                numbers.add(principal(FIELD, document.field_id.id))
            for assignment in document.assignment_ids:
                if assignment._gives_sight():
                    numbers |= assignment._holder_principals()
            document.audience = numbers

    @api.depends("type_id", "urgency", "received_date", "unit_id", "reply_to_id")
    def _compute_deadline(self):
        for document in self:
            if document.direction == "out":
                # A reply is due when what it answers is.
                document.deadline = document.deadline or (
                    document.reply_to_id.sudo().deadline
                )
            elif document.type_id and document.received_date and document.unit_id:
                document.deadline = document._limit_from(document.received_date)

    def _limit_from(self, day):
        """Return the last day for handling, counted from ``day`` by kind, urgency."""
        return self.unit_id._calendar().add_working_days(day, self._limit_days())

    def _limit_days(self):
        """Return how many working days its handling may take."""
        return self.type_id._days_for(self.urgency)

    @api.depends("number", "number_suffix")
    def _compute_number_text(self):
        for document in self:
            number, suffix = document.number, document.number_suffix or ""
            document.number_text = format_number(number) + suffix if number else False

    def _journal_name(self):
        """Leave a draft nameless in the journal, which forgets nothing.

        It may yet turn out to be a paper that Article 3 keeps out, of which not
        even the symbol may stay.
        """
        return "" if self.state == "draft" else self.display_name

    @api.depends("number", "reference", "source", "direction", "type_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Name a document by number and symbol: a subject is never a name."""
        for document in self:
            if document.direction == "out":
                document.display_name = document._outgoing_name()
            elif document.number:
                document.display_name = self.env._(
                    "Arrival %(number)s · %(reference)s",
                    number=document.number_text,
                    reference=document.reference,
                )
            else:
                document.display_name = document.reference or document._nameless()

    def _outgoing_name(self):
        """Return the name of what leaves: its symbol, of a draft its kind and unit."""
        if self.reference:
            return self.reference
        drafted = " ".join(
            filter(None, (self.type_id.name, self.drafting_unit_id.symbol))
        )
        if not self._origin:
            return self.env._("New")
        return self.env._("Draft %(id)s · %(kind)s", id=self._origin.id, kind=drafted)

    def _nameless(self):
        """Return what a draft is called as long as nobody has entered its symbol."""
        return {
            "scan": self.env._("Scan, not yet entered"),
            "mail": self.env._("E-mail, not yet entered"),
        }.get(self.source) or self.env._("New")

    @api.depends(
        "assignment_ids.state",
        "assignment_ids.role",
        "assignment_ids.unit_id",
        "assignment_ids.parent_id",
    )
    def _compute_lead(self):
        for document in self:
            leads = document.assignment_ids.filtered(
                lambda a: (
                    a.role == "lead" and not a.parent_id and a.state in SIGHT_STATES
                )
            )
            document.lead_unit_id = leads[:1].unit_id

    @api.depends(
        "assignment_ids.state",
        "assignment_ids.user_id",
        "assignment_ids.unit_id",
        "state",
        "review_ids.state",
    )
    def _compute_holder_text(self):
        """Say who has the document in hand: the leads who still work on it."""
        leads = self.assignment_ids.filtered(
            lambda a: a.role == "lead" and a.state in ("sent", "accepted")
        )
        # What a page of names is made of is read at once, not line by line.
        leads.child_ids.mapped("state")
        leads.unit_id.mapped("name")
        leads.user_id.sudo().mapped("name")
        leaving = self.filtered(lambda document: document.direction == "out").sudo()
        leaving.drafter_id.mapped("name")
        leaving.review_ids.mapped("who_text")
        (leaving.unit_id | leaving.drafting_unit_id).mapped("name")
        for document in self:
            if document.direction == "out":
                document.holder_text = document._outgoing_holder()
                continue
            holding = (document.assignment_ids & leads).filtered(
                lambda a: not a._open_children()
            )
            if holding:
                document.holder_text = ", ".join(a._holder_name() for a in holding)
            elif document.state == "registered":
                document.holder_text = self.env._("Waiting for routing")
            else:
                document.holder_text = False

    def _outgoing_holder(self):
        """Say before whom an outgoing document lies."""
        if self.state == "draft":
            return f"{self.drafter_id.sudo().name} ({self.drafting_unit_id.symbol})"
        if self.state in ("signed", "issued"):
            return self.env._("Clerks of %(unit)s", unit=self.unit_id.name)
        return self._station().sudo().who_text

    # -- opening --------------------------------------------------------------

    def _note_opening(self):
        """Note the first opening by each holder, and every opening in the journal."""
        self.assignment_ids._note_seen()
        return super()._note_opening()

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(FREEZE_SQL)
        self.env.cr.execute(NUMBERED_SQL)
        return result
