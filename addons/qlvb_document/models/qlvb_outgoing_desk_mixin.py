from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.qlvb_base.lib import clock

from ..lib.answers import said_and_away, said_and_closed


class QlvbOutgoingDeskMixin(models.AbstractModel):
    """What an outgoing document shows of itself: the way up, what it waits for.

    Nothing here is stored and nothing decided: who may do what stands in
    ``qlvb.document.outgoing``.
    """

    _name = "qlvb.outgoing.desk.mixin"
    _description = "Outgoing Document on a Desk"

    way_ids = fields.Many2many(
        "qlvb.review", string="Stations", compute="_compute_way_ids"
    )
    waiting_text = fields.Char("There for", compute="_compute_waiting_text")
    still_missing_text = fields.Text(
        "Before it can be submitted", compute="_compute_still_missing_text"
    )
    way_ahead_text = fields.Char("Will pass", compute="_compute_still_missing_text")
    waits_for_me = fields.Boolean(
        "Waits for me",
        compute="_compute_waits_for_me",
        search="_search_waits_for_me",
        export_string_translation=False,
    )

    @api.depends("review_ids.state", "review_round")
    def _compute_way_ids(self):
        """Show the stations of the present round, the signer's last."""
        for document in self:
            document.way_ids = document.review_ids.filtered(
                lambda review: review.round == document.review_round  # noqa: B023
            ).sorted("sequence")

    @api.depends("waiting_since", "state")
    @api.depends_context("lang")
    def _compute_waiting_text(self):
        """Say for how long, in working time, it has been where it is."""
        reviews = self.env["qlvb.review"]
        for document in self:
            waits = document.state in ("draft", "review", "signing", "signed", "issued")
            since = document.waiting_since if waits else False
            document.waiting_text = since and reviews._time_text(
                document.unit_id, since, clock.now()
            )

    @api.depends("state", "revision")
    @api.depends_context("uid")
    def _compute_still_missing_text(self):
        """Tell the drafter what is missing, and whom the draft will pass."""
        for document in self:
            document.still_missing_text = document.way_ahead_text = False
            kept = document._origin
            if document.direction != "out" or not kept or not kept._may("submit"):
                continue
            # Superuser: the drafter sees which posts the way leads past.
            way = kept.sudo()._way_up()
            problems = kept.sudo()._unmet_submit(None, way)
            document.still_missing_text = "\n".join(dict.fromkeys(problems))
            stations = self.env["qlvb.review"].new
            document.way_ahead_text = " → ".join(
                stations(station).sudo().display_name for station in way
            )

    @api.depends("state", "review_ids.state")
    @api.depends_context("uid")
    def _compute_waits_for_me(self):
        for document in self:
            document.waits_for_me = (
                document.can_approve or document.can_sign or document.can_issue
            )

    def _search_waits_for_me(self, operator, value):
        """Find what the caller is to review, to sign or to number."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain.OR(
            Domain(name, "=", True) for name in ("can_approve", "can_sign", "can_issue")
        )

    # -- a new draft ----------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Propose of an outgoing draft what follows from the drafter's posts."""
        defaults = super().default_get(fields)
        if defaults.get("direction") != "out":
            return defaults
        drafting = self._own_drafting_units()[:1]
        issuer = self._issuers_for(drafting)[:1]
        proposed = {
            "drafting_unit_id": drafting.id,
            "unit_id": issuer.id,
            "signer_id": issuer.sudo().head_id.id,
        }
        return {
            **defaults,
            **{name: value for name, value in proposed.items() if name in fields},
        }

    @api.onchange("drafting_unit_id")
    def _onchange_drafting_unit(self):
        if self.direction == "out" and self.drafting_unit_id:
            issuers = self._issuers_for(self.drafting_unit_id)
            if self.unit_id not in issuers:
                self.unit_id = issuers[:1]

    @api.onchange("unit_id")
    def _onchange_issuing_unit(self):
        """Propose the head of the unit that is to issue it."""
        if self.direction == "out" and self.signer_id not in self.signer_ids:
            self.signer_id = self.unit_id.sudo().head_id
            if self.field_id.unit_id != self.unit_id:
                self.field_id = False

    # -- screens --------------------------------------------------------------

    @api.readonly
    def get_formview_id(self, access_uid=None):
        """Return the form of what leaves for a document that leaves."""
        # Core asks as superuser; whether it leaves is told to who sees it.
        seen = self.sudo(False)
        if len(self) == 1 and seen.has_access("read") and seen.direction == "out":
            return self.env.ref("qlvb_document.qlvb_document_view_form_out").id
        return super().get_formview_id(access_uid=access_uid)

    def action_hand_in(self):
        """Submit the draft, or first ask for what is to be declared of it.

        :return: the dialog that asks; else what the client says
        :raises AccessError: the draft is not the caller's to write
        :raises UserError: as ``action_submit``
        """
        self._require_one()
        if self._may("submit") and self._declarations():
            problems = self.sudo()._unmet_submit(None)
            if not problems:
                return {
                    "type": "ir.actions.act_window",
                    "name": self.env._("Declare and submit"),
                    "res_model": "qlvb.declaration.wizard",
                    "views": [(False, "form")],
                    "target": "new",
                    "context": {"default_document_id": self.id},
                }
        self.action_submit()
        return self._answer(self.env._("Submitted"))

    def _answer(self, done):
        """Return what the client says and shows once an act was done.

        Whoever sees the document no longer, once it has gone on, is led back to
        what waits for them.

        :param done: the act in a word
        """
        self.invalidate_recordset()
        if not self.has_access("read"):
            return said_and_away(done, "qlvb_document.qlvb_document_action_out_waits")
        where = self.reference if self.number else self.holder_text
        return said_and_closed(f"{done} → {where}" if where else done)

    def _register_for(self, day):
        """Return the register that would number it on a day; none before its first."""
        group = self.env["qlvb.series"]._group_of(
            self.unit_id, self.sudo().type_id, day.year
        )
        return self.env["qlvb.register"]._of(self.unit_id, "out", day.year, group)
