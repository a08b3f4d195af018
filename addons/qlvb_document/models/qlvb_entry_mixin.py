from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.symbols import format_number, symbol_key

from ..columns import add_unfilled
from ..lib.encoded import decoded
from ..lib.entry import issuer_key, read_paper, read_symbol
from .qlvb_draft_checks import INCOMPLETE_SOURCES, PAPER_FIELDS

_SAME_DAY_CANDIDATES = 50


class QlvbEntryMixin(models.AbstractModel):
    """What spares the clerk typing: whatever can be known of a paper is filled in.

    Kind and sender from the symbol, number as a forecast, time of arrival; and
    from a scan with text all that its first page says.  The clerk may change any
    of it, and sees where the paper was perhaps entered before.
    """

    _name = "qlvb.entry.mixin"
    _description = "Entry of a Paper"

    received_time = fields.Float(
        "Time of arrival",
        compute="_compute_received_time",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        aggregator=None,
        help="Hour and minute in Hà Nội; kept for papers that arrive today",
    )
    next_number_text = fields.Char(
        "Arrival number (expected)", compute="_compute_next_number_text"
    )
    missing_text = fields.Char("Still missing", compute="_compute_missing_text")
    double_id = fields.Many2one(
        "qlvb.document", compute="_compute_double", export_string_translation=False
    )
    double_text = fields.Char(
        compute="_compute_double", export_string_translation=False
    )

    _time_of_day = models.Constraint(
        "CHECK (received_time >= 0 AND received_time < 24)",
        "The time of arrival lies between 00:00 and 23:59.",
    )

    def _auto_init(self):
        # Of papers already registered no minute is known, and none is computed.
        add_unfilled(self.env.cr, self._table, "received_time", "float8")
        return super()._auto_init()

    # -- what can be known ----------------------------------------------------

    @api.depends("received_date")
    def _compute_received_time(self):
        """Take this minute for what arrives today; of other days none is known."""
        now = clock.to_local(clock.now())
        for document in self:
            today = document.received_date == now.date()
            document.received_time = now.hour + now.minute / 60 if today else 0

    @api.depends("state", "unit_id", "received_date")
    @api.depends_context("uid")
    def _compute_next_number_text(self):
        """Forecast the arrival number; the register alone gives it, at the end."""
        # Superuser: how far the clerk's own register has come, and nobody else's.
        registers = self.env["qlvb.register"].sudo()
        own = self._own_units()
        for document in self:
            day, unit = document.received_date, document.unit_id._origin
            waits = document.state == "draft" and document.direction == "in"
            if not waits or not (unit in own and day):
                document.next_number_text = False
                continue
            register = registers._of(document.unit_id, document.direction, day.year)
            document.next_number_text = format_number(register.last_number + 1)

    @api.depends("state", *PAPER_FIELDS)
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for document in self:
            waiting = document.state == "draft" and document.source != "typed"
            missing = document._missing_labels() if waiting else ()
            document.missing_text = ", ".join(missing)

    def _symbol(self):
        """Return what stands in number and symbol (``lib.entry.Symbol``)."""
        return self._read_symbol(self.reference or "")

    @api.model
    def _read_symbol(self, reference):
        return read_symbol(reference, self.env["qlvb.document.type"]._codes())

    @api.onchange("reference")
    def _onchange_reference(self):
        symbol = self._symbol()
        kind = self.env["qlvb.document.type"]._of_symbol(symbol)
        if kind and (symbol.kind or not self.type_id):
            self.type_id = kind
        # A sender carried over from the paper before gives way to one that is known.
        carried_over = self.issuer == self.env.context.get("default_issuer")
        sender = self.env["qlvb.sender"]._of_tail(self.unit_id, symbol.tail)
        if sender and (not self.issuer or carried_over):
            self.issuer = sender.name

    # -- doubles --------------------------------------------------------------

    @api.depends("reference", "issuer", "document_date", "unit_id", "state")
    @api.depends_context("uid")
    def _compute_double(self):
        """Find the first of what was perhaps entered before, among what one sees.

        Same issuer, symbol and date, in whatever spelling.  A warning that never
        stands in the way.
        """
        for document in self:
            double = document._first_double()
            document.double_id = double
            document.double_text = document._double_label(double) if double else False

    def _first_double(self):
        """Return the earliest document that this one seems to repeat."""
        key = symbol_key(self.reference or "")
        waits = self.state == "draft" and self.direction == "in"
        if not waits or not (key and self.document_date and self.unit_id):
            return self.browse()
        same_day = self.env["qlvb.document"].search(
            Domain("id", "!=", self._origin.id or 0)
            & Domain("unit_id", "=", self.unit_id.id)
            & Domain("direction", "=", "in")
            & Domain("document_date", "=", self.document_date)
            & Domain("search_text", "ilike", self.reference)
            & Domain("state", "!=", "refused"),
            order="id",
            limit=_SAME_DAY_CANDIDATES,
        )
        issuer = issuer_key(self.issuer or "")
        return same_day.filtered(
            lambda other: (
                symbol_key(other.reference or "") == key
                and (not issuer or issuer_key(other.issuer or "") == issuer)
            )
        )[:1]

    @api.model
    def _double_label(self, double):
        """Return in words which document was entered before, and by whom."""
        if double.number:
            return self.env._(
                "%(document)s, from %(issuer)s, registered by %(clerk)s",
                document=double.display_name,
                issuer=double.issuer,
                clerk=double.registered_by_id.sudo().name,
            )
        return self.env._(
            "%(document)s, from %(issuer)s, a draft of %(clerk)s",
            document=double.display_name,
            issuer=double.issuer,
            clerk=double.drafter_id.sudo().name,
        )

    def action_open_double(self):
        """Open what was perhaps entered before; its own rules decide."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.double_id.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # -- scans ----------------------------------------------------------------

    @api.model
    def action_take_scan(self, name, content, unit_id=None):
        """Make a draft of one scan that a clerk dropped on the list (Art. 5.1).

        What the text of its first page says is filled in, for the clerk to check.

        :param name: the file's name
        :param content: the file, in base64
        :param unit_id: in whose register; the caller's own where not given
        :return: dict with the ``id`` of the draft and the labels still ``missing``
        :raises AccessError: the caller is no clerk of the unit
        :raises UserError: no file, or one that may not enter (Article 3)
        """
        name, raw, unit = self._checked_scan(name, content, unit_id)
        file = self.env["ir.attachment"].create(
            {"name": name, "raw": raw, "res_model": self._name, "res_id": 0}
        )
        if file.mimetype != "application/pdf":
            raise UserError(
                self.env._("The scan must be a PDF file. Choose another file.")
            )
        draft = self._create_drafts(
            [
                {
                    "unit_id": unit.id,
                    "attachment_ids": [Command.link(file.id)],
                    **self._values_read(raw, unit),
                }
            ],
            "scan",
        )
        return {"id": draft.id, "missing": draft._missing_labels()}

    @api.model
    def action_read_scan(self, name, content, unit_id=None):
        """Look at a scan that a clerk has just put beside the fields; store nothing.

        :param name, content, unit_id: as for ``action_take_scan``
        :return: what its first page says: values by field name, the kind as a pair
            of id and name
        :raises AccessError: the caller is no clerk of the unit
        :raises UserError: no file, or one that may not enter (Article 3)
        """
        name, raw, unit = self._checked_scan(name, content, unit_id)
        self.env["qlvb.vetting"]._vet_file(name, raw, "scan", self._name)
        values = self._values_read(raw, unit)
        if kind_id := values.get("type_id"):
            kind = self.env["qlvb.document.type"].browse(kind_id)
            values["type_id"] = [kind.id, kind.display_name]
        return values

    @api.model
    def _checked_scan(self, name, content, unit_id):
        """Return name, bytes and unit of a scan, from what a caller handed in.

        :raises AccessError: the caller is no clerk of the unit
        :raises UserError: it did not arrive whole
        """
        name = self._clean_argument(self.env._("File name"), name, limit=255)
        unit = self._default_unit_id()
        if unit_id:
            unit = self._own_units().filtered(lambda own: own.id == unit_id)
        if not unit:
            raise AccessError(
                self.env._("You are not a clerk of that unit. Choose your own.")
            )
        raw = decoded(content, strict=True)
        if raw is None:
            raise UserError(self.env["qlvb.vetting"]._explain_file("torn"))
        return name, raw, unit

    @api.model
    def _values_read(self, raw, unit):
        """Return what the text of a scan says, as values of a draft."""
        kinds = self.env["qlvb.document.type"]
        head = self.env["qlvb.vetting"]._head(raw)
        reading = read_paper(head, kinds._names())
        symbol = self._read_symbol(reading.reference)
        kind = kinds._of_symbol(symbol)
        if not symbol.kind and reading.kind:
            kind = kinds._of_name(reading.kind)
        sender = self.env["qlvb.sender"]._of_tail(unit, symbol.tail)
        dated = reading.document_date
        values = {
            "reference": reading.reference[: self._text_limit("reference")],
            "document_date": dated if dated and dated <= clock.today() else False,
            "type_id": kind.id,
            "issuer": sender.name or self._as_written(reading.issuer, unit),
            "summary": reading.summary,
        }
        return {name: value for name, value in values.items() if value}

    @api.model
    def _as_written(self, issuer, unit):
        """Return an issuer read in capitals as the house writes it, where it does."""
        key = issuer_key(issuer)
        own = Domain("unit_id", "=", unit.id) & Domain("key", "=", key)
        known = self.env["qlvb.sender"].search(own, limit=1)
        if known or not key:
            return known.name
        units = self.env["qlvb.unit"].search([])  # pylint: disable=no-search-all
        for house in units:
            if issuer_key(house.name) == key:
                return house.name
        return issuer

    # -- the next paper -------------------------------------------------------

    def _after_check_in(self):
        """Return what the client does once the paper is in the register.

        Where the clerk goes on with the stack: the next scan or e-mail that waits,
        else an empty form with the same sender.
        """
        if not self.env.context.get("qlvb_next"):
            return True
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "qlvb_next_paper",
            "params": {
                "message": self.env._(
                    "In the register as number %(number)s: %(reference)s",
                    number=self.number_text,
                    reference=self.reference,
                ),
                "resId": self._next_waiting().id,
                "defaults": {
                    "default_unit_id": self.unit_id.id,
                    "default_issuer": self.issuer,
                    "default_received_date": fields.Date.to_string(self.received_date),
                },
            },
        }

    def _next_waiting(self):
        """Return the next draft of the caller's register that nobody has typed."""
        if self.source not in INCOMPLETE_SOURCES:
            return self.browse()
        waiting = (
            Domain("unit_id", "=", self.unit_id.id)
            & Domain("state", "=", "draft")
            & Domain("source", "in", INCOMPLETE_SOURCES)
        )
        later = self.search(waiting & Domain("id", ">", self.id), order="id", limit=1)
        return later or self.search(waiting, order="id", limit=1)
