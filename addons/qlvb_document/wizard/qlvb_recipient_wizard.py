from odoo import api, fields, models


class QlvbRecipientWizard(models.TransientModel):
    """Lists many recipients at once: groups, units, outside bodies.

    Who may list them is decided by the document.  Every official has their own.
    """

    _name = "qlvb.recipient.wizard"
    _description = "Recipients in the Making"
    _inherit = ["qlvb.input.mixin"]

    document_id = fields.Many2one("qlvb.document", required=True, ondelete="cascade")
    group_ids = fields.Many2many("qlvb.recipient.group", string="Groups")
    unit_ids = fields.Many2many(
        "qlvb.unit", string="Units", domain="[('receives', '=', True)]"
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Outside bodies",
        domain="[('is_outside_body', '=', True)]",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "qlvb.document":
            values["document_id"] = self.env.context.get("active_id")
        return values

    def action_confirm(self):
        """Put them on the document's list, each once.

        :raises AccessError: the recipients are not the caller's to list
        :raises UserError: naming who cannot be sent the document
        """
        self.ensure_one()
        units, partners = self.group_ids._recipients()
        added = self.document_id._list_recipients(
            units | self.unit_ids, partners | self.partner_ids
        )
        self.unlink()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s recipients added.", count=added),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
