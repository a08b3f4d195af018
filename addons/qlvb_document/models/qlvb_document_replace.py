from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class QlvbDocumentReplace(models.AbstractModel):
    """A document that takes the place of another which went out before.

    Drafted anew and signed anew; the moment it is dispatched, the same recipients'
    copies of the old one are recalled, and both documents show it for ever.
    """

    _name = "qlvb.document.replace"
    _description = "Document that Replaces Another"

    replaces_id = fields.Many2one(
        "qlvb.document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    replaced_by_ids = fields.Many2many(
        "qlvb.document", string="Replaced by", compute="_compute_replaced_by_ids"
    )

    @api.depends_context("uid")
    def _compute_replaced_by_ids(self):
        # Searched, so that nobody is told of a draft that they do not see.
        found = self.search([("replaces_id", "in", self.ids)], order="id")
        for document in self:
            document.replaced_by_ids = found.filtered(
                lambda other: other.replaces_id == document._origin  # noqa: B023
            )

    @api.constrains("unit_id", "replaces_id")
    def _check_replaces(self):
        for document in self:
            old = document.replaces_id
            if old and old.unit_id != document.unit_id:
                raise ValidationError(
                    self.env._(
                        "%(old)s was issued by %(unit)s: what replaces it is issued "
                        "there as well.",
                        old=old.display_name,
                        unit=old.unit_id.name,
                    )
                )

    def _actor_replaces(self):
        """Return the caller where they draft for the unit that drafted this one."""
        return self._actor_drafts()

    def action_replace(self):
        """Begin the draft of what is to replace this document.

        Its text is new; kind, signer and the recipients to whom the old one went
        are taken over.

        :return: the action that opens the draft
        :raises AccessError: the caller does not draft in the drafting unit
        :raises UserError: the document was not issued yet
        """
        self._require_one()
        actor = self._gate("replace")
        draft = self.create(self._replacing_values())
        draft._through_gate().write({"replaces_id": self.id})
        self.env["qlvb.journal"]._log(
            "replacement_drafted", self, unit=actor.unit, data={"draft": draft.id}
        )
        return draft._open_form()

    def _replacing_values(self):
        """Return the values of the draft that is to replace this document."""
        # Superuser: past the gate; whoever drafts sees the document.
        old = self.sudo()
        signs = old.signer_id in old._signing_posts().user_id
        rows = old.dispatch_ids.filtered(
            lambda row: (
                row.state in ("waiting", "sent", "received")
                and not row._unmet_recipient()
            )
        )
        return {
            "direction": "out",
            "unit_id": old.unit_id.id,
            "drafting_unit_id": old.drafting_unit_id.id,
            "type_id": old.type_id.id,
            "summary": old.summary,
            "urgency": old.urgency,
            "field_id": old.field_id.id,
            "copies": old.copies,
            **({"signer_id": old.signer_id.id} if signs else {}),
            "dispatch_ids": [
                Command.create(
                    {
                        "unit_id": row.unit_id.id,
                        "partner_id": row.partner_id.id,
                        "channel": row.channel,
                        "copies": row.copies,
                    }
                )
                for row in rows
            ],
        }

    def _open_form(self):
        """Return the action that opens this document."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _recall_replaced(self, actor, sent):
        """Recall what this document replaces, from those who have now got this one.

        :param sent: the dispatches that just went out
        """
        old = self.sudo().replaces_id
        if not old:
            return
        # It stands in the recipient's register for good, whoever sends.
        office = self.with_context(lang="vi_VN")
        reason = office.env._("Replaced by %(new)s", new=self.sudo().reference)
        for row in old._sent_dispatches()._in_order():
            if not (row.unit_id in sent.unit_id or row.partner_id in sent.partner_id):
                continue
            row._lock_row()
            # What was refused meanwhile needs no recall.
            if row.sudo().state in ("sent", "received"):
                row._recall(actor, reason)
