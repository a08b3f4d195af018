from odoo import api, fields, models


class QlvbActWizardNumber(models.TransientModel):
    """Issuing: lets the clerk choose a reserved or inserted number."""

    _inherit = "qlvb.act.wizard"

    entry_ids = fields.Many2many(
        "qlvb.register.entry",
        compute="_compute_entry_ids",
        export_string_translation=False,
    )
    entry_id = fields.Many2one(
        "qlvb.register.entry",
        "Reserved number",
        help="A reserved or inserted number that the document bears; else the next",
    )

    @api.depends("act", "document_id", "day")
    @api.depends_context("uid")
    def _compute_entry_ids(self):
        """Offer what is free in the register in which the document will stand."""
        for wizard in self:
            document, day = wizard.document_id, wizard.day
            register = self.env["qlvb.register"]
            if wizard.act == "issue" and day and document._may("issue"):
                kind = document.type_id
                group = self.env["qlvb.series"]._group_of(
                    document.unit_id, kind, day.year
                )
                register = register._of(document.unit_id, "out", day.year, group)
            wizard.entry_ids = register.entry_ids.filtered(
                lambda entry: entry.state == "waiting"
            )

    @api.depends("entry_id")
    def _compute_expected_reference(self):
        result = super()._compute_expected_reference()
        for wizard in self.filtered(lambda one: one.entry_id and one.day):
            entry = wizard.entry_id
            wizard.expected_reference = wizard.document_id._compose_reference(
                entry.number, wizard.day, entry.suffix or ""
            )
        return result

    def _arguments(self):
        if self.act == "issue":
            return self.day, self.entry_id.id
        return super()._arguments()
