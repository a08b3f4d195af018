from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock

from ..lib.freeze_rows import append_only

COMMON = "all"
"""The group of the one series that holds what has no series of its own."""


class QlvbSeries(models.Model):
    """A head's decision that kinds of document are numbered by themselves.

    Legislative kinds have a series each, by law (Decree 30/2020, Article 15);
    administrative kinds share one, unless the head of the unit decides that some
    stand in a series of their own, or go back into the common one.  A decision
    holds from a year on in which none of these kinds has been issued, so that no
    number and symbol can occur twice.  Decisions are added and never changed;
    every official reads them.
    """

    _name = "qlvb.series"
    _description = "Series of Numbers"
    _inherit = ["qlvb.input.mixin"]
    _order = "year_from desc, id desc"
    _text_limits = {"name": 60, "decision": 500}

    unit_id = fields.Many2one("qlvb.unit", required=True, readonly=True, index=True)
    name = fields.Char("Series", required=True, readonly=True)
    type_ids = fields.Many2many(
        "qlvb.document.type", string="Kinds", required=True, readonly=True
    )
    year_from = fields.Integer(
        "From the year", required=True, readonly=True, aggregator=None
    )
    is_common = fields.Boolean(
        "Common series", readonly=True, help="Back into the series that all kinds share"
    )
    decision = fields.Char(required=True, readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", required=True, readonly=True
    )
    date = fields.Datetime("Day of the decision", required=True, readonly=True)

    # -- which series ---------------------------------------------------------

    @api.model
    def _group_of(self, unit, kind, year):
        """Return the group of the register in which such a document is numbered.

        Kinds of one abbreviation are never apart.  Whoever is told a group keeps
        it until the end of the transaction: a decision of the head waits.

        :param unit: the issuing unit
        :param kind: a ``qlvb.document.type``
        :param year: of the document's date
        :return: a value for ``qlvb.register._find_or_open``
        """
        if kind.is_legislative:
            return f"legislative-{kind.id}"
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock_shared(%s, %s)", *self._lock_key(unit))
        )
        # Superuser: which series there are is open to all.
        decision = self.sudo().search(
            [
                ("unit_id", "=", unit.id),
                ("year_from", "<=", year),
                ("type_ids", "in", kind._same_symbol().ids),
            ],
            limit=1,
        )
        return decision._group()

    def _group(self):
        """Return the group to which the decision leads; the common one for none."""
        return f"series-{self.id}" if self and not self.is_common else COMMON

    @api.model
    def _group_name(self, group):
        """Return what a group's series is called."""
        origin, _dash, number = group.partition("-")
        if origin == "legislative":
            return self.env["qlvb.document.type"].browse(int(number)).name
        if origin == "series":
            return self.browse(int(number)).name
        return self.env._("All kinds")

    @api.model
    def _lock_key(self, unit):
        # The table's own number, which no other advisory lock of ours uses.
        return (self.env["ir.model"]._get_id(self._name), unit.id)

    # -- the decision ---------------------------------------------------------

    @api.model
    def action_decide(self, unit_id, kind_ids, year_from, decision, name=None):
        """Decide that kinds are numbered by themselves from a year on (Art. 15).

        Kinds that bear the same abbreviation are taken along.

        :param unit_id: a unit whose head the caller is
        :param kind_ids: ids of administrative kinds
        :param year_from: this year or the next
        :param decision: a few words: number and day of the paper, or why
        :param name: what the series is called; empty: back into the common one
        :return: id of the new ``qlvb.series``
        :raises AccessError: the caller is not the head of the unit
        :raises UserError: a legislative kind, no kinds, another year, or one of the
            kinds was issued in that year already
        """
        decision = self._clean_argument(self.env._("Decision"), decision, limit=500)
        name = self._clean_argument(
            self.env._("Series"), name, limit=60, required=False
        )
        with self.env["qlvb.register"]._fresh_transaction() as env:
            return (
                self.with_env(env)
                ._decide(unit_id, kind_ids, year_from, decision, name)
                .id
            )

    @api.model
    def _decide(self, unit_id, kind_ids, year_from, decision, name):
        """Decide inside a fresh transaction: whoever issues meanwhile is waited for."""
        unit = self.env["qlvb.unit"].search([("id", "=", self._read_id(unit_id))])
        actor = unit and unit._actor_holding("head")
        if not actor:
            raise AccessError(
                self.env._("Only the head of a unit decides on its series of numbers.")
            )
        known = isinstance(kind_ids, list | tuple) and all(
            type(number) is int for number in kind_ids
        )
        kinds = self.env["qlvb.document.type"].search(
            [("id", "in", list(kind_ids) if known else [])]
        )
        kinds = kinds._same_symbol()
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(%s, %s)", *self._lock_key(unit))
        )
        if problems := self._unmet_decide(unit, kinds, year_from, name):
            raise UserError("\n".join(problems))
        series = self.sudo().create(
            {
                "unit_id": unit.id,
                "name": name or self._group_name(COMMON),
                "type_ids": kinds.ids,
                "year_from": year_from,
                "is_common": not name,
                "decision": decision,
                "decided_by_id": actor.user.id,
                "date": clock.now(),
            }
        )
        self.env["qlvb.journal"]._log(
            "series_decided", series, unit=unit, data={"year_from": year_from}
        )
        return series

    @api.model
    def _unmet_decide(self, unit, kinds, year_from, name):
        """Return what stands against a decision on the series of these kinds."""
        year = clock.today().year
        if not kinds:
            return [self.env._("Choose at least one kind of document.")]
        if legislative := kinds.filtered("is_legislative"):
            return [
                self.env._(
                    "Each legislative kind has a series of its own by law: %(kinds)s. "
                    "Choose administrative kinds only.",
                    kinds=", ".join(legislative.mapped("name")),
                )
            ]
        if year_from not in (year, year + 1):
            return [
                self.env._(
                    "A series begins with %(this)s or %(next)s.",
                    this=year,
                    next=year + 1,
                )
            ]
        problems = []
        paper = self._on_paper(unit, kinds, year_from)
        if paper:
            problems.append(
                self.env._(
                    "%(register)s began with number %(number)s, so that some of these "
                    "kinds may have been issued on paper in %(year)s. Let the series "
                    "begin with the next year.",
                    register=paper[0].display_name,
                    number=paper[0].opening_number,
                    year=year_from,
                )
            )
        if issued := self._issued(unit, kinds, year_from):
            problems.append(
                self.env._(
                    "Of these kinds something was issued in %(year)s already: "
                    "%(kinds)s. Let the series begin with the next year.",
                    year=year_from,
                    kinds=", ".join(issued.mapped("name")),
                )
            )
        return problems

    @api.model
    def _on_paper(self, unit, kinds, year):
        """Return the registers of the kinds that began with a paper book's number."""
        groups = {self._group_of(unit, kind, year) for kind in kinds}
        return (
            self.env["qlvb.register"]
            .sudo()
            .search(
                [
                    ("unit_id", "=", unit.id),
                    ("direction", "=", "out"),
                    ("year", "=", year),
                    ("type_group", "in", list(groups)),
                    ("opening_number", ">", 1),
                ]
            )
        )

    @api.model
    def _issued(self, unit, kinds, year):
        """Return those of the kinds that the unit issued in a year or later."""
        # Superuser: the head decides on what the unit issued, seen or not.
        groups = (
            self.env["qlvb.document"]
            .sudo()
            ._read_group(
                [
                    ("direction", "=", "out"),
                    ("unit_id", "=", unit.id),
                    ("type_id", "in", kinds.ids),
                    ("number", ">", 0),
                    ("register_id.year", ">=", year),
                ],
                ["type_id"],
            )
        )
        return kinds.browse([kind.id for (kind,) in groups])

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(append_only(self._table))
        return result
