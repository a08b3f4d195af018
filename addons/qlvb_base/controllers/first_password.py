from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request


class QlvbFirstPassword(http.Controller):
    """Where the Office prints the letter with a first password.

    Two steps, because a link alone must change nobody's password: a page that
    says what will happen, and a form of that page which does it.
    """

    @http.route(
        "/qlvb/first-password/<int:line_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def page(self, line_id):
        """Show whose first password would be given; change nothing."""
        line = self._line(line_id)
        return self._page(line, self._problem(line))

    @http.route(
        "/qlvb/first-password/<int:line_id>",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def letter(self, line_id, **_form):
        """Give a fresh first password and hand out its letter as PDF."""
        line = self._line(line_id)
        problem = self._problem(line)
        if problem:
            return self._page(line, problem)
        content = line._print_letter()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                (
                    "Content-Disposition",
                    content_disposition(
                        f"Phiếu bàn giao tài khoản {line.sudo()._account().login}.pdf",
                        "inline",
                    ),
                ),
                # Neither browser nor proxy keeps it.
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    def _line(self, line_id):
        """Return the line, whose own access rules decide on reading."""
        line = request.env["qlvb.account.request.line"].browse(line_id)
        if not line.exists() or not line.has_access("read"):
            raise request.not_found()
        return line

    def _problem(self, line):
        """Return in words why there is no letter, or ``None``."""
        try:
            line._require_letter()
        except UserError as error:
            return str(error)
        return None

    def _page(self, line, problem):
        return request.render(
            "qlvb_base.first_password_page",
            {
                "line": line,
                "account": line.sudo()._account(),
                "problem": problem,
            },
            headers={"Cache-Control": "no-store"},
        )
