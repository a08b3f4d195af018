from odoo import api, fields, models


class QlvbReminderOutbox(models.Model):
    """Work just given, of which nobody has been told yet.

    Written in the transaction of the act and taken out in that of the reminder:
    nothing is lost, nothing is told twice, and no act waits for a mail server.
    Nobody reads or writes these rows.
    """

    _name = "qlvb.reminder.outbox"
    _description = "Work to Announce"
    _log_access = False
    _goes_in_purge = True
    _order = "id"

    assignment_id = fields.Many2one(
        "qlvb.assignment", required=True, index=True, ondelete="cascade"
    )

    @api.model
    def _put(self, orders):
        """Have the holders of ``orders`` told once this transaction is committed."""
        if orders:
            # Superuser: the order was given through the gate.
            self.sudo().create([{"assignment_id": order.id} for order in orders])
            self.env.ref("qlvb_document.ir_cron_qlvb_announce").sudo()._trigger()
