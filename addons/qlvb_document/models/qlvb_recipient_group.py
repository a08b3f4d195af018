from odoo import api, fields, models
from odoo.exceptions import AccessError

KINDS = {
    "agencies": ("office", "department"),
    "communes": ("commune",),
    "services": ("service",),
}
"""Which kinds of unit make up a group that follows the organisation by itself."""


class QlvbRecipientGroup(models.Model):
    """Recipients who are written to together, listed once and used ever after.

    Of a unit, whose head and clerks keep it; the house's own, which follow the
    organisation by themselves ("all communes"), belong to none.  Read by every
    official.
    """

    _name = "qlvb.recipient.group"
    _description = "Group of Recipients"
    _inherit = ["qlvb.input.mixin"]
    _order = "unit_id nulls first, name, id"
    _text_limits = {"name": 100}

    name = fields.Char(required=True, translate=True)
    unit_id = fields.Many2one(
        "qlvb.unit",
        "Kept by",
        index=True,
        default=lambda self: self._default_unit_id(),
        domain="[('id', 'in', own_unit_ids)]",
        help="Its head and clerks change the group; empty: the house's own",
    )
    everybody = fields.Selection(
        [
            ("agencies", "All agencies"),
            ("communes", "All communes and towns"),
            ("services", "All public service units"),
        ],
        "Follows the organisation",
        help="All units of that kind as they are on the day of use",
    )
    unit_ids = fields.Many2many(
        "qlvb.unit",
        "qlvb_recipient_group_unit_rel",
        string="Units",
        domain="[('receives', '=', True)]",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "qlvb_recipient_group_partner_rel",
        string="Outside bodies",
        domain="[('is_outside_body', '=', True)]",
    )
    active = fields.Boolean(default=True)
    count = fields.Integer("Recipients", compute="_compute_count")
    own_unit_ids = fields.Many2many(
        "qlvb.unit", compute="_compute_own_unit_ids", export_string_translation=False
    )
    can_edit = fields.Boolean(
        compute="_compute_can_edit", export_string_translation=False
    )

    def _own_units(self):
        return self.env["qlvb.position"]._my_units("clerk", "head")

    def _default_unit_id(self):
        return self.env["qlvb.unit"].browse(self._own_units()[:1])

    @api.depends_context("uid")
    def _compute_own_unit_ids(self):
        self.own_unit_ids = self.env["qlvb.unit"].browse(self._own_units())

    @api.depends("unit_id")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        own = self._own_units()
        for group in self:
            group.can_edit = not group._origin or group.unit_id.id in own

    @api.depends("everybody", "unit_ids", "partner_ids")
    def _compute_count(self):
        for group in self:
            units, partners = group._recipients()
            group.count = len(units) + len(partners)

    def _recipients(self):
        """Return the units and outside bodies of these groups, as they are today."""
        kinds = [
            kind for group in self for kind in KINDS.get(group.everybody or "", ())
        ]
        units = self.unit_ids
        if kinds:
            units |= self.env["qlvb.unit"].search([("kind", "in", kinds)])
        units = units.filtered(lambda unit: unit.active and unit.receives)
        return units.sorted("sequence"), self.partner_ids.filtered("active")

    # -- who keeps it ---------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        groups = super().create(vals_list)
        groups._require_keeper()
        return groups

    def write(self, vals):
        self._require_keeper()
        result = super().write(vals)
        if "unit_id" in vals:
            self._require_keeper()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_others(self):
        self._require_keeper()

    def _require_keeper(self):
        """Raise where a group is not the caller's to change.

        :raises AccessError: for all but the head and clerks of its unit
        """
        if self.env.su:
            return
        own = self._own_units()
        for group in self:
            if group.unit_id.id not in own:
                raise AccessError(
                    self.env._(
                        "A group of recipients is changed by the head and the clerks "
                        "of its unit. Make one of your own."
                    )
                )
