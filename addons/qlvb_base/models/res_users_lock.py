from contextlib import contextmanager

from odoo import api, models, tools
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.tools import SQL

from ..lib.passwords import LONGEST

# What somebody could try until it is right; keys and passkeys cannot be guessed.
_GUESSED = {"password": "wrong", "totp": "code", "totp_mail": "code"}


class ResUsers(models.Model):
    """Signing in: counted, locked after too many tries, and the same for all logins.

    Who types a login that nobody has waits as long and reads the same as who types
    a wrong password; nobody learns here who works in the house.
    """

    # One file each: one class of all of it would be far too long.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.users"

    def _login(self, credential, user_agent_env):
        login = credential.setdefault("login", "")
        kind = credential.get("type")
        if kind not in ("password", "webauthn") or not isinstance(login, str):
            raise AccessDenied()
        self._nobodys_password()
        # Superuser: who signs in is nobody yet.
        known = self.sudo().search_count(self._get_login_domain(login), limit=1)
        if kind == "password" and not known:
            with self._counted(self.browse(), login, kind):
                self._spend_a_check(credential.get("password"))
                raise AccessDenied()
        auth_info = super()._login(credential, user_agent_env)
        user = self.browse(auth_info["uid"])
        if auth_info.get("mfa") == "skip" or not user._mfa_url():
            self.env["qlvb.sign.in"]._note("good", user)
        return auth_info

    def _check_credentials(self, credential, env):
        kind = credential.get("type")
        user = self.env.user
        interactive = (env or {}).get("interactive", True)
        if kind in _GUESSED:
            with self._counted(user, user.login, kind):
                self._before_a_guess(credential, interactive)
                try:
                    auth_info = super()._check_credentials(credential, env)
                except AccessDenied as refused:
                    if kind == "password":
                        if not user._has_password():
                            # Core compared with nothing at all, and answered sooner.
                            self._spend_a_check(credential["password"])
                        raise
                    raise AccessDenied(self._wrong_code_words()) from refused
        else:
            auth_info = super()._check_credentials(credential, env)
        if not interactive and user._owed_step():
            raise AccessDenied(self._owed_words(user._owed_step()))
        if kind in ("totp", "totp_mail") and not self._is_inside():
            self.env["qlvb.sign.in"]._note("good", user)
        return auth_info

    def _before_a_guess(self, credential, interactive):
        """Have a password or code checked with the same work, whoever's it is."""
        if credential["type"] != "password":
            return
        _refuse_oddities(credential.get("password"))
        # With a second factor a remote call needs a key; core tells it sooner.
        if not interactive and self.env.user._rpc_api_keys_only():
            self._spend_a_check(credential["password"])

    @api.model
    def _wrong_code_words(self):
        return self.env._(
            "The code is not right, or was used already. Wait for the next one in the "
            "app and enter it at once."
        )

    def _totp_rate_limit(self, limit_type):
        """Leave codes to the lock that counts passwords too; core's lasts an hour."""
        if limit_type != "code_check":
            return super()._totp_rate_limit(limit_type)
        return None

    def _check_uid_passwd(self, uid, passwd):
        """Refuse an account that is not there like a wrong password.

        :raises AccessDenied: in either case
        """
        if not self.sudo().search_count([("id", "=", uid)]):
            self._spend_a_check(passwd)
            raise AccessDenied()
        result = super()._check_uid_passwd(uid, passwd)
        # Core remembers a password that was right; what is owed comes with the days.
        account = self.browse(uid)
        if step := account._owed_step():
            raise AccessDenied(self._owed_words(step))
        return result

    # -- counting -------------------------------------------------------------

    @contextmanager
    def _counted(self, user, login, kind):
        """Let one attempt be made, unless the login is locked, and count it.

        Looked at again after an attempt that was right: of many at once, those
        that come after the last one allowed are too late.

        :param user: whose login it is; none for one that nobody has
        :param kind: what is tried, a key of ``_GUESSED``
        """
        failures = self.env["qlvb.sign.in.failure"]
        inside = self._is_inside()
        key = failures._key(login, inside)
        failures._refuse_if_locked(key)
        try:
            yield
        except AccessDenied:
            locked = failures._add(key)
            history = self.env["qlvb.sign.in"]
            history._note_apart(_GUESSED[kind], user)
            if locked:
                history._note_apart("locked", user)
                if user:
                    self.env["qlvb.journal"]._log_apart("sign_in_locked", user)
            raise
        failures._refuse_if_locked(key)
        # A right password alone does not wipe out wrong codes.
        if kind != "password" or not user._mfa_type():
            failures._forget([key])

    def _is_inside(self):
        """Tell whether it is asked of somebody who is signed in already."""
        return bool(request) and request.session.uid == self.env.uid

    # -- the same for all logins ----------------------------------------------

    def _has_password(self):
        """Tell whether the account has a password at all."""
        known = SQL("SELECT 1 FROM res_users WHERE id = %s AND password > ''", self.id)
        return bool(self.env.execute_query(known))

    @api.model
    def _spend_a_check(self, password):
        """Do the work of checking a password where there is none to check."""
        _refuse_oddities(password)
        self._crypt_context().verify(password, self._nobodys_password())

    @api.model
    @tools.ormcache(cache="stable")
    def _nobodys_password(self):
        """Return the hash of a password that nobody has, as costly as any."""
        return self._crypt_context().hash("nobody's")


def _refuse_oddities(password):
    """Refuse what the hashing library would fail upon, for known logins alone.

    :raises AccessDenied: always the same
    """
    if not isinstance(password, str) or not 0 < len(password) <= LONGEST:
        raise AccessDenied()
    if "\0" in password:
        raise AccessDenied()
