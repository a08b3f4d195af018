from odoo.tests import tagged

from .common_isolation import IsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationTrace(IsolationCase):
    """Who opened, downloaded or exported what stands in the journal, once."""

    def test_opening_on_screen(self):
        document = self.document.with_user(self.owner)
        for _again in range(2):
            document.web_read({"summary": {}})
        self.assertJournal("opened", document, self.owner)

    def test_opening_over_rpc(self):
        """No other method and no context key reads a document untraced."""
        document = self.document.with_user(self.owner)
        document.with_context(qlvb_listing=True).read(["summary"])
        self.assertJournal("opened", document, self.owner)

    def test_opening_again_later(self):
        document = self.document.with_user(self.owner)
        document.read(["summary"])
        with self.at(2026, 8, 26, 9, 11):
            document.read(["summary"])
            self.assertJournal("opened", document, self.owner, count=2)

    def test_opening_by_another(self):
        self.document.with_user(self.owner).read(["summary"])
        self.document.with_user(self.chief).read(["summary"])
        self.assertJournal("opened", self.document, self.chief, count=2)

    def test_lists_open_nothing(self):
        self.env["qlvb.document"].with_user(self.owner).web_search_read(
            [], {"summary": {}}
        )
        self.document.with_user(self.owner).read(["state", "display_name"])
        self.assertFalse(self.journal("opened", self.document))

    def test_refused_opening_leaves_no_row(self):
        self.assertDenied(self.document.with_user(self.justice_head).read, ["summary"])
        self.assertFalse(self.journal("opened", self.document))

    def test_contents_over_rpc(self):
        """Bytes read by a call are a download too."""
        self.scan.with_user(self.owner).read(["raw"])
        self.scan.with_user(self.owner).search_read(
            [("id", "=", self.scan.id)], ["datas"]
        )
        self.assertJournal(
            "downloaded", self.document, self.owner, data={"file": self.scan.id}
        )

    def test_export(self):
        self.document.with_user(self.owner).export_data(["reference", "summary"])
        self.assertJournal(
            "exported",
            self.document,
            self.owner,
            data={"fields": ["reference", "summary"]},
        )

    def test_first_opening_by_the_holder(self):
        self.assertFalse(self.held.seen_at)
        self.document.with_user(self.chief).read(["summary"])
        self.assertFalse(self.held.sudo().seen_at)
        self.document.with_user(self.owner).read(["summary"])
        self.assertTrue(self.held.sudo().seen_at)

    def test_opening_costs_few_queries(self):
        document = self.document.with_user(self.owner)
        document.read(["summary"])
        self.env.flush_all()
        self.env.invalidate_all()
        document.check_access("read")
        document.assignment_ids.fetch(["state", "seen_at", "user_id", "unit_id"])
        with self.assertQueryCount(5):
            document._note_opening()
        self.env.invalidate_all()
