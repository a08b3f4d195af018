import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_content import PDF, ContentCase, coded

SECOND = PDF + b"% second\n"


@tagged("post_install", "-at_install", "qlvb")
class TestMaterial(ContentCase):
    """Materials with versions: put in by who works on it, and none is ever lost."""

    def test_specialist_puts_a_draft_in_and_then_a_second_version(self):
        dossier = self.in_progress()
        material = self.material(dossier, file_note="Dự thảo lần 1")
        material.write(
            {"file": coded(SECOND), "file_name": "lan-2.pdf", "file_note": "Lần 2"}
        )
        self.assertRecordValues(
            material.version_ids.sorted("sequence"),
            [
                {
                    "sequence": 1,
                    "name": "du-thao.pdf",
                    "note": "Dự thảo lần 1",
                    "author_id": self.culture_one.id,
                    "checksum": hashlib.sha256(PDF).hexdigest(),
                    "size": len(PDF),
                },
                {
                    "sequence": 2,
                    "name": "lan-2.pdf",
                    "note": "Lần 2",
                    "author_id": self.culture_one.id,
                    "checksum": hashlib.sha256(SECOND).hexdigest(),
                    "size": len(SECOND),
                },
            ],
        )
        self.assertEqual(material.version_count, 2)
        self.assertEqual(material.current_id.sequence, 2)
        self.assertFalse(material.file)
        self.assertEqual(
            [f.raw for f in material.version_ids.sudo().file_id.sorted("id")],
            [PDF, SECOND],
        )
        row = self.assertJournal(
            "dossier_material_version", dossier, self.culture_one, count=2
        )
        self.assertEqual(row.data["version"], 2)

    def test_supporter_adds_a_version(self):
        dossier, _order = self.supported()
        material = self.material(dossier)
        own = material.with_user(self.justice_head)
        number = own.action_add_version("gop-y.pdf", coded(SECOND), "Góp ý")
        self.assertEqual(number, 2)
        self.assertEqual(material.current_id.author_id, self.justice_head)

    def test_who_does_not_work_on_it_puts_nothing_in(self):
        dossier = self.in_progress()
        material = self.material(dossier)
        for user in (self.clerk, self.culture_two, self.justice_head):
            with self.assertRaises(UserError):
                self.material(dossier, user)
            with self.assertRaises(AccessError):
                material.with_user(user).action_add_version("a.pdf", coded(SECOND))
            with self.assertRaises(AccessError):
                material.with_user(user).write({"name": "Khác"})
        self.assertEqual(len(dossier.material_ids), 1)
        self.assertEqual(material.version_count, 1)

    def test_it_is_called_after_its_file_where_no_name_is_given(self):
        dossier = self.in_progress()
        self.assertEqual(self.material(dossier, name=False).name, "du-thao")

    def test_material_may_begin_without_a_file(self):
        dossier = self.in_progress()
        material = self.material(dossier, file=False, file_name=False)
        self.assertFalse(material.version_ids)
        for name, content in (("", ""), (None, None)):
            self.assertRefused(
                "Choose the file", material.action_add_version, name, content
            )
        self.assertRefused("0 bytes", material.action_add_version, "a.pdf", "")

    def test_versions_are_never_changed_nor_deleted(self):
        dossier = self.in_progress()
        material = self.material(dossier)
        version = material.version_ids
        file = version.file_id
        for call in (
            lambda: version.write({"note": "x"}),
            version.unlink,
            lambda: version.sudo().write({"name": "x"}),
            lambda: version.sudo().unlink(),
            lambda: version.create([{"material_id": material.id}]),
            lambda: file.write({"name": "x.pdf"}),
            file.unlink,
            lambda: file.sudo().write({"raw": b"x"}),
            lambda: material.write({"version_count": 0}),
            lambda: material.write({"dossier_id": self.in_progress().id}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertRefused("never deleted", material.unlink)
        self.assertEqual(version.sudo().file_id.raw, PDF)

    def test_files_are_downloaded_by_who_sees_the_dossier_and_that_is_noted(self):
        dossier, _order = self.supported()
        file = self.material(dossier).version_ids.file_id
        file.with_user(self.justice_head).read(["raw"])
        self.assertJournal(
            "downloaded", dossier, self.justice_head, data={"file": file.id}
        )
        for user in (self.justice_one, self.commune_head, self.culture_two):
            with self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])

    def test_what_is_no_file_is_refused_in_words(self):
        dossier = self.in_progress()
        for content in ("???", 7, [1], "QUJD"):
            with self.subTest(str(content)), mute_logger("odoo.sql_db"):
                self.assertRefused("", self.material, dossier, file=content)
        material = self.material(dossier)
        for content, name in (("???", "a.pdf"), (coded(SECOND), ["a"]), (7, "a")):
            with self.subTest(str(content)):
                self.assertRefused("", material.action_add_version, name, content)
        self.assertRefused(
            "never deleted", dossier.write, {"material_ids": [(2, material.id)]}
        )
        self.assertEqual(material.version_count, 1)
