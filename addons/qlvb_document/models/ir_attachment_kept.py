from odoo import api, models
from odoo.exceptions import AccessError

from ..lib.freeze_rows import FROZEN_FILE_COLUMNS

_FIXED = frozenset({"raw", "datas", *FROZEN_FILE_COLUMNS})


class IrAttachment(models.Model):
    """The scan of a leader's direction stays as it was recorded.

    The database refuses it as well; here it is said in words.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        if _FIXED & vals.keys():
            self._require_no_direction()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_direction(self):
        self._require_no_direction()

    def _require_no_direction(self):
        """Raise where one of these is the scan of a direction.

        :raises AccessError: naming the file to who sees it
        """
        # Superuser: whether it is one decides, whoever asks.
        directions = self.env["qlvb.direction"].sudo()
        if self and directions.search_count([("scan_id", "in", self.ids)], limit=1):
            raise AccessError(
                self.env._(
                    "The scan of a leader's direction is neither changed nor deleted."
                )
            )
