from odoo import api, fields, models

WORKED_IN = ("registered", "assigned", "done")
"""States of a paper that follow from the work on it."""


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
    opened_dossier_ids = fields.One2many(
        "qlvb.dossier",
        "origin_document_id",
        "Dossiers opened on it",
        copy=False,
        groups=".",  # as above
    )
    dossier_ids = fields.Many2many(
        "qlvb.dossier", string="Dossiers", compute="_compute_dossier_ids"
    )
    can_open_dossier = fields.Boolean(
        compute="_compute_can_open_dossier", export_string_translation=False
    )

    @api.depends("dossier_line_ids.dossier_id.audience")
    def _compute_audience(self):
        result = super()._compute_audience()
        for document in self:
            dossiers = document.dossier_line_ids.dossier_id
            if dossiers:
                document.audience = set(document.audience).union(
                    *(dossier.audience for dossier in dossiers)
                )
        return result

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
                opens and document.direction == "in" and document.state in WORKED_IN
            )

    # -- worked on in a dossier -----------------------------------------------

    def _state_of_work(self):
        """Count a dossier that was opened on the paper as work on it (Art. 6.1).

        A paper that is not routed besides waits for no routing then, and is done
        when the dossier is closed.
        """
        state = super()._state_of_work()
        states = set(self.opened_dossier_ids.mapped("state"))
        if state != "registered" or not states:
            return state
        return "assigned" if states - {"closed"} else "done"

    def _follow_dossiers(self):
        """Bring the state of these papers in step with the dossiers opened on them."""
        papers = self.sudo().filtered(lambda paper: paper.state in WORKED_IN)
        if papers:
            papers._hold()
            papers.invalidate_recordset(["state"], flush=False)
            papers._follow_assignments()

    @api.depends("opened_dossier_ids.stay_ids.date_to")
    def _compute_holder_text(self):
        """Say with whom the dossier is, where the work is done in one."""
        super()._compute_holder_text()
        papers = self.filtered(
            lambda paper: (
                paper.direction == "in"
                and paper.state == "assigned"
                and not paper.holder_text
            )
        )
        if not papers:
            return
        dossiers = self.env["qlvb.dossier"].search(
            [("origin_document_id", "in", papers.ids), ("state", "!=", "closed")]
        )
        for paper in papers:
            paper.holder_text = ", ".join(
                dossier.holder_text
                for dossier in dossiers
                if dossier.origin_document_id == paper._origin and dossier.holder_text
            )

    def _actor_replies(self):
        """Let who works on a dossier that was opened on the paper draft its answer."""
        actor = super()._actor_replies()
        if actor is None and (part := self._own_part()):
            return part._actor_holder()
        return actor

    def _own_part(self):
        """Return the caller's open part of the dossiers opened on this paper."""
        orders = self.env["qlvb.assignment"]
        if self.direction != "in" or not self.sudo().opened_dossier_ids:
            return orders
        return orders.search(
            [
                ("dossier_id.origin_document_id", "=", self._origin.id),
                ("role", "!=", "inform"),
                ("is_mine", "=", True),
            ],
            order="id desc",
            limit=1,
        )

    def _hold_origin(self):
        result = super()._hold_origin()
        self._answered_dossiers()._hold()
        return result

    def _finish_origin(self, actor):
        """Put the issued answer into the dossier for which it was made (Art. 6.2)."""
        result = super()._finish_origin(actor)
        for dossier in self._answered_dossiers():
            if self not in dossier.line_ids.document_id:
                dossier._add_lines(self, actor)
                dossier._log("attached", actor, documents=self.mapped("display_name"))
        return result

    def _answered_dossiers(self):
        """Return the open dossiers on what this answers, worked on by its drafters."""
        document = self.sudo()
        return document.reply_to_id.opened_dossier_ids.filtered(
            lambda dossier: (
                dossier.state != "closed"
                and document.drafting_unit_id
                in dossier.assignment_ids.filtered(
                    lambda order: order._gives_sight()
                ).unit_id
            )
        )

    # -- screens --------------------------------------------------------------

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
