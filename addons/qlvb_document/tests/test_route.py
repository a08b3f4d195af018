from datetime import date

from odoo.tests import tagged

from .common import NOW, TODAY, DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestRoute(DocumentCase):
    """The Chief of Office sorts papers to one lead and any number of others."""

    def test_one_lead_support_and_information(self):
        document = self.registered()
        orders = self.routed(
            self.line(self.culture, instruction="  Tham mưu quyết định "),
            self.line(self.justice_one, "support"),
            self.line(self.commune, "inform"),
            document=document,
        )
        self.assertState(document, "assigned")
        self.assertRecordValues(
            orders,
            [
                {
                    "unit_id": self.culture.id,
                    "user_id": False,
                    "role": "lead",
                    "state": "sent",
                    "instruction": "Tham mưu quyết định",
                    "deadline": date(2026, 9, 14),
                },
                {
                    "unit_id": self.justice.id,
                    "user_id": self.justice_one.id,
                    "role": "support",
                    "state": "sent",
                    "instruction": "",
                    "deadline": date(2026, 9, 14),
                },
                {
                    "unit_id": self.commune.id,
                    "user_id": False,
                    "role": "inform",
                    "state": "sent",
                    "instruction": "",
                    "deadline": False,
                },
            ],
        )
        for order in orders:
            self.assertEqual(order.giver_id, self.chief)
            self.assertEqual(order.giver_unit_id, self.committee)
            self.assertFalse(order.giver_behalf_id or order.parent_id)
            self.assertEqual(order.sent_at, NOW)
            self.assertFalse(order.seen_at or order.accepted_at or order.done_at)
        self.assertEqual(document.lead_unit_id, self.culture)
        self.assertEqual(document.holder_text, self.culture.name)

    def test_each_order_stands_in_the_journal(self):
        orders = self.routed(
            self.line(self.culture), self.line(self.justice, "support")
        )
        rows = self.journal("assignment_given", orders.document_id)
        self.assertEqual(
            [row.data for row in rows], [{"assignment": order.id} for order in orders]
        )
        self.assertJournal(
            "assignment_given",
            orders.document_id,
            self.chief,
            2,
            unit_id=self.committee,
        )

    def test_an_order_may_have_a_deadline_of_its_own(self):
        orders = self.routed(
            self.line(self.culture, deadline="2026-08-28"),
            self.line(self.justice, "support", deadline=TODAY),
        )
        self.assertEqual(orders.mapped("deadline"), [date(2026, 8, 28), TODAY])

    def test_on_a_late_document_the_term_begins_today(self):
        document = self.registered(urgency="express")
        with self.at(2026, 8, 28, 9):
            order = self.routed(document=document)
            self.assertEqual(document.deadline, date(2026, 8, 27))
            # One working day, over the holidays of 31 August to 2 September.
            self.assertEqual(order.deadline, date(2026, 9, 3))

    def test_whom_it_reaches_sees_it_and_nobody_else(self):
        document = self.routed(
            self.line(self.culture),
            self.line(self.justice_one, "support"),
            self.line(self.commune, "inform"),
        ).document_id
        for user in (
            self.clerk,
            self.chief,
            self.chairman,
            self.culture_head,
            self.culture_clerk,
            self.culture_account,
            self.justice_one,
            self.justice_head,
            self.commune_head,
        ):
            with self.subTest(user.login):
                self.assertCanRead(user, document)
        for user in (
            self.vice_culture,
            self.culture_deputy,
            self.culture_one,
            self.justice_two,
            self.commune_one,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertCannotRead(user, document)

    def test_it_waits_for_its_holder(self):
        unit, person = self.routed(
            self.line(self.culture), self.line(self.justice_one, "support")
        )
        model = self.env["qlvb.assignment"]
        for user, expected in (
            (self.culture_head, unit),
            (self.justice_one, person),
            (self.culture_clerk, model),
            (self.culture_account, model),
            (self.justice_head, model),
            (self.chief, model),
        ):
            with self.subTest(user.login):
                mine = model.with_user(user).search([("is_mine", "=", True)])
                self.assertEqual(mine, expected)
                seen = (unit | person).with_user(user)._filtered_access("read")
                self.assertEqual(seen.filtered("is_mine"), expected)

    def test_the_chairman_may_route_in_person(self):
        order = self.routed(by=self.chairman)
        self.assertEqual(order.giver_id, self.chairman)

    def test_nobody_else_routes_for_the_committee(self):
        document = self.registered(field_id=self.field_culture.id)
        for user in (
            self.clerk,
            self.vice_culture,
            self.culture_head,
            self.culture_account,
            self.culture_one,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertDenied(
                    document.with_user(user).action_assign, [self.line(self.culture)]
                )
        self.assertFalse(document.assignment_ids)

    def test_only_what_is_registered_is_routed(self):
        draft = self.draft().with_user(self.chief)
        self.assertRefused(
            ["Route", "New", "Registered"],
            draft.action_assign,
            [self.line(self.culture)],
        )


@tagged("post_install", "-at_install", "qlvb")
class TestOwnRegister(DocumentCase):
    """A unit that receives papers of its own is routed by its own head."""

    def test_a_head_routes_the_units_own_papers(self):
        for name, unit in (("culture", self.culture), ("commune", self.commune)):
            with self.subTest(unit.name):
                clerk, head, one = (
                    getattr(self, f"{name}_{post}") for post in ("clerk", "head", "one")
                )
                document = self.registered(clerk)
                order = self.routed(self.line(one), document=document, by=head)
                self.assertEqual(document.unit_id, unit)
                self.assertEqual((order.unit_id, order.user_id), (unit, one))
                self.assertEqual(order.giver_unit_id, unit)
                self.assertCanRead(one, document)

    def test_neither_committee_nor_office_has_a_say_in_it(self):
        document = self.registered(self.culture_clerk)
        for user in (
            self.chief,
            self.chairman,
            self.clerk,
            self.culture_clerk,
            self.culture_deputy,
            self.justice_head,
        ):
            with self.subTest(user.login):
                self.assertDenied(
                    document.with_user(user).action_assign,
                    [self.line(self.culture_one)],
                )
        for user in (self.chief, self.chairman, self.clerk):
            self.assertCannotRead(user, document)

    def test_it_does_not_leave_the_unit(self):
        document = self.registered(self.culture_clerk)
        for target in (self.justice, self.justice_one, self.committee, self.chairman):
            with self.subTest(target.name):
                self.assertRefused(
                    [target.name, "outside", self.culture.name],
                    document.with_user(self.culture_head).action_assign,
                    [self.line(target)],
                )

    def test_a_delegate_routes_for_the_own_unit_and_not_for_the_committee(self):
        own = self.registered(self.culture_clerk)
        committees = self.registered()
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.assertDenied(
            committees.with_user(self.culture_deputy).action_assign,
            [self.line(self.culture)],
        )
        order = self.routed(
            self.line(self.culture_one), document=own, by=self.culture_deputy
        )
        self.assertEqual(order.giver_id, self.culture_deputy)
        self.assertEqual(order.giver_behalf_id, self.culture_head)
        self.assertJournal(
            "assignment_given",
            own,
            self.culture_deputy,
            on_behalf_of_id=self.culture_head,
        )

    def test_the_chiefs_own_delegate_routes_for_the_office_alone(self):
        deputy = self.give_post(self.outsider, self.office, "deputy").user_id
        committees = self.registered()
        offices = self.registered(unit_id=self.office.id)
        self.delegate(self.chief, deputy, self.office)
        self.assertDenied(
            committees.with_user(deputy).action_assign, [self.line(self.culture)]
        )
        self.routed(self.line(self.clerk), document=offices, by=deputy)
        self.assertState(offices, "assigned")
