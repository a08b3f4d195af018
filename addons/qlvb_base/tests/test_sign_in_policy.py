from odoo.exceptions import AccessError
from odoo.tests import tagged

from .sign_in_case import SignInCase


@tagged("post_install", "-at_install", "qlvb")
class TestSignInPolicy(SignInCase):
    """The settings of signing in: who changes them, and what they may be."""

    def sheet(self, user, **changes):
        """Open the sheet as ``user`` and fill in changes."""
        return self.env["qlvb.sign.in.policy"].with_user(user).create(changes)

    def test_a_setting_that_was_never_stored_counts_as_its_standard(self):
        """A database of an earlier version has none of them stored."""
        self.env["ir.config_parameter"].search(
            [("key", "=like", "qlvb_base.sign_in%")]
        ).unlink()
        values = self.env["qlvb.sign.in.policy"]._values()
        self.assertEqual((values["failures"], values["lock_minutes"]), (5, 15))

    def test_administrator_changes_them_and_it_is_journalled(self):
        self.sheet(
            self.administrator,
            failures=3,
            lock_minutes=60,
            second_factor=True,
            inactivity_minutes=10,
        ).action_save()
        values = self.env["qlvb.sign.in.policy"]._values()
        self.assertEqual((values["failures"], values["lock_minutes"]), (3, 60))
        self.assertTrue(values["second_factor"])
        timeouts = self.person._get_lock_timeouts()
        self.assertEqual(timeouts["lock_timeout_inactivity"], [(600, False)])
        self.assertEqual(timeouts["lock_timeout"], [(12 * 3600, False)])
        row = self.journal("sign_in_policy_changed")
        self.assertEqual(row.user_id, self.administrator)
        self.assertEqual(row.data["failures"], "5 → 3")
        self.assertNotIn("history", row.data)

    def test_sheet_shows_what_is_in_force(self):
        sheet = self.sheet(self.administrator)
        self.assertEqual(sheet.min_length, 10)
        self.assertEqual(sheet.inactivity_minutes, 30)
        sheet.action_save()
        self.assertFalse(self.journal("sign_in_policy_changed"))

    def test_values_out_of_bounds_are_refused_together(self):
        sheet = self.sheet(self.administrator, min_length=1, failures=1000)
        self.assertRefused(["between 8 and 64", "between 3 and 20"], sheet.action_save)
        self.assertEqual(self.env["qlvb.sign.in.policy"]._values()["failures"], 5)

    def test_office_reads_them_and_changes_nothing(self):
        for user in (self.chief, self.clerk):
            with self.subTest(user.login):
                sheet = self.sheet(user, failures=3)
                self.assertFalse(sheet.can_save)
                self.assertDenied(sheet.action_save)

    def test_others_do_not_see_them(self):
        for user in (self.chairman, self.culture_head, self.person):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.sheet(user)

    def test_nobody_puts_somebody_elses_sheet_in_force(self):
        sheet = self.sheet(self.chief, failures=3)
        self.assertDenied(sheet.with_user(self.administrator).action_save)

    def test_what_an_office_chose_stays_at_the_next_set_up(self):
        self.sheet(self.administrator, failures=7, session_hours=8).action_save()
        self.env["qlvb.sign.in.policy"]._set_up()
        self.assertEqual(self.env["qlvb.sign.in.policy"]._values()["failures"], 7)
        self.assertEqual(
            self.env["qlvb.sign.in.policy"]._timeouts()["session_hours"], 8
        )


@tagged("post_install", "-at_install", "qlvb")
class TestSecondFactorPolicy(SignInCase):
    """Who proves twice who they are, where the office asks for it."""

    def test_who_signs_numbers_or_administers_sets_up_the_second_factor(self):
        admin = self.env.ref("base.user_admin")
        asked = (
            *(self.chairman, self.vice_culture, self.chief, self.clerk),
            *(self.culture_clerk, self.culture_account, self.administrator, admin),
        )
        free = (self.culture_one, self.culture_head, self.culture_deputy, self.outsider)
        for user in asked + free:
            self.assertIsNone(user._owed_step(), f"off: {user.login}")
        self.set_param("qlvb_base.second_factor", "on")
        for user in asked:
            self.assertEqual(user._owed_step(), "factor", user.login)
        for user in free:
            self.assertIsNone(user._owed_step(), user.login)

    def test_who_has_set_it_up_owes_nothing_and_who_takes_it_off_owes_it_again(self):
        self.set_param("qlvb_base.second_factor", "on")
        self.chief.sudo().totp_secret = "GEZDGNBVGY3TQOJQ"
        self.assertIsNone(self.chief._owed_step())
        self.chief.sudo().totp_secret = False
        self.assertEqual(self.chief._owed_step(), "factor")
        self.assertEqual(self.history(self.chief), ["factor", "factor_off"])

    def test_the_own_password_comes_first(self):
        self.set_param("qlvb_base.second_factor", "on")
        self.chief._give_first_password()
        self.assertEqual(self.chief._owed_step(), "password")

    def test_a_post_brings_it_and_its_end_takes_it(self):
        self.set_param("qlvb_base.second_factor", "on")
        self.assertIsNone(self.outsider._owed_step())
        self.give_post(self.outsider, self.culture, "clerk")
        self.assertEqual(self.outsider._owed_step(), "factor")

    def test_nothing_works_over_remote_calls_before_it_is_set_up(self):
        self.clerk.password = "Sao-Vang-2026"
        self.assertSignsIn(self.clerk, "Sao-Vang-2026", interactive=False)
        self.set_param("qlvb_base.second_factor", "on")
        self.assertNotSignedIn(
            self.clerk.login, "Sao-Vang-2026", "second factor", interactive=False
        )
