from odoo import api, models
from odoo.exceptions import AccessError


class IrEmbeddedActions(models.Model):
    """Buttons that people add to a screen: to their own, not to everybody's."""

    _inherit = "ir.embedded.actions"

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._require_own()
        return actions

    def write(self, vals):
        self._require_own()
        result = super().write(vals)
        self._require_own()
        return result

    def _require_own(self):
        """Raise where an action is not the caller's own.

        :raises AccessError: it is shown to others
        """
        if self.env.su or self.env.user._is_system():
            return
        if any(action.user_id != self.env.user for action in self.sudo()):
            raise AccessError(
                self.env._("Add it to your own screen only, not to everybody's.")
            )
