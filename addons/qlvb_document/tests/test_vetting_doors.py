import base64
import os
import time
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..lib import vetting
from ..models.qlvb_vetting import FileNotTaken
from .common import PDF
from .common_book import book_file, book_row
from .common_cabinet import BODY, docx, hostile, image, pdf, xlsx
from .common_doors import STAMP, DoorCase
from .test_admission import MARK


@tagged("post_install", "-at_install", "qlvb")
class TestVettingDoors(DoorCase):
    """No file comes in past the gate, by whatever door."""

    def test_hostile_files_leave_nothing(self):
        """Each is told in words what is wrong, journalled once, and not stored."""
        before = self.remains()
        draft = self.draft(reference="9/CV", summary="Giữ lại")
        for what, name, content, code in hostile():
            count = len(self.journal("file_refused"))
            said = self.refused(self.files.create, {"name": name, "raw": content})
            self.assertEqual(said, self.env["qlvb.vetting"]._explain_file(code))
            self.assertNotIn(name, said)
            rows = self.journal("file_refused")[count:]
            self.assertEqual(
                rows.mapped("data"), [{"door": "file", "code": code}], what
            )
            self.assertEqual(rows.user_id, self.clerk)
        self.assertTrue(draft.exists(), "a technical refusal destroys no draft")
        draft.unlink()
        self.assertEqual(self.remains(), before)

    def test_words_in_vietnamese_say_what_to_do(self):
        english = self.env["qlvb.vetting"]
        vietnamese = english.with_context(lang="vi_VN")
        for _what, _name, _content, code in hostile():
            self.assertNotEqual(
                vietnamese._explain_file(code), english._explain_file(code)
            )

    def test_the_house_sets_the_limit(self):
        settings = self.env["ir.config_parameter"].sudo()
        settings.set_param("qlvb.file_limit_mb", "0.001")
        with self.assertRaisesRegex(FileNotTaken, r"0\.001"):
            self.files.create({"name": "a.pdf", "raw": pdf()})
        settings.set_param("qlvb.file_limit_mb", "nonsense")
        self.assertTrue(self.files.create({"name": "a.pdf", "raw": pdf()}))

    def test_stamped_file_sent_ahead(self):
        for number, values in enumerate(
            (
                {},
                {"res_model": "qlvb.document", "res_id": 0},
                {"res_model": "mail.compose.message", "res_id": 0},
                {"raw": False, "datas": base64.b64encode(self.stamped(13)).decode()},
            )
        ):
            content = self.stamped(number)
            with self.subTest(str(values)[:40]):
                before = self.remains()
                values = {"name": "a.pdf", "raw": content, **values}
                self.knock("3.1", self.files.create, values)
                self.assertEqual(self.remains(), before)
        self.assertEqual(len(self.journal("admission_refused")), 4)
        self.assertNothingLeft()

    def test_stamp_in_word_excel_and_name(self):
        for name, content in (
            ("a.docx", docx("MẬT", MARK)),
            ("a.xlsx", xlsx("STT", "TUYỆT MẬT", MARK)),
            ("TỐI MẬT.pdf", pdf()),
        ):
            self.knock("3.1", self.files.create, {"name": name, "raw": content})
        self.assertNothingLeft()

    def test_texts_as_long_as_a_book_are_not_even_read(self):
        document = self.draft(reference="9/CV", summary="Giữ lại")
        start = time.process_time()
        for call in (
            lambda text: document.action_refuse(text),
            lambda text: document.write({"summary": text}),
            lambda text: document.message_post(body=text),
        ):
            with self.assertRaises(UserError):
                call("a\n" * 2_000_000)
        self.assertLess(time.process_time() - start, 5)

    def test_stamp_in_what_is_said_of_a_file_or_a_row(self):
        said = {"name": "a.pdf", "raw": pdf(), "description": STAMP}
        self.knock("3.1", self.files.create, said)
        kept = self.files.create({"name": "a.pdf", "raw": pdf()})
        self.knock("3.1", kept.write, {"description": STAMP})
        rows = self.env["qlvb.book.problem"].with_user(self.clerk)
        book = self.env["qlvb.book.wizard"].with_user(self.clerk).create({})
        row = {"wizard_id": book.id, "row": 1, "explanation": STAMP}
        self.knock("3.1", rows.create, row)
        self.assertNothingLeft()

    def test_dialogs_keep_no_stamped_file(self):
        """Not even as long as they are open: scan of a direction, old book."""
        scans = self.env["qlvb.act.wizard"].with_user(self.clerk)
        books = self.env["qlvb.book.wizard"].with_user(self.clerk)
        before = self.remains()
        stamped = base64.b64encode(self.stamped()).decode()
        self.knock("3.1", scans.create, {"act": "direct", "scan": stamped})
        planted = scans.with_context(default_scan=stamped)
        self.knock("3.1", planted.create, {"act": "direct"})
        good = book_file([book_row(1)])
        named = book_file([book_row(1)], change=self.name_sheet)
        for content in (book_file([book_row(1, summary="TUYỆT MẬT")]), named):
            content = base64.b64encode(content).decode()
            self.knock("3.1", books.create, {"file": content})
            planted = books.with_context(default_file=content)
            self.knock("3.1", planted.create, {})
        self.assertEqual(self.remains(), before)
        self.cr.execute("SELECT count(*) FROM qlvb_book_wizard")
        self.assertEqual(self.cr.fetchone()[0], 0)
        self.assertTrue(books.create({"file": base64.b64encode(good)}))
        kept = scans.create({"act": "direct", "scan": base64.b64encode(pdf())})
        self.assertTrue(kept.scan)

    def name_sheet(self, book):
        book.active.title = "TỐI MẬT"

    def test_table_sent_for_something_else(self):
        """A buffer is judged when it turns out for what it is meant."""
        buffers = self.env["base_import.import"].with_user(self.clerk)
        table = f"reference,summary\n1/a,MẬT\n{MARK}".encode()
        moved = buffers.create(
            {"res_model": "res.partner", "file": table, "file_name": "a.csv"}
        )
        self.knock("3.1", moved.write, {"res_model": "qlvb.document"})
        planted = buffers.with_context(
            default_file=base64.b64encode(table).decode(),
            default_res_model="qlvb.document",
        )
        with self.assertRaises(UserError):
            planted.create({})

    def test_petition_by_its_heading(self):
        content = pdf(f"<h2>ĐƠN TỐ CÁO</h2>{BODY}<p>{MARK}</p>")
        self.knock("3.2", self.files.create, {"name": "a.pdf", "raw": content})
        self.assertRecorded("3.2", "file")

    def test_defaults_are_no_way_in(self):
        """Contents planted in a context or as a user's own default do not come in."""
        bad = base64.b64encode(self.stamped()).decode()
        for context in ({"default_datas": bad}, {"default_raw": bad}):
            with self.assertRaises(UserError):
                self.files.with_context(**context).create({"name": "a.pdf"})
        self.env["ir.default"].with_user(self.clerk).set(
            "ir.attachment", "datas", bad, user_id=True
        )
        file = self.files.create({"name": "a.pdf", "raw": PDF})
        self.assertEqual(file.raw, PDF)

    def test_facts_are_nobodys_to_write(self):
        file = self.files.create({"name": "a.pdf", "raw": PDF, "qlvb_has_text": True})
        self.assertTrue(file.qlvb_vetted)
        self.assertFalse(file.qlvb_has_text)
        file.write({"qlvb_has_text": True, "qlvb_mentions": True})
        self.assertFalse(file.qlvb_has_text)
        self.assertEqual(file.mimetype, "application/pdf")

    def test_file_takes_the_place_of_another(self):
        """What was harmless when stored is judged again when it is changed."""
        file = self.files.create({"name": "a.pdf", "raw": PDF})
        self.knock("3.1", file.write, {"raw": self.stamped()})
        self.assertFalse(file.exists(), "sent ahead, it goes as well")
        file = self.files.create({"name": "b.pdf", "raw": PDF})
        for values in ({"name": "b.exe"}, {"raw": b"MZ"}, {"datas": b"TVo="}):
            with self.assertRaises(FileNotTaken):
                file.write(values)
        self.assertEqual(file.raw, PDF)

    def test_stored_for_something_harmless_and_claimed(self):
        """A file on one's own address card does not wander onto a paper."""
        partner = self.clerk.partner_id
        self.env["res.partner"].browse(partner.id).with_user(self.clerk)
        values = {"name": "a.pdf", "res_model": "res.partner", "res_id": partner.id}
        draft = self.draft(reference="9/CV")
        for number, door in enumerate(("write", "message")):
            file = (
                self.env["ir.attachment"]
                .with_user(self.clerk)
                .sudo()
                .create({**values, "raw": self.stamped(10 + number)})
            )
            self.assertFalse(file.qlvb_vetted, "no paper: nobody looks at it")
            with self.subTest(door):
                if door == "write":
                    place = {"res_model": "mail.compose.message", "res_id": 0}
                    self.knock("3.1", file.write, place)
                else:
                    self.knock(
                        "Điều 3", draft.message_post, body="x", attachment_ids=file.ids
                    )
        self.assertTrue(draft.exists())

    def test_pictures_of_people_and_assets_are_not_asked(self):
        self.clerk.sudo().image_1920 = base64.b64encode(image())
        self.assertTrue(self.clerk.image_1920)
        css = {"name": "a.css", "raw": b"a{}", "res_model": "ir.ui.view", "res_id": 0}
        self.assertTrue(self.env["ir.attachment"].create(css))

    def test_nothing_of_the_words_of_a_file_is_kept(self):
        file = self.files.create({"name": "a.pdf", "raw": pdf()})
        self.assertTrue(file.qlvb_has_text)
        self.assertFalse(file.sudo().index_content)

    def test_same_bytes_are_read_once(self):
        content = pdf(f"{BODY}<p>Một lần</p>")
        with patch.object(vetting, "vet", side_effect=vetting.vet) as read:
            for name in ("a.pdf", "b.pdf"):
                self.files.create({"name": name, "raw": content})
        self.assertEqual(read.call_count, 1)


@tagged("post_install", "-at_install", "qlvb")
class TestVettingPapers(DoorCase):
    """A paper whose file or words Article 3 keeps out goes whole."""

    def test_scan_of_a_new_paper(self):
        before = self.remains()
        scan = base64.b64encode(self.stamped()).decode()
        paper = self.paper(summary=MARK, scan=scan, scan_name="a.pdf")
        self.knock("3.1", self.documents.create, paper)
        self.knock("3.1", self.documents.web_save, paper, {})
        self.assertEqual(self.remains(), before)
        self.assertRecorded("3.1", "scan", 1)
        self.assertNothingLeft()

    def test_scan_of_a_draft(self):
        for values in (
            {"scan": base64.b64encode(self.stamped()).decode()},
            {"attachment_ids": [(0, 0, {"name": "a.pdf", "raw": self.stamped(1)})]},
        ):
            draft = self.draft(reference="9/CV", summary=f"{MARK} summary")
            with self.subTest(next(iter(values))):
                self.knock("3.1", draft.write, values)
                self.assertFalse(draft.exists())
        self.assertNothingLeft()

    def test_file_hung_on_a_draft(self):
        draft = self.draft(reference="9/CV", summary=f"{MARK} summary", files=["a.pdf"])
        file = draft.sudo().attachment_ids
        path = self.stored(file)
        place = {"res_model": "qlvb.document", "res_id": draft.id}
        content = self.stamped(3)
        self.knock("3.1", self.files.create, {"name": "b.pdf", "raw": content, **place})
        self.assertFalse(draft.exists())
        self.assertFalse(file.exists())
        if os.path.exists(path):
            self.cr.execute(
                "SELECT 1 FROM ir_attachment WHERE store_fname = %s",
                (os.path.relpath(path, self.files._filestore()),),
            )
            self.assertTrue(self.cr.fetchone(), "somebody else has the same file")
        self.assertRecorded("3.1", "file")

    def test_strangers_destroy_no_draft(self):
        draft = self.draft(reference="9/CV")
        place = {"res_model": "qlvb.document", "res_id": draft.id}
        for user in (self.justice_clerk, self.chairman, self.culture_one):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.env["ir.attachment"].with_user(user).create(
                    {"name": "b.pdf", "raw": self.stamped(4), **place}
                )
            self.assertTrue(draft.exists())

    def test_on_what_is_registered_only_the_file_is_refused(self):
        document = self.registered(reference="10/CV", files=["a.pdf"])
        place = {"res_model": "qlvb.document", "res_id": document.id}
        with self.assertRaises(UserError):
            self.files.create({"name": "b.pdf", "raw": self.stamped(5), **place})
        self.assertTrue(document.exists())
        self.assertEqual(len(document.sudo().attachment_ids), 1)

    def test_stamp_in_the_words_of_a_paper(self):
        for name in ("summary", "issuer"):
            values = {name: f"{MARK} [MẬT]" if name == "issuer" else STAMP}
            self.knock("3.1", self.documents.create, self.paper(**values))
            draft = self.draft(reference="9/CV")
            self.knock("3.1", draft.write, values)
            self.assertFalse(draft.exists())
        self.assertNothingLeft()

    def test_words_are_no_stamps(self):
        for words in (
            "Về việc bảo mật thông tin, đổi mật khẩu",
            "Tuyên truyền Luật Bảo vệ bí mật nhà nước",
            "Mật ong rừng Tây Yên Tử",
        ):
            self.assertTrue(self.draft(reference="9/CV", summary=words))

    def test_stamp_in_an_imported_cell(self):
        columns = ["reference", "issuer", "document_date", "summary", "type_id/.id"]
        kind = str(self.kind.id)
        rows = [
            ["1/CV", "A", "2026-08-24", "x", kind],
            ["2/CV", "A", "2026-08-24", STAMP, kind],
        ]
        result = self.documents.load(columns, rows)
        self.assertFalse(result["ids"])
        self.assertIn("2", result["messages"][0]["message"])
        self.assertRecorded("3.1", "import", row=2)
        self.assertNothingLeft()

    def test_stamp_in_a_table_to_be_imported(self):
        """Before even its preview is stored."""
        buffer = (
            self.env["base_import.import"]
            .with_user(self.clerk)
            .create({"res_model": "qlvb.document"})
        )
        for name, content in (
            ("a.csv", f"{MARK};MẬT;x".encode()),
            ("a.xlsx", xlsx(MARK, "TỐI MẬT")),
        ):
            values = {"file": content, "file_name": name}
            self.knock("3.1", buffer.write, values)
            self.knock("3.1", buffer.create, {"res_model": "qlvb.document", **values})
        with self.assertRaises(FileNotTaken):
            buffer.write({"file": b"MZ\x00", "file_name": "a.xlsx"})
        self.assertFalse(buffer.file)
        buffer.write({"file": b"a;b\n1;2", "file_name": "a.csv"})
        self.assertNothingLeft()
