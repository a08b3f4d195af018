import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.qlvb_base.lib import clock

from ..lib.book import (
    COLUMNS,
    Flaw,
    HeadingError,
    Terms,
    find_table,
    forbidden_rows,
    read_book,
)
from ..lib.days import FIRST_YEAR
from ..models.qlvb_admission_mixin import AdmissionRefused

MOST_SHOWN = 500
"""So many bad rows are named at once; a clerk mends no more in one go."""
_MOST_REFUSED = 50


class QlvbBookWizard(models.TransientModel):
    """Takes over the incoming register of a paper year from a spreadsheet.

    First a dry run that names each bad row; nothing is stored but the file, and
    that only until the book is in.  The import is all or nothing, and for a clerk
    of the unit alone.  A file with a paper that Article 3 keeps out is not even
    stored.
    """

    _name = "qlvb.book.wizard"
    _description = "Import of an Old Book"
    _inherit = ["qlvb.book.reader", "qlvb.input.mixin"]

    unit_id = fields.Many2one(
        "qlvb.unit",
        "Register of",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["qlvb.document"]._default_unit_id(),
        domain="[('id', 'in', own_unit_ids)]",
    )
    own_unit_ids = fields.Many2many(
        "qlvb.unit", compute="_compute_own_unit_ids", export_string_translation=False
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: clock.today().year,
        help="The year of the register; every paper in the book arrived in it",
    )
    file = fields.Binary("Book (XLSX)", attachment=False)
    file_name = fields.Char("Name of the file")
    settled = fields.Boolean(
        "Everything in this book is settled",
        default=True,
        help="The papers are taken over as done. Otherwise they wait for routing.",
    )
    state = fields.Selection(
        [("draft", "Choose the book"), ("checked", "Checked")],
        required=True,
        readonly=True,
        default="draft",
    )
    line_count = fields.Integer("Papers", readonly=True, aggregator=None)
    problem_count = fields.Integer("Problems", readonly=True, aggregator=None)
    problem_ids = fields.One2many(
        "qlvb.book.problem", "wizard_id", "Bad rows", readonly=True
    )
    found_text = fields.Char("Found", readonly=True)

    @api.depends_context("uid")
    def _compute_own_unit_ids(self):
        self.own_unit_ids = self.env["qlvb.document"]._own_units()

    @api.model
    def _checked_values(self, vals):
        # Here, where also what a context or a planted default holds comes by; first
        # of all, for it names the rows.
        self._judge_file(vals)
        return super()._checked_values(vals)

    @api.model
    def _judge_file(self, vals):
        """Look at a file before it is stored: its rows, and all that it says besides.

        :raises AdmissionRefused: it holds a paper that Article 3 keeps out
        :raises UserError: it is no spreadsheet, or a dangerous one
        """
        if vals.get("file"):
            self._refuse_forbidden(self._read_file(vals["file"]))
            raw = base64.b64decode(vals["file"])
            self.env["qlvb.vetting"]._vet_file("so.xlsx", raw, "import", self._name)

    # -- the caller's acts ----------------------------------------------------

    @api.onchange("file", "year", "unit_id")
    def _onchange_file(self):
        """Have another book checked anew."""
        self.state = "draft"
        self.problem_ids = False

    def action_check(self):
        """Read the book and name each row that cannot be taken over (dry run).

        :return: the same screen, with what was found
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: the file cannot be read, or has no headings
        """
        self.ensure_one()
        self._require_clerk()
        register = self.env["qlvb.register"]._of(self.unit_id, "in", self.year)
        _raw, book = self._read_book(register.last_number)
        self.problem_ids.unlink()
        self.write(
            {
                "state": "checked",
                "line_count": len(book.lines),
                "problem_count": len(book.flaws),
                "found_text": self._describe(book),
                "problem_ids": [
                    fields.Command.create(
                        {
                            "row": flaw.row,
                            "column": COLUMNS.get(flaw.column, ""),
                            "explanation": self._explain(flaw),
                        }
                    )
                    for flaw in book.flaws[:MOST_SHOWN]
                ],
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qlvb_document.qlvb_book_wizard_action"
        )
        return action | {"res_id": self.id}

    def action_import(self):
        """Take the whole book over, or nothing of it.

        In a transaction of its own that holds the register, so that a second
        import and whoever registers meanwhile wait for it.

        :return: the list of what was taken over
        :raises AccessError: the caller is no clerk of the register's unit
        :raises UserError: a row is bad, also one that was good when checked
        """
        self.ensure_one()
        with self.env["qlvb.register"]._fresh_transaction() as env:
            register = self.with_env(env)._import()
        action = register.with_env(self.env).action_open_documents()
        return action | {"target": "main"}

    def _import(self):
        """Import inside a fresh transaction; the counter comes last."""
        self._require_clerk()
        unit = self.unit_id
        register = self.env["qlvb.register"].sudo()._find_or_open(unit, "in", self.year)
        raw, book = self._read_book(register._lock_counter())
        if book.flaws:
            raise UserError(
                self.env._(
                    "Nothing was imported: %(count)s problems stand against it. The "
                    "first: row %(row)s: %(problem)s",
                    count=len(book.flaws),
                    row=book.flaws[0].row,
                    problem=self._explain(book.flaws[0]),
                )
            )
        documents = self.env["qlvb.document"]._take_over(
            unit, register, book.lines, self.settled
        )
        self.env["qlvb.journal"]._log(
            "book_imported",
            register,
            unit=unit,
            data={
                "rows": len(documents),
                "numbers": f"{book.lines[0].number}-{book.lines[-1].number}",
                "settled": self.settled,
                "checksum": hashlib.sha256(raw).hexdigest(),
            },
        )
        # The book is in: the file goes.
        self.unlink()
        return register

    def _require_clerk(self):
        """Raise where the caller does not keep this register.

        :raises AccessError: no clerk of the unit
        :raises UserError: there is no such register
        """
        unit = self.unit_id
        if unit._actor_as_clerk() is None:
            raise AccessError(
                self.env._(
                    "Only a clerk of %(unit)s enters documents in its register.",
                    unit=unit.name,
                )
            )
        if not (unit.receives and unit.active):
            raise UserError(
                self.env._(
                    "%(unit)s keeps no incoming register. Choose another.",
                    unit=unit.name,
                )
            )
        if not FIRST_YEAR <= self.year <= clock.today().year:
            raise UserError(
                self.env._("Enter the year of the book: from 1945 to this year.")
            )

    # -- reading --------------------------------------------------------------

    @api.model
    def _refuse_forbidden(self, sheets):
        """Raise where a row is of a paper that Article 3 keeps out.

        :raises AdmissionRefused: naming the rows by number, and nothing of them
        """
        found = forbidden_rows(sheets)
        if not found:
            return
        documents = self.env["qlvb.document"]
        for row, ground in found[:_MOST_REFUSED]:
            documents._record_refusal(ground, "import", row=row)
        raise AdmissionRefused(
            "\n".join(
                self.env._(
                    "Row %(number)s: %(reason)s",
                    number=row,
                    reason=documents._explain_refusal(ground),
                )
                for row, ground in found[:_MOST_REFUSED]
            )
        )

    def _read_book(self, last_number):
        """Return the file's bytes and what stands in it.

        :param last_number: how far the register has come
        :raises UserError: there is no file, or no headings in it
        """
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose the file of the book."))
        sheets = self._read_file(content)
        self._refuse_forbidden(sheets)
        try:
            places, rows = find_table(sheets)
        except HeadingError as error:
            raise UserError(
                self.env._(
                    "The headings of the register were not found. Still wanted: "
                    "%(columns)s. Download the template and copy the rows into it.",
                    columns=", ".join(COLUMNS[key] for key in error.missing),
                )
            ) from None
        book = read_book(places, rows, self._terms(last_number))
        if not book.lines:
            raise UserError(self.env._("There are no papers below the headings."))
        book.flaws += self._double_flaws(book.lines)
        book.flaws.sort(key=lambda flaw: flaw.row)
        return base64.b64decode(content), book

    def _terms(self, last_number):
        documents = self.env["qlvb.document"]
        limits = {
            "issuer": "issuer",
            "reference": "reference",
            "summary": "summary",
            "recipient": "book_recipient",
            "signed": "book_signed",
            "note": "book_note",
        }
        return Terms(
            year=self.year,
            today=clock.today(),
            last_number=last_number,
            limits={key: documents._text_limit(name) for key, name in limits.items()},
            kind_of=self._kind_reader(),
        )

    def _double_flaws(self, lines):
        """Name the rows that stand in the unit's documents already."""
        known = self.env["qlvb.document"]._known_papers(
            self.unit_id, {line.dated for line in lines if line.dated}
        )
        return [
            Flaw(
                line.row,
                "reference",
                "known",
                {"document": known[line.same_paper].display_name},
            )
            for line in lines
            if line.reference and line.same_paper in known
        ]
