from odoo import api, fields, models


class QlvbDocumentTermMixin(models.AbstractModel):
    """The term of a document: counted from its arrival by kind and urgency."""

    _name = "qlvb.document.term.mixin"
    _description = "Counted Deadline of a Document"
    _inherit = ["qlvb.term.mixin"]

    follows_term = fields.Boolean(compute="_compute_term", store=True, precompute=True)
    term_from = fields.Date(compute="_compute_term", store=True, precompute=True)
    term_days = fields.Integer(compute="_compute_term", store=True, precompute=True)

    @api.depends("deadline", "type_id", "urgency", "received_date", "unit_id")
    def _compute_term(self):
        for document in self:
            day, kind = document.received_date, document.type_id
            known = kind and day and document.unit_id and document.deadline
            if known and document.deadline == document._limit_from(day):
                days = kind._days_for(document.urgency)
                document.update(self._term(day, days))
            else:
                document.update(self._term())
