from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install")
class TestDraftOutgoing(DocumentCase):
    """Who drafts what leaves, for which unit, and who sees the draft (Article 7)."""

    def test_specialist_drafts_for_the_committee(self):
        document = self.outgoing()
        self.assertEqual(document.drafter_id, self.culture_one)
        self.assertEqual(document.drafting_unit_id, self.culture)
        self.assertEqual(document.signer_id, self.chairman)
        self.assertEqual(document.signer_capacity, "tm")
        self.assertEqual(document.issuer, self.committee.name)
        self.assertEqual(document.reference_preview, "…/QĐ-UBND")
        self.assertFalse(document.number)

    def test_specialist_drafts_for_the_own_unit(self):
        document = self.outgoing(unit_id=self.culture.id, type_id=self.kind.id)
        self.assertEqual(document.signer_id, self.culture_head)
        self.assertEqual(document.signer_capacity, "own")
        self.assertEqual(document.reference_preview, "…/TTr-VHTT")

    def test_commune_issues_for_itself_alone(self):
        document = self.outgoing(self.commune_one, unit_id=self.commune.id)
        self.assertEqual(document.signer_capacity, "tm")
        with self.assertRaises(UserError) as caught:
            self.outgoing(self.commune_one)
        self.assertIn(self.committee.name, str(caught.exception))

    def test_nobody_drafts_for_a_unit_without_a_post_there(self):
        with self.assertRaises(UserError):
            self.outgoing(unit_id=self.justice.id)
        with self.assertRaises(AccessError):
            self.outgoing(drafting_unit_id=self.justice.id)
        with self.assertRaises(AccessError):
            self.outgoing(self.outsider)
        with self.assertRaises(AccessError):
            self.outgoing(self.administrator)

    def test_draft_is_seen_by_its_unit_and_issuer_alone(self):
        document = self.outgoing()
        for user in (
            self.culture_one,
            self.culture_head,
            self.culture_clerk,
            self.culture_account,
            self.chairman,
            self.chief,
            self.clerk,
        ):
            self.assertTrue(document.with_user(user).has_access("read"), user.login)
        for user in (
            self.culture_two,
            self.culture_deputy,
            self.justice_head,
            self.vice_culture,
            self.commune_head,
            self.administrator,
            self.outsider,
        ):
            self.assertFalse(document.with_user(user).has_access("read"), user.login)
            if user not in (self.administrator, self.outsider):
                found = document.with_user(user).search([])
                self.assertNotIn(document, found, user.login)

    def test_vice_chairman_sees_drafts_in_the_own_field(self):
        document = self.outgoing(field_id=self.field_culture.id)
        self.assertTrue(document.with_user(self.vice_culture).has_access("read"))
        self.assertFalse(document.with_user(self.vice_economy).has_access("read"))

    def test_drafter_rewrites_and_colleague_does_not(self):
        document = self.outgoing()
        document.write({"summary": "Sửa đổi Quy chế", "copies": 40})
        self.assertEqual(document.summary, "Sửa đổi Quy chế")
        for user in (self.chairman, self.clerk, self.chief):
            with self.assertRaises(AccessError):
                document.with_user(user).write({"summary": "Khác"})
        document.with_user(self.culture_head).write({"summary": "Trưởng phòng sửa"})
        self.assertEqual(document.summary, "Trưởng phòng sửa")

    def test_drafter_who_moved_leaves_the_draft_to_the_unit(self):
        document = self.outgoing()
        post = self.env["qlvb.position"]._current(self.culture_one, self.culture)
        post.date_to = "2026-08-25"
        self.assertFalse(document.with_user(self.culture_one).has_access("read"))
        document.with_user(self.culture_clerk).action_submit()
        self.assertEqual(document.sudo().state, "review")

    def test_system_alone_writes_number_and_reference(self):
        document = self.outgoing(reference="99/QĐ-UBND", received_date="2020-01-01")
        self.assertFalse(document.reference)
        for values in (
            {"reference": "99/QĐ-UBND"},
            {"number": 99},
            {"state": "issued"},
            {"drafter_id": self.culture_two.id},
            {"signed_at": "2026-08-26 00:00:00"},
            {"review_ids": [(5,)]},
            {"direction": "in"},
            {"issuer": "Sở Nội vụ"},
        ):
            with self.assertRaises(AccessError, msg=str(values)):
                document.write(values)

    def test_draft_without_subject_is_told_so(self):
        with self.assertRaises(UserError) as caught:
            self.outgoing(summary=False)
        self.assertIn("Summary", str(caught.exception))

    def test_draft_never_submitted_is_deleted_and_submitted_stays(self):
        self.outgoing().unlink()
        document = self.submitted()
        document.action_withdraw()
        with self.assertRaises(UserError):
            document.unlink()
        with self.assertRaises(UserError):
            self.outgoing().action_drop("Không cần nữa")
        document.action_drop("Không cần ban hành nữa")
        self.assertEqual(document.state, "dropped")
        self.assertEqual(document.refusal_reason, "Không cần ban hành nữa")

    def test_official_letter_bears_field_or_unit(self):
        letter = self.outgoing(type_id=self.letter.id)
        self.assertEqual(letter.reference_preview, "…/UBND-VHTT")
        self.field_culture.sudo().symbol = "VX"
        letter.field_id = self.field_culture
        self.assertEqual(letter.reference_preview, "…/UBND-VX")

    def test_missing_symbol_is_named_before_review(self):
        kind = self.env["qlvb.document.type"].sudo().create({"name": "Tạp ghi"})
        document = self.outgoing(type_id=kind.id)
        with self.assertRaises(UserError) as caught:
            document.action_submit()
        self.assertIn("Tạp ghi", str(caught.exception))
        self.assertEqual(document.state, "draft")
