from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.principals import FIELD, HEAD, STAFF, UNIT, principal
from odoo.addons.qlvb_base.lib.symbols import compose_symbol

from ..columns import add_unfilled
from .qlvb_signer_mixin import INNER_KINDS

OUT_FIELDS = frozenset(
    {
        "drafting_unit_id",
        "signer_id",
        "signer_capacity",
        "signer_basis",
        "signer_basis_until",
        "cosign_unit_ids",
        "reply_finishes",
        "copies",
    }
)
"""What a draft of an outgoing document holds beside what every document does."""


class QlvbOutgoingMixin(models.AbstractModel):
    """A document that leaves, while it is drafted: whose, for whom, signed by whom.

    The drafter chooses which unit issues it: their own, whose head signs and whose
    clerk numbers it, or the one above, whose leaders sign and whose clerk numbers it
    (Articles 7.1, 7.2).  A commune or committee issues for itself alone.
    """

    _name = "qlvb.outgoing.mixin"
    _description = "Outgoing Document"
    _inherit = ["qlvb.signer.mixin"]

    drafting_unit_id = fields.Many2one(
        "qlvb.unit", "Drafting unit", index="btree_not_null", copy=False
    )
    cosign_unit_ids = fields.Many2many(
        "qlvb.unit",
        "qlvb_document_cosign_rel",
        string="Also asked",
        help="Units whose heads review the draft before it is signed",
        copy=False,
    )
    reply_finishes = fields.Boolean(
        "The reply finishes the incoming document",
        copy=False,
        help="Once this is issued, the work of the drafting unit on it is done",
    )
    copies = fields.Integer("Number of copies", default=1, aggregator=None)
    issuing_unit_ids = fields.Many2many(
        "qlvb.unit",
        compute="_compute_issuing_unit_ids",
        export_string_translation=False,
    )
    drafting_unit_ids = fields.Many2many(
        "qlvb.unit",
        compute="_compute_issuing_unit_ids",
        export_string_translation=False,
    )
    out_state = fields.Selection(
        [
            ("draft", "Drafting"),
            ("review", "In review"),
            ("signing", "To be signed"),
            ("signed", "To be numbered"),
            ("issued", "To be dispatched"),
            ("dispatched", "Dispatched"),
            ("dropped", "Dropped"),
            ("void", "Number void"),
        ],
        "Stage",
        compute="_compute_out_state",
    )
    reference_preview = fields.Char(
        "Number and symbol (expected)", compute="_compute_reference_preview"
    )

    def _auto_init(self):
        # What was there before had arrived.
        add_unfilled(self.env.cr, self._table, "copies", "int4")
        return super()._auto_init()

    # -- computes -------------------------------------------------------------

    @api.depends("drafting_unit_id")
    @api.depends_context("uid")
    def _compute_issuing_unit_ids(self):
        own = self._own_drafting_units()
        for document in self:
            document.drafting_unit_ids = own | document.drafting_unit_id
            document.issuing_unit_ids = document._issuers_for(
                document.drafting_unit_id or own[:1]
            )

    @api.depends("state")
    def _compute_out_state(self):
        known = dict(self._fields["out_state"].selection)
        for document in self:
            document.out_state = document.state in known and document.state

    @api.depends(
        "direction",
        "type_id",
        "unit_id",
        "drafting_unit_id",
        "field_id",
        "document_date",
    )
    def _compute_reference_preview(self):
        for document in self:
            tail = document._reference_tail() if document.direction == "out" else ""
            document.reference_preview = f"…{tail}" if tail else False

    # -- whose ----------------------------------------------------------------

    @api.model
    def _own_drafting_units(self):
        """Return the units in which the caller drafts: where they hold a post."""
        own = {
            unit_id
            for unit_id, role in self.env["qlvb.position"]._mine()
            if role != "administrator"
        }
        units = self.env["qlvb.unit"].browse(own).filtered("active")
        # Who belongs to a committee and its Office drafts in the Office.
        return units.sorted(lambda unit: (unit.kind == "committee", unit.sequence))

    @api.model
    def _issuers_for(self, unit):
        """Return the units that may issue what is drafted in ``unit``."""
        above = unit.parent_id if unit.kind in INNER_KINDS else unit.browse()
        return above | unit

    def _reference_tail(self):
        """Return what follows the number in the reference: ``/QĐ-UBND``.

        :return: ``""`` as long as something it is made of is missing
        """
        self.ensure_one()
        if self._missing_symbols():
            return ""
        day = self.document_date or clock.today()
        return "/" + compose_symbol(
            self.unit_id.symbol,
            self.type_id.code or "",
            self._letter_symbol(),
            day.year if self.type_id.is_legislative else None,
        )

    def _letter_symbol(self):
        """Return the abbreviation that an official letter bears behind the issuer's.

        That of the field of work, else of the drafting unit; none in a unit's own.
        """
        if self.field_id.symbol and self.field_id.unit_id == self.unit_id:
            return self.field_id.symbol
        drafting = self.drafting_unit_id
        return drafting.symbol if drafting != self.unit_id else ""

    def _missing_symbols(self):
        """Return in words which symbols the reference lacks."""
        problems = []
        if not self.unit_id.symbol:
            problems.append(
                self.env._(
                    "%(unit)s has no symbol, so its documents cannot be numbered. Ask "
                    "the Office to have it entered.",
                    unit=self.unit_id.name or "",
                )
            )
        if not self.type_id:
            problems.append(self.env._("Choose the kind of document."))
        elif not self.type_id.code and not self.type_id.is_letter:
            problems.append(
                self.env._(
                    "The kind “%(kind)s” has no abbreviation and cannot be numbered. "
                    "Ask the administrator to enter it.",
                    kind=self.type_id.name,
                )
            )
        return problems

    def _outgoing_principals(self):
        """Return through whom an outgoing document is seen.

        Heads and clerks of the units that issue and draft it, the drafter while they
        hold a post there, the vice chairman of its field, the reviewer before whom it
        lies, the signer from the moment it lies before them.
        """
        owner, drafting = self.unit_id, self.drafting_unit_id
        numbers = {principal(UNIT, owner.id), principal(UNIT, drafting.id)}
        numbers |= self._staff_principals(self.drafter_id, drafting)
        if self.field_id.unit_id == owner:
            numbers.add(principal(FIELD, self.field_id.id))
        for review in self.review_ids:
            if review.aspect == "sign":
                if review.state in ("current", "approved"):
                    numbers |= self._staff_principals(review.user_id, review.unit_id)
            elif review.state == "current":
                numbers.add(principal(HEAD, review.unit_id.id))
        return numbers

    @api.model
    def _staff_principals(self, user, unit):
        """Return the principal of a person within a unit, as a set."""
        number = self.env["qlvb.membership"]._staff_number(user, unit)
        return {principal(STAFF, number)} if number else set()

    # -- entering a draft -----------------------------------------------------

    @api.model
    def _outgoing_defaults(self, vals):
        """Return the values of a new outgoing draft with what follows from them.

        :raises AccessError: the caller drafts in no unit, or not in this one
        :raises UserError: the unit may not issue it
        """
        vals = dict(vals)
        Unit = self.env["qlvb.unit"]
        own = self._own_drafting_units()
        asked = vals.get("drafting_unit_id")
        wanted = vals.get("unit_id")
        drafting = own.filtered(lambda unit: unit.id == asked) if asked else own
        if wanted and not asked:
            # Of several posts the one from which the document can be issued.
            drafting = own.filtered(
                lambda unit: wanted in self._issuers_for(unit).ids
            ).sorted(lambda unit: unit.id == wanted)
        if not drafting and (asked or not wanted or not own):
            raise AccessError(
                self.env._("You hold no post in that unit. Draft in your own.")
            )
        drafting = drafting[:1] or own[:1]
        unit = Unit.browse(wanted) if wanted else self._issuers_for(drafting)[:1]
        self._require_issuer(unit, drafting)
        vals["drafting_unit_id"], vals["unit_id"] = drafting.id, unit.id
        vals["issuer"] = unit.name
        vals["reference"] = False
        if "signer_id" not in vals:
            vals["signer_id"] = unit.sudo().head_id.id
        return vals

    @api.model
    def _require_issuer(self, unit, drafting):
        """Raise where ``unit`` does not issue what ``drafting`` drafts."""
        if unit not in self._issuers_for(drafting):
            raise UserError(
                self.env._(
                    "%(drafting)s drafts for itself or for the unit above it, not for "
                    "%(unit)s. Choose the issuing unit again.",
                    drafting=drafting.name or "",
                    unit=unit.exists().name or "",
                )
            )

    def _outgoing_changes(self, vals):
        """Return changed values of outgoing drafts with what follows from them.

        :raises AccessError: for what the system alone writes
        """
        fixed = {"reference", "issuer", "received_date", "received_time"} & vals.keys()
        if fixed and not self.env.su:
            labels = [self._fields[name].string for name in sorted(fixed)]
            raise AccessError(
                self.env._(
                    "%(fields)s of an outgoing document is written by the system.",
                    fields=", ".join(labels),
                )
            )
        if not {"unit_id", "drafting_unit_id"} & vals.keys():
            return vals
        self._require_one()
        Unit = self.env["qlvb.unit"]
        unit = Unit.browse(vals.get("unit_id", self.unit_id.id))
        drafting = Unit.browse(vals.get("drafting_unit_id", self.drafting_unit_id.id))
        if drafting != self.drafting_unit_id and drafting not in (
            self._own_drafting_units()
        ):
            raise AccessError(
                self.env._("You hold no post in that unit. Draft in your own.")
            )
        self._require_issuer(unit, drafting)
        return {**vals, "issuer": unit.name}

    @api.constrains("copies")
    def _check_copies(self):
        for document in self:
            if not 0 <= document.copies <= 10_000:
                raise ValidationError(
                    self.env._("The number of copies lies between 0 and 10,000.")
                )
