from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from odoo.addons.qlvb_base.lib.symbols import fold

URGENCIES = [
    ("normal", "Normal"),
    ("urgent", "Urgent"),
    ("very_urgent", "Very urgent"),
    ("express", "Express"),
]


class QlvbDocumentType(models.Model):
    """A kind of document, with its abbreviation and its time limits.

    The 29 administrative kinds of Decree 30/2020 (Article 7) and the
    legislative kinds that a district receives.  Every official reads them.
    """

    _name = "qlvb.document.type"
    _description = "Kind of Document"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        "Abbreviation",
        help="As in the document symbol: TTr. Official letters have none",
    )
    is_legislative = fields.Boolean(
        "Legislative", help="Its number carries the year: 10/2014/QĐ-UBND"
    )
    is_letter = fields.Boolean(
        "Official letter", help="Bears no abbreviation of its kind: 15/UBND-VX"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    days_normal = fields.Integer("Working days, normal", required=True, default=10)
    days_urgent = fields.Integer("Working days, urgent", required=True, default=3)
    days_very_urgent = fields.Integer(
        "Working days, very urgent", required=True, default=2
    )
    days_express = fields.Integer("Working days, express", required=True, default=1)

    _days_positive = models.Constraint(
        "CHECK (LEAST(days_normal, days_urgent, days_very_urgent, days_express) >= 0"
        " AND GREATEST(days_normal, days_urgent, days_very_urgent, days_express)"
        " <= 365)",
        "A time limit lies between 0 and 365 working days.",
    )
    _name_uniq = models.UniqueIndex(
        "((name->>'en_US'), is_legislative)", "This kind of document exists already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        self.env.registry.clear_cache()
        return kinds

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def write(self, vals):
        if {"name", "code", "is_legislative"} & vals.keys() and not self.env.su:
            self._require_unused()
        result = super().write(vals)
        self.env.registry.clear_cache()
        self.env["qlvb.journal"]._log(
            "kind_changed", self, data={"fields": sorted(vals)}
        )
        return result

    def _require_unused(self):
        """Raise where documents of the kind exist: they would change their kind."""
        documents = self.env["qlvb.document"].sudo().with_context(active_test=False)
        for kind in self:
            if documents.search_count([("type_id", "=", kind.id)], limit=1):
                raise UserError(
                    self.env._(
                        "There are documents of the kind “%(kind)s” already. Archive "
                        "it and make a new one.",
                        kind=kind.name,
                    )
                )

    def _days_for(self, urgency):
        """Return the time limit in working days for an urgency."""
        return self[f"days_{urgency or 'normal'}"]

    def _same_symbol(self):
        """Return these kinds and the administrative ones of the same abbreviation.

        Their documents could bear the same number and symbol.
        """
        codes = {kind.code or False for kind in self if not kind.is_legislative}
        if not codes:
            return self
        fellows = self.with_context(active_test=False).search(
            [("is_legislative", "=", False), ("code", "in", list(codes))]
        )
        return self | fellows.with_env(self.env)

    # -- found by what a paper says -------------------------------------------

    @ormcache()
    def _known(self):
        """Return (folded abbreviation, folded name, legislative, id), kept in memory.

        Names in every installed language: a paper says "Tờ trình".
        """
        rows = []
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        kinds = self.sudo().search([])  # pylint: disable=no-search-all
        for kind in kinds:
            code = fold(kind.code or "")
            names = {fold(kind.with_context(lang=lang).name) for lang in languages}
            rows += [
                (code, name, kind.is_legislative, kind.id) for name in sorted(names)
            ]
        return tuple(rows)

    @api.model
    def _codes(self):
        """Return the folded abbreviations of the kinds in use."""
        return frozenset(code for code, *_rest in self._known() if code)

    @api.model
    def _of_symbol(self, symbol):
        """Return the kind that a symbol (``lib.entry.Symbol``) shows.

        One without a kind's abbreviation is an official letter's; a year in it is
        a legal normative document's.
        """
        if not symbol.number:
            return self.browse()
        fitting = [
            (bool(symbol.year) != legislative, number)
            for code, _name, legislative, number in self._known()
            if code == symbol.kind
        ]
        return self.browse(min(fitting)[1:] if fitting else ())

    @api.model
    def _of_name(self, name):
        """Return the kind of this name, however it is spelt; the first of several."""
        wanted = fold(" ".join(name.split()))
        found = [
            (legislative, number)
            for _code, known, legislative, number in self._known()
            if known == wanted
        ]
        return self.browse(min(found)[1:] if found else ())

    @api.model
    def _names(self):
        """Return the folded names of the kinds in use."""
        return frozenset(name for _code, name, *_rest in self._known())
