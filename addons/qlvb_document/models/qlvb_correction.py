from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..lib.freeze_correction import CORRECTION_SQL, key_sql


class QlvbCorrection(models.Model):
    """A request to change what is registered, and the chairman's decision on it.

    Articles 8.2 and 9.5: nothing in the software changes but by the chairman's
    decision.  Asked for by a clerk or the head of the document's unit, or by the
    Chief of Office; decided by the head of the unit at the top in person; applied
    by the system in the same act.  A purge erases the contents of what Article 3
    should have kept out; the number stays.

    Read by whoever sees the document, and once it was submitted by who decides and
    the Chief of Office, who need not see the document itself.
    """

    _name = "qlvb.correction"
    _description = "Correction"
    _inherit = [
        "qlvb.correction.acts",
        "qlvb.correction.shown",
        "qlvb.reading.mixin",
        "qlvb.audience.mixin",
        "qlvb.input.mixin",
    ]
    _order = "id desc"
    _contents = frozenset({"line_ids", "document_summary"})
    # Not of the contents: the decision is what is left of them.
    _outlives_purge = frozenset({"decision_number", "effects"})
    _text_limits = {"decision_number": 100}

    document_id = fields.Many2one(
        "qlvb.document",
        "Corrected document",
        required=True,
        index=True,
        ondelete="cascade",
    )
    unit_id = fields.Many2one(
        "qlvb.unit",
        "Register of",
        compute="_compute_unit_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        required=True,
        index=True,
    )
    kind = fields.Selection(
        [("correct", "Correct what was entered wrongly"), ("purge", "Erase contents")],
        "What is asked",
        required=True,
        default="correct",
    )
    ground = fields.Selection(
        [
            ("secret", "Secret paper (Article 3.1)"),
            ("petition", "Petition, complaint or denunciation (Article 3.2)"),
            ("one_stop", "File of a one-stop procedure (Article 3.3)"),
        ],
        "Why it should not be here",
    )
    line_ids = fields.One2many("qlvb.correction.line", "correction_id", "Changes")
    reason = fields.Text()
    state = fields.Selection(
        [
            ("draft", "Being written"),
            ("submitted", "Waiting for a decision"),
            ("approved", "Decided"),
            ("done", "Carried out"),
            ("refused", "Not approved"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    asked_by_id = fields.Many2one(
        "res.users",
        "Requested by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    asked_keeper_id = fields.Many2one(
        "res.users",
        "Account keeper",
        readonly=True,
        copy=False,
        help="Who kept the unit's account, where it was asked for with that",
    )
    asked_at = fields.Datetime("Requested on", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False
    )
    decided_at = fields.Datetime("Decided on", readonly=True, copy=False)
    decision_number = fields.Char(
        "Number of the decision", help="Where there is one on paper as well"
    )
    decision_date = fields.Date("Date of the decision", readonly=True, copy=False)
    refusal_reason = fields.Text("Reason for refusal", readonly=True, copy=False)
    parent_id = fields.Many2one(
        "qlvb.correction",
        "Follows from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The purge of the document of which this one is a copy",
    )
    effects = fields.Json(readonly=True, copy=False)

    def init(self):
        result = super().init()
        erasable = self.env["qlvb.purge"]._texts_of(self.env["qlvb.document"])
        self.env.cr.execute(key_sql(erasable))
        self.env.cr.execute(CORRECTION_SQL)
        return result

    # -- computes -------------------------------------------------------------

    @api.depends("document_id")
    def _compute_unit_id(self):
        for correction in self:
            correction.unit_id = correction.document_id.unit_id

    @api.depends("document_id", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for correction in self:
            # Superuser: a document's name is number and symbol, for who decides too.
            document = correction.sudo().document_id.display_name or ""
            if correction.kind == "purge":
                name = self.env._("Erasure of %(document)s", document=document)
            else:
                name = self.env._("Correction of %(document)s", document=document)
            correction.display_name = name

    def _journal_name(self):
        """Name it by its own number: the journal forgets nothing, a purge all."""
        return self.env._("Correction %(number)s", number=self.id)

    # -- who sees it ----------------------------------------------------------

    def _compute_audience(self):
        """Set none of its own: the document's is asked, as it is at that moment."""
        self.audience = []

    @api.depends("document_id", "state", "unit_id")
    @api.depends_context("uid")
    def _compute_is_visible(self):
        deciding = self._deciding_units()
        for correction in self:
            stored = correction._origin.sudo()
            decides = stored.unit_id._top().id in deciding
            correction.is_visible = (
                not stored
                or stored.document_id.with_env(self.env).is_visible
                or (stored.state != "draft" and decides)
            )

    @api.model
    def _audience_sql(self, alias, query=None):
        """Return under which condition the caller sees a row.

        Whoever sees the document does; and whoever decides sees what is asked, and
        the Chief of Office with them.  The top of the tree is looked up as it is
        today.
        """
        column = partial(SQL.identifier, alias)
        seen = SQL(
            "EXISTS (SELECT FROM qlvb_document paper WHERE paper.id = %s AND %s)",
            column("document_id", to_flush=self._fields["document_id"]),
            self.env["qlvb.document"]._audience_sql("paper"),
        )
        deciding = self._deciding_units()
        if not deciding:
            return seen
        return SQL(
            "(%s OR %s <> 'draft' AND EXISTS (SELECT FROM qlvb_unit WHERE id = %s"
            " AND split_part(parent_path, '/', 1)::int = ANY(%s)))",
            seen,
            column("state", to_flush=self._fields["state"]),
            column("unit_id", to_flush=self._fields["unit_id"]),
            deciding,
        )

    @api.model
    def _deciding_units(self):
        """Return ids of the units whose head or Chief of Office the caller is."""
        return self.env["qlvb.position"]._my_units("head", "chief_of_office")

    # -- asking ---------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._require_may_ask(vals.get("document_id"))
        return super().create(vals_list)

    @api.model
    def _add_missing_default_values(self, values):
        # A default that somebody planted, or a context, names no document either.
        values = super()._add_missing_default_values(values)
        if not self._passed_gate():
            self._require_may_ask(values.get("document_id"))
        return values

    @api.model
    def _require_may_ask(self, document_id):
        """Raise where the caller may not ask for a correction of this document.

        :raises AccessError: it is neither theirs to ask nor to see
        :raises UserError: it is a draft, or its contents are gone
        """
        if self._passed_gate() or not document_id:
            return
        self._checked_values({"document_id": document_id})
        document = self.env["qlvb.document"].browse(document_id)
        document.check_access("read")
        if document._actor_corrects() is None:
            raise AccessError(
                self.env._(
                    "A correction is asked for by a clerk or the head of %(unit)s, or "
                    "by the Chief of Office.",
                    unit=document.unit_id.name,
                )
            )
        if problem := document._unmet_correct():
            raise UserError(problem)

    def write(self, vals):
        if not self._passed_gate():
            self._require_draft()
            if "document_id" in vals:
                raise UserError(
                    self.env._("A request stays with its document. Write a new one.")
                )
        return super().write(vals)

    def _require_draft(self):
        """Raise where one of these is not the caller's own, or no draft any more.

        :raises AccessError: somebody else asks
        :raises UserError: it was submitted
        """
        for correction in self:
            if correction.sudo().asked_by_id != self.env.user and not self.env.su:
                raise AccessError(self.env._("Only who asks changes the request."))
            correction._lock_row()
            if correction.sudo().state != "draft":
                raise UserError(
                    self.env._(
                        "The request was submitted and stays as it is. If it is "
                        "wrong, ask for it to be refused and write a new one."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._require_draft()

    def copy_data(self, default=None):
        raise UserError(self.env._("Write a new request instead of a copy."))
