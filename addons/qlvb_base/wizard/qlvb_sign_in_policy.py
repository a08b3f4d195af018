from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib.passwords import Policy

# Parameter, value for a new house, least and most that may be chosen.  Floors keep
# the office's safety from being switched off by whoever administers the system.
_SETTINGS = {
    "min_length": ("auth_password_policy.minlength", 10, 8, 64),
    "lower": ("password_security.lower", 1, 0, 5),
    "upper": ("password_security.upper", 1, 0, 5),
    "digit": ("password_security.numeric", 1, 0, 5),
    "special": ("password_security.special", 1, 0, 5),
    "history": ("password_security.history", 5, 1, 12),
    "expiration_days": ("password_security.expiration_days", 180, 0, 730),
    "failures": ("qlvb_base.sign_in_failures", 5, 3, 20),
    "window_minutes": ("qlvb_base.sign_in_window", 15, 1, 1440),
    "lock_minutes": ("qlvb_base.sign_in_lock", 15, 1, 1440),
    "history_months": ("qlvb_base.sign_in_history", 12, 1, 120),
}
_SECOND_FACTOR = "qlvb_base.second_factor"
_TIMEOUTS = {
    "inactivity_minutes": ("lock_timeout_inactivity", 30, 5, 480),
    "session_hours": ("lock_timeout", 12, 1, 24),
}
# What password_security sets when it is installed; an office's own choice stays.
_OF_THE_LIBRARY = {
    "auth_password_policy.minlength": ("8",),
    "password_security.expiration_days": ("60",),
    "password_security.history": ("30",),
}


class QlvbSignInPolicy(models.TransientModel):
    """How people sign in: passwords, lock-out, second factor, time-outs (Art. 9.2).

    A sheet on which the technical administrator reads and changes the settings of
    ``password_security``, ``auth_timeout`` and our own; each change is journalled.
    The Office, which manages the system, reads it.
    """

    _name = "qlvb.sign.in.policy"
    _description = "Sign-in and Security"

    min_length = fields.Integer("Characters of a password, at least", required=True)
    lower = fields.Integer("Small letters, at least", required=True)
    upper = fields.Integer("Capital letters, at least", required=True)
    digit = fields.Integer("Digits, at least", required=True)
    special = fields.Integer("Other characters, at least", required=True)
    history = fields.Integer("Earlier passwords not taken again", required=True)
    expiration_days = fields.Integer(
        "Days after which a password is changed", required=True, help="0: never"
    )
    failures = fields.Integer("Wrong attempts until the login is locked", required=True)
    window_minutes = fields.Integer("… within so many minutes", required=True)
    lock_minutes = fields.Integer("Minutes for which it is locked", required=True)
    history_months = fields.Integer(
        "Months for which sign-ins are kept for their person", required=True
    )
    second_factor = fields.Boolean(
        "Second factor for leaders, Chief of Office, clerks and administrators"
    )
    inactivity_minutes = fields.Integer(
        "Minutes without activity until the screen locks", required=True
    )
    session_hours = fields.Integer("Hours until one signs in anew", required=True)
    can_save = fields.Boolean(compute="_compute_can_save")

    @api.depends_context("uid")
    def _compute_can_save(self):
        self.can_save = self._may_change()

    @api.model
    def _may_change(self):
        """Tell whether the caller changes the settings: whoever administers."""
        return self.env.user.has_group(
            "qlvb_base.group_qlvb_administrator"
        ) or self.env.user.has_group("base.group_system")

    @api.model
    def _values(self):
        """Return every setting as it stands, by field."""
        # Superuser: everybody is subject to these, few may read parameters.
        parameter = self.env["ir.config_parameter"].sudo().get_param
        values = {
            # Whoever writes the parameter itself does not get past the bounds.
            name: min(max(_whole(parameter(key), default), least), most)
            for name, (key, default, least, most) in _SETTINGS.items()
        }
        values["second_factor"] = parameter(_SECOND_FACTOR) == "on"
        return values

    @api.model
    def _timeouts(self):
        """Return when screens lock and sessions end, by field."""
        everybody = self._everybody()
        return {
            "inactivity_minutes": everybody.lock_timeout_inactivity,
            "session_hours": round(everybody.lock_timeout / 60),
        }

    @api.model
    def _everybody(self):
        """Return the group of all who work here, on which time-outs are set."""
        return self.env.ref("base.group_user").sudo()

    @api.model
    def _password_policy(self):
        """Return what a password needs, for the pure check."""
        values = self._values()
        names = ("min_length", "lower", "upper", "digit", "special")
        return Policy(*(values[name] for name in names))

    @api.model
    def default_get(self, fields):
        values = {**self._values(), **self._timeouts()}
        values["can_save"] = self._may_change()
        wanted = {name: values[name] for name in fields if name in values}
        return super().default_get(fields) | wanted

    def action_save(self):
        """Put the settings on this sheet in force for everybody, from now on.

        :raises AccessError: the caller does not administer the system
        :raises UserError: naming every value outside its bounds
        """
        self.ensure_one()
        if not self._may_change():
            raise AccessError(
                self.env._("Only the technical administrator changes these settings.")
            )
        self.check_access("read")
        if problems := self._problems():
            raise UserError("\n".join(problems))
        before = {**self._values(), **self._timeouts()}
        after = {name: self[name] for name in before}
        changed = {
            name: f"{before[name]} → {after[name]}"
            for name in before
            if before[name] != after[name]
        }
        if changed:
            self._store(after)
            self.env["qlvb.journal"]._log("sign_in_policy_changed", data=changed)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The settings hold for everybody from now on."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _problems(self):
        """Return every value outside its bounds, in words."""
        bounds = {**_SETTINGS, **_TIMEOUTS}
        return [
            self.env._(
                "“%(setting)s” must be between %(least)s and %(most)s.",
                setting=self._fields[name]._description_string(self.env),
                least=least,
                most=most,
            )
            for name, (_key, _default, least, most) in bounds.items()
            if not least <= self[name] <= most
        ]

    @api.model
    def _store(self, values):
        """Write settings where the addons that obey them look."""
        parameters = self.env["ir.config_parameter"].sudo()
        for name, (key, *_bounds) in _SETTINGS.items():
            parameters.set_param(key, str(values[name]))
        parameters.set_param(_SECOND_FACTOR, "on" if values["second_factor"] else "off")
        self._everybody().write(
            {
                "lock_timeout_inactivity": values["inactivity_minutes"],
                "lock_timeout": values["session_hours"] * 60,
                "lock_timeout_mfa": False,
                "lock_timeout_inactivity_mfa": False,
            }
        )

    @api.model
    def _labels(self):
        """Return the label of every setting, for the journal."""
        return {
            name: self._fields[name]._description_string(self.env)
            for name in (*_SETTINGS, "second_factor", *_TIMEOUTS)
        }

    @api.model
    def _set_up(self):
        """Give a house the settings it begins with; what an office chose stays."""
        parameters = self.env["ir.config_parameter"].sudo()
        for key, default, _least, _most in _SETTINGS.values():
            known = parameters.get_param(key)
            if not known or known in _OF_THE_LIBRARY.get(key, ()):
                parameters.set_param(key, str(default))
        if not parameters.get_param(_SECOND_FACTOR):
            parameters.set_param(_SECOND_FACTOR, "off")
        # Core's own cool-down counts by address, in one worker: behind one address
        # stands the whole office. It stays as a brake on floods alone.
        parameters.set_param("base.login_cooldown_after", "50")
        everybody = self._everybody()
        for name, (field, default, _least, _most) in _TIMEOUTS.items():
            if not everybody[field]:
                everybody[field] = default * (60 if name == "session_hours" else 1)


def _whole(text, default):
    """Return a parameter's number; what is missing or no number is the default.

    >>> _whole("0", 5), _whole(False, 5), _whole("five", 5)
    (0, 5, 5)
    """
    try:
        return int(text or default)
    except ValueError:
        return default
