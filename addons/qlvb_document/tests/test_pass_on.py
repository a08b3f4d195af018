from odoo.tests import tagged

from .common import NOW, OrderCase

REASON = "Không đúng chức năng của đơn vị"


@tagged("post_install", "-at_install", "qlvb")
class TestAccept(OrderCase):
    """Receiving: opened, accepted (Article 5.3a)."""

    def test_the_holder_accepts(self):
        self.by(self.culture_head).action_accept()
        self.assertState(self.order, "accepted")
        self.assertEqual(self.order.accepted_at, NOW)
        self.assertJournal(
            "assignment_accepted",
            self.document,
            self.culture_head,
            unit_id=self.culture,
            data={"assignment": self.order.id},
        )

    def test_nobody_else_accepts(self):
        for user in (
            self.chief,
            self.chairman,
            self.clerk,
            self.culture_clerk,
            self.culture_account,
            self.culture_deputy,
            self.culture_one,
            self.justice_head,
            self.administrator,
        ):
            with self.subTest(user.login):
                for act in ("action_accept", "action_done", "action_return"):
                    args = () if act == "action_accept" else (REASON,)
                    self.assertDenied(getattr(self.by(user), act), *args)
                self.assertDenied(
                    self.by(user).action_forward, [self.line(self.culture_one)]
                )
        self.assertState(self.order, "sent")

    def test_accepting_twice_says_where_it_stands(self):
        self.by(self.culture_head).action_accept()
        self.assertRefused("Accepted", self.by(self.culture_head).action_accept)

    def test_the_first_opening_by_the_holder_is_noted(self):
        for user in (self.chief, self.culture_clerk):
            self.open(self.document, user)
            self.open(self.order, user)
        self.assertFalse(self.order.seen_at)
        with self.at(2026, 8, 26, 11, 25):
            self.open(self.document, self.culture_head)
            seen = self.order.seen_at
        with self.at(2026, 8, 26, 16, 0):
            self.open(self.order, self.culture_head)
        self.assertEqual(str(seen), "2026-08-26 04:25:00")
        self.assertEqual(self.order.seen_at, seen)

    def test_accepting_unopened_counts_as_seen(self):
        self.by(self.culture_head).action_accept()
        self.assertEqual(self.order.seen_at, NOW)

    def test_a_list_is_no_opening(self):
        self.env["qlvb.assignment"].with_user(self.culture_head).web_search_read(
            [("is_mine", "=", True)], {"document_summary": {}}
        )
        self.env.invalidate_all()
        self.assertFalse(self.order.seen_at)

    def test_no_order_is_written_around_the_acts(self):
        for user in (self.culture_head, self.chief, self.administrator):
            with self.subTest(user.login):
                own = self.by(user)
                self.assertRefused("acts", own.write, {"deadline": "2027-01-01"})
                self.assertDenied(own.unlink)
                self.assertRefused(
                    "Work is given",
                    own.create,
                    {
                        "document_id": self.document.id,
                        "unit_id": self.justice.id,
                        "role": "lead",
                        "giver_id": user.id,
                    },
                )
        for values in ({"state": "done"}, {"deadline": "2027-01-01"}):
            self.assertRefused("through its acts", self.order.sudo().write, values)
        self.assertRefused("never deleted", self.order.sudo().unlink)

    def test_a_planted_default_dates_no_order(self):
        planted = self.env["ir.default"].with_user(self.chief)
        planted.set("qlvb.assignment", "state", "done", user_id=True)
        planted.set("qlvb.assignment", "seen_at", "2026-01-01 00:00:00", user_id=True)
        order = self.routed()
        self.assertState(order, "sent")
        self.assertFalse(order.seen_at)


@tagged("post_install", "-at_install", "qlvb")
class TestForward(OrderCase):
    """To a deputy or a specialist of the unit, in the software (Article 5.3a)."""

    def test_to_a_specialist_in_one_step(self):
        child = self.forward(self.culture_one)
        self.assertState(self.order, "accepted")
        self.assertEqual(self.order.accepted_at, NOW)
        self.assertState(child, "sent")
        self.assertEqual(child.parent_id, self.order)
        self.assertEqual(child.user_id, self.culture_one)
        self.assertEqual(child.unit_id, self.culture)
        self.assertEqual(child.giver_id, self.culture_head)
        self.assertEqual(child.deadline, self.order.deadline)
        self.assertCanRead(self.culture_one, self.document)
        self.assertCannotRead(self.culture_two, self.document)
        self.assertEqual(self.document.holder_text, f"{self.culture_one.name} (VHTT)")
        self.assertJournal("assignment_forwarded", self.document, self.culture_head)
        self.assertJournal("assignment_given", self.document, self.culture_head, 2)

    def test_by_way_of_a_deputy(self):
        to_deputy = self.forward(self.culture_deputy)
        to_one = self.forward(
            self.culture_one, self.culture_two, by=self.culture_deputy, order=to_deputy
        )
        self.assertHolders(
            self.document,
            (self.culture, "lead", "accepted"),
            (self.culture_deputy, "lead", "accepted"),
            (self.culture_one, "lead", "sent"),
            (self.culture_two, "support", "sent"),
        )
        self.assertEqual(to_one.parent_id, to_deputy)
        self.assertEqual(to_one.giver_id, self.culture_deputy)

    def test_a_person_with_two_posts_is_charged_in_this_unit(self):
        self.give_post(self.justice_one, self.culture, "specialist")
        child = self.forward(self.justice_one)
        self.assertEqual(child.unit_id, self.culture)
        self.by(self.justice_one, child).action_accept()

    def test_the_deadline_is_the_one_above_where_none_is_named(self):
        order = self.routed(self.line(self.culture, deadline="2026-08-28"))
        self.assertEqual(
            str(self.forward(self.culture_one, order=order).deadline), "2026-08-28"
        )

    def assertNotForwarded(self, words, target, by=None, order=None):
        order = order or self.order
        by = by or self.culture_head
        before = order.state
        self.assertRefused(
            words, self.by(by, order).action_forward, [self.line(target)]
        )
        self.assertState(order, before)

    def test_not_to_oneself(self):
        self.assertNotForwarded("yourself", self.culture_head)
        self.assertNotForwarded([self.culture.name, "already"], self.culture)

    def test_not_outside_the_unit(self):
        for target in (
            self.justice,
            self.justice_one,
            self.commune,
            self.chief,
            self.clerk,
        ):
            with self.subTest(target.name):
                self.assertNotForwarded(
                    [target.name, "outside", self.culture.name], target
                )

    def test_not_to_who_holds_no_post(self):
        self.assertNotForwarded([self.outsider.name, "no post"], self.outsider)

    def test_not_up_a_loop(self):
        to_deputy = self.forward(self.culture_deputy)
        self.assertNotForwarded(
            [self.culture_head.name, "Return it"],
            self.culture_head,
            by=self.culture_deputy,
            order=to_deputy,
        )

    def test_a_loop_of_two_deputies_is_none_either(self):
        other = self.give_post(self.outsider, self.culture, "deputy").user_id
        first = self.forward(self.culture_deputy)
        second = self.forward(other, by=self.culture_deputy, order=first)
        self.assertNotForwarded(
            [self.culture_deputy.name, "Return it"],
            self.culture_deputy,
            by=other,
            order=second,
        )

    def test_a_specialist_passes_nothing_on(self):
        child = self.forward(self.culture_one)
        self.assertNotForwarded(
            ["head or a deputy", self.culture.name],
            self.culture_two,
            by=self.culture_one,
            order=child,
        )
        self.assertFalse(child.with_user(self.culture_one).can_forward)
        self.assertTrue(self.by(self.culture_head).can_forward)

    def test_one_lead_below_as_above(self):
        self.assertRefused(
            "one lead",
            self.by(self.culture_head).action_forward,
            [self.line(self.culture_one, "support")],
        )
        self.forward(self.culture_one)
        self.assertNotForwarded("one lead only", self.culture_two)

    def test_what_came_for_information_goes_on_for_information(self):
        order = self.routed(self.line(self.justice), self.line(self.culture, "inform"))[
            1
        ]
        ids = self.by(self.culture_head, order).action_forward(
            [self.line(self.culture_one, "inform")]
        )
        child = self.order.browse(ids)
        self.assertEqual((child.role, child.deadline), ("inform", False))

    def test_who_supports_need_name_no_lead(self):
        order = self.routed(self.line(self.justice), self.line(self.culture, "support"))
        child = order.browse(
            self.by(self.culture_head, order[1]).action_forward(
                [self.line(self.culture_one, "support")]
            )
        )
        self.assertState(child, "sent")

    def test_from_a_leader_in_person_to_a_unit_below(self):
        order = self.routed(self.line(self.vice_culture))
        child = order.browse(
            self.by(self.vice_culture, order).action_forward([self.line(self.culture)])
        )
        self.assertEqual(child.unit_id, self.culture)
        self.by(self.culture_head, child).action_accept()
        self.assertState(child, "accepted")

    def test_the_chief_of_office_passes_on_what_was_given_in_person(self):
        order = self.routed(self.line(self.chief), by=self.chairman)
        child = self.passed_on(order, self.chief, self.culture)
        self.assertState(child, "sent")

    def test_one_order_at_a_time(self):
        both = self.order | self.routed()
        self.assertRefused(
            "one record",
            both.with_user(self.culture_head).action_forward,
            [self.line(self.culture_one)],
        )

    def test_a_holder_who_has_left_the_unit_acts_no_more(self):
        child = self.forward(self.culture_one)
        self.end_post(self.culture_one, self.culture, "2026-08-25")
        self.give_post(self.culture_one, self.justice, "specialist")
        self.assertDenied(self.by(self.culture_one, child).action_done, "xong")
        mine = self.env["qlvb.assignment"].with_user(self.culture_one)
        self.assertFalse(mine.search([("is_mine", "=", True)]))
