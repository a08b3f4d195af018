from odoo import api, fields, models
from odoo.fields import Domain

from .qlvb_span_mixin import REASONS


class QlvbAbsence(models.Model):
    """A person is away, on mission or on leave, from one half-day to another.

    Recorded by the person, or for them by the head or the clerk of a unit in
    which they hold a post.  Everybody reads who is away and when: who gives work
    must know.
    """

    _name = "qlvb.absence"
    _description = "Absence"
    _inherit = ["qlvb.span.mixin", "qlvb.input.mixin"]
    _order = "date_from desc, id desc"

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    reason = fields.Selection(REASONS, required=True, default="mission")
    note = fields.Char()
    active = fields.Boolean(default=True)

    _dates_order = models.Constraint(
        "CHECK (date_to >= date_from)", "An absence cannot end before it begins."
    )

    @api.model
    def _away(self, users, start, end=None):
        """Return the absences of the users that touch a period.

        :param users: ``res.users``
        :param start: moment (naive, UTC)
        :param end: the first moment after the period; empty: ``start`` alone
        :return: absences by user id, each user's first one; who is not away has none
        """
        # Superuser: whether somebody is away is asked by gates for everybody.
        absences = self.sudo().search(
            Domain("user_id", "in", users.ids)
            & Domain("date_to", ">=", start.date())
            & Domain("date_from", "<=", fields.Date.add((end or start).date(), days=1)),
            order="date_from, id",
        )
        away = {}
        for absence in absences:
            first, after = absence._span()
            touches = first <= start < after if end is None else first < end
            if touches and start < after:
                away.setdefault(absence.user_id.id, absence)
        return away
