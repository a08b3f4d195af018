from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock


class QlvbOpeningMixin(models.AbstractModel):
    """When work was first opened by its holder, and how long that took (Art. 11.1)."""

    _name = "qlvb.opening.mixin"
    _description = "Opening of Work Given"

    seen_at = fields.Datetime("First opened at")
    hours_to_open = fields.Float(
        "Hours to opening",
        compute="_compute_hours_to_open",
        help="Working hours from being given to the first opening",
    )

    @api.depends("sent_at", "seen_at", "unit_id")
    def _compute_hours_to_open(self):
        for order in self:
            order.hours_to_open = (
                order._hours_between(order.sent_at, order.seen_at)
                if order.sent_at and order.seen_at
                else 0
            )

    def _hours_between(self, start, end):
        """Return the hours that the holder's unit worked between two moments."""
        hours = self.unit_id._calendar()._work_hours()
        # Given by night and opened before work begins: at once.
        return max(hours.between(clock.wall(start), clock.wall(end)), 0)

    def _note_opening(self):
        """Note that the holder opens it; its document is noted where it is opened."""
        self._note_seen()

    def _note_seen(self):
        """Note the first opening by the caller of what they hold among these.

        On a cursor of its own: the caller's transaction may be read-only, and
        reading waits for nobody who is acting.
        """
        held = self.filtered(lambda order: order.is_mine and not order.seen_at)
        if not held:
            return
        with self.env["qlvb.journal"]._own_cursor() as cr:
            cr.execute(
                """UPDATE qlvb_assignment SET seen_at = %s WHERE id IN (
                       SELECT id FROM qlvb_assignment WHERE id = ANY(%s)
                       AND seen_at IS NULL FOR NO KEY UPDATE SKIP LOCKED)""",
                (clock.now(), held.ids),
            )
        held.invalidate_recordset(["seen_at", "hours_to_open"], flush=False)
