import ast
import inspect
import textwrap
from importlib import import_module
from importlib.util import find_spec

from odoo import http
from odoo.tests import TransactionCase, tagged

SUDO = {
    ("qlvb.absence", "write"): "past the check of who may record it",
    ("qlvb.account.import", "action_check"): "past its own check of the caller",
    ("qlvb.absence", "action_cancel"): "past its own check of the caller",
    ("qlvb.assignment", "action_decide_extension"): "past the gate",
    ("fetchmail.server", "button_confirm_login"): "past its own check of the caller",
    ("fetchmail.server", "set_draft"): "past its own check of the caller",
    ("qlvb.assignment", "action_done"): "asks for a result; the gate follows",
    ("qlvb.assignment", "action_forward"): "past the gate",
    ("qlvb.assignment", "action_request_extension"): "past the gate",
    ("qlvb.correction", "action_approve"): "past the gate",
    ("qlvb.correction", "action_submit"): "past the gate",
    ("qlvb.document", "action_classify"): "past the gate",
    ("qlvb.document", "action_direct"): "past the gate",
    ("qlvb.document", "action_hand_in"): "names what is missing to the drafter alone",
    ("qlvb.document", "action_send_back"): "past the gate",
    ("qlvb.document", "action_submit"): "past the gate",
    ("qlvb.document", "action_tick"): "past the gate",
    ("qlvb.document", "default_get"): "who heads a unit is no secret",
    ("qlvb.document", "message_subscribe"): "past the check of sight",
    ("qlvb.handover", "message_subscribe"): "past the check of sight",
    ("qlvb.duty.board", "action_show_day"): "past its own check of the units",
    ("qlvb.register", "action_open"): "past its own check of the caller",
    (
        "qlvb.reminder",
        "action_dismiss",
    ): "past the check of reading one's own",
    ("qlvb.supervision", "action_supervise"): "past its own check of the units",
    ("qlvb.format.check", "write"): "past its own check of clerk and stage",
    ("qlvb.journal", "verify"): "past its own check of the caller",
}
"""Public methods that act as superuser, and what was checked before they do."""

FIELDS = {
    ("qlvb.assignment", "audience"): "nobody reads it",
    ("qlvb.document", "audience"): "nobody reads it",
    ("qlvb.document", "activity_type_id"): "of the reader's own activities",
    ("qlvb.document", "activity_type_icon"): "of the reader's own activities",
    ("qlvb.document", "activity_summary"): "of the reader's own activities",
    ("qlvb.handover", "activity_type_id"): "of the reader's own activities",
    ("qlvb.handover", "activity_type_icon"): "of the reader's own activities",
    ("qlvb.handover", "activity_summary"): "of the reader's own activities",
    ("qlvb.document", "lead_unit_id"): "who leads is told to all who see it",
}
"""Fields computed as superuser from records that have an audience of their own."""

BYPASSES = {
    ("qlvb.handover", "activity_ids"): "in sight as far as the hand-over",
    ("qlvb.handover", "message_ids"): "in sight as far as the hand-over",
    ("discuss.channel", "message_ids"): "messages of the channel, not of a record",
    ("discuss.voice.metadata", "attachment_id"): "read by the system alone",
    ("ir.actions.server", "activity_ids"): "hangs on no protected record",
    ("ir.actions.server", "message_ids"): "hangs on no protected record",
    ("ir.cron", "activity_ids"): "hangs on no protected record",
    ("ir.cron", "message_ids"): "hangs on no protected record",
    ("mail.blacklist", "message_ids"): "hangs on no protected record",
    ("phone.blacklist", "message_ids"): "hangs on no protected record",
    ("res.partner", "activity_ids"): "hangs on no protected record",
    ("res.partner", "message_ids"): "hangs on no protected record",
    ("mail.mail", "mail_message_id"): "read by the system alone",
    ("mail.message", "attachment_ids"): "foreign files are refused on writing",
    ("mail.message", "notification_ids"): "in sight as far as the message",
    ("mail.scheduled.message", "attachment_ids"): "in sight as far as the record",
    ("mail.template", "attachment_ids"): "files of a protected record are refused",
    ("qlvb.document", "activity_ids"): "in sight as far as the document",
    ("qlvb.document", "attachment_ids"): "in sight as far as the document",
    ("qlvb.document", "message_ids"): "in sight as far as the document",
}
"""Fields that search, unasked, in what hangs on protected records."""

REFERENCES = {
    ("ir.ui.menu", "action"): "points at actions",
    ("mail.template.preview", "resource_ref"): "one's own preview",
    ("qlvb.handover.line", "res_id"): "named to who sees the record alone",
    ("qlvb.journal", "res_id"): "has a rule of its own, by the same audience",
}
"""Models that name any record by model and id without the mixin of sight."""


@tagged("post_install", "-at_install", "qlvb")
class TestInventory(TransactionCase):
    """What exists is either protected or listed here with the reason why not.

    Runs over everything that is installed, so a new model, method, route or field
    of any addon fails here first.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = {
            name: cls.env[name] for name in cls.registry if name.startswith("qlvb.")
        }
        cls.stored = {
            name: model for name, model in cls.models.items() if not model._abstract
        }
        cls.guarded = set(cls.env["qlvb.sight.mixin"]._guarded_names())

    def assertListed(self, found, name):
        """Check that just what is found is listed, each with a reason.

        An addon above hands in its own list: ``inventory`` among its tests.
        """
        listed = dict(globals()[name])
        for module in sorted(self.registry._init_modules):
            path = f"odoo.addons.{module}.tests.inventory"
            if module.startswith("qlvb_") and find_spec(path):
                listed |= getattr(import_module(path), name)
        self.assertFalse(sorted(set(found) - set(listed)), "without a reason")
        self.assertFalse(sorted(set(listed) - set(found)), "listed, but gone")
        self.assertTrue(all(listed.values()))

    def test_it_looks_at_something(self):
        self.assertGreaterEqual(len(self.stored), 10)
        self.assertIn("qlvb.document", self.guarded)
        self.assertTrue(any(model._transient for model in self.stored.values()))
        self.assertGreater(len(list(_public_methods(self.registry))), 30)

    def test_every_model_says_who_has_access(self):
        with_access = self.env["ir.model.access"].search([]).mapped("model_id.model")
        self.assertFalse(sorted(set(self.stored) - set(with_access)))

    def test_every_access_is_given_to_a_group(self):
        loose = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "qlvb.%"), ("group_id", "=", False)]
        )
        self.assertFalse(loose.mapped("name"))

    def test_every_model_has_a_rule(self):
        with_rule = self.env["ir.rule"].search([]).mapped("model_id.model")
        self.assertFalse(sorted(set(self.stored) - set(with_rule)))

    def test_every_protected_model_has_its_one_global_rule(self):
        for name in self.guarded:
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("groups", "=", False)]
            )
            with self.subTest(name):
                self.assertTrue(
                    any(
                        "is_visible" in rule.domain_force
                        and rule.perm_read
                        and rule.perm_write
                        and rule.perm_create
                        and rule.perm_unlink
                        for rule in rules
                    )
                )

    def test_conversations_on_protected_records_are_protected(self):
        thread = self.registry["mail.thread"]
        ours = self.registry["qlvb.thread.mixin"]
        for name in self.guarded:
            model = self.registry[name]
            if issubclass(model, thread):
                with self.subTest(name):
                    self.assertTrue(issubclass(model, ours))

    def test_public_methods_that_act_as_superuser(self):
        found = [
            (model, method)
            for model, method, function in _public_methods(self.registry)
            if _acts_as_superuser(function)
        ]
        self.assertListed(found, "SUDO")

    def test_routes_declare_who_may_come_in(self):
        controllers = [
            cls
            for module, classes in http.Controller.children_classes.items()
            if module.startswith("qlvb_")
            for cls in classes
        ]
        self.assertFalse(_undeclared_routes(controllers))

        class Loose:
            @http.route("/qlvb/loose", type="http")
            def loose(self):
                return ""

        self.assertTrue(_undeclared_routes([Loose]), "the check itself works")

    def test_fields_computed_as_superuser(self):
        found = [
            (name, field.name)
            for name, model in self.stored.items()
            for field in model._fields.values()
            if field.compute
            and field.compute_sudo
            and self._reaches_protected(model, field)
        ]
        self.assertListed(found, "FIELDS")

    def test_no_stored_copy_of_what_is_protected(self):
        for name, model in self.stored.items():
            for field in model._fields.values():
                if field.related and field.store:
                    with self.subTest(f"{name}.{field.name}"):
                        self.assertFalse(self._reaches_protected(model, field))

    def _reaches_protected(self, model, field):
        """Tell whether a field is made of what another, protected record holds."""
        hung = self._hung()
        for path in self.registry.field_depends[field]:
            current = model
            for name in path.split(".")[:-1]:
                comodel = current._fields[name].comodel_name
                if comodel in self.guarded | hung:
                    return True
                current = self.env[comodel]
        return False

    def _hung(self):
        """Return the models of what hangs on protected records."""
        mixin = self.registry["qlvb.sight.mixin"]
        return {
            name
            for name, model in self.registry.items()
            if issubclass(model, mixin) and not model._abstract
        }

    def test_fields_that_search_unasked(self):
        inner = self._hung() | self.guarded
        found = [
            (name, field.name)
            for name, model in self.registry.items()
            if not model._abstract
            for field in model._fields.values()
            if getattr(field, "bypass_search_access", False)
            and field.comodel_name in inner
        ]
        self.assertListed(found, "BYPASSES")

    def test_what_names_any_record(self):
        group = self.env.ref("qlvb_base.group_qlvb_user")
        readable = {
            access.model_id.model
            for access in self.env["ir.model.access"].search([("perm_read", "=", True)])
            if access.group_id in group | group.all_implied_ids
        }
        hung = self._hung()
        found = [
            (name, field.name)
            for name, model in self.registry.items()
            if name in readable and name not in hung
            for field in model._fields.values()
            if field.type in ("many2one_reference", "reference")
        ]
        self.assertListed(found, "REFERENCES")
        self.assertLessEqual(
            {"ir.attachment", "mail.message", "mail.activity", "mail.followers"}, hung
        )

    def test_rules_stand_on_what_hangs(self):
        for name in self._hung():
            rules = self.env["ir.rule"].search(
                [("model_id.model", "=", name), ("groups", "=", False)]
            )
            with self.subTest(name):
                self.assertIn(
                    '[("is_in_sight", "=", True)]', rules.mapped("domain_force")
                )


def _public_methods(registry):
    """Yield model, method and function of what our addons open to RPC."""
    for name, model in registry.items():
        if model._abstract:
            continue
        # Also what an addon above overrides and then calls.
        for cls in model.mro():
            if not cls.__module__.startswith("odoo.addons.qlvb_"):
                continue
            for method, function in vars(cls).items():
                if method.startswith("_"):
                    continue
                if inspect.isfunction(function) and not getattr(
                    function, "_api_private", False
                ):
                    yield name, method, function


def _acts_as_superuser(function):
    """Tell whether the text of a function itself leaves the caller's rights."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            # sudo(False) goes back to the caller's own rights.
            if node.func.attr == "sudo" and not node.args:
                return True
            if any(word.arg == "su" for word in node.keywords):
                return True
        if isinstance(node, ast.Name) and node.id == "SUPERUSER_ID":
            return True
    return False


def _undeclared_routes(controllers):
    """Return the routes that do not say themselves who may come in."""
    return [
        f"{cls.__name__}.{name}"
        for cls in controllers
        for name, method in vars(cls).items()
        if hasattr(method, "original_routing") and "auth" not in method.original_routing
    ]
