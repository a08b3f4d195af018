from odoo import api, models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """Files of opinions and materials stay as they are, in words of our own."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            numbers = {
                vals.get("res_id")
                for vals in vals_list
                if vals.get("res_model") == "qlvb.dossier"
                and type(vals.get("res_id")) is int
            }
            # Superuser: whether it is closed decides; whether the caller sees it, core.
            for dossier in self.env["qlvb.dossier"].sudo().browse(numbers).exists():
                dossier._require_open()
        return super().create(vals_list)

    def _require_not_kept(self):
        result = super()._require_not_kept()
        # Superuser: whether it is one decides, whoever asks.
        versions = self.env["qlvb.material.version"].sudo()
        if self and versions.search_count([("file_id", "in", self.ids)], limit=1):
            raise AccessError(self._explain_kept(versions._name))
        opinions = self.env["qlvb.opinion"].sudo()
        said = [("attachment_ids", "in", self.ids)]
        if self and not self.env.su and opinions.search_count(said, limit=1):
            raise AccessError(self._explain_kept(opinions._name))
        return result

    @api.model
    def _explain_kept(self, model):
        own = {
            "qlvb.material.version": self.env._(
                "A version of a material is neither changed nor deleted."
            ),
            "qlvb.opinion": self.env._(
                "The files of an opinion change with the opinion, by its author."
            ),
        }
        return own.get(model) or super()._explain_kept(model)
