from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.principals import (
    FIELD,
    HANDLING,
    UNIT,
    principal,
)
from odoo.addons.qlvb_base.lib.symbols import format_number

from ..lib.freeze import FREEZE_SQL
from .qlvb_document_type import URGENCIES

SIGHT_STATES = ("sent", "accepted", "done")
"""States in which an assignment gives sight of its document."""

CONTENT_FIELDS = frozenset(
    {
        "direction",
        "unit_id",
        "type_id",
        "reference",
        "document_date",
        "received_date",
        "issuer",
        "summary",
        "urgency",
        "attachment_ids",
        "scan",
        "reply_to_id",
        "field_id",
        "deadline",
    }
)


class QlvbDocument(models.Model):
    """A document that arrives at a unit and is worked on (Articles 3 and 5).

    A clerk's draft is written by the clerks of its unit.  Once registered or
    refused it is fixed: nobody rewrites or deletes it, the database sees to
    that too, and every further change of state is an act that passes the gate.
    Who sees it is its ``audience``; see ``qlvb.audience.mixin``.
    """

    _name = "qlvb.document"
    _description = "Document"
    _inherit = [
        "qlvb.document.incoming",
        "qlvb.desk.mixin",
        "qlvb.file.mixin",
        "qlvb.search.mixin",
        "qlvb.document.term.mixin",
        "qlvb.deadline.mixin",
        "qlvb.admission.mixin",
        "qlvb.reading.mixin",
        "qlvb.thread.mixin",
        "qlvb.input.mixin",
    ]
    _order = "received_date desc, id desc"
    _rec_names_search = ["search_text"]
    _waiting_states = ("draft", "registered", "assigned")
    _contents = frozenset({"summary", "scan", "attachment_ids"})
    _text_limits = {"reference": 100, "issuer": 300, "summary": 2000}

    direction = fields.Selection(
        [("in", "Incoming")],
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
        help="The unit in whose register the document stands",
    )
    own_unit_ids = fields.Many2many(
        "qlvb.unit", compute="_compute_own_unit_ids", export_string_translation=False
    )
    type_id = fields.Many2one(
        "qlvb.document.type", "Kind", required=True, ondelete="restrict"
    )
    register_id = fields.Many2one(
        "qlvb.register",
        "Incoming register",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    number = fields.Integer(
        "Arrival number",
        readonly=True,
        copy=False,
        aggregator=None,
        help="In the unit's register of the year; 0 until it is registered",
    )
    number_text = fields.Char("Number", compute="_compute_number_text")
    reference = fields.Char(
        "Number and symbol", required=True, help="As on the paper: 120/TTr-VHTT"
    )
    document_date = fields.Date("Date of document", required=True)
    received_date = fields.Date(
        "Date of arrival", required=True, default=lambda self: clock.today()
    )
    issuer = fields.Char(required=True, help="The body that issued the document")
    summary = fields.Text(required=True, index="trigram", help="What it is about")
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
        "Entered by",
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
    revision = fields.Integer(
        default=0,
        readonly=True,
        copy=False,
        aggregator=None,
        export_string_translation=False,
    )
    revision_seen = fields.Integer(
        store=False,
        aggregator=None,
        export_string_translation=False,
        help="The revision that the writer has read; sent along by the form",
    )

    _number_uniq = models.UniqueIndex(
        "(register_id, number) WHERE number > 0",
        "This number is taken in the register.",
    )
    _audience_index = models.Index("USING gin (audience)")
    _received_index = models.Index("(received_date DESC, id DESC)")
    _unit_received_index = models.Index("(unit_id, received_date DESC, id DESC)")
    _state_received_index = models.Index("(state, received_date DESC, id DESC)")
    _open_index = models.Index(
        "(deadline) WHERE state IN ('draft', 'registered', 'assigned')"
    )

    # -- defaults and computes ------------------------------------------------

    def _own_units(self):
        """Return the units in whose incoming registers the caller enters papers."""
        own = self.env["qlvb.position"]._my_units("clerk")
        return self.env["qlvb.unit"].browse(own).filtered("receives")

    def _default_unit_id(self):
        units = self._own_units()
        # A clerk of the committee and of its Office writes in the committee's.
        return units.sorted(lambda unit: (unit.kind != "committee", unit.sequence))[:1]

    @api.depends_context("uid")
    def _compute_own_unit_ids(self):
        self.own_unit_ids = self._own_units()

    @api.depends(
        "unit_id",
        "direction",
        "field_id",
        "assignment_ids.state",
        "assignment_ids.user_id",
        "assignment_ids.unit_id",
    )
    def _compute_audience(self):
        for document in self:
            owner = document.unit_id
            numbers = {principal(UNIT, owner.id), principal(HANDLING, owner.id)}
            if document.field_id.unit_id == owner:
                numbers.add(principal(FIELD, document.field_id.id))
            for assignment in document.assignment_ids:
                if assignment.state in SIGHT_STATES:
                    numbers |= assignment._holder_principals()
            document.audience = numbers

    @api.depends("type_id", "urgency", "received_date", "unit_id")
    def _compute_deadline(self):
        for document in self:
            if document.type_id and document.received_date and document.unit_id:
                document.deadline = document._limit_from(document.received_date)

    def _limit_from(self, day):
        """Return the last day for handling, counted from ``day`` by kind, urgency."""
        days = self.type_id._days_for(self.urgency)
        return self.unit_id._calendar().add_working_days(day, days)

    @api.depends("number")
    def _compute_number_text(self):
        for document in self:
            number = document.number
            document.number_text = format_number(number) if number else False

    def _journal_name(self):
        """Leave a draft nameless in the journal, which forgets nothing.

        It may yet turn out to be a paper that Article 3 keeps out, of which not
        even the symbol may stay.
        """
        return "" if self.state == "draft" else self.display_name

    @api.depends("number", "reference")
    def _compute_display_name(self):
        """Name a document by number and symbol: a subject is never a name."""
        for document in self:
            if document.number:
                document.display_name = self.env._(
                    "Arrival %(number)s · %(reference)s",
                    number=document.number_text,
                    reference=document.reference,
                )
            else:
                document.display_name = document.reference or self.env._("New")

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
        for document in self:
            holding = (document.assignment_ids & leads).filtered(
                lambda a: not a._open_children()
            )
            if holding:
                document.holder_text = ", ".join(a._holder_name() for a in holding)
            elif document.state == "registered":
                document.holder_text = self.env._("Waiting for routing")
            else:
                document.holder_text = False

    # -- checks ---------------------------------------------------------------

    @api.constrains("received_date", "document_date")
    def _check_dates(self):
        today = clock.today()
        for document in self:
            if document.received_date > today:
                raise ValidationError(
                    self.env._(
                        "The date of arrival (%(date)s) lies in the future. "
                        "Enter the day on which the paper arrived.",
                        date=format_date(self.env, document.received_date),
                    )
                )
            if document.document_date > document.received_date:
                raise ValidationError(
                    self.env._(
                        "The paper is dated %(dated)s, after its arrival on "
                        "%(arrived)s. Check both dates.",
                        dated=format_date(self.env, document.document_date),
                        arrived=format_date(self.env, document.received_date),
                    )
                )
            if document.document_date.year < 1945:
                raise ValidationError(
                    self.env._("Check the date of the document: the year is too early.")
                )

    # -- writing a draft ------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Before the rule of sight, which could not say what is wrong.
            self._require_clerk_of(vals)
        documents = super(
            QlvbDocument, self.with_context(mail_create_nosubscribe=True)
        ).create(vals_list)
        documents._require_clerk()
        documents._claim_files()
        self.env["qlvb.journal"]._log("received", documents)
        return documents.with_env(self.env)

    def write(self, vals):
        if not self._passed_gate():
            self._admit_change(vals)
            seen = vals.get("revision_seen")
            if CONTENT_FIELDS & vals.keys() or not self.env.su:
                self._require_draft(vals, seen)
            if CONTENT_FIELDS & vals.keys():
                self._count_revision()
        result = super().write(vals)
        if {"attachment_ids", "scan"} & vals.keys():
            self._claim_files()
        return result

    def _discardable(self):
        """Return the drafts among them of units whose clerk the caller is."""
        return (
            super()
            ._discardable()
            .filtered(
                lambda document: (
                    document.state == "draft"
                    and (self.env.su or document.unit_id._actor_as_clerk())
                )
            )
        )

    def _require_clerk(self):
        """Raise where the caller is not a clerk of every document's unit (Art. 5.1)."""
        if self.env.su:
            return
        for document in self:
            if document.unit_id._actor_as_clerk() is None:
                raise AccessError(
                    self.env._(
                        "Only a clerk of %(unit)s enters documents in its register.",
                        unit=document.unit_id.sudo().name,
                    )
                )

    @api.model
    def _require_clerk_of(self, vals):
        """Raise where ``vals`` name a unit whose papers the caller does not enter."""
        unit_id = vals.get("unit_id")
        if self.env.su or not unit_id:
            return
        if unit_id not in self.env["qlvb.position"]._my_units("clerk"):
            self._checked_values({"unit_id": unit_id})
            raise AccessError(
                self.env._("You are not a clerk of that unit. Choose your own.")
            )

    def _require_draft(self, vals, seen):
        """Raise where one of the documents may not be rewritten by the caller."""
        self.check_access("write")
        self._require_clerk()
        for document in self:
            document._lock_row()
            if document.state != "draft":
                raise UserError(
                    self.env._(
                        "%(document)s is in the register and cannot be rewritten. "
                        "Ask for a correction instead.",
                        document=document.display_name,
                    )
                )
            if seen is not None and seen is not False and seen != document.revision:
                raise UserError(
                    self.env._(
                        "%(person)s changed this draft while you were writing. "
                        "Nothing of theirs was overwritten: copy what you typed, "
                        "reload the page and enter it again.",
                        person=document.write_uid.name,
                    )
                )
        self._require_clerk_of(vals)

    def _count_revision(self):
        for document in self:
            document._through_gate().write({"revision": document.revision + 1})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        self._require_clerk()
        for document in self:
            if document.state != "draft":
                raise UserError(
                    self.env._(
                        "%(document)s is in the register and stays there. "
                        "Nothing registered is ever deleted.",
                        document=document.display_name,
                    )
                )
        self.env["qlvb.journal"]._log("draft_deleted", self)

    # -- opening --------------------------------------------------------------

    def _note_opening(self):
        """Note the first opening by each holder, and every opening in the journal."""
        self.assignment_ids._note_seen()
        return super()._note_opening()

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(FREEZE_SQL)
        return result
