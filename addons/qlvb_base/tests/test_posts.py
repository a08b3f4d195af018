from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..lib.principals import FIELD, HEAD, STAFF, UNIT, USER, principal
from .common import OfficeCase

GROUPS = {
    "official": "qlvb_base.group_qlvb_user",
    "clerk": "qlvb_base.group_qlvb_clerk",
    "head": "qlvb_base.group_qlvb_head",
    "deputy": "qlvb_base.group_qlvb_deputy",
    "chief": "qlvb_base.group_qlvb_chief",
    "leader": "qlvb_base.group_qlvb_leader",
    "administrator": "qlvb_base.group_qlvb_administrator",
}


class PostCase(OfficeCase):
    def assertGroups(self, user, *expected):
        """Check which of our groups a person has, by name."""
        held = {name for name, xmlid in GROUPS.items() if user.has_group(xmlid)}
        self.assertEqual(held, set(expected), user.login)

    def posts(self, user):
        """Return what a person holds at this moment, as every gate sees it."""
        return self.env["qlvb.position"].with_user(user)._mine()

    def principals(self, user):
        return set(self.env["qlvb.membership"].with_user(user)._principals())


@tagged("post_install", "-at_install", "qlvb")
class TestWhatAPostGives(PostCase):
    """Groups, sight and powers follow from posts and their days."""

    def test_groups_follow_from_the_posts(self):
        for name, groups in {
            "chairman": ["official", "head", "leader"],
            "vice_culture": ["official", "deputy", "leader"],
            "chief": ["official", "chief", "head"],
            "clerk": ["official", "clerk"],
            "culture_head": ["official", "head"],
            "culture_deputy": ["official", "deputy"],
            "culture_one": ["official"],
            "culture_account": ["official", "clerk"],
            "commune_head": ["official", "head"],
            "administrator": ["official", "administrator"],
            "outsider": [],
        }.items():
            with self.subTest(name):
                self.assertGroups(getattr(self, name), *groups)

    def test_no_post_makes_anybody_an_administrator_of_odoo(self):
        for user in self.env["qlvb.position"].search([]).user_id:
            if user._origin.login.startswith("test."):
                self.assertFalse(user.has_group("base.group_system"))
                self.assertFalse(user.has_group("base.group_erp_manager"))

    def test_sight_follows_from_the_posts(self):
        staff = principal(STAFF, self.post_of(self.culture_head, self.culture).id)
        self.assertEqual(
            self.principals(self.culture_head),
            {
                principal(USER, self.culture_head.id),
                principal(UNIT, self.culture.id),
                principal(HEAD, self.culture.id),
                staff,
            },
        )
        self.assertIn(
            principal(FIELD, self.field_culture.id), self.principals(self.vice_culture)
        )
        self.assertNotIn(
            principal(FIELD, self.field_economy.id), self.principals(self.vice_culture)
        )
        self.assertNotIn(
            principal(UNIT, self.culture.id), self.principals(self.culture_one)
        )
        self.assertEqual(
            self.principals(self.administrator),
            {principal(USER, self.administrator.id)},
        )

    def test_several_posts_add_up(self):
        self.assertEqual(
            self.posts(self.chief),
            {(self.committee.id, "chief_of_office"), (self.office.id, "head")},
        )
        self.give_post(self.culture_one, self.justice, "clerk")
        self.assertGroups(self.culture_one, "official", "clerk")
        self.assertIn(
            principal(UNIT, self.justice.id), self.principals(self.culture_one)
        )

    def test_the_end_of_one_post_leaves_the_others(self):
        self.end_post(self.chief, self.office, "2026-08-25")
        self.assertGroups(self.chief, "official", "chief")
        self.assertEqual(
            self.posts(self.chief), {(self.committee.id, "chief_of_office")}
        )

    def test_the_end_of_a_post_counts_at_once(self):
        self.posts(self.culture_clerk), self.principals(self.culture_clerk)
        self.end_post(self.culture_clerk, self.culture, "2026-08-25")
        self.assertGroups(self.culture_clerk)
        self.assertFalse(self.posts(self.culture_clerk))
        self.assertEqual(
            self.principals(self.culture_clerk),
            {principal(USER, self.culture_clerk.id)},
        )

    def test_the_last_day_is_whole_in_ha_noi(self):
        self.end_post(self.culture_head, self.culture, "2026-08-26")
        with self.at(2026, 8, 26, 23, 59):
            self.assertIn((self.culture.id, "head"), self.posts(self.culture_head))
            self.assertIn(
                principal(UNIT, self.culture.id), self.principals(self.culture_head)
            )
            self.assertEqual(self.culture.head_id, self.culture_head)
        with self.at(2026, 8, 27, 0, 0):
            self.assertFalse(self.posts(self.culture_head))
            self.assertEqual(
                self.principals(self.culture_head),
                {principal(USER, self.culture_head.id)},
            )
            self.assertFalse(self.culture.head_id)

    def test_a_post_to_come_gives_nothing_before_its_day(self):
        self.give_post(self.outsider, self.culture, "clerk", "2026-08-27")
        self.assertGroups(self.outsider)
        self.assertFalse(self.posts(self.outsider))
        with self.at(2026, 8, 26, 23, 59):
            self.assertNotIn(
                principal(UNIT, self.culture.id), self.principals(self.outsider)
            )
        with self.at(2026, 8, 27, 0, 0):
            self.assertIn((self.culture.id, "clerk"), self.posts(self.outsider))
            self.assertIn(
                principal(UNIT, self.culture.id), self.principals(self.outsider)
            )
            self.env["qlvb.position"]._cron_sync()
            self.assertGroups(self.outsider, "official", "clerk")

    def test_groups_follow_a_post_that_ran_out(self):
        self.end_post(self.culture_clerk, self.culture, "2026-08-26")
        with self.at(2026, 8, 27, 0, 30):
            self.env["qlvb.position"]._cron_sync()
            self.assertGroups(self.culture_clerk)
        with self.at(2026, 8, 29, 0, 30):
            # The server slept over the week-end: still made up for.
            self.culture_clerk.group_ids += self.env.ref(GROUPS["clerk"])
            self.env["qlvb.position"]._cron_sync()
            self.assertGroups(self.culture_clerk)

    def test_a_post_that_passes_to_another_leaves_the_first(self):
        self.post_of(self.culture_clerk, self.culture).user_id = self.outsider
        self.assertGroups(self.culture_clerk)
        self.assertGroups(self.outsider, "official", "clerk")
        self.assertNotIn(
            principal(UNIT, self.culture.id), self.principals(self.culture_clerk)
        )

    def test_a_person_back_in_the_unit_keeps_their_place_among_the_staff(self):
        first = self.post_of(self.culture_one, self.culture)
        self.end_post(self.culture_one, self.culture, "2026-08-25")
        self.give_post(self.culture_one, self.culture, "deputy", "2026-08-26")
        self.assertIn(principal(STAFF, first.id), self.principals(self.culture_one))


@tagged("post_install", "-at_install", "qlvb")
class TestWhichPostsThereAre(PostCase):
    """One head at a time, a Chief of Office in a committee, nothing deleted."""

    def test_a_unit_has_one_head_at_a_time(self):
        message = self.assertRefused(
            ["Test culture_head", self.culture.name],
            self.give_post,
            self.outsider,
            self.culture,
            "head",
            "2026-12-01",
        )
        self.assertIn("End that post first", message)

    def test_a_successor_begins_the_day_after(self):
        self.end_post(self.culture_head, self.culture, "2026-08-26")
        self.assertRefused(
            "Test culture_head",
            self.give_post,
            self.outsider,
            self.culture,
            "head",
            "2026-08-26",
        )
        self.give_post(self.outsider, self.culture, "head", "2026-08-27")
        with self.at(2026, 8, 27, 8):
            self.assertEqual(self.culture.head_id, self.outsider)
        with self.assertRaises(ValidationError):
            self.end_post(self.culture_head, self.culture, "2026-08-27")

    def test_a_committee_has_one_chief_of_office(self):
        self.assertRefused(
            "Test chief",
            self.give_post,
            self.outsider,
            self.committee,
            "chief_of_office",
        )

    def test_the_chief_of_office_holds_that_post_in_a_committee(self):
        self.assertRefused(
            "committee", self.give_post, self.outsider, self.office, "chief_of_office"
        )

    def test_a_unit_has_many_deputies_clerks_and_specialists(self):
        for role in ("deputy", "clerk", "specialist"):
            self.give_post(self.outsider, self.culture, role)
        self.assertEqual(len(self.post_of(self.outsider, self.culture)), 3)

    def test_a_post_is_never_deleted(self):
        post = self.post_of(self.culture_one, self.culture)
        self.assertRefused("never deleted", post.unlink)
        self.assertRefused("never deleted", self.culture.unlink)

    def test_a_unit_does_not_stand_below_itself(self):
        self.assertRefused(
            "Recursion", self.committee.write, {"parent_id": self.culture.id}
        )

    def test_posts_given_and_changed_stand_in_the_journal(self):
        post = self.give_post(self.outsider, self.culture, "clerk")
        self.assertJournal("post_given", post, self.env.user)
        post.date_to = date(2026, 8, 31)
        self.assertJournal(
            "post_changed", post, self.env.user, data={"fields": ["date_to"]}
        )
        self.culture.place = "Hiệp Hòa"
        row = self.journal("unit_changed", self.culture)[-1]
        self.assertEqual(row.data, {"fields": ["place"]})
