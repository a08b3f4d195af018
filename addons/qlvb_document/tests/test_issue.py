from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock

from .common import DocumentCase


@tagged("post_install", "-at_install")
class TestIssue(DocumentCase):
    """The clerk gives the number, at that moment and in that register alone (7.3)."""

    def test_clerk_issues_what_is_signed(self):
        document = self.checked(self.signed())
        for user in (self.chairman, self.chief, self.culture_clerk, self.culture_one):
            with self.assertRaises(AccessError, msg=user.login):
                document.with_user(user).action_issue()
        document.with_user(self.clerk).action_issue()
        self.assertEqual(document.state, "issued")
        self.assertEqual((document.number, document.reference), (1, "01/QĐ-UBND"))
        self.assertEqual(str(document.document_date), "2026-08-26")
        self.assertEqual(document.sudo().registered_by_id, self.clerk)
        self.assertEqual(document.sudo().register_id.direction, "out")
        self.assertEqual(document.display_name, "01/QĐ-UBND")

    def test_issuing_twice_keeps_the_number(self):
        document = self.issued()
        document.with_user(self.clerk).action_issue()
        self.assertEqual(document.number, 1)
        self.assertEqual(self.issued().number, 2)

    def test_nothing_unsigned_is_issued(self):
        for document in (self.outgoing(), self.submitted(), self.to_sign()):
            with self.assertRaises(UserError):
                document.with_user(self.clerk).action_issue()
            self.assertFalse(document.number)

    def test_unit_numbers_its_own(self):
        document = self.submitted(unit_id=self.culture.id, type_id=self.kind.id)
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.culture_head)._action_sign()
        with self.assertRaises(AccessError):
            document.with_user(self.clerk).action_issue()
        self.checked(document).with_user(self.culture_account).action_issue()
        self.assertEqual(document.reference, "01/TTr-VHTT")

    def test_legislative_document_bears_the_year(self):
        kind = self.env.ref("qlvb_document.qlvb_document_type_quyet_dinh_qppl")
        document = self.issued(type_id=kind.id)
        self.assertEqual(document.reference, "01/2026/QĐ-UBND")
        self.assertEqual(self.issued().reference, "01/QĐ-UBND")

    def test_date_lies_not_ahead_and_is_a_date(self):
        document = self.checked(self.signed())
        for day in ("2026-08-27", "hôm nay"):
            with self.assertRaises(UserError):
                document.with_user(self.clerk).action_issue(day)
        document.with_user(self.clerk).action_issue("2026-08-26")
        self.assertEqual(document.number, 1)

    def test_clerk_dates_nothing_before_its_signature(self):
        document = self.checked(self.signed())
        with self.assertRaisesRegex(UserError, "signed on 26/08/2026"):
            document.with_user(self.clerk).action_issue("2026-08-25")
        self.assertEqual(document.state, "signed")
        # What the signer read on the draft stands.
        dated = self.checked(self.signed(document_date="2026-08-25"))
        dated.with_user(self.clerk).action_issue()
        self.assertEqual(str(dated.document_date), "2026-08-25")

    def test_year_is_that_of_hanoi(self):
        document = self.checked(self.signed())
        with clock.frozen(datetime(2026, 12, 31, 16, 59)):
            document.with_user(self.clerk).action_issue()
        other = self.checked(self.signed())
        with clock.frozen(datetime(2026, 12, 31, 17, 0)):
            other.with_user(self.clerk).action_issue()
        self.assertEqual(document.sudo().register_id.year, 2026)
        self.assertEqual(other.sudo().register_id.year, 2027)
        self.assertEqual(other.number, 1)

    def test_clerk_notes_copies_stamp_and_filing(self):
        document = self.issued(copies=40)
        clerk = document.with_user(self.clerk)
        self.assertEqual(clerk.steps_left_text.count(","), 2)
        clerk.action_tick("copies")
        clerk.action_tick("stamp")
        clerk.action_tick("stamp")
        clerk.action_tick("archive", "Hộp 12, kho văn thư")
        rows = document.sudo().issue_step_ids.sorted("id")
        self.assertEqual(rows.mapped("step"), ["copies", "stamp", "archive"])
        self.assertEqual(rows.user_id, self.clerk)
        self.assertIn("40", rows[0].note)
        self.assertEqual(rows[2].note, "Hộp 12, kho văn thư")
        self.assertFalse(clerk.steps_left_text)
        clerk.with_context(qlvb_step="stamp", qlvb_done=False).action_tick()
        self.assertFalse(clerk.has_stamp)
        self.assertEqual(len(document.sudo().issue_step_ids), 4)

    def test_nobody_else_notes_what_was_done_on_paper(self):
        document = self.issued()
        for user in (self.chairman, self.chief, self.culture_one, self.culture_clerk):
            with self.assertRaises(AccessError, msg=user.login):
                document.with_user(user).action_tick("stamp")
        for step in (None, "khac", 7):
            with self.assertRaises(UserError, msg=str(step)):
                document.with_user(self.clerk).action_tick(step)
        with self.assertRaises(UserError):
            self.signed().with_user(self.clerk).action_tick("stamp")

    def test_issued_document_is_fixed(self):
        document = self.issued()
        for values in ({"summary": "Khác"}, {"reference": "02/QĐ-UBND"}):
            with self.assertRaises(UserError):
                document.with_user(self.clerk).write(values)
        for column, value in (
            ("number", 9),
            ("reference", "09/QĐ-UBND"),
            ("state", "draft"),
            ("state", "signed"),
            ("document_date", "2026-01-01"),
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE qlvb_document SET {column} = %s WHERE id = %s",
                    (value, document.id),
                )
            self.assertIn("never rewritten", str(caught.exception), column)
