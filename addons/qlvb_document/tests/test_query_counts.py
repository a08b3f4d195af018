from datetime import timedelta
from functools import partial

from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL

from .common import NOW, TODAY, DocumentCase

PAGE = 80
RELATIONS = ("one2many", "many2many")


@tagged("post_install", "-at_install", "qlvb")
class TestQueryCounts(DocumentCase):
    """What an act and a page cost, in queries: the same however many records.

    Counted with a cold cache, as at the beginning of a request, and on the very
    fields that the screens ask for.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        model = cls.env["qlvb.document"].with_user(cls.clerk)._through_gate()
        register = cls.env["qlvb.register"]._find_or_open(cls.committee, "in", 2026)
        cls.documents = model.create(
            [
                cls.paper(
                    unit_id=cls.committee.id,
                    reference=f"{number}/TTr-VHTT",
                    field_id=cls.field_culture.id,
                    state="assigned",
                    number=number,
                    register_id=register.id,
                    deadline=TODAY + timedelta(days=number - 20),
                )
                for number in range(1, PAGE + 21)
            ]
        )
        cls.env["qlvb.assignment"].with_user(cls.chief)._through_gate().create(
            [
                {
                    "document_id": document.id,
                    "unit_id": unit.id,
                    "user_id": user.id if user else False,
                    "role": role,
                    "deadline": document.deadline,
                    "giver_id": cls.chief.id,
                    "giver_unit_id": cls.committee.id,
                }
                for document in cls.documents
                for unit, user, role in (
                    (cls.culture, None, "lead"),
                    (cls.justice, cls.justice_one, "support"),
                )
            ]
        )
        register.flush_recordset()
        cls.env.cr.execute(
            SQL(
                "UPDATE qlvb_register SET last_number = %s WHERE id = %s",
                len(cls.documents),
                register.id,
            )
        )

    @classmethod
    def leaving(cls, rows=PAGE + 20):
        """Return drafts of VHTT, each at another station of its way up."""
        cls.warmed = cls.submitted()
        model = cls.env["qlvb.document"].with_user(cls.culture_one)._through_gate()
        states = ("draft", "review", "signing", "signed", "issued")
        drafts = model.create(
            [
                {
                    "direction": "out",
                    "unit_id": cls.committee.id,
                    "type_id": cls.decision.id,
                    "summary": f"Quy chế {number}",
                    "state": states[number % 5],
                    "review_round": 1,
                    "waiting_since": NOW,
                    "deadline": TODAY + timedelta(days=number - 20),
                }
                for number in range(rows)
            ]
        )
        cls.env["qlvb.review"].create(
            [
                {**station, "document_id": draft.id, "round": 1, "sequence": place}
                | ({"state": "current", "arrived_at": NOW} if place == turn else {})
                for number, draft in enumerate(drafts)
                for turn in [{"review": 1 + number % 2, "signing": 3}.get(draft.state)]
                for place, station in enumerate(cls.warmed._way_up(), 1)
            ]
        )
        return drafts

    # -- as the client asks ---------------------------------------------------

    def spec(self, model, kind, view=None):
        """Return the specification that the client reads for a view."""
        view_id = view and self.env.ref(f"qlvb_document.qlvb_document_view_{view}").id
        arch = etree.fromstring(model.get_view(view_id, kind)["arch"])
        return self._spec_of(model, arch)

    def _spec_of(self, model, arch):
        spec = {"display_name": {}}
        for node in arch.xpath("descendant::field[not(ancestor::field)]"):
            name = node.get("name")
            field = model._fields[name]
            spec[name] = {}
            if field.type == "many2one":
                spec[name] = {"fields": {"display_name": {}}}
            elif field.type in RELATIONS:
                lists = node.xpath("./list | ./kanban")
                inside = {"display_name": {}}
                if lists:
                    inner = etree.fromstring(etree.tostring(lists[0]))
                    inside = self._spec_of(model.env[field.comodel_name], inner)
                spec[name] = {"limit": 40, "fields": inside}
        return spec

    def count(self, limit, method, *args, **kwargs):
        """Run with a cold cache, within a number of queries; return the result."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        before = self.env.cr.sql_log_count
        result = method(*args, **kwargs)
        self.env.flush_all()
        used = self.env.cr.sql_log_count - before
        self.assertLessEqual(used, limit)
        return result

    def warm(self, method, *args, **kwargs):
        """Run once, so that what the process keeps for good is there."""
        self.env.flush_all()
        self.env.invalidate_all()
        result = method(*args, **kwargs)
        self.env.flush_all()
        return result

    # -- acts -----------------------------------------------------------------

    def test_entering_a_paper_with_its_scan(self):
        self.warm(self.draft, files=["scan.pdf"])
        file = self.upload(self.clerk)
        self.count(26, self.draft, attachment_ids=[(6, 0, file.ids)])

    def test_registering(self):
        self.warm(self.registered, files=["scan.pdf"])
        document = self.draft(files=["scan.pdf"])
        self.count(26, document.action_register)

    def test_routing_to_five(self):
        self.warm(self.routed)
        document = self.registered()
        lines = [
            self.line(self.culture),
            self.line(self.justice, "support"),
            self.line(self.culture_one, "support"),
            self.line(self.justice_one, "support"),
            self.line(self.commune, "inform"),
        ]
        self.count(34, document.with_user(self.chief).action_assign, lines)

    def test_routing_to_one(self):
        self.warm(self.routed)
        document = self.registered()
        lines = [self.line(self.culture)]
        self.count(24, document.with_user(self.chief).action_assign, lines)

    def test_passing_on(self):
        self.warm(self.passed_on, self.routed(), self.culture_head, self.culture_one)
        order = self.routed()
        lines = [self.line(self.culture_one)]
        self.count(32, order.with_user(self.culture_head).action_forward, lines)

    def test_finishing(self):
        self.warm(self.routed().with_user(self.culture_head).action_done, "xong")
        order = self.routed()
        self.count(22, order.with_user(self.culture_head).action_done, "xong")

    def test_returning(self):
        self.warm(self.routed().with_user(self.culture_head).action_return, "xong")
        order = self.routed()
        self.count(24, order.with_user(self.culture_head).action_return, "xong")

    # -- pages ----------------------------------------------------------------

    def page(self, user, model, kind, limit, domain=(), *, rows=PAGE, view=None):
        model = self.env[model].with_user(user)
        spec = self.spec(model, kind, view)

        def read():
            return model.web_search_read(list(domain), spec, limit=PAGE)

        self.warm(read)
        self.assertEqual(len(self.count(limit, read)["records"]), rows)

    def test_list_of_documents(self):
        self.page(self.clerk, "qlvb.document", "list", 17)

    def test_list_of_documents_for_a_head(self):
        self.page(self.culture_head, "qlvb.document", "list", 17)

    def test_cards_of_documents(self):
        self.page(self.chief, "qlvb.document", "kanban", 13)

    def test_board_of_documents(self):
        model = self.env["qlvb.document"].with_user(self.chief)
        spec = self.spec(model, "kanban")

        def read():
            return model.web_read_group(
                [],
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=spec,
                unfold_read_default_limit=PAGE,
            )

        self.warm(read)
        self.count(26, read)

    def test_inbox(self):
        self.page(
            self.culture_head,
            "qlvb.assignment",
            "list",
            17,
            [("is_mine", "=", True)],
        )

    def test_inbox_of_a_person(self):
        self.page(
            self.justice_one, "qlvb.assignment", "list", 17, [("is_mine", "=", True)]
        )

    def test_inbox_in_cards(self):
        self.page(self.culture_head, "qlvb.assignment", "kanban", 13)

    def test_a_page_costs_the_same_however_long_it_is(self):
        for model, user in (
            ("qlvb.document", self.clerk),
            ("qlvb.assignment", self.culture_head),
        ):
            model = self.env[model].with_user(user)
            spec = self.spec(model, "list")
            used = []
            for rows in (5, 5, PAGE):
                self.env.flush_all()
                self.env.invalidate_all()
                self.env.cr.cache.clear()
                before = self.env.cr.sql_log_count
                page = model.web_search_read([], spec, limit=rows)["records"]
                used.append(self.env.cr.sql_log_count - before)
                self.assertEqual(len(page), rows)
            with self.subTest(model._name):
                self.assertLessEqual(used[2], used[1] + 1)

    def test_search(self):
        self.page(
            self.culture_head,
            "qlvb.document",
            "list",
            17,
            [("search_text", "ilike", "quy che")],
        )

    def opening(self, user, record, limit, view=None):
        model = self.env[record._name].with_user(user)
        spec = self.spec(model, "form", view)

        def read():
            return model.browse(record.id).web_read(spec)

        self.warm(read)
        self.count(limit, read)

    def test_opening_a_document(self):
        self.opening(self.chief, self.documents[0], 43)

    def test_opening_an_order(self):
        self.opening(self.culture_head, self.documents[0].sudo().assignment_ids[0], 20)

    # -- what leaves ----------------------------------------------------------

    OUT = (("direction", "=", "out"),)

    def test_list_of_what_leaves(self):
        self.leaving()
        for user in (self.chief, self.culture_head, self.culture_one):
            with self.subTest(user.login):
                self.page(user, "qlvb.document", "list", 17, self.OUT, view="list_out")

    def test_cards_of_what_leaves(self):
        self.leaving()
        self.page(
            self.chief, "qlvb.document", "kanban", 18, self.OUT, view="kanban_out"
        )

    def test_board_of_what_leaves(self):
        self.leaving()
        model = self.env["qlvb.document"].with_user(self.chief)
        model = model.with_context(default_direction="out", qlvb_rising=True)
        spec = self.spec(model, "kanban", "kanban_out_board")

        def read():
            return model.web_read_group(
                list(self.OUT),
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=spec,
                unfold_read_default_limit=PAGE,
            )

        self.warm(read)
        self.count(24, read)

    def test_a_page_of_what_leaves_costs_the_same_however_long_it_is(self):
        self.leaving()
        model = self.env["qlvb.document"].with_user(self.chief)
        spec = self.spec(model, "list", "list_out")
        used = []
        for rows in (5, 5, PAGE):
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.cache.clear()
            before = self.env.cr.sql_log_count
            page = model.web_search_read(list(self.OUT), spec, limit=rows)["records"]
            used.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(page), rows)
        self.assertLessEqual(used[2], used[1] + 1)

    def test_opening_a_draft(self):
        document = self.submitted()
        self.opening(self.culture_head, document, 62, "form_out")
        self.opening(self.culture_one, self.outgoing(), 62, "form_out")

    def test_what_waits_is_counted_at_once(self):
        self.leaving()
        for user in (self.culture_head, self.chief, self.chairman, self.clerk):
            model = self.env["qlvb.document"].with_user(user)
            mine = [*self.OUT, ("waits_for_me", "=", True)]
            self.warm(model.search_count, mine)
            self.count(7, partial(model.search_count, mine, limit=100))
