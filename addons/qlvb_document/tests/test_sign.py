from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install")
class TestSign(DocumentCase):
    """Who signs, as what, and in person (NĐ 30, Article 13)."""

    def test_chairman_signs_in_person(self):
        document = self.to_sign()
        for user in (self.chief, self.vice_culture, self.clerk, self.culture_one):
            with self.assertRaises(AccessError, msg=user.login):
                document.with_user(user)._action_sign()
        document.with_user(self.chairman)._action_sign()
        self.assertEqual(document.state, "signed")
        self.assertTrue(document.signed_at)
        events = (
            self.env["qlvb.journal"]
            .sudo()
            .search([("res_model", "=", document._name), ("res_id", "=", document.id)])
        )
        row = events.filtered(lambda entry: entry.event == "signed")
        self.assertEqual(row.user_id, self.chairman)
        self.assertEqual(row.data["capacity"], "tm")
        self.assertTrue(row.data["files"])

    def test_identity_is_asked_for(self):
        document = self.to_sign()
        with self.assertRaises(UserError) as caught:
            document.with_user(self.chairman).action_sign()
        self.assertIn("HTTP", str(caught.exception))
        self.assertEqual(document.state, "signing")

    def test_vice_chairman_signs_in_the_own_field_alone(self):
        document = self.outgoing(
            signer_id=self.vice_culture.id, field_id=self.field_economy.id
        )
        self.assertEqual(document.signer_capacity, "kt")
        with self.assertRaises(UserError) as caught:
            document.action_submit()
        self.assertIn(self.field_economy.name, str(caught.exception))
        document.field_id = False
        with self.assertRaises(UserError):
            document.action_submit()
        document.field_id = self.field_culture
        document.action_submit()
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_approve()
        document.with_user(self.vice_culture)._action_sign()
        self.assertEqual(document.state, "signed")

    def test_capacity_must_fit_the_posts(self):
        for signer, capacity in (
            (self.chairman, "kt"),
            (self.chairman, "own"),
            (self.chairman, "q"),
            (self.vice_culture, "tm"),
            (self.chief, "tm"),
            (self.vice_economy, "tl"),
            (self.vice_economy, "tuq"),
            (self.vice_economy, "kt"),
        ):
            document = self.outgoing(
                signer_id=signer.id,
                signer_capacity=capacity,
                signer_basis="Quy chế làm việc số 01/QĐ-UBND",
                signer_basis_until="2026-12-31",
                field_id=self.field_culture.id,
            )
            with self.assertRaises(UserError, msg=f"{signer.login} {capacity}"):
                document.action_submit()

    def test_chief_signs_by_order_with_its_basis(self):
        document = self.outgoing(signer_id=self.chief.id)
        self.assertEqual(document.signer_capacity, "tl")
        with self.assertRaises(UserError):
            document.action_submit()
        document.signer_basis = "Quy chế làm việc số 01/QĐ-UBND ngày 02/01/2026"
        document.action_submit()
        self.assertEqual(document.state, "review")

    def test_authorisation_is_limited_in_time(self):
        document = self.outgoing(
            signer_id=self.culture_head.id,
            signer_capacity="tuq",
            signer_basis="Giấy ủy quyền số 03/GUQ-UBND",
        )
        with self.assertRaises(UserError):
            document.action_submit()
        document.signer_basis_until = "2026-08-25"
        with self.assertRaises(UserError):
            document.action_submit()
        document.signer_basis_until = "2026-09-30"
        document.action_submit()
        self.assertEqual(document.state, "review")

    def test_acting_head_signs_q(self):
        post = self.env["qlvb.position"]._current(self.chairman, self.committee)
        post.is_acting = True
        self.assertEqual(self.outgoing().signer_capacity, "q")

    def test_stranger_is_no_signer(self):
        with self.assertRaises(UserError):
            self.outgoing(signer_id=self.justice_one.id)
        with self.assertRaises(UserError):
            self.outgoing(signer_id=self.commune_head.id)

    def test_signer_who_lost_the_post_does_not_sign(self):
        document = self.to_sign()
        post = self.env["qlvb.position"]._current(self.chairman, self.committee)
        post.date_to = "2026-08-25"
        with self.assertRaises(UserError):
            document.with_user(self.chairman)._action_sign()
        self.assertEqual(document.sudo().state, "signing")

    def test_signer_is_told_of_a_draft_replaced_meanwhile(self):
        document = self.to_sign()
        opened = document.review_round
        document.action_withdraw()
        document.summary = "Nội dung mới"
        document.action_submit()
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_approve()
        before = document.with_user(self.chairman).with_context(qlvb_round_seen=opened)
        with self.assertRaises(UserError):
            before._action_sign()
        self.assertEqual(document.state, "signing")
        document.with_user(self.chairman)._action_sign()
        self.assertEqual(document.state, "signed")

    def test_signer_keeps_sight_of_what_they_signed(self):
        document = self.outgoing(
            unit_id=self.culture.id,
            type_id=self.kind.id,
            signer_id=self.culture_deputy.id,
        )
        document.action_submit()
        seen = document.with_user(self.culture_deputy)
        self.assertFalse(seen.has_access("read"))
        document.with_user(self.culture_head).action_approve()
        self.assertTrue(seen.has_access("read"))
        seen._action_sign()
        self.assertTrue(seen.has_access("read"))
