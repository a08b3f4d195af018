from odoo import api, fields, models
from odoo.exceptions import AccessError


class QlvbHandoverLine(models.Model):
    """One thing that is handed over, and to whom.

    Listed by the system.  The receiving head names the receiver; what it is stands
    there for whoever sees the thing itself.
    """

    _name = "qlvb.handover.line"
    _description = "Line of a Hand-over"
    _inherit = ["qlvb.input.mixin"]
    _order = "handover_id, id"

    handover_id = fields.Many2one(
        "qlvb.handover",
        "Hand-over",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    # What else somebody may leave, the addons above add.
    kind = fields.Selection([], "What it is", required=True, readonly=True)
    res_model = fields.Char(
        readonly=True, required=True, export_string_translation=False
    )
    res_id = fields.Many2oneReference(
        readonly=True,
        required=True,
        model_field="res_model",
        export_string_translation=False,
    )
    name = fields.Char("What is left", compute="_compute_name")
    about = fields.Char("On what", compute="_compute_name")
    deadline = fields.Date("Due on", compute="_compute_name")
    is_seen = fields.Boolean(compute="_compute_name", export_string_translation=False)
    receiver_id = fields.Many2one(
        "res.users",
        "Received by",
        help="Empty: by whoever receives all of it",
    )
    state = fields.Selection(
        [
            ("open", "To hand over"),
            ("given", "Handed over"),
            ("gone", "Settled meanwhile"),
        ],
        required=True,
        readonly=True,
        default="open",
    )

    _open_uniq = models.UniqueIndex(
        "(handover_id, kind, res_id) WHERE state = 'open'",
        "This stands in the list already.",
    )

    @api.depends_context("uid", "lang")
    @api.depends("res_model", "res_id", "kind")
    def _compute_name(self):
        """Name what the reader sees, under the rules of the thing itself."""
        hidden = self.env._("Not open to you")
        for model, lines in self.grouped("res_model").items():
            seen = self.env[model].search([("id", "in", lines.mapped("res_id"))])
            for line in lines:
                record = seen.filtered(lambda one: one.id == line.res_id)  # noqa: B023
                line.is_seen = bool(record)
                line.name = record.display_name if record else hidden
                line.about = record._left_about(line.kind) if record else False
                line.deadline = record._left_due(line.kind) if record else False

    @api.depends("kind", "res_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name

    def write(self, vals):
        """Name the receiver, as who is going to accept.

        :raises AccessError: it is not the caller's to choose
        :raises ValidationError: the receiver does not work in the unit
        """
        if not self.env.su:
            if vals.keys() - {"receiver_id"}:
                raise AccessError(
                    self.env._("Of what is handed over the receiver alone is chosen.")
                )
            for handover in self.handover_id:
                handover._gate("choose")
        return super().write(vals)

    @api.constrains("receiver_id")
    def _check_receiver(self):
        for handover, lines in self.grouped("handover_id").items():
            handover._require_receivers(lines.receiver_id)

    def action_open(self):
        """Open what is handed over (its own rules decide)."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
