from odoo import fields, models

from ..lib.answers import said_and_closed


class QlvbCorrectionDecision(models.TransientModel):
    """Asks for the words of the chairman's decision, and decides.

    Who decides is checked by the acts themselves and not here.
    """

    _name = "qlvb.correction.decision"
    _description = "Decision on a Correction"
    _inherit = ["qlvb.input.mixin"]

    correction_id = fields.Many2one(
        "qlvb.correction", required=True, ondelete="cascade"
    )
    kind = fields.Selection(related="correction_id.kind", related_sudo=False)
    changes_text = fields.Text(related="correction_id.changes_text", related_sudo=False)
    approves = fields.Boolean(export_string_translation=False)
    decision_number = fields.Char("Number of the decision")
    decision_date = fields.Date("Date of the decision")
    reason = fields.Text()

    def action_confirm(self):
        """Approve or refuse, as was chosen.

        :raises AccessError: as the acts
        :raises UserError: as the acts
        """
        self.ensure_one()
        correction, approves = self.correction_id, self.approves
        if approves:
            correction.action_approve(self.decision_number, self.decision_date)
        else:
            correction.action_refuse(self.reason)
        # With a purge it has gone already.
        self.exists().unlink()
        return said_and_closed(
            self.env._("Approved and carried out.")
            if approves
            else self.env._("The request is refused.")
        )
