from odoo import api, fields, models

from .qlvb_document_care import STEPS


class QlvbIssueStep(models.Model):
    """What the clerk did with an issued document on paper, who and when (Art. 7.3).

    Copies made, stamp affixed, original filed.  Noted afterwards by
    ``qlvb.document.action_tick`` and never in the way of dispatch; what was noted by
    mistake is taken back by a further row.  Read by whoever sees the document.
    """

    _name = "qlvb.issue.step"
    _description = "Step after Issue"
    _inherit = ["qlvb.trace.mixin"]

    step = fields.Selection(STEPS, required=True, readonly=True)
    is_done = fields.Boolean("Done", readonly=True, default=True)
    user_id = fields.Many2one("res.users", "Noted by", required=True, readonly=True)
    keeper_id = fields.Many2one(
        "res.users",
        "Account keeper",
        readonly=True,
        help="Who kept the unit's account, where it was noted with that",
    )
    note = fields.Char(readonly=True, help="How many copies, where it is filed")

    @api.depends("step")
    def _compute_display_name(self):
        labels = dict(self._fields["step"]._description_selection(self.env))
        for row in self:
            row.display_name = labels.get(row.step)
