import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock

_KEPT_DAYS = 180
_ONE_ARRIVAL = timedelta(minutes=1)


def sender_digest(address: str) -> str:
    """Return the digest under which a sender's address is kept."""
    return hashlib.sha256(address.encode()).hexdigest()


class QlvbMailReceipt(models.Model):
    """Which mails a unit has taken: by digest alone, so that none comes in twice.

    Nothing of a mail stands here, and nothing at all of one that was refused.
    Nobody reads or writes it.
    """

    _name = "qlvb.mail.receipt"
    _description = "Mail Taken In"
    _log_access = False

    unit_id = fields.Many2one("qlvb.unit", required=True, ondelete="cascade")
    mail = fields.Char(required=True, help="Digest of the message's identity")
    sender = fields.Char(required=True, help="Digest of the sender's address")
    date = fields.Datetime(required=True)

    _mail_uniq = models.UniqueIndex("(mail, unit_id)", "This mail was taken already.")
    _sender_index = models.Index("(sender, date)")

    @api.model
    def _take(self, mail, sender, unit):
        """Note a mail, and tell whether it is new to the unit.

        Whoever brings the same mail at the same moment waits here for the commit.
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO qlvb_mail_receipt (unit_id, mail, sender, date)
                   VALUES (%s, %s, %s, %s) ON CONFLICT (mail, unit_id) DO NOTHING""",
                unit.id,
                mail,
                sender,
                clock.now(),
            )
        )
        return self.env.cr.rowcount == 1

    @api.model
    def _recent(self, sender):
        """Return how many mails of a sender were taken in the last hour."""
        return self.search_count(
            [("sender", "=", sender), ("date", ">", clock.now() - timedelta(hours=1))]
        )

    @api.model
    def _forget(self, document):
        """Delete the receipt of the mail that brought a document.

        No row points at it: it is found by sender, unit and minute.
        """
        arrival = (
            self.env["qlvb.journal"]
            .sudo()
            .search(
                [
                    ("event", "=", "received"),
                    ("res_model", "=", document._name),
                    ("res_id", "=", document.id),
                ],
                limit=1,
            )
        )
        if arrival:
            self.search(
                [
                    ("unit_id", "=", document.unit_id.id),
                    ("sender", "=", sender_digest(document.mail_from)),
                    ("date", ">=", arrival.date - _ONE_ARRIVAL),
                    ("date", "<=", arrival.date + _ONE_ARRIVAL),
                ]
            ).unlink()

    @api.autovacuum
    def _gc_receipts(self):
        self.search([("date", "<", clock.now() - timedelta(days=_KEPT_DAYS))]).unlink()
