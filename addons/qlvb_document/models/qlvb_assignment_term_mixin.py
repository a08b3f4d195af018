from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock


class QlvbAssignmentTermMixin(models.AbstractModel):
    """The term of an order: its document's, or counted from the day it is given."""

    _name = "qlvb.assignment.term.mixin"
    _description = "Counted Deadline of an Order"
    _inherit = ["qlvb.term.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([vals | self._term_of(vals) for vals in vals_list])

    def write(self, vals):
        if "deadline" in vals and not vals.keys() & set(self._TERM):
            # A person decided it: more time granted, a day named.
            vals = vals | self._term()
        return super().write(vals)

    @api.model
    def _term_of(self, vals):
        """Return which term the deadline of a new order follows, if any."""
        deadline = fields.Date.to_date(vals.get("deadline"))
        # Superuser: the gate was passed, or the create below refuses the caller.
        matter = self.sudo()._matter_of(vals)
        parent = self.sudo().browse(vals.get("parent_id") or ())
        if not deadline or not matter:
            return self._term()
        for above in (parent, matter):
            if above.follows_term and above.deadline == deadline:
                return self._term(above.term_from, above.term_days)
        if parent.deadline == deadline or matter.deadline == deadline:
            return self._term()
        today = clock.today()
        if matter._limit_from(today) == deadline:
            return self._term(today, matter._limit_days())
        return self._term()

    @api.model
    def _matter_of(self, vals):
        """Return on what an order with these values is given."""
        return self.env["qlvb.document"].browse(vals.get("document_id") or ())
