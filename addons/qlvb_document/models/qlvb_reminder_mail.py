from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, models
from odoo.tools import email_normalize, format_date

from odoo.addons.qlvb_base.lib import clock

STATE_PARAMETER = "qlvb.reminder_mail_state"
_SECTIONS = ("late", "due", "moved", "new", "unopened")
_RETRIED = timedelta(days=1)


class QlvbReminderMail(models.AbstractModel):
    """Reminders by e-mail, which leave the house and so say little.

    Number and symbol, deadline, who gave it and a link; never a subject, an
    instruction or a file.  A letter hangs on no record and is written in nobody's
    name, so that nobody but the system reads it in the queue.  Where no outgoing
    mail server is set up there are no letters at all, only the list of reminders;
    the parameter ``qlvb.reminder_mail_state`` says which.
    """

    _name = "qlvb.reminder.mail"
    _description = "Reminders by E-mail"

    @api.model
    def _mail_is_on(self):
        """Tell whether e-mail goes out, and keep the answer for all to see."""
        # Superuser: the system's own settings.
        is_on = bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))
        settings = self.env["ir.config_parameter"].sudo()
        state = "on" if is_on else "no outgoing mail server"
        if settings.get_param(STATE_PARAMETER) != state:
            settings.set_param(STATE_PARAMETER, state)
        return is_on

    @api.model
    def _post(self, kind, user, sections):
        """Note a round of reminders to a person and queue its letter.

        :param kind: ``digest`` or ``new``
        :param sections: orders by name of the section
        """
        letter = self._note_letter(kind, user)
        if letter and any(sections.values()):
            self._post_letter(letter, user, sections)

    @api.model
    def _post_letter(self, letter, user, sections, intro=None):
        """Queue the letter of a round that was noted, to who wants letters.

        :param intro: what stands above the sections
        """
        address = user.reminder_mail and email_normalize(user.email or "")
        if address and self._mail_is_on():
            letter.mail_id = self._queue_mail(user, address, sections, intro)
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.model
    def _queue_mail(self, user, address, sections, intro=None):
        """Put one letter into the queue of outgoing mail."""
        here = self.with_context(lang=user.lang or "vi_VN")
        values = here._letter_values(user, sections) | {"intro": intro}
        body = here.env["ir.qweb"]._render("qlvb_document.reminder_letter", values)
        return (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": here._letter_subject(sections, intro),
                    "body_html": body,
                    "email_to": address,
                    "email_from": self._sender(),
                    # Whoever is author or recipient of a message reads it.
                    "author_id": self.env.ref("base.partner_root").id,
                    "auto_delete": True,
                    "headers": repr({"Auto-Submitted": "auto-generated"}),
                }
            )
        )

    @api.model
    def _sender(self):
        """Return the address that letters come from: the house's own."""
        company = self.env.company.sudo()
        host = urlsplit(self.get_base_url()).hostname
        return (
            company.default_from_email
            or self.env["ir.mail_server"].sudo()._get_default_from_address()
            or company.email
            or f"qlvb@{host}"
        )

    @api.model
    def _letter_subject(self, sections, intro=None):
        """Return the subject: how many of what, and nothing of what they are."""
        if intro:
            return self.env._("QLVB – you have not looked in yet: work waits for you")
        texts = {
            "late": self.env._("%(count)s late", count=len(sections.get("late", ()))),
            "due": self.env._("%(count)s due soon", count=len(sections.get("due", ()))),
            "moved": self.env._(
                "%(count)s with another deadline", count=len(sections.get("moved", ()))
            ),
            "new": self.env._("%(count)s new", count=len(sections.get("new", ()))),
        }
        parts = [text for name, text in texts.items() if sections.get(name)]
        return self.env._("QLVB – work: %(parts)s", parts=", ".join(parts))

    @api.model
    def _letter_values(self, user, sections):
        """Return what the template of a letter shows."""
        titles = {
            "late": self.env._("Late"),
            "due": self.env._("Due within two working days"),
            "moved": self.env._("Deadline moved, or on a day off"),
            "new": self.env._("New work"),
            "unopened": self.env._("Not yet opened"),
        }
        base = self.get_base_url()
        return {
            "name": user.name,
            "link": f"{base}/odoo",
            "sections": [
                (titles[name], [self._letter_line(order, base) for order in orders])
                for name in _SECTIONS
                if (orders := sections.get(name))
            ],
        }

    @api.model
    def _letter_line(self, order, base):
        """Return what a letter says of an order: see the class."""
        order = order.with_context(lang=self.env.lang)
        return {
            "name": order._matter()._plain_name(),
            "holder": order._holder_name(),
            "deadline": order.deadline and format_date(self.env, order.deadline),
            "giver": order.giver_text,
            "link": f"{base}/odoo/qlvb.assignment/{order.id}",
        }

    @api.model
    def _revive_mails(self):
        """Try letters again that the mail server did not take, for a day.

        After that the next morning's digest says it better.
        """
        letters = (
            self.env["qlvb.reminder.letter"]
            .sudo()
            .search([("mail_id.state", "=", "exception")])
        )
        since = clock.today() - _RETRIED
        letters.filtered(lambda one: one.day < since).mail_id.unlink()
        letters.filtered(lambda one: one.day >= since).mail_id.mark_outgoing()
