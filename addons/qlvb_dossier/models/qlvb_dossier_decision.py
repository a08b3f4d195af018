from odoo import api, fields, models


class QlvbDossierDecision(models.Model):
    """What the chairman or the Chief of Office decided on a dossier (Article 6.3).

    Sent back, closed, reopened: by whom, when and in which words; never changed.
    """

    _name = "qlvb.dossier.decision"
    _description = "Decision on a Dossier"
    _inherit = ["qlvb.dossier.part.mixin"]
    _order = "date desc, id desc"

    kind = fields.Selection(
        [("sent_back", "Sent back"), ("closed", "Closed"), ("reopened", "Reopened")],
        "Decision",
        required=True,
        readonly=True,
    )
    author_id = fields.Many2one("res.users", "Decided by", required=True, readonly=True)
    date = fields.Datetime("Moment", required=True, readonly=True)
    text = fields.Text("Words", readonly=True)

    @api.depends("author_id")
    def _compute_display_name(self):
        for decision in self:
            decision.display_name = decision.author_id.name
