from datetime import date, datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..lib import clock
from ..lib.principals import HANDLING, HANDLING_DOSSIERS, principal
from .test_delegation import DelegationCase


def _moment(*wall):
    return clock.to_utc(datetime(*wall))


@tagged("post_install", "-at_install", "qlvb")
class TestNoHoles(DelegationCase):
    """A delegation is refused to whom it would not help, and never in a circle."""

    def notices(self, user):
        """Return the texts in a person's inbox, newest first."""
        told = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("notification_type", "=", "inbox"),
            ]
        )
        return told.mail_message_id.sorted("id", reverse=True)

    def test_a_deputy_who_is_away_too_is_refused(self):
        self.absent(self.culture_deputy, date_from="2026-08-28", date_to="2026-08-31")
        draft = self.drafted(date_from="2026-08-27", date_to="2026-08-28")
        self.assertIn("is away as well", draft.hint)
        self.assertRefused(
            [self.culture_deputy.name, "is away as well", "another deputy"],
            draft.action_activate,
        )
        self.assertState(draft, "draft")
        # Up to the half-day before the deputy leaves it stands.
        draft.write({"date_to": "2026-08-27"})
        self.assertFalse(draft.hint)
        draft.action_activate()
        self.assertState(draft, "active")

    def test_a_cancelled_absence_hinders_nothing(self):
        self.absent(
            self.culture_deputy, date_from="2026-08-27", date_to="2026-08-27"
        ).action_cancel()
        self.drafted(date_from="2026-08-27", date_to="2026-08-27").action_activate()

    def test_nobody_delegates_in_a_circle(self):
        """Two who are each other's deputies in two units."""
        self.give_post(self.culture_deputy, self.office, "specialist")
        self.give_post(self.culture_head, self.justice, "deputy")
        self.end_post(self.justice_head, self.justice, "2026-08-25")
        self.give_post(self.culture_deputy, self.justice, "head", "2026-08-26")
        self.delegate(
            self.culture_deputy,
            self.culture_head,
            self.justice,
            date_from="2026-08-28",
            date_to="2026-08-31",
        )
        back = self.drafted(date_from="2026-08-27", date_to="2026-08-28")
        self.assertRefused(
            ["circle", self.culture_deputy.name, self.justice.name],
            back.action_activate,
        )
        back.write({"date_to": "2026-08-27"})
        back.action_activate()
        self.assertState(back, "active")

    def test_days_that_cannot_be_are_refused(self):
        for days in (("2026-08-26", "9999-12-31"), ("1026-08-26", "2026-08-26")):
            with self.subTest(days), self.assertRaises(ValidationError):
                self.drafted(date_from=days[0], date_to=days[1])

    # -- shortened ------------------------------------------------------------

    def test_the_head_is_back_earlier(self):
        delegation = self.ours(date_to="2026-08-31")
        delegation.action_shorten("2026-08-27", "morning")
        self.assertEqual(delegation.date_to, date(2026, 8, 27))
        self.assertEqual(delegation.to_half, "morning")
        self.assertJournal("delegation_shortened", delegation, self.culture_head)
        for moment, expected in {
            (2026, 8, 27, 11, 59): True,
            (2026, 8, 27, 12, 0): False,
        }.items():
            with self.subTest(moment), self.at(*moment):
                self.assertInForce(delegation, expected)

    def test_it_is_never_made_longer_nor_ended_in_the_past(self):
        delegation = self.ours(date_from="2026-08-26", date_to="2026-08-28")
        for day, half, words in (
            ("2026-08-28", "afternoon", "never longer"),
            ("2026-09-01", "afternoon", "never longer"),
            ("2026-08-25", "afternoon", "begins on"),
            ("2026-08-26", "evening", "no such day"),
            ("nonsense", "morning", "no such day"),
            (None, "morning", "no such day"),
            ({"a": 1}, "morning", "no such day"),
        ):
            with self.subTest(day=day, half=half):
                self.assertRefused(words, delegation.action_shorten, day, half)
        with self.at(2026, 8, 27, 14):
            self.assertRefused(
                "is over", delegation.action_shorten, "2026-08-27", "morning"
            )
        self.assertEqual(delegation.date_to, date(2026, 8, 28))

    def test_nobody_else_shortens_it(self):
        delegation = self.ours(date_to="2026-08-31")
        for user in (
            self.culture_deputy,
            self.culture_clerk,
            self.chief,
            self.chairman,
        ):
            with self.subTest(user.login):
                self.assertDenied(
                    delegation.with_user(user).action_shorten, "2026-08-27", "morning"
                )

    def test_the_moments_are_nobodys_to_write(self):
        delegation = self.ours()
        draft = self.drafted(date_from="2026-09-07", date_to="2026-09-08")
        for record in (delegation, draft):
            for name in ("begins_at", "ends_at"):
                with self.subTest(name), self.assertRaises(AccessError):
                    record.write({name: "2020-01-01 00:00:00"})
        with self.assertRaises(AccessError):
            self.drafted(begins_at="2020-01-01 00:00:00", ends_at="2030-01-01 00:00:00")

    # -- narrowed -------------------------------------------------------------

    def test_it_may_confer_less(self):
        delegation = self.ours(gives_forward=False, gives_return=False)
        deputy = self.env["qlvb.delegation"].with_user(self.culture_deputy)
        self.assertTrue(deputy._gives(self.culture, "handle"))
        self.assertTrue(deputy._gives(self.culture, "urge"))
        self.assertFalse(deputy._gives(self.culture, "forward"))
        self.assertFalse(deputy._gives(self.justice, "handle"))
        self.assertEqual(
            delegation.scope_text,
            "Receive, handle and finish, Urge · Documents and dossiers",
        )

    def test_it_confers_something(self):
        with self.assertRaises(ValidationError):
            self.drafted(
                gives_handle=False,
                gives_forward=False,
                gives_return=False,
                gives_urge=False,
            )

    def test_sight_is_narrowed_along(self):
        for subject, seen in (
            ("all", {HANDLING, HANDLING_DOSSIERS}),
            ("document", {HANDLING}),
            ("dossier", {HANDLING_DOSSIERS}),
        ):
            with self.subTest(subject):
                delegation = self.ours(subject=subject)
                mine = set(
                    self.env["qlvb.membership"]
                    .with_user(self.culture_deputy)
                    ._principals()
                )
                for kind in (HANDLING, HANDLING_DOSSIERS):
                    self.assertEqual(
                        principal(kind, self.culture.id) in mine, kind in seen
                    )
                delegation.action_revoke()

    def test_a_scope_is_not_rewritten_while_it_runs(self):
        delegation = self.ours(gives_forward=False)
        with self.assertRaises(AccessError):
            delegation.write({"gives_forward": True})
        with self.assertRaises(AccessError):
            delegation.with_user(self.culture_deputy).write({"gives_forward": True})

    # -- history --------------------------------------------------------------

    def could_act(self, *wall):
        found = self.env["qlvb.delegation"]._in_force(self.culture, _moment(*wall))
        return found.delegate_id

    def test_history_tells_who_could_act(self):
        delegation = self.ours(date_to="2026-08-28")
        with self.at(2026, 8, 27, 9, 40):
            delegation.action_revoke()
        deputy = self.culture_deputy
        for moment, expected in {
            # Put in force at nine: before that nobody could.
            (2026, 8, 26, 8, 59): deputy.browse(),
            (2026, 8, 26, 9, 0): deputy,
            (2026, 8, 27, 9, 39): deputy,
            (2026, 8, 27, 9, 40): deputy.browse(),
            (2026, 8, 28, 10, 0): deputy.browse(),
        }.items():
            with self.subTest(moment):
                self.assertEqual(self.could_act(*moment), expected)

    def test_what_was_revoked_before_it_began_never_held(self):
        delegation = self.ours(date_from="2026-08-28", date_to="2026-08-31")
        delegation.action_revoke()
        for day in (26, 28, 31):
            self.assertFalse(self.could_act(2026, 8, day, 10))
        self.assertFalse(
            self.env["qlvb.delegation"]._in_force(
                self.culture, _moment(2026, 8, 26), _moment(2026, 9, 5)
            )
        )

    def test_a_dropped_draft_never_held(self):
        draft = self.drafted()
        draft.action_revoke()
        self.assertFalse(draft.begins_at)
        self.assertFalse(self.could_act(2026, 8, 26, 10))

    def test_a_post_that_ends_ends_it_and_the_record_says_when(self):
        delegation = self.ours(date_to="2026-08-31")
        with self.at(2026, 8, 27, 10):
            self.end_post(self.culture_deputy, self.culture, "2026-08-26")
            self.assertState(delegation, "ended")
            self.assertJournal("delegation_ended", delegation, self.env.user)
        # The decision reached back; the power was there until it was entered.
        self.assertTrue(self.could_act(2026, 8, 27, 9, 59))
        self.assertFalse(self.could_act(2026, 8, 27, 10, 0))

    def test_one_asks_for_a_day(self):
        delegation = self.ours(date_from="2026-08-27", date_to="2026-08-27")
        wizard = self.env["qlvb.acting.wizard"]
        for user, found in (
            (self.culture_head, delegation),
            (self.culture_deputy, delegation),
            (self.chief, delegation),
            (self.justice_head, delegation.browse()),
        ):
            with self.subTest(user.login):
                asked = wizard.with_user(user).create({"date": "2026-08-27"})
                self.assertEqual(asked.delegation_ids, found)
                asked = wizard.with_user(user).create({"date": "2026-08-28"})
                self.assertFalse(asked.delegation_ids)

    # -- told -----------------------------------------------------------------

    def test_both_are_told(self):
        delegation = self.ours(date_to="2026-08-28", to_half="morning")
        told = self.notices(self.culture_deputy)
        self.assertEqual(len(told), 1)
        self.assertIn(self.culture_head.name, told.body)
        self.assertFalse(self.notices(self.culture_head))
        with self.at(2026, 8, 28, 12, 0):
            self.env["qlvb.delegation"]._cron_end()
            self.env["qlvb.delegation"]._cron_end()
            self.assertEqual(len(self.notices(self.culture_head)), 1)
            self.assertEqual(len(self.notices(self.culture_deputy)), 2)
        self.assertFalse(self.env["mail.mail"].search_count([]))
        self.assertState(delegation, "ended")

    def test_what_lost_its_force_is_told_in_words(self):
        delegation = self.ours()
        words = self.env["qlvb.delegation"].with_user(self.culture_deputy)
        self.assertFalse(words._why_no_more())
        delegation.action_revoke()
        self.assertIn(self.culture_head.name, words._why_no_more())
        self.assertIn("revoked", words._why_no_more())
        with self.at(2026, 8, 29, 9):
            self.assertFalse(words._why_no_more())


@tagged("post_install", "-at_install", "qlvb")
class TestDeeds(DelegationCase):
    """The delegator sees what was done in their name, and others do not."""

    def setUp(self):
        super().setUp()
        self.delegation = self.ours()
        self.row = (
            self.env["qlvb.journal"]
            .with_user(self.culture_deputy)
            ._log(
                "opened",
                self.culture,
                on_behalf_of=self.culture_head,
                unit=self.culture,
            )
        )

    def test_the_delegator_reads_what_was_done(self):
        delegation = self.delegation.with_user(self.culture_head)
        self.assertEqual(delegation.deed_count, 1)
        action = delegation.action_open_deeds()
        journal = self.env["qlvb.journal"].with_user(self.culture_head)
        self.assertEqual(journal.search(action["domain"]), self.row)

    def test_others_read_nothing_of_it(self):
        journal = self.env["qlvb.journal"].with_user(self.culture_clerk)
        domain = self.delegation._deeds_domain()
        self.assertFalse(journal.search(domain))
        self.assertFalse(
            self.delegation.with_user(self.culture_clerk).deed_count, "a mere count"
        )

    def test_a_draft_has_none(self):
        draft = self.drafted(date_from="2026-09-07", date_to="2026-09-08")
        self.assertEqual(draft.deed_count, 0)
        self.assertDenied(draft.action_open_deeds)

    def test_it_is_told_in_one_message(self):
        self.delegation.action_revoke()
        told = self.env["mail.message"].search(
            [
                ("model", "=", "qlvb.delegation"),
                ("res_id", "=", self.delegation.id),
                ("partner_ids", "in", self.culture_head.partner_id.ids),
            ]
        )
        self.assertEqual(len(told), 1)
        self.assertRegex(told.body, r": 1[.]")
