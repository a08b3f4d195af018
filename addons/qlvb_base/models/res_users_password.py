import re

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.http import request
from odoo.tools import config

from ..lib.passwords import problems


class ResUsers(models.Model):
    """Passwords from the first to the next (Article 10.2).

    Rules and history are those of ``password_security``; what it would do over the
    sign-up page, which is closed, our own page does (see ``ir.http``).
    """

    # One file each: one class of all of it would be far too long.
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.users"

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

    def _set_encrypted_password(self, uid, pw):
        # Superuser: whoever changes a password reads no earlier one for it.
        return super(ResUsers, self.sudo())._set_encrypted_password(uid, pw)

    def _set_password(self):
        result = super()._set_password()
        if not self.env.su:
            # Whoever gives a password to somebody else knows it.
            others = self - self.env.user
            others.sudo().must_change_password = True
        return result

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
