from datetime import timedelta
from hashlib import sha256

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.tools import SQL

from ..lib import clock

_KEPT = timedelta(days=1)


class QlvbSignInFailure(models.Model):
    """Wrong passwords and codes of late, by which a login is locked for a while.

    In the database and on a cursor of its own: it holds in every worker, after
    every restart, and though the attempt itself is rolled back.  Kept by a key made
    of what was typed, so that a login that nobody has locks like any other.  Rows
    are only added, so that attempts at once do not wait for each other.
    """

    _name = "qlvb.sign.in.failure"
    _description = "Failed Attempt to Sign in"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    _key_index = models.Index("(key, date)")

    @api.model
    def _key(self, login, inside=False):
        """Return the key under which attempts are counted.

        :param login: what was typed, or the account's
        :param inside: whether asked of somebody who is signed in already; counted
            apart, so that no stranger locks people out of their running work
        """
        return sha256(f"{'in' if inside else 'out'}:{login}".encode()).hexdigest()

    @api.model
    def _refuse_if_locked(self, key):
        """Let nobody pass while a key is locked, whatever the password.

        :raises AccessDenied: saying so, and for how long
        """
        if until := self._locked_until(key):
            left = until - clock.now()
            raise AccessDenied(
                self.env._(
                    "Wrong too often: this login is locked for a while. Try again in "
                    "%(minutes)s minutes, or ask the Office for a new password.",
                    minutes=max(1, round(left.total_seconds() / 60)),
                )
            )

    @api.model
    def _locked_until(self, key):
        """Return until when a key is locked, or ``None``."""
        policy = self.env["qlvb.sign.in.policy"]._values()
        lock = timedelta(minutes=policy["lock_minutes"])
        window = timedelta(minutes=policy["window_minutes"])
        with self.env["qlvb.journal"]._own_cursor() as cr:
            dates = [
                date
                for (date,) in self._execute(
                    cr,
                    SQL(
                        """SELECT date FROM qlvb_sign_in_failure
                           WHERE key = %s AND date > %s
                           ORDER BY date DESC LIMIT %s""",
                        key,
                        clock.now() - lock - window,
                        policy["failures"],
                    ),
                )
            ]
        if len(dates) < policy["failures"] or dates[0] - dates[-1] > window:
            return None
        until = dates[0] + lock
        return until if until > clock.now() else None

    @api.model
    def _add(self, key):
        """Count a failed attempt.

        :return: whether the key is locked from now on
        """
        with self.env["qlvb.journal"]._own_cursor() as cr:
            self._execute(
                cr,
                SQL(
                    "INSERT INTO qlvb_sign_in_failure (key, date) VALUES (%s, %s)",
                    key,
                    clock.now(),
                ),
            )
        return bool(self._locked_until(key))

    @api.model
    def _forget(self, keys):
        """Count anew: who they are has been proved, or a new password was given."""
        try:
            with self.env["qlvb.journal"]._own_cursor() as cr:
                self._execute(
                    cr,
                    SQL(
                        "DELETE FROM qlvb_sign_in_failure WHERE key IN %s", tuple(keys)
                    ),
                )
        except SerializationFailure:
            # Somebody proves the same at this moment, and forgets the same rows.
            return

    @staticmethod
    def _execute(cr, query):
        cr.execute(query)
        return cr.fetchall() if cr.description else []

    @api.autovacuum
    def _gc_failures(self):
        """Drop what locks nobody any more."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM qlvb_sign_in_failure WHERE date < %s",
                clock.now() - _KEPT,
            )
        )
