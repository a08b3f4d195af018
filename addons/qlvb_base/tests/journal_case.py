from odoo.tools import SQL

from .common import OfficeCase


class JournalCase(OfficeCase):
    """The words in which tests speak of the journal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head, cls.specialist = cls.culture_head, cls.culture_one
        cls.Journal = cls.env["qlvb.journal"]
        cls.standard = cls.env["qlvb.calendar"]._default()

    def log_as(self, user, records=None, **details):
        """Journal an act of ``user`` and return its row as superuser."""
        journal = self.Journal.with_user(user)
        return journal._log("calendar_changed", records, **details).sudo()

    def protect_partners(self, *visible):
        """Let partners be records with an audience; those ids are visible."""
        condition = SQL("seen.id = ANY(%s)", list(visible))
        Partner = self.env.registry["res.partner"]
        Partner._audience_sql = lambda self, alias, query=None: condition
        self.addCleanup(delattr, Partner, "_audience_sql")
        self.patch(
            type(self.Journal),
            "_protected_models",
            lambda journal: [journal.env["res.partner"]],
        )

    def assertReads(self, user, entry, expected):
        """Check what search, count and access check say of one row."""
        self.env.invalidate_all()
        journal = self.Journal.with_user(user)
        domain = [("id", "=", entry.id)]
        self.assertEqual(bool(journal.search(domain)), expected)
        self.assertEqual(bool(journal.search_count(domain)), expected)
        self.assertEqual(entry.with_user(user).has_access("read"), expected)
        self.assertEqual(
            journal.browse(entry.id).with_env(journal.env).is_visible, expected
        )
