from odoo import api, models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """Files of opinions and materials stay as they are, in words of our own."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            numbers = [
                vals.get("res_id") or 0
                for vals in vals_list
                if vals.get("res_model") == "qlvb.dossier"
            ]
            self.env["qlvb.dossier"].browse(numbers)._require_open()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and vals.get("res_model") == "qlvb.dossier":
            self.env["qlvb.dossier"].browse(vals.get("res_id") or ())._require_open()
        return super().write(vals)

    def _require_not_kept(self):
        result = super()._require_not_kept()
        if not self.env.su:
            on_dossiers = self.filtered(lambda file: file.res_model == "qlvb.dossier")
            numbers = on_dossiers.mapped("res_id")
            self.env["qlvb.dossier"].browse(numbers)._require_open()
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
