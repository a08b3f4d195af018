from odoo import api, fields, models


class QlvbTermMixin(models.AbstractModel):
    """A deadline that remembers whether it was counted or typed.

    A counted one is a term of working days after a day, and is counted again when
    the calendar changes (see ``qlvb.replan``).  One that a person typed stays.
    """

    _name = "qlvb.term.mixin"
    _description = "Counted Deadline"

    follows_term = fields.Boolean("Deadline is counted", readonly=True, copy=False)
    term_from = fields.Date("Deadline counted from", readonly=True, copy=False)
    term_days = fields.Integer(
        "Term in working days", readonly=True, copy=False, aggregator=None
    )

    _TERM = ("follows_term", "term_from", "term_days")

    @api.model
    def _term(self, day=None, days=0):
        """Return the values of a deadline counted from ``day``, or typed."""
        return dict(zip(self._TERM, (bool(day), day or False, days), strict=True))
