from odoo import api, fields, models


class QlvbDossierPaperMixin(models.AbstractModel):
    """How an order on a dossier is shown, in the lists of orders on documents.

    The dossier's title and code stand where a document's subject and number do, and
    as there for those alone who still see it.
    """

    _name = "qlvb.dossier.paper.mixin"
    _description = "Order on a Dossier"

    dossier_document_ids = fields.Many2many(
        "qlvb.document",
        string="Documents of the dossier",
        compute="_compute_dossier_contents",
    )
    dossier_opinion_ids = fields.Many2many(
        "qlvb.opinion",
        string="Opinions so far",
        compute="_compute_dossier_contents",
    )
    dossier_unanswered_text = fields.Char(
        "Not answered yet", compute="_compute_dossier_contents"
    )

    @api.depends("dossier_id.code", "dossier_id.name")
    @api.depends_context("uid", "lang")
    def _compute_document_values(self):
        result = super()._compute_document_values()
        seen = self._seen_dossiers()
        kind = self.env._("Work dossier")
        for order in self.filtered(lambda order: order.dossier_id & seen):
            dossier = order.dossier_id
            order.has_sight = True
            order.document_summary = dossier.name
            order.document_reference = dossier.code
            order.document_issuer = kind
        return result

    @api.depends("dossier_id.instruction")
    @api.depends_context("uid")
    def _compute_document_directions(self):
        result = super()._compute_document_directions()
        seen = self._seen_dossiers()
        for order in self.filtered(lambda order: order.dossier_id & seen):
            order.document_directions = order.dossier_id.instruction
        return result

    @api.depends("dossier_id.holder_text")
    @api.depends_context("uid")
    def _compute_document_holder_text(self):
        result = super()._compute_document_holder_text()
        seen = self._seen_dossiers()
        for order in self.filtered(lambda order: order.dossier_id & seen):
            order.document_holder_text = order.dossier_id.holder_text
        return result

    @api.depends("dossier_id")
    @api.depends_context("uid")
    def _compute_scan(self):
        return super()._compute_scan()

    @api.depends("dossier_id.opinion_ids", "dossier_id.line_ids")
    @api.depends_context("uid")
    def _compute_dossier_contents(self):
        """Show beside the order what has been gathered on the dossier so far."""
        seen = self._seen_dossiers()
        for order in self:
            dossier = order.dossier_id & seen
            order.dossier_document_ids = dossier.document_ids
            order.dossier_opinion_ids = dossier.opinion_ids
            order.dossier_unanswered_text = (
                order.role == "lead" and dossier.unanswered_text
            )

    def _seen_dossiers(self):
        """Return the dossiers of these orders that the reader sees."""
        return self.dossier_id._filtered_access("read")

    # -- buttons --------------------------------------------------------------

    def action_give_opinion(self):
        """Open the dialog in which the holder gives their opinion.

        :raises UserError: the order is on a document
        """
        self._require_one()
        self.check_access("read")
        self.dossier_id._require_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_dossier.qlvb_dossier_wizard_action_opinion"
        )
        return action | {
            "context": {
                "default_dossier_id": self.dossier_id.id,
                "default_assignment_id": self.id,
            }
        }
