from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock

from ..lib import forms
from .qlvb_form_mixin import Form


class QlvbFormDocument(models.AbstractModel):
    """What is printed of one incoming paper: the stamp and the notes to its sender.

    For whoever sees the document.
    """

    _name = "qlvb.form.document"
    _description = "Forms of a Paper"
    _inherit = ["qlvb.form.order"]

    @api.model
    def _forms(self):
        return super()._forms() | {
            "arrival-stamp": Form(
                "qlvb.document",
                "_prepare_arrival_stamp",
                "qlvb_document.form_arrival_stamp",
            ),
            "receipt": Form(
                "qlvb.document",
                "_prepare_receipt",
                "qlvb_document.form_receipt",
            ),
        }

    @api.model
    def _named_document(self, document):
        """Return the document's full name, as the slips head it."""
        return forms.named_in_full(
            document.type_id.name,
            document.reference,
            document.document_date,
            document.issuer,
            document.summary,
        )

    @api.model
    def _file_name(self, title, document):
        """Return a file's name: what it is and the arrival number, never a subject."""
        number = document.number_text or document.id
        return f"{title} {number} {document.received_date.year}"

    @api.model
    def _require_number(self, document):
        """Raise where the document has no arrival number yet."""
        if not document.number:
            raise UserError(
                self.env._(
                    "%(document)s has no arrival number yet. Register it, then print.",
                    document=document.display_name,
                )
            )

    @api.model
    def _prepare_arrival_stamp(self, document):
        """Return the fields of the stamp “ĐẾN” (annex IV, part V: 35 × 50 mm)."""
        self._require_number(document)
        arrived = forms.short_day(document.received_date)
        if document.urgency in ("very_urgent", "express"):
            # The hour counts where handling begins at once (Article 23.1).
            hour = clock.to_local(document.registered_at)
            if document.received_time:
                minutes = min(round(document.received_time * 60), 24 * 60 - 1)
                hour = hour.replace(hour=minutes // 60, minute=minutes % 60)
            arrived = f"{arrived}, {forms.clock_time(hour)}"
        return {
            "name": self._file_name("Dấu đến", document),
            "agency": forms.agency_lines(document.unit_id.sudo().name),
            "number": document.number_text,
            "arrived": arrived,
            "passed_to": ", ".join(
                order.user_id.sudo().name or order.unit_id.sudo().name
                for order in self._top_orders(document)
                if order.role == "lead"
            ),
            "dossier": self._dossier_symbols(document),
            # Below the number, on the left; an official letter has its subject
            # there, and the room is below the date.
            "on_right": not document.type_id.code,
        }

    @api.model
    def _dossier_symbols(self, document):
        """Return number and symbol of its dossiers, which an addon above knows."""
        return ""

    @api.model
    def _prepare_receipt(self, document):
        """Return the note to the sender: arrived (Article 21.2c), or returned why.

        A returned one is dated on the day of the refusal and names who refused.
        """
        if document.state == "draft":
            raise UserError(
                self.env._(
                    "%(document)s is neither registered nor refused yet. Decide "
                    "first, then print the note to the sender.",
                    document=document.display_name,
                )
            )
        refused = document.state == "refused"
        if refused:
            moment, clerk = self._refusal(document)
        else:
            moment, clerk = document.registered_at, document.registered_by_id
        title = "Phiếu báo trả lại" if refused else "Phiếu báo nhận"
        return {
            "name": self._file_name(title, document),
            "heading": self._heading(document.unit_id, moment),
            "agency": document.unit_id.sudo().name,
            "refused": refused,
            "document": document,
            "kind": document.type_id.name,
            "document_day": forms.long_day(document.document_date),
            "arrived": forms.long_day(document.received_date),
            "reason": document.refusal_reason,
            "clerk": self._person(clerk),
        }

    @api.model
    def _refusal(self, document):
        """Return when and by whom the document was refused: the journal knows."""
        # Superuser: two facts about a document that the reader sees.
        row = (
            self.env["qlvb.journal"]
            .sudo()
            .search(
                [
                    ("res_model", "=", document._name),
                    ("res_id", "=", document.id),
                    ("event", "=", "refused"),
                ],
                limit=1,
            )
        )
        return row.date, row.keeper_id or row.user_id
