from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.mail import is_address


class QlvbMailAddress(models.Model):
    """An address to which a unit's incoming mail is sent.

    Whatever arrives for it becomes a draft in the unit's incoming register.  Set
    by the technical administrator, whom every change names in the journal; read
    by every official.
    """

    _name = "qlvb.mail.address"
    _description = "Address for Incoming Mail"
    _inherit = ["qlvb.input.mixin"]
    _order = "address"
    _rec_name = "address"
    _text_limits = {"address": 190}

    unit_id = fields.Many2one(
        "qlvb.unit",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('receives', '=', True)]",
    )
    address = fields.Char(
        "E-mail address", required=True, help="Written to it, a mail becomes a draft"
    )

    _address_uniq = models.UniqueIndex(
        "(address)", "This address belongs to a unit already."
    )

    @api.constrains("address", "unit_id")
    def _check_address(self):
        for record in self:
            if not is_address(record.address):
                raise ValidationError(
                    self.env._(
                        "“%(address)s” is no e-mail address. Write it like "
                        "vanthu@example.gov.vn.",
                        address=record.address,
                    )
                )
            if not record.unit_id.receives:
                raise ValidationError(
                    self.env._(
                        "%(unit)s keeps no incoming register. Choose another.",
                        unit=record.unit_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        addresses = super().create([self._lowered(vals) for vals in vals_list])
        self.env["qlvb.journal"]._log("mail_address_set", addresses)
        return addresses

    def write(self, vals):
        result = super().write(self._lowered(vals))
        self.env["qlvb.journal"]._log(
            "mail_address_set", self, data={"fields": sorted(vals)}
        )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_journalled(self):
        self.env["qlvb.journal"]._log("mail_address_removed", self)

    @api.model
    def _lowered(self, vals):
        address = vals.get("address")
        if isinstance(address, str):
            return {**vals, "address": address.strip().lower()}
        return vals
