from odoo import models
from odoo.fields import Domain


class IrUiMenu(models.Model):
    """An official meets the menus of QLVB alone, whatever else is installed."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        if self.env.user._is_system():
            return hidden
        own = self.env.ref("qlvb_base.qlvb_menu_root")
        # Superuser: which menus exist is asked, not what they lead to.
        foreign = self.sudo().search(
            Domain("parent_id", "=", False) & Domain("id", "!=", own.id)
        )
        return [*hidden, *foreign.ids]
