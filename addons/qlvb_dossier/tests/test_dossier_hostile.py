from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_content import ContentCase

NO_IDS = (True, "x", [1], [[]], {"a": 1}, 1.5, -1, 0, 2**31 - 1, 2**40, None)
"""What callers hand in where an id belongs."""


@tagged("post_install", "-at_install", "qlvb")
class TestHostileOnDossiers(ContentCase):
    """Officials who speak RPC try what no screen offers, and are told why not."""

    def by(self, user, record):
        return record.with_user(user).sudo(False)

    # -- through the dossier itself -------------------------------------------

    def test_nested_commands_are_no_way_round_the_acts(self):
        dossier, order = self.supported()
        opinion = self.opinion(dossier, self.chief)
        task, material = self.task(dossier), self.material(dossier)
        stay = dossier.stay_ids[:1]
        commands = {
            "assignment_ids": (
                Command.create({"unit_id": self.commune.id, "role": "lead"}),
                Command.update(order.id, {"state": "done", "user_id": False}),
                Command.delete(order.id),
                Command.clear(),
            ),
            "stay_ids": (
                Command.create({"unit_id": self.culture.id, "step": "work"}),
                Command.update(stay.id, {"date_from": "2020-01-01 00:00:00"}),
                Command.delete(stay.id),
            ),
            "decision_ids": (
                Command.create({"kind": "closed", "author_id": self.chairman.id}),
            ),
            "opinion_ids": (
                Command.update(opinion.id, {"body": "Không nhất trí"}),
                Command.update(opinion.id, {"author_id": self.culture_one.id}),
                Command.delete(opinion.id),
                Command.set([]),
            ),
            "material_ids": (
                Command.delete(material.id),
                Command.update(material.id, {"version_count": 9}),
                Command.update(
                    material.id, {"version_ids": [Command.create({"name": "x"})]}
                ),
            ),
            "task_ids": (Command.update(task.id, {"done_by_id": self.chairman.id}),),
            "line_ids": (
                Command.create({"document_id": self.registered().id}),
                Command.create({"document_id": self.draft().id}),
            ),
            "child_ids": (Command.create({"name": "X"}),),
        }
        self.env.flush_all()
        self.env.invalidate_all()
        before = [
            row.read()
            for row in (order.sudo(), opinion.sudo(), material.sudo(), task.sudo())
        ]
        for name, tried in commands.items():
            for command in tried:
                for user in (self.culture_one, self.justice_head, self.culture_clerk):
                    with (
                        self.subTest(f"{name} {command} {user.login}"),
                        self.assertRaises(UserError),
                        self.cr.savepoint(),
                    ):
                        self.by(user, dossier).write({name: [command]})
        # The openers are held to the acts as well.
        for name in ("assignment_ids", "stay_ids", "decision_ids"):
            for command in commands[name]:
                with self.assertRaises(UserError), self.cr.savepoint():
                    self.by(self.chief, dossier).write({name: [command]})
        self.env.invalidate_all()
        after = [
            row.read()
            for row in (order.sudo(), opinion.sudo(), material.sudo(), task.sudo())
        ]
        self.assertEqual(before, after)

    def test_opening_brings_nothing_of_others_along(self):
        values = {
            "name": "Hồ sơ",
            "opinion_ids": [
                Command.create(
                    {
                        "body": "Đồng ý",
                        "author_id": self.chairman.id,
                        "unit_id": self.justice.id,
                        "on_behalf_of_id": self.chairman.id,
                        "author_title": "Chủ tịch",
                        "date": "2020-01-01 00:00:00",
                        "is_fixed": True,
                    }
                )
            ],
        }
        dossier = self.env["qlvb.dossier"].with_user(self.chief).create(values)
        opinion = dossier.opinion_ids
        self.assertEqual(opinion.author_id, self.chief)
        self.assertEqual(opinion.unit_id, self.committee)
        self.assertFalse(opinion.on_behalf_of_id or opinion.is_fixed)
        self.assertEqual(opinion.date.year, 2026)
        self.assertNotEqual(opinion.author_title, "Chủ tịch")
        for name, value in {
            "assignment_ids": [Command.create({"unit_id": self.culture.id})],
            "state": "closed",
            "stay_ids": [Command.clear()],
            "result_opinion_id": opinion.id,
            "opened_by_id": self.chairman.id,
            "responsible_id": self.culture_one.id,
            "date_closed": "2020-01-01 00:00:00",
            "audience": [1],
        }.items():
            with self.subTest(name), self.assertRaises(UserError):
                self.opened(**{name: value})

    def test_planted_defaults_change_nothing(self):
        planted = {
            "default_state": "closed",
            "default_opened_by_id": self.chairman.id,
            "default_responsible_id": self.culture_two.id,
            "default_author_id": self.chairman.id,
            "default_unit_id": self.justice.id,
            "default_is_fixed": True,
            "default_date": "2020-01-01 00:00:00",
            "default_done_by_id": self.chairman.id,
            "default_done_at": "2020-01-01 00:00:00",
            "default_version_count": 7,
            "qlvb_gate": True,
            "qlvb_attached": True,
            "qlvb_opinion": True,
            "qlvb_material": True,
        }
        for name in ("state", "opened_by_id", "responsible_id"):
            self.env["ir.default"].with_user(self.chief).set(
                "qlvb.dossier", name, planted[f"default_{name}"], user_id=True
            )
        dossiers = self.env["qlvb.dossier"].with_user(self.chief)
        keep = {k: v for k, v in planted.items() if k != "default_unit_id"}
        dossier = dossiers.with_context(**keep).create({"name": "Hồ sơ"})
        self.assertEqual((dossier.state, dossier.opened_by_id), ("draft", self.chief))
        self.assertFalse(dossier.responsible_id)
        work, _order = self.supported()
        own = self.env(user=self.culture_one)
        values = {"dossier_id": work.id, "body": "Đồng ý"}
        opinion = own["qlvb.opinion"].with_context(**planted).create(values)
        self.assertEqual(
            (opinion.author_id, opinion.unit_id, opinion.is_fixed),
            (self.culture_one, self.culture, False),
        )
        self.assertEqual(opinion.date.year, 2026)
        task = own["qlvb.dossier.task"].with_context(**planted)
        task = task.create({"dossier_id": work.id, "name": "Việc"})
        self.assertFalse(task.done_by_id or task.done_at or task.is_done)
        material = own["qlvb.material"].with_context(**planted)
        material = material.create({"dossier_id": work.id, "name": "Dự thảo"})
        self.assertFalse(material.version_count)
        for record, values in (
            (opinion, {"author_id": self.chief.id}),
            (opinion, {"is_fixed": True}),
            (material, {"version_count": 5}),
        ):
            with self.assertRaises(AccessError):
                record.with_context(**planted).write(values)
        with self.assertRaises(UserError):
            opinion.with_context(**planted).unlink()

    # -- ids of wrong form ----------------------------------------------------

    def test_ids_that_are_none(self):
        dossier = self.in_progress()
        own = self.env(user=self.culture_one)
        for number in NO_IDS:
            for name, values in {
                "qlvb.opinion": {"body": "X"},
                "qlvb.material": {"name": "X"},
                "qlvb.dossier.task": {"name": "X"},
                "qlvb.dossier.document": {"document_id": 1},
            }.items():
                with (
                    self.subTest(f"{name} {number!r}"),
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                ):
                    own[name].create({"dossier_id": number, **values})
            with self.subTest(repr(number)), self.assertRaises(UserError):
                own["qlvb.dossier.document"].create(
                    {"dossier_id": dossier.id, "document_id": number}
                )
        for number in NO_IDS[:-1]:
            if not number:
                continue
            values = {"dossier_id": dossier.id, "body": "X", "assignment_id": number}
            with self.subTest(f"part {number!r}"), self.assertRaises(UserError):
                own["qlvb.opinion"].create(values)
            for field in ("user_id",):
                values = {"dossier_id": dossier.id, "name": "X", field: number}
                with (
                    self.subTest(f"{field} {number!r}"),
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                ):
                    own["qlvb.dossier.task"].create(values)
                    self.env.flush_all()
        self.assertFalse(dossier.opinion_ids or dossier.task_ids)

    def test_somebody_elses_part_is_not_answered(self):
        dossier, order = self.supported()
        with self.assertRaises(UserError):
            self.env["qlvb.opinion"].with_user(self.culture_one).create(
                {"dossier_id": dossier.id, "body": "X", "assignment_id": order.id}
            )
        self.assertEqual(order.state, "sent")

    def test_files_that_are_no_commands(self):
        dossier = self.in_progress()
        opinions = self.env["qlvb.opinion"].with_user(self.culture_one)
        for files in ("x", {"a": 1}, [["x"]], [[0, 0]], [[6, 0, "x"]], True):
            with (
                self.subTest(repr(files)),
                self.assertRaises(UserError),
                self.cr.savepoint(),
            ):
                opinions.create(
                    {"dossier_id": dossier.id, "body": "X", "attachment_ids": files}
                )
        self.assertFalse(dossier.opinion_ids)

    # -- the matter itself ----------------------------------------------------

    def test_dossiers_are_not_parts_of_themselves(self):
        first = self.opened()
        second = self.opened(parent_id=first.id)
        third = self.opened(parent_id=second.id)
        for above in (first, second, third):
            with self.assertRaises(UserError), self.cr.savepoint():
                first.write({"parent_id": above.id})

    def test_completing_with_nothing(self):
        dossier, _order = self.supported()
        message = self.assertRefused(
            ["has not answered yet", "no result yet"],
            self.by(self.culture_one, dossier).action_complete,
        )
        self.assertGreaterEqual(len(message.splitlines()), 2)
        foreign = self.opinion(self.opened(), self.chief)
        for arguments in ((None, foreign.id), (self.issued().id,), ("x",), (None, [1])):
            with self.subTest(repr(arguments)):
                self.assertRefused(
                    "no result",
                    self.by(self.culture_one, dossier).action_complete,
                    *arguments,
                )

    def test_closing_with_work_that_is_open(self):
        dossier = self.completed()
        child = self.opened(parent_id=dossier.id)
        self.assertRefused("still open", dossier.action_close)
        self.assertEqual(dossier.state, "completed")
        with self.assertRaises(UserError):
            self.in_progress().action_close()
        child.unlink()
        dossier.action_close()
        self.assertEqual(dossier.state, "closed")

    def test_traces_are_written_by_nobody(self):
        dossier = self.filled_and_closed()
        for name in (
            "qlvb.dossier.decision",
            "qlvb.dossier.stay",
            "qlvb.material.version",
            "qlvb.assignment",
        ):
            for user in (self.chief, self.culture_one):
                rows = self.env[name].with_user(user)
                with self.subTest(name), self.assertRaises(UserError):
                    rows.create({"dossier_id": dossier.id})
                with self.subTest(name), self.assertRaises(UserError):
                    found = rows.search([("dossier_id", "=", dossier.id)], limit=1)
                    found.write({"dossier_id": self.opened().id})
                with self.subTest(name), self.assertRaises(UserError):
                    rows.search([("dossier_id", "=", dossier.id)], limit=1).unlink()
