from odoo import models


class IrAttachment(models.Model):
    """Files that were sent ahead of a paper which was then refused."""

    _inherit = "ir.attachment"

    def _discard_refused(self):
        """Delete files of a refused paper; their bytes go with them."""
        self.unlink()
