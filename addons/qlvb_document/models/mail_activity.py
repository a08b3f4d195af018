from odoo import api, models

_WORDS = ("summary", "note")


class MailActivity(models.Model):
    """Activities on our records pass the gate of Article 3 with their words."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            missing = [name for name in _WORDS if name not in vals]
            self._vet_activity({**self.default_get(missing), **vals})
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys().isdisjoint(_WORDS):
            self._vet_activity(vals)
        return super().write(vals)

    @api.model
    def _vet_activity(self, vals):
        # Also those on nothing or on a partner: they may be moved, and are short.
        self.env["qlvb.vetting"]._vet_words(
            [str(vals.get(name) or "") for name in _WORDS], "message", self._name
        )
