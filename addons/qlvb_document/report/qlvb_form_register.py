from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Date, Domain

from odoo.addons.qlvb_base.lib import clock

from ..lib import forms, sheet
from .qlvb_form_mixin import Form
from .qlvb_form_outgoing import OUTGOING_COLUMNS

MOST_ROWS = 3000
"""What one print holds: a year of a district, and well within a worker's time."""

REGISTER_COLUMNS = (
    ("Ngày đến", 19),
    ("Số đến", 11),
    ("Tác giả", 34),
    ("Số, ký hiệu văn bản", 30),
    ("Ngày tháng văn bản", 19),
    ("Tên loại và trích yếu nội dung văn bản", 58),
    ("Đơn vị hoặc người nhận", 32),
    ("Ngày chuyển", 19),
    ("Ký nhận", 18),
    ("Ghi chú", 12),
)
"""Annex IV, part VI: the ten columns in their order, with widths in millimetres."""

FOLLOW_UP_COLUMNS = (
    ("Số đến", 12),
    (
        "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản",
        72,
    ),
    ("Đơn vị hoặc người nhận", 42),
    ("Thời hạn giải quyết", 24),
    ("Tiến độ giải quyết", 48),
    ("Số, ký hiệu văn bản trả lời", 30),
    ("Ghi chú", 24),
)
"""Annex IV, part VIII: the seven columns of the follow-up book."""


class QlvbFormRegister(models.AbstractModel):
    """The books: the registers, the follow-up book and their title page.

    For the unit's head, clerks and Chief of Office, to whom alone the register
    is visible (rule of ``qlvb.register``).
    """

    _name = "qlvb.form.register"
    _description = "Books"
    _inherit = ["qlvb.form.outgoing"]

    @api.model
    def _forms(self):
        return super()._forms() | {
            "register": Form(
                "qlvb.register",
                "_prepare_register",
                "qlvb_document.form_book",
                by_days=True,
            ),
            "register-sheet": Form(
                "qlvb.register",
                "_prepare_register_sheet",
                by_days=True,
                suffix="xlsx",
            ),
            "follow-up": Form(
                "qlvb.register",
                "_prepare_follow_up",
                "qlvb_document.form_book",
                by_days=True,
            ),
            "title-page": Form(
                "qlvb.register",
                "_prepare_title_page",
                "qlvb_document.form_title_page",
                by_days=True,
            ),
        }

    # -- which papers ---------------------------------------------------------

    @api.model
    def _days(self, register, date_from=None, date_to=None):
        """Read a range of days that came from outside.

        :return: first and last day; by default the register's whole year
        :raises UserError: they are no days, or in the wrong order
        """
        try:
            first = Date.to_date(date_from) or Date.to_date(f"{register.year}-01-01")
            last = Date.to_date(date_to) or Date.to_date(f"{register.year}-12-31")
        except ValueError:
            raise UserError(self.env._("The days are not dates.")) from None
        if last < first:
            raise UserError(self.env._("The last day lies before the first."))
        return first, last

    @api.model
    def _registered(self, register, domain):
        """Return the register's documents, by number, read as the caller.

        :raises UserError: more than one print holds
        """
        documents = self.env["qlvb.document"].search(
            Domain("register_id", "=", register.id)
            & Domain("number", ">", 0)
            & Domain(domain),
            order="number, number_suffix nulls first",
            limit=MOST_ROWS + 1,
        )
        if len(documents) > MOST_ROWS:
            raise UserError(
                self.env._(
                    "More than %(most)s papers in one print. Choose fewer days.",
                    most=MOST_ROWS,
                )
            )
        return documents

    @api.model
    def _arrived(self, register, first, last):
        return self._registered(
            register, [("received_date", ">=", first), ("received_date", "<=", last)]
        )

    # -- the books ------------------------------------------------------------

    @api.model
    def _prepare_register(self, register, date_from=None, date_to=None):
        self._require_own(register)
        first, last = self._days(register, date_from, date_to)
        lines = self._lines_of_days(register, first, last)
        return self._register_book(
            register,
            lines,
            first,
            last,
            told=self._told_in(register, lines, first, last),
            printed=self._range_data(first, last, lines),
        )

    @api.model
    def _prepare_register_sheet(self, register, date_from=None, date_to=None):
        """Return the register of these days as a spreadsheet, column by column."""
        book = self._prepare_register(register, date_from, date_to)
        return {
            "name": book["name"],
            "content": sheet.write_book(
                [book["title"], f"Năm {book['year']}", book["span"]],
                book["columns"],
                [row for rows in book["chunks"] for row in rows],
            ),
            "printed": book["printed"],
        }

    @api.model
    def _require_own(self, register):
        """Raise where the reader knows of the register, but does not keep it."""
        if not register.is_own:
            raise self._nothing()

    @api.model
    def _told_in(self, register, lines, first, last):
        """Return what was decided about the register, where these days show it.

        With what number it began stands before its first line; else by the day.
        """
        at_first = not lines or lines[0].number == register._first()
        acts = register.act_ids.filtered(
            lambda one: (
                at_first and one.number == register.opening_number
                if one.act == "opened"
                else first <= clock.to_local(one.date).date() <= last
            )
        )
        return self._told(acts)

    @api.model
    def _register_book(self, register, lines, first, last, told=(), **more):
        """Return the values of pages of a register, incoming or outgoing.

        :param lines: (``Line``) what stands on them, by number
        :param told: what was decided about the register, for rows before the first
        :param more: ``closing``, lines below the last row, and other values
        """
        title = self._register_title(register)
        if register.direction == "out":
            columns, rows = OUTGOING_COLUMNS, self._outgoing_rows(lines)
        else:
            documents = self.env["qlvb.document"].union(
                *(line.document for line in lines)
            )
            columns, rows = REGISTER_COLUMNS, self._register_rows(documents)
        place = next(
            place for place, (name, _width) in enumerate(columns) if "trích yếu" in name
        )
        before = [["" if i != place else words for i in range(10)] for words in told]
        return self._book(
            register,
            title,
            columns,
            [*before, *rows],
            self._span(first, last, [line.text for line in lines]),
            name=self._book_name(title, register, first, last),
            **more,
        )

    @api.model
    def _register_title(self, register):
        """Return the name of the book, with its series where it is one of several."""
        if register.direction == "in":
            return "Sổ đăng ký văn bản đến"
        title = "Sổ đăng ký văn bản đi"
        if register.type_group == "all":
            return title
        return f"{title} ({self.env['qlvb.series']._group_name(register.type_group)})"

    @api.model
    def _prepare_follow_up(self, register, date_from=None, date_to=None):
        self._require_own(register)
        if register.direction != "in":
            raise UserError(self.env._("The follow-up book is of what arrives."))
        first, last = self._days(register, date_from, date_to)
        documents = self._arrived(register, first, last)
        title = "Sổ theo dõi giải quyết văn bản đến"
        return self._book(
            register,
            title,
            FOLLOW_UP_COLUMNS,
            self._follow_up_rows(documents),
            self._span(first, last),
            name=self._book_name(title, register, first, last),
            printed=self._range_data(first, last, documents),
        )

    @api.model
    def _prepare_title_page(self, register, date_from=None, date_to=None):
        """Return the title page (annex IV, part VI.1); the volume is for the pen."""
        self._require_own(register)
        first, last = self._days(register, date_from, date_to)
        numbers = [line.text for line in self._lines_of_days(register, first, last)]
        return self._title_page(
            register,
            first,
            last,
            (numbers[0], numbers[-1]) if numbers else None,
            printed={"date_from": str(first), "date_to": str(last)},
        )

    @api.model
    def _title_page(self, register, first, last, numbers, **more):
        """Return the values of a title page.

        :param numbers: lowest and highest number, written out, or ``None``
        """
        title = self._register_title(register)
        return {
            "heading": self._heading(register.unit_id),
            "title": title,
            "year": register.year,
            "first": forms.short_day(first),
            "last": forms.short_day(last),
            "numbers": numbers,
            "name": self._book_name(f"Bìa {title}", register, first, last),
            **more,
        }

    @api.model
    def _book(self, register, title, columns, rows, span, closing=(), **more):
        """Return the values of a book's pages.

        :param rows: one list of texts a paper, in the order of the columns
        :param span: which days and numbers these pages hold
        :param closing: lines below the last row
        """
        return {
            "heading": self._heading(register.unit_id),
            "title": title,
            "year": register.year,
            "span": span,
            "columns": columns,
            "chunks": [rows[i : i + 40] for i in range(0, len(rows), 40)],
            "closing": closing,
            **more,
        }

    @api.model
    def _book_name(self, title, register, first, last):
        return f"{title} {register.unit_id.sudo().symbol} {first} {last}"

    @api.model
    def _range_data(self, first, last, lines):
        return {
            "date_from": str(first),
            "date_to": str(last),
            "rows": len(lines),
        }

    @api.model
    def _span(self, first, last, numbers=()):
        span = f"Từ ngày {forms.short_day(first)} đến ngày {forms.short_day(last)}"
        if numbers:
            span += f" - Từ số {numbers[0]} đến số {numbers[-1]}"
        return span
