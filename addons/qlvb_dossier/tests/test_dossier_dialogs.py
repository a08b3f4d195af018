from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.tests.common import NOW

from .common import DossierCase


@tagged("post_install", "-at_install", "qlvb")
class TestDossierDialogs(DossierCase):
    """What people type in before an act on a dossier, and what they are told."""

    def dialog(self, name, record, user, form=True):
        """Return the dialog of an act as the client opens it on a record."""
        action = self.env.ref(f"qlvb_dossier.qlvb_dossier_wizard_action_{name}")
        context = {
            "active_model": record._name,
            "active_id": record[:1].id,
            "active_ids": record.ids,
        }
        own = {
            "complete": {"default_act": "complete"},
            "close": {"default_act": "close"},
            "send_back": {"default_act": "send_back"},
            "reopen": {"default_act": "reopen"},
            "remind": {"default_act": "remind_support"},
            "propose": {"default_proposes": True},
            "opinion": {"default_dossier_id": record[:1].id},
        }.get(name, {})
        model = self.env[action.res_model].with_user(user)
        model = model.with_context(**context, **own)
        return Form(model, view=action.view_id) if form else model

    # -- assigning ------------------------------------------------------------

    def test_chief_assigns_lead_supporters_and_informed_at_once(self):
        dossier = self.opened()
        form = self.dialog("assign", dossier, self.chief)
        self.assertEqual(form.top_unit_id, self.committee)
        form.lead_unit_id = self.culture
        form.lead_instruction = "Tham mưu ban hành Quy chế."
        with form.line_ids.new() as line:
            line.unit_id = self.justice
            line.instruction = "Thẩm định về pháp luật."
            line.deadline = "2026-08-31"
        form.inform_unit_ids.add(self.office)
        form.save().action_confirm()
        orders = dossier.assignment_ids.sorted("id")
        self.assertEqual(
            orders.mapped(lambda order: (order.unit_id.symbol, order.role)),
            [("VHTT", "lead"), ("TP", "support"), ("VP", "inform")],
        )
        self.assertEqual(orders[1].instruction, "Thẩm định về pháp luật.")
        self.assertEqual(str(orders[1].deadline), "2026-08-31")
        self.assertEqual(len(dossier.order_ids), 1, "followed as one")

    def test_nobody_else_assigns_by_the_dialog(self):
        dossier = self.assigned()
        wizard = self.dialog("assign", dossier, self.culture_head)
        with wizard.line_ids.new() as line:
            line.unit_id = self.justice
        with self.assertRaises(AccessError):
            wizard.save().action_confirm()
        self.assertEqual(len(dossier.assignment_ids), 1)

    def test_head_passes_dossier_work_on_by_the_dialog(self):
        lead = self.assigned().assignment_ids
        model = (
            self.env["qlvb.order.wizard"]
            .with_user(self.culture_head)
            .with_context(active_model="qlvb.assignment", active_id=lead.id)
        )
        form = Form(model)
        self.assertEqual(form.document_summary, lead.dossier_id.display_name)
        form.lead_position_id = self.culture_one.position_ids
        form.save().action_confirm()
        self.assertEqual(lead.child_ids.user_id, self.culture_one)
        self.assertEqual(lead.dossier_id.state, "in_progress")

    # -- support --------------------------------------------------------------

    def proposed(self, dossier=None):
        """Return Justice and a person of the commune, proposed by the specialist."""
        dossier = dossier or self.in_progress()
        form = self.dialog("propose", dossier, self.culture_one)
        with form.line_ids.new() as line:
            line.unit_id = self.justice
            line.instruction = "Ý kiến về thẩm quyền."
            line.deadline = "2026-08-28"
        with form.line_ids.new() as line:
            line.position_id = self.commune_one.position_ids
            line.instruction = "Số liệu của xã."
            line.deadline = "2026-08-31"
        form.save().action_confirm()
        return dossier.sudo().support_ids

    def test_specialist_proposes_a_unit_and_a_person_of_another(self):
        orders = self.proposed()
        self.assertEqual(set(orders.mapped("state")), {"proposed"})
        self.assertEqual(orders.unit_id, self.justice | self.commune)
        self.assertEqual(orders.user_id, self.commune_one)
        self.assertEqual(set(orders.mapped("role")), {"support"})
        self.assertEqual(orders.proposed_by_id, self.culture_one)

    def test_who_is_not_responsible_proposes_nobody(self):
        dossier = self.in_progress()
        form = self.dialog("propose", dossier, self.chief)
        with form.line_ids.new() as line:
            line.unit_id = self.justice
            line.instruction = "Ý kiến."
            line.deadline = "2026-08-28"
        with self.assertRaises(AccessError):
            form.save().action_confirm()
        self.assertFalse(dossier.support_ids)

    def test_chief_accepts_one_and_refuses_the_other_at_once(self):
        orders = self.proposed()
        dossier = orders.dossier_id
        form = self.dialog("decide_support", dossier, self.chief)
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.instruction, "Ý kiến về thẩm quyền.")
            line.decision = "accept"
        with form.line_ids.edit(1) as line:
            line.decision = "refuse"
        wizard = form.save()
        with self.assertRaisesRegex(UserError, "why you refuse: .*commune_one"):
            wizard.action_confirm()
        self.assertEqual(set(orders.mapped("state")), {"proposed"}, "nothing half-done")
        wizard.line_ids[1].note = "Xã không liên quan."
        wizard.action_confirm()
        self.assertEqual(orders.sorted("id").mapped("state"), ["sent", "declined"])
        self.assertEqual(orders.sorted("id")[1].reason, "Xã không liên quan.")

    def test_responsible_does_not_decide_on_their_own_proposal(self):
        orders = self.proposed()
        form = self.dialog("decide_support", orders.dossier_id, self.culture_one)
        form.decide_all = "accept"
        with self.assertRaises(AccessError):
            form.save().action_confirm()
        self.assertEqual(set(orders.mapped("state")), {"proposed"})

    def test_deciding_nothing_is_told(self):
        orders = self.proposed()
        form = self.dialog("decide_support", orders, self.chief)
        self.assertEqual(len(form.line_ids), 2)
        for number in range(2):
            with form.line_ids.edit(number) as line:
                line.decision = False
        with self.assertRaisesRegex(UserError, "accept or refuse"):
            form.save().action_confirm()

    def test_supporter_answers_with_an_opinion(self):
        dossier = self.in_progress()
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [
                self.line(
                    self.justice,
                    "support",
                    instruction="Về thẩm quyền?",
                    deadline="2026-08-28",
                )
            ]
        )
        order = self.env["qlvb.assignment"].browse(ids)
        order.with_user(self.chief).action_decide_support(True)
        action = order.with_user(self.justice_head).action_give_opinion()
        self.assertEqual(action["context"]["default_dossier_id"], dossier.id)
        form = self.dialog("opinion", dossier, self.justice_head)
        self.assertIn("Về thẩm quyền?", form.asked_text)
        form.body = "Đúng thẩm quyền."
        form.save()
        self.assertEqual(order.state, "done")
        self.assertEqual(order.result, "Đúng thẩm quyền.")
        self.assertEqual(dossier.opinion_ids.author_id, self.justice_head)
        with self.assertRaises(UserError):
            self.dialog("opinion", dossier, self.commune_one)

    # -- completing -----------------------------------------------------------

    def test_completing_tells_all_unmet_conditions_at_once(self):
        orders = self.proposed()
        dossier = orders.dossier_id
        orders.sorted("id")[0].with_user(self.chief).action_decide_support(True)
        form = self.dialog("complete", dossier, self.culture_one)
        self.assertEqual(form.result, "write")
        self.assertIn("Phòng Tư pháp has not answered yet", form.unmet_text)
        self.assertIn("is proposed as a supporter", form.unmet_text)
        self.assertNotIn("no result yet", form.unmet_text, "it is written right there")
        form.text = "Kết luận."
        with self.assertRaisesRegex(UserError, "has not answered yet(.|\n)*proposed"):
            form.save().action_confirm()

    def test_specialist_writes_the_concluding_opinion_right_there(self):
        dossier = self.in_progress()
        form = self.dialog("complete", dossier, self.culture_one)
        self.assertFalse(form.unmet_text)
        form.text = "Đề nghị ban hành."
        form.save().action_confirm()
        self.assertEqual(dossier.opinion_ids.body, "Đề nghị ban hành.")
        self.assertEqual(dossier.state, "in_progress", "its head looks at it first")
        form = self.dialog("complete", dossier, self.culture_head)
        self.assertEqual(form.result, "opinion")
        self.assertEqual(form.opinion_id, dossier.opinion_ids)
        form.save().action_confirm()
        self.assertEqual(dossier.state, "completed")
        self.assertEqual(dossier.result_opinion_id, dossier.opinion_ids)

    def test_responsible_concludes_on_what_a_supporter_said(self):
        dossier = self.assigned(
            self.line(self.culture), self.line(self.justice, "support")
        )
        self.opinion(dossier, self.justice_head, "Nhất trí.")
        form = self.dialog("complete", dossier, self.culture_head)
        self.assertEqual(form.result, "write")

    def test_head_chooses_the_result_among_several(self):
        dossier = self.assigned()
        first = self.opinion(dossier, self.culture_head, "Thứ nhất.")
        self.opinion(dossier, self.culture_head, "Thứ hai.")
        form = self.dialog("complete", dossier, self.culture_head)
        form.opinion_id = first
        form.save().action_confirm()
        self.assertEqual(dossier.result_opinion_id, first)

    def test_issued_decision_is_offered_as_the_result(self):
        dossier = self.assigned()
        decision = self.issued()
        dossier.action_attach(decision.ids)
        form = self.dialog("complete", dossier, self.culture_head)
        self.assertEqual(form.result, "document")
        self.assertEqual(form.document_id.id, decision.id)
        form.save().action_confirm()
        self.assertEqual(dossier.result_document_id.id, decision.id)

    def test_who_is_not_responsible_does_not_complete(self):
        dossier = self.in_progress()
        form = self.dialog("complete", dossier, self.chief)
        self.assertIn("belongs to somebody else", form.unmet_text)
        form.text = "Kết luận."
        form.result = "write"
        with self.assertRaises(AccessError):
            form.save().action_confirm()
        self.assertEqual(dossier.state, "in_progress")

    # -- closing, sending back, reopening -------------------------------------

    def test_closing_shows_result_deadline_tasks_and_open_documents(self):
        dossier = self.in_progress(deadline="2026-08-26")
        paper = self.registered()
        dossier.action_attach(paper.ids)
        self.env["qlvb.dossier.task"].with_user(self.chief).create(
            {"dossier_id": dossier.id, "name": "Soạn tờ trình"}
        )
        with clock.frozen(NOW + timedelta(days=2)):
            self.opinion(dossier, self.culture_one, "Giữ nguyên.")
            dossier.with_user(self.culture_one).action_complete()
            dossier.with_user(self.culture_head).action_complete()
            form = self.dialog("close", dossier, self.chief)
        self.assertIn("Giữ nguyên.", form.result_text)
        self.assertIn("Late by 2 working days", form.term_text)
        self.assertEqual(form.task_text, "Soạn tờ trình")
        self.assertIn(paper.display_name, form.document_text)
        self.assertFalse(form.unmet_text, "documents may be open")
        form.text = "Đạt."
        form.save().action_confirm()
        self.assertEqual(dossier.state, "closed")
        self.assertEqual(dossier.closing_note, "Đạt.")

    def test_closing_on_time_is_told(self):
        dossier = self.completed(deadline="2026-08-28")
        form = self.dialog("close", dossier, self.chairman)
        self.assertIn("On time", form.term_text)

    def test_closing_tells_what_is_still_open(self):
        dossier = self.completed()
        part = self.opened(name="Phần việc", parent_id=dossier.id)
        form = self.dialog("close", dossier, self.chief)
        self.assertIn(part.display_name, form.unmet_text)
        with self.assertRaisesRegex(UserError, "still open"):
            form.save().action_confirm()

    def test_who_is_responsible_does_not_close(self):
        dossier = self.completed()
        form = self.dialog("close", dossier, self.culture_head)
        self.assertTrue(form.unmet_text)
        with self.assertRaises(AccessError):
            form.save().action_confirm()
        self.assertEqual(dossier.state, "completed")

    def test_chief_sends_back_and_reopens_with_words(self):
        dossier = self.completed()
        form = self.dialog("send_back", dossier, self.chief)
        form.text = "Thiếu phụ lục."
        form.save().action_confirm()
        self.assertEqual(dossier.state, "in_progress")
        dossier.with_user(self.culture_head).action_complete()
        dossier.action_close()
        form = self.dialog("reopen", dossier, self.chairman)
        form.text = "Có khiếu nại."
        form.save().action_confirm()
        self.assertEqual(
            dossier.decision_ids.mapped(lambda one: (one.kind, one.text))[0],
            ("reopened", "Có khiếu nại."),
        )

    def test_responsible_neither_sends_back_nor_reopens(self):
        dossier = self.completed()
        for name in ("send_back", "reopen"):
            form = self.dialog(name, dossier, self.culture_head)
            form.text = "Làm lại."
            with self.assertRaises(AccessError):
                form.save().action_confirm()

    # -- hostile --------------------------------------------------------------

    def test_no_dialog_opens_on_what_the_caller_does_not_see(self):
        dossier = self.completed()
        for name in ("assign", "complete", "close"):
            with self.assertRaises(UserError):
                self.dialog(name, dossier, self.justice_one).save()
        for model in ("qlvb.dossier.wizard", "qlvb.order.wizard"):
            values = {"dossier_id": dossier.id}
            if model == "qlvb.dossier.wizard":
                values["act"] = "close"
            with self.assertRaises(UserError):
                self.env[model].with_user(self.justice_one).create(values)

    def test_dialogs_are_their_writers_own(self):
        dossier = self.completed()
        wizard = self.dialog("close", dossier, self.chief).save()
        with self.assertRaises(AccessError):
            wizard.with_user(self.chairman).read(["text"])

    def test_proposals_of_a_dossier_out_of_sight_are_not_shown(self):
        orders = self.proposed()
        wizard = self.dialog("decide_support", orders, self.justice_head, form=False)
        self.assertFalse(wizard.create({}).line_ids)
