from pathlib import Path

from odoo import fields, models
from odoo.exceptions import AccessError


class QlvbDossierExport(models.AbstractModel):
    """A whole dossier that leaves the system (Decree 30/2020, annex VI).

    As one PDF in time order, or as a package that is verified outside.  For who
    opens dossiers, the clerks of the unit that opened it, and who is responsible;
    every export is journalled with its checksum.  Read as the caller; only where
    the bytes lie is looked up as superuser.
    """

    _name = "qlvb.dossier.export"
    _description = "Export of a Dossier"
    _inherit = ["qlvb.dossier.export.pdf", "qlvb.dossier.export.package"]

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
        orders = self.env["qlvb.assignment"].search(
            [("dossier_id", "=", self._origin.id), ("role", "=", "lead")]
        )
        # What a supporter passes on is led within their unit, and not the dossier.
        leads = orders.filtered(lambda order: order._leads() and order._gives_sight())
        actors = (lead._actor_holder() for lead in leads)
        return next(filter(None, actors), None)

    def _require_exporter(self):
        """Return the caller as who may export the dossier.

        Not through the gate: it would hold the dossier while the file is made.

        :raises AccessError: the dossier leaves by others
        """
        self._require_one()
        self.check_access("read")
        actor = self._actor_for("export")
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
