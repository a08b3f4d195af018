from pathlib import Path
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError

MOST_BYTES = 1_000_000_000
"""What one export holds of files."""

PDF = "application/pdf"
_IMAGES = ("image/png", "image/jpeg", "image/tiff")
_SHOWN = (PDF, *_IMAGES)


class Exported(NamedTuple):
    """A file that is ready to leave."""

    name: str
    path: str
    checksum: str
    mimetype: str


class File(NamedTuple):
    """A file of a document, where it lies and what it is."""

    name: str
    path: str
    mimetype: str
    size: int
    part: str


class QlvbDossierExportFiles(models.AbstractModel):
    """Which files of a dossier leave with it, and where their bytes lie."""

    _name = "qlvb.dossier.export.files"
    _description = "Files of an Export"
    _inherit = ["qlvb.dossier.index"]

    def _require_bounds(self, files):
        if sum(file.size for file in files) > MOST_BYTES:
            raise UserError(
                self.env._(
                    "The files of %(dossier)s are too large for one export. Export "
                    "its documents one by one.",
                    dossier=self.display_name,
                )
            )

    def _files_of(self, item, folder):
        """Return the files of a line, a version of a material or an opinion.

        Of a document what was signed and issued, then the others.

        :param folder: where bytes are put that lie in the database
        """
        # Superuser: whoever sees the dossier sees the files in it.
        item = item.sudo()
        if item._name == "qlvb.dossier.document":
            document = item.document_id
            kept = {
                version.file_id: version.kind
                for version in document.version_ids.sorted("sequence", reverse=True)
                if version.kind in ("final", "signed")
            }
            originals = document.attachment_ids.sorted("id")
        elif item._name == "qlvb.material.version":
            kept, originals = {}, item.file_id
        elif item._name == "qlvb.opinion":
            kept, originals = {}, item.attachment_ids.sorted("id")
        else:
            return []
        kept |= {file: "original" for file in originals if file not in kept}
        return [self._file_of(file, part, folder) for file, part in kept.items()]

    def _file_of(self, attachment, part, folder):
        if attachment.store_fname:
            path = attachment._full_path(attachment.store_fname)
        else:
            path = str(folder / f"db-{attachment.id}")
            Path(path).write_bytes(attachment.raw or b"")
        return File(
            attachment.name,
            path,
            attachment.mimetype or "",
            attachment.file_size or 0,
            part,
        )

    def _shown_files(self, item, files):
        """Return the files that are shown: what was issued in place of its drafts."""
        issued = [file for file in files if file.part == "final"] or [
            file for file in files if file.part == "signed"
        ]
        others = [file for file in files if file.part == "original"]
        if issued and item._name == "qlvb.dossier.document":
            # The first PDF of the draft is what was signed.
            draft = next((file for file in others if file.mimetype == PDF), None)
            others = [file for file in others if file != draft]
        return issued[:1] + [file for file in others if file.mimetype in _SHOWN]
