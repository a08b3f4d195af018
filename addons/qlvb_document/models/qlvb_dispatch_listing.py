from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .qlvb_dispatch_acts import ENDED_STATES


class QlvbDispatchListing(models.AbstractModel):
    """Who lists the recipients of a document, and until when."""

    _name = "qlvb.dispatch.listing"
    _description = "Listing of Recipients"

    # -- who lists the recipients ---------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._with_document(vals_list)
        # Before anything is said of a document or its recipients: who asks.
        self._require_may_list(vals["document_id"] for vals in vals_list)
        vals_list = [self._checked_values(vals) for vals in vals_list]
        self._refuse_twice(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if not self._passed_gate():
            self._require_lister()
            if "document_id" in vals:
                self._require_may_list([vals["document_id"]])
            self._refuse_gated(vals)
            self._require_waiting()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._require_waiting()
        self._require_lister()

    @api.model
    def _with_document(self, vals_list):
        """Return the values with the document that a context may give them."""
        default = self.default_get(["document_id"]).get("document_id")
        return [{"document_id": default, **vals} for vals in vals_list]

    @api.model
    def _refuse_twice(self, vals_list):
        """Raise where a recipient stands on the list already.

        The database refuses it too, but does not say who it is.
        """
        # Superuser: the recipients are the caller's to list.
        wanted = [
            (vals.get("document_id"), vals.get("unit_id"), vals.get("partner_id"))
            for vals in vals_list
        ]
        rows = self.sudo().search(
            Domain("state", "not in", ENDED_STATES)
            & Domain("document_id", "in", [key[0] for key in wanted if key[0]])
        )
        known = {
            (row.document_id.id, row.unit_id.id, row.partner_id.id) for row in rows
        }
        for document_id, unit_id, partner_id in wanted:
            key = (document_id, unit_id or False, partner_id or False)
            if key in known:
                row = self.new({"unit_id": unit_id, "partner_id": partner_id})
                raise UserError(
                    self.env._(
                        "%(recipient)s stands among the recipients already.",
                        recipient=row.sudo().recipient_text or "",
                    )
                )
            known.add(key)

    def _require_waiting(self):
        """Raise where one of them was sent already.

        :raises UserError: naming it
        """
        for row in self.sudo():
            if row.state != "waiting":
                raise UserError(
                    self.env._(
                        "%(recipient)s was sent the document already. Recall it with "
                        "a reason, if it was wrong.",
                        recipient=row.recipient_text,
                    )
                )

    def _require_lister(self):
        """Raise where the recipients are not the caller's to list (Art. 7.3).

        :raises AccessError: for everybody but the drafter of a draft and, once it is
            signed, the clerk of the issuing unit
        """
        if self.env.su:
            return
        self.check_access("read")
        self._require_may_list(self.document_id.ids)

    @api.model
    def _require_may_list(self, document_ids):
        """Raise where the recipients of these documents are not the caller's to list.

        What the caller does not see is refused alike, whatever stands on its list.

        :raises AccessError: as ``_require_lister``
        :raises UserError: for what is no document
        """
        if self.env.su:
            return
        ids = [number for number in document_ids if number]
        for number in ids:
            if type(number) is not int or not self._is_storable(number):
                self._checked_values({"document_id": number})
        documents = self.env["qlvb.document"].browse(dict.fromkeys(ids))
        documents.check_access("read")
        for document in documents:
            if not document._actor_lists():
                raise AccessError(
                    self.env._(
                        "Recipients are listed by the drafter while it is a draft, "
                        "and by the clerk of %(unit)s once it is signed.",
                        unit=document.sudo().unit_id.name,
                    )
                )
