from datetime import timedelta

from odoo import api, fields, models, tools

from ..lib.passwords import first_password

# Who signs, numbers or administers proves who they are twice.
_TWICE = (
    "qlvb_base.group_qlvb_leader",
    "qlvb_base.group_qlvb_chief",
    "qlvb_base.group_qlvb_clerk",
    "qlvb_base.group_qlvb_administrator",
    "base.group_system",
)


class ResUsers(models.Model):
    """What a person owes before they work, and the end of all access."""

    # One file each: one class of all of it would be far too long.
    # pylint: disable-next=consider-merging-classes-inherited
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
