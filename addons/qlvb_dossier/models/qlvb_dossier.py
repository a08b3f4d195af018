from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.principals import (
    FIELD,
    HANDLING_DOSSIERS,
    UNIT,
    principal,
)

from .qlvb_dossier_contents import WORKED_ON

RETENTIONS = [
    ("permanent", "Permanent"),
    ("70", "70 years"),
    ("50", "50 years"),
    ("30", "30 years"),
    ("20", "20 years"),
    ("15", "15 years"),
    ("10", "10 years"),
    ("5", "5 years"),
    ("2", "2 years"),
]
"""How long a dossier is kept (Decree 30/2020, annex V)."""


class QlvbDossier(models.Model):
    """A work dossier: documents, materials and opinions on one matter (Article 6).

    Opened by the chairman or the Chief of Office on what an incoming document
    demands, worked on by who is responsible and who supports them, closed on its
    result.  Closed it can only be read; the database sees to that too.
    Who sees it is its ``audience``, and whoever sees it sees its documents.
    """

    _name = "qlvb.dossier"
    _description = "Work Dossier"
    _inherit = [
        "qlvb.dossier.contents",
        "qlvb.dossier.progress",
        "qlvb.dossier.frozen",
        "qlvb.dossier.filing",
        "qlvb.dossier.transfer",
        "qlvb.dossier.export",
        "qlvb.dossier.acts",
        "qlvb.dossier.board",
        "qlvb.dossier.desk",
        "qlvb.dossier.support",
        "qlvb.dossier.hands",
        "qlvb.matter.mixin",
        "qlvb.term.mixin",
        "qlvb.deadline.mixin",
        "qlvb.reading.mixin",
        "qlvb.thread.mixin",
        "qlvb.input.mixin",
    ]
    _order = "date_open desc, id desc"
    _rec_names_search = ["code", "name"]
    _parent_name = "parent_id"
    _order_field = "dossier_id"
    _waiting_states = ("draft", "assigned", "in_progress", "completed")
    _contents = frozenset(
        {"name", "instruction", "opinion_ids", "document_ids", "material_ids"}
    )
    _text_limits = {"name": 500, "code": 20, "instruction": 4000, "note": 500}

    code = fields.Char(
        "Number and symbol",
        readonly=True,
        copy=False,
        help="From the year's list of dossiers, such as 01.TCCB",
    )
    name = fields.Char("Title", required=True, index="trigram")
    type_id = fields.Many2one("qlvb.dossier.type", "Kind of dossier")
    unit_id = fields.Many2one(
        "qlvb.unit",
        "Opened by unit",
        required=True,
        index=True,
        default=lambda self: self._default_unit_id(),
    )
    field_id = fields.Many2one(
        "qlvb.work.field",
        "Field of work",
        domain="[('unit_id', '=', unit_id)]",
        help="Shows the dossier to the vice chairman who directs this field",
    )
    origin_document_id = fields.Many2one(
        "qlvb.document",
        "Opened on",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        help="The incoming document whose demand is worked on",
    )
    parent_id = fields.Many2one(
        "qlvb.dossier", "Part of", index="btree_not_null", ondelete="restrict"
    )
    child_ids = fields.One2many("qlvb.dossier", "parent_id", "Parts")
    instruction = fields.Text(help="What is to be done, on whose direction")
    retention = fields.Selection(RETENTIONS, "Kept for", default="10", required=True)
    note = fields.Char()
    opened_by_id = fields.Many2one(
        "res.users",
        "Opened by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    date_open = fields.Datetime(
        "Opened on the",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: clock.now(),
    )
    date_closed = fields.Datetime("Closed at", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", "Closed by", readonly=True, copy=False)
    closing_note = fields.Text("Word on closing", readonly=True, copy=False)
    reopened_at = fields.Datetime("Reopened at", readonly=True, copy=False)
    result_document_id = fields.Many2one(
        "qlvb.document",
        "Result: document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    result_opinion_id = fields.Many2one(
        "qlvb.opinion",
        "Result: opinion",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    assignment_ids = fields.One2many("qlvb.assignment", "dossier_id", "Assignments")
    decision_ids = fields.One2many(
        "qlvb.dossier.decision", "dossier_id", "Decisions", readonly=True
    )

    _audience_index = models.Index("USING gin (audience)")
    _open_index = models.Index("(deadline, id) WHERE state <> 'closed'")
    _state_index = models.Index("(state, date_open DESC, id DESC)")
    _opened_index = models.Index("(date_open DESC, id DESC)")

    # -- defaults and computes ------------------------------------------------

    @api.model
    def _default_unit_id(self):
        """Return the topmost unit where the caller opens dossiers."""
        mine = self.env["qlvb.position"]._my_units("chief_of_office", "head")
        units = self.env["qlvb.unit"].browse(mine)
        return units.filtered(lambda unit: unit == unit._top())[:1]

    @api.depends(
        "unit_id",
        "field_id",
        "assignment_ids.state",
        "assignment_ids.user_id",
        "assignment_ids.unit_id",
    )
    def _compute_audience(self):
        for dossier in self:
            owner = dossier.unit_id
            numbers = {
                principal(UNIT, owner.id),
                principal(HANDLING_DOSSIERS, owner.id),
            }
            if dossier.field_id.unit_id == owner:
                numbers.add(principal(FIELD, dossier.field_id.id))
            for order in dossier.assignment_ids:
                if order._gives_sight():
                    numbers |= order._holder_principals()
            dossier.audience = numbers

    @api.depends("code", "name")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        """Name a dossier by its title to who sees it, and to others by its code.

        Core names what a record points at as superuser: an order that somebody
        returned, or a part of it, would tell the title.
        """
        seen = self._seen_ids(self._origin.ids)
        for dossier in self:
            shown = self.env.uid == SUPERUSER_ID or dossier._origin.id in seen
            dossier.display_name = (
                " · ".join(filter(None, (dossier.code, dossier.name)))
                if shown or not dossier._origin
                else dossier._plain_name()
            )

    def _journal_name(self):
        """Name the dossier by its code: the journal never holds contents."""
        return self.code or str(self.id)

    def _limit_days(self):
        """Return how many working days its handling may take."""
        return self.type_id.days or 10

    def _limit_from(self, day):
        """Return the last day for handling, counted from ``day`` by kind."""
        return self.unit_id._calendar().add_working_days(day, self._limit_days())

    # -- opening, changing ----------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        dossiers = super().create([self._prepare_opening(vals) for vals in vals_list])
        for dossier in dossiers:
            dossier._log("opened", dossier._actor_opener())
            if dossier.origin_document_id:
                dossier.action_attach(dossier.origin_document_id.ids)
            dossier._follow_hands()
        dossiers.origin_document_id._follow_dossiers()
        return dossiers

    @api.model
    def _prepare_opening(self, vals):
        """Return the values of a new dossier, with what its kind brings along.

        :raises AccessError: the caller does not open dossiers there
        """
        vals = dict(vals)
        if "unit_id" not in vals:
            vals["unit_id"] = self._default_unit_id().id
        unit = self.env["qlvb.unit"].browse(vals["unit_id"] or ())
        if self.new({"unit_id": unit.id})._actor_opener() is None:
            raise AccessError(
                self.env._(
                    "Only the chairman or the Chief of Office opens a dossier "
                    "(Article 6)."
                )
            )
        return self._filled_in(vals, unit)

    def write(self, vals):
        if not self.env.su and not self._passed_gate():
            for dossier in self:
                dossier._check_may_change(vals)
        papers = (
            self.sudo().origin_document_id if "origin_document_id" in vals else None
        )
        result = super().write(vals)
        if papers is not None:
            for dossier in self.filtered("origin_document_id"):
                dossier.action_attach(dossier.origin_document_id.ids)
            (papers | self.sudo().origin_document_id)._follow_dossiers()
        changed = sorted(vals.keys() - self._gated_fields - WORKED_ON)
        if changed and not self._passed_gate():
            self.env["qlvb.journal"]._log(
                "dossier_changed", self, data={"fields": changed}
            )
        return result

    def _check_may_change(self, vals):
        """Raise where the caller may not change these fields of the dossier.

        :raises AccessError: it is not the caller's to change
        :raises UserError: it is closed
        """
        if vals.keys() <= WORKED_ON:
            return  # The gate of putting in and taking out decides.
        if self._actor_opener() is None:
            raise AccessError(
                self.env._(
                    "Only the chairman or the Chief of Office changes what a dossier "
                    "says of itself."
                )
            )
        if why := self.sudo()._only_read():
            raise UserError(why)
        if self.sudo().state == "completed" and "deadline" in vals:
            raise UserError(
                self.env._(
                    "The dossier is completed: the deadline against which it is "
                    "judged stays. Send it back first."
                )
            )

    def unlink(self):
        papers = self.sudo().origin_document_id
        result = super().unlink()
        papers._follow_dossiers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for dossier in self:
            if dossier.state != "draft" or dossier.sudo().assignment_ids:
                raise UserError(
                    self.env._(
                        "A dossier on which work was given is never deleted. Recall "
                        "the work, or have it completed and close it."
                    )
                )
            if dossier._actor_opener() is None:
                raise AccessError(
                    self.env._(
                        "Only the chairman or the Chief of Office deletes a dossier "
                        "that was opened by mistake."
                    )
                )
        self.env["qlvb.journal"]._log("dossier_deleted", self)

    @api.constrains("unit_id")
    def _check_unit_id(self):
        for dossier in self:
            if dossier.unit_id != dossier.unit_id._top():
                raise ValidationError(
                    self.env._(
                        "Dossiers are opened by the topmost unit: its head or the "
                        "Chief of Office (Article 6)."
                    )
                )

    @api.constrains("parent_id", "state")
    def _check_open_parent(self):
        # Superuser: that it is closed is told, and nothing else of it.
        for dossier in self.sudo().filtered(lambda one: one.state != "closed"):
            parent = dossier.parent_id
            if parent:
                parent._hold()
                parent.invalidate_recordset(["state"], flush=False)
            if parent.state == "closed":
                raise ValidationError(
                    self.env._(
                        "%(dossier)s, of which this is a part, is closed. Have that "
                        "reopened first.",
                        dossier=parent.with_env(self.env).display_name,
                    )
                )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "A dossier cannot be part of itself, nor of one of its own parts."
                )
            )
