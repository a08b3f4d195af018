from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..lib import corrections
from ..lib.answers import said_and_closed
from ..lib.corrections import FILE
from ..lib.encoded import decoded
from ..models.qlvb_document_type import URGENCIES


class QlvbCorrectionWizard(models.TransientModel):
    """Shows what stands in a document, and asks for what should stand there.

    What was changed becomes a request that goes to the chairman.  Who may ask, and
    for what, is checked by the request itself.
    """

    _name = "qlvb.correction.wizard"
    _description = "Ask for a Correction"
    _inherit = ["qlvb.input.mixin"]
    _text_limits = {"reference": 100, "issuer": 300, "summary": 2000}

    document_id = fields.Many2one("qlvb.document", required=True, ondelete="cascade")
    direction = fields.Selection(related="document_id.direction", related_sudo=False)
    unit_id = fields.Many2one(related="document_id.unit_id", related_sudo=False)
    kind = fields.Selection(
        [("correct", "Correct what was entered wrongly"), ("purge", "Erase contents")],
        "What is asked",
        required=True,
        default="correct",
    )
    ground = fields.Selection(
        [
            ("secret", "Secret paper (Article 3.1)"),
            ("petition", "Petition, complaint or denunciation (Article 3.2)"),
            ("one_stop", "File of a one-stop procedure (Article 3.3)"),
        ],
        "Why it should not be here",
    )
    reason = fields.Text()
    type_id = fields.Many2one("qlvb.document.type", "Kind")
    reference = fields.Char("Number and symbol")
    document_date = fields.Date("Date of document")
    received_date = fields.Date("Date of arrival")
    issuer = fields.Char()
    summary = fields.Text()
    urgency = fields.Selection(URGENCIES)
    deadline = fields.Date()
    field_id = fields.Many2one("qlvb.work.field", "Field of work")
    file_ids = fields.Many2many(
        "ir.attachment", compute="_compute_file_ids", export_string_translation=False
    )
    old_file_id = fields.Many2one(
        "ir.attachment",
        "File to be replaced",
        help="Empty: the new file is added to those that are there",
    )
    new_file = fields.Binary("New file", attachment=True)
    new_file_name = fields.Char(export_string_translation=False)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        document = self.env["qlvb.document"].browse(values.get("document_id") or ())
        if document:
            document.check_access("read")
            for name in corrections.correctable(document.direction):
                if name != FILE and name in self._fields:
                    field = document._fields[name]
                    values[name] = field.convert_to_write(document[name], document)
            if document.direction == "in":
                values["old_file_id"] = document._main_file().id
        return values

    @api.depends("document_id")
    def _compute_file_ids(self):
        for wizard in self:
            wizard.file_ids = wizard.document_id.attachment_ids

    @api.onchange("type_id", "urgency", "received_date")
    def _onchange_term(self):
        """Count the deadline anew where it was counted: shown, and asked for."""
        document = self.document_id
        if document.follows_term and self.type_id and self.received_date:
            days = self.type_id._days_for(self.urgency)
            calendar = document.unit_id._calendar()
            self.deadline = calendar.add_working_days(self.received_date, days)

    def action_confirm(self):
        """Write the request and put it before the chairman.

        :raises AccessError: as ``qlvb.correction``
        :raises UserError: as ``qlvb.correction.action_submit``
        """
        self.ensure_one()
        purges = self.kind == "purge"
        correction = self.env["qlvb.correction"].create(
            {
                "document_id": self.document_id.id,
                "kind": self.kind,
                "ground": purges and self.ground,
                "reason": self.reason,
                "line_ids": []
                if purges
                else [Command.create(line) for line in self._lines()],
            }
        )
        correction.action_submit()
        self.unlink()
        return said_and_closed(
            self.env._("The request is with the chairman for decision.")
        )

    def _lines(self):
        """Return what was changed, as the lines of a request."""
        document, lines = self.document_id, []
        for name in corrections.correctable(document.direction):
            if name == FILE:
                continue
            asked, present = self._told(self[name]), self._told(document[name])
            if asked != present:
                lines.append({"name": name, "new_value": asked})
        if self.new_file:
            lines.append(
                {
                    "name": FILE,
                    "old_file_id": self.old_file_id.id,
                    "new_file_id": self._upload().id,
                }
            )
        return lines

    @api.model
    def _told(self, value):
        is_record = isinstance(value, models.BaseModel)
        return corrections.told(value.id if is_record else value)

    def _upload(self):
        """Return the new file, stored as the caller: the gate looks at it."""
        content = decoded(self.with_context(bin_size=False).new_file)
        if not content:
            raise UserError(self.env["qlvb.vetting"]._explain_file("torn"))
        return self.env["ir.attachment"].create(
            {"name": self.new_file_name or self.env._("scan.pdf"), "raw": content}
        )
