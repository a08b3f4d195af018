import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..lib.encoded import decoded


class QlvbFileMixin(models.AbstractModel):
    """A record that carries files of its own: the paper itself (Article 4.3).

    The first PDF is the scan, shown beside the fields.  Files belong to their
    record alone and are seen by exactly those who see it.
    """

    _name = "qlvb.file.mixin"
    _description = "Record with Files"

    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qlvb_document_attachment_rel",
        "document_id",
        "attachment_id",
        "Files",
        copy=False,
        bypass_search_access=True,
    )
    scan = fields.Binary(
        compute="_compute_scan",
        inverse="_inverse_scan",
        attachment=False,
        export_string_translation=False,
    )
    scan_name = fields.Char(
        compute="_compute_scan_name",
        inverse="_inverse_scan_name",
        export_string_translation=False,
    )

    @api.depends("attachment_ids")
    def _compute_scan(self):
        for record in self:
            record.scan = record._main_file().datas

    @api.depends("attachment_ids")
    def _compute_scan_name(self):
        for record in self:
            record.scan_name = record._main_file().name

    def _inverse_scan(self):
        for record in self:
            if record.scan:
                record._replace_main_file(record.scan)

    def _inverse_scan_name(self):
        for record in self:
            if record.scan_name:
                record._main_file().filtered(
                    lambda file: file.name != record.scan_name  # noqa: B023
                ).name = record.scan_name

    def _main_file(self):
        """Return the file shown beside the fields: the first PDF."""
        return self._first_pdf()

    def _first_pdf(self):
        """Return the first PDF among the files themselves."""
        # Superuser: whoever reads the record reads its files.
        files = self.sudo().attachment_ids.sorted("id")
        return files.filtered(lambda file: file.mimetype == "application/pdf")[:1]

    def _replace_main_file(self, content):
        """Put a newly chosen scan in the place of the one before."""
        before, files = self._main_file(), self.attachment_ids
        self.attachment_ids = [
            fields.Command.create(
                {
                    "name": self.scan_name or self.env._("scan.pdf"),
                    "datas": content,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        ]
        if (self.attachment_ids - files).mimetype != "application/pdf":
            raise UserError(
                self.env._("The scan must be a PDF file. Choose another file.")
            )
        before.unlink()

    def _claim_files(self):
        """Make the files that were handed over this record's own.

        :raises AccessError: for a file that the caller may not read
        :raises UserError: for a file that belongs to another record
        """
        for record in self:
            files = record.sudo().attachment_ids
            own = files.filtered_domain(
                [("res_model", "=", self._name), ("res_id", "=", record.id)]
            )
            new = files - own
            if not new:
                continue
            taken = new.filtered("res_id")
            if taken:
                raise UserError(
                    self.env._(
                        "%(file)s belongs to another record. Upload the file itself.",
                        file=taken[0].name
                        if taken[0].sudo(False).has_access("read")
                        else self.env._("The file"),
                    )
                )
            if not self.env.su and any(f.create_uid != self.env.user for f in new):
                raise AccessError(self.env._("The file was uploaded by somebody else."))
            new.write(
                {
                    "res_model": self._name,
                    "res_id": record.id,
                    "res_field": False,
                    "public": False,
                }
            )

    def _contents_sent(self, vals):
        """Yield name and bytes of each file that comes within ``vals``.

        What cannot be understood is left to the checks of input.
        """
        if vals.get("scan") or vals.get("scan_name"):
            scan = decoded(vals.get("scan")) or self._main_file().raw
            if scan:
                yield vals.get("scan_name") or "scan.pdf", scan
        commands = vals.get("attachment_ids")
        for command in commands if isinstance(commands, list | tuple) else ():
            if isinstance(command, list | tuple) and len(command) == 3:
                code, number, sent = command
                if code in (0, 1) and isinstance(sent, dict):
                    yield from self._content_sent(number if code else 0, sent)

    def _content_sent(self, number, sent):
        """Yield name and bytes of a file that is made or changed by a command."""
        # Superuser: what the caller may not change is refused where it is written.
        name = sent.get("name")
        if not name and type(number) is int and number:
            name = self.env["ir.attachment"].sudo().browse(number).exists().name
        raw = sent.get("raw")
        if isinstance(raw, str):
            raw = raw.encode()
        content = raw or decoded(sent.get("datas"))
        if content or not number:
            yield name or "", content or b""

    def _file_digests(self):
        """Return the SHA-256 of every file, by attachment id, for the journal."""
        return {
            str(file.id): hashlib.sha256(file.raw or b"").hexdigest()
            for file in self.sudo().attachment_ids.sorted("id")
        }
