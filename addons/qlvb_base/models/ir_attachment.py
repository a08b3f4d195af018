from odoo import api, models
from odoo.exceptions import AccessError

_CONTENTS = frozenset({"datas", "raw", "db_datas", "index_content", "thumbnail"})
PLACE_FIELDS = frozenset(
    {"res_model", "res_id", "res_field", "public", "type", "url", "access_token"}
)
"""What says where a file belongs and to whom it is open."""


class IrAttachment(models.Model):
    """Files of protected records: theirs alone, for those who see the record.

    No token, no “public” and no other record opens them to anybody else, and
    their contents are not handed out untraced.
    """

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "qlvb.sight.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        if not self.env.su:
            for file in files:
                if (file.public or file.res_field) and file._guarded_target():
                    file._refuse_opening()
        return files

    def write(self, vals):
        if not self.env.su:
            for file in self:
                if not file._guarded_target():
                    continue
                if PLACE_FIELDS & vals.keys():
                    file._refuse_opening()
                if file.create_uid != self.env.user:
                    raise AccessError(
                        self.env._("The file was uploaded by somebody else.")
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_others(self):
        if self.env.su:
            return
        for file in self:
            if file.create_uid != self.env.user and file._guarded_target():
                raise AccessError(self.env._("The file was uploaded by somebody else."))

    @api.model
    def create_unique(self, values_list):
        """Store the files; never tell by an id that somebody else has the same."""
        return self.create(values_list).ids

    def _read_format(self, fnames, load="_classic_read"):
        if (
            not self.env.su
            and not self.env.context.get("bin_size")
            and not _CONTENTS.isdisjoint(fnames)
        ):
            for file in self:
                if target := file._guarded_target():
                    target._note_reading("downloaded", {"file": file.id})
        return super()._read_format(fnames, load=load)

    def _guarded_target(self):
        """Return the protected record to which the file leads, or ``None``.

        A thumbnail hangs on its file, and a file may hang on a message.
        """
        file = self.sudo()
        model, res_id = file._sight_target()
        if res_id and res_id != file.id and model in ("ir.attachment", "mail.message"):
            holder = self.env[model].browse(res_id).exists()
            return holder._guarded_target() if holder else None
        return super()._guarded_target()

    def _refuse_opening(self):
        """Raise: the file is not opened to others.

        :raises AccessError: always
        """
        raise AccessError(
            self.env._(
                "The file belongs to a record that not everybody sees. It is neither "
                "moved elsewhere nor opened to others."
            )
        )
