import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import SQL

from ..lib import clock, journal_guard

# Enough for names of fields and numbers; no room for contents.
_MOST_DATA = 2000


class QlvbJournal(models.Model):
    """The trail: who did what, on whose behalf, when and from where.

    Rows are only ever added, by ``_log``, in the transaction of the act; no
    group, RPC call or ORM path changes or deletes one, and the database refuses
    it too.  A sealer links the rows into a hash chain soon after, so that
    tampering shows.  A row names its record by number and symbol and never holds
    contents.

    Who reads which row stands in ``qlvb.journal.sight``.
    """

    _name = "qlvb.journal"
    _description = "Journal"
    _inherit = ["qlvb.journal.chain", "qlvb.journal.sight", "qlvb.names.mixin"]
    _log_access = False
    _order = "date desc, id desc"
    _rec_name = "record_name"
    _names = {"user_text": ("user_id", "on_behalf_of_id")}

    event = fields.Selection("_selection_event", required=True, readonly=True)
    event_label = fields.Char("Act", compute="_compute_event_label")
    res_model = fields.Char("Model", readonly=True)
    res_model_label = fields.Char("Kind of record", compute="_compute_res_model_label")
    res_id = fields.Many2oneReference(
        "Record ID", model_field="res_model", readonly=True
    )
    record_name = fields.Char("Record", readonly=True, help="Its number and symbol")
    unit_id = fields.Many2one("qlvb.unit", readonly=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", "Done by", required=True, readonly=True, ondelete="restrict"
    )
    keeper_id = fields.Many2one(
        "res.users",
        "Account keeper",
        readonly=True,
        ondelete="restrict",
        help="Who kept the unit's account at that moment",
    )
    on_behalf_of_id = fields.Many2one(
        "res.users", "On behalf of", readonly=True, ondelete="restrict"
    )
    user_text = fields.Char(
        "Done by, for whom", compute="_compute_names", export_string_translation=False
    )
    date = fields.Datetime("Moment", required=True, readonly=True)
    origin = fields.Selection(
        [
            ("web", "Screen"),
            ("rpc", "Remote call"),
            ("import", "Import"),
            ("mail", "E-mail"),
            ("system", "System"),
        ],
        required=True,
        readonly=True,
    )
    address = fields.Char("From address", readonly=True)
    data = fields.Json(readonly=True)
    details = fields.Char(compute="_compute_details")

    _date_index = models.Index("(date DESC, id DESC)")
    _record_index = models.Index("(res_model, res_id)")
    _behalf_index = models.Index(
        "(on_behalf_of_id, date DESC, id DESC) WHERE on_behalf_of_id IS NOT NULL"
    )
    _user_index = models.Index("(user_id, date DESC, id DESC)")

    def init(self):
        self.env.cr.execute(journal_guard.SQL)

    @api.model
    def _selection_event(self):
        return list(self._event_labels().items())

    @api.model
    def _event_labels(self):
        """Return the label of every act that is journalled, by its code.

        An addon that journals acts of its own adds them here.
        """
        return {
            "absence_alarmed": self.env._("Head away without a delegate"),
            "absence_cancelled": self.env._("Absence cancelled"),
            "absence_changed": self.env._("Absence changed"),
            "absence_recorded": self.env._("Absence recorded"),
            "account_corrected": self.env._("Account corrected"),
            "account_granted": self.env._("Account granted"),
            "account_moved": self.env._("Account moved"),
            "account_request_approved": self.env._("Account request approved"),
            "account_request_done": self.env._("Account request carried out"),
            "account_request_failed": self.env._("Account request not carried out"),
            "account_request_refused": self.env._("Account request refused"),
            "account_request_submitted": self.env._("Account request submitted"),
            "account_request_taken_back": self.env._("Account request taken back"),
            "account_withdrawn": self.env._("Account withdrawn"),
            "audience_mended": self.env._("Sight of the record mended"),
            "calendar_changed": self.env._("Working calendar changed"),
            "calendar_created": self.env._("Working calendar created"),
            "calendar_day_removed": self.env._("Decision on a day withdrawn"),
            "calendar_day_set": self.env._("Day off or worked decided"),
            "calendar_law_loaded": self.env._("Public holidays loaded"),
            "calendar_removed": self.env._("Working calendar removed"),
            "delegation_activated": self.env._("Delegation activated"),
            "delegation_ended": self.env._("Delegation ended"),
            "delegation_revoked": self.env._("Delegation revoked"),
            "delegation_shortened": self.env._("Delegation shortened"),
            "downloaded": self.env._("File downloaded"),
            "exported": self.env._("Exported"),
            "first_password_given": self.env._("First password given"),
            "first_password_printed": self.env._("First password handed out"),
            "handover_accepted": self.env._("Hand-over accepted"),
            "handover_dropped": self.env._("Prepared hand-over dropped"),
            "handover_opened": self.env._("Hand-over opened"),
            "handover_prepared": self.env._("Hand-over prepared"),
            "keeper_changed": self.env._("Account keeper changed"),
            "opened": self.env._("Opened"),
            "password_changed": self.env._("Password changed by the person"),
            "password_reset": self.env._("Password reset"),
            "post_changed": self.env._("Post changed"),
            "post_given": self.env._("Post given"),
            "sign_in_locked": self.env._("Login locked: wrong password too often"),
            "sign_in_policy_changed": self.env._("Sign-in and security changed"),
            "staff_taken_in": self.env._("Staff list taken in"),
            "unit_changed": self.env._("Unit changed"),
            "unit_created": self.env._("Unit created"),
        }

    @api.depends_context("lang")
    @api.depends("event")
    def _compute_event_label(self):
        labels = self._event_labels()
        for entry in self:
            entry.event_label = labels.get(entry.event, entry.event)

    @api.depends_context("lang")
    @api.depends("res_model")
    def _compute_res_model_label(self):
        for entry in self:
            known = entry.res_model in self.env
            # The name of a kind of record is no secret.
            model = self.env["ir.model"].sudo()._get(entry.res_model) if known else None
            entry.res_model_label = model.name if model else entry.res_model

    @api.depends_context("lang")
    @api.depends("data")
    def _compute_details(self):
        labels = self._data_labels()
        for entry in self:
            entry.details = "; ".join(
                f"{labels.get(name, name)}: {self._data_text(entry, name, value)}"
                for name, value in (entry.data or {}).items()
            )

    @api.model
    def _data_labels(self):
        """Return the label of what acts keep as details, by key; addons add theirs."""
        return {
            **self.env["qlvb.sign.in.policy"]._labels(),
            "date": self.env._("Date"),
            "days": self.env._("Days"),
            "decision": self.env._("Decision"),
            "fields": self.env._("Fields"),
            "file": self.env._("File"),
            "former": self.env._("Former keeper"),
            "from_user": self.env._("From person"),
            "is_working": self.env._("Worked"),
            "keeper": self.env._("Account keeper"),
            "model": self.env._("Kind of record"),
            "new": self.env._("Afterwards"),
            "old": self.env._("Before"),
            "period": self.env._("Period"),
            "rows": self.env._("Rows"),
            "to_user": self.env._("To person"),
            "unit": self.env._("Unit"),
        }

    @api.model
    def _data_text(self, entry, name, value):
        """Return a detail as it is read: labels for fields, words for a yes or no."""
        if name == "fields" and entry.res_model in self.env:
            known = self.env[entry.res_model]._fields
            return ", ".join(
                known[field]._description_string(self.env) if field in known else field
                for field in value
            )
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        return value

    # pylint: disable=method-required-super
    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_by_hand()

    def write(self, vals):
        self._refuse_by_hand()

    def unlink(self):
        self._refuse_by_hand()

    # pylint: enable=method-required-super

    @api.model
    def _refuse_by_hand(self):
        """Raise: the journal is written by the acts themselves, also for sudo.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "The journal is written by the system alone. Nobody adds, changes "
                "or deletes its rows."
            )
        )

    def action_open_record(self):
        """Open the record on which the act was done (its own rules decide)."""
        self.ensure_one()
        self.check_access("read")
        model = self.env.get(self.res_model)
        record = None if model is None else model.browse(self.res_id).exists()
        if not record:
            raise UserError(self.env._("The record of this act is no longer there."))
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _log(
        self,
        event,
        records=None,
        *,
        on_behalf_of=None,
        unit=None,
        data=None,
        origin=None,
    ):
        """Add one row per record (one without a record where there is none).

        In the caller's transaction: act and trace are stored together or not at
        all.  Takes no lock, so that nothing waits for it.

        :param event: a code of ``_event_labels``
        :param records: recordset on which the act was done, or ``None``
        :param on_behalf_of: the delegator (``res.users``), for a delegate's act
        :param unit: unit in whose capacity the caller acts; for a unit's account
            its own by default
        :param data: small dict of plain values, or a list of them, one a record;
            never contents
        :param origin: door, where it is not to be read from the request
        :return: the new rows
        :raises ValueError: for an unknown event or data that are not small
        """
        rows = self._prepare_rows(event, records, on_behalf_of, unit, data, origin)
        return self._insert_rows(rows)

    @api.model
    def _log_apart(self, event, records=None, **details):
        """Add rows on a cursor of its own, committed at once; see ``_log``.

        For what must be traced although the caller's transaction reads only or
        is rolled back: an opened content, a refused paper.
        """
        on_behalf_of, unit, data, origin = (
            details.pop(name, None)
            for name in ("on_behalf_of", "unit", "data", "origin")
        )
        if details:
            raise TypeError(f"unknown details: {sorted(details)}")
        rows = self._prepare_rows(event, records, on_behalf_of, unit, data, origin)
        with self._own_cursor() as cr:
            # The caller's transaction may hold the very user or unit locked that
            # the row refers to, and it waits for us: better an error than that.
            cr.execute("SET LOCAL lock_timeout = '5s'")
            self.with_env(self.env(cr=cr))._insert_rows(rows)

    @api.model
    def _own_cursor(self):
        """Return a cursor that commits on leaving its ``with`` (a seam for tests)."""
        return self.env.registry.cursor()

    @api.model
    def _prepare_rows(self, event, records, on_behalf_of, unit, data, origin):
        """Return the columns of the rows to add, read in the caller's transaction."""
        if event not in self._event_labels():
            raise ValueError(f"unknown event: {event}")
        each = data if isinstance(data, list) else [data] * max(len(records or ()), 1)
        texts = [
            None if one is None else json.dumps(one, ensure_ascii=False) for one in each
        ]
        if any(text and len(text) > _MOST_DATA for text in texts):
            raise ValueError(f"{event}: the journal holds no contents")
        # Superuser: whoever acts, the trace names unit and keeper.
        account_of = (
            self.env["qlvb.unit"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch([("account_user_id", "=", self.env.uid)], ["keeper_id"])
        )
        common = {
            "event": event,
            "res_model": None if records is None else records._name,
            "unit_id": (unit or account_of).id or None,
            "user_id": self.env.uid,
            "keeper_id": account_of.keeper_id.id or None,
            "on_behalf_of_id": (on_behalf_of.id if on_behalf_of else None) or None,
            "date": clock.now(),
            "origin": origin or self._current_origin(),
            "address": request.httprequest.remote_addr if request else None,
        }
        if not records:
            return [{**common, "data": texts[0], "res_id": None, "record_name": None}]
        return [
            {
                **common,
                "res_id": record.id or None,
                "record_name": self._name_of(record),
                "data": text,
            }
            for record, text in zip(records, texts, strict=True)
        ]

    @api.model
    def _name_of(self, record):
        """Return the name under which a record stands in the journal for ever."""
        # Superuser: by design a display name is number and symbol only.
        record = record.sudo()
        names_itself = hasattr(record, "_journal_name")
        name = record._journal_name() if names_itself else record.display_name
        return (name or "")[:200] or None

    @api.model
    def _insert_rows(self, rows):
        """Insert the prepared rows past the ORM, which refuses everybody."""
        columns = list(rows[0])
        ids = self.env.execute_query(
            SQL(
                "INSERT INTO qlvb_journal (%s) VALUES %s RETURNING id",
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(tuple(row[name] for name in columns) for row in rows),
            )
        )
        return self.browse(row_id for (row_id,) in ids)

    @api.model
    def _current_origin(self):
        """Return the door through which the present call came in."""
        if not request:
            return "system"
        if self.env.context.get("import_file"):
            return "import"
        remote = request.httprequest.path.startswith(("/json/2", "/xmlrpc", "/jsonrpc"))
        return "rpc" if remote else "web"
