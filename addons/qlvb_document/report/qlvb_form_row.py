from odoo import api, models

from odoo.addons.qlvb_base.lib import clock

from ..lib import forms


class QlvbFormRow(models.AbstractModel):
    """The lines of the books: what each paper shows in which column."""

    _name = "qlvb.form.row"
    _description = "Lines of Books"
    _inherit = ["qlvb.form.order"]

    @api.model
    def _register_rows(self, documents):
        """Return the ten columns of each document."""
        kinds = {kind: kind.name for kind in documents.type_id}
        corrected = self._correction_notes(documents)
        rows = []
        for document in documents:
            orders = self._top_orders(document)
            rows.append(
                [
                    forms.short_day(document.received_date),
                    document.number_text,
                    document.issuer,
                    document.reference,
                    forms.short_day(document.document_date),
                    forms.kind_and_summary(kinds[document.type_id], document.summary),
                    "; ".join(self._recipient(order) for order in orders),
                    self._short_day(min(orders.mapped("sent_at"), default=None)),
                    # Signed by hand; what was accepted on screen is signed there.
                    self._accepted_text(orders),
                    forms.URGENCIES.get(document.urgency, ""),
                ]
            )
            if document.source == "book":
                rows[-1][6:] = self._as_in_the_book(document, rows[-1][6:])
            if document.id in corrected:
                # Beside what stands there: a book shows where it was changed.
                notes = [rows[-1][-1], *corrected[document.id]]
                rows[-1][-1] = "; ".join(filter(None, notes))
            rows[-1][9] = self._remarks(document, rows[-1][9])
        return rows

    @api.model
    def _correction_notes(self, documents):
        """Return what the remarks say of corrections, by id of the document."""
        # Superuser: what was changed when, to who prints the book; no values.
        done = (
            self.env["qlvb.correction"]
            .sudo()
            .search(
                [("document_id", "in", documents.ids), ("state", "=", "done")],
                order="id",
            )
        )
        notes = {}
        # Short, for the column is narrow: what was changed stands with the document.
        words = {"correct": "Đính chính", "purge": "Xoá nội dung"}
        for correction in done:
            day = self._short_day(correction.decided_at)
            notes.setdefault(correction.document_id.id, []).append(
                f"{words[correction.kind]} {day}"
            )
        return notes

    @api.model
    def _remarks(self, document, remarks=""):
        """Return the last column, which explains what its sender took back."""
        if document.state != "recalled":
            return remarks
        day = self._short_day(document.recalled_at)
        recalled = f"Bên gửi thu hồi ngày {day}: {document.recall_reason}"
        return f"{remarks}; {recalled}" if remarks else recalled

    @api.model
    def _as_in_the_book(self, document, columns):
        """Return columns 7 to 10 of a paper that stood in a book before.

        What was done here since is shown instead.
        """
        written = (
            document.book_recipient,
            forms.short_day(document.book_passed_on),
            document.book_signed,
            document.book_note,
        )
        return [now or then or "" for now, then in zip(columns, written, strict=True)]

    @api.model
    def _recipient(self, order):
        name = order.user_id.sudo().name or order.unit_id.sudo().name
        return name if order.role == "lead" else f"{name} ({forms.ROLES[order.role]})"

    @api.model
    def _accepted_text(self, orders):
        moments = [
            order.accepted_at
            for order in orders
            if order.role == "lead" and order.accepted_at
        ]
        if not moments:
            return ""
        return f"Qua mạng {self._short_day(min(moments))}"

    @api.model
    def _follow_up_rows(self, documents):
        """Return the seven columns of each document."""
        kinds = {kind: kind.name for kind in documents.type_id}
        answers = self._answers(documents)
        rows = []
        for document in documents:
            orders = self._top_orders(document)
            leads = orders.filtered(lambda order: order.role == "lead")
            rows.append(
                [
                    document.number_text,
                    forms.named(
                        kinds[document.type_id],
                        document.reference,
                        f"ngày {forms.short_day(document.document_date)}",
                        document.issuer,
                    ),
                    "; ".join(self._recipient(order) for order in orders),
                    forms.short_day(leads[:1].deadline or document.deadline),
                    self._progress(document, leads),
                    "; ".join(answers.get(document.id, ())),
                    self._remarks(document, forms.URGENCIES.get(document.urgency, "")),
                ]
            )
        return rows

    @api.model
    def _progress(self, document, leads):
        """Say how far the handling has come: column 5 of the follow-up book."""
        if document.state == "registered":
            return "Chờ phân công"
        if document.state == "recalled":
            return "Bên gửi thu hồi"
        finished = max(leads.filtered("done_at").mapped("done_at"), default=None)
        limit = leads[:1].deadline or document.deadline
        if document.state == "done" and finished:
            day = clock.to_local(finished).date()
            word = "quá hạn" if limit and day > limit else "đúng hạn"
            return f"Đã giải quyết ngày {forms.short_day(day)}, {word}"
        holder = document.holder_text or ""
        late = ", quá hạn" if limit and limit < clock.today() else ""
        return f"Đang giải quyết: {holder}{late}"

    @api.model
    def _answers(self, documents):
        """Return number and symbol of what answers each document, by its id."""
        answers = {}
        for answer in self.env["qlvb.document"].search(
            [("reply_to_id", "in", documents.ids), ("number", ">", 0)],
            order="document_date, id",
        ):
            answers.setdefault(answer.reply_to_id.id, []).append(answer.reference)
        return answers
