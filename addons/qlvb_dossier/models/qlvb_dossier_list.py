from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.workflow import Workflow, act

from ..lib.dossier_codes import Heading, number_entries, places, symbols, write_code
from ..lib.freeze_list import LIST_SQL


class QlvbDossierList(models.Model):
    """The year's list of dossiers (danh mục hồ sơ, Decree 30/2020, Article 28).

    Drafted by the clerk or the Chief of Office of the topmost unit, approved by its
    head alone.  Approved it stays as it is, but for additions, which are marked;
    the database sees to that too.  Planned entries are read by every official, what
    was added for a dossier by those who see that dossier.
    """

    _name = "qlvb.dossier.list"
    _description = "List of Dossiers"
    _inherit = ["qlvb.filed.mixin", "qlvb.workflow.mixin", "qlvb.input.mixin"]
    _order = "year desc, unit_id, id"
    _text_limits = {"decision": 200}
    _gated_fields = frozenset({"state", "approved_by_id", "approved_at"})
    _workflow = Workflow(
        ("draft", "approved"),
        [
            act("edit", "draft", None, "_actor_filer", inner=True),
            act("approve", "draft", "approved", "_actor_head", "_unmet_approve"),
            act("add", "approved", None, "_actor_filer", inner=True),
            act("continue", "draft approved", None, "_actor_filer"),
        ],
    )

    unit_id = fields.Many2one(
        "qlvb.unit",
        required=True,
        index=True,
        default=lambda self: self._default_unit_id(),
    )
    year = fields.Integer(
        required=True, aggregator=None, default=lambda self: clock.today().year
    )
    numbering = fields.Selection(
        [
            ("whole", "Over the whole list"),
            ("heading", "Anew for each symbol of a heading"),
        ],
        "Numbers run",
        required=True,
        default="whole",
    )
    decision = fields.Char(
        "Issued with", help="Number and day of the decision that issues the list"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False
    )
    approved_at = fields.Datetime("Approved at", readonly=True, copy=False)
    heading_ids = fields.One2many("qlvb.dossier.heading", "list_id", "Headings")
    entry_ids = fields.One2many("qlvb.dossier.entry", "list_id", "Entries")
    entry_count = fields.Integer("Dossiers", compute="_compute_counts")
    permanent_count = fields.Integer("Permanent", compute="_compute_counts")
    limited_count = fields.Integer("For a limited time", compute="_compute_counts")
    opened_count = fields.Integer("Already opened", compute="_compute_counts")
    can_edit = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_approve = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_add = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_continue = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )

    _year_uniq = models.UniqueIndex(
        "(unit_id, year)", "The list of dossiers of this year exists already."
    )
    _year_range = models.Constraint(
        "CHECK (year BETWEEN 1945 AND 2100)", "Enter the year in four figures."
    )

    # -- defaults and computes ------------------------------------------------

    @api.model
    def _default_unit_id(self):
        """Return the topmost unit of which the caller is clerk or Chief of Office."""
        mine = self.env["qlvb.position"]._my_units("clerk", "chief_of_office")
        units = self.env["qlvb.unit"].browse(mine)
        return units.filtered(lambda unit: unit == unit._top())[:1]

    @api.depends("year", "unit_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "List of dossiers %(year)s (%(unit)s)",
                year=one.year,
                unit=one.unit_id.symbol or "",
            )

    @api.depends("entry_ids.retention", "entry_ids.dossier_ids")
    @api.depends_context("uid")
    def _compute_counts(self):
        """Count the entries that the reader sees."""
        groups = self.env["qlvb.dossier.entry"]._read_group(
            [("list_id", "in", self.ids)], ["list_id", "retention"], ["__count"]
        )
        opened = self.env["qlvb.dossier.entry"]._read_group(
            [("list_id", "in", self.ids), ("is_free", "=", False)],
            ["list_id"],
            ["__count"],
        )
        counts = {(one, kept): count for one, kept, count in groups}
        used = dict(opened)
        for one in self:
            own = {kept: n for (each, kept), n in counts.items() if each == one._origin}
            one.entry_count = sum(own.values())
            one.permanent_count = own.get("permanent", 0)
            one.limited_count = one.entry_count - one.permanent_count
            one.opened_count = used.get(one._origin, 0)

    @api.constrains("unit_id")
    def _check_unit_id(self):
        for one in self:
            if one.unit_id != one.unit_id._top():
                raise ValidationError(
                    self.env._(
                        "The list of dossiers is kept by the topmost unit, which "
                        "opens them."
                    )
                )

    # -- who ------------------------------------------------------------------

    def _actor_head(self):
        """Return the caller as the unit's head in person, or ``None``."""
        return self.unit_id._actor_holding("head")

    @api.model
    def _act_labels(self):
        return {
            "edit": self.env._("Change the list of dossiers"),
            "approve": self.env._("Approve the list of dossiers"),
            "add": self.env._("Add to the approved list"),
            "continue": self.env._("Draft the next year's list"),
        }

    # -- drafting -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Defaults of a context, or planted as a user's own, count as given.
            number = {**self.default_get(["unit_id"]), **vals}.get("unit_id")
            if not self.env.su and not self.new({"unit_id": number})._actor_filer():
                raise AccessError(
                    self.env._(
                        "The list of dossiers is drafted by the clerk or the Chief of "
                        "Office of the committee."
                    )
                )
        lists = super().create(vals_list)
        lists._renumber()
        return lists

    def write(self, vals):
        if not self.env.su and not self._passed_gate():
            for one in self:
                # What is added to an approved list is judged entry by entry.
                added = one.state == "approved" and vals.keys() <= {
                    "entry_ids",
                    "heading_ids",
                }
                one._gate("add" if added else "edit")
            if {"unit_id", "year"} & vals.keys() and self.entry_ids.dossier_ids:
                raise UserError(
                    self.env._("Dossiers were opened from this list already.")
                )
        result = super().write(vals)
        if {"numbering", "unit_id"} & vals.keys():
            self._renumber()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        for one in self:
            one._gate("edit")

    def _renumber(self):
        """Give the entries of drafts their codes anew, in the order of the list."""
        for one in self.sudo().filtered(lambda one: one.state == "draft"):
            known = number_entries(
                one._headings(),
                [
                    (entry.id, entry.heading_id.id or 0)
                    for entry in one.entry_ids.sorted(lambda e: (e.sequence, e.id))
                ],
                one.unit_id.symbol,
                one.numbering == "heading",
            )
            wanted = {
                number: {"number": place, "code": code, "sequence": order * 10}
                for order, (number, (place, code)) in enumerate(known.items(), 1)
            }
            changed = one.entry_ids.filtered(
                lambda entry: any(
                    entry[name] != value
                    for name, value in wanted[entry.id].items()  # noqa: B023
                )
            )
            # Two that change places may not meet.
            changed._by_system().write({"code": False})
            changed.flush_recordset(["code"])
            for entry in changed:
                entry._by_system().write(wanted[entry.id])

    def _headings(self):
        return [
            Heading(heading.id, heading.level == "large", heading.symbol or "")
            for heading in self.heading_ids.sorted(lambda h: (h.sequence, h.id))
        ]

    def _places(self):
        """Return what stands before each heading, by its id."""
        return places(self._headings())

    # -- approving ------------------------------------------------------------

    def _unmet_approve(self, actor):
        problems = []
        if not self.entry_ids:
            problems.append(self.env._("The list has no entries yet."))
        long = self.entry_ids.filtered(lambda entry: len(entry.code or "") > 20)
        if long:
            problems.append(
                self.env._(
                    "%(code)s is too long: a code has at most 20 characters. Shorten "
                    "the symbol of its heading.",
                    code=long[0].code,
                )
            )
        return problems

    def action_approve(self):
        """Approve the year's list; from then on it is only added to.

        :raises AccessError: the caller is not the head of the unit
        :raises UserError: it is approved already, or without entries
        """
        for one in self:
            actor = one._gate("approve")
            one._renumber()
            one._transit(
                "approve",
                {"approved_by_id": actor.user.id, "approved_at": clock.now()},
            )
            one._log("approved", actor, rows=len(one.sudo().entry_ids))
        return True

    def action_continue(self):
        """Draft the next year's list from this one.

        Headings and entries are taken over, with what was added by hand; what was
        added for single dossiers is not.

        :return: the form of the new list
        :raises AccessError: the caller is neither clerk nor Chief of Office there
        :raises UserError: the next year has its list already
        """
        self._require_one()
        actor = self._gate("continue")
        year = self.year + 1
        if self.search([("unit_id", "=", self.unit_id.id), ("year", "=", year)]):
            raise UserError(
                self.env._("The list of dossiers of %(year)s exists.", year=year)
            )
        fresh = self.create(
            {"unit_id": self.unit_id.id, "year": year, "numbering": self.numbering}
        )
        headings = {self.env["qlvb.dossier.heading"]: self.heading_ids.browse()}
        for heading in self.heading_ids.sorted(lambda h: (h.sequence, h.id)):
            headings[heading] = heading.copy({"list_id": fresh.id})
        entries = self.entry_ids.filtered(lambda entry: not entry.is_automatic)
        entries.create(
            [
                {
                    "list_id": fresh.id,
                    "heading_id": headings[entry.heading_id].id,
                    "sequence": entry.sequence,
                    "name": entry.name,
                    "retention": entry.retention,
                    "maker_unit_id": entry.maker_unit_id.id,
                    "maker_id": entry.maker_id.filtered("active").id,
                    "note": entry.note,
                }
                for entry in entries
            ]
        )
        fresh._log("continued", actor, rows=len(entries))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": fresh.id,
            "views": [(False, "form")],
        }

    def _log(self, event, actor, **data):
        self.env["qlvb.journal"]._log(
            f"dossier_list_{event}", self, unit=actor.unit, data=data or None
        )

    def action_print(self):
        """Print the list (the download route decides on rights)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/print/dossier-list/{self.id}",
            "target": "new",
        }

    def action_open_entries(self):
        """Show the entries of the list by heading."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_dossier.qlvb_dossier_entry_action"
        )
        action["domain"] = [("list_id", "=", self.id)]
        action["context"] = {"default_list_id": self.id}
        return action

    # -- additions ------------------------------------------------------------

    @api.model
    def _of(self, unit, year):
        """Return the approved list of a unit's year."""
        # Superuser: that there is a list is no secret.
        return self.sudo().search(
            [
                ("unit_id", "=", unit.id),
                ("year", "=", year),
                ("state", "=", "approved"),
            ]
        )

    def _next_sequence(self):
        """Return where an addition stands: behind all others."""
        return max(self.sudo().entry_ids.mapped("sequence"), default=0) + 10

    def _next_code(self, heading=None):
        """Return number and code of an addition.

        The list's row is written: of two additions at once the second begins
        again with what the first has left.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "UPDATE qlvb_dossier_list SET write_date = write_date WHERE id = %s",
                self.id,
            )
        )
        one = self.sudo()
        symbol = one.unit_id.symbol
        if heading:
            symbol = symbols(one._headings(), symbol)[heading.id]
        entries = one.entry_ids
        if one.numbering == "heading":
            entries = entries.filtered(
                lambda entry: (entry.code or "").endswith(f".{symbol}")
            )
        number = max(entries.mapped("number"), default=0) + 1
        return number, write_code(number, symbol)

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(LIST_SQL)
        return result
