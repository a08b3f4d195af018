from odoo import models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.lib import forms

from ..lib.dossier_index import split_reference
from ..lib.dossier_terms import kept

PRIORITIES = {"normal": 0, "urgent": 1, "very_urgent": 2, "express": 3}
"""Urgency alone: nothing secret is in the system (Article 3)."""

RIGHTS = {"limited": "Hạn chế", "open": "Không hạn chế"}

_DECISIONS = {"closed": "Đóng", "sent_back": "Trả lại", "reopened": "Mở lại"}


class QlvbDossierIndex(models.AbstractModel):
    """What a package tells of a dossier: the fields of Decree 30/2020, annex VI."""

    _name = "qlvb.dossier.index"
    _description = "Index of a Dossier's Package"

    def _index_values(self, pages):
        """Return the fields of the dossier.

        :param pages: how many pages its documents have
        """
        self.ensure_one()
        form = self.env["qlvb.form"]
        return {
            "OrganId": self.unit_id.sudo().identifier,
            "FileCatalog": self.year,
            "FileNotation": self.code,
            "Title": self.name,
            "Maintenance": kept(self.retention),
            "Rights": RIGHTS[self.rights],
            "Creator": form._maker(self),
            "Language": self.language,
            "StartDate": clock.to_local(self.date_open).date(),
            "EndDate": self.date_closed and clock.to_local(self.date_closed).date(),
            "DocTotal": len(self.line_ids),
            "PageTotal": pages,
            "Description": self.note,
        }

    def _document_index_values(self, line, number):
        """Return the fields of one document of the list, but its files.

        :param number: its place in the list
        """
        document = line.document_id
        number_text, notation = split_reference(document.reference or "")
        values = {
            "Direction": document.direction,
            "DocOrdinal": number,
            "TypeName": document.type_id.name,
            "CodeNumber": number_text,
            "CodeNotation": notation,
            "IssuedDate": document.document_date,
            "OrganName": self.env["qlvb.form"]._author(document),
            "Subject": document.summary,
            "Language": self.language,
            "PageAmount": line.pages or None,
            "Description": line.note,
            "Priority": PRIORITIES.get(document.urgency, 0),
            "DueDate": document.deadline,
        }
        if document.direction == "in":
            return values | {
                "ArrivalDate": document.received_date,
                "ArrivalNumber": document.number or None,
                "ToPlaces": "; ".join(self._places_of(document)),
                "TraceHeaderList": "\n".join(self._trace_of(document)),
            }
        signer = document.signer_id.sudo()
        posts = self.env["qlvb.position"]._current(signer, document.unit_id)
        return values | {
            "SignerInfo": {
                "FullName": signer.name or "",
                "Position": posts[:1].title or "",
            },
            "To": self._recipients_of(document),
            "IssuedAmount": document.copies,
        }

    def _places_of(self, document):
        """Return to whom an incoming document was routed."""
        form = self.env["qlvb.form"]
        return [form._holder(order) for order in form._top_orders(document)]

    def _trace_of(self, document):
        """Return the leaders' directions on an incoming document, and its state."""
        state = dict(document._fields["state"]._description_selection(self.env))
        return [
            *(
                f"{forms.short_day(clock.to_local(one.date))} "
                f"{one.author_id.sudo().name}: {one.text}"
                for one in document.direction_ids.sorted("date")
            ),
            state[document.state],
        ]

    def _recipients_of(self, document):
        """Return the recipients of an outgoing document, with their identifiers."""
        rows = document.dispatch_ids
        return [
            {
                "OrganId": row.unit_id.sudo().identifier or "",
                "OrganName": (row.unit_id or row.partner_id).sudo().name,
            }
            for row in rows
        ]

    def _opinion_rows(self):
        """Return the opinions and decisions, oldest first, as texts."""
        rows = [
            (
                one.date,
                {
                    "Kind": "Ý kiến",
                    "Moment": _moment(one.date),
                    "Author": one.author_id.sudo().name,
                    "Position": one.author_title,
                    "Unit": one.unit_id.sudo().name,
                    "OnBehalfOf": one.on_behalf_of_id.sudo().name,
                    "Text": one.body,
                },
            )
            for one in self.opinion_ids
        ]
        rows += [
            (
                one.date,
                {
                    "Kind": _DECISIONS[one.kind],
                    "Moment": _moment(one.date),
                    "Author": one.author_id.sudo().name,
                    "Text": one.text,
                },
            )
            for one in self.decision_ids
        ]
        return [row for _date, row in sorted(rows, key=lambda pair: pair[0])]

    def _journal_rows(self):
        """Return the course of events, as far as the caller may read it."""
        return [
            {
                "Moment": _moment(entry.date),
                "Act": entry.event_label,
                "User": entry.user_id.sudo().name,
                "OnBehalfOf": entry.on_behalf_of_id.sudo().name,
                "Unit": entry.unit_id.sudo().name,
                "Details": entry.details,
            }
            for entry in self.env["qlvb.journal"].search(
                [("res_model", "=", self._name), ("res_id", "=", self.id)],
                order="date, id",
            )
        ]


def _moment(date):
    return clock.to_local(date).isoformat()
