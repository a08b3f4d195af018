from odoo import api, fields, models

from .qlvb_document_type import URGENCIES


class QlvbPaperMixin(models.AbstractModel):
    """How an order is shown: its place in the flow, and what of its document.

    The document's own words go to those alone who still see it.  Whoever
    returned an order keeps the order, not the document: to them these are empty.
    """

    _name = "qlvb.paper.mixin"
    _description = "Order on a Document"

    flow_text = fields.Char("Held by", compute="_compute_flow_text")
    outcome = fields.Text(compute="_compute_outcome")
    has_sight = fields.Boolean(
        compute="_compute_document_values", export_string_translation=False
    )
    document_summary = fields.Text("Summary", compute="_compute_document_values")
    document_issuer = fields.Char("Issuer", compute="_compute_document_values")
    document_reference = fields.Char(
        "Number and symbol", compute="_compute_document_values"
    )
    document_date = fields.Date("Date of document", compute="_compute_document_values")
    document_received_date = fields.Date(
        "Date of arrival", compute="_compute_document_values"
    )
    document_number_text = fields.Char(
        "Arrival number", compute="_compute_document_values"
    )
    document_urgency = fields.Selection(
        URGENCIES, "Urgency", compute="_compute_document_values"
    )
    document_directions = fields.Text(
        "Directions", compute="_compute_document_directions"
    )
    document_holder_text = fields.Char(
        "Now with", compute="_compute_document_holder_text"
    )
    scan = fields.Binary(
        compute="_compute_scan", attachment=False, export_string_translation=False
    )
    scan_name = fields.Char(compute="_compute_scan", export_string_translation=False)

    @api.depends("parent_id", "unit_id", "user_id")
    def _compute_flow_text(self):
        """Name the holder, set in by as many steps as the order was passed on."""
        for order in self:
            depth, above = 0, order.parent_id
            while above:
                depth, above = depth + 1, above.parent_id
            indent = "\u2003" * (depth - 1) + "└ " if depth else ""
            order.flow_text = indent + order.holder_text

    @api.depends("result", "reason")
    def _compute_outcome(self):
        for order in self:
            order.outcome = order.result or order.reason

    @api.depends("document_id")
    @api.depends_context("uid")
    def _compute_document_values(self):
        seen = self._seen_documents()
        for order in self:
            document = order._document_among(seen)
            order.has_sight = bool(document)
            order.document_summary = document.summary
            order.document_issuer = document.issuer
            order.document_reference = document.reference
            order.document_date = document.document_date
            order.document_received_date = document.received_date
            order.document_number_text = document.number_text
            order.document_urgency = document.urgency

    @api.depends("document_id")
    @api.depends_context("uid")
    def _compute_document_directions(self):
        seen = self._seen_documents()
        for order in self:
            order.document_directions = order._document_among(seen).direction_text

    @api.depends("document_id")
    @api.depends_context("uid")
    def _compute_scan(self):
        seen = self._seen_documents()
        for order in self:
            document = order._document_among(seen)
            order.scan = document.scan
            order.scan_name = document.scan_name

    @api.depends("document_id")
    @api.depends_context("uid")
    def _compute_document_holder_text(self):
        """Say who works on the document now, which may be further down the chain."""
        seen = self._seen_documents()
        for order in self:
            order.document_holder_text = order._document_among(seen).holder_text

    def action_draft_reply(self):
        """Begin the draft of a reply to the document, where the caller may.

        :return: the action that opens the draft
        :raises AccessError: as ``qlvb.document.action_reply``
        """
        self.ensure_one()
        return self.document_id.action_reply()

    def _seen_documents(self):
        """Return the documents of these orders that the reader sees."""
        return self.document_id._filtered_access("read")

    def _document_among(self, seen):
        """Return the order's document where it is seen, to be read with the others."""
        return (self.document_id & seen).with_prefetch(seen._ids)
