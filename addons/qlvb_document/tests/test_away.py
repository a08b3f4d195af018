from odoo.tests import tagged

from .common import OrderCase


@tagged("post_install", "-at_install", "qlvb")
class TestAway(OrderCase):
    """Whoever gives work to somebody who is away is warned, and nobody is hindered."""

    def warned(self, unit=None, person=None, deadline="2026-09-10", user=None):
        """Return the warning of the dialog in which a paper is routed."""
        document = self.registered()
        wizard = (
            self.env["qlvb.order.wizard"]
            .with_user(user or self.chief)
            .with_context(active_model="qlvb.document", active_id=document.id)
            .create(
                {
                    "lead_unit_id": unit and unit.id,
                    "lead_position_id": person
                    and self.post_of(person, self.culture)[:1].id,
                    "lead_deadline": deadline,
                }
            )
        )
        self.wizard = wizard
        return wizard.away_text

    def test_nobody_is_warned_of_who_is_there(self):
        self.assertFalse(self.warned(self.culture))
        self.absent(self.culture_head, date_from="2026-09-07", date_to="2026-09-08")
        self.absent(self.culture_one)
        self.assertFalse(self.warned(self.culture))

    def test_away_on_the_day_it_is_due(self):
        self.absent(self.culture_head, date_from="2026-09-10", date_to="2026-09-11")
        text = self.warned(self.culture)
        self.assertIn(self.culture_head.name, text)
        self.assertIn("when it is due", text)
        self.assertIn("Nobody acts", text)
        self.assertFalse(self.warned(self.culture, deadline="2026-09-09"))
        # It hinders nothing.
        self.assertTrue(self.warned(self.culture))
        self.wizard.action_confirm()

    def test_who_stands_in_is_named(self):
        self.absent(self.culture_head, date_from="2026-09-10", date_to="2026-09-11")
        delegation = self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            date_from="2026-09-10",
            date_to="2026-09-11",
        )
        text = self.warned(self.culture)
        self.assertIn(self.culture_deputy.name, text)
        self.assertNotIn("Nobody", text)
        delegation.action_revoke()
        self.assertIn("Nobody", self.warned(self.culture))

    def test_a_delegate_who_may_not_handle_stands_in_for_nobody(self):
        self.absent(self.culture_head, date_to="2026-08-28")
        self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            date_to="2026-08-28",
            gives_handle=False,
        )
        self.assertIn("away now", self.warned(self.culture))

    def test_away_now_without_a_delegate(self):
        self.absent(self.culture_head, date_to="2026-08-28")
        self.assertIn("away now", self.warned(self.culture))
        self.delegate(
            self.culture_head, self.culture_deputy, self.culture, date_to="2026-08-28"
        )
        self.assertFalse(self.warned(self.culture))

    def test_a_person_and_a_supporter_count_alike(self):
        self.absent(self.culture_one, date_to="2026-09-11")
        self.assertIn(self.culture_one.name, self.warned(person=self.culture_one))
        self.assertFalse(self.warned(self.justice))
        self.wizard.write(
            {"line_ids": [(0, 0, {"unit_id": self.commune.id, "deadline": False})]}
        )
        self.assertFalse(self.wizard.away_text)
        self.absent(self.commune_head, date_to="2026-09-30")
        self.wizard.invalidate_recordset(["away_text"])
        self.assertIn(self.commune_head.name, self.wizard.away_text)

    def test_the_item_says_so_until_it_is_done(self):
        self.assertFalse(self.order.away_text)
        absence = self.absent(
            self.culture_head,
            date_from=self.order.deadline,
            date_to=self.order.deadline,
        )
        for user in (self.chief, self.culture_clerk, self.culture_head):
            order = self.order.with_user(user)
            order.invalidate_recordset(["away_text", "away_tag"])
            self.assertIn("when it is due", order.away_text)
            self.assertTrue(order.away_tag)
        absence.action_cancel()
        self.order.invalidate_recordset(["away_text", "away_tag"])
        self.assertFalse(self.order.away_text)
        self.assertFalse(self.order.away_tag)
        self.absent(
            self.culture_head,
            date_from=self.order.deadline,
            date_to=self.order.deadline,
        )
        self.by(self.culture_head).action_done("Đã xử lý")
        self.order.invalidate_recordset(["away_text"])
        self.assertFalse(self.order.away_text)

    def test_a_list_asks_the_same_however_long_it_is(self):
        self.absent(self.culture_head, date_to="2026-12-31")

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            orders = self.env["qlvb.assignment"].search([("state", "=", "sent")])
            orders.mapped("deadline")
            before = self.env.cr.sql_log_count
            orders.mapped("away_text")
            return len(orders), self.env.cr.sql_log_count - before

        few, cost = queries()
        for _more in range(6):
            self.routed()
        many, cost_of_many = queries()
        self.assertGreater(many, few)
        self.assertLessEqual(cost_of_many, cost + 1)
        self.assertLessEqual(cost, 14)
