from contextlib import contextmanager

from odoo.exceptions import AccessDenied
from odoo.tools import config

from .common import OfficeCase

PASSWORD = "Sao-Vang-2026"
"""A password that keeps every rule, and names nobody."""


class SignInCase(OfficeCase):
    """The office, where people sign in with passwords as in earnest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["qlvb.sign.in.policy"]._set_up()
        # A demo's password does not grow old; an office's does.
        cls.set_param("password_security.expiration_days", 180)
        cls.set_param("password.hashing.rounds", 1)
        cls.person = cls.culture_one
        cls.person.password = PASSWORD

    @classmethod
    def set_param(cls, key, value):
        cls.env["ir.config_parameter"].set_param(key, value)

    @contextmanager
    def in_earnest(self):
        """Keep the rules for passwords, which tests are spared otherwise."""
        config["test_enable"] = False
        try:
            yield
        finally:
            config["test_enable"] = True

    def choose(self, user, old, new):
        with self.in_earnest():
            user.with_user(user)._choose_password(old, new)

    def sign_in(self, login, password, interactive=True):
        """Sign in as the log-in page (or a remote call) does."""
        return self.env["res.users"].authenticate(
            {"type": "password", "login": login, "password": password},
            {"interactive": interactive},
        )

    def assertSignsIn(self, user, password, **kwargs):
        answer = self.sign_in(user.login, password, **kwargs)
        self.assertEqual(answer["uid"], user.id)

    def assertNotSignedIn(self, login, password, words=None, **kwargs):
        """Check that signing in is denied; ``words`` are those of the answer.

        :return: what is said
        """
        # Not assertRaises: it would take back what the attempt left behind.
        try:
            self.sign_in(login, password, **kwargs)
        except AccessDenied as denied:
            said = str(denied)
        else:
            self.fail(f"{login} is signed in")
        if words:
            self.assertIn(words, said)
        return said

    def history(self, user):
        """Return what the person reads of their sign-ins, oldest first."""
        rows = self.env["qlvb.sign.in"].with_user(user).search([], order="id")
        return rows.mapped("outcome")
