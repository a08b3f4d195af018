import hashlib
from pathlib import Path
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.lib import forms
from odoo.addons.qlvb_document.models.qlvb_document import SIGHT_STATES

from ..lib import dossier_index
from ..lib.dossier_merge import MergeError, Part, merge
from ..lib.dossier_package import INDEX, Package, safe_name

MOST_BYTES = 1_000_000_000
"""What one export holds of files."""

_PDF = "application/pdf"
_IMAGES = ("image/png", "image/jpeg", "image/tiff")
_SHOWN = (_PDF, *_IMAGES)
_SAID = ("qlvb.opinion", "qlvb.dossier.decision")


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


class QlvbDossierExport(models.AbstractModel):
    """A whole dossier that leaves the system (Decree 30/2020, annex VI).

    As one PDF in time order, or as a package that is verified outside.  For who
    opens dossiers, the clerks of the unit that opened it, and who is responsible;
    every export is journalled with its checksum.  Read as the caller; only where
    the bytes lie is looked up as superuser.
    """

    _name = "qlvb.dossier.export"
    _description = "Export of a Dossier"
    _inherit = ["qlvb.dossier.index"]

    page_total = fields.Integer("Pages", compute="_compute_totals")
    file_total = fields.Integer("Files", compute="_compute_totals")

    def _compute_totals(self):
        for dossier in self:
            lines = dossier.line_ids
            dossier.page_total = sum(lines.mapped("pages"))
            # Superuser: how many files there are is told with the documents.
            dossier.file_total = len(lines.document_id.sudo().attachment_ids)

    # -- who ------------------------------------------------------------------

    def _actor_exporter(self):
        """Return the caller as who opens, files or is responsible, or ``None``."""
        if actor := self._actor_opener() or self._actor_filer():
            return actor
        leads = self.env["qlvb.assignment"].search(
            [
                ("dossier_id", "=", self._origin.id),
                ("role", "=", "lead"),
                ("state", "in", SIGHT_STATES),
            ]
        )
        actors = (lead._actor_holder() for lead in leads)
        return next(filter(None, actors), None)

    def _require_exporter(self):
        """Return the caller as who may export the dossier.

        Not through the gate: it would hold the dossier while the file is made.

        :raises AccessError: the dossier leaves by others
        """
        self._require_one()
        self.check_access("read")
        actor = self._actor_exporter()
        if actor is None:
            raise AccessError(
                self.env._(
                    "A whole dossier is exported by who opened it, by the clerk who "
                    "files it and by who is responsible for it."
                )
            )
        return actor

    # -- on the screen --------------------------------------------------------

    def action_export_pdf(self):
        """Hand out the whole dossier as one PDF (:class:`QlvbDossierDoor`)."""
        self._require_exporter()
        return self._open_address(f"/qlvb/dossier/{self.id}/pdf")

    def action_export_package(self):
        """Hand out the dossier's package: files, index and checksums."""
        self._require_exporter()
        return self._open_address(f"/qlvb/dossier/{self.id}/package")

    def action_print_cover(self):
        """Print the cover (the download route decides on rights)."""
        self._require_one()
        return self._open_address(f"/qlvb/print/dossier-cover/{self.id}")

    def action_print_documents(self):
        """Print the list of documents (the download route decides on rights)."""
        self._require_one()
        return self._open_address(f"/qlvb/print/dossier-documents/{self.id}")

    def _open_address(self, url):
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    # -- exporting ------------------------------------------------------------

    def _export(self, kind, folder):
        """Make the file in ``folder``, and journal that it leaves.

        :param kind: ``pdf`` or ``package``
        :return: :class:`Exported`
        :raises AccessError: the dossier leaves by others
        :raises UserError: it is too large for one file
        """
        actor = self._require_exporter()
        # Whatever language the reader works in, the papers are Vietnamese.
        dossier = self.with_context(lang="vi_VN")
        make = dossier._make_pdf if kind == "pdf" else dossier._make_package
        exported, told = make(Path(folder))
        self._log("exported", actor, kind=kind, checksum=exported.checksum, **told)
        return exported

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
            draft = next((file for file in others if file.mimetype == _PDF), None)
            others = [file for file in others if file != draft]
        return issued[:1] + [file for file in others if file.mimetype in _SHOWN]

    # -- one PDF --------------------------------------------------------------

    def _chronicle(self):
        """Return lines, versions of materials, opinions and decisions in time order."""
        items = [
            (self._day_of(line), 0, number, line)
            for number, line in enumerate(self.line_ids, 1)
        ]
        newest = self.material_ids.current_id
        said = [*newest, *self.opinion_ids, *self.decision_ids]
        items += [
            (clock.to_local(one.date).date(), 1, one.date.timestamp(), one)
            for one in said
        ]
        return [item[-1] for item in sorted(items, key=lambda item: item[:3])]

    def _day_of(self, line):
        document = line.document_id
        return document.document_date or document.received_date

    def _make_pdf(self, folder):
        """Return the whole dossier as one PDF, and what the journal keeps of it.

        Cover, list of documents, then documents, materials, opinions and decisions
        as they came, each with a bookmark.  What cannot be shown is named on the
        last page.
        """
        form, chronicle = self.env["qlvb.form"], self._chronicle()
        said = [one for one in chronicle if one._name in _SAID]
        parts, files, missing = self._front_parts(form, said, folder), [], []
        for item in chronicle:
            title = self._bookmark(item)
            chosen = self._shown_files(item, self._files_of(item, folder))
            if item in said:
                section = said.index(item)
                parts.append(Part(f"{folder}/said.pdf", "section", title, section))
            elif not chosen:
                missing.append((title, "none"))
            parts += self._file_parts(chosen, title, alone=item not in said)
            files += chosen
        self._require_bounds(files)

        def last(bad):
            told = [(parts[n].title, why) for n, why in sorted(bad.items())]
            return self._missing_part(missing + told, folder)

        path = str(folder / "dossier.pdf")
        try:
            merged = merge(parts, path, last)
        except MergeError:
            raise UserError(
                self.env._(
                    "%(dossier)s cannot be made one PDF in reasonable time. Export its "
                    "package instead.",
                    dossier=self.display_name,
                )
            ) from None
        told = {"page": merged.total, "rows": len(self.line_ids)}
        if absent := len(missing) + len(merged.bad):
            told["missing"] = absent
        name = form._dossier_file_name("Hồ sơ", self) + ".pdf"
        return Exported(name, path, _digest(path), _PDF), told

    def _file_parts(self, files, title, alone):
        """Return the parts of what is shown of one item.

        :param alone: whether nothing stands before them under the item's bookmark
        """
        parts = []
        for number, file in enumerate(files):
            kind = "pdf" if file.mimetype == _PDF else "image"
            named = title if alone and not number else f"{title} - {file.name}"
            parts.append(Part(file.path, kind, named))
        return parts

    def _missing_part(self, missing, folder):
        """Return the page that names what could not be shown; none where all is."""
        if not missing:
            return None
        values = {
            "dossier": self,
            "missing": [(title, _REASONS[why]) for title, why in missing],
        }
        page = self.env["qlvb.form"]._render("qlvb_dossier.form_missing", values)
        path = folder / "missing.pdf"
        path.write_bytes(page.content)
        return Part(str(path), "pdf", "Tệp không hiển thị được")

    def _front_parts(self, form, said, folder):
        """Return cover and list, and write the pages of what was said."""
        parts = []
        for code, title in (
            ("dossier-cover", "Bìa hồ sơ"),
            ("dossier-documents", "Mục lục văn bản"),
        ):
            known = form._forms()[code]
            values = getattr(form, known.prepare)(self)
            path = folder / f"{code}.pdf"
            path.write_bytes(form._render(known.template, values).content)
            parts.append(Part(str(path), "pdf", title))
        if said:
            values = form._prepare_opinions(self, said)
            pages = form._render("qlvb_dossier.form_opinions", values)
            (folder / "said.pdf").write_bytes(pages.content)
        return parts

    def _bookmark(self, item):
        """Return what an item of the chronicle is called among the bookmarks."""
        form = self.env["qlvb.form"]
        if item._name in _SAID:
            entry = form._entry_of(item)
            return f"{entry['title']} - {entry['who']} ({entry['day']})"
        if item._name == "qlvb.material.version":
            return f"Tài liệu: {item.material_id.name}"
        document = item.document_id
        return forms.named(
            document.type_id.name or "",
            document.reference or "",
            f"ngày {forms.short_day(document.document_date)}",
            form._author(document),
        )

    # -- the package ----------------------------------------------------------

    def _make_package(self, folder):
        """Return the package, and what the journal keeps of it."""
        path = str(folder / "package.zip")
        package = Package(path, clock.to_local(clock.now()))
        all_files = {
            item: self._files_of(item, folder)
            for item in (
                *self.line_ids,
                *self.material_ids.version_ids,
                *self.opinion_ids,
            )
        }
        self._require_bounds([file for files in all_files.values() for file in files])
        documents = []
        for number, line in enumerate(self.line_ids, 1):
            place = f"van-ban/{number:04d}-{safe_name(line.document_id.reference, 40)}"
            files = self._put(package, place, all_files[line])
            values = self._document_index_values(line, number)
            documents.append(values | {"files": files})
        others = self._other_files(package, all_files)
        index = dossier_index.build(
            self._index_values(self.page_total), documents, others
        )
        package.add(INDEX, index)
        checksum = package.close()
        name = self.env["qlvb.form"]._dossier_file_name("Gói hồ sơ", self) + ".zip"
        told = {"rows": len(documents), "files": len(package.stored)}
        return Exported(name, path, checksum, "application/zip"), told

    def _put(self, package, place, files, part=None):
        """Put files into a folder of the package; return them for the index."""
        return [
            (
                *package.add(f"{place}/{safe_name(file.name)}", file.path),
                part or file.part,
            )
            for file in files
        ]

    def _other_files(self, package, all_files):
        """Add what belongs to the dossier itself; return it for the index."""
        rows = []
        for number, material in enumerate(self.material_ids, 1):
            for version in material.version_ids.sorted("sequence"):
                place = f"tai-lieu/{number:03d}-{safe_name(material.name, 40)}"
                place = f"{place}/phien-ban-{version.sequence:02d}"
                rows += self._put(package, place, all_files[version], "material")
        for number, opinion in enumerate(self.opinion_ids, 1):
            place = f"y-kien/{number:03d}"
            rows += self._put(package, place, all_files[opinion], "opinion")
        opinions = dossier_index.listing("Opinions", "Opinion", self._opinion_rows())
        journal = dossier_index.listing("Journal", "Entry", self._journal_rows())
        return [
            *rows,
            (*package.add("y-kien.xml", opinions), "opinions"),
            (*package.add("nhat-ky.xml", journal), "journal"),
        ]


_REASONS = {
    "none": "không có tệp PDF hoặc ảnh",
    "odd": "tệp hỏng, không mở được",
    "password": "tệp đặt mật khẩu",
    "heavy": "tệp quá nặng, không mở được trong thời gian cho phép",
}


def _digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
