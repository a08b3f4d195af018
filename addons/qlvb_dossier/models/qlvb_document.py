from odoo import api, fields, models


class QlvbDocument(models.Model):
    """A document in dossiers: whoever sees one of these sees the document."""

    _inherit = "qlvb.document"

    dossier_line_ids = fields.One2many(
        "qlvb.dossier.document",
        "document_id",
        "In dossiers",
        copy=False,
        groups=".",  # nobody, over any door: ``dossier_ids`` are those in sight
    )
    dossier_ids = fields.Many2many(
        "qlvb.dossier", string="Dossiers", compute="_compute_dossier_ids"
    )
    can_open_dossier = fields.Boolean(
        compute="_compute_can_open_dossier", export_string_translation=False
    )

    @api.depends("dossier_line_ids.dossier_id.audience")
    def _compute_audience(self):
        super()._compute_audience()
        for document in self:
            dossiers = document.dossier_line_ids.dossier_id
            if dossiers:
                document.audience = set(document.audience).union(
                    *(dossier.audience for dossier in dossiers)
                )

    @api.depends("dossier_line_ids.dossier_id")
    @api.depends_context("uid")
    def _compute_dossier_ids(self):
        """Name the dossiers that the reader sees as well."""
        for document in self:
            document.dossier_ids = (
                document.sudo()
                .dossier_line_ids.dossier_id.with_env(self.env)
                ._filtered_access("read")
            )

    @api.depends("state", "direction")
    @api.depends_context("uid")
    def _compute_can_open_dossier(self):
        opens = bool(self.env["qlvb.dossier"]._default_unit_id())
        for document in self:
            document.can_open_dossier = (
                opens
                and document.direction == "in"
                and document.state in ("registered", "assigned", "done")
            )

    @api.model
    def _my_work(self):
        """Put the dossiers that nobody but the caller takes further before the rest.

        Whoever opens dossiers assigns, decides and closes them first: others wait
        for that.  To sign and to route come before, as they did.
        """
        name = super()._my_work()
        pressing = ("qlvb_document_action_out_waits", "qlvb_document_action_to_route")
        dossiers = self.env["qlvb.dossier"]
        if name.partition(".")[2] in pressing or not dossiers._opened_units():
            return name
        if dossiers.search_count([("is_to_decide", "=", True)], limit=1):
            return "qlvb_dossier.qlvb_dossier_action_to_decide"
        return name

    def action_open(self):
        """Open the document from where it is listed."""
        self._require_one()
        self.check_access("read")
        return self._open_form()

    def action_open_dossier(self):
        """Begin a dossier on what this document demands (Art. 6.1).

        :return: the form of the new dossier, filled in from the document
        """
        self._require_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open a dossier"),
            "res_model": "qlvb.dossier",
            "views": [(False, "form")],
            "context": {
                "default_origin_document_id": self.id,
                "default_name": self.summary,
                "default_instruction": self.direction_text,
                "default_field_id": self.field_id.id,
                "default_deadline": fields.Date.to_string(self.deadline),
            },
        }
