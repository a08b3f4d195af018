from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_isolation import IsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationNames(IsolationCase):
    """Nobody goes through the names of what they do not see by pointing at it."""

    def test_a_draft_answers_only_what_its_clerk_sees(self):
        reply = self.draft(self.clerk, reference="9/CV", reply_to_id=self.document.id)
        self.assertEqual(reply.reply_to_id, self.document)
        other = self.draft(
            self.justice_clerk, unit_id=self.justice.id, reference="10/CV"
        )
        for write in (
            lambda: other.write({"reply_to_id": self.document.id}),
            lambda: self.draft(
                self.justice_clerk,
                unit_id=self.justice.id,
                reference="11/CV",
                reply_to_id=self.document.id,
            ),
            lambda: (
                self.env["qlvb.document"]
                .with_user(self.justice_clerk)
                .with_context(default_reply_to_id=self.document.id)
                .create(self.paper(unit_id=self.justice.id, reference="12/CV"))
            ),
        ):
            message = self.assertRefused("", write)
            self.assertNotIn(self.document.reference, message)

    def test_wizards(self):
        wizards = self.env["qlvb.act.wizard"]
        values = {"act": "direct", "document_id": self.document.id, "text": "x"}
        wizards.with_user(self.clerk).create(values)
        for who, stranger in self.strangers.items():
            with self.subTest(who):
                message = self.assertRefused(
                    "", wizards.with_user(stranger).create, values
                )
                self.assertNotIn(self.document.reference, message)

    def test_forms_are_not_filled_in_with_what_is_hidden(self):
        """Nothing is stored by it, and yet core answers with the name and more."""
        order = self.env["qlvb.assignment"].search(
            [("document_id", "=", self.document.id)], limit=1
        )
        name = {"fields": {"display_name": {}}}
        line = [[0, "virtual_1", {"wizard_id": {"document_id": self.document.id}}]]
        line_spec = {"fields": {"wizard_id": {"fields": {"document_id": name}}}}
        for model, values, spec in (
            ("qlvb.act.wizard", {"document_id": self.document.id}, {}),
            ("qlvb.act.wizard", {"assignment_id": order.id}, {}),
            ("qlvb.act.wizard", {"order_id": order.order_id.id}, {"count_text": {}}),
            ("qlvb.act.wizard", {"document_id": {"id": self.document.id}}, {}),
            ("qlvb.order.wizard", {"document_id": self.document.id}, {}),
            ("qlvb.order.wizard", {"line_ids": line}, {"line_ids": line_spec}),
            ("qlvb.declaration.wizard", {"document_id": self.document.id}, {}),
            ("qlvb.document", {"reply_to_id": self.document.id}, {}),
        ):
            spec = spec or dict.fromkeys(values, name)
            forms = self.env[model].with_user(self.justice_clerk)
            planted = {
                f"default_{key}": value
                for key, value in values.items()
                if type(value) is int
            }
            for call in (
                lambda f=forms, v=values, s=spec: f.onchange(dict(v), [], s),
                lambda f=forms, v=values, s=spec: f.onchange(dict(v), [*v], s),
                lambda f=forms, p=planted, s=spec: f.with_context(**p).onchange(
                    {}, [], {**dict.fromkeys(k[8:] for k in p), **s}
                ),
            ):
                with self.subTest(f"{model} {values}"):
                    self.env.flush_all()
                    self.env.invalidate_all()
                    try:
                        said = repr(call())
                    except (UserError, AccessError) as error:
                        said = str(error)
                    self.assertNotIn(self.document.reference, said)
                    self.assertNotIn("recipients", said)

    def test_own_forms_are_filled_in(self):
        answer = (
            self.env["qlvb.act.wizard"]
            .with_user(self.clerk)
            .with_context(default_document_id=self.document.id)
            .onchange({}, [], {"document_id": {"fields": {"display_name": {}}}})
        )
        self.assertIn(
            self.document.reference, answer["value"]["document_id"]["display_name"]
        )

    def test_errors_name_nothing(self):
        """What is said to a stranger who acts on the document names no symbol."""
        for who, stranger in self.strangers.items():
            for act in ("action_register", "unlink"):
                with self.subTest(f"{who} {act}"):
                    said = self.look(
                        lambda env, act=act: getattr(
                            self.document.with_env(env), act
                        )(),
                        stranger,
                    )
                    self.assertIn("AccessError", said)
                    self.assertNotIn(self.document.reference, said)
