import hashlib

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_document.lib import forms

from ..lib.dossier_merge import MergeError, Part, merge
from .qlvb_dossier_export_files import PDF, Exported

_SAID = ("qlvb.opinion", "qlvb.dossier.decision")
_REASONS = {
    "none": "không có tệp PDF hoặc ảnh",
    "odd": "tệp hỏng, không mở được",
    "password": "tệp đặt mật khẩu",
    "heavy": "tệp quá nặng, không mở được trong thời gian cho phép",
}


class QlvbDossierExportPdf(models.AbstractModel):
    """A whole dossier as one PDF, in the order of time."""

    _name = "qlvb.dossier.export.pdf"
    _description = "Dossier as one PDF"
    _inherit = ["qlvb.dossier.export.files"]

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
        return Exported(name, path, _digest(path), PDF), told

    def _file_parts(self, files, title, alone):
        """Return the parts of what is shown of one item.

        :param alone: whether nothing stands before them under the item's bookmark
        """
        parts = []
        for number, file in enumerate(files):
            kind = "pdf" if file.mimetype == PDF else "image"
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


def _digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
