import secrets

from odoo import fields, models

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"


class ResUsers(models.Model):
    """The first password, and the end of all access."""

    _inherit = "res.users"

    must_change_password = fields.Boolean(readonly=True, copy=False)

    def _give_first_password(self):
        """Give the account a password of its first use alone, and end all access.

        Nothing works with it but to choose one's own (Article 10.2).

        :return: the password, in plain; it is kept nowhere
        """
        self.ensure_one()
        password = "{}{}-{}".format(
            secrets.choice(_CAPITALS),
            "".join(secrets.choice(_LETTERS) for _ in range(7)),
            "".join(secrets.choice(_DIGITS) for _ in range(4)),
        )
        account = self.sudo()
        account.write({"password": password, "must_change_password": True})
        account._end_access()
        return password

    def _end_access(self):
        """End every session, API key and trusted device of the accounts at once."""
