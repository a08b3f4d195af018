from odoo import http
from odoo.http import content_disposition, request

OPTIONS = ("date_from", "date_to")


class QlvbPrint(http.Controller):
    """The one door through which printed forms leave."""

    @http.route(
        "/qlvb/print/<string:form>/<int:record_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def print_form(self, form, record_id, **parameters):
        """Hand out a form as PDF, to be looked at and printed by the browser.

        Not read-only: the print is journalled in the same transaction.

        :param form: a code of ``qlvb.form``
        :param parameters: ``date_from`` and ``date_to`` (ISO) for the books; what
            else the address holds is ignored
        """
        options = {name: parameters[name] for name in OPTIONS if parameters.get(name)}
        printed = request.env["qlvb.form"]._print(form, record_id, **options)
        return request.make_response(
            printed.content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(printed.content)),
                (
                    "Content-Disposition",
                    content_disposition(printed.name, disposition_type="inline"),
                ),
                ("X-Content-Type-Options", "nosniff"),
                # What somebody may read now they may not read tomorrow.
                ("Cache-Control", "no-store"),
            ],
        )
