from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .qlvb_draft_checks import PAPER_FIELDS
from .qlvb_outgoing_mixin import OUT_FIELDS

CONTENT_FIELDS = frozenset(
    {
        *PAPER_FIELDS,
        "direction",
        "unit_id",
        "received_date",
        "received_time",
        "urgency",
        "attachment_ids",
        "scan",
        "reply_to_id",
        "field_id",
        "deadline",
        *OUT_FIELDS,
    }
)

LISTING_FIELDS = frozenset({"dispatch_ids", "revision_seen"})
"""What is written of a document when its recipients alone are listed."""

_SOURCES = {name: object() for name in ("scan", "mail", "book", "unit")}
"""Proofs that a draft comes by the server's own way: no RPC context carries them."""


class QlvbDraftMixin(models.AbstractModel):
    """A document while it is a draft: its clerks' to write and to drop (Art. 5.1).

    What a clerk types is complete from the start.  What a scanner or an e-mail
    brought waits as a draft until a clerk has read it, and is complete before it
    is registered.
    """

    _name = "qlvb.draft.mixin"
    _description = "Draft of a Document"
    _inherit = ["qlvb.draft.checks"]

    source = fields.Selection(
        [
            ("typed", "Typed"),
            ("scan", "Scan"),
            ("mail", "E-mail"),
            ("book", "Old book"),
            ("unit", "Another unit"),
        ],
        "Entered from",
        required=True,
        readonly=True,
        copy=False,
        default="typed",
    )
    own_unit_ids = fields.Many2many(
        "qlvb.unit", compute="_compute_own_unit_ids", export_string_translation=False
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

    _complete = models.Constraint(
        """CHECK (
            (source IN ('scan', 'mail') AND state IN ('draft', 'refused'))
            OR (direction = 'out' AND type_id IS NOT NULL AND summary <> ''
                AND drafting_unit_id IS NOT NULL
                AND (number = 0 OR (document_date IS NOT NULL AND reference <> '')))
            OR (type_id IS NOT NULL AND document_date IS NOT NULL
                AND reference <> '' AND issuer <> '' AND summary <> '')
        )""",
        "Kind, symbol, date, issuer and summary are entered before the document "
        "stands in the register.",
    )

    # -- whose ----------------------------------------------------------------

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

    # -- writing a draft ------------------------------------------------------

    @api.model
    def _create_drafts(self, vals_list, source):
        """Create drafts of papers that nobody has read yet, or of an old book.

        As the caller, and with all checks of a draft that is typed.

        :param source: ``scan``, ``mail``, ``book`` or ``unit``
        :return: the drafts, in the caller's environment
        """
        vals_list = [{**vals, "source": source} for vals in vals_list]
        door = self.with_context(qlvb_source=_SOURCES[source])
        return door.create(vals_list).with_env(self.env)

    @api.model
    def _refuse_source(self, vals_list):
        """Raise where somebody other than ``_create_drafts`` says how a paper came.

        :raises AccessError: how it came decides what may be left out
        """
        allowed = self.env.context.get("qlvb_source")
        for vals in vals_list:
            source = vals.get("source", "typed")
            if source != "typed" and allowed is not _SOURCES.get(source):
                raise AccessError(
                    self.env._("How a document was entered is noted by the system.")
                )

    @api.model
    def default_get(self, fields):
        # Neither a context nor a planted default says how a paper came.
        defaults = super().default_get(fields)
        if "source" in defaults:
            defaults["source"] = "typed"
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_source(vals_list)
        vals_list = [
            self._outgoing_defaults(vals) if self._goes_out(vals) else vals
            for vals in vals_list
        ]
        for vals in vals_list:
            # Before the rule of sight, which could not say what is wrong.
            if vals.get("direction") != "out":
                self._require_clerk_of(vals)
        documents = super(
            QlvbDraftMixin, self.with_context(mail_create_nosubscribe=True)
        ).create(vals_list)
        documents._require_writer()
        documents._claim_files()
        arrived = documents.filtered(lambda document: document.direction == "in")
        for event, some in (("received", arrived), ("drafted", documents - arrived)):
            if some:
                self.env["qlvb.journal"]._log(event, some)
        return documents.with_env(self.env)

    @api.model
    def _goes_out(self, vals):
        """Tell whether values are those of a new outgoing document."""
        if "direction" not in vals:
            vals["direction"] = self.default_get(["direction"]).get("direction")
        return vals["direction"] == "out"

    def write(self, vals):
        if "source" in vals:
            raise AccessError(
                self.env._("How a document was entered is noted by the system.")
            )
        if not self._passed_gate():
            self._admit_change(vals)
            self._refuse_other_direction(vals)
            self._refuse_rewriting(vals)
            seen = vals.get("revision_seen")
            # Recipients are listed beside the draft, and once it is signed.
            listing = "dispatch_ids" in vals and vals.keys() <= LISTING_FIELDS
            if CONTENT_FIELDS & vals.keys() or not (self.env.su or listing):
                self._require_draft(vals, seen)
            if CONTENT_FIELDS & vals.keys():
                self._count_revision()
            leaving = self.filtered(lambda document: document.direction == "out")
            if leaving:
                vals = leaving._outgoing_changes(vals)
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
                    and (self.env.su or document._actor_writes())
                )
            )
        )

    def _actor_writes(self):
        """Return the caller where the draft is theirs to write, or ``None``."""
        if self.direction == "out":
            return self._actor_drafts()
        return self.unit_id._actor_as_clerk()

    def _check_access(self, operation):
        """Keep whoever is no clerk from writing what arrives (Art. 5.1).

        Every official drafts; whose draft it is is asked where it is written.
        """
        result = super()._check_access(operation)
        if result or operation == "read" or self.env.su:
            return result
        if self.env.user.has_group("qlvb_base.group_qlvb_clerk"):
            return result
        arrived = self.sudo().filtered(lambda document: document.direction == "in")
        if not arrived:
            return result
        return arrived.sudo(False), lambda: AccessError(
            self.env._("What arrives is entered and changed by clerks alone.")
        )

    def _require_writer(self):
        """Raise where a draft is not the caller's to write (Art. 5.1, 7)."""
        if self.env.su:
            return
        for document in self:
            if document._actor_writes():
                continue
            if document.direction == "out":
                raise AccessError(
                    self.env._(
                        "A draft is written by its drafter, and by the head and clerks "
                        "of %(unit)s.",
                        unit=document.drafting_unit_id.sudo().name,
                    )
                )
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
        if self.env.su:
            return
        if not unit_id and not self._own_units():
            raise AccessError(
                self.env._("What arrives is entered and changed by clerks alone.")
            )
        if unit_id and unit_id not in self.env["qlvb.position"]._my_units("clerk"):
            self._checked_values({"unit_id": unit_id})
            raise AccessError(
                self.env._("You are not a clerk of that unit. Choose your own.")
            )

    def _require_draft(self, vals, seen):
        """Raise where one of the documents may not be rewritten by the caller."""
        self.check_access("write")
        self._require_writer()
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
            if document.direction != "out":
                document._require_clerk_of(vals)

    def _refuse_other_direction(self, vals):
        """Raise where a document is to change sides: what leaves never arrived."""
        if "direction" in vals and any(
            document.direction != vals["direction"] for document in self
        ):
            raise AccessError(
                self.env._("A document stays incoming or outgoing. Enter a new one.")
            )

    def _count_revision(self):
        for document in self:
            document._through_gate().write({"revision": document.revision + 1})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        self._require_writer()
        for document in self:
            if document.state != "draft" or document.review_round:
                raise UserError(
                    self.env._(
                        "%(document)s is on record and stays there. "
                        "Nothing registered or submitted is ever deleted.",
                        document=document.display_name,
                    )
                )
        self.env["qlvb.journal"]._log("draft_deleted", self)
