from datetime import timedelta

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.tests.common import NOW
from odoo.addons.qlvb_document.tests.common_remind import RemindCase

from .common import DossierCase

TITLE = "Ban hành Quy chế quản lý phần mềm"
RELATIONS = ("one2many", "many2many")


@tagged("post_install", "-at_install", "qlvb")
class TestDossierDesk(RemindCase, DossierCase):
    """Work on dossiers among the other work, and who is told of what."""

    def shown(self, order, user):
        """Return summary, reference and holder of an order as ``user`` reads it."""
        self.env.flush_all()
        self.env.invalidate_all()
        order = order.with_user(user).sudo(False)
        return order.document_summary, order.document_reference, order.has_sight

    def screen(self, user):
        """Return the external name of the screen with which the day begins."""
        return self.env["qlvb.document"].with_user(user)._my_work().partition(".")[2]

    def code(self, order):
        """Return the code of the dossier on which work was given."""
        return order.sudo().dossier_id.code

    # -- among the other work -------------------------------------------------

    def test_work_on_a_dossier_is_shown_with_title_and_code(self):
        order = self.assigned().assignment_ids
        self.assertEqual(
            self.shown(order, self.culture_head), (TITLE, self.code(order), True)
        )
        mine = self.env["qlvb.assignment"].with_user(self.culture_head)
        self.assertIn(order, mine.search([("is_mine", "=", True)]))
        self.assertFalse(order.with_user(self.culture_head).scan)

    def test_who_returned_it_keeps_the_order_without_the_title(self):
        order = self.assigned().assignment_ids
        order.with_user(self.culture_head).action_return("Không đúng chức năng.")
        self.assertEqual(self.shown(order, self.culture_head), (False, False, False))
        name = order.with_user(self.culture_head).sudo(False).display_name
        self.assertNotIn("Quy chế", name)
        self.assertIn(self.code(order), name)
        self.assertFalse(order.with_user(self.culture_head).dossier_document_ids)
        with self.assertRaises(AccessError):
            order.with_user(self.culture_head).sudo(False).action_open_document()

    def test_work_is_found_by_code_and_title_of_its_dossier(self):
        order = self.assigned().assignment_ids
        view = self.env.ref("qlvb_document.qlvb_assignment_view_search")
        arch = etree.fromstring(
            self.env["qlvb.assignment"].get_view(view.id, "search")["arch"]
        )
        field = arch.xpath("//field[@name='document_id']")[0]
        orders = self.env["qlvb.assignment"].with_user(self.culture_head)

        def found(words):
            leaves = [
                leaf if isinstance(leaf, str) else (leaf[0], leaf[1], words)
                for leaf in safe_eval(field.get("filter_domain"), {"self": words})
            ]
            return orders.search(leaves)

        self.assertIn(order, found(self.code(order)))
        self.assertIn(order, found("quan ly phan mem"))
        self.assertIn(self.order, found("120/TTr"))
        order.with_user(self.culture_head).action_return("Không đúng.")
        self.assertNotIn(order, found("quan ly phan mem"), "by no title unseen")

    def test_urgent_work_is_filtered_with_dossiers_about(self):
        order = self.assigned().assignment_ids
        orders = self.env["qlvb.assignment"].with_user(self.culture_head)
        urgent = orders.search([("document_id.urgency", "!=", "normal")])
        self.assertNotIn(order, urgent)

    def test_supporter_reads_documents_and_opinions_beside_the_question(self):
        dossier = self.assigned(
            self.line(self.culture), self.line(self.justice, "support")
        )
        paper = self.registered()
        dossier.action_attach(paper.ids)
        self.opinion(dossier, self.culture_head, "Đề nghị cho ý kiến.")
        support = dossier.sudo().support_ids.with_user(self.justice_head)
        self.assertEqual(support.dossier_document_ids, paper.with_env(support.env))
        self.assertEqual(support.dossier_opinion_ids.body, "Đề nghị cho ý kiến.")

    def test_returned_dossier_stands_among_what_came_back(self):
        dossier = self.assigned()
        dossier.assignment_ids.with_user(self.culture_head).action_return("Nhầm.")
        action = self.env.ref("qlvb_document.qlvb_assignment_action_returned")
        orders = self.env["qlvb.assignment"]

        def back(user):
            domain = action.domain.replace("uid", str(user.id))
            return orders.with_user(user).search(safe_eval(domain))

        self.assertIn(dossier.assignment_ids, back(self.chief))
        self.assertNotIn(dossier.assignment_ids, back(self.chairman))
        dossier.action_assign([self.line(self.justice)])
        self.assertFalse(back(self.chief) & dossier.assignment_ids)

    def test_no_slip_is_printed_of_work_on_a_dossier(self):
        order = self.assigned().assignment_ids.with_user(self.culture_head)
        with self.assertRaises(UserError):
            self.env["qlvb.form.order"].with_user(
                self.culture_head
            )._prepare_routing_slip(order)

    def test_head_counts_work_on_dossiers_among_the_figures_of_the_unit(self):
        self.assigned()
        supervision = self.env["qlvb.supervision"].with_user(self.culture_head)
        action = supervision.action_supervise()
        lines = self.env["qlvb.supervision.line"].with_user(self.culture_head)
        lines = lines.search(action["domain"]).filtered(lambda line: not line.user_id)
        self.assertEqual(lines.held, 2, "the paper's and the dossier's")

    # -- the day begins -------------------------------------------------------

    def test_chief_begins_with_the_dossiers_that_only_openers_take_further(self):
        self.order.with_user(self.culture_head).action_done("Xong.")
        self.assertNotEqual(self.screen(self.chief), "qlvb_dossier_action_to_decide")
        dossier = self.opened()
        self.assertEqual(dossier.opener_step, "assign")
        for user in (self.chief, self.chairman):
            self.assertEqual(self.screen(user), "qlvb_dossier_action_to_decide")
        for user in (self.vice_culture, self.culture_head, self.clerk):
            self.assertNotEqual(self.screen(user), "qlvb_dossier_action_to_decide")
        dossier.action_assign([self.line(self.culture)])
        self.assertNotEqual(self.screen(self.chief), "qlvb_dossier_action_to_decide")

    def test_what_waits_for_the_openers_is_listed_for_them_alone(self):
        waiting = [self.opened(), self.completed()]
        proposed = self.in_progress()
        proposed.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice, "support")]
        )
        running = self.in_progress()
        model = self.env["qlvb.dossier"]
        domain = [("is_to_decide", "=", True)]
        found = model.with_user(self.chief).search(domain)
        self.assertEqual(
            set(found.ids), {one.id for one in [*waiting, proposed]}, running
        )
        self.assertEqual(
            sorted(found.mapped("opener_step")), ["assign", "close", "decide"]
        )
        self.assertEqual(proposed.can_decide_support, True)
        for user in (self.culture_one, self.vice_culture):
            self.assertFalse(model.with_user(user).search(domain))
            self.assertFalse(proposed.with_user(user).sudo(False).can_decide_support)

    # -- who is told ----------------------------------------------------------

    def kinds(self, user, record):
        """Return the kinds of open reminders of ``user`` about a dossier."""
        self.env.flush_all()
        self.env.invalidate_all()
        reminders = self.env["qlvb.reminder"].with_user(user)
        found = reminders.search(
            [("is_open", "=", True), ("assignment_id.dossier_id", "=", record.id)]
        )
        for one in found:
            self.assertTrue(one.is_open)
        everything = reminders.search([]).filtered("is_open")
        self.assertFalse(
            everything.filtered(lambda one: one.assignment_id.dossier_id == record)
            - found
        )
        return found.mapped("kind")

    def test_openers_are_told_of_a_returned_dossier_until_it_is_assigned(self):
        dossier = self.assigned()
        dossier.assignment_ids.with_user(self.culture_head).action_return("Nhầm.")
        self.assertEqual(self.kinds(self.chief, dossier), ["returned"])
        self.assertFalse(self.kinds(self.culture_head, dossier))
        dossier.action_assign([self.line(self.justice)])
        self.assertFalse(self.kinds(self.chief, dossier))

    def test_opener_is_told_of_support_that_came_back(self):
        dossier = self.assigned(
            self.line(self.culture), self.line(self.justice, "support")
        )
        support = dossier.sudo().support_ids
        support.with_user(self.justice_head).action_return("Không đúng chức năng.")
        self.assertEqual(self.kinds(self.chief, dossier), ["returned"])
        self.opinion(dossier, self.culture_head)
        dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(self.kinds(self.chief, dossier), ["to_close"])

    def test_what_was_given_for_information_ends_with_the_dossier(self):
        dossier = self.assigned(
            self.line(self.culture), self.line(self.justice, "inform")
        )
        self.opinion(dossier, self.culture_head)
        dossier.with_user(self.culture_head).action_complete()
        mine = self.env["qlvb.assignment"].with_user(self.justice_head)
        domain = [("is_mine", "=", True), ("dossier_id", "=", dossier.id)]
        self.assertTrue(mine.search(domain))
        dossier.action_close()
        self.assertFalse(mine.search(domain), "nobody could end it any more")
        self.assertTrue(dossier.with_user(self.justice_head).is_visible)

    def test_chairman_who_opened_is_told_beside_the_chief(self):
        dossier = self.opened(by=self.chairman)
        dossier.action_assign([self.line(self.culture)])
        dossier.assignment_ids.with_user(self.culture_head).action_return("Nhầm.")
        for user in (self.chief, self.chairman):
            self.assertEqual(self.kinds(user, dossier), ["returned"])

    def test_openers_are_told_of_a_completed_dossier_until_it_is_closed(self):
        dossier = self.completed()
        self.assertEqual(self.kinds(self.chief, dossier), ["to_close"])
        self.assertFalse(self.kinds(self.chairman, dossier))
        action = (
            self.env["qlvb.reminder"]
            .with_user(self.chief)
            .search([("kind", "=", "to_close")])
            .action_open_assignment()
        )
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("qlvb.dossier", dossier.id)
        )
        dossier.action_close()
        self.assertFalse(self.kinds(self.chief, dossier))

    def test_completed_anew_is_told_anew(self):
        dossier = self.completed()
        dossier.action_send_back("Thiếu phụ lục.")
        self.assertFalse(self.kinds(self.chief, dossier))
        self.assertEqual(self.kinds(self.culture_head, dossier), ["redo"])
        with clock.frozen(NOW + timedelta(hours=1)):
            dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(self.kinds(self.chief, dossier), ["to_close"])
        dossier.action_close()
        dossier.action_reopen("Có khiếu nại.")
        self.assertEqual(self.kinds(self.culture_head, dossier), ["redo"])

    def test_proposal_is_told_to_openers_and_decision_to_who_proposed(self):
        dossier = self.in_progress()
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [
                self.line(self.justice, "support"),
                self.line(self.commune, "support"),
            ]
        )
        self.assertEqual(self.kinds(self.chief, dossier), ["proposed"] * 2)
        first, second = self.env["qlvb.assignment"].browse(ids)
        first.with_user(self.chief).action_decide_support(True)
        self.assertEqual(self.kinds(self.chief, dossier), ["proposed"])
        second.with_user(self.chief).action_decide_support(False, "Không cần.")
        self.assertFalse(self.kinds(self.chief, dossier))
        self.assertEqual(self.kinds(self.culture_one, dossier), ["decided"] * 2)
        self.assertFalse(self.kinds(self.commune_head, dossier))

    def test_supporter_is_told_once_accepted_and_not_before(self):
        dossier = self.in_progress()
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice, "support")]
        )
        self.tell()
        self.assertFalse(self.kinds(self.justice_head, dossier))
        order = self.env["qlvb.assignment"].browse(ids)
        order.with_user(self.chief).action_decide_support(True)
        self.tell()
        self.assertEqual(self.kinds(self.justice_head, dossier), ["new"])

    def test_no_letter_ever_names_a_title(self):
        with_code = self.assigned(deadline="2026-08-26")
        self.assigned(name=TITLE, deadline="2026-08-27")
        self.tell()
        with clock.frozen(NOW + timedelta(days=1)):
            self.morning()
        letters = self.letters(self.culture_head)
        self.assertTrue(letters)
        bodies = " ".join(f"{one.subject} {one.body_html}" for one in letters)
        self.assertIn(with_code.code, bodies)
        for words in (TITLE, "Quy chế", with_code.name):
            self.assertNotIn(words, bodies)
        mails = self.env["mail.mail"].sudo().search([])
        self.assertFalse(
            mails.filtered(lambda mail: "Quy chế" in f"{mail.subject}{mail.body_html}")
        )

    # -- one order to many ----------------------------------------------------

    def asked(self):
        """Return a dossier on which Justice and the commune were asked at once."""
        return self.assigned(
            self.line(self.culture),
            self.line(self.justice, "support", deadline="2026-08-27"),
            self.line(self.commune, "support", deadline="2026-08-27"),
        )

    def test_order_on_a_dossier_is_followed_as_one(self):
        dossier = self.asked()
        order = dossier.order_ids.with_user(self.chief)
        self.assertEqual(order.document_summary, TITLE)
        self.assertEqual(order.recipient_count, 3)
        self.opinion(dossier, self.justice_head, "Nhất trí.")
        order.invalidate_recordset()
        self.assertEqual(
            (order.answered_count, order.waiting_count, order.opened_count), (1, 2, 1)
        )
        with clock.frozen(NOW + timedelta(days=5)):
            self.env.invalidate_all()
            self.assertEqual(order.late_count, 1)
            self.assertEqual(order.action_remind("Nhắc trả lời."), 2)
        urged = dossier.assignment_ids.filtered("urged_at").unit_id
        self.assertEqual(urged, self.culture | self.commune)

    def test_proposals_count_as_recipients_once_accepted(self):
        dossier = self.in_progress()
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice, "support"), self.line(self.commune, "support")]
        )
        orders = self.env["qlvb.assignment"].browse(ids)
        order = orders.order_id.with_user(self.culture_one).sudo(False)
        self.assertEqual(order.recipient_count, 0)
        self.assertFalse(order.can_remind)
        orders[0].with_user(self.chief).action_decide_support(True)
        self.env.invalidate_all()
        self.assertEqual(order.recipient_count, 1)
        self.assertTrue(order.can_remind)
        self.assertEqual(order.action_remind("Xin ý kiến."), 1)
        with self.assertRaises(AccessError):
            order.with_user(self.justice_head).action_remind("Xin ý kiến.")

    def test_who_has_not_answered_is_visible_and_reminded(self):
        dossier = self.asked()
        self.assertEqual(len(dossier.support_ids), 2)
        self.opinion(dossier, self.justice_head, "Nhất trí.")
        self.env.invalidate_all()
        self.assertEqual(dossier.unanswered_text, self.commune.name)
        self.assertEqual(dossier.support_ids[0].unit_id, self.commune, "first who owes")
        lead = dossier.assignment_ids.filtered(lambda one: one.role == "lead")
        shown = lead.with_user(self.culture_head).dossier_unanswered_text
        self.assertEqual(shown, self.commune.name)
        with self.assertRaises(AccessError):
            dossier.with_user(self.justice_head).action_remind_support("Nhanh lên.")
        responsible = dossier.with_user(self.culture_head)
        self.assertTrue(responsible.can_remind_support)
        self.assertEqual(responsible.action_remind_support("Xin ý kiến."), 1)
        self.opinion(dossier, self.commune_head, "Nhất trí.")
        with self.assertRaisesRegex(UserError, "has answered"):
            responsible.action_remind_support("Xin ý kiến.")

    # -- documents ------------------------------------------------------------

    def test_chief_opens_a_dossier_from_the_document_and_its_direction(self):
        paper = self.registered(deadline="2026-09-10")
        paper.with_user(self.chairman).action_direct("Giao VHTT tham mưu.")
        self.assertTrue(paper.with_user(self.chief).can_open_dossier)
        for user in (self.clerk, self.vice_culture, self.culture_head):
            self.assertFalse(paper.with_user(user).sudo(False).can_open_dossier)
        action = paper.with_user(self.chief).action_open_dossier()
        model = self.env["qlvb.dossier"].with_user(self.chief)
        values = model.with_context(**action["context"]).default_get(
            ["name", "origin_document_id", "instruction", "deadline"]
        )
        self.assertEqual(values["name"], paper.summary)
        self.assertIn("Giao VHTT tham mưu.", values["instruction"])
        dossier = model.create(values)
        self.assertEqual(dossier.document_ids.ids, paper.ids)
        self.assertEqual(str(dossier.deadline), "2026-09-10")

    def test_document_names_only_the_dossiers_that_its_reader_sees(self):
        document = self.order.document_id
        seen = self.assigned()
        hidden = self.opened(name="Việc khác")
        (seen | hidden).mapped(
            lambda one: one.with_user(self.chief).action_attach(document.ids)
        )
        reader = document.with_user(self.culture_head).sudo(False)
        self.assertEqual(reader.dossier_ids.ids, seen.ids)
        chief = document.with_user(self.chief)
        self.assertEqual(set(chief.dossier_ids.ids), set((seen | hidden).ids))
        with self.assertRaises(AccessError):
            hidden.with_user(self.culture_head).sudo(False).action_open()
