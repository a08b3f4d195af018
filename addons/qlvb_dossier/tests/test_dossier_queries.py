from datetime import timedelta
from functools import partial

from lxml import etree

from odoo.tests import tagged

from odoo.addons.qlvb_document.tests.common import TODAY

from .common import DossierCase

FEW, MANY = 5, 24
RELATIONS = ("one2many", "many2many")


@tagged("post_install", "-at_install", "qlvb")
class TestDossierQueries(DossierCase):
    """What a page of dossiers costs, in queries: the same however many there are.

    Counted with a cold cache, on the very fields that the screens ask for.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(MANY):
            dossier = cls.opened(
                name=f"Quy chế {number}", deadline=TODAY + timedelta(days=number)
            )
            lines = [cls.line(cls.culture), cls.line(cls.justice, role="support")]
            dossier.action_assign(lines)
            lead = dossier.assignment_ids.filtered(lambda order: order.role == "lead")
            cls.passed_on(lead, cls.culture_head, cls.culture_one)

    # -- as the client asks ---------------------------------------------------

    def spec(self, model, kind):
        """Return the specification that the client reads for a view."""
        arch = etree.fromstring(model.get_view(view_type=kind)["arch"])
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
                inside = {"display_name": {}}
                for below in node.xpath("./list")[:1]:
                    inner = etree.fromstring(etree.tostring(below))
                    inside = self._spec_of(model.env[field.comodel_name], inner)
                spec[name] = {"limit": 40, "fields": inside}
        return spec

    def used(self, method):
        """Return how many queries a call takes with a cold cache, and its result."""
        method()
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        before = self.env.cr.sql_log_count
        result = method()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, result

    def board(self, user, limit, groupby="state"):
        model = self.env["qlvb.dossier"].with_user(user)
        return partial(
            model.with_context(read_group_expand=True).web_read_group,
            [("state", "!=", "closed")],
            [groupby],
            [],
            order="board_rank ASC, id ASC",
            auto_unfold=True,
            unfold_read_specification=self.spec(model, "kanban"),
            unfold_read_default_limit=limit,
        )

    def page(self, user, limit, kind="list", domain=()):
        model = self.env["qlvb.dossier"].with_user(user)
        return partial(
            model.web_search_read, list(domain), self.spec(model, kind), limit=limit
        )

    def assertSame(self, few, many, limit):
        """Check that many cost what few do, and no more than ``limit`` queries."""
        (at_few, _result), (at_many, result) = self.used(few), self.used(many)
        self.assertLessEqual(at_many, at_few + 1)
        self.assertLessEqual(at_many, limit)
        return result

    # -- pages ----------------------------------------------------------------

    def test_board(self):
        for user in (self.chief, self.culture_one):
            with self.subTest(user.login):
                shown = self.assertSame(
                    self.board(user, FEW), self.board(user, MANY), 28
                )
                cards = [group["__records"] for group in shown["groups"]]
                self.assertEqual(sum(map(len, cards)), MANY)

    def test_board_by_unit_person_and_week(self):
        for groupby in ("lead_unit_id", "responsible_id", "deadline:week"):
            with self.subTest(groupby):
                self.assertSame(
                    self.board(self.chief, FEW, groupby),
                    self.board(self.chief, MANY, groupby),
                    30,
                )

    def test_list(self):
        for user in (self.chief, self.culture_one):
            with self.subTest(user.login):
                page = self.assertSame(self.page(user, FEW), self.page(user, MANY), 18)
                self.assertEqual(len(page["records"]), MANY)

    def test_filters_and_search(self):
        domains = (
            [("is_stuck", "=", True)],
            [("is_late", "=", True)],
            [("waits_for_me", "=", True)],
            [("search_text", "ilike", "quy che")],
        )
        for domain in domains:
            for user in (self.chief, self.culture_one):
                with self.subTest(domain=domain, user=user.login):
                    self.assertSame(
                        self.page(user, FEW, domain=domain),
                        self.page(user, MANY, domain=domain),
                        22,
                    )

    def test_form_costs_the_same_however_much_is_in_it(self):
        dossiers = self.env["qlvb.dossier"].with_user(self.chief).search([], limit=2)
        few, many = dossiers
        # Of each kind there is one in the one, and more in the other.
        self.opinion(few, self.chief)
        many.action_assign([self.line(self.commune, role="support")])
        for number in range(4):
            self.opinion(many, self.chief, f"Ý kiến {number}")
        model = self.env["qlvb.dossier"].with_user(self.chief)
        spec = self.spec(model, "form")
        self.assertSame(
            partial(model.browse(few.id).web_read, spec),
            partial(model.browse(many.id).web_read, spec),
            75,
        )
