from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_isolation import MARK, DossierIsolationCase

PARTS = (
    "qlvb.assignment",
    "qlvb.dossier.document",
    "qlvb.dossier.task",
    "qlvb.material",
    "qlvb.material.version",
    "qlvb.opinion",
)


@tagged("post_install", "-at_install", "qlvb")
class TestDossierIsolation(DossierIsolationCase):
    """A dossier and all that is in it: nothing of it for a stranger."""

    def test_read_and_opened_on_screen(self):
        for names in (["name", "instruction"], ["note"], ["display_name"], None):
            self.assertHidden(
                lambda env, names=names: self.dossier.with_env(env).read(names)
            )
        self.assertHidden(
            lambda env: self.dossier.with_env(env).web_read(
                {
                    "name": {},
                    "opinion_ids": {"fields": {"body": {}}},
                    "document_ids": {"fields": {"summary": {}}},
                }
            )
        )

    def test_searched_counted_grouped_exported(self):
        domain = [("name", "ilike", f"{MARK}title")]
        for probe in (
            lambda env: env["qlvb.dossier"].search([]).mapped("name"),
            lambda env: env["qlvb.dossier"].web_search_read([], {"name": {}}),
            lambda env: env["qlvb.dossier"].name_search(MARK),
            lambda env: env["qlvb.dossier"].search(domain).export_data(["name"]),
            lambda env: self.dossier.with_env(env).export_data(["name"]),
            lambda env: env["qlvb.dossier"].formatted_read_group(
                domain, ["name"], ["__count"]
            ),
            lambda env: env["qlvb.dossier"].web_read_group(
                domain, ["name"], ["__count"]
            ),
        ):
            self.assertHidden(probe)
        self.assertHidden(
            lambda env: f"count {env['qlvb.dossier'].search_count(domain)}", "count 1"
        )
        self.assertHidden(
            lambda env: (
                "found"
                if env["qlvb.dossier"].web_read_group(domain, ["state"], ["__count"])[
                    "groups"
                ]
                else "none"
            ),
            "found",
        )

    def test_every_field_of_everything_in_it(self):
        """Also of fields that are yet to come."""
        mine = [("dossier_id", "=", self.dossier.id)]
        for name in PARTS:
            with self.subTest(name):
                ids = self.env[name].sudo().search(mine).ids
                self.assertHidden(lambda env, n=name: env[n].search([]).read())
                self.assertHidden(lambda env, n=name, i=ids: env[n].browse(i).read())
                self.assertHidden(
                    lambda env, n=name: f"count {env[n].search_count(mine)}",
                    f"count {len(ids)}",
                )
                self.assertHidden(
                    lambda env, n=name: (
                        env[n].search(mine).export_data(["dossier_id/name"])
                    )
                )
        for name in ("qlvb.dossier.stay", "qlvb.dossier.decision", "qlvb.order"):
            for who, stranger in self.strangers.items():
                with self.subTest(f"{name} {who}"), suppress(AccessError):
                    rows = self.env[name].with_user(stranger).search(mine)
                    self.assertFalse(rows)

    def test_returned_and_recalled_orders_lead_nowhere(self):
        """The order stays with who returned it; what it was about does not."""
        kept = self.former[0].with_user(self.commune_one)
        self.assertIn(kept, kept.search([]))
        self.assertHidden(lambda env: env["qlvb.assignment"].search([]).read())

        def deep(env):
            orders = env["qlvb.assignment"].search([])
            relations = {
                name: {"fields": {"display_name": {}}}
                for name, field in orders._fields.items()
                if field.relational and orders._has_field_access(field, "read")
            }
            return orders.web_read(relations)

        for who, stranger in self.strangers.items():
            with self.subTest(who):
                self.assertNotIn(MARK, self.look(deep, stranger))

    def test_proposed_and_declined_see_not_even_that(self):
        for user in (self.justice_two, self.commune_deputy):
            env = self.env(user=user)
            mine = [("dossier_id", "=", self.dossier.id)]
            self.assertFalse(env["qlvb.assignment"].search(mine))
            self.assertFalse(env["qlvb.dossier"].search([]))
            self.assertCannotRead(user, self.paper_)

    def test_relations_are_no_oracle(self):
        for model, domain in (
            ("qlvb.assignment", [("dossier_id.name", "ilike", MARK)]),
            ("qlvb.assignment", [("dossier_id.opinion_ids.body", "ilike", MARK)]),
            ("qlvb.assignment", [("dossier_id.document_ids.summary", "ilike", MARK)]),
            ("qlvb.opinion", [("dossier_id.name", "ilike", MARK)]),
            ("qlvb.document", [("dossier_line_ids.note", "ilike", MARK)]),
            ("qlvb.document", [("dossier_ids.name", "ilike", MARK)]),
        ):
            for who, stranger in self.strangers.items():
                with self.subTest(f"{domain} {who}"):
                    said = self.look(
                        lambda env, m=model, d=domain: (
                            "found" if env[m].search_count(d) else "nothing"
                        ),
                        stranger,
                    )
                    self.assertNotIn("found", said)

    def test_a_document_names_only_dossiers_that_the_reader_sees(self):
        shared = self.routed(reference="9/CV").document_id
        self.dossier.action_attach(shared.ids)
        shared.with_user(self.chief).action_assign(
            [self.line(self.commune_head, "inform")]
        )
        seen = shared.with_user(self.commune_head)
        self.assertCanRead(self.commune_head, shared)
        self.assertFalse(seen.dossier_ids)
        self.assertDenied(seen.read, ["dossier_line_ids"])
        self.assertEqual(shared.with_user(self.owner).dossier_ids, self.dossier)

    def test_files(self):
        opinion = self.dossier.sudo().opinion_ids.attachment_ids
        version = self.dossier.sudo().material_ids.version_ids.file_id
        for file in (opinion, version, self.scan, self.annex):
            for names in (["name"], ["checksum"], ["raw"], ["datas"]):
                self.assertHidden(
                    lambda env, f=file, n=names: f.with_env(env).read(n) and MARK
                )
            for domain in (
                [("name", "ilike", MARK)],
                [("id", "in", file.ids)],
                [("res_model", "=", "qlvb.dossier"), ("res_field", "!=", "x")],
            ):
                for who, stranger in self.strangers.items():
                    with self.subTest(f"{who} {domain}"), suppress(AccessError):
                        found = self.env["ir.attachment"].with_user(stranger)
                        self.assertNotIn(file.id, found.search(domain).ids)
        with self.assertRaises(UserError):
            opinion.with_user(self.owner).generate_access_token()

    def test_exchange(self):
        for probe in (
            lambda env: env["mail.message"].search([]).mapped("body"),
            lambda env: env["mail.message"].browse(self.message.ids).read(["body"]),
            lambda env: env["mail.activity"].search([]).mapped("summary"),
            lambda env: self.activities.with_env(env)[:1].read(["summary"]),
        ):
            self.assertHidden(probe)
        mine = [("res_model", "=", "qlvb.dossier"), ("res_id", "=", self.dossier.id)]
        for who, stranger in self.strangers.items():
            env = self.env(user=stranger)
            with self.subTest(who):
                self.assertFalse(env["mail.followers"].sudo(False).search(mine))
                self.assertFalse(
                    env["mail.notification"].search(
                        [("id", "in", self.notifications.ids)]
                    )
                )
                with self.assertRaises(UserError):
                    self.dossier.with_user(self.owner).message_post(
                        body="x", partner_ids=stranger.partner_id.ids
                    )
                with self.assertRaises(UserError):
                    self.dossier.with_user(self.owner).message_subscribe(
                        stranger.partner_id.ids
                    )

    def test_nobody_is_told_who_sees_nothing(self):
        """What acts write on the dossier reaches those alone who see it by then."""
        self.dossier.with_user(self.chief).message_subscribe(
            (self.owner + self.supporter).partner_id.ids
        )
        self.support.with_user(self.chief).action_recall(f"{MARK}recall")
        message = self.dossier.with_user(self.culture_head).message_post(
            body=f"{MARK}after", subtype_xmlid="mail.mt_comment"
        )
        self.env.flush_all()
        told = message.sudo().notification_ids.res_partner_id
        self.assertNotIn(self.supporter.partner_id, told)
        rows = self.env["mail.message"].with_user(self.supporter)
        self.assertFalse(rows.search([("body", "ilike", MARK)]))
        self.assertFalse(self.env["mail.mail"].search([("body", "ilike", MARK)]))
        reminders = self.env["qlvb.reminder"].with_user(self.supporter)
        self.assertNotIn(MARK, repr(reminders.search([]).read()))

    def test_the_journal_holds_no_contents(self):
        for user in (self.chief, self.owner, self.supporter, *self.strangers.values()):
            with self.subTest(user.login):
                rows = self.look(
                    lambda env: env["qlvb.journal"].search([]).read(), user
                )
                self.assertNotIn(MARK, rows)

    def test_forms_are_not_filled_in_with_what_is_hidden(self):
        name = {"fields": {"display_name": {}}}
        ids = {
            "qlvb.opinion": {"dossier_id": self.dossier.id},
            "qlvb.material": {"dossier_id": self.dossier.id},
            "qlvb.dossier.task": {"dossier_id": self.dossier.id},
            "qlvb.dossier.document": {"document_id": self.paper_of_unit.id},
            "qlvb.dossier": {"parent_id": self.dossier.id},
        }
        for model, values in ids.items():
            for who, stranger in self.strangers.items():
                with self.subTest(f"{model} {who}"):
                    said = self.look(
                        lambda env, m=model, v=values: env[m].onchange(
                            dict(v), [*v], dict.fromkeys(v, name)
                        ),
                        stranger,
                    )
                    self.assertNotIn(MARK, said)
                    self.assertNotIn("7/CV", said)

    def test_audience_is_nobodys_business(self):
        for user in (self.owner, self.clerk):
            for probe in (
                lambda env: self.dossier.with_env(env).read(["audience"]),
                lambda env: env["qlvb.dossier"].search([], order="audience"),
                lambda env: self.dossier.with_env(env).export_data(["audience"]),
            ):
                self.assertRegex(
                    self.look(probe, user), "^(AccessError|UserError|ValueError)"
                )


@tagged("post_install", "-at_install", "qlvb")
class TestSupporterSeesNoMore(DossierIsolationCase):
    """A supporter sees the one dossier and its documents, and nothing else there."""

    def test_supporter_sees_the_dossier_and_its_documents(self):
        for record in (
            self.dossier,
            self.paper_,
            self.dossier.opinion_ids,
            self.dossier.material_ids,
            self.dossier.task_ids,
            self.dossier.line_ids,
        ):
            for one in record:
                self.assertCanRead(self.supporter, one)
        own = self.dossier.with_user(self.supporter)
        self.assertEqual(own.document_ids, self.paper_)
        self.assertIn(MARK, own.opinion_ids[1].body)

    def test_and_nothing_else_of_those_units(self):
        self.assertCannotRead(self.supporter, self.other)
        self.assertCannotRead(self.supporter, self.paper_of_unit)
        self.assertCannotRead(self.owner, self.paper_of_unit)
        env = self.env(user=self.supporter)
        self.assertEqual(env["qlvb.dossier"].search([]), self.dossier)
        self.assertEqual(
            env["qlvb.document"].search([("summary", "ilike", MARK)]), self.paper_
        )
        for name in PARTS:
            for row in env[name].search([]):
                self.assertIn(row.sudo().dossier_id, self.dossier, name)

    def test_who_works_on_the_paper_does_not_see_the_dossier(self):
        """Sight goes from a dossier to its documents, never back."""
        self.paper_.with_user(self.chief).action_assign([self.line(self.commune_head)])
        self.assertCanRead(self.commune_head, self.paper_)
        self.assertCannotRead(self.commune_head, self.dossier)
        self.assertFalse(self.paper_.with_user(self.commune_head).dossier_ids)

    def test_heads_delegate_sees_what_the_head_supports_while_it_runs(self):
        delegation = self.delegate(self.supporter, self.justice_deputy, self.justice)
        self.assertCanRead(self.justice_deputy, self.dossier)
        self.assertCanRead(self.justice_deputy, self.paper_)
        delegation.with_user(self.supporter).action_revoke()
        self.assertCannotRead(self.justice_deputy, self.dossier)
        self.assertCannotRead(self.justice_deputy, self.paper_)

    def test_vice_chairman_sees_his_field(self):
        for record in (self.dossier, self.paper_, self.dossier.opinion_ids[0]):
            self.assertCanRead(self.vice_culture, record)
            self.assertCannotRead(self.vice_economy, record)
        self.dossier.write({"field_id": self.field_economy.id})
        self.assertCannotRead(self.vice_culture, self.dossier)
        self.assertCannotRead(self.vice_culture, self.paper_)
        self.assertCanRead(self.vice_economy, self.dossier)
        self.assertCannotRead(self.vice_culture, self.other)

    def test_a_new_order_and_its_end_count_at_once(self):
        ids = self.dossier.with_user(self.chief).action_assign(
            [self.line(self.commune, "inform")]
        )
        self.assertCanRead(self.commune_head, self.dossier)
        self.assertCanRead(self.commune_clerk, self.paper_)
        order = self.env["qlvb.assignment"].browse(ids)
        order.with_user(self.chief).action_recall("Nhầm")
        self.assertCannotRead(self.commune_head, self.dossier)
        self.assertCannotRead(self.commune_clerk, self.paper_)
