from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..lib.freeze_list import ENTRY_SQL
from .qlvb_dossier import RETENTIONS

_SYSTEM = object()
"""Proof that the system itself numbers or adds: no RPC context can carry it."""


class QlvbDossierEntry(models.Model):
    """An entry of the year's list: a dossier that is to be made, and by whom.

    One entry is one dossier.  Its code follows from its place in the list; once the
    list is approved it is fixed, and what comes after it is an addition.
    """

    _name = "qlvb.dossier.entry"
    _description = "Entry of a List of Dossiers"
    _inherit = ["qlvb.input.mixin"]
    _order = "list_id desc, sequence, id"
    _rec_names_search = ["code", "name"]
    _text_limits = {"name": 500, "note": 500}
    _by_system_alone = frozenset({"number", "code", "is_addition", "is_automatic"})

    list_id = fields.Many2one(
        "qlvb.dossier.list", required=True, index=True, ondelete="cascade"
    )
    year = fields.Integer(related="list_id.year", aggregator=None)
    list_state = fields.Selection(related="list_id.state", string="State of the list")
    heading_id = fields.Many2one(
        "qlvb.dossier.heading",
        domain="[('list_id', '=', list_id)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    sequence = fields.Integer(default=10)
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    code = fields.Char("Number and symbol", readonly=True, copy=False)
    name = fields.Char("Title of the dossier", required=True, index="trigram")
    retention = fields.Selection(RETENTIONS, "Kept for", default="10", required=True)
    maker_unit_id = fields.Many2one("qlvb.unit", "Made by unit")
    maker_id = fields.Many2one("res.users", "Made by")
    maker_text = fields.Char("Maker", compute="_compute_maker_text")
    note = fields.Char()
    is_addition = fields.Boolean("Addition", readonly=True, copy=False)
    is_automatic = fields.Boolean("Added for a dossier", readonly=True, copy=False)
    dossier_ids = fields.One2many("qlvb.dossier", "entry_id", "Dossiers opened")
    dossier_id = fields.Many2one(
        "qlvb.dossier", "Opened dossier", compute="_compute_dossier_id"
    )
    is_free = fields.Boolean(
        "Not opened yet", compute="_compute_is_free", search="_search_is_free"
    )

    _code_uniq = models.UniqueIndex(
        "(list_id, code) WHERE code IS NOT NULL",
        "This code stands in the list already.",
    )

    # -- computes -------------------------------------------------------------

    @api.depends("code", "name")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = " · ".join(filter(None, (entry.code, entry.name)))

    @api.depends("maker_id", "maker_unit_id")
    def _compute_maker_text(self):
        for entry in self:
            person = entry.maker_id.sudo().name
            unit = entry.maker_unit_id.name
            entry.maker_text = ", ".join(filter(None, (person, unit)))

    @api.depends("dossier_ids")
    @api.depends_context("uid")
    def _compute_dossier_id(self):
        """Point at the dossier, for those who see it."""
        for entry in self:
            entry.dossier_id = entry.dossier_ids._filtered_access("read")[:1]

    @api.depends("dossier_ids")
    def _compute_is_free(self):
        # Superuser: whether an entry is taken is told to all who see the entry.
        taken = (
            self.env["qlvb.dossier"]
            .sudo()
            ._read_group([("entry_id", "in", self.ids)], ["entry_id"])
        )
        used = {entry.id for (entry,) in taken}
        for entry in self:
            entry.is_free = entry._origin.id not in used

    def _search_is_free(self, operator, value):
        if operator != "in" or len(set(value)) != 1:
            return NotImplemented
        taken = self.env["qlvb.dossier"].sudo()._search([("entry_id", "!=", False)])
        return Domain(
            "id", "not in" if True in value else "in", taken.subselect("entry_id")
        )

    @api.constrains("heading_id", "list_id")
    def _check_heading_id(self):
        for entry in self:
            if entry.heading_id and entry.heading_id.list_id != entry.list_id:
                raise ValidationError(
                    self.env._("Choose a heading of the same list of dossiers.")
                )

    # -- drafting and adding --------------------------------------------------

    def _by_system(self):
        """Return the entries as the system numbers and adds them."""
        return self.sudo().with_context(qlvb_listed=_SYSTEM)

    def _is_by_system(self):
        return self.env.context.get("qlvb_listed") is _SYSTEM

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if not self._is_by_system():
            for name in self._by_system_alone:
                defaults.pop(name, None)
        return defaults

    def _journal_name(self):
        """Name it by its code: titles are about the matter and stand in no journal."""
        return self.code or str(self.id)

    @api.model_create_multi
    def create(self, vals_list):
        """Add entries; those of an approved list are additions, numbered at once."""
        entries = self.browse()
        for given in vals_list:
            # Defaults of a context, or planted as a user's own, count as given.
            vals = {**self.default_get(["list_id", "heading_id"]), **given}
            one = self.env["qlvb.dossier.list"].browse(vals.get("list_id") or ())
            one = one.exists()
            if one and not self._is_by_system():
                self._refuse_system_values(vals)
                approved = one.sudo().state == "approved"
                if not self.env.su:
                    one._gate("add" if approved else "edit")
                if approved:
                    heading = self.env["qlvb.dossier.heading"].browse(
                        vals.get("heading_id") or ()
                    )
                    number, code = one._next_code(heading.exists())
                    vals = {
                        **vals,
                        "is_addition": True,
                        "number": number,
                        "code": code,
                        "sequence": one._next_sequence(),
                    }
            entry = super().create([vals])
            if entry.is_addition:
                self.env["qlvb.journal"]._log("dossier_entry_added", entry)
            entries |= entry
        if not self._is_by_system():
            entries.list_id._renumber()
        return entries

    def write(self, vals):
        if self._is_by_system():
            return super().write(vals)
        self._refuse_system_values(vals)
        if not self.env.su:
            for one in self.list_id:
                one._gate("edit")
        result = super().write(vals)
        if not self.env.su:
            for one in self.list_id:
                one._gate("edit")
        self.list_id._renumber()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if not self._is_by_system() and not self.env.su:
            for one in self.list_id:
                one._gate("edit")
        if taken := self.filtered(lambda entry: not entry.is_free):
            raise UserError(
                self.env._(
                    "A dossier was opened from %(entry)s: it stays in the list.",
                    entry=taken[0].code,
                )
            )

    def unlink(self):
        lists = self.list_id
        result = super().unlink()
        lists.exists()._renumber()
        return result

    @api.model
    def _refuse_system_values(self, vals):
        if self._by_system_alone & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("Codes follow from the place in the list of dossiers.")
            )

    # -- opening from it ------------------------------------------------------

    def _require_open_for(self, unit, year):
        """Raise where no dossier of the unit can be opened from the entry.

        :raises UserError: naming why, and what to do
        """
        self.ensure_one()
        one = self.sudo().list_id
        if one.unit_id != unit or one.year != year:
            raise UserError(
                self.env._(
                    "%(entry)s stands in another list. Choose an entry of the list of "
                    "%(year)s of %(unit)s.",
                    entry=self.display_name,
                    year=year,
                    unit=unit.name,
                )
            )
        if one.state != "approved":
            raise UserError(
                self.env._(
                    "The list of dossiers of %(year)s is not approved yet. Have the "
                    "head approve it, or open the dossier without an entry.",
                    year=year,
                )
            )
        if not self.is_free:
            raise UserError(
                self.env._(
                    "A dossier was opened from %(entry)s already. Choose another "
                    "entry.",
                    entry=self.display_name,
                )
            )

    @api.model
    def _add_for(self, one, dossier):
        """Add a dossier that is on no entry to the approved list.

        :return: the new entry
        """
        number, code = one._next_code()
        return self._by_system().create(
            {
                "list_id": one.id,
                "number": number,
                "code": code,
                "name": dossier.name,
                "retention": dossier.retention,
                "is_addition": True,
                "is_automatic": True,
                "sequence": one._next_sequence(),
            }
        )

    def _drop_automatic(self):
        """Take what was added for single dossiers out again: they are elsewhere now."""
        gone = self.exists().filtered("is_automatic")
        gone.filtered("is_free")._by_system().unlink()

    def action_open_dossier(self):
        """Open the dossier of the entry, or begin it.

        :return: a form; its own rules decide what the caller may do there
        """
        self.ensure_one()
        self.check_access("read")
        action = {
            "type": "ir.actions.act_window",
            "res_model": "qlvb.dossier",
            "views": [(False, "form")],
        }
        if self.dossier_id:
            return {**action, "res_id": self.dossier_id.id}
        self._require_open_for(self.list_id.unit_id, self.list_id.year)
        return {
            **action,
            "context": {
                "default_entry_id": self.id,
                "default_name": self.name,
                "default_retention": self.retention,
            },
        }

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(ENTRY_SQL)
        return result
