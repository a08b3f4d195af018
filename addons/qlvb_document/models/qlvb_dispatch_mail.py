import logging
import smtplib
from urllib.parse import urlsplit

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

_logger = logging.getLogger(__name__)

_AT_ONCE = 20


class QlvbDispatchMail(models.AbstractModel):
    """Documents to outside bodies by e-mail, sent apart from the act.

    The clerk's dispatch puts them into the outbox; a job hands them to the mail
    server one by one, so that no act waits for it.  Sent is what the server took,
    with Message-ID and moment; what it did not take waits again, and says why.
    """

    _name = "qlvb.dispatch.mail"
    _description = "Dispatch by E-mail"

    queued_at = fields.Datetime("In the outbox since", readonly=True, copy=False)
    queued_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _outbox_index = models.Index("(id) WHERE queued_at IS NOT NULL")

    def _queue(self, actor):
        """Put these into the outbox, where there is a mail server to send them.

        :return: those that go
        """
        rows = self.sudo()
        if not rows:
            return rows
        if not self.env["qlvb.reminder"]._mail_is_on():
            rows._through_gate().write(
                {
                    "failure": self.env._(
                        "No outgoing mail server is set up. Send it by post, or ask "
                        "the technical administrator."
                    )
                }
            )
            return rows.browse()
        rows._through_gate().write(
            {
                "queued_at": clock.now(),
                "queued_by_id": actor.user.id,
                "failure": False,
            }
        )
        self.env.ref("qlvb_document.ir_cron_qlvb_dispatch_mail").sudo()._trigger()
        return rows

    @api.model
    def _cron_send(self):
        """Hand what lies in the outbox to the mail server, each on its own and once."""
        outbox = Domain("queued_at", "!=", False) & Domain("state", "=", "waiting")
        last = 0
        while rows := self.sudo().search(
            outbox & Domain("id", ">", last), limit=_AT_ONCE, order="id"
        ):
            last = rows[-1].id
            for row in rows:
                # Somebody who strikes it off or sends it just now goes first.
                if row.try_lock_for_update() and row.queued_at:
                    row._send_one()
                left = self.sudo().search_count(outbox)
                if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                    return

    def _send_one(self):
        """Send one dispatch by e-mail, and note what the mail server said."""
        sender = self.queued_by_id
        # The job has no language; what it writes is read in this office and others.
        here = self.with_context(lang="vi_VN")
        document = here.document_id
        actor = document.with_user(sender)._actor_sending()
        try:
            problems = document._unmet_dispatch(actor, here)
            if problems:
                raise UserError("\n".join(problems))
            message_id = here._hand_over()
        except psycopg2.Error:
            raise
        except Exception as no:
            # Whatever there is to one letter: others wait behind it.
            _logger.info("dispatch %s by e-mail: %s", self.id, type(no).__name__)
            here._note_not_sent(no)
            return
        self._through_gate().write(
            {
                "state": "sent",
                "sent_at": clock.now(),
                "sent_by_id": sender.id,
                "queued_at": False,
                "failure": False,
                "proof": message_id,
            }
        )
        self.env["qlvb.journal"].with_user(sender)._log(
            "dispatch_mailed",
            document,
            unit=document.unit_id,
            # To no third party without a ground (Article 9.3): the act of the office.
            data={
                "recipient": self.recipient_text[:200],
                "ground": document.reference,
            },
        )
        document._recall_replaced(actor, here)

    def _hand_over(self):
        """Give the letter to the mail server; return its Message-ID once taken.

        :raises Exception: it was not taken, or could not be written
        """
        server = self.env["ir.mail_server"].sudo()
        files = self.document_id._files_to_send()
        sender = self.env["qlvb.reminder"]._sender()
        letter = server._build_email__(
            sender,
            [self.partner_id._bare_address()],
            self._letter_subject(),
            self._letter_body(),
            reply_to=self._reply_address() or sender,
            attachments=[
                (_on_one_line(file.name), file.raw, file.mimetype) for file in files
            ],
            message_id=self._message_id(),
        )
        return server.send_email(letter)

    def _message_id(self):
        """Return the Message-ID of this dispatch, the same however often it is tried.

        Where the server took it and the answer was lost, the recipient's program
        knows the second for the first.
        """
        host = urlsplit(self.get_base_url()).hostname or "localhost"
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"<qlvb-{uuid}-{self.id}@{host}>"

    def _reply_address(self):
        """Return the address at which the issuing unit receives, if it has one."""
        return (
            self.env["qlvb.mail.address"]
            .sudo()
            .search([("unit_id", "=", self.document_id.unit_id.id)], limit=1)
            .address
        )

    def _letter_subject(self):
        document = self.document_id
        return _on_one_line(f"{document.reference} – {document.summary}")[:200]

    def _letter_body(self):
        """Return what the letter says beside the document that it brings."""
        document = self.document_id
        return self.env._(
            "To: %(recipient)s\n\n"
            "%(unit)s sends the document %(reference)s of %(day)s: %(summary)s\n\n"
            "The document is attached. Please confirm that you have received it.\n",
            recipient=self.partner_id.name,
            unit=document.unit_id.name,
            reference=document.reference,
            day=format_date(self.env, document.document_date),
            summary=document.summary,
        )

    def _note_not_sent(self, error):
        """Note in words why it was not sent, and tell the clerks."""
        if isinstance(error, UserError):
            reason = str(error)
        elif isinstance(error, smtplib.SMTPRecipientsRefused) or (
            "SMTPRecipientsRefused" in str(error)
        ):
            reason = self.env._("The mail server does not know the address.")
        else:
            reason = self.env._(
                "The mail server did not take it. Dispatch once more later, or ask "
                "the technical administrator."
            )
        self._through_gate().write({"queued_at": False, "failure": reason[:300]})
        self._tell_sender(
            self.env._(
                "Not sent to %(recipient)s: %(reason)s",
                recipient=self.recipient_text,
                reason=reason,
            )
        )


def _on_one_line(text):
    """Return a text without what a head of a letter takes for the end of a line."""
    return " ".join(text.split())
