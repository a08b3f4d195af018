from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.qlvb_base.lib.workflow import Workflow

from ..lib.freeze_rows import EXTENSION_SQL


class QlvbExtension(models.Model):
    """A request for more time: both days, who asked and who decided (Article 5.3c).

    Asked for and decided through the acts of the assignment alone; decided once,
    and closed without a decision where the work ends before there is one.  Read by
    whoever sees the assignment.
    """

    _name = "qlvb.extension"
    _description = "Request for More Time"
    _inherit = ["qlvb.workflow.mixin", "qlvb.names.mixin"]
    _order = "asked_at desc, id desc"
    _names = {
        "asked_text": ("asked_by_id", "asked_behalf_id"),
        "decided_text": ("decided_by_id", "decided_behalf_id"),
    }
    _gated_fields = frozenset(
        {"state", "decided_by_id", "decided_behalf_id", "decided_at", "note"}
    )
    # Its acts are the assignment's: ask for more time, decide.
    _workflow = Workflow(("asked", "granted", "refused", "lapsed"), ())

    assignment_id = fields.Many2one(
        "qlvb.assignment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    document_id = fields.Many2one(
        "qlvb.document", readonly=True, index=True, ondelete="cascade"
    )
    holder_text = fields.Char(related="assignment_id.holder_text", related_sudo=False)
    asked_by_id = fields.Many2one("res.users", "Asked by", required=True, readonly=True)
    asked_behalf_id = fields.Many2one("res.users", "Asked on behalf of", readonly=True)
    asked_at = fields.Datetime("Asked on", required=True, readonly=True)
    old_deadline = fields.Date("Deadline until then", required=True, readonly=True)
    new_deadline = fields.Date("Deadline asked for", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    state = fields.Selection(
        [
            ("asked", "Waiting for a decision"),
            ("granted", "Granted"),
            ("refused", "Refused"),
            ("lapsed", "Ended with the work"),
        ],
        "Decision",
        required=True,
        readonly=True,
        default="asked",
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_behalf_id = fields.Many2one(
        "res.users", "Decided on behalf of", readonly=True
    )
    decided_at = fields.Datetime("Decided on", readonly=True)
    asked_text = fields.Char(
        "Asked by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    decided_text = fields.Char(
        "Decided by, for whom",
        compute="_compute_names",
        export_string_translation=False,
    )
    note = fields.Text(readonly=True)

    _one_open = models.UniqueIndex(
        "(assignment_id) WHERE state = 'asked'",
        "There is a request for more time already. Wait for the decision.",
    )
    _later = models.Constraint(
        "CHECK (new_deadline > old_deadline)", "More time ends later."
    )

    def init(self):
        result = super().init()
        self.env.cr.execute(EXTENSION_SQL)
        return result

    @api.depends("asked_by_id")
    def _compute_display_name(self):
        for request in self:
            request.display_name = request.asked_by_id.name

    @api.model_create_multi
    def create(self, vals_list):
        if not self._passed_gate():
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if not self._passed_gate():
            self._refuse_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        self._refuse_by_hand()

    def _refuse_by_hand(self):
        """Raise: asking and deciding are acts on the work itself.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "More time is asked for, and decided, on the work itself. What was "
                "asked and decided stays."
            )
        )
