import io

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

from ..lib.book import COLUMNS

_WIDTHS = (12, 9, 30, 22, 14, 60, 28, 12, 16, 20)


class QlvbBook(http.Controller):
    """The empty book, to be filled in from a paper one."""

    @http.route(
        "/qlvb/book-template",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def template(self):
        """Hand out a spreadsheet with the ten columns of Decree 30/2020."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet("Sổ đăng ký văn bản đến")
        heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "align": "center"}
        )
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        text = book.add_format({"num_format": "@", "text_wrap": True})
        days = ("arrived", "dated", "passed_on")
        for place, (key, label) in enumerate(COLUMNS.items()):
            sheet.set_column(place, place, _WIDTHS[place], day if key in days else text)
            sheet.write(0, place, label, heading)
        sheet.freeze_panes(1, 0)
        book.close()
        return request.make_response(
            stream.getvalue(),
            headers=[
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", content_disposition("So van ban den.xlsx")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
