from odoo import api, models

from ..lib.encoded import decoded


class QlvbInputMixin(models.AbstractModel):
    """Texts and files of people pass the gate of Article 3 wherever input is checked.

    Instructions, results, reasons, directions, and the dialogs in which they are
    typed, are refused with a secrecy mark in them before anything is stored.  So
    are files that a field holds: the field's attachment is made by the system.
    """

    _inherit = "qlvb.input.mixin"

    @api.model
    def _checked_values(self, vals):
        # Length first: nobody reads ten megabytes for marks.
        checked = super()._checked_values(vals)
        vetting, words = self.env["qlvb.vetting"], []
        for name, value in vals.items():
            kind = self._fields[name].type if name in self._fields else None
            if kind in ("char", "text", "html"):
                words.append(value)
            elif kind == "binary" and value and not self.env.su:
                self._vet_binary(vals.get(f"{name}_name") or None, value)
        vetting._vet_words(words, "text", self._name)
        return checked

    @api.model
    def _vet_binary(self, name, value):
        """Judge the file that a field is to hold.

        :param name: what the file is called, where it is told
        """
        content = decoded(value)
        # What is no file is told by the field's own check, with its label.
        if content is not None:
            self.env["qlvb.vetting"]._vet_file(name, content, "file", self._name)

    @api.model
    def _clean_argument(self, label, value, limit=4000, required=True):
        cleaned = super()._clean_argument(label, value, limit, required)
        self.env["qlvb.vetting"]._vet_words([value], "text", self._name)
        return cleaned
