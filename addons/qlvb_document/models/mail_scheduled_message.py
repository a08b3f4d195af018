from odoo import api, models


class MailScheduledMessage(models.Model):
    """Messages to be sent later pass the gate of Article 3 when they are written."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            missing = [n for n in ("model", "body", "subject") if n not in vals]
            self._vet_scheduled({**self.default_get(missing), **vals})
        return super().create(vals_list)

    def write(self, vals):
        if not {"body", "subject"}.isdisjoint(vals):
            for message in self:
                self._vet_scheduled({"model": message.model, **vals})
        return super().write(vals)

    @api.model
    def _vet_scheduled(self, vals):
        if self.env["qlvb.vetting"]._is_ours(vals.get("model")):
            self.env["mail.message"]._vet_message(vals)
