from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..lib.freeze_dispatch import DISPATCH_SQL

CHANNELS = [
    ("internal", "In this system"),
    ("email", "E-mail"),
    ("post", "Post"),
]


class QlvbDispatch(models.Model):
    """One recipient of an outgoing document, and what became of it (Article 7.3).

    Listed by the drafter while it is a draft and by the issuing unit's clerk once it
    is signed; what was sent stands.  A unit of the system finds an incoming draft of
    its own and answers by registering or refusing it; an outside body is written to
    by e-mail or post.  Read by whoever sees the document: recipients see their own
    copy, never this row, and the sender sees of a copy what stands here alone.
    """

    _name = "qlvb.dispatch"
    _description = "Dispatch"
    _inherit = [
        "qlvb.dispatch.listing",
        "qlvb.dispatch.acts",
        "qlvb.dispatch.delivery",
        "qlvb.dispatch.mail",
        "qlvb.input.mixin",
    ]
    _order = "document_id desc, id"
    _rec_names_search = ["document_id"]
    # That it was sent and arrived is told of what was erased as well.
    _outlives_purge = frozenset({"proof", "received_number"})

    document_id = fields.Many2one(
        "qlvb.document", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one(
        "qlvb.unit", index="btree_not_null", domain="[('receives', '=', True)]"
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Outside body",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_outside_body', '=', True)]",
    )
    recipient_text = fields.Char("Recipient", compute="_compute_recipient_text")
    channel = fields.Selection(
        CHANNELS,
        "Way of sending",
        required=True,
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
    )
    copies = fields.Integer(default=1, aggregator=None)
    state = fields.Selection(
        [
            ("waiting", "To be dispatched"),
            ("sent", "Delivered"),
            ("received", "Registered there"),
            ("refused", "Refused"),
            ("recalled", "Recalled"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="waiting",
        group_expand=False,
    )
    copy_id = fields.Many2one(
        "qlvb.document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=".",  # nobody: the copy is the recipient's
    )
    sent_at = fields.Datetime("Sent out at", readonly=True, copy=False)
    sent_by_id = fields.Many2one(
        "res.users", "Dispatched by", readonly=True, copy=False
    )
    opened_at = fields.Datetime("Opened at", readonly=True, copy=False)
    received_at = fields.Datetime("Registered at", readonly=True, copy=False)
    received_number = fields.Char("Number there", readonly=True, copy=False)
    refusal_reason = fields.Text("Reason for refusal", readonly=True, copy=False)
    recall_reason = fields.Text("Reason for recall", readonly=True, copy=False)
    recalled_at = fields.Datetime("Recalled at", readonly=True, copy=False)
    recalled_by_id = fields.Many2one(
        "res.users", "Recalled by", readonly=True, copy=False
    )
    recall_decided_by_id = fields.Many2one(
        "res.users", "Recalled on the word of", readonly=True, copy=False
    )
    proof = fields.Char(
        "Proof of sending",
        readonly=True,
        copy=False,
        help="Message-ID of the e-mail, or the receipt of the post office",
    )
    failure = fields.Char("Why it was not sent", readonly=True, copy=False)
    status = fields.Selection(
        [
            ("waiting", "To be dispatched"),
            ("queued", "In the outbox"),
            ("failed", "Not sent"),
            ("sent", "Delivered"),
            ("opened", "Opened"),
            ("received", "Registered there"),
            ("refused", "Refused"),
            ("recalled", "Recalled"),
        ],
        compute="_compute_status",
    )
    note_text = fields.Char("Remarks", compute="_compute_status")
    # Whoever reads the row sees the document.
    document_summary = fields.Text(
        "Summary", related="document_id.summary", related_sudo=False
    )
    document_urgency = fields.Selection(
        related="document_id.urgency", related_sudo=False
    )
    is_own = fields.Boolean(
        compute="_compute_is_own",
        search="_search_is_own",
        export_string_translation=False,
    )

    _one_recipient = models.Constraint(
        """CHECK ((channel = 'internal' AND unit_id IS NOT NULL AND partner_id IS NULL)
            OR (channel <> 'internal' AND unit_id IS NULL AND partner_id IS NOT NULL)
        )""",
        "A unit is sent a document in this system, an outside body by e-mail or post.",
    )
    _unit_uniq = models.UniqueIndex(
        "(document_id, unit_id) WHERE state NOT IN ('refused', 'recalled')",
        "A unit stands among the recipients once.",
    )
    _partner_uniq = models.UniqueIndex(
        "(document_id, partner_id) WHERE state NOT IN ('refused', 'recalled')",
        "An outside body stands among the recipients once.",
    )
    _sent_index = models.Index("(sent_at) WHERE state = 'sent'")

    def init(self):
        self.env.cr.execute(DISPATCH_SQL)

    # -- computes and checks --------------------------------------------------

    @api.depends("unit_id", "partner_id")
    def _compute_channel(self):
        for row in self:
            if row.unit_id:
                row.channel = "internal"
            elif not row.channel or row.channel == "internal":
                row.channel = "email" if row.partner_id.email else "post"

    @api.depends("unit_id", "partner_id")
    def _compute_recipient_text(self):
        for row in self:
            row.recipient_text = row.unit_id.name or row.partner_id.name

    @api.depends("state", "opened_at", "queued_at", "failure", "proof")
    def _compute_status(self):
        """Say more closely than the state how far it is, and what to know of it."""
        for row in self:
            row.status = row.state
            if row.state == "sent" and row.opened_at:
                row.status = "opened"
            elif row.state == "waiting" and row.queued_at:
                row.status = "queued"
            elif row.state == "waiting" and row.failure:
                row.status = "failed"
            row.note_text = (
                row.recall_reason or row.refusal_reason or row.failure or row.proof
            )

    @api.depends_context("uid")
    def _compute_is_own(self):
        own = self.env["qlvb.position"]._my_units("clerk")
        for row in self:
            row.is_own = row.document_id.unit_id.id in own

    def _search_is_own(self, operator, value):
        """Find what the caller sends out as a clerk."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        own = self.env["qlvb.position"]._my_units("clerk")
        return Domain("document_id.unit_id", "in", own)

    def action_strike_off(self):
        """Strike these off the list of recipients, as long as they wait.

        :raises AccessError: the recipients are not the caller's to list
        :raises UserError: one was sent the document already
        """
        self.unlink()
        return True

    def action_open_document(self):
        """Open the document that was sent (its own rules decide)."""
        self._require_one()
        self.document_id.check_access("read")
        return self.document_id._open_form()

    @api.depends("document_id", "unit_id", "partner_id")
    def _compute_display_name(self):
        for row in self:
            name = row.document_id.display_name
            row.display_name = f"{name} → {row.recipient_text or ''}"

    @api.constrains("document_id", "unit_id", "partner_id", "channel", "copies")
    def _check_recipient(self):
        problems = []
        for row in self:
            problems += row._unmet_recipient()
            if not 0 <= row.copies <= 10_000:
                problems.append(
                    self.env._("The number of copies lies between 0 and 10,000.")
                )
        if problems:
            raise ValidationError("\n".join(dict.fromkeys(problems)))

    def _unmet_recipient(self):
        """Return what stands against sending the document to this recipient."""
        # Superuser: that an address is missing is told, not the address.
        row = self.sudo()
        unit, partner = row.unit_id, row.partner_id
        if row.document_id.direction != "out":
            return [self.env._("Only an outgoing document has recipients.")]
        if bool(unit) == bool(partner):
            return [
                self.env._(
                    "Name for each recipient a unit or an outside body, not both."
                )
            ]
        if partner:
            return row._unmet_partner()
        if unit == row.document_id.unit_id:
            return [
                self.env._(
                    "%(unit)s issues the document and is no recipient of it. Remove "
                    "it from the recipients.",
                    unit=unit.name,
                )
            ]
        if not unit.active or not unit.receives:
            return [
                self.env._(
                    "%(unit)s no longer exists or keeps no incoming register. Remove "
                    "it from the recipients, or choose the unit that took over.",
                    unit=unit.name,
                )
            ]
        return []

    def _unmet_partner(self):
        """Return what stands against writing to this outside body."""
        partner = self.partner_id
        if partner.with_context(active_test=False).user_ids:
            return [
                self.env._(
                    "%(partner)s is a person of this house. Choose their unit.",
                    partner=partner.name,
                )
            ]
        if not partner.is_outside_body:
            # Not by name: an address may be nothing that the caller sees.
            return [
                self.env._(
                    "This contact is no outside body. Choose one from the list, or "
                    "have the clerk enter it."
                )
            ]
        if self.channel == "internal":
            return [
                self.env._(
                    "%(partner)s is an outside body: choose e-mail or post.",
                    partner=partner.name,
                )
            ]
        if self.channel == "email" and not partner._bare_address():
            return [
                self.env._(
                    "%(partner)s has no e-mail address that can be written to. Enter "
                    "it, or choose post.",
                    partner=partner.name,
                )
            ]
        return []
