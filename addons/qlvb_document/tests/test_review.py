from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock

from .common import NOW, DocumentCase


@tagged("post_install", "-at_install")
class TestReview(DocumentCase):
    """The way up: reviewers in order, the signer last, and back (NĐ 30, art. 11)."""

    def stations(self, document):
        return [
            (review.aspect, review.unit_id, review.state)
            for review in document.sudo().review_ids.sorted("id")
        ]

    def test_draft_climbs_to_the_signer(self):
        document = self.submitted()
        self.assertEqual(
            self.stations(document),
            [
                ("content", self.culture, "current"),
                ("form", self.office, "waiting"),
                ("sign", self.committee, "waiting"),
            ],
        )
        document.with_user(self.culture_head).action_approve("Đã đối chiếu số liệu")
        document.with_user(self.chief).action_approve()
        self.assertEqual(document.state, "signing")
        self.assertEqual(
            [state for _aspect, _unit, state in self.stations(document)],
            ["approved", "approved", "current"],
        )
        self.assertEqual(document.review_ids[0].note, "Đã đối chiếu số liệu")
        self.assertEqual(document.review_ids[0].decided_by_id, self.culture_head)

    def test_every_station_counts_its_own_time(self):
        document = self.submitted()
        self.assertEqual(document.waiting_since, NOW)
        with clock.frozen(NOW + timedelta(hours=5)):
            document.with_user(self.culture_head).action_approve()
        self.assertEqual(document.waiting_since, NOW + timedelta(hours=5))
        with clock.frozen(NOW + timedelta(hours=7)):
            document.with_user(self.chief).action_approve()
        self.assertEqual(document.waiting_since, NOW + timedelta(hours=7))

    def test_draft_of_somebody_who_left_comes_back_to_the_unit(self):
        document = self.submitted()
        post = self.env["qlvb.position"]._current(self.culture_one, self.culture)
        post.date_to = "2026-08-25"
        document.with_user(self.culture_head).action_send_back("Bổ sung phụ lục")
        notes = self.env["mail.message"].sudo()
        told = notes.search(
            [("model", "=", document._name), ("res_id", "=", document.id)]
        ).notified_partner_ids
        self.assertIn(self.culture_clerk.partner_id, told)
        self.assertNotIn(self.culture_one.partner_id, told)

    def test_only_whose_turn_it_is_approves(self):
        document = self.submitted()
        for user in (self.chief, self.chairman, self.culture_one, self.clerk):
            with self.assertRaises(AccessError, msg=user.login):
                document.with_user(user).action_approve()
        document.with_user(self.culture_head).action_approve()
        with self.assertRaises(AccessError):
            document.with_user(self.culture_head).action_approve()

    def test_delegate_does_not_review(self):
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        document = self.submitted()
        with self.assertRaises(AccessError):
            document.with_user(self.culture_deputy).action_approve()
        self.assertFalse(document.with_user(self.culture_deputy).has_access("read"))

    def test_reviewer_sees_the_draft_while_it_is_before_them(self):
        document = self.submitted(cosign_unit_ids=self.justice.ids)
        seen = document.with_user(self.justice_head)
        self.assertFalse(seen.has_access("read"))
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_approve()
        self.assertTrue(seen.has_access("read"))
        self.assertFalse(document.with_user(self.justice_clerk).has_access("read"))
        self.assertFalse(document.with_user(self.justice_one).has_access("read"))
        self.assertIn(
            document, seen.search([("can_approve", "=", True)]), "waits for review"
        )
        seen.action_approve()
        self.assertFalse(seen.has_access("read"))

    def test_kind_names_further_reviewers(self):
        step = self.env["qlvb.review.step"].with_user(self.chief)
        step.create(
            {
                "unit_id": self.committee.id,
                "type_ids": self.decision.ids,
                "reviewer_id": self.justice.id,
            }
        )
        units = [unit for _aspect, unit, _state in self.stations(self.submitted())]
        self.assertEqual(
            units, [self.culture, self.office, self.justice, self.committee]
        )
        report = self.submitted(type_id=self.kind.id)
        self.assertNotIn("legal", [a for a, _unit, _state in self.stations(report)])
        with self.assertRaises(AccessError):
            step.with_user(self.culture_head).create(
                {"unit_id": self.committee.id, "reviewer_id": self.culture.id}
            )

    def test_reviewer_sends_back_and_review_begins_anew(self):
        document = self.submitted()
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_send_back(
            "Bổ sung căn cứ pháp lý", ["can_cu", "the_thuc"]
        )
        self.assertEqual(document.state, "draft")
        trace = document.sudo().send_back_ids
        self.assertEqual(trace.stage, "review")
        self.assertEqual(trace.unit_id, self.office)
        self.assertEqual(trace.drafting_unit_id, self.culture)
        self.assertEqual(trace.reason_ids.mapped("code"), ["can_cu", "the_thuc"])
        self.assertIn("Bổ sung căn cứ pháp lý", document.last_send_back_text)
        document.action_submit()
        self.assertEqual(document.review_round, 2)
        now = document.review_ids.filtered(lambda review: review.state == "current")
        self.assertEqual((now.round, now.unit_id), (2, self.culture))

    def test_signer_and_clerk_send_back_too(self):
        document = self.to_sign()
        document.with_user(self.chairman).action_send_back("Xem lại Điều 3")
        self.assertEqual(document.sudo().send_back_ids.stage, "signing")
        document = self.signed()
        with self.assertRaises(AccessError):
            document.with_user(self.chairman).action_send_back("Tôi muốn sửa")
        document.with_user(self.clerk).action_send_back("Sai nơi nhận", ["noi_nhan"])
        self.assertEqual(document.state, "draft")
        self.assertFalse(document.signed_at)

    def test_unknown_reason_changes_nothing(self):
        document = self.submitted()
        for codes in (["khong_co"], "the_thuc", [7], {"a": 1}):
            with self.assertRaises(UserError, msg=str(codes)):
                document.with_user(self.culture_head).action_send_back("Sửa", codes)
        with self.assertRaises(UserError):
            document.with_user(self.culture_head).action_send_back("  ")
        self.assertEqual(document.state, "review")

    def test_drafter_withdraws_on_the_way_and_not_after(self):
        document = self.to_sign()
        with self.assertRaises(AccessError):
            document.with_user(self.chief).action_withdraw()
        document.action_withdraw("Bổ sung phụ lục")
        self.assertEqual(document.state, "draft")
        self.assertFalse(
            document.review_ids.filtered(lambda r: r.state in ("current", "waiting"))
        )
        signed = self.signed()
        with self.assertRaises(UserError):
            signed.action_withdraw()

    def test_nothing_is_rewritten_on_the_way(self):
        document = self.submitted()
        for values in (
            {"summary": "Khác"},
            {"signer_id": self.vice_culture.id},
            {"scan": False, "attachment_ids": [(5,)]},
            {"copies": 2},
        ):
            with self.assertRaises(UserError, msg=str(values)):
                document.write(values)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE qlvb_document SET signer_id = %s WHERE id = %s",
                (self.vice_culture.id, document.id),
            )
        self.assertIn("never rewritten", str(caught.exception))

    def test_draft_without_pdf_or_head_is_not_submitted(self):
        with self.assertRaises(UserError) as caught:
            self.outgoing(files=()).action_submit()
        self.assertIn("PDF", str(caught.exception))
        document = self.outgoing()
        post = self.env["qlvb.position"]._current(self.culture_head, self.culture)
        post.date_to = "2026-08-25"
        with self.assertRaises(UserError) as caught:
            document.action_submit()
        self.assertIn(self.culture.name, str(caught.exception))
        self.assertFalse(document.sudo().review_ids)
