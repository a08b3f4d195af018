import json
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import IntArray
from ..lib import clock

_ONE_READING = timedelta(minutes=10)
# Elements of audiences that the database keeps in mind: ten times as many.
_STATISTICS = 500
# As far as the web client's own lists count.
_MOST_CARDS = 10_000
_BOARD = object()


class QlvbAudienceMixin(models.AbstractModel):
    """What a protected record shares with every other: its audience.

    ``audience`` names the principals through which the record may be seen; the
    concrete model computes it from its own owners and assignments, which stay
    the truth.  The one rule of such a model is ``[("is_visible", "=", True)]``.
    Search and access check use the very same definition, and neither depends
    on a cached domain, so a new post or delegation and its end count at once.
    """

    _name = "qlvb.audience.mixin"
    _description = "Record with an Audience"

    audience = IntArray(
        compute="_compute_audience",
        store=True,
        precompute=True,
        compute_sudo=True,
        copy=False,
        groups=".",  # nobody, over any door: it names who may see what
    )
    is_visible = fields.Boolean(
        compute="_compute_is_visible",
        search="_search_is_visible",
        compute_sudo=False,
        export_string_translation=False,
    )

    def init(self):
        super().init()
        if self._abstract:
            return
        # Few records are seen by most people, and the planner must know how few:
        # taking a rare principal for a usual one it would walk all records by
        # date to find the three that somebody sees.
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %s ALTER COLUMN audience SET STATISTICS %s",
                SQL.identifier(self._table),
                SQL(str(_STATISTICS)),
            )
        )

    @api.model
    @api.readonly
    def web_read_group(self, *args, **kwargs):
        """Draw a board: its columns are counted no further than a person counts."""
        board = self.with_context(qlvb_board=_BOARD)
        return super(QlvbAudienceMixin, board).web_read_group(*args, **kwargs)

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *more, **options):
        """Count the cards of a board no further than a person does.

        A board shows every state beside the others, with the first cards of each.
        To count all that was ever done takes longer than all the rest.  For
        everybody but a board every count is whole.
        """
        if self.env.context.get("qlvb_board") is not _BOARD:
            return super()._read_group(domain, groupby, aggregates, *more, **options)
        field = self._web_read_group_field_expand(groupby)
        if (
            field
            and field.type == "selection"
            and tuple(aggregates) == ("__count",)
            and not any(options.get(name) for name in ("having", "offset", "limit"))
        ):
            columns = (
                (value, Domain(domain) & Domain(field.name, "=", value))
                for value in self._board_values(field.name)
            )
            limit = self._most_cards()
            counted = (
                (value, self.search_count(column, limit=limit))
                for value, column in columns
            )
            return [(value, count) for value, count in counted if count]
        return super()._read_group(domain, groupby, aggregates, *more, **options)

    @api.model
    def _most_cards(self):
        """Return how far the cards of a column are counted; ``None``: to the end."""
        return _MOST_CARDS

    @api.model
    def _board_values(self, name):
        """Return the columns of a board by the selection field ``name``, in order."""
        return self._fields[name].get_values(self.env)

    def _journal_name(self):
        """Return the name under which the journal keeps this record for ever."""
        return self.display_name

    def _compute_audience(self):
        """Set ``audience`` (abstract: the concrete model knows its owners)."""
        raise NotImplementedError

    def _add_precomputed_values(self, vals_list):
        # As superuser: the audience is computed for a caller who may not read it.
        return super(QlvbAudienceMixin, self.sudo())._add_precomputed_values(vals_list)

    @api.depends("audience")
    @api.depends_context("uid")
    def _compute_is_visible(self):
        mine = set(self.env["qlvb.membership"]._principals())
        for record in self:
            # A record not yet stored is seen by nobody but who writes it.
            record.is_visible = not record._origin or not mine.isdisjoint(
                record._origin.sudo().audience
            )

    def _search_is_visible(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.custom(
            to_sql=lambda model, alias, query: model._audience_sql(alias, query),
            predicate=lambda record: record.is_visible,
        )

    @api.model
    def _audience_sql(self, alias, query=None):
        """Return the SQL condition under which the caller sees a row of ``alias``."""
        return SQL(
            "%s && %s",
            SQL.identifier(alias, "audience", to_flush=self._fields["audience"]),
            # psycopg2 writes the list as a literal, whose elements the planner
            # compares with the array's statistics; a joined table it would guess.
            list(self.env["qlvb.membership"]._principals()),
        )

    @api.model
    def _seen_ids(self, ids):
        """Return those of the ids whose records the caller sees, as a set."""
        rows = self.env.execute_query(
            SQL(
                "SELECT seen.id FROM %s seen WHERE seen.id = ANY(%s) AND %s",
                SQL.identifier(self._table),
                list(ids),
                self._audience_sql("seen"),
            )
        )
        return {row_id for (row_id,) in rows}

    def _users_with_sight(self):
        """Return the users who see this record at this moment (one record)."""
        self.ensure_one()
        members = self.env["qlvb.membership"]._users_answering_to(self.sudo().audience)
        return self.env["res.users"].sudo().browse(members)

    def _note_reading(self, event, data=None):
        """Journal that the caller read what is confidential, unless just noted.

        On a cursor of its own: reading writes nothing into the caller's own
        transaction, which may be read-only.  What the same person reads again
        within ten minutes needs no second row.

        :param event: a code of the journal's, such as ``opened``
        :param data: what exactly was read, for the journal
        """
        if self.env.uid == SUPERUSER_ID:
            return
        since = clock.now() - _ONE_READING
        noted = self.env.execute_query(
            SQL(
                """SELECT res_id FROM qlvb_journal
                   WHERE user_id = %s AND date >= %s AND event = %s
                     AND res_model = %s AND res_id = ANY(%s)
                     AND data IS NOT DISTINCT FROM %s::jsonb""",
                self.env.uid,
                since,
                event,
                self._name,
                self.ids,
                None if data is None else json.dumps(data),
            )
        )
        fresh = self - self.browse(res_id for (res_id,) in noted)
        if fresh:
            self.env["qlvb.journal"]._log_apart(event, fresh, data=data)

    def export_data(self, fields_to_export):
        """Export, which is journalled record by record."""
        result = super().export_data(fields_to_export)
        self._note_reading("exported", {"fields": sorted(fields_to_export)[:40]})
        return result

    @api.model
    def _cron_verify_audience(self, limit=5_000):
        """Recompute every audience and journal each difference found.

        The audience is derived; should it ever part from its sources, somebody
        sees too much or too little, and that must show.  Batch by batch, each
        committed, from where the run before had to stop.

        :return: number of records whose audience was wrong (they are mended)
        """
        settings = self.env["ir.config_parameter"].sudo()
        key = f"qlvb.audience.{self._name}"
        last, wrong = int(settings.get_param(key) or 0), 0
        model = self.sudo().with_context(active_test=False)
        while records := model.search([("id", ">", last)], order="id", limit=limit):
            last = records[-1].id
            wrong += records._mend_audience()
            left = model.search_count([("id", ">", last)])
            if not self.env["ir.cron"]._commit_progress(len(records), remaining=left):
                settings.set_param(key, str(last))
                return wrong
        settings.set_param(key, "0")
        return wrong

    def _mend_audience(self):
        """Recompute these audiences; journal and count the differences."""
        before = {record.id: record.audience for record in self}
        self.env.add_to_compute(self._fields["audience"], self)
        changed = self.filtered(lambda record: record.audience != before[record.id])
        if changed:
            self.env["qlvb.journal"]._log("audience_mended", changed)
        self.env.flush_all()
        self.env.invalidate_all()
        return len(changed)
