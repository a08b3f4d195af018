from odoo import fields, models
from odoo.exceptions import UserError

URGENCIES = [
    ("normal", "Normal"),
    ("urgent", "Urgent"),
    ("very_urgent", "Very urgent"),
    ("express", "Express"),
]


class QlvbDocumentType(models.Model):
    """A kind of document, with its abbreviation and its time limits.

    The 29 administrative kinds of Decree 30/2020 (Article 7) and the
    legislative kinds that a district receives.  Every official reads them.
    """

    _name = "qlvb.document.type"
    _description = "Kind of Document"
    _inherit = ["qlvb.input.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        "Abbreviation",
        help="As in the document symbol: TTr. Official letters have none",
    )
    is_legislative = fields.Boolean(
        "Legislative", help="Its number carries the year: 10/2014/QĐ-UBND"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    days_normal = fields.Integer("Working days, normal", required=True, default=10)
    days_urgent = fields.Integer("Working days, urgent", required=True, default=3)
    days_very_urgent = fields.Integer(
        "Working days, very urgent", required=True, default=2
    )
    days_express = fields.Integer("Working days, express", required=True, default=1)

    _days_positive = models.Constraint(
        "CHECK (LEAST(days_normal, days_urgent, days_very_urgent, days_express) >= 0"
        " AND GREATEST(days_normal, days_urgent, days_very_urgent, days_express)"
        " <= 365)",
        "A time limit lies between 0 and 365 working days.",
    )
    _name_uniq = models.UniqueIndex(
        "((name->>'en_US'), is_legislative)", "This kind of document exists already."
    )

    def write(self, vals):
        if {"name", "code", "is_legislative"} & vals.keys() and not self.env.su:
            self._require_unused()
        result = super().write(vals)
        self.env["qlvb.journal"]._log(
            "kind_changed", self, data={"fields": sorted(vals)}
        )
        return result

    def _require_unused(self):
        """Raise where documents of the kind exist: they would change their kind."""
        documents = self.env["qlvb.document"].sudo().with_context(active_test=False)
        for kind in self:
            if documents.search_count([("type_id", "=", kind.id)], limit=1):
                raise UserError(
                    self.env._(
                        "There are documents of the kind “%(kind)s” already. Archive "
                        "it and make a new one.",
                        kind=kind.name,
                    )
                )

    def _days_for(self, urgency):
        """Return the time limit in working days for an urgency."""
        return self[f"days_{urgency or 'normal'}"]
