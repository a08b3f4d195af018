from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_dispatch import DispatchCase


@tagged("post_install", "-at_install")
class TestReply(DispatchCase):
    """A reply and what it answers know each other (Articles 5.3, 7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top = cls.routed(cls.line(cls.culture), cls.line(cls.justice, "support"))[0]
        cls.origin = cls.top.document_id
        cls.mine, cls.help = cls.passed_on(
            cls.top, cls.culture_head, cls.culture_one, cls.culture_two
        )

    def reply(self, user=None, **values):
        """Return the draft of a reply that its drafter began on the origin."""
        user = user or self.culture_one
        draft = self.env["qlvb.document"].browse(
            self.origin.with_user(user).action_reply()["res_id"]
        )
        draft = draft.with_user(user)
        draft.write(
            {
                "type_id": self.decision.id,
                "attachment_ids": [(4, self.upload(user, "qd.pdf", self.draft_pdf).id)],
                **values,
            }
        )
        return draft

    def issue(self, draft):
        draft.action_submit()
        draft.with_user(self.culture_head).action_approve()
        draft.with_user(self.chief).action_approve()
        draft.with_user(self.chairman)._action_sign()
        self.checked(draft).with_user(self.clerk).action_issue()
        self.env.flush_all()
        self.env.invalidate_all()
        return draft

    def states(self):
        orders = self.top | self.mine | self.help
        return orders.sudo().mapped("state")

    def test_holder_drafts_a_reply(self):
        for user in (self.justice_one, self.culture_clerk, self.clerk, self.chairman):
            with self.assertRaises(AccessError, msg=user.login):
                self.origin.with_user(user).action_reply()
        draft = self.reply()
        self.assertRecordValues(
            draft,
            [
                {
                    "direction": "out",
                    "state": "draft",
                    "reply_to_id": self.origin.id,
                    "drafting_unit_id": self.culture.id,
                    "unit_id": self.committee.id,
                    "reply_finishes": False,
                }
            ],
        )
        self.assertIn("120/TTr-VHTT", draft.summary)
        from_work = self.mine.with_user(self.culture_one).action_draft_reply()
        self.assertEqual(from_work["res_model"], "qlvb.document")
        with self.assertRaises(AccessError):
            self.mine.with_user(self.justice_one).action_draft_reply()
        # The paper says that VHTT issued it, which is a unit of the system.
        self.assertEqual(draft.dispatch_ids.unit_id.name, self.culture.name)

    def test_each_reader_is_told_of_what_they_see(self):
        draft = self.reply()
        origin = self.origin
        self.assertEqual(origin.with_user(self.culture_one).reply_ids, draft)
        # Supporters of another unit see the origin, not VHTT's draft.
        self.assertFalse(origin.with_user(self.justice_head).reply_ids)

    def test_who_does_not_see_the_origin_is_not_told_of_it(self):
        own = self.registered(self.culture_clerk, unit_id=self.culture.id)
        [order] = self.routed(
            self.line(self.culture_one), document=own, by=self.culture_head
        )
        self.assertTrue(order)
        self.origin = own
        draft = self.reply(unit_id=self.committee.id, signer_id=self.chairman.id)
        draft.action_submit()
        draft.with_user(self.culture_head).action_approve()
        self.env.invalidate_all()
        self.assertCannotRead(self.chief, own)
        seen = draft.with_user(self.chief)
        self.assertFalse(seen.read(["reply_to_id"])[0]["reply_to_id"])
        spec = {"reply_to_id": {"fields": {"display_name": {}}}}
        self.assertFalse(seen.web_read(spec)[0]["reply_to_id"])
        mine = draft.with_user(self.culture_one).web_read(spec)[0]["reply_to_id"]
        self.assertEqual(mine["id"], own.id)

    def test_a_reply_answers_what_its_drafter_sees(self):
        with self.assertRaises(UserError):
            self.outgoing(
                self.commune_one,
                unit_id=self.commune.id,
                reply_to_id=self.origin.id,
            )
        with self.assertRaises(ValidationError):
            self.outgoing(reply_to_id=self.outgoing().id)

    def test_issuing_the_reply_finishes_the_origin(self):
        draft = self.reply(reply_finishes=True)
        self.assertEqual(self.states(), ["accepted", "sent", "sent"])
        self.issue(draft)
        self.assertEqual(self.states(), ["done", "done", "recalled"])
        self.assertEqual(self.origin.sudo().state, "done")
        for order, holder in (
            (self.top.sudo(), self.culture_head),
            (self.mine.sudo(), self.culture_one),
        ):
            self.assertEqual(order.result, "Trả lời bằng 01/QĐ-UBND")
            self.assertEqual(order.doer_id, holder)
        rows = self.journal("assignment_finished", self.origin)
        self.assertEqual(rows.user_id, self.clerk)
        self.assertEqual(rows.on_behalf_of_id, self.culture_head | self.culture_one)

    def test_a_reply_that_finishes_nothing_leaves_the_work_open(self):
        self.issue(self.reply())
        self.assertEqual(self.states(), ["accepted", "sent", "sent"])

    def test_another_lead_stays(self):
        draft = self.reply(self.culture_two, reply_finishes=True)
        self.issue(draft)
        self.assertEqual(self.states(), ["accepted", "sent", "done"])
        self.assertEqual(self.origin.sudo().state, "assigned")

    def test_nobody_finishes_what_their_unit_does_not_hold(self):
        self.mine.with_user(self.culture_one).action_done("Xong")
        self.help.with_user(self.culture_two).action_done("Xong")
        draft = self.reply(self.culture_head)
        self.top.with_user(self.culture_head).action_done("Xong")
        with self.assertRaises(ValidationError):
            draft.write({"reply_finishes": True})

    def test_follow_up_book_names_the_reply(self):
        self.reply()
        draft = self.issue(self.reply())
        [row] = self.env["qlvb.form"].with_user(self.clerk)._follow_up_rows(self.origin)
        self.assertEqual(row[5], draft.reference)

    def test_sender_finds_the_answer_beside_what_was_asked(self):
        asked = self.submitted(unit_id=self.culture.id, type_id=self.kind.id)
        asked.with_user(self.culture_head).action_approve()
        asked.with_user(self.culture_head)._action_sign()
        self.checked(asked).with_user(self.culture_account).action_issue()
        [row] = self.listed(asked, self.committee, by=self.culture_account)
        asked.with_user(self.culture_account).action_dispatch()
        arrived = self.copy_of(row, self.clerk)
        arrived.action_register()
        [order] = self.routed(document=arrived)
        ids = order.with_user(self.culture_head).action_forward(
            [self.line(self.culture_one)]
        )
        self.assertTrue(ids)
        self.origin = arrived
        draft = self.issue(self.reply())
        self.assertEqual(draft.dispatch_ids.unit_id, self.culture)
        draft.with_user(self.clerk).action_dispatch()
        answer = self.copy_of(draft.dispatch_ids.with_user(self.clerk))
        self.assertEqual(answer.reply_to_id, asked)
        self.assertIn(answer, asked.with_user(self.culture_account).reply_ids)
