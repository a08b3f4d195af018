from odoo import api, fields, models
from odoo.fields import Domain


class QlvbSupervisionLine(models.TransientModel):
    """The figures of a unit, or of one person in it; see ``qlvb.supervision``.

    Of nobody and no whole unit: what lies with the unit as such, and so with its
    head.
    """

    _name = "qlvb.supervision.line"
    _description = "Figures of a Unit's Work"
    _order = "unit_id, late desc, held desc, id"

    supervision_id = fields.Many2one(
        "qlvb.supervision", required=True, index=True, ondelete="cascade"
    )
    unit_id = fields.Many2one("qlvb.unit", readonly=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True)
    is_unit = fields.Boolean("The whole unit", readonly=True)
    holder_text = fields.Char("Holder", compute="_compute_holder_text")
    is_supervised = fields.Boolean(
        compute="_compute_is_supervised",
        search="_search_is_supervised",
        compute_sudo=False,
        export_string_translation=False,
    )
    held = fields.Integer("Held open", readonly=True)
    late = fields.Integer(readonly=True)
    due = fields.Integer("Due soon", help="Due within two working days", readonly=True)
    unopened = fields.Integer("Not opened", readonly=True)
    oldest_days = fields.Integer(
        "Oldest (days)",
        readonly=True,
        aggregator="max",
        help="Age of the oldest open work, in working days",
    )
    given = fields.Integer(help="Given in the period", readonly=True)
    opened = fields.Integer(readonly=True)
    finished = fields.Integer(readonly=True)
    hours_to_open = fields.Float(
        "Hours to opening",
        readonly=True,
        aggregator=None,
        help="Median of working hours from being given to the first opening",
    )
    days_to_finish = fields.Float(
        "Days to finishing",
        readonly=True,
        aggregator=None,
        digits=(16, 1),
        help="Median of working days from being given to the result",
    )

    @api.depends("unit_id", "create_uid")
    @api.depends_context("uid")
    def _compute_is_supervised(self):
        units = self.env["qlvb.supervision"]._supervised_units()
        for line in self:
            line.is_supervised = (
                line.create_uid == self.env.user and line.unit_id in units
            )

    def _search_is_supervised(self, operator, value):
        """Find one's own figures, of units that one supervises at this moment."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        units = self.env["qlvb.supervision"]._supervised_units()
        return Domain("create_uid", "=", self.env.uid) & Domain(
            "unit_id", "in", units.ids
        )

    @api.depends("user_id", "unit_id", "is_unit")
    def _compute_holder_text(self):
        for line in self:
            if line.is_unit:
                line.holder_text = line.unit_id.name
                continue
            # Superuser: who works where is no secret, also of who has left.
            line.holder_text = line.user_id.sudo().name or self.env._(
                "The unit (its head)"
            )

    @api.depends("unit_id", "user_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.holder_text
            if not line.is_unit:
                line.display_name = f"{line.unit_id.name}: {line.holder_text}"

    def action_open_work(self):
        """List the open work behind a line, as far as the caller sees it.

        Behind a whole unit stand the figures of its people.
        """
        self.ensure_one()
        self.check_access("read")
        if self.is_unit:
            return self._action_people()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_assignment_action_unit"
        )
        domain = self.supervision_id._work_domain(self.unit_id, self.user_id)
        return action | {
            "name": self.display_name,
            "display_name": self.display_name,
            "domain": domain,
        }

    def _action_people(self):
        """Return the action that shows the figures of the people of a unit."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_supervision_line_action"
        )
        return action | {
            "name": self.display_name,
            "display_name": self.display_name,
            "domain": [
                ("supervision_id", "=", self.supervision_id.id),
                ("unit_id", "=", self.unit_id.id),
                ("is_unit", "=", False),
            ],
        }
