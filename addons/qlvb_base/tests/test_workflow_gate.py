import inspect

from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import OfficeCase


@tagged("post_install", "-at_install", "qlvb")
class TestGate(OfficeCase):
    """State changes by acts alone, whoever calls and however.

    Shown on delegations, the simplest record behind the gate.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Delegation = cls.env["qlvb.delegation"].with_user(cls.culture_head)
        cls.values = {
            "delegate_id": cls.culture_deputy.id,
            "unit_id": cls.culture.id,
        }
        cls.draft = cls.Delegation.create(cls.values)

    def call(self, method, *args, user=None, **context):
        """Call as a remote client does, with whatever context it likes."""
        model = self.Delegation.with_user(user or self.culture_head)
        return call_kw(model, method, list(args), {"context": context})

    def test_state_is_not_written(self):
        for write in (
            lambda: self.call("write", self.draft.ids, {"state": "active"}),
            lambda: self.call("web_save", self.draft.ids, {"state": "active"}, {}),
            lambda: self.draft.sudo().write({"state": "active"}),
            lambda: setattr(self.draft, "state", "active"),
        ):
            self.assertIn("State", self.assertDenied(write))
            self.assertState(self.draft, "draft")

    def test_a_record_is_not_born_in_another_state(self):
        values = {**self.values, "state": "active"}
        self.assertDenied(self.call, "create", values)
        self.assertDenied(self.call, "create", [self.values, values])
        self.assertDenied(self.Delegation.sudo().create, values)

    def test_a_default_does_not_set_the_state(self):
        record = self.call("create", self.values, default_state="active")
        self.assertState(self.Delegation.browse(record), "draft")

    def test_a_default_that_an_official_planted_does_not_set_the_state(self):
        self.env["ir.default"].with_user(self.culture_head).set(
            "qlvb.delegation", "state", "active", user_id=True
        )
        self.env["ir.default"].set("qlvb.delegation", "state", "active")
        self.assertEqual(self.call("default_get", ["state"]), {"state": "draft"})
        record = self.call("create", self.values)
        self.assertState(self.Delegation.browse(record), "draft")

    def test_an_import_does_not_set_the_state(self):
        result = self.Delegation.load(
            ["unit_id/.id", "delegate_id/.id", "state"],
            [[str(self.culture.id), str(self.culture_deputy.id), "active"]],
        )
        self.assertFalse(result["ids"])

    def test_no_context_of_a_client_opens_the_gate(self):
        for proof in (True, 1, "qlvb_gate", {}, "<object object>"):
            with self.subTest(str(proof)):
                self.assertDenied(
                    self.call,
                    "write",
                    self.draft.ids,
                    {"state": "active"},
                    qlvb_gate=proof,
                )
        self.assertState(self.draft, "draft")

    def test_the_way_through_the_gate_is_closed_to_clients(self):
        for method in ("_gate", "_transit", "_through_gate", "_lock_row"):
            with self.subTest(method):
                self.assertDenied(self.call, method, self.draft.ids)

    def test_a_copy_begins_at_the_beginning(self):
        self.draft.action_activate()
        self.assertState(self.draft.copy(), "draft")

    def test_button_and_remote_call_pass_the_same_gate(self):
        self.assertDenied(
            self.call, "action_activate", self.draft.ids, user=self.justice_head
        )
        self.assertTrue(self.call("action_activate", self.draft.ids))
        self.assertState(self.draft, "active")

    def test_an_act_out_of_turn_says_where_the_record_stands(self):
        self.draft.action_revoke()
        self.assertRefused(
            ["Put the delegation in force", "Revoked", "Draft"],
            self.draft.action_activate,
        )

    def test_who_may_is_asked_before_where_it_stands(self):
        """Whoever may not act learns nothing of the record's state."""
        self.draft.action_revoke()
        message = self.assertDenied(
            self.draft.with_user(self.culture_deputy).action_activate
        )
        self.assertNotIn("Revoked", message)

    def test_a_double_click_finds_the_work_done(self):
        self.draft.action_activate()
        self.assertRefused("Active", self.draft.action_activate)
        self.assertEqual(len(self.journal("delegation_activated", self.draft)), 1)

    def test_whoever_does_not_see_the_record_is_told_nothing_of_it(self):
        message = self.assertDenied(
            self.draft.with_user(self.justice_one).action_activate
        )
        for word in (self.culture_head.name, self.culture_deputy.name, "Draft"):
            self.assertNotIn(word, message)


@tagged("post_install", "-at_install", "qlvb")
class TestEveryWorkflow(OfficeCase):
    """What holds for the tables of all models, in whatever addon."""

    def workflows(self):
        mixin = self.env.registry["qlvb.workflow.mixin"]
        for name, model in sorted(self.env.registry.items()):
            # Without a table of its own a model has its fields guarded, and no acts.
            if issubclass(model, mixin) and not model._abstract and model._workflow:
                yield self.env[name]

    def test_every_act_has_all_that_belongs_to_it(self):
        checked = 0
        for model in self.workflows():
            labels = model._act_labels()
            for act in model._workflow:
                checked += 1
                with self.subTest(model=model._name, act=act.name):
                    public = callable(getattr(model, f"action_{act.name}", None))
                    self.assertNotEqual(public, act.inner)
                    self.assertTrue(callable(getattr(model, act.who)))
                    for condition in act.conditions:
                        self.assertTrue(callable(getattr(model, condition)))
                    self.assertIn(act.name, labels)
                    self.assertEqual(model._fields[f"can_{act.name}"].type, "boolean")
        self.assertGreaterEqual(checked, 2)

    def test_states_on_screen_are_the_tables(self):
        for model in self.workflows():
            with self.subTest(model._name):
                states = [key for key, _label in model._fields["state"].selection]
                self.assertEqual(set(states), set(model._workflow.states))
                field = model._fields["state"]
                # A card is moved only where that asks the gate.
                self.assertTrue(field.readonly or hasattr(model, "_explain_move"))
                self.assertFalse(field.copy)
                self.assertTrue(field.required or field.compute)
                new = model.new({})
                self.assertEqual(new.state, model._workflow.initial)

    def test_every_public_act_says_whom_it_refuses(self):
        """The docstring of an act names its errors."""
        for model in self.workflows():
            for act in (one for one in model._workflow if not one.inner):
                with self.subTest(model=model._name, act=act.name):
                    method = getattr(type(model), f"action_{act.name}")
                    self.assertIn(":raises", inspect.getdoc(method) or "")
