from odoo.tests import tagged

from odoo.addons.qlvb_base.tests.common import TODAY

from .common import DossierCase


@tagged("post_install", "-at_install", "qlvb")
class TestDossierHandover(DossierCase):
    """Dossiers of somebody who moves: responsibility, support, tasks, materials."""

    @classmethod
    def moved(cls, user=None):
        user = user or cls.culture_one
        cls.end_post(user, cls.culture, "2026-08-25")
        cls.give_post(user, cls.justice, "specialist", TODAY)
        return cls.env["qlvb.handover"]._open_for(user, cls.culture)

    def accept(self, handover, receiver):
        own = handover.with_user(self.culture_head).sudo(False)
        own.receiver_id = receiver
        own.action_accept()
        self.env.flush_all()
        self.env.invalidate_all()

    def test_the_receiver_is_responsible(self):
        dossier = self.in_progress()
        self.assertEqual(dossier.responsible_id, self.culture_one)
        handover = self.moved()
        self.accept(handover, self.culture_two)
        self.assertEqual(dossier.responsible_id, self.culture_two)
        self.assertIn(self.culture_two.name, dossier.holder_text)
        self.assertCanRead(self.culture_two, dossier)
        self.assertCannotRead(self.culture_one, dossier)
        self.opinion(dossier, self.culture_two)
        dossier.with_user(self.culture_two).action_complete()
        self.assertDenied(
            dossier.with_user(self.culture_one)
            .sudo()
            .with_user(self.culture_one)
            .action_complete
        )

    def test_the_change_of_hands_is_kept(self):
        dossier = self.in_progress()
        handover = self.moved()
        with self.at(2026, 8, 28, 9):
            self.accept(handover, self.culture_two)
            stays = dossier.sudo().stay_ids.filtered("user_id").sorted("id")
            before, after = stays[-2:]
            self.assertEqual(before.user_id, self.culture_one)
            self.assertTrue(before.date_to)
            self.assertEqual(after.user_id, self.culture_two)
            self.assertFalse(after.date_to)

    def test_a_head_takes_the_dossier_back(self):
        dossier = self.in_progress()
        handover = self.moved()
        self.accept(handover, self.culture_head)
        self.assertEqual(dossier.responsible_id, self.culture_head)
        self.assertState(dossier, "in_progress")
        self.opinion(dossier, self.culture_head)
        dossier.with_user(self.culture_head).action_complete()
        self.assertState(dossier, "completed")

    def test_tasks_follow_the_work(self):
        dossier = self.in_progress()
        tasks = (
            self.env["qlvb.dossier.task"]
            .with_user(self.culture_one)
            .create(
                [
                    {
                        "dossier_id": dossier.id,
                        "name": name,
                        "user_id": self.culture_one.id,
                    }
                    for name in ("Khảo sát", "Viết dự thảo")
                ]
            )
        )
        tasks[0].is_done = True
        handover = self.moved()
        self.assertEqual(sorted(handover.line_ids.mapped("kind")), ["task", "work"])
        self.accept(handover, self.culture_two)
        self.assertEqual(tasks.sudo()[0].user_id, self.culture_one, "done stays")
        self.assertEqual(tasks.sudo()[1].user_id, self.culture_two)
        self.assertJournal("dossier_task_handed_over", dossier, self.culture_head)
        tasks[1].with_user(self.culture_two).is_done = True

    def test_a_task_goes_to_nobody_without_a_part_in_the_dossier(self):
        dossier = self.in_progress()
        self.env["qlvb.dossier.task"].with_user(self.culture_one).create(
            {
                "dossier_id": dossier.id,
                "name": "Khảo sát",
                "user_id": self.culture_one.id,
            }
        )
        handover = self.moved()
        own = handover.with_user(self.culture_head).sudo(False)
        own.receiver_id = self.culture_two
        line = own.line_ids.filtered(lambda line: line.kind == "task")
        line.receiver_id = self.culture_deputy
        self.assertRefused([self.culture_deputy.name, "Khảo sát"], own.action_accept)
        self.env.invalidate_all()
        self.assertEqual(dossier.responsible_id, self.culture_one)

    def test_a_proposed_support_is_somebody_elses(self):
        dossier = self.assigned(self.line(self.justice))
        ids = dossier.with_user(self.justice_head).action_propose_support(
            [self.line(self.culture_one, "support")]
        )
        proposal = self.env["qlvb.assignment"].browse(ids)
        handover = self.moved()
        self.assertEqual(handover.line_ids.kind, "proposal")
        told = handover.line_ids.with_user(self.culture_head).sudo(False).read()
        self.assertNotIn(dossier.name, str(told), "a proposal gives no sight")
        self.accept(handover, self.culture_two)
        self.assertEqual(proposal.user_id, self.culture_two)
        self.assertState(proposal, "proposed")
        proposal.with_user(self.chief).action_decide_support(True)
        self.assertCanRead(self.culture_two, dossier)

    def test_materials_are_the_dossiers_and_go_on(self):
        dossier = self.in_progress()
        material = (
            self.env["qlvb.material"]
            .with_user(self.culture_one)
            .create({"dossier_id": dossier.id, "name": "Số liệu"})
        )
        handover = self.moved()
        self.accept(handover, self.culture_two)
        material.with_user(self.culture_two).write({"name": "Số liệu 2026"})
        self.assertFalse(material.with_user(self.culture_one).has_access("read"))

    def test_nothing_open_names_who_has_gone(self):
        self.in_progress()
        self.assertTrue(self.env["qlvb.handover"]._abandoned() == [])
        handover = self.moved()
        pairs = self.env["qlvb.handover"]._abandoned()
        self.assertIn((self.culture_one, self.culture), pairs)
        self.accept(handover, self.culture_two)
        self.assertEqual(self.env["qlvb.handover"]._abandoned(), [])

    def test_a_task_left_alone_is_found(self):
        dossier = self.in_progress()
        self.env["qlvb.dossier.task"].with_user(self.culture_one).create(
            {
                "dossier_id": dossier.id,
                "name": "Góp ý",
                "user_id": self.culture_head.id,
            }
        )
        self.assertEqual(self.env["qlvb.handover"]._abandoned(), [])
        self.end_post(self.culture_head, self.culture, "2026-08-25")
        self.assertEqual(
            self.env["qlvb.handover"]._abandoned(),
            [(self.culture_head, self.culture)],
        )

    def test_a_closed_dossier_holds_nothing_open(self):
        dossier = self.completed()
        dossier.with_user(self.chief).action_close()
        self.assertFalse(self.moved())
