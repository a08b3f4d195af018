import base64
import io

from pypdf import PdfWriter

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib.symbols import format_number

from .qlvb_form_mixin import Form


class QlvbFormBound(models.AbstractModel):
    """Closed register pages, handed out as they were bound.

    For those to whom the register is visible.
    """

    _name = "qlvb.form.bound"
    _description = "Bound Pages"
    _inherit = ["qlvb.form.register"]

    @api.model
    def _forms(self):
        return super()._forms() | {
            "register-page": Form("qlvb.register.page", "_prepare_register_page"),
            "bound-book": Form("qlvb.register", "_prepare_bound_book"),
        }

    @api.model
    def _prepare_register_page(self, page):
        """Return closed pages: the same bytes each time.

        Bytes that are proved by a checksum take no mark; from the second print on
        the file's name and the journal say that it is a copy.
        """
        # Superuser: counts the prints of pages that the reader sees.
        prints = (
            self.env["qlvb.journal"]
            .sudo()
            .search_count(
                [
                    ("res_model", "=", page._name),
                    ("res_id", "=", page.id),
                    ("event", "=", "printed"),
                ]
            )
        )
        register = page.register_id
        name = f"{self._register_title(register)} {register.unit_id.sudo().symbol} "
        if page.kind == "title":
            name += f"{register.year} bìa"
        else:
            name += f"{register.year} trang {page.first_page}-{page.last_page}"
        return {
            "name": f"{name} (bản sao {prints})" if prints else name,
            "content": self._bound(page),
            "printed": {"copy": prints, "checksum": page.checksum},
        }

    @api.model
    def _prepare_bound_book(self, register):
        """Return the whole book: a title page, then every closed page in order.

        Put together from what was bound, so that a year's book takes no longer
        than reading it.  The title page is that of the year's closing; before, one
        for what is bound so far.
        """
        self._require_own(register)
        bound = self.env["qlvb.register.page"].search(
            [("register_id", "=", register.id)], order="sequence"
        )
        sets = bound.filtered(lambda page: page.kind != "title")
        if not sets:
            raise UserError(self.env._("No page of this register has been closed yet."))
        first, last = sets[0].day_from, sets[-1].day_to
        numbers = (
            format_number(sets[0].first_number),
            format_number(sets[-1].last_number),
        )
        if bound[-1].kind == "title":
            title_page = self._bound(bound[-1])
        else:
            title_page = self._title_page(register, first, last, numbers)
            title_page = self._render(
                "qlvb_document.form_title_page", title_page
            ).content
        book = PdfWriter()
        for content in (title_page, *map(self._bound, sets)):
            book.append(io.BytesIO(content))
        output = io.BytesIO()
        book.write(output)
        return {
            "name": self._book_name(
                self._register_title(register), register, first, last
            ),
            "content": output.getvalue(),
            "printed": {"numbers": list(numbers), "page": len(book.pages)},
        }

    @api.model
    def _bound(self, page):
        # Superuser: nobody reads the bytes but through a print, which is journalled.
        return base64.b64decode(page.sudo().pdf)
