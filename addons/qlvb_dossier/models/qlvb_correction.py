from odoo import models


class QlvbCorrection(models.Model):
    """The report of a purge names the dossiers that people have to look through."""

    _inherit = "qlvb.correction"

    def _compute_report(self):
        result = super()._compute_report()
        for correction in self:
            if count := (correction.effects or {}).get("dossiers"):
                correction.report += "\n" + self.env._(
                    "It lay in %(count)s dossiers on other matters. What repeated its "
                    "subject was erased there; look through them for what was said of "
                    "it in other words.",
                    count=count,
                )
        return result
