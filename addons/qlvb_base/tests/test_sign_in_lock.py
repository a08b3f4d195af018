from unittest.mock import patch

from odoo.exceptions import AccessDenied
from odoo.tests import tagged

from .sign_in_case import PASSWORD, SignInCase

LOCKED = "locked for a while"


@tagged("post_install", "-at_install", "qlvb")
class TestSignInLock(SignInCase):
    """Who guesses is locked out, whoever's login it is (Article 9.2)."""

    def guess(self, login, times):
        for _time in range(times):
            self.assertNotSignedIn(login, "wrong")

    def test_login_is_locked_after_the_fifth_wrong_password(self):
        self.guess(self.person.login, 4)
        self.assertSignsIn(self.person, PASSWORD)
        self.guess(self.person.login, 5)
        self.assertNotSignedIn(self.person.login, PASSWORD, LOCKED)
        self.assertNotSignedIn(self.person.login, PASSWORD, interactive=False)
        self.assertJournal("sign_in_locked", self.person, self.person)
        self.assertEqual(self.history(self.person)[-2:], ["wrong", "locked"])
        # Nobody else's.
        self.culture_two.password = PASSWORD
        self.assertSignsIn(self.culture_two, PASSWORD)

    def test_lock_ends_by_itself(self):
        with self.at(2026, 8, 26, 9, 0):
            self.guess(self.person.login, 5)
        with self.at(2026, 8, 26, 9, 14):
            self.assertNotSignedIn(self.person.login, PASSWORD, LOCKED)
        with self.at(2026, 8, 26, 9, 15):
            self.assertSignsIn(self.person, PASSWORD)

    def test_tries_while_locked_do_not_make_it_longer(self):
        with self.at(2026, 8, 26, 9, 0):
            self.guess(self.person.login, 5)
        with self.at(2026, 8, 26, 9, 10):
            self.guess(self.person.login, 5)
        with self.at(2026, 8, 26, 9, 15):
            self.assertSignsIn(self.person, PASSWORD)

    def test_mistakes_far_apart_lock_nobody(self):
        for minute in (0, 10, 20, 30, 40, 50):
            with self.at(2026, 8, 26, 9, minute):
                self.guess(self.person.login, 1)
        self.assertSignsIn(self.person, PASSWORD)

    def test_new_password_of_the_office_ends_the_lock(self):
        self.guess(self.person.login, 5)
        self.assertSignsIn(self.person, self.person._give_first_password())

    def test_login_that_nobody_has_answers_in_the_same_words(self):
        known, unknown, without = self.person.login, "khong.co", self.outsider.login
        for _time in range(7):
            self.assertEqual(
                self.assertNotSignedIn(known, "wrong"),
                self.assertNotSignedIn(unknown, "wrong"),
            )
            self.assertNotSignedIn(without, "wrong")
        self.assertEqual(
            self.assertNotSignedIn(known, "wrong"),
            self.assertNotSignedIn(without, "wrong"),
        )
        self.assertNotSignedIn(unknown, PASSWORD, LOCKED)

    def test_login_that_nobody_has_costs_the_same_work(self):
        away = self.culture_two
        away.password = PASSWORD
        away.active = False
        self.env.flush_all()
        logins = {
            "known": self.person.login,
            "nobody's": "khong.co",
            "without a password": self.outsider.login,
            "closed": away.login,
        }
        self.env["res.users"]._nobodys_password()
        for interactive in (True, False):
            for who, login in logins.items():
                with self.subTest(who, interactive=interactive):
                    self.assertEqual(self.checks(login, interactive), 1)

    def checks(self, login, interactive):
        """Return how many passwords are hashed and compared for one attempt."""
        context = type(self.env["res.users"]._crypt_context())
        real = context.verify_and_update
        done = []

        def count(crypt, password, hashed):
            if hashed:  # To compare with nothing costs nothing.
                done.append(hashed)
            return real(crypt, password, hashed)

        with (
            patch.object(context, "verify_and_update", count),
            patch.object(context, "verify", lambda *args: count(*args)[0]),
        ):
            self.assertNotSignedIn(login, "wrong", interactive=interactive)
        return len(done)

    def test_odd_log_ins_are_refused_like_wrong_ones(self):
        users = self.env["res.users"]
        for login in (self.person.login, "khong.co"):
            for odd in (
                {"type": "totp", "token": 123456},
                {"type": "password", "password": "x" * 5000},
                {"type": "password", "password": ["x"]},
                {"type": "password", "password": "a\0b"},
                {"type": "password", "password": ""},
                {"type": "password"},
                {},
            ):
                with (
                    self.subTest(login, **odd),
                    self.assertRaises(AccessDenied),
                ):
                    users.authenticate({"login": login, **odd}, {"interactive": True})
        for login in ([self.person.login], 7, None):
            with self.subTest(login), self.assertRaises(AccessDenied):
                self.sign_in(login, PASSWORD)

    def test_of_many_tries_at_once_those_after_the_last_are_too_late(self):
        failures = self.env["qlvb.sign.in.failure"]
        key = failures._key(self.person.login)
        real = type(self.env["res.users"])._before_a_guess

        def slow(users, credential, interactive):
            for _other in range(5):
                failures._add(key)
            return real(users, credential, interactive)

        with patch.object(type(self.env["res.users"]), "_before_a_guess", slow):
            self.assertNotSignedIn(self.person.login, PASSWORD, LOCKED)

    def test_codes_are_counted_too(self):
        self.person.sudo().totp_secret = "GEZDGNBVGY3TQOJQ"
        person = self.person.with_user(self.person)
        for _time in range(4):
            self.assertNoCode(person, "code is not right")
        # The right password, typed again, does not wipe out the wrong codes.
        self.assertSignsIn(self.person, PASSWORD)
        self.assertNoCode(person, "code is not right")
        self.assertNoCode(person, LOCKED)
        self.assertNotSignedIn(self.person.login, PASSWORD, LOCKED)
        self.assertEqual(self.history(self.person).count("code"), 5)

    def assertNoCode(self, person, words):
        try:
            person._check_credentials({"type": "totp", "token": 1}, {})
        except AccessDenied as denied:
            self.assertIn(words, str(denied))
        else:
            self.fail("a code that is not right passes")

    def test_account_that_is_not_there_is_refused_over_remote_calls(self):
        users = self.env["res.users"]
        for uid in (self.person.id, 2**31 - 1):
            with self.subTest(uid), self.assertRaises(AccessDenied):
                users._check_uid_passwd(uid, "wrong")


@tagged("post_install", "-at_install", "qlvb")
class TestSignInHistory(SignInCase):
    """Everybody reads when and from where their account was used, and nobody else."""

    def test_person_reads_their_own_and_nobody_elses(self):
        self.sign_in(self.person.login, PASSWORD)
        self.assertNotSignedIn(self.person.login, "wrong")
        self.assertEqual(self.history(self.person), ["good", "wrong"])
        for user in (self.culture_head, self.chief, self.chairman, self.administrator):
            with self.subTest(user.login):
                self.assertEqual(self.history(user), [])

    def test_nobody_writes_history(self):
        self.sign_in(self.person.login, PASSWORD)
        rows = self.env["qlvb.sign.in"].with_user(self.person)
        self.assertDenied(rows.search([]).write, {"outcome": "wrong"})
        self.assertDenied(rows.search([]).unlink)
        self.assertDenied(rows.create, {"outcome": "good", "user_id": self.person.id})
        failures = self.env["qlvb.sign.in.failure"].with_user(self.person)
        self.assertDenied(failures.search, [])

    def test_history_is_kept_for_the_months_decided(self):
        history = self.env["qlvb.sign.in"]
        with self.at(2025, 6, 1, 9):
            self.sign_in(self.person.login, PASSWORD)
        with self.at(2026, 7, 1, 9):
            self.sign_in(self.person.login, PASSWORD)
            self.assertNotSignedIn("khong.co", "wrong")
        with self.at(2026, 8, 1, 9):
            history._gc_sign_ins()
            self.env["qlvb.sign.in.failure"]._gc_failures()
        self.env.invalidate_all()
        self.assertEqual(self.history(self.person), ["good"])
        self.assertFalse(history.search_count([("user_id", "=", False)]))
