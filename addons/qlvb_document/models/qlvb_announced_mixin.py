from odoo import api, models


class QlvbAnnouncedMixin(models.AbstractModel):
    """Work of which its holders are told as soon as it is given."""

    _name = "qlvb.announced.mixin"
    _description = "Work that is Announced"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        self.env["qlvb.reminder.outbox"]._put(orders)
        return orders
