from odoo import api, fields, models
from odoo.fields import Command

from ..lib.answers import said_and_closed
from ..models.qlvb_assignment_away import Target
from ..models.qlvb_order_mixin import OPEN_STATES

KINDS = {"commune": ("commune",), "department": ("office", "department")}
"""Kinds of unit that are charged all at once, by what they are called there."""

ALL = [
    ("commune", "All communes and towns"),
    ("department", "All agencies"),
    ("all", "All units"),
]


class QlvbOrderWizard(models.TransientModel):
    """Asks who is to do what, and gives the order through the public method.

    One lead, any number of supporters with a deadline each, any number of those
    who are informed.  Only units and persons that may be charged are offered;
    what is wrong nevertheless is said by the act itself.  Every official has
    their own.
    """

    _name = "qlvb.order.wizard"
    _description = "Order"
    _inherit = ["qlvb.input.mixin"]

    document_id = fields.Many2one("qlvb.document", required=True, ondelete="cascade")
    assignment_id = fields.Many2one(
        "qlvb.assignment", "Passed on from", ondelete="cascade"
    )
    document_summary = fields.Text("Summary", compute="_compute_matter_values")
    directions = fields.Text(
        "What the leaders direct", compute="_compute_matter_values"
    )
    top_unit_id = fields.Many2one("qlvb.unit", compute="_compute_scope")
    has_units = fields.Boolean(
        compute="_compute_scope", export_string_translation=False
    )
    needs_lead = fields.Boolean(
        compute="_compute_scope", export_string_translation=False
    )
    barred_user_ids = fields.Many2many(
        "res.users", compute="_compute_scope", export_string_translation=False
    )
    unit_id = fields.Many2one("qlvb.unit", compute="_compute_matter_values")
    can_classify = fields.Boolean(
        compute="_compute_matter_values", export_string_translation=False
    )
    field_id = fields.Many2one("qlvb.work.field", "Field of work")
    lead_unit_id = fields.Many2one("qlvb.unit", "Lead unit")
    lead_position_id = fields.Many2one("qlvb.position", "Lead person")
    lead_deadline = fields.Date("Deadline")
    lead_instruction = fields.Text("Instruction")
    away_text = fields.Text("Who is away", compute="_compute_away_text")
    line_ids = fields.One2many("qlvb.order.wizard.line", "wizard_id", "Supporters")
    support_all = fields.Selection(ALL, "Add all")
    inform_all = fields.Selection(ALL, "Inform all")
    inform_unit_ids = fields.Many2many(
        "qlvb.unit", "qlvb_order_wizard_unit_rel", string="Units informed"
    )
    inform_position_ids = fields.Many2many(
        "qlvb.position", "qlvb_order_wizard_position_rel", string="Persons informed"
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        orders = self.env["qlvb.assignment"]
        order, matter = self._active_matter()
        if order:
            values["assignment_id"] = order.id
        if matter:
            values |= matter._as_matter()
            values["field_id"] = matter.field_id.id
            values["lead_deadline"] = orders._default_deadline(matter, order)
        return values

    @api.model
    def _active_matter(self):
        """Return on what the dialog was opened: the order passed on, the matter."""
        model, number = map(self.env.context.get, ("active_model", "active_id"))
        order = self.env["qlvb.assignment"]
        if model == order._name and number:
            order = order.browse(number)
            return order, order._matter()
        matters = self._matters()
        return order, matters[model].browse(number or ()) if model in matters else None

    @api.model
    def _matters(self):
        """Return the models of that on which orders are given, by name."""
        return {"qlvb.document": self.env["qlvb.document"]}

    def _matter(self):
        """Return on what the order is given, a record of ``qlvb.matter.mixin``."""
        return self.document_id

    @api.depends("document_id")
    @api.depends_context("uid")
    def _compute_matter_values(self):
        """Show what is routed, as far as whoever routes it sees it."""
        for wizard in self:
            document = wizard.document_id
            wizard.document_summary = document.summary
            wizard.directions = document.direction_text
            wizard.unit_id = document.unit_id
            wizard.can_classify = document.can_classify

    @api.depends("document_id", "assignment_id")
    @api.depends_context("uid")
    def _compute_scope(self):
        """Find out among whom to choose, and whether a lead is still to be named."""
        for wizard in self:
            order, matter = wizard.assignment_id, wizard._matter()
            top = order.unit_id or matter.unit_id
            wizard.top_unit_id = top
            wizard.has_units = bool(top.child_ids)
            leads = self.env["qlvb.assignment"]._leads_at_work(matter, order)
            wizard.needs_lead = order.role != "inform" and not leads
            barred = self.env.user.browse()
            while order:
                barred |= self.env.user | (order.user_id or order.unit_id.head_id)
                order = order.parent_id
            wizard.barred_user_ids = barred

    @api.depends(
        "lead_unit_id",
        "lead_position_id",
        "lead_deadline",
        "line_ids.unit_id",
        "line_ids.position_id",
        "line_ids.deadline",
    )
    def _compute_away_text(self):
        """Warn of who is away when the work is due, or now without a delegate."""
        orders = self.env["qlvb.assignment"]
        for wizard in self:
            rows = [
                (wizard.lead_unit_id, wizard.lead_position_id, wizard.lead_deadline)
            ]
            rows += [
                (line.unit_id, line.position_id, line.deadline)
                for line in wizard.line_ids
            ]
            targets = [
                Target(
                    (post.unit_id or unit)._origin,
                    post.user_id._origin,
                    # What names no day is due when work of this kind is.
                    day
                    or orders._default_deadline(wizard._matter(), wizard.assignment_id),
                )
                for unit, post, day in rows
                if unit or post
            ]
            texts = orders._away_texts(targets)
            wizard.away_text = "\n".join(dict.fromkeys(filter(None, texts)))

    @api.onchange("lead_position_id")
    def _onchange_lead_position_id(self):
        if self.lead_position_id:
            self.lead_unit_id = self.lead_position_id.unit_id

    @api.onchange("lead_unit_id")
    def _onchange_lead_unit_id(self):
        if self.lead_position_id.unit_id != self.lead_unit_id:
            self.lead_position_id = False

    @api.onchange("support_all")
    def _onchange_support_all(self):
        """Charge all units of a kind as supporters, but those who have it already.

        They are due with the lead; each line can be changed.
        """
        units = self._units_to_add(self.support_all)
        self.line_ids = [
            Command.create({"unit_id": unit.id, "deadline": self.lead_deadline})
            for unit in units - self.inform_unit_ids
        ]
        self.support_all = False

    @api.onchange("inform_all")
    def _onchange_inform_all(self):
        """Inform all units of a kind, but those who have it already."""
        self.inform_unit_ids |= self._units_to_add(self.inform_all)
        self.inform_all = False

    def _units_to_add(self, kind):
        """Return the units of a kind below, without those charged or chosen here."""
        if not kind:
            return self.env["qlvb.unit"]
        units = self.env["qlvb.unit"].search(
            [("id", "child_of", self.top_unit_id.id), ("id", "!=", self.top_unit_id.id)]
        )
        if kind in KINDS:
            units = units.filtered(lambda unit: unit.kind in KINDS[kind])
        beside = self.env["qlvb.assignment"]._beside(self._matter(), self.assignment_id)
        charged = beside.filtered(
            lambda order: not order.user_id and order.state in OPEN_STATES
        )
        return units - self.lead_unit_id - self.line_ids.unit_id - charged.unit_id

    def action_confirm(self):
        """Give the order.

        :raises AccessError: as ``action_assign`` and ``action_forward``
        :raises UserError: as these, naming everything that is wrong
        """
        self.ensure_one()
        said = self._give(self._lines())
        self.unlink()
        return said_and_closed(said)

    def _give(self, lines):
        """Give the order through the public method; return what is said of it."""
        if self.assignment_id:
            given = self.assignment_id.action_forward(lines)
        else:
            if self.can_classify and self.field_id != self.document_id.field_id:
                self.document_id.action_classify(self.field_id.id)
            given = self._matter().action_assign(lines)
        return self.env._("Given to %(count)s recipients.", count=len(given))

    def _lines(self):
        """Return what was chosen as the lines of an order."""
        lines = []
        if self.lead_unit_id or self.lead_position_id:
            lines.append(
                {
                    **self._target(self.lead_unit_id, self.lead_position_id),
                    "role": "lead",
                    "instruction": self.lead_instruction,
                    "deadline": self.lead_deadline,
                }
            )
        lines += [line._line() for line in self.line_ids]
        lines += [{"unit_id": u.id, "role": "inform"} for u in self.inform_unit_ids]
        lines += [
            {**self._target(post.unit_id, post), "role": "inform"}
            for post in self.inform_position_ids
        ]
        return lines

    @api.model
    def _target(self, unit, position):
        """Return unit and person of a line: a person is charged in their post."""
        if position:
            return {"unit_id": position.unit_id.id, "user_id": position.user_id.id}
        return {"unit_id": unit.id}
