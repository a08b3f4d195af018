from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib.principals import UNIT, USER, principal
from .common import OfficeCase

CLERKS = "qlvb_base.group_qlvb_clerk"


@tagged("post_install", "-at_install", "qlvb")
class TestUnitAccount(OfficeCase):
    """The login of the unit itself, and the person who keeps it (Article 4.4)."""

    def acts_as_clerk(self, user, unit):
        return unit.with_user(user)._actor_as_clerk() is not None

    def principals(self, user):
        return set(self.env["qlvb.membership"].with_user(user)._principals())

    def test_the_account_acts_as_its_units_clerk(self):
        self.assertTrue(self.acts_as_clerk(self.culture_account, self.culture))
        self.assertTrue(self.culture_account.has_group(CLERKS))
        self.assertEqual(
            self.principals(self.culture_account),
            {
                principal(USER, self.culture_account.id),
                principal(UNIT, self.culture.id),
            },
        )

    def test_the_account_has_no_other_unit_and_no_other_power(self):
        self.assertFalse(self.acts_as_clerk(self.culture_account, self.justice))
        self.assertFalse(self.acts_as_clerk(self.culture_account, self.committee))
        unit = self.culture.with_user(self.culture_account)
        self.assertIsNone(unit._actor_as_head())
        self.assertIsNone(unit._actor_as_router())

    def test_keeping_the_account_gives_the_keeper_no_power_of_their_own(self):
        self.culture.keeper_id = self.culture_one
        self.assertFalse(self.acts_as_clerk(self.culture_one, self.culture))
        self.assertFalse(self.culture_one.has_group(CLERKS))

    def test_the_keeper_is_a_person(self):
        self.assertRefused(
            [self.culture.name, "not the account itself"],
            self.culture.write,
            {"keeper_id": self.culture_account.id},
        )

    @mute_logger("odoo.sql_db")
    def test_an_account_belongs_to_one_unit(self):
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.justice.account_user_id = self.culture_account
            self.env.flush_all()

    def test_another_account_takes_over_at_once(self):
        self.acts_as_clerk(self.culture_account, self.culture)
        self.culture.account_user_id = self.outsider
        self.assertTrue(self.acts_as_clerk(self.outsider, self.culture))
        self.assertTrue(self.outsider.has_group(CLERKS))
        self.assertFalse(self.acts_as_clerk(self.culture_account, self.culture))
        self.assertFalse(self.culture_account.has_group(CLERKS))
        self.assertEqual(
            self.principals(self.culture_account),
            {principal(USER, self.culture_account.id)},
        )

    def test_the_account_of_a_closed_unit_opens_nothing(self):
        self.acts_as_clerk(self.culture_account, self.culture)
        self.culture.active = False
        self.assertFalse(self.acts_as_clerk(self.culture_account, self.culture))
        self.assertFalse(self.culture_account.has_group(CLERKS))
        self.assertNotIn(
            principal(UNIT, self.culture.id), self.principals(self.culture_account)
        )

    def test_every_act_shows_the_unit_and_its_keeper_of_that_moment(self):
        def act():
            journal = self.env["qlvb.journal"].with_user(self.culture_account)
            return journal._log("calendar_changed").sudo()

        first = act()
        self.culture.keeper_id = self.culture_two
        second = act()
        self.assertEqual(first.unit_id, self.culture)
        self.assertEqual(first.user_id, self.culture_account)
        self.assertEqual(first.keeper_id, self.culture_clerk)
        self.assertEqual(second.keeper_id, self.culture_two)
