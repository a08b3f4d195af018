from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# So many records are looked up one by one in the journal.
_FEW_RECORDS = 500


class QlvbJournalSight(models.AbstractModel):
    """Who reads which row of the journal.

    A person reads the acts on protected records that they see, and their own on
    whatever is not protected; what was done on their behalf is theirs to know,
    though they may see the record no longer: a row names it and holds no contents.
    The Chief of Office, the chairman and the technical administrator read all of
    what is not protected.  Who refused a paper under Article 3 is for the Chief of
    Office and the chairman to know, too.
    """

    _name = "qlvb.journal.sight"
    _description = "Sight of the Journal"

    is_visible = fields.Boolean(
        compute="_compute_is_visible",
        search="_search_is_visible",
        compute_sudo=False,
        export_string_translation=False,
    )

    @api.depends_context("uid")
    def _compute_is_visible(self):
        seen = set()
        if self.ids:
            rows = self.env.execute_query(
                SQL(
                    "SELECT j.id FROM qlvb_journal j WHERE j.id IN %s AND %s",
                    tuple(self.ids),
                    self._visible_sql("j"),
                )
            )
            seen = {row_id for (row_id,) in rows}
        for entry in self:
            entry.is_visible = entry.id in seen

    def _search_is_visible(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.custom(
            to_sql=lambda model, alias, query: model._visible_sql(alias, walk=True),
            predicate=lambda entry: entry.is_visible,
        )

    @api.model
    def _visible_sql(self, alias, walk=False):
        """Return the SQL condition under which the caller reads a row of ``alias``.

        :param walk: rows are looked for, and not only some known ones judged
        """
        model_column = SQL.identifier(alias, "res_model")
        id_column = SQL.identifier(alias, "res_id")
        protected = self._protected_models()
        names = [model._name for model in protected]
        few = self._few_seen(protected) if walk else {}
        in_sight = [
            SQL(
                "%s = %s AND %s",
                model_column,
                model._name,
                self._on_visible_sql(id_column, model, few.get(model._name)),
            )
            for model in protected
        ]
        # IS NOT TRUE: rows without a model (a log-in) are unprotected as well.
        unprotected = SQL("(%s = ANY(%s)) IS NOT TRUE", model_column, names)
        # A refused paper left no record: who refused it and who oversees may know.
        nameless = SQL("%s IS NULL", id_column)
        own = SQL("%s = %s", SQL.identifier(alias, "user_id"), self.env.uid)
        if self.env["qlvb.position"]._oversees():
            conditions = [unprotected, nameless, *in_sight]
        else:
            conditions = [
                SQL("%s AND (%s OR %s)", own, unprotected, nameless),
                *in_sight,
            ]
        behalf = SQL.identifier(alias, "on_behalf_of_id")
        conditions.append(SQL("%s = %s", behalf, self.env.uid))
        if self.env.user.has_group("qlvb_base.group_qlvb_administrator"):
            conditions.append(unprotected)
        return SQL("(%s)", SQL(" OR ").join(conditions))

    @api.model
    def _few_seen(self, models):
        """Return ids of the records that the caller sees, by model, where few are seen.

        In one query, however many models there are.
        """
        if not models:
            return {}
        looks = [
            SQL(
                "(SELECT %s, seen.id FROM %s seen WHERE %s LIMIT %s)",
                model._name,
                SQL.identifier(model._table),
                model._audience_sql("seen"),
                _FEW_RECORDS + 1,
            )
            for model in models
        ]
        few = {model._name: [] for model in models}
        for name, row_id in self.env.execute_query(SQL(" UNION ALL ").join(looks)):
            few[name].append(row_id)
        return {name: ids for name, ids in few.items() if len(ids) <= _FEW_RECORDS}

    @api.model
    def _on_visible_sql(self, column, model, few):
        """Return the SQL condition under which the caller sees the record of a row.

        Whoever sees few records finds their rows by the records' ids; the others
        meet rows of theirs soon enough on the way.  Either is decided here: the
        planner would gather all that a person sees to judge a single row.

        :param few: the ids, where they are few; ``None`` where that is not known
        """
        if few is not None:
            return SQL("%s = ANY(%s)", column, few) if few else SQL("FALSE")
        # OFFSET 0 keeps the planner from turning it into the gathering of all.
        return SQL(
            "EXISTS (SELECT FROM %s seen WHERE %s AND seen.id = %s OFFSET 0)",
            SQL.identifier(model._table),
            model._audience_sql("seen"),
            column,
        )

    @api.model
    def _protected_models(self):
        """Return the models whose records have an audience, in a fixed order."""
        names = self.env["qlvb.sight.mixin"]._guarded_names()
        return [self.env[name] for name in names]
