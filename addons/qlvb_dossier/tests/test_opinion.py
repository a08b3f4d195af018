from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_content import PDF, ContentCase


@tagged("post_install", "-at_install", "qlvb")
class TestGiveOpinion(ContentCase):
    """Opinions are entries of their own: who, in which post, for whom, when, what."""

    def test_specialist_gives_an_opinion_with_a_file(self):
        dossier = self.in_progress()
        opinion = self.filed_opinion(dossier, self.culture_one)
        order = dossier.assignment_ids.filtered(lambda one: one.parent_id)
        self.assertRecordValues(
            opinion,
            [
                {
                    "author_id": self.culture_one.id,
                    "unit_id": self.culture.id,
                    "on_behalf_of_id": False,
                    "assignment_id": order.id,
                    "is_fixed": False,
                }
            ],
        )
        self.assertTrue(opinion.author_title)
        file = opinion.attachment_ids.sudo()
        self.assertEqual((file.res_model, file.res_id), ("qlvb.dossier", dossier.id))
        self.assertEqual(order.state, "accepted")
        row = self.assertJournal("dossier_opined", dossier, self.culture_one)
        self.assertEqual(row.data, {"opinion": opinion.id})

    def test_who_does_not_work_on_it_gives_none(self):
        dossier = self.in_progress()
        for user in (self.clerk, self.culture_clerk, self.culture_two):
            with self.assertRaises(UserError):
                self.opinion(dossier, user)
        self.assertFalse(dossier.opinion_ids)

    def test_who_has_it_for_information_gives_none(self):
        dossier = self.in_progress()
        dossier.action_assign([self.line(self.justice, role="inform")])
        self.assertCanRead(self.justice_head, dossier)
        with self.assertRaises(AccessError):
            self.opinion(dossier, self.justice_head)

    def test_openers_give_one_while_the_work_goes_on(self):
        dossier = self.opened()
        first = self.opinion(dossier, self.chairman, "Làm trước ngày 30.")
        self.assertFalse(first.assignment_id)
        self.assertEqual(first.unit_id, self.committee)
        dossier.action_assign([self.line(self.culture)])
        self.assertTrue(self.opinion(dossier, self.chief))
        with self.assertRaises(UserError):
            self.opinion(dossier, self.vice_culture)

    def test_supporters_opinion_is_their_answer(self):
        dossier, order = self.supported()
        opinion = self.opinion(dossier, self.justice_head, "Nhất trí.")
        self.assertEqual((order.state, order.result), ("done", "Nhất trí."))
        self.assertEqual(opinion.assignment_id, order)
        self.assertEqual(dossier.opinion_ids, opinion)

    def test_supporters_answer_is_an_opinion_once(self):
        dossier, order = self.supported()
        order.with_user(self.justice_head).action_done("Đề nghị sửa Điều 3.")
        self.assertRecordValues(
            dossier.opinion_ids,
            [
                {
                    "body": "Đề nghị sửa Điều 3.",
                    "author_id": self.justice_head.id,
                    "unit_id": self.justice.id,
                    "assignment_id": order.id,
                }
            ],
        )
        self.assertJournal("dossier_opined", dossier, self.justice_head)

    def test_answer_after_it_was_sent_back_is_another_opinion(self):
        dossier, order = self.supported()
        order.with_user(self.justice_head).action_done("Nhất trí.")
        order.with_user(self.chief).action_send_back("Nêu rõ căn cứ.")
        order.with_user(self.justice_head).action_done("Nhất trí, theo Điều 5.")
        bodies = dossier.opinion_ids.mapped("body")
        self.assertEqual(bodies, ["Nhất trí.", "Nhất trí, theo Điều 5."])
        self.assertTrue(dossier.opinion_ids[0].is_fixed)

    def test_what_a_supporter_passed_on_comes_back_to_them(self):
        dossier, order = self.supported()
        child = self.passed_on(order, self.justice_head, self.justice_one)
        self.assertRefused(
            "still works on it", self.opinion, dossier, self.justice_head
        )
        self.assertFalse(dossier.opinion_ids)
        self.opinion(dossier, self.justice_one, "Dự kiến nhất trí.")
        self.assertEqual((child.state, order.state), ("done", "accepted"))
        self.assertFalse(dossier.with_user(self.justice_one).can_complete)
        self.opinion(dossier, self.justice_head, "Nhất trí.")
        self.assertEqual(order.state, "done")
        self.assertEqual(len(dossier.opinion_ids), 2)
        self.assertEqual(dossier.responsible_id, self.culture_one)

    def test_specialist_of_a_supporter_neither_leads_nor_completes(self):
        dossier, order = self.supported()
        child = self.passed_on(order, self.justice_head, self.justice_one)
        own = dossier.with_user(self.justice_one)
        for act in (
            lambda: own.action_complete(),
            lambda: own.action_propose_support([self.line(self.commune)]),
            lambda: self.task(dossier, self.justice_one),
        ):
            with self.assertRaises(AccessError):
                act()
        child.with_user(self.justice_one).action_done("Đã góp ý.")
        self.assertEqual(child.state, "done")

    def test_delegates_opinion_names_on_whose_behalf(self):
        dossier, order = self.supported()
        self.delegate(self.justice_head, self.justice_deputy, self.justice)
        opinion = self.opinion(dossier, self.justice_deputy)
        self.assertRecordValues(
            opinion,
            [
                {
                    "author_id": self.justice_deputy.id,
                    "on_behalf_of_id": self.justice_head.id,
                    "unit_id": self.justice.id,
                }
            ],
        )
        self.assertEqual(order.state, "done")
        self.assertEqual(order.doer_behalf_id, self.justice_head)

    def test_none_after_completion_or_closing(self):
        dossier = self.completed()
        for user in (self.chief, self.culture_one):
            self.assertRefused("is completed", self.opinion, dossier, user)
        dossier.action_close()
        for user in (self.chief, self.culture_one):
            self.assertRefused("is closed", self.opinion, dossier, user)
        self.assertEqual(len(dossier.opinion_ids), 1)

    def test_nothing_said_is_no_opinion(self):
        dossier = self.in_progress()
        for body in ("", " \n", False):
            self.assertRefused("", self.opinion, dossier, self.culture_one, body)
        self.assertRefused(
            "at most", self.opinion, dossier, self.culture_one, "x" * 10_001
        )

    def test_supporter_removed_midway_loses_sight_and_their_opinions_stay(self):
        dossier, orders = self.supported(self.justice, self.commune)
        first, second = orders
        self.opinion(dossier, self.justice_head, "Nhất trí.")
        first.with_user(self.chief).action_send_back("Nêu rõ.")
        first.with_user(self.chief).action_recall("Không cần nữa.")
        self.assertCannotRead(self.justice_head, dossier)
        self.assertCannotRead(self.justice_head, dossier.opinion_ids)
        self.assertCanRead(self.commune_head, dossier.opinion_ids)
        with self.assertRaises(UserError):
            self.opinion(dossier, self.justice_head)
        with self.assertRaises(AccessError):
            dossier.opinion_ids.with_user(self.justice_head).write({"body": "Khác"})
        self.assertEqual(second.state, "sent")


@tagged("post_install", "-at_install", "qlvb")
class TestMendOpinion(ContentCase):
    """An author mends an opinion until somebody has answered, and not afterwards."""

    def test_author_mends_it_and_the_answer_follows(self):
        dossier, order = self.supported()
        opinion = self.opinion(dossier, self.justice_head, "Nhất chí.")
        self.assertTrue(opinion.can_edit)
        opinion.write({"body": "Nhất trí."})
        self.assertEqual((opinion.body, order.result), ("Nhất trí.", "Nhất trí."))
        self.assertTrue(opinion.edited_at)
        row = self.assertJournal("dossier_opinion_mended", dossier, self.justice_head)
        self.assertEqual(row.data, {"opinion": opinion.id, "fields": ["body"]})

    def test_nobody_else_mends_it(self):
        dossier, _order = self.supported()
        opinion = self.opinion(dossier, self.justice_head)
        for user in (self.chief, self.chairman, self.culture_one, self.justice_deputy):
            own = opinion.with_user(user)
            with self.assertRaises(AccessError):
                own.write({"body": "Không nhất trí."})
            with self.assertRaises(UserError):
                own.unlink()
        self.assertEqual(opinion.body, "Đồng ý với dự thảo.")

    def test_it_is_fixed_once_somebody_answered(self):
        dossier, _order = self.supported()
        opinion = self.opinion(dossier, self.justice_head)
        self.opinion(dossier, self.culture_one, "Tiếp thu.")
        self.assertTrue(opinion.is_fixed)
        self.assertFalse(opinion.with_user(self.justice_head).can_edit)
        self.assertRefused("stays as it is", opinion.write, {"body": "Khác"})

    def test_ones_own_next_word_is_no_answer(self):
        dossier = self.in_progress()
        first = self.opinion(dossier, self.culture_one)
        self.opinion(dossier, self.culture_one, "Bổ sung.")
        first.write({"body": "Đồng ý."})
        self.assertEqual(first.body, "Đồng ý.")

    def test_it_is_fixed_once_work_was_finished_on_it(self):
        dossier = self.in_progress()
        opinion = self.opinion(dossier, self.culture_one)
        dossier.with_user(self.culture_one).action_complete()
        self.assertEqual(dossier.state, "in_progress")
        self.assertRefused("stays as it is", opinion.write, {"body": "Khác"})

    def test_it_stays_fixed_after_reopening(self):
        dossier = self.completed()
        opinion = dossier.opinion_ids.with_user(self.culture_one)
        self.assertRefused("is completed", opinion.write, {"body": "Khác"})
        dossier.action_close()
        self.assertRefused("is closed", opinion.write, {"body": "Khác"})
        dossier.action_reopen("Thiếu phụ lục")
        self.assertRefused("stays as it is", opinion.write, {"body": "Khác"})

    def test_who_gave_it_when_and_where_stays(self):
        dossier, _order = self.supported()
        other = self.in_progress()
        opinion = self.opinion(dossier, self.culture_one)
        for name, value in {
            "author_id": self.chief.id,
            "unit_id": self.justice.id,
            "dossier_id": other.id,
            "date": "2020-01-01 00:00:00",
            "on_behalf_of_id": self.chief.id,
            "is_fixed": False,
            "assignment_id": False,
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                opinion.write({name: value})

    def test_files_of_it_change_with_it_alone(self):
        dossier = self.in_progress()
        opinion = self.filed_opinion(dossier, self.culture_one)
        old = opinion.attachment_ids
        for tamper in (old.unlink, lambda: old.write({"name": "khac.pdf"})):
            with self.assertRaises(AccessError):
                tamper()
        new = self.upload(self.culture_one, "y-kien-2.pdf", PDF + b"% 2\n")
        opinion.write({"attachment_ids": [Command.set(new.ids)]})
        self.assertFalse(old.exists())
        self.assertEqual(opinion.attachment_ids, new)
        self.assertEqual(new.sudo().res_model, "qlvb.dossier")

    def test_files_of_others_are_none_of_it(self):
        dossier = self.in_progress()
        foreign = self.upload(self.chief, "cua-nguoi-khac.pdf")
        on_message = self.upload(self.culture_one, "trao-doi.pdf")
        on_message.write({"res_model": "mail.compose.message"})
        own = dossier.with_user(self.culture_one)
        own.message_post(body="Gửi", attachment_ids=on_message.ids)
        opinion = self.opinion(dossier, self.culture_one)
        for file in (foreign, on_message):
            for call in (
                lambda f=file: opinion.write({"attachment_ids": [Command.link(f.id)]}),
                lambda f=file: opinion.create(
                    {
                        "dossier_id": dossier.id,
                        "body": "Xem tệp",
                        "attachment_ids": [Command.link(f.id)],
                    }
                ),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    call()
        self.assertTrue((foreign | on_message).sudo().exists())
