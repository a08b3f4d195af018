from odoo import api, fields, models


class QlvbResult(models.Model):
    """A result that was looked at and sent back: both stay readable (Article 5.3c).

    Written by ``qlvb.assignment.action_send_back``; read by whoever sees the
    assignment.  The result that stands is in the assignment itself.
    """

    _name = "qlvb.result"
    _description = "Result Sent Back"
    _inherit = ["qlvb.trace.mixin"]
    _order = "date desc, id desc"

    # Not required: an addon above gives work on what is no document.
    document_id = fields.Many2one(required=False)
    assignment_id = fields.Many2one(
        "qlvb.assignment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    result = fields.Text(readonly=True)
    doer_id = fields.Many2one("res.users", "Finished by", readonly=True)
    doer_behalf_id = fields.Many2one(
        "res.users", "Finished on behalf of", readonly=True
    )
    done_at = fields.Datetime("Finished at", readonly=True)
    author_id = fields.Many2one(
        "res.users", "Sent back by", required=True, readonly=True
    )
    on_behalf_of_id = fields.Many2one("res.users", "On behalf of", readonly=True)
    reason = fields.Text("What is to be improved", required=True, readonly=True)

    @api.depends("author_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.author_id.name
