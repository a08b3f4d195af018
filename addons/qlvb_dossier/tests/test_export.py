import hashlib
import zipfile
from base64 import b64encode
from pathlib import Path

from lxml import etree
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.qlvb_document.tests.common_pages import page_pdf
from odoo.addons.qlvb_document.tests.common_print import pages_of

from .common_export import ExportCase


@tagged("post_install", "-at_install", "qlvb")
class TestExport(ExportCase):
    """A whole dossier as one PDF in time order, and as a package."""

    def bookmarks(self, path):
        return [one.title for one in PdfReader(path).outline]

    def index(self, exported):
        with zipfile.ZipFile(exported.path) as package:
            return etree.fromstring(package.read("index.xml"))

    # -- one PDF --------------------------------------------------------------

    def test_pdf_holds_everything_in_the_order_of_time(self):
        exported = self.export("pdf")
        titles = self.bookmarks(exported.path)
        self.assertEqual(
            titles,
            [
                "Bìa hồ sơ",
                "Mục lục văn bản",
                "Tờ trình số 15/BC-TP ngày 20/8/2026 của Phòng Tư pháp",
                "Tờ trình số 120/TTr-VHTT ngày 24/8/2026 của "
                "Phòng Văn hóa và Thông tin",
                f"{self.decided.type_id.with_context(lang='vi_VN').name} số "
                f"{self.decided.reference} ngày 26/8/2026 của UBND huyện Hiệp Hòa",
                "Ý kiến tham gia - Test culture_one (26/8/2026)",
            ],
        )
        pages = pages_of(Path(exported.path).read_bytes())
        self.assertEqual(len(pages), 6)
        self.assertIn("HỒ SƠ", pages[0])
        self.assertIn("Nội dung tờ trình", pages[3])
        self.assertIn("Đề nghị ban hành.", pages[5])
        self.assertIn("culture_one", pages[5])

    def test_broken_pdf_is_named_and_breaks_nothing(self):
        broken = self.paper_with(reference="9/CV-X", document_date="2026-08-01")
        self.dossier.action_attach(broken.ids)
        # As a file that was damaged on the disk after it had passed the gate.
        damaged, whole = broken.sudo().attachment_ids, type(self.dossier)._file_of
        path = self.folder / "damaged.pdf"
        path.write_bytes(b"%PDF-1.4 damaged")

        def file_of(dossier, attachment, *more):
            file = whole(dossier, attachment, *more)
            return file._replace(path=str(path)) if attachment == damaged else file

        self.patch(type(self.dossier), "_file_of", file_of)
        exported = self.export("pdf")
        titles = self.bookmarks(exported.path)
        self.assertEqual(titles[-1], "Tệp không hiển thị được")
        self.assertNotIn("9/CV-X", " ".join(titles))
        last = pages_of(Path(exported.path).read_bytes())[-1]
        self.assertIn("9/CV-X", last)
        self.assertIn("tệp hỏng", last)
        self.assertEqual(
            self.journal("dossier_exported", self.dossier)[-1].data["missing"], 1
        )

    # -- the package ----------------------------------------------------------

    def test_package_holds_files_opinions_and_the_course_of_events(self):
        exported = self.export("package")
        with zipfile.ZipFile(exported.path) as package:
            names = package.namelist()
            opinions = package.read("y-kien.xml").decode()
            journal = package.read("nhat-ky.xml").decode()
            finals = [
                package.read(file.get("path"))
                for file in self.index(exported).iter("DataFile")
                if file.get("part") == "final"
            ]
        self.assertIn("Đề nghị ban hành.", opinions)
        self.assertIn("<User>Test chief</User>", journal)
        self.assertTrue({"index.xml", "checksums.sha256"} <= set(names))
        final = self.decided.sudo()._newest("final")
        self.assertEqual(
            [hashlib.sha256(one).hexdigest() for one in finals], [final.checksum]
        )
        self.assertEqual(
            len([name for name in names if name.startswith("van-ban/")]), 5
        )

    def test_index_bears_the_names_of_annex_vi(self):
        self.dossier.sudo().line_ids[0].sudo().pages = 4
        root = self.index(self.export("package"))
        file = {one.tag: one.text for one in root.find("File")}
        self.assertEqual(file["FileCode"], "000.00.17.H02.2026.HS-2026-0001")
        self.assertEqual(file["OrganId"], "000.00.17.H02")
        self.assertEqual(file["FileNotation"], "HS-2026-0001")
        self.assertEqual(file["Maintenance"], "10 năm")
        self.assertEqual(file["Rights"], "Hạn chế")
        self.assertEqual(file["Language"], "Tiếng Việt")
        self.assertEqual(file["StartDate"], "26/08/2026")
        self.assertEqual((file["DocTotal"], file["PageTotal"]), ("3", "5"))
        documents = root.findall("Documents/Document")
        first = {one.tag: one.text for one in documents[0]}
        self.assertEqual(
            (first["DocOrdinal"], first["CodeNumber"], first["CodeNotation"]),
            ("1", "120", "TTr-VHTT"),
        )
        self.assertEqual(first["TypeName"], "Tờ trình")
        self.assertEqual(first["ArrivalDate"], "26/08/2026")
        self.assertEqual(first["PageAmount"], "4")
        decision = documents[2]
        self.assertEqual(decision.get("direction"), "out")
        self.assertEqual(decision.findtext("SignerInfo/FullName"), "Test chairman")

    def test_long_values_are_cut_and_told(self):
        dossier = self.opened(name="Dài " * 120, note="x" * 500)
        self.committee.identifier = "H02.17.01.0001.000001"
        root = self.index(self.export("package", dossier=dossier))
        self.assertEqual(len(root.findtext("File/OrganId")), 13)
        remarks = [one.text for one in root.findall("Remarks/Remark")]
        self.assertIn("OrganId", remarks[0])

    def test_materials_and_files_of_opinions_leave_with_it(self):
        content = page_pdf("Biểu tổng hợp", "")
        sent = {"file": b64encode(content), "file_name": "bieu.pdf"}
        material = (
            self.env["qlvb.material"]
            .with_user(self.culture_one)
            .create({"dossier_id": self.dossier.id, "name": "Biểu tổng hợp", **sent})
        )
        material.action_add_version("bieu-2.pdf", b64encode(content).decode())
        file = self.upload(self.culture_one, "phu-luc.pdf", page_pdf("Phụ lục", ""))
        self.env["qlvb.opinion"].with_user(self.culture_one).create(
            {
                "dossier_id": self.dossier.id,
                "body": "Gửi kèm phụ lục.",
                "attachment_ids": [Command.set(file.ids)],
            }
        )
        root = self.index(self.export("package"))
        parts = {
            one.get("path"): one.get("part") for one in root.findall("Files/DataFile")
        }
        self.assertEqual(
            parts,
            {
                "tai-lieu/001-Biểu tổng hợp/phien-ban-01/bieu.pdf": "material",
                "tai-lieu/001-Biểu tổng hợp/phien-ban-02/bieu-2.pdf": "material",
                "y-kien/002/phu-luc.pdf": "opinion",
                "y-kien.xml": "opinions",
                "nhat-ky.xml": "journal",
            },
        )
        titles = self.bookmarks(self.export("pdf").path)
        self.assertIn("Tài liệu: Biểu tổng hợp", titles)
        self.assertIn(
            "Ý kiến tham gia - Test culture_one (26/8/2026) - phu-luc.pdf", titles
        )

    # -- who ------------------------------------------------------------------

    def test_opener_clerk_and_responsible_export(self):
        for user in (
            self.chief,
            self.chairman,
            self.clerk,
            self.culture_head,
            self.culture_one,
        ):
            with self.subTest(user.login):
                exported = self.export("package", user)
                self.assertTrue(self.dossier.with_user(user).can_export)
                row = self.assertJournal(
                    "dossier_exported",
                    self.dossier,
                    user,
                    count=len(self.journal("dossier_exported", self.dossier)),
                )
                self.assertEqual(row.data["checksum"], exported.checksum)
                self.assertEqual(
                    hashlib.sha256(Path(exported.path).read_bytes()).hexdigest(),
                    exported.checksum,
                )

    def test_nobody_else_exports(self):
        self.dossier.action_assign([self.line(self.justice, "support")])
        for user in (
            self.justice_head,
            self.culture_two,
            self.commune_clerk,
            self.administrator,
            self.vice_economy,
        ):
            dossier = self.dossier.with_user(user)
            for act in (
                lambda d=dossier: d._export("package", self.folder),
                dossier.action_export_pdf,
                dossier.action_export_package,
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()
        self.assertFalse(self.dossier.with_user(self.justice_head).can_export)
        self.assertFalse(self.journal("dossier_exported", self.dossier))

    def test_closed_dossier_is_exported_too(self):
        dossier = self.closed()
        exported = self.export("pdf", self.clerk, dossier)
        text = " ".join(pages_of(Path(exported.path).read_bytes()))
        self.assertIn("Đóng hồ sơ", text)
