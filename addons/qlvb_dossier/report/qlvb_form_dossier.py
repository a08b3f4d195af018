from odoo import api, models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.lib import forms
from odoo.addons.qlvb_document.report.qlvb_form_mixin import Form

from ..lib.dossier_package import safe_name
from ..lib.dossier_terms import kept

DOCUMENT_COLUMNS = (
    ("Số TT", 11),
    ("Số, ký hiệu văn bản", 32),
    ("Ngày tháng năm văn bản", 24),
    ("Tên loại và trích yếu nội dung văn bản", 96),
    ("Tác giả văn bản", 42),
    ("Tờ số/ Trang số", 20),
    ("Ghi chú", 27),
)
"""Annex V, part II: the list of documents, with widths in millimetres."""

DECISIONS = {
    "closed": "Đóng hồ sơ",
    "sent_back": "Trả lại để xử lý tiếp",
    "reopened": "Mở lại hồ sơ",
}


class QlvbFormDossier(models.AbstractModel):
    """What is printed of one dossier: its cover and its list of documents.

    For whoever sees the dossier.
    """

    _name = "qlvb.form.dossier"
    _description = "Forms of a Dossier"
    _inherit = ["qlvb.form.mixin"]

    @api.model
    def _forms(self):
        return super()._forms() | {
            "dossier-cover": Form(
                "qlvb.dossier",
                "_prepare_dossier_cover",
                "qlvb_dossier.form_dossier_cover",
            ),
            "dossier-documents": Form(
                "qlvb.dossier",
                "_prepare_dossier_documents",
                "qlvb_dossier.form_dossier_documents",
            ),
        }

    @api.model
    def _dossier_file_name(self, title, dossier):
        """Return a file's name: what it is and the code, never a title."""
        return safe_name(f"{title} {dossier.code or dossier.id} {dossier.year}")

    @api.model
    def _dossier_days(self, dossier):
        """Return the first and last day of the records in a dossier.

        Those of its documents; without any, those on which it was opened and closed.
        """
        days = [day for day in dossier.document_ids.mapped("document_date") if day]
        if not days:
            days = [clock.to_local(dossier.date_open).date()]
            if dossier.date_closed:
                days.append(clock.to_local(dossier.date_closed).date())
        return min(days), max(days)

    @api.model
    def _maker(self, dossier):
        """Return who made the dossier: who was responsible, else who opened it."""
        return (dossier.responsible_id or dossier.opened_by_id).sudo().name or ""

    # -- bìa hồ sơ ------------------------------------------------------------

    @api.model
    def _prepare_dossier_cover(self, dossier):
        first, last = self._dossier_days(dossier)
        return {
            "name": self._dossier_file_name("Bìa hồ sơ", dossier),
            "heading": self._heading(dossier.unit_id),
            "unit": dossier.lead_unit_id.sudo().name or "",
            "dossier": dossier,
            "first": forms.short_day(first),
            "last": forms.short_day(last),
            "pages": dossier.page_total,
            "documents": len(dossier.line_ids),
            "kept": kept(dossier.retention),
            "maker": self._maker(dossier),
        }

    # -- mục lục văn bản trong hồ sơ ------------------------------------------

    @api.model
    def _prepare_dossier_documents(self, dossier):
        lines = dossier.line_ids
        return {
            "name": self._dossier_file_name("Mục lục văn bản", dossier),
            "heading": self._heading(dossier.unit_id),
            "dossier": dossier,
            "columns": DOCUMENT_COLUMNS,
            "chunks": _chunks(self._document_rows(lines)),
            "count": len(lines),
            "pages": dossier.page_total,
            "printed": {"rows": len(lines)},
        }

    @api.model
    def _document_rows(self, lines):
        """Return the seven columns of each line, in the order of the dossier."""
        rows, page = [], 1
        for number, line in enumerate(lines, 1):
            document = line.document_id
            span = ""
            if line.pages:
                last = page + line.pages - 1
                span = f"{page}-{last}" if line.pages > 1 else str(page)
                page = last + 1
            rows.append(
                [
                    str(number),
                    document.reference or "",
                    forms.short_day(document.document_date),
                    forms.kind_and_summary(
                        document.type_id.name or "", document.summary or ""
                    ),
                    self._author(document),
                    span,
                    line.note or "",
                ]
            )
        return rows

    @api.model
    def _author(self, document):
        """Return the body that issued a document; of what leaves, the house's own."""
        if document.direction == "out":
            return document.unit_id.sudo().name
        return document.issuer or ""

    # -- ý kiến, quyết định ---------------------------------------------------

    @api.model
    def _prepare_opinions(self, dossier, entries):
        """Return the values of the pages of opinions and decisions.

        :param entries: opinions and decisions, in the order in which they stand
        """
        return {
            "name": self._dossier_file_name("Ý kiến", dossier),
            "dossier": dossier,
            "entries": [self._entry_of(entry) for entry in entries],
        }

    @api.model
    def _entry_of(self, entry):
        """Return one opinion or decision as its page shows it."""
        local = clock.to_local(entry.date)
        told = {
            "who": entry.author_id.sudo().name,
            "when": f"{forms.clock_time(local)}, {forms.long_day(local)}",
            "day": forms.short_day(local),
        }
        if entry._name == "qlvb.opinion":
            behalf = entry.on_behalf_of_id.sudo().name
            return told | {
                "title": "Ý kiến tham gia",
                "label": "Người cho ý kiến",
                "post": ", ".join(
                    filter(None, (entry.author_title, entry.unit_id.sudo().name))
                ),
                "behalf": behalf and f"Thay mặt {behalf} (ủy quyền)",
                "text": entry.body,
            }
        return told | {
            "title": DECISIONS[entry.kind],
            "label": "Người quyết định",
            "post": "",
            "behalf": "",
            "text": entry.text or "",
        }


def _chunks(rows, size=40):
    """Return rows in short groups: a page looks through its own group only."""
    return [rows[i : i + size] for i in range(0, len(rows), size)]
