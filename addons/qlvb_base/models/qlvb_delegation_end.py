from odoo import models


class QlvbDelegation(models.Model):
    """A delegation ends with the post on which it rests."""

    _inherit = "qlvb.delegation"

    def _end_with_post(self):
        """End what was in force because the head's or the deputy's post ended."""
        for delegation in self:
            delegation._through_gate().write({"state": "ended"})
            self.env["qlvb.membership"]._sync_delegations(delegation)
            self.env["qlvb.journal"]._log(
                "delegation_ended", delegation, origin="system"
            )
