from odoo import api, fields, models


class QlvbResult(models.Model):
    """A result that was looked at and sent back: both stay readable (Article 5.3c).

    Written by ``qlvb.assignment.action_send_back``; read by whoever sees the
    assignment.  The result that stands is in the assignment itself.
    """

    _name = "qlvb.result"
    _description = "Result Sent Back"
    _inherit = ["qlvb.trace.mixin", "qlvb.names.mixin"]
    _order = "date desc, id desc"
    _names = {
        "doer_text": ("doer_id", "doer_behalf_id"),
        "author_text": ("author_id", "on_behalf_of_id"),
    }

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
    doer_text = fields.Char(
        "Finished by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    author_text = fields.Char(
        "Sent back by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    reason = fields.Text("What is to be improved", required=True, readonly=True)

    @api.depends("author_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.author_id.name
