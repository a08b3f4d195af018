"""A dossier with papers, pictures and opinions, to be exported."""

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

from odoo.fields import Command
from odoo.tools import file_path

from odoo.addons.qlvb_document.tests.common_pages import page_pdf
from odoo.addons.qlvb_document.tests.common_print import PrintCase

from .common_filing import FilingCase

VERIFIER = Path(file_path("qlvb_dossier")).parents[1] / "tools" / "verify_dossier.py"


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (400, 200), "#3366cc").save(stream, "PNG")
    return stream.getvalue()


class ExportCase(FilingCase, PrintCase):
    """``dossier``: two papers, a picture, an issued decision, an opinion; completed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.committee.identifier = "000.00.17.H02"
        cls.dossier = cls.in_progress(origin_document_id=cls.paper_with().id)
        cls.dossier.action_attach(
            cls.paper_with(
                ("anh.png", picture()),
                reference="15/BC-TP",
                document_date="2026-08-20",
                issuer="Phòng Tư pháp",
            ).ids
        )
        cls.decided = cls.issued()
        cls.dossier.action_attach(cls.decided.ids)
        cls.said = cls.opinion(cls.dossier, cls.culture_one, "Đề nghị ban hành.")
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))

    @classmethod
    def paper_with(cls, *files, **values):
        """Return a registered paper with files (name, bytes); one PDF by default."""
        files = files or (("scan.pdf", page_pdf("Kính gửi", "Nội dung tờ trình")),)
        document = cls.draft(
            **values,
            attachment_ids=[
                Command.set([cls.upload(cls.clerk, *file).id for file in files])
            ],
        )
        document.action_register()
        return document

    def export(self, kind, by=None, dossier=None):
        """Return what ``by`` (the Chief of Office by default) exports."""
        dossier = (dossier or self.dossier).with_user(by or self.chief)
        return dossier._export(kind, self.folder)

    def verify(self, path, *more):
        """Run the verifier as anybody would; return its exit code and its words."""
        done = subprocess.run(
            [sys.executable, "-I", str(VERIFIER), str(path), *more],
            capture_output=True,
            timeout=120,
            check=False,
            env={"PYTHONIOENCODING": "utf-8"},
        )
        return done.returncode, (done.stdout + done.stderr).decode()

    def rewritten(self, path, change, name="changed.zip"):
        """Return a copy of a package of which ``change`` rewrote the entries.

        :param change: takes names and bytes as a dict, and returns another
        """
        with zipfile.ZipFile(path) as package:
            entries = {one.filename: package.read(one) for one in package.infolist()}
        target = self.folder / name
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for entry, content in change(entries).items():
                package.writestr(entry, content)
        return target
