from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.lib.symbols import symbol_key

from ..lib.entry import issuer_key

BOOK_FIELDS = ("book_recipient", "book_passed_on", "book_signed", "book_note")
"""Columns 7 to 10 of a paper book, which nothing else in a document holds."""


class QlvbDocumentBook(models.AbstractModel):
    """Papers of an old book: taken over as they stand there, numbers and all.

    They were registered on paper, so nobody registers them here.  Made by
    ``_take_over`` alone, for a clerk of the unit who has had the whole book
    checked.
    """

    _name = "qlvb.document.book"
    _description = "Paper of an Old Book"

    book_recipient = fields.Char(
        "Unit or person (old book)", readonly=True, copy=False, help="Column 7"
    )
    book_passed_on = fields.Date(
        "Passed on (old book)", readonly=True, copy=False, help="Column 8"
    )
    book_signed = fields.Char(
        "Signed for (old book)", readonly=True, copy=False, help="Column 9"
    )
    book_note = fields.Char(
        "Remarks (old book)", readonly=True, copy=False, help="Column 10"
    )

    @api.model
    def _take_over(self, unit, register, lines, settled):
        """Create the papers of a checked book and set the counter behind them.

        Runs inside a fresh transaction that holds the register's row, and as the
        clerk: every check of a typed draft is made of each.

        :param lines: of ``lib.book``, in the order of their numbers, which follow
            the register's last
        :param settled: the papers are done; else they wait for routing
        :return: the documents
        """
        quiet = self.with_context(tracking_disable=True, mail_create_nolog=True)
        documents = quiet._create_drafts(
            [
                {
                    "unit_id": unit.id,
                    "received_date": line.arrived,
                    "issuer": line.issuer,
                    "reference": line.reference,
                    "document_date": line.dated,
                    "type_id": line.kind,
                    "summary": line.summary,
                }
                for line in lines
            ],
            "book",
        )
        state = "done" if settled else "registered"
        common = {
            "state": state,
            "register_id": register.id,
            "registered_at": clock.now(),
            "registered_by_id": self.env.uid,
        }
        for document, line in zip(documents, lines, strict=True):
            document._through_gate().write(
                {
                    **common,
                    "number": line.number,
                    "book_recipient": line.recipient or False,
                    "book_passed_on": line.passed_on or False,
                    "book_signed": line.signed or False,
                    "book_note": line.note or False,
                }
            )
        documents._remember_senders()
        self.env.flush_all()
        register._follow_book(lines[0].number, lines[-1].number)
        self.env["qlvb.journal"]._log(
            "registered",
            documents,
            unit=unit,
            data=[{"register": register.id, "number": line.number} for line in lines],
        )
        if settled:
            self.env["qlvb.journal"]._log("document_done", documents, unit=unit)
        return documents

    def _remember_senders(self):
        """Note the issuers of many papers, each once."""
        different = {
            (issuer_key(document.issuer), document._symbol().tail): document
            for document in self
        }
        for document in different.values():
            self.env["qlvb.sender"]._remember(document)

    @api.model
    def _known_papers(self, unit, days):
        """Return what of these days the unit has, by symbol, day and issuer."""
        known = self.search_fetch(
            [
                ("unit_id", "=", unit.id),
                ("direction", "=", "in"),
                ("document_date", "in", list(days)),
                ("state", "!=", "refused"),
            ],
            ["reference", "issuer", "document_date", "number"],
        )
        return {
            (
                symbol_key(document.reference or ""),
                document.document_date,
                issuer_key(document.issuer or ""),
            ): document
            for document in known
        }
