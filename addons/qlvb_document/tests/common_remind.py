"""Reminders and e-mails as people meet them."""

from contextlib import contextmanager
from unittest.mock import patch

from .common import OrderCase


class RemindCase(OrderCase):
    """The office with a mail server that takes everything and sends nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Progress is committed batch by batch, which a test may not do.
        cls.commits = []
        cls.classPatch(
            cls.registry["ir.cron"],
            "_commit_progress",
            lambda cron, *args, **kwargs: cls.commits.append(args) or float("inf"),
        )
        cls.env["ir.mail_server"].search([]).active = False
        cls.server = cls.env["ir.mail_server"].create(
            {"name": "Test", "smtp_host": "127.0.0.1", "smtp_port": 1}
        )
        cls.tell()

    @classmethod
    def tell(cls):
        """Let the system tell of work just given."""
        cls.env["qlvb.reminder"]._cron_announce()

    @classmethod
    def morning(cls):
        """Let the system do the morning's round."""
        cls.env["qlvb.reminder"]._cron_morning()

    @classmethod
    def replan(cls):
        """Let the system count deadlines anew."""
        cls.env["qlvb.replan"]._cron_replan()

    @contextmanager
    def crash(self, model, method, after):
        """Let the n-th call of a method fail, and undo what was not committed."""
        calls = []
        original = getattr(self.registry[model], method)

        def fail(records, *args, **kwargs):
            calls.append(1)
            if len(calls) > after:
                raise RuntimeError("power cut")
            return original(records, *args, **kwargs)

        with (
            patch.object(self.registry[model], method, fail),
            self.assertRaises(RuntimeError),
            self.env.cr.savepoint(),
        ):
            yield
        self.env.invalidate_all()

    def reminders(self, user, order=None, **values):
        """Return the kinds of the open reminders that ``user`` reads, newest first."""
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("is_open", "=", True)]
        if order:
            domain.append(("assignment_id", "=", order.id))
        found = self.env["qlvb.reminder"].with_user(user).search(domain)
        for one in found:
            self.assertTrue(one.is_open)
        return found.mapped("kind")

    def letters(self, user, last=False):
        """Return the e-mails that wait to be sent to a person, oldest first."""
        mails = (
            self.env["mail.mail"]
            .sudo()
            .search([("email_to", "=", user.email)], order="id")
        )
        return mails[-1:] if last else mails

    def decide(self, date, is_working=False, name="Nghỉ theo quyết định"):
        """Enter a decision on a day, as the administrator."""
        return (
            self.env["qlvb.calendar.day"]
            .with_user(self.administrator)
            .create({"date": date, "is_working": is_working, "name": name})
        )

    def assertDeadline(self, record, day):
        record.invalidate_recordset()
        self.assertEqual(str(record.sudo().deadline), day)
