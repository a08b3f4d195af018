from odoo import api, models


class QlvbHandover(models.Model):
    """What somebody leaves of documents: work, drafts, signatures, activities."""

    _inherit = "qlvb.handover"

    @api.model
    def _sources(self):
        return super()._sources() | {
            "work": "qlvb.assignment",
            "draft": "qlvb.document",
            "signature": "qlvb.document",
            "activity": "mail.activity",
        }

    def action_print(self):
        """Open the record of the hand-over, ready to be printed and signed."""
        self._require_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/print/handover/{self.id}",
            "target": "new",
        }
