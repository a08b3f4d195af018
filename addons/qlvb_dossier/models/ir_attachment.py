from odoo import api, models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """Files of opinions and materials stay as they are, in words of our own."""

    _inherit = "ir.attachment"

    def _require_not_kept(self):
        super()._require_not_kept()
        # Superuser: whether it is one decides, whoever asks.
        versions = self.env["qlvb.material.version"].sudo()
        if self and versions.search_count([("file_id", "in", self.ids)], limit=1):
            raise AccessError(self._explain_kept(versions._name))
        opinions = self.env["qlvb.opinion"].sudo()
        said = [("attachment_ids", "in", self.ids)]
        if self and not self.env.su and opinions.search_count(said, limit=1):
            raise AccessError(self._explain_kept(opinions._name))

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
