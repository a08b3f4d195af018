from odoo import api, fields, models
from odoo.fields import Domain

_READERS = ("head", "chief_of_office", "clerk")


class QlvbFiledMixin(models.AbstractModel):
    """What the clerks and the Chief of Office of a unit keep about its dossiers.

    Read by them and by the unit's head; drafted by them, behind a gate whose act
    ``edit`` is inner.  The concrete model has ``unit_id``.
    """

    _name = "qlvb.filed.mixin"
    _description = "Record of Filing"

    is_own = fields.Boolean(
        compute="_compute_is_own",
        search="_search_is_own",
        export_string_translation=False,
    )

    @api.depends("unit_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        mine = self.env["qlvb.position"]._my_units(*_READERS)
        for record in self:
            record.is_own = record.unit_id.id in mine

    def _search_is_own(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("unit_id", "in", self.env["qlvb.position"]._my_units(*_READERS))

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for record in self:
            for line in self._workflow:
                record[f"can_{line.name}"] = record._may(line.name)
            if not record._origin:
                record.can_edit = record._actor_filer() is not None

    def _actor_filer(self):
        """Return the caller as clerk or Chief of Office of the unit, or ``None``."""
        return self.unit_id._actor_holding("clerk", "chief_of_office")
