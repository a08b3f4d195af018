from odoo.tests import tagged

from .common_isolation import MARK, IsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationRecords(IsolationCase):
    """Documents, orders, directions and journal: nothing for a stranger."""

    def test_read(self):
        self.assertHidden(
            lambda env: self.document.with_env(env).read(["summary", "issuer"])
        )

    def test_web_read(self):
        self.assertHidden(
            lambda env: self.document.with_env(env).web_read({"summary": {}})
        )

    def test_search(self):
        self.assertHidden(lambda env: env["qlvb.document"].search([]).mapped("summary"))

    def test_search_read_and_web_search_read(self):
        self.assertHidden(lambda env: env["qlvb.document"].search_read([], ["summary"]))
        self.assertHidden(
            lambda env: env["qlvb.document"].web_search_read(
                [], {"summary": {}, "display_name": {}}
            )
        )

    def test_counts(self):
        for domain in ([], [("summary", "ilike", MARK)], [("id", ">", 0)]):
            self.assertHidden(
                lambda env, domain=domain: (
                    f"count {env['qlvb.document'].search_count(domain)}"
                ),
                "count 1",
            )

    def test_groups_count_nothing(self):
        self.assertHidden(
            lambda env: env["qlvb.document"].formatted_read_group(
                [], ["issuer"], ["__count"]
            )
        )
        self.assertHidden(
            lambda env: env["qlvb.document"].web_read_group([], ["issuer"], ["__count"])
        )
        self.assertHidden(
            lambda env: env["qlvb.assignment"].formatted_read_group(
                [], ["document_id.issuer"], ["__count"]
            )
        )

    def test_names(self):
        reference = self.document.reference
        self.assertHidden(lambda env: env["qlvb.document"].name_search(MARK), reference)
        self.assertHidden(
            lambda env: env["qlvb.document"].name_search("120/TTr"), reference
        )
        names = repr(self.env["qlvb.document"].with_user(self.owner).name_search(""))
        self.assertNotIn(MARK, names, "a name holds no subject")

    def test_export(self):
        self.assertHidden(
            lambda env: self.document.with_env(env).export_data(
                ["reference", "summary"]
            )
        )
        self.assertHidden(
            lambda env: (
                env["qlvb.assignment"]
                .search([])
                .export_data(["document_id/summary", "document_id/issuer"])
            )
        )

    def test_orders_lead_to_no_document(self):
        """The returned order stays with its holder; what it was about does not."""
        names = ["document_summary", "document_issuer", "document_urgency"]
        self.assertHidden(lambda env: env["qlvb.assignment"].search([]).read(names))
        self.assertHidden(
            lambda env: (
                env["qlvb.assignment"]
                .search([])
                .web_read(
                    {"document_id": {"fields": {"summary": {}, "display_name": {}}}}
                )
            )
        )
        self.assertHidden(
            lambda env: (
                env["qlvb.assignment"]
                .browse((self.lead + self.held).ids)
                .read(["instruction", "reason", "result"])
            )
        )

    def test_every_field_of_every_order(self):
        """Also of fields that are yet to come."""
        self.assertHidden(lambda env: env["qlvb.assignment"].search([]).read())
        kept = self.former[0].with_user(self.commune_one)
        self.assertEqual(kept.state, "returned")
        self.assertIn(kept, kept.search([]), "who returned it keeps the order")

        def deep(env):
            orders = env["qlvb.assignment"].search([])
            relations = {
                name: {"fields": {"display_name": {}}}
                for name, field in orders._fields.items()
                if field.relational and orders._has_field_access(field, "read")
            }
            return orders.web_read({"document_summary": {}, **relations})

        self.assertHidden(deep)

    def test_the_journal_holds_no_contents(self):
        for user in (self.chief, self.owner, *self.strangers.values()):
            with self.subTest(user.login):
                rows = self.look(
                    lambda env: env["qlvb.journal"].search([]).read(), user
                )
                self.assertNotIn(MARK, rows)

    def test_relations_are_no_oracle(self):
        for model, domain in (
            ("qlvb.assignment", [("document_id.summary", "ilike", MARK)]),
            ("qlvb.assignment", [("document_id.search_text", "ilike", MARK)]),
            ("qlvb.assignment", [("document_id.direction_ids.text", "ilike", MARK)]),
            ("qlvb.assignment", [("document_id.message_ids.body", "ilike", MARK)]),
            ("qlvb.assignment", [("parent_id.instruction", "ilike", MARK)]),
            ("qlvb.direction", [("document_id.issuer", "ilike", MARK)]),
        ):
            with self.subTest(str(domain)):
                user = self.culture_head if "parent_id" in str(domain) else None
                self.assertHidden(
                    lambda env, model=model, domain=domain: (
                        "found" if env[model].search_count(domain) else "nothing"
                    ),
                    "found",
                    user=user,
                )

    def test_hidden_fields_sort_and_group_nothing(self):
        """Neither order nor groups tell of a document what reading it would."""
        for path in ("summary", "issuer", "search_text", "reference"):
            for probe in (
                lambda env, path=path: env["qlvb.assignment"].search(
                    [], order=f"document_id.{path}"
                ),
                lambda env, path=path: env["qlvb.assignment"].formatted_read_group(
                    [], [], [f"document_id.{path}:array_agg"]
                ),
            ):
                with self.subTest(path):
                    self.assertRegex(
                        self.look(probe, self.commune_one), "^(ValueError|UserError)"
                    )
            shown = "120" if path == "reference" else MARK.lower()
            self.assertHidden(
                lambda env, path=path: str(
                    env["qlvb.assignment"].formatted_read_group(
                        [], [f"document_id.{path}"], ["__count"]
                    )
                ).lower(),
                shown,
            )

    def test_directions(self):
        self.assertHidden(lambda env: env["qlvb.direction"].search([]).mapped("text"))
        ids = self.document.sudo().direction_ids.ids
        self.assertHidden(lambda env: env["qlvb.direction"].browse(ids).read(["text"]))

    def test_journal(self):
        """A stranger reads of a document what they did themselves, and no more."""
        domain = [
            ("res_model", "=", "qlvb.document"),
            ("res_id", "=", self.document.id),
            ("event", "=", "registered"),
        ]
        self.assertHidden(
            lambda env: env["qlvb.journal"].search(domain).mapped("record_name"),
            self.document.reference,
        )

    def test_register(self):
        self.assertHidden(
            lambda env: (
                env["qlvb.register"].browse(self.document.register_id.id).read()
            ),
            "last_number",
            user=self.clerk,
        )

    def test_audience_is_nobodys_business(self):
        """Who may see what is itself confidential, also from those who see."""
        for user in (self.owner, self.clerk, self.administrator):
            for probe in (
                lambda env: self.document.with_env(env).read(["audience"]),
                lambda env: env["qlvb.document"].search([("audience", "!=", False)]),
                lambda env: env["qlvb.document"].search([], order="audience"),
                lambda env: env["qlvb.document"].formatted_read_group(
                    [], ["audience"], ["__count"]
                ),
                lambda env: env["qlvb.document"].formatted_read_group(
                    [], [], ["audience:array_agg"]
                ),
                lambda env: env["qlvb.document"].search([("audience", "in", [9])]),
                lambda env: self.document.with_env(env).export_data(["audience"]),
                lambda env: env["qlvb.membership"].search([]),
            ):
                with self.subTest(user.login):
                    self.assertRegex(
                        self.look(probe, user), "^(AccessError|UserError|ValueError)"
                    )
