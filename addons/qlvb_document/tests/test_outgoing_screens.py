from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.qlvb_base.lib import clock

from ..lib import pdf_blanks
from .common import NOW, PDF, DocumentCase

OUT_FORM = "qlvb_document.qlvb_document_view_form_out"
WAITS = "qlvb_document.qlvb_document_action_out_waits"


@tagged("post_install", "-at_install", "qlvb")
class TestOutgoingScreens(DocumentCase):
    """What each role sees of what leaves, and that every act says that it is done."""

    def act(self, act, document, user, **values):
        """Do an act in its dialog, as ``user``; return what the client is told."""
        return (
            self.env["qlvb.act.wizard"]
            .with_user(user)
            .with_context(active_model=document._name, active_id=document.id)
            .create({"act": act, "document_id": document.id, **values})
            .action_confirm()
        )

    def said(self, answer):
        return answer["params"]["message"]

    # -- a new draft ----------------------------------------------------------

    def test_specialist_begins_with_what_follows_from_the_post(self):
        model = self.env["qlvb.document"].with_user(self.culture_one)
        with Form(
            model.with_context(default_direction="out"), self.env.ref(OUT_FORM)
        ) as form:
            self.assertEqual(form.drafting_unit_id, self.culture)
            self.assertEqual(form.unit_id, self.committee)
            self.assertEqual(form.signer_id, self.chairman)
            self.assertEqual(form.signer_capacity, "tm")
            form.type_id = self.decision
            form.summary = "Ban hành Quy chế"
            form.unit_id = self.culture
            self.assertEqual(form.signer_id, self.culture_head, "its own head signs")
            self.assertEqual(form.signer_capacity, "own")
            self.assertEqual(form.reference_preview, "…/QĐ-VHTT")
        document = form.save()
        self.assertEqual(document.unit_id, self.culture)
        self.assertEqual(document.signer_id, self.culture_head)

    def test_reply_is_due_when_what_it_answers_is(self):
        arrived = self.routed().document_id
        model = self.env["qlvb.document"].with_user(self.culture_head)
        with Form(
            model.with_context(default_direction="out"), self.env.ref(OUT_FORM)
        ) as form:
            form.type_id = self.letter
            form.summary = "Trả lời"
            form.reply_to_id = arrived
            self.assertEqual(form.deadline, arrived.deadline)

    def test_drafter_is_told_what_is_missing_and_whom_it_will_pass(self):
        document = self.outgoing(files=())
        self.assertIn("PDF", document.still_missing_text)
        self.assertEqual(document.way_ahead_text.count("→"), 2)
        self.assertIn(self.office.name, document.way_ahead_text)
        full = self.submitted()
        self.assertFalse(full.still_missing_text or full.way_ahead_text)
        seen = document.with_user(self.chairman)
        self.assertFalse(seen.still_missing_text, "the drafter's alone to mend")

    def test_opening_a_draft_does_not_open_its_pdf(self):
        document = self.outgoing()
        with patch.object(pdf_blanks, "prepare") as opened:
            self.assertFalse(document.still_missing_text)
        opened.assert_not_called()

    def test_textless_pdf_is_declared_before_it_goes_up(self):
        file = self.upload(self.culture_one, "anh.pdf", PDF)
        document = self.outgoing(files=(), attachment_ids=file.ids)
        action = document.action_hand_in()
        self.assertEqual(action["res_model"], "qlvb.declaration.wizard")
        self.assertState(document, "draft")
        wizard = (
            self.env["qlvb.declaration.wizard"]
            .with_user(self.culture_one)
            .with_context(**action["context"])
            .create({})
        )
        self.assertTrue(wizard.leaves)
        self.assertRefused("Tick every sentence", wizard.action_confirm)
        wizard.no_text_declared = True
        self.assertIn(self.culture_head.name, self.said(wizard.action_confirm()))
        self.assertState(document, "review")

    def test_draft_that_can_be_read_goes_up_at_once(self):
        document = self.outgoing()
        with self.assertRaises(AccessError):
            document.with_user(self.culture_two).action_hand_in()
        self.assertIn("Submitted", self.said(document.action_hand_in()))
        self.assertState(document, "review")

    def test_incomplete_draft_says_what_is_missing_before_it_asks(self):
        document = self.outgoing(files=())
        self.assertRefused("PDF", document.action_hand_in)

    # -- where it is ----------------------------------------------------------

    def test_drafter_sees_where_it_is_and_how_long(self):
        document = self.submitted()
        with clock.frozen(NOW + timedelta(days=2, hours=1)):
            document.invalidate_recordset()
            self.assertIn(self.culture_head.name, document.holder_text)
            self.assertEqual(document.waiting_text, "2 working days")
            self.assertEqual(document.way_ids[0].spent_text, "2 working days")
            document.with_user(self.culture_head).action_approve("Đã đối chiếu")
            document.invalidate_recordset()
            self.assertEqual(document.waiting_text, "less than an hour")
        first, second, last = document.way_ids
        self.assertEqual(
            (first.state, first.spent_text, first.note),
            ("approved", "2 working days", "Đã đối chiếu"),
        )
        self.assertEqual((second.state, last.state), ("current", "waiting"))
        self.assertFalse(last.spent_text)
        with clock.frozen(NOW + timedelta(days=2, hours=5)):
            document.invalidate_recordset()
            self.assertEqual(document.waiting_text, "2 working hours")

    def test_line_of_stations_is_that_of_the_present_round(self):
        document = self.submitted()
        document.with_user(self.culture_head).action_send_back("Sửa")
        self.assertIn("Sửa", document.last_send_back_text)
        document.action_submit()
        self.assertEqual(set(document.way_ids.mapped("round")), {2})
        self.assertEqual(len(document.review_ids), 6)

    # -- what waits -----------------------------------------------------------

    def assertWaits(self, document, *people):
        """Check for whom the document waits, by search and on the record."""
        everybody = (
            self.culture_head
            | self.culture_deputy
            | self.culture_one
            | self.culture_clerk
            | self.chief
            | self.chairman
            | self.vice_culture
            | self.clerk
            | self.justice_head
        )
        self.env.flush_all()
        found = everybody.filtered(
            lambda user: (
                document
                in self.env["qlvb.document"]
                .with_user(user)
                .search([("waits_for_me", "=", True)])
            )
        )
        self.assertEqual(found, self.env["res.users"].union(*people))
        for user in found:
            self.assertTrue(document.with_user(user).waits_for_me, user.login)

    def home(self, user):
        action = self.env["qlvb.document"].with_user(user)._action_my_work()
        return action["xml_id"]

    def test_the_emergency_administrator_begins_with_the_units_of_an_empty_house(self):
        home = self.env.ref("qlvb_document.qlvb_document_action_home")
        for user, screen in (
            (self.env.ref("base.user_admin"), "qlvb_base.qlvb_unit_action"),
            (self.administrator, "qlvb_base.qlvb_journal_action"),
        ):
            self.assertEqual(home.with_user(user).run()["xml_id"], screen)

    def test_it_waits_for_whoever_is_next_and_nobody_else(self):
        document = self.submitted()
        self.assertWaits(document, self.culture_head)
        self.assertEqual(self.home(self.culture_head), WAITS)
        self.assertNotEqual(self.home(self.chairman), WAITS)
        document.with_user(self.culture_head).action_approve()
        self.assertWaits(document, self.chief)
        document.with_user(self.chief).action_approve()
        self.assertWaits(document, self.chairman)
        self.registered()
        self.assertEqual(self.home(self.chairman), WAITS, "nobody else signs it")
        document.with_user(self.chairman)._action_sign()
        self.assertWaits(document, self.clerk)
        self.assertEqual(self.home(self.clerk), WAITS)
        self.draft()
        self.assertNotEqual(self.home(self.clerk), WAITS, "what arrived comes first")

    # -- acts -----------------------------------------------------------------

    def test_reviewer_approves_and_is_told_who_has_it_now(self):
        document = self.submitted()
        with self.assertRaises(AccessError):
            self.act("approve", document, self.chief)
        answer = self.act("approve", document, self.culture_head, text="Đồng ý")
        self.assertEqual(answer["tag"], "display_notification")
        self.assertIn(self.chief.name, self.said(answer))
        self.assertEqual(document.way_ids[0].note, "Đồng ý")
        self.act("approve", document, self.chief)
        self.assertState(document, "signing")

    def test_who_no_longer_sees_it_is_led_back_to_the_list(self):
        document = self.submitted(cosign_unit_ids=self.justice.ids)
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_approve()
        answer = self.act("approve", document, self.justice_head)
        self.assertEqual(answer["tag"], "qlvb_done_and_away")
        self.assertEqual(answer["params"]["list"], WAITS)
        self.assertNotIn(self.chairman.name, self.said(answer))

    def test_reviewer_sends_back_with_coded_reasons(self):
        document = self.submitted()
        reasons = self.env["qlvb.send.back.reason"].search([], limit=2)
        values = {"text": "Bổ sung căn cứ", "reason_ids": reasons.ids}
        with self.assertRaises(AccessError):
            self.act("send_back_draft", document, self.culture_one, **values)
        self.act("send_back_draft", document, self.culture_head, **values)
        self.assertState(document, "draft")
        self.assertEqual(document.sudo().send_back_ids.reason_ids, reasons)
        trace = document.sudo().send_back_ids.with_user(self.culture_one)
        opened = trace.sudo(False).action_open_document()
        self.assertEqual(opened["res_id"], document.id)
        self.assertEqual(opened["views"][0][0], self.env.ref(OUT_FORM).id)
        self.assertRefused(
            "Reason", self.act, "send_back_draft", self.submitted(), self.culture_head
        )

    def test_drafter_takes_back_and_drops(self):
        document = self.submitted()
        with self.assertRaises(AccessError):
            self.act("withdraw", document, self.chief)
        self.act("withdraw", document, self.culture_one)
        self.assertState(document, "draft")
        with self.assertRaises(AccessError):
            self.act("drop", document, self.chief, text="Không cần nữa")
        self.act("drop", document, self.culture_one, text="Không cần nữa")
        self.assertState(document, "dropped")
        self.assertEqual(document.refusal_reason, "Không cần nữa")
        self.assertFalse(document.waiting_text, "it waits for nobody")

    def test_head_who_reviews_last_signs_at_once(self):
        document = self.submitted(unit_id=self.culture.id)
        head = document.with_user(self.culture_head)
        self.assertTrue(head.can_approve)
        self.assertFalse(head.can_sign)
        self.act("approve", document, self.culture_head)
        head.invalidate_recordset()
        self.assertTrue(head.can_sign)
        self.assertTrue(head.can_send_back)

    def test_clerk_is_told_the_number_to_come_and_what_is_open(self):
        self.issued()
        document = self.signed()
        wizard = (
            self.env["qlvb.act.wizard"]
            .with_user(self.clerk)
            .with_context(
                active_model=document._name,
                active_id=document.id,
                default_act="issue",
            )
            .create({})
        )
        self.assertEqual(wizard.day, clock.today())
        self.assertEqual(wizard.expected_reference, "02/QĐ-UBND")
        self.assertEqual(wizard.last_date, clock.today())
        self.assertTrue(wizard.unmet_text)
        self.assertRefused("Form check", wizard.action_confirm)
        self.checked(document)
        wizard.invalidate_recordset()
        self.assertFalse(wizard.unmet_text)
        answer = wizard.action_confirm()
        self.assertIn("02/QĐ-UBND", self.said(answer))
        self.assertState(document, "issued")

    def test_who_is_no_clerk_learns_no_number(self):
        document = self.signed()
        for user in (self.chairman, self.culture_one, self.culture_clerk):
            wizard = (
                self.env["qlvb.act.wizard"]
                .with_user(user)
                .create(
                    {
                        "act": "issue",
                        "document_id": document.id,
                        "day": clock.today(),
                    }
                )
            )
            self.assertFalse(wizard.expected_reference, user.login)
            with self.assertRaises(AccessError, msg=user.login):
                wizard.action_confirm()

    def test_clerk_gives_a_reserved_number(self):
        register = self.issued().register_id
        ids = register.with_user(self.clerk).action_reserve(1, "Kế hoạch năm", "VHTT")
        entry = self.env["qlvb.register.entry"].browse(ids)
        document = self.checked(self.signed())
        wizard = (
            self.env["qlvb.act.wizard"]
            .with_user(self.clerk)
            .create({"act": "issue", "document_id": document.id, "day": clock.today()})
        )
        self.assertEqual(wizard.entry_ids, entry)
        self.assertEqual(wizard.expected_reference, "03/QĐ-UBND")
        wizard.entry_id = entry
        self.assertEqual(wizard.expected_reference, "02/QĐ-UBND")
        wizard.action_confirm()
        self.assertEqual(document.reference, "02/QĐ-UBND")

    def test_seen_round_is_what_is_signed(self):
        document = self.to_sign()
        seen = document.with_user(self.chairman)
        stale = document.review_round
        document.action_withdraw("Sửa")
        document.action_submit()
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.chief).action_approve()
        with self.assertRaises(UserError):
            seen.with_context(qlvb_round_seen=stale)._action_sign()
        seen.with_context(qlvb_round_seen=document.review_round)._action_sign()

    # -- each direction has its own screens -----------------------------------

    def test_every_door_leads_to_the_form_of_the_direction(self):
        out = self.submitted()
        arrived = self.registered()
        self.assertEqual(out.get_formview_id(), self.env.ref(OUT_FORM).id)
        self.assertFalse(arrived.get_formview_id())
        action = out.with_user(self.culture_head).get_formview_action()
        self.assertEqual(action["views"], [(self.env.ref(OUT_FORM).id, "form")])
        hidden = out.with_user(self.justice_head)
        self.assertFalse(hidden.get_formview_id(), "not even its direction is told")
        self.assertEqual(hidden.get_formview_action()["views"], [(False, "form")])

    def test_lists_of_what_arrives_and_of_what_leaves_are_apart(self):
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=", "qlvb.document")]
        )
        self.assertGreater(len(actions), 10)
        for action in actions:
            domain = action.domain or "[]"
            with self.subTest(action.xml_id):
                self.assertIn("('direction', '=', '", domain)
                leaves = "('direction', '=', 'out')" in domain
                forms = action.view_ids.filtered(lambda view: view.view_mode == "form")
                self.assertEqual(
                    forms.view_id == self.env.ref(OUT_FORM), leaves, "its own form"
                )

    def test_board_has_the_columns_of_what_leaves(self):
        self.submitted()
        board = self.env["qlvb.document"].with_user(self.culture_one)
        columns = {
            rising: [
                group["state"]
                for group in board.with_context(
                    default_direction="out",
                    qlvb_rising=rising,
                    read_group_expand=True,
                ).web_read_group([("direction", "=", "out")], ["state"])["groups"]
            ]
            for rising in (True, False)
        }
        under_way = ["draft", "review", "signing", "signed", "issued"]
        self.assertEqual(columns[True], under_way)
        self.assertEqual(columns[False], [*under_way, "dispatched"])
