from odoo import api, models

from odoo.addons.qlvb_document.lib import forms
from odoo.addons.qlvb_document.report.qlvb_form_mixin import Form

from ..lib.dossier_package import safe_name
from ..lib.dossier_terms import kept

LIST_COLUMNS = (
    ("Số và ký hiệu hồ sơ", 25),
    ("Tên đề mục và tiêu đề hồ sơ", 72),
    ("Thời hạn bảo quản", 21),
    ("Người lập hồ sơ", 29),
    ("Ghi chú", 18),
)
"""Annex V, part I: the year's list of dossiers, with widths in millimetres."""

TRANSFER_COLUMNS = (
    ("Số TT", 12),
    ("Số, ký hiệu hồ sơ", 34),
    ("Tiêu đề hồ sơ", 98),
    ("Thời gian tài liệu", 36),
    ("Thời hạn bảo quản", 24),
    ("Số tờ/ Số trang", 20),
    ("Ghi chú", 28),
)
"""Annex V, part III: the list of dossiers handed over."""


class QlvbFormArchive(models.AbstractModel):
    """The year's list of dossiers, and what is signed at a hand-over to the archive.

    The list for whoever reads it, with what they see of it; the hand-over for the
    unit's head, clerks and Chief of Office, to whom alone it is visible.
    """

    _name = "qlvb.form.archive"
    _description = "Forms of Lists of Dossiers"
    _inherit = ["qlvb.form.dossier"]

    @api.model
    def _forms(self):
        return super()._forms() | {
            "dossier-list": Form(
                "qlvb.dossier.list",
                "_prepare_dossier_list",
                "qlvb_dossier.form_dossier_list",
            ),
            "archive-list": Form(
                "qlvb.archive.transfer",
                "_prepare_archive_list",
                "qlvb_dossier.form_archive_list",
            ),
            "archive-record": Form(
                "qlvb.archive.transfer",
                "_prepare_archive_record",
                "qlvb_dossier.form_archive_record",
            ),
        }

    # -- danh mục hồ sơ -------------------------------------------------------

    @api.model
    def _prepare_dossier_list(self, one):
        """Return the list by headings, with what the reader sees of it."""
        places = one._places()
        # Searched as the reader: what others read of it is not theirs.
        entries = self.env["qlvb.dossier.entry"].search([("list_id", "=", one.id)])
        loose = entries.filtered(lambda entry: not entry.heading_id)
        added = loose.filtered("is_addition")
        rows = [self._list_row(entry) for entry in loose - added]
        for heading in one.heading_ids.sorted(lambda h: (h.sequence, h.id)):
            rows.append(
                {
                    "level": heading.level,
                    "text": f"{places[heading.id]}. {heading.name}",
                }
            )
            rows += [
                self._list_row(entry)
                for entry in entries.filtered(
                    lambda entry: entry.heading_id == heading  # noqa: B023
                )
            ]
        if added:
            rows.append({"level": "large", "text": "Hồ sơ bổ sung"})
            rows += [self._list_row(entry) for entry in added]
        head = one.unit_id.head_id.sudo()
        return {
            "name": safe_name(f"Danh mục hồ sơ {one.year} {one.unit_id.symbol}"),
            "heading": self._heading(one.unit_id, one.approved_at),
            "listed": one,
            "columns": LIST_COLUMNS,
            "rows": rows,
            "count": len(entries),
            "permanent": len(entries.filtered(lambda e: e.retention == "permanent")),
            "signer": one.approved_by_id.sudo().name or head.name or "",
            "signer_title": self._signer_title(one),
            "printed": {"rows": len(entries)},
        }

    @api.model
    def _signer_title(self, one):
        """Return the post of who approves, as it stands above the signature."""
        user = one.approved_by_id or one.unit_id.head_id
        posts = self.env["qlvb.position"]._current(user, one.unit_id, ("head",))
        return (posts[:1].title or "Chủ tịch").upper()

    @api.model
    def _list_row(self, entry):
        note = [entry.note or ""]
        if entry.is_addition:
            note.append("Bổ sung")
        return {
            "level": "",
            "cells": [
                entry.code or "",
                entry.name,
                kept(entry.retention),
                entry.maker_text or "",
                "; ".join(filter(None, note)),
            ],
        }

    # -- mục lục hồ sơ, tài liệu nộp lưu --------------------------------------

    @api.model
    def _prepare_archive_list(self, transfer):
        lines = transfer.line_ids
        permanent = lines.filtered(lambda l: l.dossier_retention == "permanent")  # noqa: E741
        return {
            "name": safe_name(f"Mục lục hồ sơ nộp lưu {transfer.id}"),
            "heading": self._heading(transfer.unit_id, transfer.done_at),
            "transfer": transfer,
            "columns": TRANSFER_COLUMNS,
            "rows": [self._transfer_row(n, line) for n, line in enumerate(lines, 1)],
            "count": len(lines),
            "permanent": len(permanent),
            "giver": transfer.giver_id.sudo().name,
            "printed": {"rows": len(lines)},
        }

    @api.model
    def _transfer_row(self, number, line):
        first, last = map(forms.short_day, self._dossier_days(line.dossier_id))
        return [
            str(number),
            line.dossier_code or "",
            line.dossier_id.name,
            first if first == last else f"{first} - {last}",
            kept(line.dossier_retention),
            str(line.sheets or ""),
            line.note or "",
        ]

    # -- biên bản giao nhận ---------------------------------------------------

    @api.model
    def _prepare_archive_record(self, transfer):
        return {
            "name": safe_name(f"Biên bản giao nhận hồ sơ {transfer.id}"),
            "heading": self._heading(transfer.unit_id, transfer.done_at),
            "transfer": transfer,
            "agency": transfer.unit_id.sudo().name,
            "giver": transfer.giver_id.sudo().name,
            "day": self._long_day(transfer.done_at)
            or "ngày ..... tháng ..... năm ........",
            "first": forms.short_day(transfer.date_from),
            "last": forms.short_day(transfer.date_to),
            "metres": f"{transfer.metres:.2f}".replace(".", ","),
        }
