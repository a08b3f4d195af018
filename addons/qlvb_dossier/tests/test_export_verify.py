import struct
import zipfile

from odoo.tests import tagged

from .common_export import ExportCase


@tagged("post_install", "-at_install", "qlvb")
class TestExportVerify(ExportCase):
    """A package is verified outside, by a script that knows nothing of us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        exported = cls.dossier.with_user(cls.chief)._export("package", cls.folder)
        cls.package, cls.checksum = exported.path, exported.checksum

    def assertWrong(self, path, *words, code=1):
        found, said = self.verify(path)
        self.assertEqual(found, code, said)
        for word in words:
            self.assertIn(word, said)

    def changed(self, change):
        return self.rewritten(self.package, change)

    def test_untouched_package_is_whole(self):
        code, said = self.verify(self.package, "--sha256", self.checksum)
        self.assertEqual(code, 0, said)
        self.assertIn("TOÀN VẸN", said)
        self.assertIn("000.00.17.H02.2026.HS-2026-0001", said)

    def test_one_byte_changed(self):
        def change(entries):
            name = next(name for name in entries if name.endswith(".pdf"))
            content = bytearray(entries[name])
            content[len(content) // 2] ^= 1
            return entries | {name: bytes(content)}

        self.assertWrong(self.changed(change), "nội dung đã bị thay đổi")

    def test_one_byte_changed_within_the_zip(self):
        content = bytearray(open(self.package, "rb").read())  # noqa: SIM115
        with zipfile.ZipFile(self.package) as package:
            info = next(i for i in package.infolist() if i.filename.endswith(".pdf"))
        content[info.header_offset + 200] ^= 1
        path = self.folder / "byte.zip"
        path.write_bytes(content)
        code, said = self.verify(path)
        self.assertNotEqual(code, 0, said)

    def test_file_dropped(self):
        def change(entries):
            name = next(name for name in entries if name.endswith(".png"))
            return {key: value for key, value in entries.items() if key != name}

        self.assertWrong(self.changed(change), "thiếu trong gói")

    def test_file_added(self):
        path = self.changed(lambda entries: entries | {"van-ban/la.pdf": b"x"})
        self.assertWrong(path, "van-ban/la.pdf", "tệp lạ")

    def test_index_changed(self):
        def change(entries):
            index = entries["index.xml"].replace("Hạn chế".encode(), "Mở".encode())
            return entries | {"index.xml": index}

        self.assertWrong(self.changed(change), "index.xml", "thay đổi")

    def test_index_that_contradicts_itself(self):
        """Even where whoever changed it mended all the checksums."""
        import hashlib

        def change(entries):
            index = entries["index.xml"].replace(
                b"<DocTotal>3</DocTotal>", b"<DocTotal>2</DocTotal>"
            )
            sums = entries["checksums.sha256"].decode()
            old = hashlib.sha256(entries["index.xml"]).hexdigest()
            new = hashlib.sha256(index).hexdigest()
            return entries | {
                "index.xml": index,
                "checksums.sha256": sums.replace(old, new).encode(),
            }

        path = self.changed(change)
        self.assertWrong(path, "DocTotal")
        code, said = self.verify(path, "--sha256", self.checksum)
        self.assertEqual(code, 1)
        self.assertIn("khác với mã đã cho", said)

    def test_index_that_is_no_xml_or_declares_entities(self):
        for content, words in (
            (b"<DossierPackage>", "cú pháp"),
            (b'<!DOCTYPE x [<!ENTITY a "b">]><DossierPackage/>', "DOCTYPE"),
            (b"<Other/>", "không phải chỉ mục"),
        ):
            path = self.changed(lambda entries, c=content: entries | {"index.xml": c})
            self.assertWrong(path, words)

    def test_no_index_no_checksums(self):
        for name in ("index.xml", "checksums.sha256"):
            path = self.changed(
                lambda entries, n=name: {k: v for k, v in entries.items() if k != n}
            )
            self.assertWrong(path, name)

    def test_names_that_lead_out(self):
        for name in ("../ngoai.txt", "/etc/passwd", "C:\\x.txt", "a/../../b"):
            path = self.changed(lambda entries, n=name: entries | {n: b"x"})
            self.assertWrong(path, "không an toàn")

    def test_link_in_the_package(self):
        path = self.changed(dict)
        with zipfile.ZipFile(path, "a") as package:
            info = zipfile.ZipInfo("van-ban/lien-ket")
            info.external_attr = 0o120777 << 16
            package.writestr(info, "/etc/passwd")
        self.assertWrong(path, "liên kết")

    def test_bomb_is_not_unpacked(self):
        path = self.changed(lambda entries: entries | {"bom.bin": b"\0" * 60_000_000})
        self.assertWrong(path, "bom nén", code=2)
        code, said = self.verify(self.package, "--most-bytes", "1000")
        self.assertEqual(code, 2, said)

    def test_size_that_lies(self):
        path = self.changed(lambda entries: entries | {"doi.bin": b"\0" * 5_000_000})
        content = bytearray(path.read_bytes())
        place = content.rfind(b"doi.bin") - 46 + 24
        content[place : place + 4] = struct.pack("<I", 10)
        path.write_bytes(content)
        code, said = self.verify(path)
        self.assertNotEqual(code, 0, said)

    def test_two_of_one_name(self):
        path = self.changed(dict)
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("index.xml", b"<DossierPackage/>")
        self.assertWrong(path, "hai lần")

    def test_what_is_no_package(self):
        path = self.folder / "khong.zip"
        path.write_bytes(b"khong phai zip")
        self.assertWrong(path, "ZIP", code=2)
        self.assertWrong(self.folder / "khong-co.zip", "không mở được", code=2)
