from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL


class QlvbSightMixin(models.AbstractModel):
    """What hangs on a protected record is known to those alone who see the record.

    Messages, notifications, followers, activities and files name the record they
    belong to by model and id.  Odoo shows them to authors, recipients and
    assignees whether or not these still see the record; the one rule of every
    such model, ``[("is_in_sight", "=", True)]``, asks the record's audience
    instead, in search, count and access check alike.

    A concrete model names its two columns in ``_sight_columns``.
    """

    _name = "qlvb.sight.mixin"
    _description = "Record that Hangs on another"

    _sight_columns = ("res_model", "res_id")

    is_in_sight = fields.Boolean(
        compute="_compute_is_in_sight",
        search="_search_is_in_sight",
        compute_sudo=False,
        export_string_translation=False,
    )

    @api.depends_context("uid")
    def _compute_is_in_sight(self):
        hidden = self._out_of_sight()
        for row in self:
            row.is_in_sight = row not in hidden

    def _search_is_in_sight(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.custom(
            to_sql=lambda model, alias, query: model._in_sight_sql(alias),
            predicate=lambda row: row.is_in_sight,
        )

    def _check_access(self, operation):
        # What was in sight a moment ago may be no longer.
        self.invalidate_recordset(["is_in_sight"], flush=False)
        return super()._check_access(operation)

    @api.model
    @tools.ormcache()
    def _guarded_names(self):
        """Return the names of the models whose records have an audience."""
        mixin = self.env.registry["qlvb.audience.mixin"]
        return tuple(
            name
            for name, model in sorted(self.env.registry.items())
            if issubclass(model, mixin) and not model._abstract
        )

    def _sight_target(self):
        """Return model and id of the record on which this row hangs."""
        self.ensure_one()
        model, res_id = self._sight_columns
        return self[model], self[res_id]

    def _guarded_target(self):
        """Return the protected record on which this row hangs, or ``None``.

        As superuser: for checks that hold whoever asks.
        """
        model, res_id = self.sudo()._sight_target()
        if res_id and model in self._guarded_names():
            return self.env[model].sudo().browse(res_id)
        return None

    def _out_of_sight(self):
        """Return those of the rows that hang on something the caller does not see.

        One query for each kind of protected record, however many rows.
        """
        if self.env.uid == SUPERUSER_ID:
            return self.browse()
        guarded = self._guarded_names()
        rows_of = defaultdict(lambda: defaultdict(list))
        # Superuser: which record a row hangs on is what decides.
        for row in self.sudo():
            model, res_id = row._sight_target()
            if res_id and model in guarded:
                rows_of[model][res_id].append(row.id)
        hidden = set()
        for model, rows in rows_of.items():
            seen = self.env[model]._seen_ids(rows)
            hidden.update(
                row_id
                for res_id, row_ids in rows.items()
                if res_id not in seen
                for row_id in row_ids
            )
        return self.filtered(lambda row: row.id in hidden)

    @api.model
    def _in_sight_sql(self, alias):
        """Return the SQL condition under which the caller knows of a row of ``alias``.

        One look-up by primary key a row; a join or a hashed sub-select would first
        collect everything that the caller sees.
        """
        model, res_id = (
            SQL.identifier(alias, name, to_flush=self._fields[name])
            for name in self._sight_columns
        )
        cases = [
            SQL(
                "WHEN %s THEN COALESCE((SELECT %s FROM %s seen WHERE seen.id = %s), "
                "FALSE)",
                name,
                self.env[name]._audience_sql("seen"),
                SQL.identifier(self.env[name]._table),
                res_id,
            )
            for name in self._guarded_names()
        ]
        if not cases:
            return SQL("TRUE")
        return SQL(
            "(COALESCE(%s, 0) = 0 OR CASE %s %s ELSE TRUE END)",
            res_id,
            model,
            SQL(" ").join(cases),
        )
