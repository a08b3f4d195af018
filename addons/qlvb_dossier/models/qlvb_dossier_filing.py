from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock

from ..lib.dossier_codes import automatic_code


class QlvbDossierFiling(models.AbstractModel):
    """The uniform form of a dossier: its kind, its entry in the year's list, its code.

    What was typed wins; else the entry, then the kind fill it in.  The code is the
    entry's; a dossier without an entry is added to the approved list, and where
    there is none it gets a code of its own.
    """

    _name = "qlvb.dossier.filing"
    _description = "Filing of a Dossier"
    _text_limits = {"language": 50}

    entry_id = fields.Many2one(
        "qlvb.dossier.entry",
        "Entry in the year's list",
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        domain="[('is_free', '=', True), ('list_state', '=', 'approved'),"
        " ('list_id.unit_id', '=', unit_id)]",
        help="Gives the dossier its code, title and retention. Empty: it is added to "
        "the list",
    )
    year = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Of the list it stands in"
    )
    language = fields.Char(default="Tiếng Việt")
    rights = fields.Selection(
        [("limited", "Restricted"), ("open", "Unrestricted")],
        "Use",
        required=True,
        default="limited",
        help="Who may use it once it is in the archive",
    )

    _entry_uniq = models.UniqueIndex(
        "(entry_id) WHERE entry_id IS NOT NULL",
        "A dossier was opened from this entry already. Choose another entry.",
    )
    _code_uniq = models.UniqueIndex(
        "(unit_id, year, code) WHERE code IS NOT NULL",
        "A dossier of this year bears this code already.",
    )

    # -- on the form ----------------------------------------------------------

    @api.onchange("entry_id")
    def _onchange_entry_id(self):
        if self.entry_id:
            self.name = self.entry_id.name
            self.retention = self.entry_id.retention

    @api.onchange("type_id")
    def _onchange_type_id(self):
        """Fill a new dossier in by its kind; what an earlier kind filled gives way."""
        kind = self.type_id
        if not kind or self._origin:
            return
        if not self.entry_id:
            self.retention = kind.retention
        kinds = self.env["qlvb.dossier.type"].with_context(active_test=False).search([])  # pylint: disable=no-search-all
        if not self.name or self.name in kinds.mapped("title"):
            self.name = kind.title
        calendar, today = self.unit_id._calendar(), clock.today()
        counted = {
            calendar.add_working_days(today, days) for days in set(kinds.mapped("days"))
        }
        if not self.deadline or self.deadline in counted:
            self.deadline = calendar.add_working_days(today, kind.days)

    # -- opening --------------------------------------------------------------

    @api.model
    def _filled_in(self, vals, unit):
        """Return the values of a new dossier with what entry and kind bring along.

        :param unit: which opens it
        :raises UserError: no dossier can be opened from the entry
        """
        # Defaults of a context, or planted as a user's own, count as given.
        vals = {**self.default_get(["deadline", "entry_id", "type_id"]), **vals}
        today = clock.today()
        entry = self.env["qlvb.dossier.entry"].browse(vals.get("entry_id") or ())
        if entry := entry.exists():
            entry.check_access("read")
            entry._require_open_for(unit, today.year)
            vals["name"] = vals.get("name") or entry.name
            vals.setdefault("retention", entry.retention)
        kind = self.env["qlvb.dossier.type"].browse(vals.get("type_id") or ()).exists()
        if kind:
            vals.setdefault("retention", kind.retention)
            vals["deadline"] = vals.get("deadline") or (
                unit._calendar().add_working_days(today, kind.days)
            )
        return vals

    @api.model_create_multi
    def create(self, vals_list):
        dossiers = super().create(vals_list)
        for dossier in dossiers:
            dossier._through_gate().write(
                {**dossier._prepare_code(), **dossier._prepare_term()}
            )
            if not dossier.task_ids:
                dossier.type_id._give_tasks(dossier)
        return dossiers

    def _prepare_code(self):
        """Return code and year, and where it stands in the list of the year."""
        year = self.entry_id.year or clock.to_local(self.date_open).year
        if self.entry_id:
            return {"code": self.entry_id.code, "year": year}
        if approved := self.env["qlvb.dossier.list"]._of(self.unit_id, year):
            entry = self.env["qlvb.dossier.entry"]._add_for(approved, self.sudo())
            return {"entry_id": entry.id, "code": entry.code, "year": year}
        number = self.env["qlvb.dossier.counter"].sudo()._next(self.unit_id, year)
        return {"code": automatic_code(year, number), "year": year}

    def _prepare_term(self):
        """Return from when the deadline is counted, where it is its kind's."""
        day = clock.to_local(self.date_open).date()
        if not self.type_id or self.deadline != self._limit_from(day):
            return self._term()
        return self._term(day, self._limit_days())

    # -- changing -------------------------------------------------------------

    def write(self, vals):
        if self._passed_gate():
            return super().write(vals)
        if "entry_id" in vals:
            for dossier in self:
                dossier._require_other_entry(vals["entry_id"])
        before = {dossier: dossier.sudo().entry_id for dossier in self}
        result = super().write(vals)
        for dossier in self:
            entry = dossier.sudo().entry_id
            if entry != before[dossier]:
                dossier._through_gate().write({"code": entry.code, "year": entry.year})
                before[dossier]._drop_automatic()
            elif entry.is_automatic and {"name", "retention"} & vals.keys():
                entry._by_system().write(
                    {"name": dossier.name, "retention": dossier.retention}
                )
            if {"deadline", "type_id"} & vals.keys():
                dossier._through_gate().write(dossier._prepare_term())
        return result

    def _require_other_entry(self, number):
        """Raise where the dossier cannot be put under another entry.

        :raises UserError: it would lose its entry, or the entry is not free
        """
        entry = self.env["qlvb.dossier.entry"].browse(number or ()).exists()
        if entry == self.entry_id:
            return
        if not entry:
            raise UserError(
                self.env._(
                    "A dossier keeps its place in the year's list. Choose another "
                    "entry instead of none."
                )
            )
        entry.check_access("read")
        entry._require_open_for(self.unit_id, self.year)

    def unlink(self):
        entries = self.sudo().entry_id
        result = super().unlink()
        entries._drop_automatic()
        return result
