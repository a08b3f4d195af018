from datetime import date

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import TODAY
from .test_delegation import DelegationCase


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
