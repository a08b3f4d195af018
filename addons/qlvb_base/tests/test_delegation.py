from datetime import date

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..lib.principals import HANDLING, principal
from .common import TODAY, OfficeCase


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
        message = self.assertRefused(
            ["not a deputy", "already over", "overlaps"],
            self.drafted(
                deputy=self.culture_one,
                date_from="2026-08-24",
                date_to="2026-08-25",
            ).action_activate,
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


@tagged("post_install", "-at_install", "qlvb")
class TestWhoDelegates(DelegationCase):
    """The head in person, and nobody for them."""

    def test_nobody_but_the_head_writes_one(self):
        for user in (
            self.chairman,
            self.chief,
            self.clerk,
            self.culture_deputy,
            self.culture_clerk,
            self.culture_account,
            self.justice_head,
            self.administrator,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.drafted(user)

    def test_nobody_writes_one_in_the_heads_name(self):
        for user in (self.justice_head, self.chief, self.culture_deputy):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.drafted(user, delegator_id=self.culture_head.id)

    def test_a_delegate_does_not_delegate_further(self):
        self.ours()
        other = self.give_post(self.culture_one, self.culture, "deputy").user_id
        with self.assertRaises(AccessError):
            self.drafted(self.culture_deputy, other)
        # Not even one who heads another unit, and so may delegate there.
        self.give_post(self.culture_deputy, self.office, "specialist")
        self.end_post(self.justice_head, self.justice, "2026-08-25")
        self.give_post(self.culture_deputy, self.justice, "head", "2026-08-26")
        self.assertIn(
            "Only the head", self.assertDenied(self.drafted, self.culture_deputy, other)
        )
        self.assertDenied(
            self.drafted,
            self.culture_deputy,
            other,
            delegator_id=self.culture_head.id,
        )

    def test_nobody_but_the_delegator_activates_or_revokes(self):
        draft = self.drafted(date_from="2026-09-07", date_to="2026-09-08")
        active = self.ours()
        for user in (
            self.culture_deputy,
            self.culture_clerk,
            self.chief,
            self.chairman,
            self.justice_head,
            self.administrator,
        ):
            with self.subTest(user.login):
                self.assertDenied(draft.with_user(user).action_activate)
                self.assertDenied(active.with_user(user).action_revoke)
        self.assertState(draft, "draft")
        self.assertState(active, "active")
        self.assertInForce(active)

    def test_what_is_in_force_is_neither_rewritten_nor_deleted(self):
        delegation = self.ours()
        for values in (
            {"date_to": "2026-12-31"},
            {"delegate_id": self.justice_deputy.id},
            {"unit_id": self.justice.id},
        ):
            with self.subTest(values):
                self.assertIn("Revoke it", self.assertDenied(delegation.write, values))
        self.assertDenied(delegation.unlink)
        delegation.action_revoke()
        self.assertDenied(delegation.unlink)

    def test_the_head_mends_or_drops_a_draft(self):
        draft = self.drafted()
        draft.date_to = "2026-08-31"
        self.assertEqual(draft.date_to, date(2026, 8, 31))
        with self.assertRaises(AccessError):
            draft.with_user(self.justice_head).write({"date_to": TODAY})
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_a_draft_is_not_made_somebody_elses(self):
        draft = self.drafted()
        for values in (
            {"unit_id": self.justice.id},
            {"delegator_id": self.justice_head.id},
        ):
            with self.subTest(values):
                self.assertDenied(draft.write, values)

    def test_whom_it_concerns_reads_it(self):
        delegation = self.ours()
        for user in (
            self.culture_head,
            self.culture_deputy,
            self.culture_clerk,
            self.culture_account,
            self.chairman,
            self.chief,
        ):
            with self.subTest(user.login):
                self.assertCanRead(user, delegation)
        for user in (
            self.culture_one,
            self.vice_economy,
            self.justice_head,
            self.justice_clerk,
            self.commune_head,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertCannotRead(user, delegation)

    def test_the_screen_offers_what_the_act_allows(self):
        draft = self.drafted(date_from="2026-09-07", date_to="2026-09-08")
        active = self.ours()
        spec = {"can_activate": {}, "can_revoke": {}}
        for user, record, expected in (
            (self.culture_head, draft, (True, True)),
            (self.culture_head, active, (False, True)),
            (self.culture_deputy, active, (False, False)),
        ):
            with self.subTest(user.login, state=record.state):
                row = call_kw(
                    self.env["qlvb.delegation"].with_user(user),
                    "web_read",
                    [record.ids, spec],
                    {},
                )[0]
                self.assertEqual((row["can_activate"], row["can_revoke"]), expected)

    def test_the_form_proposes_the_deputies_of_the_unit(self):
        form = self.env["qlvb.delegation"].with_user(self.culture_head).new({})
        self.assertEqual(form.unit_id._origin, self.culture)
        self.assertEqual(form.deputy_ids._origin, self.culture_deputy)
