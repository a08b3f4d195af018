from odoo import fields, models


class QlvbSendBack(models.Model):
    """One sending back of a draft: by whom, from which stage, for which reasons.

    Written by ``qlvb.document.action_send_back`` alone; read by whoever sees the
    document, and counted by drafting unit and reason.
    """

    _name = "qlvb.send.back"
    _description = "Draft Sent Back"
    _inherit = ["qlvb.trace.mixin"]

    round = fields.Integer(required=True, readonly=True, aggregator=None)
    stage = fields.Selection(
        [("review", "Reviewing"), ("signing", "Signature"), ("signed", "Form check")],
        "At which stage",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Sent back by", required=True, readonly=True)
    unit_id = fields.Many2one(
        "qlvb.unit", "Sent back by unit", required=True, readonly=True
    )
    drafting_unit_id = fields.Many2one(
        "qlvb.unit", "Drafting unit", required=True, readonly=True, index=True
    )
    drafter_id = fields.Many2one("res.users", required=True, readonly=True)
    reason_ids = fields.Many2many(
        "qlvb.send.back.reason",
        "qlvb_send_back_reason_rel",
        string="Reasons",
        readonly=True,
    )
    reason = fields.Text("What to mend", required=True, readonly=True)

    def action_open_document(self):
        """Open the draft that was sent back (its own rules decide)."""
        self.ensure_one()
        self.check_access("read")
        return self.document_id.get_formview_action()
