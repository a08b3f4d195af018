from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..lib.principals import FIELD, STAFF, UNIT, USER, principal
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


@tagged("post_install", "-at_install", "qlvb")
class TestWhoGivesPosts(PostCase):
    """Nobody gives rights by hand: neither posts and units, nor groups."""

    def test_no_official_changes_posts_units_or_fields(self):
        for user in (
            self.chairman,
            self.vice_culture,
            self.chief,
            self.clerk,
            self.culture_head,
            self.administrator,
            self.culture_one,
            self.outsider,
        ):
            with self.subTest(user.login):
                for model, method, *args in self._attempts(user):
                    with (
                        self.subTest(model=model, method=method),
                        self.assertRaises(AccessError),
                    ):
                        call_kw(self.env[model].with_user(user), method, args, {})
        self.assertEqual(self.culture.account_user_id, self.culture_account)

    def _attempts(self, user):
        """Return calls by which a person would give themselves something."""
        post = self.post_of(self.culture_one, self.culture)
        unit = self.culture
        return (
            ("qlvb.position", "write", post.ids, {"user_id": user.id}),
            (
                "qlvb.position",
                "create",
                {"user_id": user.id, "unit_id": unit.id, "role": "clerk"},
            ),
            ("qlvb.position", "unlink", post.ids),
            ("qlvb.unit", "write", unit.ids, {"account_user_id": user.id}),
            ("qlvb.unit", "create", {"name": "X", "symbol": "X"}),
            ("qlvb.work.field", "write", self.field_culture.ids, {"active": False}),
            (
                "qlvb.membership",
                "create",
                {"user_id": user.id, "principal": principal(UNIT, unit.id)},
            ),
            (
                "res.users",
                "write",
                user.ids,
                {"group_ids": [Command.link(self.ours.id)]},
            ),
        )

    @property
    def ours(self):
        return self.env.ref(GROUPS["chief"])

    def emergency(self, model):
        """Return a model as Odoo's own administrator calls it."""
        return self.env[model].with_user(self.env.ref("base.user_admin"))

    def test_not_even_the_emergency_administrator_once_there_is_a_chairman(self):
        post = self.post_of(self.culture_one, self.culture)
        self.assertRefused("decision of the chairman", self._appoint, "head")
        self.assertDenied(post.with_env(self.emergency("qlvb.unit").env).write, {})
        self.assertDenied(
            self.emergency("qlvb.unit").browse(self.culture.id).write, {"name": "X"}
        )
        self.assertDenied(
            self.emergency("qlvb.work.field").create,
            {"name": "X", "unit_id": self.committee.id},
        )

    def _appoint(self, role, **values):
        return self.emergency("qlvb.position").create(
            {
                "user_id": self.outsider.id,
                "unit_id": self.committee.id,
                "role": role,
                **values,
            }
        )

    def _empty_house(self):
        """Make as if no committee had ever had a chairman."""
        chairmen = self.env["qlvb.position"].search(
            [("role", "=", "head"), ("unit_id.kind", "=", "committee")]
        )
        chairmen.write({"role": "specialist"})

    def test_the_emergency_administrator_sets_up_an_empty_house(self):
        self._empty_house()
        unit = self.emergency("qlvb.unit").create({"name": "Xã", "symbol": "UBND"})
        self.assertJournal("unit_created", unit, self.env.ref("base.user_admin"))
        post = self._appoint("head")
        self.assertJournal("post_given", post, self.env.ref("base.user_admin"))
        self.assertGroups(self.outsider, "official", "head", "leader")
        self.assertRefused("decision of the chairman", self._appoint, "clerk")

    def test_a_chair_that_stands_empty_does_not_open_the_house_again(self):
        self.end_post(self.chairman, self.committee, "2026-08-25")
        self.assertRefused("decision of the chairman", self._appoint, "head")

    def test_an_official_sets_nothing_up_in_an_empty_house(self):
        self._empty_house()
        with self.assertRaises(AccessError):
            self.env["qlvb.position"].with_user(self.administrator).create(
                {
                    "user_id": self.administrator.id,
                    "unit_id": self.committee.id,
                    "role": "head",
                }
            )

    def test_groups_are_never_ticked_by_hand(self):
        users = self.emergency("res.users")
        holder = users.browse(self.chief.id)
        outsider = users.browse(self.outsider.id)
        wrapper = {"name": "Wrapper", "implied_ids": [Command.link(self.ours.id)]}
        for name, attempt in {
            "link": lambda: outsider.write({"group_ids": [Command.link(self.ours.id)]}),
            "set": lambda: outsider.write({"group_ids": [Command.set(self.ours.ids)]}),
            "take away": lambda: holder.write(
                {"group_ids": [Command.unlink(self.ours.id)]}
            ),
            "hidden behind a holder": lambda: (holder | outsider).write(
                {"group_ids": [Command.link(self.ours.id)]}
            ),
            "new account": lambda: users.create(
                {
                    "name": "X",
                    "login": "test.x",
                    "group_ids": [Command.link(self.ours.id)],
                }
            ),
            "by the group": lambda: (
                self.emergency("res.groups")
                .browse(self.ours.id)
                .write({"user_ids": [Command.link(self.outsider.id)]})
            ),
            "by a group around it": lambda: self.emergency("res.groups").create(
                {**wrapper, "user_ids": [Command.link(self.outsider.id)]}
            ),
        }.items():
            with self.subTest(name):
                self.assertIn("follow from posts", self.assertDenied(attempt))
        self.assertGroups(self.outsider)
        self.assertGroups(self.chief, "official", "chief", "head")

    def test_other_groups_are_the_administrators_own_business(self):
        users = self.emergency("res.users")
        group = self.env.ref("base.group_partner_manager")
        users.browse(self.outsider.id).write({"group_ids": [Command.link(group.id)]})
        self.assertIn(group, self.outsider.group_ids)
