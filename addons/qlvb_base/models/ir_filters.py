from odoo import api, models
from odoo.exceptions import AccessError


class IrFilters(models.Model):
    """Saved searches: everybody's own, planted into nobody else's screen."""

    _inherit = "ir.filters"

    @api.model_create_multi
    def create(self, vals_list):
        filters = super().create(vals_list)
        filters._require_own()
        return filters

    def write(self, vals):
        self._require_own()
        result = super().write(vals)
        self._require_own()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own(self):
        self._require_own()

    def _require_own(self):
        """Raise where a filter is not the caller's alone.

        Its name and domain speak of what its maker sees.

        :raises AccessError: it belongs to others or to everybody
        """
        if self.env.su or self.env.user._is_system():
            return
        for saved in self.sudo():
            if saved.user_ids != self.env.user:
                raise AccessError(
                    self.env._(
                        "A search is saved for oneself alone, not for others. "
                        "Remove the mark “Shared”."
                    )
                )
