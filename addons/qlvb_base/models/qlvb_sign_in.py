from odoo import fields, models


class QlvbSignIn(models.Model):
    """An attempt to sign in, good or bad (Articles 9.2, 10.2).

    Read by the person whose account it is, and by nobody else.
    """

    _name = "qlvb.sign.in"
    _description = "Sign-in"
    _log_access = False
    _order = "date desc, id desc"

    user_id = fields.Many2one("res.users", "Account", readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    address = fields.Char("From address", readonly=True)
    device = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("good", "Signed in"),
            ("wrong", "Wrong password"),
            ("locked", "Refused: locked for a while"),
            ("code", "Wrong code"),
        ],
        required=True,
        readonly=True,
    )

    _user_index = models.Index("(user_id, date DESC)")
