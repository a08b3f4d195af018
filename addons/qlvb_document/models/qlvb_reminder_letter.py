from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock

_KEPT_DAYS = 30
_BATCH = 10_000


class QlvbReminderLetter(models.Model):
    """One round of reminders to a person: a morning's digest, new work, to look in.

    Proof that it was done, so that no morning and no checkpoint brings two; its
    e-mail is gone once it was handed to the mail server.  Nobody reads or writes
    these rows.
    """

    _name = "qlvb.reminder.letter"
    _description = "Reminder Letter"
    _log_access = False
    _order = "id"

    user_id = fields.Many2one(
        "res.users", "Person", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("digest", "Digest"),
            ("new", "New work"),
            ("look_morning", "To look in, in the morning"),
            ("look_afternoon", "To look in, in the afternoon"),
        ],
        required=True,
    )
    day = fields.Date(required=True, index=True)
    mail_id = fields.Many2one("mail.mail", index="btree_not_null", ondelete="set null")

    _digest_uniq = models.UniqueIndex("(user_id, day) WHERE kind = 'digest'")
    _look_uniq = models.UniqueIndex(
        "(user_id, day, kind) WHERE kind IN ('look_morning', 'look_afternoon')"
    )

    @api.autovacuum
    def _gc_letters(self):
        """Forget rounds that were long made, but for letters still on their way."""
        before = clock.today() - timedelta(days=_KEPT_DAYS)
        old = self.search([("day", "<", before), ("mail_id", "=", False)], limit=_BATCH)
        old.unlink()
        return len(old), len(old) == _BATCH
