from odoo import api, fields, models


class QlvbPrintWizard(models.TransientModel):
    """Asks which form of a document to print, and opens it for printing.

    Who may print what is decided by the download route and not here.  Every
    official has their own.
    """

    _name = "qlvb.print.wizard"
    _description = "Print a Form"

    document_id = fields.Many2one("qlvb.document", required=True, ondelete="cascade")
    form = fields.Selection(
        [
            ("arrival-stamp", "Arrival stamp, printed on the paper"),
            ("handling-slip", "Handling slip"),
            ("routing-slips", "Routing slips, one for each recipient"),
            ("receipt", "Note to the sender"),
        ],
        required=True,
    )

    @api.model
    def default_get(self, fields):
        """Propose what is usually printed in the document's state."""
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "qlvb.document":
            document = self.env["qlvb.document"].browse(
                self.env.context.get("active_id")
            )
            document.check_access("read")
            usual = {"refused": "receipt", "registered": "handling-slip"}
            values["document_id"] = document.id
            values["form"] = usual.get(document.state, "routing-slips")
        return values

    def action_print(self):
        """Open the chosen form in a page of its own, ready to be printed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/qlvb/print/{self.form}/{self.document_id.id}",
            "target": "new",
            "close": True,
        }
