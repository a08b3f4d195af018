from datetime import timedelta

from lxml import etree

from odoo.tests import tagged

from odoo.addons.qlvb_base.tests.common import TODAY

from .common import DossierCase

FEW, MANY = 5, 60


@tagged("post_install", "-at_install", "qlvb")
class TestDossierWorkQueries(DossierCase):
    """Lists of work on documents and dossiers cost the same however long they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.numbers = 0
        cls.give("document_id", MANY)
        cls.give("dossier_id", MANY)

    @classmethod
    def give(cls, name, count):
        """Let the Chief give VHTT and a person of Justice work on so many matters."""
        if name == "document_id":
            model = cls.env["qlvb.document"].with_user(cls.clerk)._through_gate()
            register = cls.env["qlvb.register"]._find_or_open(cls.committee, "in", 2026)
            matters = model.create(
                [
                    cls.paper(
                        unit_id=cls.committee.id,
                        reference=f"{number}/TTr-VHTT",
                        state="assigned",
                        number=number,
                        register_id=register.id,
                    )
                    for number in range(1, count + 1)
                ]
            )
            register.flush_recordset()
        else:
            matters = (
                cls.env["qlvb.dossier"]
                .with_user(cls.chief)
                .create([{"name": f"Việc {number}"} for number in range(count)])
            )
        gate = cls.env["qlvb.assignment"].with_user(cls.chief)._through_gate()
        for number, matter in enumerate(matters):
            order = gate._note_order(
                matter,
                matter.unit_id.with_user(cls.chief)._actor_holding("chief_of_office"),
                gate.browse(),
            )
            gate.create(
                [
                    {
                        name: matter.id,
                        "order_id": order.id,
                        "unit_id": unit.id,
                        "user_id": user.id if user else False,
                        "role": role,
                        "deadline": TODAY + timedelta(days=number % 30 - 5),
                        "giver_id": cls.chief.id,
                        "giver_unit_id": cls.committee.id,
                    }
                    for unit, user, role in (
                        (cls.culture, None, "lead"),
                        (cls.justice, cls.justice_one, "support"),
                    )
                ]
            )
        if name == "dossier_id":
            matters._follow_assignments()

    def spec(self, model, view):
        view_id = self.env.ref(view).id if "." in view else None
        arch = etree.fromstring(
            model.get_view(view_id, view if not view_id else "list")["arch"]
        )
        spec = {"display_name": {}}
        for node in arch.xpath("descendant::field[not(ancestor::field)]"):
            field = model._fields[node.get("name")]
            inside = {"fields": {"display_name": {}}} if field.comodel_name else {}
            spec[node.get("name")] = inside
        return spec

    def cost(self, user, model, view, domain, rows):
        """Return how many queries a page of ``rows`` takes with a cold cache."""
        model = self.env[model].with_user(user)
        spec = self.spec(model, view)
        for _again in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.cache.clear()
            before = self.env.cr.sql_log_count
            page = model.web_search_read(domain, spec, limit=rows)["records"]
            used = self.env.cr.sql_log_count - before
        self.assertEqual(len(page), rows)
        return used

    def assertSteady(self, user, model, view="list", domain=(), extra=8):
        """Check that dossiers add a few queries to a page, whatever its length."""
        domain = list(domain)
        on_papers = [*domain, ("dossier_id", "=", False)]
        alone = self.cost(user, model, view, on_papers, MANY)
        few = self.cost(user, model, view, domain, FEW)
        many = self.cost(user, model, view, domain, MANY)
        mixed = self.cost(user, model, view, domain, MANY + FEW)
        self.assertLessEqual(many, few + 4, (alone, few, many, mixed))
        self.assertLessEqual(mixed, many + 4, (alone, few, many, mixed))
        self.assertLessEqual(mixed, alone + extra, (alone, few, many, mixed))
        return alone, few, many, mixed

    MINE = (("is_mine", "=", True),)

    def test_inbox_of_a_head(self):
        self.assertSteady(self.culture_head, "qlvb.assignment", domain=self.MINE)

    def test_inbox_of_a_person(self):
        self.assertSteady(self.justice_one, "qlvb.assignment", domain=self.MINE)

    def test_inbox_in_cards(self):
        self.assertSteady(
            self.culture_head, "qlvb.assignment", "kanban", domain=self.MINE
        )

    def test_what_the_chief_gave(self):
        self.assertSteady(
            self.chief,
            "qlvb.assignment",
            "qlvb_document.qlvb_assignment_view_list_given",
            [("giver_id", "=", self.chief.id)],
        )

    def test_orders_of_the_chief(self):
        self.assertSteady(self.chief, "qlvb.order")

    def test_reminders_of_a_head(self):
        orders = self.env["qlvb.assignment"].search([("unit_id", "=", self.culture.id)])
        self.env["qlvb.reminder"]._remind("new", orders)
        model = "qlvb.reminder"
        few = self.cost(self.culture_head, model, "list", [("is_open", "=", True)], FEW)
        many = self.cost(
            self.culture_head, model, "list", [("is_open", "=", True)], MANY + FEW
        )
        self.assertLessEqual(many, few + 6)

    def test_what_waits_for_the_openers(self):
        self.env["qlvb.dossier"].with_user(self.chief).create(
            [{"name": f"Mới {number}"} for number in range(MANY)]
        )
        view = "qlvb_dossier.qlvb_dossier_view_list_to_decide"
        domain = [("is_to_decide", "=", True)]
        few = self.cost(self.chief, "qlvb.dossier", view, domain, FEW)
        many = self.cost(self.chief, "qlvb.dossier", view, domain, MANY)
        self.assertLessEqual(many, few + 2)
