from odoo import api, models

from odoo.addons.qlvb_base.lib.commands import ids_in_commands


class MailMessage(models.Model):
    """Messages on our records pass the gate of Article 3 before they are stored."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Defaults of a context, or planted as a user's own, count as said.
            missing = [n for n in ("model", "body", "subject") if n not in vals]
            told = {**self.default_get(missing), **vals}
            if self.env["qlvb.vetting"]._is_ours(told.get("model")):
                self._vet_message(told)
        return super().create(vals_list)

    def write(self, vals):
        if not {"body", "subject", "attachment_ids", "model"}.isdisjoint(vals):
            self._vet_change(vals)
        return super().write(vals)

    def _vet_change(self, vals):
        """Judge what is changed on our records, and what is moved there."""
        # Superuser: on which record a message hangs is what decides.
        for message in self.sudo():
            if self.env["qlvb.vetting"]._is_ours(vals.get("model", message.model)):
                moved = {"body": message.body} if "model" in vals else {}
                self._vet_message({**moved, **vals})

    @api.model
    def _vet_message(self, vals):
        """Judge the words and files of a message.

        :raises AdmissionRefused: Article 3 keeps it out
        :raises FileNotTaken: a file of it is not to be stored here
        """
        vetting = self.env["qlvb.vetting"]
        vetting._vet_words(
            [str(vals.get("body") or ""), vals.get("subject")], "message", self._name
        )
        ids = ids_in_commands(vals.get("attachment_ids") or ())
        if ids:
            vetting._vet_stored(ids, "message")
