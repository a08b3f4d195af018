from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..lib.principals import UNIT, principal
from .test_posts import GROUPS, PostCase


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
        self.outsider.password = "Dau-tien-2026"

    def test_a_first_chairman_without_a_password_would_shut_everybody_out(self):
        self._empty_house()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET password = NULL WHERE id = %s", (self.outsider.id,)
        )
        self.assertRefused("no password yet", self._appoint, "head")
        (self.outsider | self.chief).password = "Dau-tien-2026"
        self.assertTrue(self._appoint("head"))

    def test_the_emergency_administrator_sets_up_an_empty_house(self):
        self._empty_house()
        (self.outsider | self.chief).password = "Dau-tien-2026"
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
        self._try_to_tick("decision of the chairman")
        # Nor in an empty house, where posts may be given.
        self._empty_house()
        self._try_to_tick("follow from posts")

    def _try_to_tick(self, words):
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
                self.assertIn(words, self.assertDenied(attempt))
        self.assertGroups(self.outsider)
        self.assertGroups(self.chief, "official", "chief", "head")

    def test_other_groups_are_given_in_an_empty_house_alone(self):
        outsider = self.emergency("res.users").browse(self.outsider.id)
        group = self.env.ref("base.group_partner_manager")
        self.assertDenied(outsider.write, {"group_ids": [Command.link(group.id)]})
        self._empty_house()
        outsider.write({"group_ids": [Command.link(group.id)]})
        self.assertIn(group, self.outsider.group_ids)
