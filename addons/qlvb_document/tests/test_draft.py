from datetime import date

from odoo.tests import tagged

from .common import TODAY, DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestDraft(DocumentCase):
    """Until it is registered a draft is its clerks' to mend and to drop."""

    def test_a_draft_is_mended(self):
        document = self.draft()
        document.write({"summary": "Về việc khác", "urgency": "urgent"})
        self.assertEqual(document.summary, "Về việc khác")
        self.assertState(document, "draft")

    def test_a_draft_moves_only_between_the_clerks_own_registers(self):
        document = self.draft()
        document.unit_id = self.office
        self.assertEqual(document.unit_id, self.office)
        self.assertDenied(document.write, {"unit_id": self.culture.id})

    def test_who_sees_a_draft(self):
        document = self.draft()
        for user in (self.clerk, self.chief, self.chairman):
            self.assertCanRead(user, document)
        for user in (
            self.vice_culture,
            self.culture_head,
            self.administrator,
            self.outsider,
        ):
            self.assertCannotRead(user, document)

    def test_a_draft_is_dropped_by_its_clerk_and_that_is_traced(self):
        document = self.draft(files=["scan.pdf"])
        document.unlink()
        self.assertFalse(document.exists())
        rows = self.journal("draft_deleted")
        self.assertEqual(rows.user_id, self.clerk)
        self.assertEqual(rows.res_id, document.id)
        self.assertFalse(rows.record_name, "a draft may yet be a secret paper")

    def test_nobody_else_drops_a_draft(self):
        document = self.draft()
        for user in (self.chief, self.chairman, self.culture_clerk):
            with self.subTest(user.login):
                self.assertDenied(document.with_user(user).unlink)

    def test_the_writer_stays_who_entered_it(self):
        document = self.draft()
        self.assertDenied(document.write, {"drafter_id": self.chief.id})
        self.assertDenied(self.draft, drafter_id=self.chief.id)

    def test_a_planted_default_registers_nothing(self):
        """``ir.default`` is open to every official, for their own records."""
        planted = self.env["ir.default"].with_user(self.clerk)
        for name, value in {
            "state": "registered",
            "number": 7,
            "registered_by_id": self.chief.id,
            "drafter_id": self.chief.id,
        }.items():
            planted.set("qlvb.document", name, value, user_id=True)
        document = self.draft()
        self.assertState(document, "draft")
        self.assertEqual(document.number, 0)
        self.assertFalse(document.registered_by_id)
        self.assertEqual(document.drafter_id, self.clerk)


@tagged("post_install", "-at_install", "qlvb")
class TestDeadline(DocumentCase):
    """Counted in working days from arrival, by kind and urgency."""

    def test_a_deadline_follows_from_kind_and_urgency(self):
        """31 August to 2 September 2026 are days off."""
        for urgency, expected in {
            "normal": date(2026, 9, 14),
            "urgent": date(2026, 9, 3),
            "very_urgent": date(2026, 8, 28),
            "express": date(2026, 8, 27),
        }.items():
            with self.subTest(urgency):
                self.assertEqual(self.draft(urgency=urgency).deadline, expected)
        decision = self.env.ref("qlvb_document.qlvb_document_type_quyet_dinh")
        self.assertEqual(self.draft(type_id=decision.id).deadline, date(2026, 9, 21))

    def test_a_clerk_may_set_another(self):
        document = self.draft(deadline="2026-08-31")
        self.assertEqual(document.deadline, date(2026, 8, 31))
        document.deadline = TODAY
        document.action_register()
        self.assertEqual((document.deadline, document.is_late), (TODAY, False))

    def test_it_follows_the_urgency_while_it_is_a_draft(self):
        document = self.draft()
        document.urgency = "express"
        self.assertEqual(document.deadline, date(2026, 8, 27))
