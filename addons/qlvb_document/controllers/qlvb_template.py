from odoo import http
from odoo.http import content_disposition, request

from ..lib.vetting_office import DOCX


class QlvbTemplate(http.Controller):
    """The templates as they are used now, to be edited in a word processor."""

    @http.route(
        "/qlvb/template/<int:template_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def template(self, template_id):
        """Hand out the Office's own Word file, else the layout with its fields."""
        template = request.env["qlvb.template"].browse(template_id)
        template.check_access("read")
        name = template.content_name or f"{template.name}.docx"
        return request.make_response(
            template._raw(),
            headers=[
                ("Content-Type", DOCX),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
