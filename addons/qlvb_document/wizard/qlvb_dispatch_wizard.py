from functools import reduce
from operator import and_

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.qlvb_base.lib import clock

from ..lib.answers import said_and_closed


class QlvbDispatchWizard(models.TransientModel):
    """Asks for what a recall or a posting needs, and does it by its public method.

    Who may, and whether, is decided there.  Every official has their own.
    """

    _name = "qlvb.dispatch.wizard"
    _description = "Recall or Posting in the Making"
    _inherit = ["qlvb.input.mixin"]

    act = fields.Selection(
        [
            ("recall", "Recall from this recipient"),
            ("recall_all", "Recall from everybody"),
            ("post", "Enter the posting"),
        ],
        required=True,
    )
    document_id = fields.Many2one("qlvb.document", ondelete="cascade")
    dispatch_ids = fields.Many2many("qlvb.dispatch", string="Recipients")
    who_text = fields.Char(compute="_compute_who_text", string="To")
    text = fields.Text("Reason")
    decider_ids = fields.Many2many(
        "res.users", compute="_compute_decider_ids", export_string_translation=False
    )
    decided_by_id = fields.Many2one(
        "res.users",
        "On the word of",
        compute="_compute_decided_by_id",
        compute_sudo=False,  # whoever signs is named to who sees the document
        store=True,
        readonly=False,
        precompute=True,
    )
    proof = fields.Char("Proof of sending")
    day = fields.Date("Posted on", default=lambda self: clock.today())

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        model = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids") or []
        if model == "qlvb.document":
            values["document_id"] = self.env.context.get("active_id")
        elif model == "qlvb.dispatch":
            values["dispatch_ids"] = [Command.set(ids)]
        return values

    @api.depends("document_id", "dispatch_ids")
    def _compute_who_text(self):
        for wizard in self:
            if wizard.document_id:
                wizard.who_text = wizard.document_id.display_name
            else:
                names = wizard.dispatch_ids.mapped("recipient_text")
                wizard.who_text = ", ".join(filter(None, names))

    def _documents(self):
        """Return what the dialog speaks of, as far as the caller sees it."""
        documents = self.document_id or self.dispatch_ids.document_id
        return documents._filtered_access("read")

    @api.depends("document_id", "dispatch_ids")
    def _compute_decider_ids(self):
        for wizard in self:
            people = [one._recall_deciders() for one in wizard._documents()]
            wizard.decider_ids = reduce(and_, people) if people else False

    @api.depends("document_id", "dispatch_ids")
    def _compute_decided_by_id(self):
        for wizard in self:
            signers = wizard._documents().signer_id
            wizard.decided_by_id = signers if len(signers) == 1 else False

    def action_confirm(self):
        """Do the act with what was entered, and forget it here.

        :raises AccessError: as the act itself
        :raises UserError: as the act itself
        """
        self.ensure_one()
        if self.act == "recall":
            self.dispatch_ids.action_recall(self.text, self.decided_by_id.id)
        elif self.act == "recall_all":
            self.document_id.action_recall(self.text, self.decided_by_id.id)
        else:
            self.dispatch_ids.action_post(self.proof, self.day)
        labels = dict(self._fields["act"]._description_selection(self.env))
        said = self.env._("Done: %(act)s", act=labels[self.act])
        self.unlink()
        return said_and_closed(said)
