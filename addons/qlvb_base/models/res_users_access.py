import re
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.http import request
from odoo.tools import config

from ..lib.passwords import first_password, problems

# Who signs, numbers or administers proves who they are twice.
_TWICE = (
    "qlvb_base.group_qlvb_leader",
    "qlvb_base.group_qlvb_chief",
    "qlvb_base.group_qlvb_clerk",
    "qlvb_base.group_qlvb_administrator",
    "base.group_system",
)


class ResUsers(models.Model):
    """Passwords from the first to the next, and the end of all access.

    Rules and history are those of ``password_security``; what it would do over the
    sign-up page, which is closed, our own page does (see ``ir.http``).
    """

    _inherit = "res.users"

    must_change_password = fields.Boolean(readonly=True, copy=False)
    access_round = fields.Integer(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Counts how often all access was ended; every session knows its round",
    )

    def write(self, vals):
        result = super().write(vals)
        if "totp_secret" in vals:
            outcome = "factor" if vals["totp_secret"] else "factor_off"
            for user in self:
                self.env["qlvb.sign.in"]._note(outcome, user)
        return result

    def _get_session_token_fields(self):
        """A session of an earlier round is none any more."""
        return super()._get_session_token_fields() | {"access_round"}

    @api.model
    def _get_invalidation_fields(self):
        return super()._get_invalidation_fields() | {
            "must_change_password",
            "password_write_date",
        }

    # -- what a person owes before they work ----------------------------------

    def _owed_step(self):
        """Return what the person must do before anything else works.

        :return: ``password`` (choose one's own), ``factor`` (set up the second
            factor) or ``None``
        """
        self.ensure_one()
        first, changed, twice = self._sign_in_state()
        if first or self._is_overdue(changed):
            return "password"
        if twice and self.env["qlvb.sign.in.policy"]._values()["second_factor"]:
            return "factor"
        return None

    @api.model
    def _owed_words(self, step):
        """Return what is said to whoever calls anything before the step is done."""
        if step == "password":
            return self.env._(
                "Choose a password of your own first, on the log-in page. Until then "
                "nothing else works."
            )
        return self.env._(
            "Set up the second factor first, on the log-in page. Until then nothing "
            "else works."
        )

    @tools.ormcache("self.id")
    def _sign_in_state(self):
        """Return what the step owed depends on; asked at every request.

        :return: whether the password is a first one, since when it stands, whether
            the second factor is asked of the person and not set up
        """
        account = self.sudo()
        if not account._is_internal() or account._is_superuser():
            return account.must_change_password, None, False
        twice = any(account.has_group(group) for group in _TWICE)
        return (
            account.must_change_password,
            account.password_write_date,
            twice and not account.totp_enabled,
        )

    @api.model
    def _is_overdue(self, changed):
        """Tell whether a password that stands since ``changed`` is to be changed."""
        days = self.env["qlvb.sign.in.policy"]._values()["expiration_days"]
        if not days or not changed:
            return False
        return fields.Datetime.now() - changed > timedelta(days=days)

    def _password_has_expired(self):
        """Never, for ``password_security``: it would lead to the sign-up page."""
        return False

    # -- choosing a password --------------------------------------------------

    def _choose_password(self, old, new):
        """Let the person change their password; their other sessions end.

        :param old: the present one, a first one perhaps
        :param new: what they would like
        :raises AccessDenied: the present password is wrong
        :raises UserError: the new one is not good; names everything
        """
        self.ensure_one()
        credential = {"login": self.login, "password": old, "type": "password"}
        self._check_credentials(credential, {"interactive": True})
        if old == new:
            raise UserError(self.env._("The new password is the present one."))
        self.sudo().write({"password": new, "must_change_password": False})
        self._note_own_password()
        self._keep_session()

    def _change_password(self, new_passwd):
        """Note it where a person changes their own over the preferences."""
        result = super()._change_password(new_passwd)
        if self.id == self.env.uid:
            self._note_own_password()
        return result

    def _note_own_password(self):
        self.env["qlvb.sign.in"]._note("password", self)
        self.env["qlvb.journal"]._log("password_changed", self)

    def _keep_session(self):
        """Let the session go on in which the person changed their own account."""
        if request and request.session.uid == self.id:
            self.env.flush_all()
            self.env.registry.clear_cache()
            token = self._compute_session_token(request.session.sid)
            request.session.session_token = token

    def _set_password(self):
        super()._set_password()
        if not self.env.su:
            # Whoever gives a password to somebody else knows it.
            others = self - self.env.user
            others.sudo().must_change_password = True

    def _check_password_policy(self, passwords):
        """Say everything at once, before the addons say a part each.

        As ``password_security`` does, tests and files of data are let through.
        """
        if not (config["test_enable"] or self.env.context.get("install_mode")):
            for password in filter(None, passwords):
                self._check_password_rules(password)
        return super()._check_password_policy(passwords)

    def _check_password_rules(self, password):
        """Raise where a password breaks the rules, naming all that it breaks.

        In the place of ``password_security``'s check, which counts no further than
        one of a kind and answers with every rule there is.
        """
        self.ensure_one()
        policy = self.env["qlvb.sign.in.policy"]._password_policy()
        account = self.sudo()
        names = re.split(r"[\W_]+", f"{account.login} {account.name}")
        if found := problems(password, policy, names):
            told = self._password_words(policy)
            raise ValidationError("\n".join(told[code] for code in found))
        return True

    @api.model
    def _password_words(self, policy):
        """Return what is said of each rule, by its code."""
        return {
            "length": self.env._(
                "The password needs at least %(count)s characters.",
                count=policy.length,
            ),
            "lower": self.env._(
                "The password needs small letters (a to z), at least %(count)s.",
                count=policy.lower,
            ),
            "upper": self.env._(
                "The password needs capital letters (A to Z), at least %(count)s.",
                count=policy.upper,
            ),
            "digit": self.env._(
                "The password needs digits (0 to 9), at least %(count)s.",
                count=policy.digit,
            ),
            "special": self.env._(
                "The password needs other characters (- . , ! @ …), at least "
                "%(count)s.",
                count=policy.special,
            ),
            "name": self.env._(
                "The password holds your login or name, which everybody knows."
            ),
            "spaces": self.env._("The password begins or ends with a space."),
            "longest": self.env._("The password is too long."),
        }

    @api.model
    def _password_rules(self):
        """Return the rules as a person reads them before choosing."""
        policy = self.env["qlvb.sign.in.policy"]._password_policy()
        words = self._password_words(policy)
        kinds = [
            words[code]
            for code in ("lower", "upper", "digit", "special")
            if getattr(policy, code)
        ]
        history = self.env["qlvb.sign.in.policy"]._values()["history"]
        return [
            words["length"],
            *kinds,
            self.env._("It does not hold your login or name."),
            self.env._("It is none of your last %(count)s passwords.", count=history),
        ]

    def _check_password_history(self, password):
        try:
            return super()._check_password_history(password)
        except UserError as refused:
            history = self.env["qlvb.sign.in.policy"]._values()["history"]
            raise UserError(
                self.env._(
                    "You had this password before. Choose one that is none of your "
                    "last %(count)s.",
                    count=history,
                )
            ) from refused

    # -- given and ended by the system ----------------------------------------

    def _give_first_password(self):
        """Give the account a password of its first use alone, and end all access.

        Nothing works with it but to choose one's own (Article 10.2).  The second
        factor goes too: a new keeper, or a lost telephone, sets up a new one.

        :return: the password, in plain; it is kept nowhere
        """
        self.ensure_one()
        password = first_password()
        account = self.sudo()
        account.write({"password": password, "must_change_password": True})
        if account.totp_enabled:
            account.write({"totp_secret": False})
        account._end_access()
        self.env["qlvb.sign.in"]._note("first", self)
        self.env["qlvb.journal"]._log("first_password_given", self)
        failures = self.env["qlvb.sign.in.failure"]
        failures._forget([failures._key(account.login)])
        return password

    def _end_access(self):
        """End every session, API key, trusted device and passkey of the accounts.

        At once and in the caller's act: where that is rolled back, nothing ended.
        """
        for account in self.sudo():
            account.api_key_ids.unlink()
            account.totp_trusted_device_ids.unlink()
            account.auth_passkey_key_ids.unlink()
            account.access_round += 1
            logs = self.env["res.device.log"].sudo()
            logs.search(
                [("user_id", "=", account.id), ("revoked", "=", False)]
            ).revoked = True
            self.env["qlvb.sign.in"]._note("ended", account)
        self.env.flush_all()
        # Keys and passwords that were right are remembered by every worker.
        self.env.registry.clear_cache()

    def _notify_security_setting_update(
        self, subject, content, mail_values=None, **kwargs
    ):
        """Send no e-mail: what befell an account stands in its sign-in history."""
        return self.env["mail.mail"]
