from odoo.fields import Domain
from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestLines(DocumentCase):
    """An order is right as a whole, or every reason against it is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.registered()
        cls.lead = cls.line(cls.culture)

    def assertWrong(self, words, *lines, document=None):
        """Check that the order is refused in these words and nothing is given."""
        document = document or self.document
        before = document.sudo().assignment_ids
        self.assertRefused(
            words, document.with_user(self.chief).action_assign, list(lines)
        )
        self.assertEqual(document.sudo().assignment_ids, before)

    def support(self, target, **values):
        return self.line(target, "support", **values)

    def test_there_is_a_lead(self):
        self.assertWrong("one lead", self.support(self.culture))
        self.assertWrong("one lead", self.line(self.culture, "inform"))
        self.assertState(self.document, "registered")

    def test_there_is_one_lead(self):
        self.assertWrong("one lead only", self.lead, self.line(self.justice))
        self.routed(self.lead, document=self.document)
        self.assertWrong("one lead only", self.line(self.justice))

    def test_others_may_join_later(self):
        self.routed(self.lead, document=self.document)
        self.routed(self.support(self.justice), document=self.document)
        self.assertEqual(len(self.document.sudo().assignment_ids), 2)

    def test_a_unit_without_a_head_is_named(self):
        self.end_post(self.culture_head, self.culture, "2026-08-25")
        self.assertWrong([self.culture.name, "no head"], self.lead)
        self.routed(self.line(self.culture_one), document=self.document)
        self.assertState(self.document, "assigned")

    def test_a_closed_unit_is_named(self):
        self.culture.active = False
        self.assertWrong([self.culture.name, "no longer exists"], self.lead)

    def test_a_person_needs_a_post(self):
        self.assertWrong([self.outsider.name, "no post"], self.line(self.outsider))
        self.assertWrong(
            [self.administrator.name, "no post"], self.line(self.administrator)
        )
        self.end_post(self.culture_one, self.culture, "2026-08-25")
        self.assertWrong(self.culture_one.name, self.line(self.culture_one))

    def test_a_person_is_named_with_a_unit_of_theirs(self):
        wrong = {**self.line(self.justice_one), "unit_id": self.culture.id}
        self.assertWrong([self.justice_one.name, self.culture.name], wrong)
        right = {**wrong, "unit_id": self.justice.id}
        order = self.routed(right, document=self.document)
        self.assertEqual(order.unit_id, self.justice)

    def test_another_districts_units_are_outside(self):
        elsewhere = self.env["qlvb.unit"].create(
            {"name": "UBND huyện khác", "symbol": "UBND", "kind": "committee"}
        )
        self.give_post(self.outsider, elsewhere, "head")
        for target in (elsewhere, self.outsider):
            with self.subTest(target.name):
                self.assertWrong(
                    [target.name, "outside", self.committee.name], self.line(target)
                )

    def test_a_deadline_in_the_past_is_refused(self):
        self.assertWrong(
            ["25/08/2026", "past"], self.line(self.culture, deadline="2026-08-25")
        )

    def test_nobody_is_charged_twice(self):
        self.assertWrong(
            [self.culture.name, "twice"], self.lead, self.support(self.culture)
        )
        self.assertWrong(
            [self.justice_one.name, "twice"],
            self.lead,
            self.support(self.justice_one),
            self.line(self.justice_one, "inform"),
        )
        self.routed(self.lead, document=self.document)
        self.assertWrong("twice", self.support(self.culture))

    def test_a_unit_and_a_person_in_it_are_two(self):
        self.routed(self.lead, self.support(self.culture_one), document=self.document)
        self.assertEqual(len(self.document.sudo().assignment_ids), 2)

    def test_everything_wrong_is_told_at_once(self):
        self.end_post(self.commune_head, self.commune, "2026-08-25")
        message = self.assertRefused(
            [
                "no head",
                self.outsider.name,
                "20/08/2026",
                "one lead only",
            ],
            self.document.with_user(self.chief).action_assign,
            [
                self.line(self.commune),
                self.support(self.outsider),
                self.line(self.justice, deadline="2026-08-20"),
            ],
        )
        self.assertEqual(len(message.splitlines()), 4)

    def test_what_was_returned_or_recalled_is_given_anew(self):
        orders = self.routed(self.lead, document=self.document)
        orders.with_user(self.culture_head).action_return("Không đúng chức năng")
        self.routed(self.line(self.justice), document=self.document)
        orders = self.document.sudo().assignment_ids
        self.assertEqual(orders.mapped("state"), ["returned", "sent"])
        orders[1].with_user(self.chief).action_recall("Giao lại")
        self.routed(self.lead, document=self.document)
        self.assertState(self.document, "assigned")

    def test_whoever_was_given_it_finds_it_by_late_and_open(self):
        orders = self.routed(self.lead, document=self.document)
        late = Domain("is_late", "=", True)
        model = self.env["qlvb.assignment"].with_user(self.culture_head)
        self.assertFalse(model.search(late))
        with self.at(2026, 9, 14, 23, 0):
            self.assertFalse(model.search(late))
        with self.at(2026, 9, 15, 0, 0):
            self.assertEqual(model.search(late), orders)
            self.assertTrue(orders.is_late)
            self.assertEqual(orders.days_left, -1)
