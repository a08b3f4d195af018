from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_filing import FilingCase


@tagged("post_install", "-at_install", "qlvb")
class TestDossierHoles(FilingCase):
    """Ways round the rules that were tried, each of which is closed."""

    def supported(self, dossier, *users):
        """Return the accepted support of Justice, which it passed on to ``users``."""
        ids = dossier.action_assign([self.line(self.justice, role="support")])
        support = self.env["qlvb.assignment"].browse(ids)
        for user in users:
            child = self.passed_on(support, self.justice_head, user)
            child.with_user(user).action_done("Đã xem.")
        return support

    def assertBlind(self, dossier, *users):
        paper = self.registered()
        dossier.action_attach(paper.ids)
        self.env.flush_all()
        self.env.invalidate_all()
        for user in users:
            with self.subTest(user.login):
                self.assertFalse(dossier.with_user(user).is_visible)
                self.assertFalse(paper.with_user(user).is_visible)

    # -- sight ----------------------------------------------------------------

    def test_support_that_is_recalled_is_blind_down_the_chain(self):
        dossier = self.in_progress()
        support = self.supported(dossier, self.justice_two)
        self.assertTrue(dossier.with_user(self.justice_two).is_visible)
        support.with_user(self.chief).action_recall("Nhầm đơn vị.")
        self.assertBlind(dossier, self.justice_head, self.justice_two)

    def test_support_that_is_returned_is_blind_down_the_chain(self):
        dossier = self.in_progress()
        support = self.supported(dossier, self.justice_two)
        support.with_user(self.justice_head).action_return("Không đúng chức năng.")
        self.assertBlind(
            dossier, self.justice_head, self.justice_two, self.justice_clerk
        )

    def test_document_that_is_returned_is_out_of_sight_down_the_chain(self):
        top = self.routed()
        child = self.passed_on(top, self.culture_head, self.culture_one)
        child.with_user(self.culture_one).action_done("Đã xem.")
        top.with_user(self.culture_head).action_return("Không đúng chức năng.")
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.culture_one, self.culture_head, self.culture_clerk):
            self.assertFalse(top.document_id.with_user(user).is_visible)

    # -- who charges whom -----------------------------------------------------

    def test_nobody_passes_a_dossier_on_to_another_unit(self):
        dossier = self.assigned(self.line(self.vice_culture))
        lead = dossier.assignment_ids.with_user(self.vice_culture)
        with self.assertRaisesRegex(UserError, "Propose them as supporters"):
            lead.action_forward([self.line(self.justice)])
        delegation = self.env["qlvb.delegation"].with_user(self.chairman)
        delegation.create(
            {
                "delegate_id": self.vice_economy.id,
                "unit_id": self.committee.id,
                "date_from": "2026-08-26",
                "date_to": "2026-08-28",
                "reason": "mission",
            }
        ).action_activate()
        dossier = self.assigned(self.line(self.committee))
        lead = dossier.assignment_ids.with_user(self.vice_economy)
        with self.assertRaises(AccessError):
            dossier.with_user(self.vice_economy).action_assign(
                [self.line(self.justice)]
            )
        with self.assertRaisesRegex(UserError, "Propose them as supporters"):
            lead.action_forward([self.line(self.justice)])
        self.assertFalse(dossier.with_user(self.justice_head).is_visible)

    def test_proposal_is_decided_although_its_proposer_is_gone(self):
        dossier = self.in_progress()
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice), self.line(self.commune)]
        )
        justice, commune = self.env["qlvb.assignment"].browse(ids).with_user(self.chief)
        top = dossier.assignment_ids.filtered(lambda order: not order.parent_id)
        top = top.filtered(lambda order: order.role == "lead")
        top.with_user(self.chief).action_recall("Giao lại.")
        justice.action_decide_support(True)
        commune.action_decide_support(False, "Không cần.")
        self.assertEqual((justice.state, commune.state), ("sent", "declined"))

    def test_nobody_is_charged_twice_by_proposals(self):
        dossier = self.in_progress()
        propose = dossier.with_user(self.culture_one).action_propose_support
        propose([self.line(self.justice)])
        with self.assertRaisesRegex(UserError, "charged twice"):
            propose([self.line(self.justice)])

    def test_whoever_left_since_is_not_accepted(self):
        dossier = self.in_progress()
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice_one)]
        )
        post = self.env["qlvb.position"].search([("user_id", "=", self.justice_one.id)])
        post.sudo().date_to = "2026-08-25"
        proposal = self.env["qlvb.assignment"].browse(ids).with_user(self.chief)
        with self.assertRaisesRegex(UserError, "can no longer be charged"):
            proposal.action_decide_support(True)
        proposal.action_decide_support(False, "Đã chuyển công tác.")

    # -- results --------------------------------------------------------------

    def test_a_remark_of_the_chief_is_no_result(self):
        dossier = self.in_progress()
        self.opinion(dossier, self.chief, "Đề nghị làm nhanh.")
        with self.assertRaisesRegex(UserError, "no result yet"):
            dossier.with_user(self.culture_one).action_complete()

    def test_the_leads_result_comes_back_by_one_door(self):
        dossier = self.completed()
        top = dossier.assignment_ids.filtered(lambda order: not order.parent_id)
        top.with_user(self.chief).action_send_back("Thiếu số liệu.")
        self.assertEqual(dossier.state, "in_progress")
        self.assertFalse(dossier.result_opinion_id)
        self.assertEqual(dossier.decision_ids.mapped("kind"), ["sent_back"])

    def test_support_comes_not_back_while_the_dossier_is_completed(self):
        dossier = self.in_progress()
        support = self.supported(dossier)
        self.opinion(dossier, self.justice_head)
        self.opinion(dossier, self.culture_one)
        dossier.with_user(self.culture_one).action_complete()
        dossier.with_user(self.culture_head).action_complete()
        with self.assertRaisesRegex(UserError, "Send the dossier back first"):
            support.with_user(self.chief).action_send_back("Chưa rõ.")

    # -- planted and forged ---------------------------------------------------

    def test_moment_and_figures_are_nobodys_to_set(self):
        dossier = self.opened()
        with self.assertRaises(AccessError):
            self.opened(date_open="2014-01-01")
        for name, value in (
            ("date_open", "2014-01-01"),
            ("board_rank", 1),
            ("task_done_count", 7),
        ):
            with self.assertRaises(AccessError):
                dossier.write({name: value})

    def test_deadline_stays_once_it_is_judged(self):
        dossier = self.completed(deadline="2026-08-26")
        with self.assertRaisesRegex(UserError, "deadline against which"):
            dossier.write({"deadline": "2026-12-31"})

    # -- parts ----------------------------------------------------------------

    def test_a_closed_dossier_gets_no_open_parts(self):
        parent = self.completed()
        parent.action_close()
        with self.assertRaises(ValidationError):
            self.opened(parent_id=parent.id)
        child = self.opened()
        with self.assertRaises(ValidationError):
            child.write({"parent_id": parent.id})

    def test_nobody_writes_files_and_words_on_a_closed_dossier(self):
        dossier = self.completed()
        place = {"res_model": "qlvb.dossier", "res_id": dossier.id}
        before = self.upload(self.culture_one, "truoc.pdf", self.draft_pdf)
        before.write(place)
        dossier.with_user(self.culture_one).message_post(
            body="Gửi kèm.", attachment_ids=before.ids
        )
        dossier.action_close()
        self.env.flush_all()
        for user in (self.culture_one, self.chief):
            files = self.env["ir.attachment"].with_user(user)
            after = self.upload(user, "sau.pdf", self.draft_pdf)
            for act in (
                lambda user=user: dossier.with_user(user).message_post(body="Thêm."),
                lambda files=files: files.create(
                    {"name": "sau.pdf", "raw": self.draft_pdf, **place}
                ),
                lambda after=after: after.write(place),
                lambda files=files: files.browse(before.id).unlink(),
                lambda files=files: files.browse(before.id).write({"name": "x.pdf"}),
            ):
                with self.assertRaisesRegex(UserError, "can only be read"):
                    act()
        # Who does not see it is not told that it is closed.
        with self.assertRaises(AccessError):
            self.env["ir.attachment"].with_user(self.justice_one).create(
                {"name": "la.pdf", "raw": self.draft_pdf, **place}
            )

    def test_who_leads_within_a_supporting_unit_exports_nothing(self):
        dossier = self.in_progress()
        self.supported(dossier, self.justice_two)
        self.assertTrue(dossier.with_user(self.culture_one)._actor_exporter())
        with self.assertRaises(AccessError):
            dossier.with_user(self.justice_two).action_export_pdf()

    def test_nobody_plants_the_unit_whose_list_is_drafted(self):
        lists = self.env["qlvb.dossier.list"].with_user(self.culture_clerk)
        with self.assertRaises(AccessError):
            lists.with_context(default_unit_id=self.committee.id).create({"year": 2027})
        transfers = self.env["qlvb.archive.transfer"].with_user(self.culture_clerk)
        with self.assertRaises(AccessError):
            transfers.with_context(default_unit_id=self.committee.id).create(
                {"name": "Hồ sơ năm 2026"}
            )

    def test_nobody_plants_the_list_that_is_added_to(self):
        approved = self.approved_list()
        entries = self.env["qlvb.dossier.entry"].with_context(
            default_list_id=approved.id
        )
        values = {"name": "Việc riêng", "maker_unit_id": self.culture.id}
        with self.assertRaises(AccessError):
            entries.with_user(self.culture_clerk).create(values)
        with self.assertRaises(AccessError):
            entries.with_user(self.clerk).create({**values, "code": "99.X"})
        added = entries.with_user(self.clerk).create(values)
        self.assertTrue(added.is_addition)
        self.assertEqual(added.list_id, approved)
        self.assertNotIn("99", added.code)

    def test_nobody_plants_the_entry_that_is_opened(self):
        draft = self.drafted_list(year=2027)
        entry = draft.entry_ids[:1]
        dossiers = self.env["qlvb.dossier"].with_user(self.chief)
        with self.assertRaises(UserError):
            dossiers.create({"name": "Sớm", "entry_id": entry.id})
        with self.assertRaises(UserError):
            dossiers.with_context(default_entry_id=entry.id).create({"name": "Sớm"})
        self.assertFalse(entry.dossier_ids)

    def test_nothing_is_closed_on_a_result_that_was_recalled(self):
        dossier = self.in_progress()
        decision = self.issued()
        dossier.action_attach(decision.ids)
        dossier.with_user(self.culture_one).action_complete()
        dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(dossier.result_document_id, decision)
        decision.sudo()._through_gate().write({"recalled_at": "2026-08-26 02:00:00"})
        with self.assertRaisesRegex(UserError, "no result yet"):
            dossier.action_close()
