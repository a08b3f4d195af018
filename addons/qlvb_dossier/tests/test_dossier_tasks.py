from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock

from .common_content import ContentCase


@tagged("post_install", "-at_install", "qlvb")
class TestTasks(ContentCase):
    """Tasks: planned by who is responsible, ticked by whose they are."""

    def test_responsible_and_openers_plan(self):
        dossier = self.in_progress()
        for user in (self.culture_one, self.chief, self.chairman):
            task = self.task(dossier, user, deadline="2026-09-01")
            task.write({"name": "Lấy ý kiến", "user_id": self.culture_one.id})
        self.assertEqual(dossier.task_count, 3)
        self.assertJournal("dossier_planned", dossier, self.chairman, count=6)
        dossier.task_ids[0].with_user(self.culture_one).unlink()
        self.assertEqual(dossier.task_count, 2)

    def test_nobody_else_plans(self):
        dossier, _order = self.supported()
        task = self.task(dossier)
        for user in (self.justice_head, self.clerk, self.culture_clerk):
            with self.assertRaises(AccessError):
                self.task(dossier, user)
            with self.assertRaises(AccessError):
                task.with_user(user).write({"name": "Khác"})
            with self.assertRaises(AccessError):
                task.with_user(user).unlink()
        self.assertEqual(dossier.task_ids, task)

    def test_the_kind_of_dossier_brings_its_tasks(self):
        kind = self.env["qlvb.dossier.type"].create(
            {
                "name": "Quyết định quy phạm",
                "task_ids": [
                    Command.create({"name": "Soạn thảo"}),
                    Command.create({"name": "Lấy ý kiến"}),
                ],
            }
        )
        dossier = self.opened(type_id=kind.id)
        self.assertEqual(dossier.task_ids.mapped("name"), ["Soạn thảo", "Lấy ý kiến"])
        self.assertFalse(self.journal("dossier_planned", dossier))

    def test_holder_ticks_and_the_tick_can_be_taken_away(self):
        dossier, _order = self.supported()
        task = self.task(dossier, user_id=self.justice_head.id)
        own = task.with_user(self.justice_head)
        self.assertTrue(own.can_tick)
        own.write({"is_done": True})
        self.assertRecordValues(
            task,
            [
                {
                    "is_done": True,
                    "done_at": clock.now(),
                    "done_by_id": self.justice_head.id,
                }
            ],
        )
        self.assertEqual((dossier.task_count, dossier.task_done_count), (1, 1))
        self.assertJournal("dossier_task_done", dossier, self.justice_head)
        own.write({"is_done": True})
        self.assertJournal("dossier_task_done", dossier, self.justice_head)
        task.with_user(self.culture_one).write({"is_done": False})
        self.assertFalse(task.is_done or task.done_at or task.done_by_id)
        self.assertJournal("dossier_task_undone", dossier, self.culture_one)

    def test_others_do_not_tick(self):
        dossier, order = self.supported()
        task = self.task(dossier, user_id=self.culture_one.id)
        his = self.task(dossier, user_id=self.justice_head.id)
        for user in (self.justice_head, self.culture_clerk):
            with self.assertRaises(AccessError):
                task.with_user(user).write({"is_done": True})
        order.with_user(self.chief).action_recall("Không cần nữa")
        with self.assertRaises(AccessError):
            his.with_user(self.justice_head).write({"is_done": True})
        self.assertFalse((task | his).filtered("is_done"))

    def test_whose_task_it_is_sees_the_dossier(self):
        dossier = self.in_progress()
        for user in (self.justice_head, self.culture_two):
            message = self.assertRefused(
                "does not see", self.task, dossier, user_id=user.id
            )
            self.assertIn(user.name, message)
            self.assertCannotRead(user, dossier)
        task = self.task(dossier)
        self.assertRefused(
            "does not see", task.write, {"user_id": self.commune_head.id}
        )

    def test_who_ticked_when_is_nobodys_to_say(self):
        dossier = self.in_progress()
        task = self.task(
            dossier,
            is_done=True,
            done_by_id=self.chief.id,
            done_at="2020-01-01 00:00:00",
        )
        self.assertEqual(task.done_by_id, self.culture_one)
        self.assertEqual(task.done_at, clock.now())
        for values in (
            {"done_by_id": self.chief.id},
            {"done_at": False},
            {"dossier_id": self.opened().id},
        ):
            with self.assertRaises(AccessError):
                task.write(values)

    def test_nothing_is_planned_nor_ticked_once_it_is_closed(self):
        dossier = self.in_progress()
        task = self.task(dossier)
        self.opinion(dossier, self.culture_one)
        dossier.with_user(self.culture_one).action_complete()
        dossier.with_user(self.culture_head).action_complete()
        task.with_user(self.chief).write({"is_done": True})
        dossier.action_close()
        for call in (
            lambda: self.task(dossier, self.chief),
            lambda: task.with_user(self.chief).write({"name": "Khác"}),
            lambda: task.with_user(self.chief).write({"is_done": False}),
            task.with_user(self.chief).unlink,
        ):
            with self.assertRaises(UserError):
                call()
        self.assertTrue(task.is_done)


@tagged("post_install", "-at_install", "qlvb")
class TestProgress(ContentCase):
    """How far a dossier is: tasks done and opinions given, of all of them."""

    def test_progress_follows_tasks_and_opinions(self):
        dossier, orders = self.supported(self.justice, self.commune)
        tasks = self.task(dossier) | self.task(dossier)
        self.assertEqual((dossier.task_count, dossier.support_count), (2, 2))
        self.assertEqual(dossier.progress, 0)
        self.assertEqual(dossier.opinion_text, "0/2 opinions")
        tasks[0].write({"is_done": True})
        self.opinion(dossier, self.justice_head)
        self.assertEqual(dossier.progress, 50)
        self.assertEqual(dossier.opinion_text, "1/2 opinions")
        orders[1].with_user(self.chief).action_recall("Không cần nữa")
        self.assertEqual(dossier.opinion_text, "1/1 opinions")
        self.assertEqual(dossier.progress, 66)
        self.opinion(dossier, self.culture_one)
        dossier.with_user(self.culture_one).action_complete()
        dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(dossier.progress, 100)

    def test_nothing_to_do_is_no_progress(self):
        dossier = self.opened()
        self.assertEqual((dossier.progress, dossier.opinion_text), (0, False))

    def test_who_is_proposed_or_returned_it_does_not_count(self):
        dossier = self.in_progress()
        dossier.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice, role="support")]
        )
        self.assertEqual(dossier.support_count, 0)
        second, order = self.supported()
        order.with_user(self.justice_head).action_return("Không thuộc thẩm quyền")
        self.assertEqual(second.support_count, 0)
