import io

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

from ..lib.staff_sheet import COLUMNS, KIND_COLUMNS, REQUIRED, ROLES

_WIDTHS = {"name": 30, "unit": 40, "left": 40, "title": 28, "email": 28}
_ROWS = 500


class QlvbAccountTemplate(http.Controller):
    """The empty list of people, to be filled in at the desk."""

    @http.route(
        "/qlvb/account-template/<string:kind>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def template(self, kind):
        """Hand out a spreadsheet with the columns that a kind of request needs.

        Units and posts are chosen from lists in the sheet; what must be filled in
        stands in bold.
        """
        if kind not in KIND_COLUMNS or not request.env["qlvb.unit"].has_access("read"):
            raise request.not_found()
        units = request.env["qlvb.unit"].search([]).mapped("name")
        return request.make_response(
            self._workbook(kind, units),
            headers=[
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", content_disposition("Danh sach.xlsx")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _workbook(self, kind, units):
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet("Danh sách")
        choices = book.add_worksheet("Đơn vị, chức vụ")
        frame = {"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
        needed = book.add_format(frame | {"bold": True})
        optional = book.add_format(frame)
        text = book.add_format({"num_format": "@"})
        roles = [words[0] for words in ROLES.values()]
        for place, names in enumerate((units, roles)):
            choices.set_column(place, place, 44)
            for line, name in enumerate(names):
                choices.write_string(line, place, name)
        lists = {
            "unit": f"='Đơn vị, chức vụ'!$A$1:$A${max(len(units), 1)}",
            "role": f"='Đơn vị, chức vụ'!$B$1:$B${len(roles)}",
        }
        lists |= {"left": lists["unit"], "left_role": lists["role"]}
        for place, column in enumerate(KIND_COLUMNS[kind]):
            sheet.set_column(place, place, _WIDTHS.get(column, 18), text)
            form = needed if column in REQUIRED[kind] else optional
            sheet.write_string(0, place, COLUMNS[column], form)
            if column in lists:
                rule = {"validate": "list", "source": lists[column]}
                # A hint, no wall: the check on import says what is wrong.
                sheet.data_validation(
                    1, place, _ROWS, place, rule | {"error_type": "warning"}
                )
        sheet.freeze_panes(1, 0)
        book.close()
        return stream.getvalue()
