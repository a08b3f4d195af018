from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_isolation import MARK, IsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationFiles(IsolationCase):
    """Files of a document and of its messages: theirs who see it."""

    def test_by_id(self):
        for file in (self.scan, self.annex):
            for names in (["name"], ["index_content", "checksum"], ["raw"]):
                self.assertHidden(
                    lambda env, file=file, names=names: (
                        file.with_env(env).read(names) and MARK
                    )
                )

    def test_found(self):
        for domain in (
            [("name", "ilike", MARK)],
            [("res_model", "=", "qlvb.document")],
            [("id", "in", (self.scan + self.annex).ids)],
            [("index_content", "ilike", MARK)],
            [("checksum", "=", self.annex.sudo().checksum)],
        ):
            with self.subTest(str(domain)):
                self.assertHidden(
                    lambda env, domain=domain: (
                        env["ir.attachment"].search(domain).mapped("name")
                    )
                )

    def test_counted(self):
        self.assertHidden(
            lambda env: (
                "found"
                if env["ir.attachment"].search_count([("name", "ilike", MARK)])
                else "nothing"
            ),
            "found",
        )

    def test_same_content_tells_nothing(self):
        """Whoever has the same file does not learn that it is here."""
        values = {"name": "a.pdf", "datas": self.annex.sudo().datas}
        values["mimetype"] = self.annex.sudo().mimetype
        ids = self.env["ir.attachment"].with_user(self.justice_clerk)
        found = ids.create_unique([values])
        self.assertNotIn(self.annex.id, found)
        self.assertEqual(len(found), 1)

    def test_no_token_is_made(self):
        for user in (self.clerk, self.owner, self.culture_head):
            for file in (self.scan, self.annex):
                with self.assertRaises(AccessError):
                    file.with_user(user).generate_access_token()
        own = self.upload(self.clerk)
        self.assertTrue(own.generate_access_token())

    def test_files_are_not_moved_or_opened(self):
        draft = self.draft(self.clerk, files=["b.pdf"], reference="7/CV-A")
        file = draft.sudo().attachment_ids.with_user(self.clerk)
        partner = self.clerk.partner_id
        for values in (
            {"public": True},
            {"res_model": "res.partner", "res_id": partner.id},
            {"res_id": 0},
            {"res_field": "scan"},
            {"access_token": "known"},
            {"type": "url", "url": "https://example.com"},
        ):
            with self.subTest(str(values)), self.assertRaises(AccessError):
                file.write(values)
        file.write({"name": "c.pdf"})
        with self.assertRaises(AccessError):
            self.annex.with_user(self.clerk).write({"name": "other.pdf"})
        with self.assertRaises(AccessError):
            self.annex.with_user(self.clerk).unlink()

    def test_files_are_not_carried_elsewhere(self):
        """Neither a channel nor another document takes over a file of this one."""
        channel = (
            self.env["discuss.channel"]
            .with_user(self.clerk)
            ._create_channel("Nhóm", None)
        )
        for file in (self.scan, self.annex):
            with self.assertRaises(UserError):
                channel.message_post(body="x", attachment_ids=file.ids)
        with self.assertRaises(UserError):
            self.draft(
                self.clerk,
                reference="8/CV-A",
                attachment_ids=[Command.link(self.annex.id)],
            )
        own = self.upload(self.clerk)
        own.write({"res_model": "mail.compose.message"})
        self.assertTrue(channel.message_post(body="x", attachment_ids=own.ids))

    def test_files_are_no_oracle_through_what_carries_them(self):
        """A draft or activity of one's own tells nothing of files linked in time."""
        for model in ("mail.compose.message", "mail.activity"):

            def found(env, model=model):
                mine = {"user_id": env.uid} if model == "mail.activity" else {}
                own = env[model].create(mine)
                env.flush_all()
                # As superuser: once upon a time the link was made with access.
                own.sudo().attachment_ids = self.annex
                env.flush_all()
                env.invalidate_all()
                domain = [("attachment_ids.name", "ilike", MARK)]
                again = env[model].search([("id", "=", own.id), *domain])
                return f"{own.attachment_ids.mapped('name')} {again.ids and MARK}"

            with self.subTest(model):
                self.assertHidden(found)

    def test_files_are_linked_by_none_but_who_sees_them(self):
        for model, values in (
            ("mail.compose.message", {"body": "x"}),
            ("mail.template", {"name": "x"}),
            ("mail.activity", {"summary": "x", "user_id": self.justice_clerk.id}),
        ):
            records = self.env[model].with_user(self.justice_clerk)
            with self.subTest(model), self.assertRaises(AccessError):
                records.create({**values, "attachment_ids": self.annex.ids})

    def test_files_are_not_sent_by_a_template(self):
        """Core sends as superuser whatever files the caller names by id."""
        for user in (self.justice_clerk, self.commune_one, self.owner):
            template = (
                self.env["mail.template"]
                .with_user(user)
                .create(
                    {
                        "name": "x",
                        "subject": "x",
                        "model_id": self.env["ir.model"]._get_id("res.partner"),
                    }
                )
            )
            for file in (self.scan, self.annex):
                with self.subTest(user.login), self.assertRaises(UserError):
                    template.send_mail(
                        user.partner_id.id,
                        email_values={
                            "email_to": "a@example.com",
                            "attachment_ids": file.ids,
                        },
                    )
            own = self.upload(user)
            sent = template.send_mail(
                user.partner_id.id,
                email_values={
                    "email_to": "a@example.com",
                    "attachment_ids": own.ids,
                },
            )
            self.assertTrue(sent, "the way itself is open")
