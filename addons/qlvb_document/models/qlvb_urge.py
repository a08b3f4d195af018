from odoo import api, fields, models


class QlvbUrge(models.Model):
    """An urge: who urged whom, when and in which words (Article 5.3c).

    Written by ``qlvb.assignment.action_urge`` and ``qlvb.order.action_remind``;
    read by whoever sees the assignment.
    """

    _name = "qlvb.urge"
    _description = "Urge"
    _inherit = ["qlvb.trace.mixin", "qlvb.names.mixin"]
    _order = "date desc, id desc"
    _names = {"author_text": ("author_id", "on_behalf_of_id")}

    # Not required: an addon above gives work on what is no document.
    document_id = fields.Many2one(required=False)
    assignment_id = fields.Many2one(
        "qlvb.assignment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    author_id = fields.Many2one("res.users", "Urged by", required=True, readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", "On behalf of", readonly=True)
    author_text = fields.Char(
        "Urged by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    text = fields.Text("Message", required=True, readonly=True)
    holder_text = fields.Char(related="assignment_id.holder_text", related_sudo=False)

    @api.depends("author_id")
    def _compute_display_name(self):
        for urge in self:
            urge.display_name = urge.author_id.name
