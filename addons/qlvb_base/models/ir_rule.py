from odoo import models
from odoo.exceptions import AccessError


class IrRule(models.Model):
    """A refusal in words of the office, without ids and model names."""

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        mixin = self.env.registry["qlvb.audience.mixin"]
        if not issubclass(self.env.registry[records._name], mixin):
            return super()._make_access_error(operation, records)
        denial = self.env._(
            "You have no access to this record (%(kind)s). Those see it who work "
            "on it, and the head and the clerks of their units.",
            kind=self.env["ir.model"].sudo()._get(records._name).name,
        )
        # A form may still be open on what was seen by a delegation.
        ended = self.env["qlvb.delegation"]._why_no_more()
        return AccessError(f"{denial}\n{ended}" if ended else denial)
