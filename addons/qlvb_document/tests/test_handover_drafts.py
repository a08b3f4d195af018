from psycopg2.errors import RestrictViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_handover import HandoverCase


@tagged("post_install", "-at_install", "qlvb")
class TestHandoverDrafts(HandoverCase):
    """Drafts, signatures and activities of somebody who moves."""

    def test_a_draft_goes_to_a_colleague_who_goes_on_with_it(self):
        draft = self.outgoing(self.culture_one)
        handover = self.moved()
        self.assertEqual(self.kinds(handover), ["draft"])
        self.assertCannotRead(self.culture_two, draft)
        self.accept(handover, receiver=self.culture_two)
        self.assertEqual(draft.sudo().drafter_id, self.culture_two)
        self.assertCannotRead(self.culture_one, draft)
        self.assertJournal("draft_handed_over", draft, self.culture_head)
        own = draft.with_user(self.culture_two).sudo(False)
        own.write({"summary": "Ban hành Quy chế sửa đổi"})
        own.action_submit()
        self.assertState(draft, "review")

    def test_a_draft_on_its_way_comes_back_to_the_receiver(self):
        draft = self.submitted(self.culture_one)
        handover = self.moved()
        self.accept(handover, receiver=self.culture_two)
        self.assertState(draft, "review")
        draft.with_user(self.culture_head).action_send_back("Sửa thể thức.")
        self.assertTrue(draft.with_user(self.culture_two).can_submit)
        self.assertFalse(draft.with_user(self.culture_one).can_submit)

    def test_an_issued_document_keeps_its_drafter(self):
        document = self.issued(user=self.culture_one)
        handover = self.leave(self.culture_one, self.culture)
        self.assertFalse(handover)
        self.assertEqual(document.sudo().drafter_id, self.culture_one)

    def test_nobody_rewrites_the_drafter_by_hand(self):
        draft = self.submitted(self.culture_one)
        for user in (self.culture_one, self.culture_head):
            with self.assertRaises(UserError):
                draft.with_user(user).sudo(False).write(
                    {"drafter_id": self.culture_two.id}
                )
        self.assertEqual(draft.drafter_id, self.culture_one)

    def test_the_database_keeps_the_drafter_of_what_is_numbered(self):
        numbered = self.issued(user=self.culture_one)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE qlvb_document SET drafter_id = %s WHERE id = %s",
                (self.culture_two.id, numbered.id),
            )

    def signing(self):
        """Return a decision that lies before the vice chairman to be signed."""
        return self.to_sign(
            signer_id=self.vice_culture.id, field_id=self.field_culture.id
        )

    def test_what_was_to_be_signed_goes_back_for_the_new_signer(self):
        document = self.signing()
        handover = self.leave(self.vice_culture, self.committee)
        self.assertEqual(self.kinds(handover), ["signature"])
        self.accept(handover, by=self.chairman, receiver=self.chairman)
        self.assertState(document, "draft")
        self.assertEqual(document.signer_id, self.chairman)
        self.assertEqual(document.signer_capacity, "tm")
        self.assertJournal("signer_changed", document, self.chairman)
        notices = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", self.culture_one.partner_id.id),
                ("mail_message_id.res_id", "=", document.id),
                ("mail_message_id.model", "=", "qlvb.document"),
            ]
        )
        self.assertTrue(
            any(self.chairman.name in str(m.body) for m in notices.mail_message_id)
        )
        own = document.with_user(self.culture_one).sudo(False)
        own.action_submit()
        own.with_user(self.culture_head).action_approve()
        own.with_user(self.chief).action_approve()
        own.with_user(self.chairman)._action_sign()
        self.assertState(document, "signed")

    def test_who_cannot_sign_receives_no_signature(self):
        document = self.signing()
        handover = self.leave(self.vice_culture, self.committee)
        self.assertRefused(
            [f"{document.display_name}: {self.clerk.name}", self.committee.name],
            self.accept,
            handover,
            self.chairman,
            self.clerk,
        )
        self.env.invalidate_all()
        self.assertState(document, "signing")
        self.assertEqual(document.signer_id, self.vice_culture)

    def test_a_draft_for_the_leaver_to_sign_names_the_new_signer(self):
        draft = self.outgoing(
            signer_id=self.vice_culture.id, field_id=self.field_culture.id
        )
        handover = self.leave(self.vice_culture, self.committee)
        self.accept(handover, by=self.chairman, receiver=self.chairman)
        self.assertState(draft, "draft")
        self.assertEqual(draft.signer_id, self.chairman)

    def test_an_activity_follows_the_work(self):
        self.forward(self.culture_one)
        activity = self.document.with_user(self.culture_one).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.culture_one.id,
            summary="Gọi cho xã",
        )
        handover = self.moved()
        self.assertEqual(self.kinds(handover), ["activity", "work"])
        self.accept(handover, receiver=self.culture_two)
        self.assertEqual(activity.sudo().user_id, self.culture_two)
        self.assertCanRead(self.culture_two, activity)

    def test_reminders_of_it_leave_the_list_of_who_has_gone(self):
        child = self.forward(self.culture_one)
        reminders = self.env["qlvb.reminder"]
        reminders._remind("late", child, {child: self.culture_one})
        handover = self.moved()
        self.accept(handover, receiver=self.culture_two)
        left = reminders.sudo().search([("user_id", "=", self.culture_one.id)])
        self.assertTrue(left)
        self.assertTrue(all(left.mapped("read_at")))
