from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib import clock

from ..lib.days import read_day
from ..lib.freeze_register import REGISTER_SQL


class QlvbRegister(models.Model):
    """A register of one unit, direction, year and series, and its counter (Art. 5.1).

    Its numbers run from 1 without a gap and without a double, whatever runs at
    once and whatever dies half-way; those of an outgoing register never go back
    in time.  Nothing enters a closed one.  No group and no RPC call writes it:
    the counter moves in SQL alone, last in a transaction of its own.  Seen by the
    unit's head and clerks and by the Office; a closed one by the chairman too, who
    alone reopens it (Article 8.2): its name and figures, neither pages nor entries.
    """

    _name = "qlvb.register"
    _description = "Register of Documents"
    _inherit = ["qlvb.register.acts", "qlvb.register.counter"]
    _order = "year desc, unit_id, direction, type_group"

    unit_id = fields.Many2one("qlvb.unit", required=True, index=True)
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")],
        "Incoming or outgoing",
        required=True,
    )
    year = fields.Integer(required=True, aggregator=None)
    type_group = fields.Char(
        "Group of kinds", required=True, default="all", help="“all”: one series"
    )
    last_number = fields.Integer(readonly=True, aggregator=None)
    last_date = fields.Date(
        "Last issued on", readonly=True, help="No number is given for an earlier day"
    )
    closed_at = fields.Datetime("Closed at", readonly=True)
    closed_by_id = fields.Many2one("res.users", "Year closed by", readonly=True)
    state = fields.Selection(
        [("open", "In use"), ("closed", "Closed")],
        compute="_compute_state",
        search="_search_state",
    )
    is_own = fields.Boolean(
        compute="_compute_is_own",
        search="_search_is_own",
        export_string_translation=False,
    )
    is_in_view = fields.Boolean(
        compute="_compute_is_in_view",
        search="_search_is_in_view",
        export_string_translation=False,
    )

    _series_uniq = models.UniqueIndex(
        "(unit_id, direction, year, type_group)",
        "This register exists already.",
    )

    @api.depends("unit_id", "direction", "year", "type_group")
    @api.depends_context("lang")
    def _compute_display_name(self):
        series = self.env["qlvb.series"]
        for register in self:
            words = {"year": register.year, "unit": register.unit_id.name}
            if register.direction == "in":
                name = self.env._("Incoming register %(year)s, %(unit)s", **words)
            else:
                name = self.env._("Outgoing register %(year)s, %(unit)s", **words)
            if register.type_group != "all":
                name = f"{name} · {series._group_name(register.type_group)}"
            register.display_name = name

    @api.depends("closed_at")
    def _compute_state(self):
        for register in self:
            register.state = "closed" if register.closed_at else "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = set(value)
        found = Domain.FALSE
        if "open" in wanted:
            found |= Domain("closed_at", "=", False)
        if "closed" in wanted:
            found |= Domain("closed_at", "!=", False)
        return found

    def _own_units(self):
        return self.env["qlvb.position"]._my_units("head", "clerk", "chief_of_office")

    @api.depends("closed_at", "unit_id")
    @api.depends_context("uid")
    def _compute_is_in_view(self):
        for register in self:
            register.is_in_view = register.is_own or bool(
                register.closed_at and register._actor_chairman()
            )

    def _search_is_in_view(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        headed = self.env["qlvb.unit"].browse(
            self.env["qlvb.position"]._my_units("head")
        )
        tops = headed.filtered(lambda unit: unit == unit._top())
        below = Domain("unit_id", "child_of", tops.ids) if tops else Domain.FALSE
        return Domain("is_own", "=", True) | (below & Domain("closed_at", "!=", False))

    @api.depends_context("uid")
    def _compute_is_own(self):
        own = self._own_units()
        for register in self:
            register.is_own = register.unit_id.id in own

    def _search_is_own(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("unit_id", "in", self._own_units())

    def action_open_documents(self):
        """Open what stands in this register."""
        self.ensure_one()
        self.check_access("read")
        name = (
            "qlvb_register_document_action_out"
            if self.direction == "out"
            else "qlvb_document_action"
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(f"qlvb_document.{name}")
        action["domain"] = [("register_id", "=", self.id)]
        action["display_name"] = action["name"] = self.display_name
        return action

    def action_close(self, day=None):
        """Close the register up to the end of a day and bind its pages.

        :param day: a day not after today, which it is by default
        :return: the id of the new ``qlvb.register.page``
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: the day is closed already, lies ahead or is no day, or
            there is nothing to close
        """
        self.ensure_one()
        self.check_access("read")
        actor = self.unit_id._actor_as_clerk()
        if actor is None:
            raise AccessError(
                self.env._(
                    "Only a clerk of %(unit)s closes its register.",
                    unit=self.unit_id.name,
                )
            )
        if self.closed_at:
            raise UserError(self._explain_closed())
        day = read_day(day) if day else clock.today()
        if not day:
            raise UserError(self.env._("The day is not a date."))
        if day > clock.today():
            raise UserError(
                self.env._("A register is closed up to today at the latest.")
            )
        return self.env["qlvb.register.page"]._close(self, day, actor).id

    def action_open_pages(self):
        """Open the closed pages of this register."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_register_page_action"
        )
        action["domain"] = [("register_id", "=", self.id)]
        return action

    # -- database -------------------------------------------------------------

    def init(self):
        result = super().init()
        self.env.cr.execute(REGISTER_SQL)
        return result
