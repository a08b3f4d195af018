from odoo import api, fields, models

from ..lib.answers import said_and_closed

OWNERS = {
    "open": None,
    "open_at": "register_id",
    "reserve": "register_id",
    "insert": "register_id",
    "close_year": "register_id",
    "reopen": "register_id",
    "void_entry": "entry_id",
    "void": "document_id",
}
"""The acts on registers and numbers, each with the kind of record it is done on."""


class QlvbRegisterActWizard(models.TransientModel):
    """Asks what an act on a register needs, and does it through its public method.

    Who may act, and whether, is decided there and not here.  Every official has
    their own.
    """

    _name = "qlvb.register.act.wizard"
    _description = "Act on a Register, in the Making"
    _inherit = ["qlvb.input.mixin"]
    _text_limits = {"reason": 500, "for_whom": 200}

    act = fields.Selection(
        [
            ("open", "Open a register"),
            ("open_at", "Begin with a number"),
            ("reserve", "Reserve numbers"),
            ("insert", "Insert a number"),
            ("close_year", "Close the year"),
            ("reopen", "Reopen"),
            ("void_entry", "Make void"),
            ("void", "Make the number void"),
        ],
        required=True,
    )
    register_id = fields.Many2one("qlvb.register", ondelete="cascade")
    entry_id = fields.Many2one("qlvb.register.entry", ondelete="cascade")
    document_id = fields.Many2one("qlvb.document", ondelete="cascade")
    record_name = fields.Char(compute="_compute_record_name")
    own_unit_ids = fields.Many2many(
        "qlvb.unit", compute="_compute_own_unit_ids", export_string_translation=False
    )
    unit_id = fields.Many2one("qlvb.unit")
    direction = fields.Selection(
        [("out", "Outgoing register"), ("in", "Incoming register")], "Which register"
    )
    type_id = fields.Many2one(
        "qlvb.document.type",
        "For the kind",
        help="Only where kinds have series of their own",
    )
    count = fields.Integer("How many", default=1)
    number = fields.Integer(aggregator=None)
    last_date = fields.Date("Last day on paper")
    for_whom = fields.Char("For whom")
    reason = fields.Char()
    open_text = fields.Text("Still open", compute="_compute_open_text")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        owner = OWNERS.get(values.get("act"))
        model = owner and self._fields[owner].comodel_name
        if model and self.env.context.get("active_model") == model:
            values[owner] = self.env.context.get("active_id")
        if values.get("act") == "open":
            own = self._own_units()
            values.setdefault("unit_id", own[:1].id)
            values.setdefault("direction", "out")
        return values

    @api.depends("register_id", "entry_id", "document_id")
    @api.depends_context("lang")
    def _compute_record_name(self):
        for wizard in self:
            entry = wizard.entry_id
            names = [
                (wizard.register_id or entry.register_id).display_name,
                entry.number_text or wizard.document_id.display_name,
            ]
            wizard.record_name = " · ".join(name for name in names if name)

    @api.model
    def _own_units(self):
        """Return the units whose registers the caller keeps, the committee first."""
        own = self.env["qlvb.position"]._my_units("clerk")
        units = self.env["qlvb.unit"].browse(own)
        return units.sorted(lambda unit: (unit.kind != "committee", unit.sequence))

    @api.depends_context("uid")
    def _compute_own_unit_ids(self):
        self.own_unit_ids = self._own_units()

    @api.depends("register_id", "act")
    @api.depends_context("uid")
    def _compute_open_text(self):
        """List what would still enter the register, before its year is closed."""
        for wizard in self:
            closes = wizard.act == "close_year" and wizard.register_id
            items = wizard.register_id._open_items() if closes else []
            wizard.open_text = "\n".join(items)

    def action_confirm(self):
        """Do the act with what was entered.

        :raises AccessError: as the act itself
        :raises UserError: as the act itself
        """
        self.ensure_one()
        if self.act == "open":
            register = self.env["qlvb.register"].action_open(
                self.unit_id.id, self.direction, self.type_id.id
            )
            return self._show(register)
        owner = self[OWNERS[self.act]]
        method = getattr(owner, f"action_{self.act.removesuffix('_entry')}")
        # Read before the act, which begins a transaction of its own.
        labels = dict(self._fields["act"]._description_selection(self.env))
        said = self.env._("Done: %(act)s", act=labels[self.act])
        method(*self._arguments())
        return said_and_closed(said)

    def _arguments(self):
        """Return what was entered as the arguments of the act."""
        return {
            "open_at": (self.number, self.reason, self.last_date),
            "reserve": (self.count, self.reason, self.for_whom),
            "insert": (self.number, self.reason, self.for_whom),
            "close_year": (),
        }.get(self.act, (self.reason,))

    @api.model
    def _show(self, register_id):
        return {
            "type": "ir.actions.act_window",
            "res_model": "qlvb.register",
            "res_id": register_id,
            "views": [(False, "form")],
        }
