from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib.symbols import word_key
from odoo.addons.qlvb_base.lib.xlsx import (
    MOST_BYTES,
    MOST_ROWS,
    SheetError,
    read_sheets,
)

from ..lib.book import kind_at_start
from ..lib.encoded import decoded
from ..lib.forms import is_about

_OFFICIAL_LETTER = "cv"


class QlvbBookReader(models.AbstractModel):
    """Reads what a clerk brings as an old book, and says what is wrong with it."""

    _name = "qlvb.book.reader"
    _description = "Reader of Old Books"

    @api.model
    def _read_file(self, content):
        """Return the sheets of a file that came from outside.

        :raises UserError: saying what is wrong with it and what to do
        """
        try:
            # Before anything is made of it: four characters hold three bytes.
            if isinstance(content, str | bytes) and len(content) > MOST_BYTES * 3 // 2:
                raise SheetError("size")
            raw = decoded(content)
            if raw is None:
                raise UserError(self.env["qlvb.vetting"]._explain_file("torn"))
            return read_sheets(raw)
        except SheetError as error:
            raise UserError(self._explain_file(error.code)) from None

    @api.model
    def _kind_reader(self):
        """Return the function that finds a paper's kind; see ``lib.book.Terms``."""
        kinds, documents = self.env["qlvb.document.type"], self.env["qlvb.document"]
        names, codes, by_code = {}, {}, {}
        for code, name, legislative, number in kinds._known():
            codes[number] = code
            if not legislative or tuple(word_key(name).split()) not in names:
                names[tuple(word_key(name).split())] = number
            if not legislative and len(code) > 1:
                by_code.setdefault(code, set()).add(number)
        letter = kinds._of_symbol(documents._read_symbol("1/x")).id
        abbreviations = {
            (code,): min(numbers)
            for code, numbers in by_code.items()
            # HD is guidance without its mark, and a contract with it.
            if len(numbers) == 1
        } | {(_OFFICIAL_LETTER,): letter}

        def kind_of(text, reference):
            symbol = documents._read_symbol(reference)
            by_symbol = kinds._of_symbol(symbol).id
            found, taken = kind_at_start(text, names)
            if not found:
                found, taken = kind_at_start(text, abbreviations)
            if found:
                # The year in the symbol tells a legal normative document.
                same = codes.get(by_symbol) == codes[found]
                return (by_symbol if same else found), taken
            # An official letter's symbol names no kind, and its subject begins so.
            if by_symbol and (symbol.kind or is_about(text)):
                return by_symbol, 0
            return 0, 0

        return kind_of

    # -- words ----------------------------------------------------------------

    def _describe(self, book):
        numbers = [line.number for line in book.lines if line.number]
        if not numbers:
            return self.env._("%(count)s papers.", count=len(book.lines))
        return self.env._(
            "%(count)s papers, numbers %(first)s to %(last)s.",
            count=len(book.lines),
            first=min(numbers),
            last=max(numbers),
        )

    @api.model
    def _explain_file(self, code):
        return {
            "size": self.env._(
                "The file is larger than %(limit)s MB. Split the book.",
                limit=MOST_BYTES >> 20,
            ),
            "kind": self.env._(
                "This is no XLSX file that can be read. Open the book in your "
                "spreadsheet program, save it as .xlsx without a password, and choose "
                "it again."
            ),
            "hostile": self.env._(
                "This file is not made by a spreadsheet program and is not opened. "
                "Copy the rows into the template."
            ),
            "rows": self.env._(
                "The file has more than %(limit)s rows. Split the book.",
                limit=MOST_ROWS,
            ),
            "empty": self.env._("The file is empty. Choose another."),
        }[code]

    @api.model
    def _explain(self, flaw):
        """Return in words what is wrong with a row and what to do."""
        details = flaw.details
        if flaw.code == "kind":
            return self.env._(
                "“%(value)s…” begins with no known kind of document, and the symbol "
                "shows none. Write one of these before it: %(kinds)s.",
                value=details["value"],
                kinds=", ".join(
                    self.env["qlvb.document.type"]
                    .search([("is_legislative", "=", False)])
                    .mapped("name")
                ),
            )
        if flaw.code == "gap":
            if details["first"] == details["last"]:
                return self.env._(
                    "Number %(first)s is missing before this row. Add its row: the "
                    "register has no gap.",
                    first=details["first"],
                )
            return self.env._(
                "Numbers %(first)s to %(last)s are missing before this row. Add their "
                "rows: the register has no gap.",
                first=details["first"],
                last=details["last"],
            )
        return self._simple_explanations(flaw.code) % details

    @api.model
    def _simple_explanations(self, code):
        return {
            "missing": self.env._("Nothing stands here. Enter it from the paper book."),
            "date": self.env._(
                "“%(value)s” is no date. Write day/month/year, the year in four "
                "figures: 06/08/2014."
            ),
            "year": self.env._(
                "This day is not in %(year)s. Correct it, or choose another year."
            ),
            "future": self.env._("This day lies in the future. Correct it."),
            "early": self.env._("The year is too early. Correct it."),
            "after": self.env._(
                "The paper is dated after its arrival. Correct one of the two days."
            ),
            "number": self.env._("“%(value)s” is no number. Write a whole number."),
            "inserted": self.env._(
                "“%(value)s” is an inserted number, and the register counts whole "
                "numbers only. Take this row out and keep the paper in the paper book."
            ),
            "taken": self.env._(
                "This number is taken: the register has come to %(last)s. The book "
                "must begin with %(next)s."
            ),
            "doubled": self.env._(
                "Number %(number)s stands in row %(row)s already. Correct one of them."
            ),
            "known": self.env._(
                "The same paper (issuer, symbol, date) is here already: %(document)s. "
                "Correct the row."
            ),
            "long": self.env._(
                "The text is longer than %(limit)s characters. Shorten it."
            ),
            "control": self.env._(
                "There are hidden characters in the text. Type it again."
            ),
            "direction": self.env._(
                "There are hidden characters in the text. Type it again."
            ),
            "formula": self.env._(
                "A formula stands here. Copy the cell and paste it as value."
            ),
            "merged": self.env._(
                "This cell is merged with other rows. Split it and fill in each row."
            ),
            "broken": self.env._("The cell shows an error. Enter the value itself."),
        }[code]
