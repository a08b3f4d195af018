from datetime import date

from odoo.tests import tagged

from ..lib.principals import HANDLING, principal
from .common import OfficeCase


class DelegationCase(OfficeCase):
    def acts_for(self, user, unit):
        """Return in whose name ``user`` acts as head of ``unit``; ``None``: not at all.

        Empty where they are the head themselves.
        """
        actor = unit.with_user(user)._actor_as_head()
        return actor and actor.on_behalf_of

    def sees_for(self, user, unit):
        """Tell whether ``user`` sees what the head of ``unit`` handles."""
        mine = self.env["qlvb.membership"].with_user(user)._principals()
        return principal(HANDLING, unit.id) in mine

    def assertInForce(self, delegation, expected=True):
        """Check power and sight, which begin and end together."""
        delegation = delegation.sudo()
        deputy, unit = delegation.delegate_id, delegation.unit_id
        head = delegation.delegator_id
        self.assertEqual(
            self.acts_for(deputy, unit), head if expected else None, "power"
        )
        self.assertEqual(self.sees_for(deputy, unit), expected, "sight")

    def drafted(self, head=None, deputy=None, unit=None, **values):
        return (
            self.env["qlvb.delegation"]
            .with_user(head or self.culture_head)
            .create(
                {
                    "delegate_id": (deputy or self.culture_deputy).id,
                    "unit_id": (unit or self.culture).id,
                    **values,
                }
            )
        )

    def ours(self, **values):
        """Return a delegation in force from VHTT's head to its deputy."""
        return self.delegate(
            self.culture_head, self.culture_deputy, self.culture, **values
        )


@tagged("post_install", "-at_install", "qlvb")
class TestDelegating(DelegationCase):
    """A head delegates to a deputy of the same unit (Article 5.3d)."""

    def test_a_draft_confers_nothing(self):
        self.assertInForce(self.drafted(), False)

    def test_powers_are_live_at_once(self):
        delegation = self.drafted()
        self.assertInForce(delegation, False)
        delegation.action_activate()
        self.assertState(delegation, "active")
        self.assertInForce(delegation)
        self.assertJournal("delegation_activated", delegation, self.culture_head)

    def test_the_head_keeps_their_own_powers(self):
        self.ours()
        self.assertFalse(self.acts_for(self.culture_head, self.culture))
        self.assertIsNotNone(self.acts_for(self.culture_head, self.culture))

    def test_no_other_power_goes_with_it(self):
        """Neither the register, nor the head's post, nor another unit's work."""
        self.ours()
        self.assertIsNone(self.culture.with_user(self.culture_deputy)._actor_as_clerk())
        self.assertIsNone(
            self.culture.with_user(self.culture_deputy)._actor_holding("head")
        )
        self.assertFalse(self.culture_deputy.has_group("qlvb_base.group_qlvb_head"))
        for unit in (self.justice, self.committee, self.office):
            self.assertIsNone(self.acts_for(self.culture_deputy, unit))

    def test_the_chiefs_delegate_does_not_route_for_the_committee(self):
        deputy = self.give_post(self.outsider, self.office, "deputy").user_id
        self.delegate(self.chief, deputy, self.office)
        self.assertEqual(self.acts_for(deputy, self.office), self.chief)
        self.assertIsNone(self.committee.with_user(deputy)._actor_as_router())

    def test_a_communes_chairman_delegates_likewise(self):
        delegation = self.delegate(
            self.commune_head, self.commune_deputy, self.commune, reason="leave"
        )
        self.assertInForce(delegation)

    def test_nobody_delegates_to_themselves(self):
        self.assertRefused(
            "themselves", self.drafted, self.culture_head, self.culture_head
        )

    def test_only_deputies_of_the_same_unit_are_chosen(self):
        for person in (
            self.culture_one,
            self.culture_clerk,
            self.justice_deputy,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertRefused(
                    [person.name, self.culture.name, "not a deputy"],
                    self.drafted(deputy=person).action_activate,
                )

    def test_two_do_not_overlap(self):
        other = self.give_post(self.culture_one, self.culture, "deputy").user_id
        self.ours(date_from="2026-08-26", date_to="2026-08-28", to_half="morning")
        for deputy in (self.culture_deputy, other):
            self.assertRefused(
                ["overlaps", self.culture_deputy.name],
                self.drafted(
                    deputy=deputy, date_from="2026-08-28", date_to="2026-08-31"
                ).action_activate,
            )
        following = self.drafted(
            deputy=other,
            date_from="2026-08-28",
            from_half="afternoon",
            date_to="2026-08-31",
        )
        following.action_activate()
        self.assertInForce(following, False)

    def test_units_do_not_stand_in_each_others_way(self):
        self.ours()
        self.assertInForce(
            self.delegate(self.justice_head, self.justice_deputy, self.justice)
        )

    def test_what_was_revoked_overlaps_nothing(self):
        self.ours().action_revoke()
        self.assertInForce(self.ours())

    def test_a_period_that_is_over_is_refused(self):
        self.assertRefused(
            "already over",
            self.drafted(date_from="2026-08-24", date_to="2026-08-25").action_activate,
        )
        with self.at(2026, 8, 26, 12, 0):
            self.assertRefused(
                "already over", self.drafted(to_half="morning").action_activate
            )

    def test_a_period_that_is_empty_is_refused(self):
        self.assertRefused(
            "empty",
            self.drafted(from_half="afternoon", to_half="morning").action_activate,
        )

    def test_everything_unmet_is_told_at_once(self):
        self.ours(date_from="2026-08-20", date_to="2026-08-26")
        self.absent(self.culture_one)
        message = self.assertRefused(
            ["not a deputy", "overlaps", "is away as well"],
            self.drafted(deputy=self.culture_one).action_activate,
        )
        self.assertEqual(len(message.splitlines()), 3)

    def test_the_day_of_today_is_ha_nois(self):
        """At 6:30 in Hà Nội it is still yesterday in UTC."""
        with self.at(2026, 8, 27, 6, 30):
            delegation = self.drafted()
            self.assertEqual(delegation.date_from, date(2026, 8, 27))
            self.assertEqual(delegation.date_to, date(2026, 8, 27))


@tagged("post_install", "-at_install", "qlvb")
class TestPeriod(DelegationCase):
    """It begins and ends to the minute, by the calendar or before it."""

    def test_it_begins_and_ends_with_its_days(self):
        delegation = self.ours(date_from="2026-08-27", date_to="2026-08-28")
        self.assertInForce(delegation, False)
        for moment, expected in {
            (2026, 8, 26, 23, 59): False,
            (2026, 8, 27, 0, 0): True,
            (2026, 8, 28, 23, 59): True,
            (2026, 8, 29, 0, 0): False,
        }.items():
            with self.subTest(moment), self.at(*moment):
                self.assertInForce(delegation, expected)

    def test_half_days_narrow_it(self):
        delegation = self.ours(
            date_from="2026-08-27",
            from_half="afternoon",
            date_to="2026-08-28",
            to_half="morning",
        )
        for moment, expected in {
            (2026, 8, 27, 11, 59): False,
            (2026, 8, 27, 12, 0): True,
            (2026, 8, 28, 11, 59): True,
            (2026, 8, 28, 12, 0): False,
        }.items():
            with self.subTest(moment), self.at(*moment):
                self.assertInForce(delegation, expected)

    def test_what_ran_out_is_marked_as_ended(self):
        delegation = self.ours(to_half="morning")
        with self.at(2026, 8, 26, 11, 59):
            self.env["qlvb.delegation"]._cron_end()
            self.assertState(delegation, "active")
        with self.at(2026, 8, 26, 12, 0):
            self.env["qlvb.delegation"]._cron_end()
            self.assertState(delegation, "ended")
            self.assertJournal("delegation_ended", delegation, self.env.user)

    def test_the_head_revokes_it_at_once(self):
        delegation = self.ours(date_to="2026-08-31")
        self.assertInForce(delegation)
        delegation.action_revoke()
        self.assertState(delegation, "revoked")
        self.assertInForce(delegation, False)
        self.assertJournal("delegation_revoked", delegation, self.culture_head)

    def test_a_deputy_who_loses_the_post_midway_loses_it_all(self):
        delegation = self.ours(date_to="2026-08-31")
        self.end_post(self.culture_deputy, self.culture, "2026-08-25")
        self.assertInForce(delegation, False)

    def test_a_deputys_last_day_is_the_delegations_last(self):
        delegation = self.ours(date_to="2026-08-31")
        self.end_post(self.culture_deputy, self.culture, "2026-08-27")
        with self.at(2026, 8, 27, 23, 59):
            self.assertInForce(delegation)
        with self.at(2026, 8, 28, 0, 0):
            self.assertInForce(delegation, False)

    def test_a_post_that_follows_upon_another_carries_it_on(self):
        """A deputy whose acting post becomes a proper one the next day."""
        delegation = self.ours(date_to="2026-08-31")
        self.end_post(self.culture_deputy, self.culture, "2026-08-27")
        self.give_post(self.culture_deputy, self.culture, "deputy", "2026-08-28")
        for day in (27, 28, 31):
            with self.subTest(day), self.at(2026, 8, day, 9):
                self.assertInForce(delegation)

    def test_a_head_who_leaves_takes_it_along(self):
        delegation = self.ours(date_to="2026-08-31")
        self.end_post(self.culture_head, self.culture, "2026-08-25")
        self.assertInForce(delegation, False)

    def test_a_successor_is_not_bound_by_it(self):
        delegation = self.ours(date_to="2026-08-31")
        self.end_post(self.culture_head, self.culture, "2026-08-26")
        self.give_post(self.outsider, self.culture, "head", "2026-08-27")
        with self.at(2026, 8, 27, 8):
            self.env["qlvb.position"]._cron_sync()
            self.assertInForce(delegation, False)
            self.assertDenied(delegation.with_user(self.outsider).action_revoke)
            following = self.delegate(self.outsider, self.culture_deputy, self.culture)
            self.assertInForce(following)
