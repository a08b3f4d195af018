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
