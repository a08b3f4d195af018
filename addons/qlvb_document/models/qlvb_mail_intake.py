import logging
import random
import re
import time

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, html2plaintext, plaintext2html

from odoo.addons.qlvb_base.lib import clock

from ..lib.mail import MOST_TEXT, SILENT, find_reference, read_mail
from ..lib.telltale import first_telltale
from .qlvb_admission_mixin import AdmissionRefused
from .qlvb_document_mail import BY_MAIL
from .qlvb_mail_receipt import sender_digest
from .qlvb_register_counter import PASSING_ERRORS

_logger = logging.getLogger(__name__)

_UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
_ATTEMPTS = 5
_HOURLY = 100


class QlvbMailIntake(models.AbstractModel):
    """Makes drafts of the mails that units receive (Article 5.1).

    One draft per unit addressed, or nothing: the gate of Article 3 judges subject,
    text and files before anything is stored, and what it refuses leaves a row in
    the journal without a word of it.  Mails of machines are left out.  Nothing is
    ever answered: an answer to a forged address would reach a stranger.
    """

    _name = "qlvb.mail.intake"
    _description = "Intake of E-mails"

    @api.model
    def _receive(self, raw):
        """Take a mail in, as the server itself; see ``mail.thread``.

        :param raw: the mail as it came over the wire
        :return: the ids of the new drafts
        :raises UserError: something unforeseen failed; nothing of it is in the log
        """
        # Core's fetching deletes a mail whatever became of it: try again here.
        fetched = self.env.su and "default_fetchmail_server_id" in self.env.context
        intake = self.with_env(
            self.env(user=SUPERUSER_ID, su=True, context={"qlvb_mail": BY_MAIL})
        )
        mail = read_mail(raw)
        attempts = _ATTEMPTS if fetched else 1
        for attempt in range(1, attempts + 1):
            try:
                drafts = intake._take(mail)
                self.env.flush_all()
            except Exception as error:
                again = isinstance(error, PASSING_ERRORS)
                if again and not fetched:
                    # Whoever answers the call tries it again.
                    raise
                # Its words may be the mail's.
                _logger.warning("taking a mail failed: %s", type(error).__name__)
                if fetched:
                    self.env.cr.rollback()
                if again and attempt < attempts:
                    time.sleep(random.uniform(0.1, 0.5) * attempt)
                    continue
                if not fetched:
                    raise UserError(
                        self.env._("The mail could not be taken. Hand it over again.")
                    ) from None
                for unit in intake._units(mail):
                    intake._leave_out(mail, unit, "failed")
                return []
            else:
                return drafts.ids
        return []

    @api.model
    def _take(self, mail):
        """Return the drafts made of a mail, one per unit that it is addressed to."""
        drafts = self.env["qlvb.document"]
        units = self._units(mail)
        if mail.refusal in SILENT or not units:
            self._journal_left(mail, None, mail.refusal or "no_address")
            return drafts
        code = mail.refusal
        if not code:
            try:
                self._judge(mail)
            except AdmissionRefused:
                # Journalled at the gate, by clause and door.
                return drafts
            except UserError:
                code = "file"
        for unit in units:
            if code:
                self._leave_out(mail, unit, code)
            else:
                drafts |= self._take_for(mail, unit)
        return drafts

    @api.model
    def _units(self, mail):
        """Return the units to which a mail is addressed."""
        addresses = self.env["qlvb.mail.address"].search(
            [("address", "in", list(mail.recipients))]
        )
        return addresses.unit_id.filtered(lambda unit: unit.receives and unit.active)

    @api.model
    def _take_for(self, mail, unit):
        """Return the draft of a mail in one unit's register; none where refused."""
        nothing = self.env["qlvb.document"]
        sender = sender_digest(mail.sender)
        receipts = self.env["qlvb.mail.receipt"]
        if receipts._recent(sender) >= _HOURLY:
            self._leave_out(mail, unit, "flood")
            return nothing
        if not receipts._take(mail.digest, sender, unit):
            return nothing
        return self._make_draft(mail, unit)

    @api.model
    def _judge(self, mail):
        """Hold a whole mail against Article 3 before anything of it is stored.

        :raises AdmissionRefused: its subject, its text or a file tells that the
            paper stays out
        :raises UserError: a file is broken, dangerous or of a kind not taken
        """
        names = [name.rpartition(".")[0] for name, _content in mail.files]
        text = self._text_of(mail)
        ground = first_telltale([mail.subject, text, *names])
        if ground:
            documents = self.env["qlvb.document"]
            documents._record_refusal(ground, "mail")
            raise AdmissionRefused(documents._explain_refusal(ground))
        vetting = self.env["qlvb.vetting"]
        # As the doors behind this one would: they must have nothing left to refuse,
        # or the mail would be handed over again and again.
        words = [mail.subject, mail.sender_name, text[: 2 * MOST_TEXT]]
        vetting._vet_words(words, "mail", "qlvb.document")
        for name, content in mail.files:
            vetting._vet_file(name, content, "mail")

    @api.model
    def _text_of(self, mail):
        said = mail.plain if mail.plain.strip() else html2plaintext(mail.html or "")
        return _UNREADABLE.sub("", said).strip()

    @api.model
    def _make_draft(self, mail, unit):
        """Return the draft, with its files and what the mail said."""
        documents = self.env["qlvb.document"]
        files = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": content,
                    "res_model": documents._name,
                    "res_id": 0,
                }
                for name, content in mail.files
            ]
        )
        reference = find_reference(mail.subject)
        symbol = documents._read_symbol(reference)
        kind = self.env["qlvb.document.type"]
        if symbol.kind:
            kind = kind._of_symbol(symbol)
        values = {
            "reference": reference[: documents._text_limit("reference")],
            "issuer": self._issuer(mail, unit),
            "summary": mail.subject[: documents._text_limit("summary")],
            "type_id": kind.id,
        }
        draft = documents._create_drafts(
            [
                {
                    "unit_id": unit.id,
                    "received_date": clock.today(),
                    "attachment_ids": [Command.set(files.ids)],
                    **{name: value for name, value in values.items() if value},
                }
            ],
            "mail",
        )
        draft._through_gate().write({"mail_from": mail.sender})
        self._note(draft, mail, unit)
        return draft

    @api.model
    def _issuer(self, mail, unit):
        """Return who sent it: as a clerk wrote it last, else in their own words."""
        known = self.env["qlvb.document"].search(
            [
                ("mail_from", "=", mail.sender),
                ("unit_id", "=", unit.id),
                ("state", "not in", ("draft", "refused")),
            ],
            order="id desc",
            limit=1,
        )
        name = mail.sender_name[: known._text_limit("issuer")]
        return (mail.sender and known.issuer) or name

    @api.model
    def _note(self, draft, mail, unit):
        """Write down on the draft whence it came and what the mail said."""
        env = self._in_language_of(unit)
        said = env._(
            "By e-mail from %(address)s. The heading of a mail can be forged: make "
            "sure of the sender.",
            address=mail.sender or env._("an unknown address"),
        )
        body = Markup("<p>%s</p>") % said
        if mail.is_wrapped:
            body += Markup("<p>%s</p>") % env._(
                "The sender's program put files into a “winmail.dat”, which cannot be "
                "opened. Ask for them as PDF."
            )
        text = self._text_of(mail)
        if text:
            cut = text[:MOST_TEXT] + ("…" if len(text) > MOST_TEXT else "")
            body += plaintext2html(cut)
        # In nobody's name but the system's own, whatever the heading says.
        draft._message_log(body=body, author_id=env.user.partner_id.id)

    # -- what is left out -----------------------------------------------------

    @api.model
    def _leave_out(self, mail, unit, code):
        """Journal a mail that was not taken, and tell the unit's clerks, once a day."""
        told = self.env.execute_query(
            SQL(
                """SELECT FROM qlvb_journal
                   WHERE event = 'mail_left_out' AND unit_id = %s AND date >= %s
                     AND data->>'code' = %s AND data->>'domain' = %s LIMIT 1""",
                unit.id,
                clock.to_utc(_midnight()),
                code,
                mail.domain,
            )
        )
        self._journal_left(mail, unit, code)
        if not told:
            self._tell_clerks(mail, unit, code)

    @api.model
    def _journal_left(self, mail, unit, code):
        self.env["qlvb.journal"]._log(
            "mail_left_out", unit=unit, data={"code": code, "domain": mail.domain}
        )

    @api.model
    def _tell_clerks(self, mail, unit, code):
        """Tell a unit's clerks that a mail was not taken: no subject, no contents."""
        env = self._in_language_of(unit)
        reason = {
            "large": env._("it is too large"),
            "many": env._("it has too many parts"),
            "name": env._("the name of a file holds hidden characters"),
            "broken": env._("it cannot be read"),
            "file": env._("a file in it cannot be taken"),
            "flood": env._("too many mails came from this sender within an hour"),
            "failed": env._("of a fault in the system"),
        }[code]
        body = env._(
            "A mail to %(unit)s from the domain %(domain)s was not taken, because "
            "%(reason)s. Look into the mailbox, or ask the sender to send the paper "
            "again as PDF.",
            unit=unit.name,
            domain=mail.domain or env._("(unknown)"),
            reason=reason,
        )
        self.env["mail.thread"].with_env(env).message_notify(
            partner_ids=self._clerks(unit).partner_id.ids,
            author_id=env.user.partner_id.id,
            subject=env._("A mail was not taken"),
            body=Markup("<p>%s</p>") % body,
        )

    @api.model
    def _clerks(self, unit):
        posts = self.env["qlvb.position"]._current(units=unit, roles=("clerk",))
        return posts.user_id | unit.account_user_id

    @api.model
    def _in_language_of(self, unit):
        """Return the environment in which a unit's clerks are written to."""
        lang = self._clerks(unit)[:1].lang
        return self.with_context(lang=lang).env


def _midnight():
    now = clock.to_local(clock.now())
    return now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
