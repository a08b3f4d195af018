import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.base_import.controllers.main import ImportController
from odoo.addons.mail.controllers.attachment import AttachmentController
from odoo.addons.web.controllers.binary import Binary


class QlvbBinary(Binary):
    """Files dropped on a form: why one is refused is told in words of ours."""

    @http.route()
    def upload_attachment(self, model, id, ufile, callback=None):
        for file in request.httprequest.files.getlist("ufile"):
            values = {
                "name": file.filename,
                "raw": file.read(),
                "res_model": model,
                "res_id": int(id),
            }
            file.seek(0)
            try:
                # Core would tell everything but missing rights as “horrible”.
                request.env["ir.attachment"]._vetted_values(values)
            except UserError as error:
                return json.dumps([{"error": str(error)}])
        return super().upload_attachment(model, id, ufile, callback)


class QlvbAttachmentController(AttachmentController):
    """Files dropped on a conversation."""

    @http.route()
    def mail_attachment_upload(
        self, ufile, thread_id, thread_model, is_pending=False, **kwargs
    ):
        try:
            return super().mail_attachment_upload(
                ufile, thread_id, thread_model, is_pending, **kwargs
            )
        except UserError as error:
            request.env.cr.rollback()
            # The form in which the client shows what it is told.
            return request.make_json_response({"error": {"message": str(error)}})


class QlvbImportController(ImportController):
    """Tables to be imported."""

    @http.route()
    def set_file(self, id):
        try:
            return super().set_file(id)
        except UserError as error:
            request.env.cr.rollback()
            return json.dumps({"error": {"message": str(error)}})
