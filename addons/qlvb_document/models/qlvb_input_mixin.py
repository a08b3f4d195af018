from odoo import api, models


class QlvbInputMixin(models.AbstractModel):
    """Texts of people pass the gate of Article 3 wherever input is checked.

    Instructions, results, reasons, directions, and the dialogs in which they are
    typed, are refused with a secrecy mark in them before anything is stored.
    """

    _inherit = "qlvb.input.mixin"

    @api.model
    def _checked_values(self, vals):
        # Length first: nobody reads ten megabytes for marks.
        checked = super()._checked_values(vals)
        words = [
            value
            for name, value in vals.items()
            if name in self._fields
            and self._fields[name].type in ("char", "text", "html")
        ]
        self.env["qlvb.vetting"]._vet_words(words, "text", self._name)
        return checked

    @api.model
    def _clean_argument(self, label, value, limit=4000, required=True):
        cleaned = super()._clean_argument(label, value, limit, required)
        self.env["qlvb.vetting"]._vet_words([value], "text", self._name)
        return cleaned
