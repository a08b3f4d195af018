from datetime import timedelta

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

from ..lib import clock


class QlvbSignIn(models.Model):
    """What befell an account: signed in, refused, a new password (Art. 9.2, 10.2).

    Read by the person whose account it is, and by nobody else.
    """

    _name = "qlvb.sign.in"
    _description = "Sign-in"
    _log_access = False
    _order = "date desc, id desc"
    _rec_name = "date"

    user_id = fields.Many2one("res.users", "Account", readonly=True)
    date = fields.Datetime("Moment", required=True, readonly=True)
    address = fields.Char("From address", readonly=True)
    device = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("good", "Signed in"),
            ("wrong", "Wrong password"),
            ("code", "Wrong code"),
            ("locked", "Locked for a while: wrong too often"),
            ("first", "First password given"),
            ("password", "Password changed"),
            ("factor", "Second factor set up"),
            ("factor_off", "Second factor taken off"),
            ("ended", "All access ended"),
        ],
        required=True,
        readonly=True,
    )

    _user_index = models.Index("(user_id, date DESC)")

    @api.model
    def _note(self, outcome, user):
        """Note what befell an account, within the act itself.

        :param user: ``res.users``; none for a login that nobody has
        """
        self._insert(self.env.cr, outcome, user)

    @api.model
    def _note_apart(self, outcome, user):
        """Note it on a cursor of its own: the attempt is rolled back."""
        with self.env["qlvb.journal"]._own_cursor() as cr:
            self._insert(cr, outcome, user)

    @api.model
    def _insert(self, cr, outcome, user):
        address, device = self._where_from()
        # The account is looked up: on a cursor of its own it may not be there yet.
        cr.execute(
            SQL(
                """INSERT INTO qlvb_sign_in (user_id, date, address, device, outcome)
                   VALUES ((SELECT id FROM res_users WHERE id = %s), %s, %s, %s, %s)""",
                user.id or None,
                clock.now(),
                address,
                device,
                outcome,
            )
        )

    @api.model
    def _where_from(self):
        """Return the address and device from which the present call comes."""
        if not request:
            return None, None
        agent = request.httprequest.user_agent
        names = [part.capitalize() for part in (agent.browser, agent.platform) if part]
        return request.httprequest.remote_addr, " · ".join(names) or None

    @api.autovacuum
    def _gc_sign_ins(self):
        """Keep the history for as long as was decided; of unknown logins for a day."""
        months = self.env["qlvb.sign.in.policy"]._values()["history_months"]
        self.env.cr.execute(
            SQL(
                """DELETE FROM qlvb_sign_in
                   WHERE date < %s OR (user_id IS NULL AND date < %s)""",
                clock.now() - timedelta(days=31 * months),
                clock.now() - timedelta(days=1),
            )
        )
