from typing import NamedTuple

from odoo import api, models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.symbols import format_number

from ..lib import forms

OUTGOING_COLUMNS = (
    ("Số, ký hiệu văn bản", 28),
    ("Ngày tháng văn bản", 19),
    ("Tên loại và trích yếu nội dung văn bản", 56),
    ("Người ký", 24),
    ("Nơi nhận văn bản", 34),
    ("Đơn vị, người nhận bản lưu", 24),
    ("Số lượng bản", 12),
    ("Ngày chuyển", 19),
    ("Ký nhận", 12),
    ("Ghi chú", 24),
)
"""Annex IV, part II: the ten columns in their order, with widths in millimetres."""

_WITHOUT_DOCUMENT = {"reserved": "Số dự trữ", "inserted": "Số chèn", "void": "Số hủy"}


class Line(NamedTuple):
    """A line of a register: a document, a number with an explanation, or both."""

    number: int
    suffix: str
    document: object
    entry: object

    @property
    def text(self):
        """The number as it is written."""
        return format_number(self.number) + self.suffix

    def with_env(self, env):
        """Return the line as another environment reads it."""
        return self._replace(
            document=self.document.with_env(env), entry=self.entry.with_env(env)
        )


class QlvbFormOutgoing(models.AbstractModel):
    """Lines of registers, and what they show in the outgoing book, by column."""

    _name = "qlvb.form.outgoing"
    _description = "Lines of the Outgoing Book"
    _inherit = ["qlvb.form.row"]

    # -- which lines ----------------------------------------------------------

    @api.model
    def _lines(self, documents, entries):
        """Return documents and entries of one register as its lines, by number.

        :param entries: all those of the numbers that the documents bear, and others
        """
        borne = {
            (document.number, document.number_suffix or ""): document
            for document in documents
        }
        explained = {(entry.number, entry.suffix or ""): entry for entry in entries}
        none, bare = documents.browse(), entries.browse()
        return [
            Line(*key, borne.get(key, none), explained.get(key, bare))
            for key in sorted(borne.keys() | explained.keys())
        ]

    @api.model
    def _lines_between(self, register, first, last):
        """Return the lines with the numbers from ``first`` to ``last``."""
        numbers = [("number", ">=", first), ("number", "<=", last)]
        entries = self.env["qlvb.register.entry"].search(
            [("register_id", "=", register.id), *numbers]
        )
        return self._lines(self._registered(register, numbers), entries)

    @api.model
    def _lines_of_days(self, register, first, last):
        """Return the lines of these days: of the documents, or else of the entries."""
        day = "document_date" if register.direction == "out" else "received_date"
        documents = self._registered(register, [(day, ">=", first), (day, "<=", last)])
        entries = self.env["qlvb.register.entry"].search(
            [("register_id", "=", register.id)]
        )
        if not entries:
            return self._lines(documents, entries)
        keys = {(one.number, one.number_suffix or "") for one in documents}
        all_borne = {
            (one.number, one.number_suffix or "")
            for one in self._registered(
                register, [("number", "in", entries.mapped("number"))]
            )
        }
        kept = entries.filtered(
            lambda entry: (
                (entry.number, entry.suffix or "") in keys
                if (entry.number, entry.suffix or "") in all_borne
                else first <= clock.to_local(entry.date).date() <= last
            )
        )
        return self._lines(documents, kept)

    # -- what they show -------------------------------------------------------

    @api.model
    def _outgoing_rows(self, lines):
        """Return the ten columns of each line of the outgoing book."""
        documents = self.env["qlvb.document"].union(
            *(line.document for line in lines if line.document)
        )
        corrected = self._correction_notes(documents)
        return [
            self._document_row(line, corrected.get(line.document.id, ()))
            if line.document
            else self._entry_row(line)
            for line in lines
        ]

    @api.model
    def _document_row(self, line, corrected):
        document = line.document
        sent_on, signed = document._sent_columns()
        notes = [
            forms.URGENCIES.get(document.urgency, ""),
            self._explained(line.entry) if line.entry else "",
            *corrected,
            self._recalled(document),
        ]
        return [
            document.reference,
            forms.short_day(document.document_date),
            forms.kind_and_summary(document.type_id.name, document.summary),
            document.signer_id.sudo().name or "",
            "; ".join(document._recipients_in_book()),
            # As the last line of the recipients has it: Lưu: VT, VHTT.
            f"VT, {document.drafting_unit_id.sudo().symbol}",
            str(document.copies),
            forms.short_day(sent_on),
            signed,
            "; ".join(filter(None, notes)),
        ]

    @api.model
    def _recalled(self, document):
        """Return in the words of the book that all recipients had to give it back."""
        if not document.recalled_at:
            return ""
        day = self._short_day(document.recalled_at)
        return f"Thu hồi ngày {day}: {document.recall_reason}"

    @api.model
    def _entry_row(self, line):
        entry = line.entry
        return [
            line.text,
            self._short_day(entry.date),
            self._explained(entry),
            *([""] * 6),
            _WITHOUT_DOCUMENT[entry.kind],
        ]

    @api.model
    def _explained(self, entry):
        """Return in the words of the book why a number is out of the row."""
        whom = f" cho {entry.for_whom}" if entry.for_whom else ""
        words = []
        if entry.kind == "reserved":
            words.append(f"Số dự trữ{whom}: {entry.reason}")
        elif entry.kind == "inserted":
            words.append(f"Số chèn{whom}: {entry.reason}")
        if entry.state == "void":
            day = self._short_day(entry.voided_at)
            words.append(f"Hủy ngày {day}: {entry.void_reason}")
        return ". ".join(words)

    @api.model
    def _told(self, acts):
        """Return in the words of the book what was decided about the register."""
        told = []
        for one in acts:
            day = self._short_day(one.date)
            if one.act == "opened":
                first = format_number(one.number)
                told.append(
                    f"Bắt đầu từ số {first} theo sổ giấy: {one.reason} "
                    f"({one._who()}, ngày {day})."
                )
            elif one.act == "reopened":
                told.append(
                    f"Mở lại sổ ngày {day} theo quyết định của Chủ tịch "
                    f"({one._who()}): {one.reason}."
                )
            else:
                told.append(f"Khóa sổ năm ngày {day}; người khóa sổ: {one._who()}.")
        return told
