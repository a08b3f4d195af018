from markupsafe import Markup

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

OPTIONS = ("date_from", "date_to")

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class QlvbPrint(http.Controller):
    """The one door through which printed forms leave."""

    @http.route(
        "/qlvb/print/<string:form>/<int:record_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def print_form(self, form, record_id, **parameters):
        """Hand out a form as PDF, to be looked at and printed, or as a spreadsheet.

        Not read-only: the print is journalled in the same transaction.

        :param form: a code of ``qlvb.form``
        :param parameters: ``date_from`` and ``date_to`` (ISO) for the books; what
            else the address holds is ignored
        """
        options = {name: parameters[name] for name in OPTIONS if parameters.get(name)}
        try:
            printed = request.env["qlvb.form"]._print(form, record_id, **options)
        except UserError as error:
            # AccessError and MissingError, which tell nothing, are core's to show.
            if type(error) is not UserError:
                raise
            return _told(error)
        is_sheet = printed.name.endswith(".xlsx")
        return request.make_response(
            printed.content,
            headers=[
                ("Content-Type", _SHEET if is_sheet else "application/pdf"),
                ("Content-Length", len(printed.content)),
                (
                    "Content-Disposition",
                    content_disposition(
                        printed.name,
                        disposition_type="attachment" if is_sheet else "inline",
                    ),
                ),
                ("X-Content-Type-Options", "nosniff"),
                # What somebody may read now they may not read tomorrow.
                ("Cache-Control", "no-store"),
            ],
        )


def _told(error):
    """Return a page that says in words why nothing is printed."""
    page = Markup(
        '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"/>'
        "<title>QLVB</title></head>"
        '<body style="font: 18px sans-serif; margin: 3em">{words}</body></html>'
    ).format(lang=request.env.lang or "vi", words=str(error))
    return request.make_response(
        page, headers=[("Content-Type", "text/html; charset=utf-8")], status=422
    )
