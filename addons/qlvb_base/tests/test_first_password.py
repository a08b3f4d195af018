from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.tests import tagged

from .sign_in_case import PASSWORD, SignInCase

NEXT = "Trang-Ram-2027"


@tagged("post_install", "-at_install", "qlvb")
class TestFirstPassword(SignInCase):
    """From the first password to one's own, and to the next (Article 10.2)."""

    def test_person_puts_a_password_of_their_own_in_the_place_of_the_first(self):
        first = self.person._give_first_password()
        self.assertEqual(self.person._owed_step(), "password")
        self.assertNotSignedIn(self.person.login, PASSWORD)
        self.choose(self.person, first, NEXT)
        self.assertIsNone(self.person._owed_step())
        self.assertSignsIn(self.person, NEXT)
        self.assertNotSignedIn(self.person.login, first)
        self.assertJournal("first_password_given", self.person, self.env.user)
        self.assertJournal("password_changed", self.person, self.person)

    def test_first_password_opens_nothing_over_remote_calls(self):
        first = self.person._give_first_password()
        self.assertNotSignedIn(
            self.person.login, first, "password of your own", interactive=False
        )
        self.choose(self.person, first, NEXT)
        self.assertSignsIn(self.person, NEXT, interactive=False)

    def test_weak_password_is_refused_with_all_that_is_wrong(self):
        with self.assertRaises(ValidationError) as caught:
            self.choose(self.person, PASSWORD, "culture")
        message = str(caught.exception)
        for word in ("10 characters", "capital", "digits", "other", "login or name"):
            self.assertIn(word, message)
        self.assertNotIn("small letters", message)
        self.assertSignsIn(self.person, PASSWORD)

    def test_earlier_passwords_are_not_taken_again(self):
        self.choose(self.person, PASSWORD, NEXT)
        with self.assertRaisesRegex(UserError, "had this password before"):
            self.choose(self.person, NEXT, PASSWORD)
        with self.assertRaisesRegex(UserError, "is the present one"):
            self.choose(self.person, NEXT, NEXT)
        self.set_param("password_security.history", 1)
        self.env.invalidate_all()
        self.choose(self.person, NEXT, PASSWORD)

    def test_nobody_reads_what_is_kept_of_earlier_passwords(self):
        for user in (self.person, self.administrator, self.env.ref("base.user_admin")):
            rows = self.env["res.users.pass.history"].with_user(user)
            with self.subTest(user.login):
                self.assertDenied(rows.search_read, [], ["password_crypt"])
                self.assertDenied(
                    rows.create, {"user_id": user.id, "password_crypt": "x"}
                )

    def test_nobody_changes_a_password_without_knowing_it(self):
        with self.assertRaises(AccessDenied):
            self.choose(self.person, NEXT, "Mua-Xuan-2028")
        self.assertSignsIn(self.person, PASSWORD)

    def test_password_is_due_after_the_days_of_the_policy(self):
        changed = fields.Datetime.now() - timedelta(days=181)
        self.person.sudo().password_write_date = changed
        self.assertEqual(self.person._owed_step(), "password")
        self.set_param("password_security.expiration_days", 365)
        self.assertIsNone(self.person._owed_step())
        self.set_param("password_security.expiration_days", 0)
        self.assertIsNone(self.person._owed_step())
        self.set_param("password_security.expiration_days", 180)
        self.choose(self.person, PASSWORD, NEXT)
        self.assertIsNone(self.person._owed_step())

    def test_old_password_of_the_public_visitor_shuts_nobody_out(self):
        public = self.env.ref("base.public_user")
        public.password_write_date = fields.Datetime.now() - timedelta(days=999)
        self.assertIsNone(public._owed_step())

    def test_password_that_an_administrator_gives_is_a_first_one(self):
        admin = self.env.ref("base.user_admin")
        posts = self.registry["qlvb.position"]
        # Only in an empty house does anybody give passwords by hand.
        with patch.object(posts, "_is_house_set_up", lambda post: False):
            self.outsider.with_user(admin)._change_password(NEXT)
        self.assertEqual(self.outsider._owed_step(), "password")

    def test_password_over_the_preferences_is_the_persons_own(self):
        wizard = self.env["change.password.own"].with_user(self.person)
        wizard.env.user._change_password(NEXT)
        self.assertIsNone(self.person._owed_step())
        self.assertJournal("password_changed", self.person, self.person)


@tagged("post_install", "-at_install", "qlvb")
class TestEndOfAccess(SignInCase):
    """A new first password, or the end of a post: every door is shut at once."""

    def setUp(self):
        super().setUp()
        env = self.env(user=self.person)
        later = fields.Datetime.now() + timedelta(hours=1)
        keys = env["res.users.apikeys"].sudo()
        self.key = keys._generate("rpc", "script", later)
        devices = env["auth_totp.device"].sudo()
        self.device = devices._generate("browser", "home", later)
        env["auth.passkey.key"].sudo().create(
            {"name": "phone", "credential_identifier": "x", "public_key": "y"}
        )
        self.token = self.person._compute_session_token("s" * 84)

    def assertOpen(self, is_open):
        self.env.flush_all()
        self.env.invalidate_all()
        keys = self.env["res.users.apikeys"]
        owner = keys._check_credentials(scope="rpc", key=self.key)
        self.assertEqual(bool(owner), is_open, "the API key")
        devices = self.env["auth_totp.device"]
        owner = devices._check_credentials(scope="browser", key=self.device)
        self.assertEqual(bool(owner), is_open, "the trusted device")
        self.assertEqual(bool(self.person.sudo().auth_passkey_key_ids), is_open)
        token = self.person._compute_session_token("s" * 84)
        self.assertEqual(token == self.token, is_open, "the session")

    def test_end_of_access_ends_sessions_keys_and_devices(self):
        self.assertOpen(True)
        self.culture_two._end_access()
        self.assertOpen(True)
        self.person._end_access()
        self.assertOpen(False)
        self.assertEqual(self.history(self.person)[-1], "ended")
        self.assertSignsIn(self.person, PASSWORD)

    def test_first_password_ends_them_too_and_the_second_factor(self):
        self.person.sudo().totp_secret = "GEZDGNBVGY3TQOJQ"
        self.token = self.person._compute_session_token("s" * 84)
        self.assertOpen(True)
        self.person._give_first_password()
        self.assertOpen(False)
        self.assertFalse(self.person.totp_enabled)

    def test_end_of_access_twice_in_a_moment_ends_what_came_between(self):
        self.person._end_access()
        between = self.person._compute_session_token("s" * 84)
        self.person._end_access()
        self.assertNotEqual(self.person._compute_session_token("s" * 84), between)

    def test_no_mail_leaves_the_house_for_it(self):
        before = self.env["mail.mail"].search_count([])
        self.person._give_first_password()
        self.choose(self.culture_two, *self._given(self.culture_two))
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def _given(self, user):
        return user._give_first_password(), NEXT
