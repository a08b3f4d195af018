from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from . import test_bad_input_rpc
from .common_correct import CorrectCase
from .test_bad_input_rpc import BIG, HUGE, NUL


@tagged("post_install", "-at_install", "qlvb")
class TestWayRoundADecision(CorrectCase):
    """Whoever speaks RPC tries to get round the chairman, and does not."""

    def model(self, user=None, **context):
        return (self.env["qlvb.correction"].with_user(user or self.clerk)).with_context(
            **context
        )

    def assertNothingDone(self):
        self.env.flush_all()
        self.assertFalse(
            self.env["qlvb.correction"].sudo().search([("state", "!=", "draft")])
        )
        self.assertEqual(self.document.issuer, "Phòng Văn hóa và Thông tin")

    def test_no_request_is_born_decided(self):
        for planted in (
            {"state": "approved"},
            {"state": "submitted"},
            {"asked_by_id": self.chief.id},
            {"asked_at": "2026-01-01 00:00:00"},
            {"decided_by_id": self.chairman.id},
            {"decided_at": "2026-01-01 00:00:00"},
            {"decision_number": "15/QĐ-UBND"},
            {"decision_date": "2026-01-01"},
            {"unit_id": self.commune.id},
            {"parent_id": 1},
            {"effects": {}},
            {"audience": [1]},
            {"refusal_reason": "X"},
        ):
            with self.subTest(str(planted)):
                values = {"document_id": self.document.id, "reason": "X", **planted}
                with self.assertRaises(AccessError):
                    self.model().create(values)
                draft = self.ask(issuer="X")
                with self.assertRaises(AccessError):
                    draft.write(planted)
        self.assertNothingDone()

    def test_planted_defaults_are_not_taken(self):
        for name, value in (
            ("state", "approved"),
            ("asked_by_id", self.chief.id),
            ("decided_by_id", self.chairman.id),
        ):
            self.env["ir.default"].sudo().set(
                "qlvb.correction", name, value, user_id=self.clerk.id
            )
            context = {f"default_{name}": value, "qlvb_gate": True}
            draft = self.model(**context).create(
                {"document_id": self.document.id, "reason": "X"}
            )
            self.assertState(draft, "draft")
            self.assertEqual(draft.asked_by_id, self.clerk)
            self.assertFalse(draft.decided_by_id)

    def test_a_default_points_at_no_document_out_of_sight(self):
        for context in (
            {"default_document_id": self.of_commune.id},
            {"default_document_id": BIG},
        ):
            with self.assertRaises(UserError):
                self.model(**context).create({"reason": "X"})

    def test_what_stood_there_is_noted_by_the_system(self):
        with self.assertRaises(AccessError):
            self.ask(
                line_ids=[
                    Command.create(
                        {"name": "issuer", "new_value": "X", "old_value": "Y"}
                    )
                ]
            )
        draft = self.ask(issuer="X")
        with self.assertRaises(AccessError):
            draft.line_ids.write({"old_value": "Y"})

    def test_nothing_is_changed_after_submitting(self):
        correction = self.asked(issuer="X")
        line = correction.line_ids
        for call in (
            lambda: correction.write({"reason": "Y"}),
            lambda: correction.write({"kind": "purge", "ground": "secret"}),
            lambda: correction.write({"line_ids": [Command.clear()]}),
            lambda: correction.write(
                {"line_ids": [Command.create({"name": "summary", "new_value": "Y"})]}
            ),
            lambda: line.write({"new_value": "Y"}),
            line.unlink,
            correction.unlink,
            lambda: line.create(
                {
                    "correction_id": correction.id,
                    "name": "summary",
                    "new_value": "Y",
                }
            ),
        ):
            with self.assertRaises(UserError):
                call()
        self.assertEqual(line.new_value, "X")
        self.assertEqual(correction.line_ids, line)

    def test_a_request_is_its_writers_own(self):
        draft = self.ask(issuer="X")
        foreign = draft.with_user(self.chief)
        for call in (
            lambda: foreign.write({"reason": "Y"}),
            lambda: foreign.line_ids.write({"new_value": "Y"}),
            foreign.unlink,
            foreign.action_submit,
            lambda: foreign.line_ids.create(
                {"correction_id": draft.id, "name": "summary", "new_value": "Y"}
            ),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_line_moves_to_no_other_request(self):
        first, second = self.ask(issuer="X"), self.ask(summary="Y")
        with self.assertRaises(UserError):
            first.line_ids.write({"correction_id": second.id})
        with self.assertRaises(UserError):
            first.write({"document_id": self.registered(reference="4/X").id})
        with self.assertRaises(UserError):
            first.copy()

    def test_who_lost_the_post_no_longer_asks(self):
        draft = self.ask(self.commune_clerk, self.of_commune, issuer="X")
        self.end_post(self.commune_clerk, self.commune, "2026-08-25")
        with self.assertRaises(AccessError):
            draft.action_submit()

    def test_the_work_behind_the_acts_is_closed(self):
        correction = self.asked(issuer="X")
        methods = {
            name
            for cls in type(correction).mro()
            if cls.__module__.startswith("odoo.addons.qlvb_document")
            for name in vars(cls)
            if "carry" in name or "erase" in name or "correct" in name
        }
        self.assertFalse(
            [
                name
                for name in methods
                if not name.startswith("_") and callable(getattr(correction, name))
            ]
        )

    def test_a_document_is_not_written_with_its_corrections(self):
        with self.assertRaises(UserError):
            self.document.write({"correction_ids": [Command.create({"reason": "X"})]})

    def test_approving_as_somebody_else(self):
        own = self.asked(issuer="X")
        for user in (self.clerk, self.chief, self.vice_culture, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                own.with_user(user).with_context(
                    qlvb_gate=True, uid=self.chairman.id
                ).action_approve()
        self.delegate(self.chairman, self.vice_culture, self.committee)
        with self.assertRaises(AccessError):
            self.by(self.vice_culture, own).action_approve()

    def test_names_of_files_out_of_sight_are_not_told(self):
        secret = self.registered(
            self.commune_clerk, ["bi-mat-xa.pdf"], unit_id=self.commune.id
        )
        file = secret.sudo().attachment_ids
        for line in (
            {"name": "file", "new_file_id": file.id},
            {"name": "file", "old_file_id": file.id, "new_file_id": self.file().id},
        ):
            with self.assertRaises(UserError) as caught:
                self.ask(line_ids=[Command.create(line)])
            self.assertNotIn("bi-mat-xa", str(caught.exception))


@tagged("post_install", "-at_install", "qlvb")
class TestBadCorrectionsOverRpc(CorrectCase, HttpCase):
    """Whatever is sent as a correction: a message for people."""

    send = test_bad_input_rpc.TestBadInputOverRpc.send
    assertTold = test_bad_input_rpc.TestBadInputOverRpc.assertTold

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.correction = (
            cls.env["qlvb.correction"]
            .with_user(cls.clerk)
            .create({"document_id": cls.document.id, "reason": "X"})
        )

    def setUp(self):
        super().setUp()
        self.entry = self.draft(reference="10/CV")
        self.authenticate(self.clerk.login, self.clerk.login)

    def test_requests_that_cannot_be(self):
        whole = {"document_id": self.document.id, "reason": "X"}
        with mute_logger("odoo.http"):
            for values in (
                {},
                {"reason": "X"},
                {"document_id": BIG, "reason": "X"},
                {"document_id": HUGE, "reason": "X"},
                {"document_id": "x", "reason": "X"},
                {"document_id": [1], "reason": "X"},
                {"document_id": self.entry.id, "reason": "X"},
                {**whole, "kind": "delete"},
                {**whole, "ground": "x"},
                {**whole, "reason": NUL},
                {**whole, "line_ids": "x"},
                {**whole, "line_ids": [[0, 0, {"name": "number", "new_value": "1"}]]},
                {**whole, "line_ids": [[0, 0, {"name": "issuer", "new_value": NUL}]]},
                {**whole, "line_ids": [[0, 0, {"name": "type_id", "new_value": "-1"}]]},
                {**whole, "line_ids": [[0, 0, {"name": "type_id", "new_value": "x"}]]},
                {**whole, "line_ids": [[0, 0, {"name": "urgency", "new_value": "x"}]]},
                {**whole, "line_ids": [[0, 0, {"name": "file", "new_file_id": BIG}]]},
                {
                    **whole,
                    "line_ids": [
                        [0, 0, {"name": "issuer", "new_value": "A"}],
                        [0, 0, {"name": "issuer", "new_value": "B"}],
                    ],
                },
            ):
                self.assertTold("qlvb.correction", "create", [values])

    def test_acts_that_cannot_be(self):
        ids = [self.correction.id]
        with mute_logger("odoo.http"):
            for method, *arguments in (
                ("action_submit",),
                ("action_approve",),
                ("action_approve", HUGE),
                ("action_approve", "x" * 101),
                ("action_approve", "1", "x"),
                ("action_refuse", ""),
                ("action_refuse", NUL),
                ("action_refuse", {}),
            ):
                self.assertTold("qlvb.correction", method, ids, *arguments)
            self.assertTold("qlvb.correction", "action_approve", [BIG])
