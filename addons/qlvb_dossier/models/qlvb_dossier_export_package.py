from odoo import models

from odoo.addons.qlvb_base.lib import clock

from ..lib import dossier_index
from ..lib.dossier_package import INDEX, Package, safe_name
from .qlvb_dossier_export_files import Exported


class QlvbDossierExportPackage(models.AbstractModel):
    """A whole dossier as a package that is verified outside the system."""

    _name = "qlvb.dossier.export.package"
    _description = "Dossier as a Package"
    _inherit = ["qlvb.dossier.export.files"]

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
