import base64

from odoo.tests import tagged

from ..models.qlvb_admission_mixin import AdmissionRefused
from ..models.qlvb_vetting import FileNotTaken
from .common import PDF, DocumentCase
from .common_cabinet import docx, pdf

HEAD = """<p>SỞ TƯ PHÁP</p><p>Số: 45/BC-STP</p>
<p>Bắc Giang, ngày 24 tháng 8 năm 2026</p><p>BÁO CÁO</p>
<p>Về việc kiểm tra văn bản quý II</p><p>Kính gửi: Ủy ban nhân dân</p>"""


@tagged("post_install", "-at_install", "qlvb")
class TestTakeScans(DocumentCase):
    """A clerk drops a stack of scans on the list: each waits as a draft (Art. 5.1)."""

    def take(self, content=PDF, user=None, name="Quét 01.pdf", **arguments):
        """Drop one scan; return the draft and the labels of what is missing."""
        documents = self.env["qlvb.document"].with_user(user or self.clerk)
        sent = base64.b64encode(content).decode()
        answer = documents.action_take_scan(name, sent, **arguments)
        return documents.browse(answer["id"]), answer["missing"]

    def test_a_scan_with_text_fills_in_what_its_first_page_says(self):
        draft, missing = self.take(pdf(HEAD))
        self.assertFalse(missing)
        self.assertRecordValues(
            draft,
            [
                {
                    "source": "scan",
                    "state": "draft",
                    "unit_id": self.committee.id,
                    "reference": "45/BC-STP",
                    "summary": "Về việc kiểm tra văn bản quý II",
                    "number": 0,
                }
            ],
        )
        self.assertEqual(str(draft.document_date), "2026-08-24")
        self.assertEqual(draft.type_id.code, "BC")
        self.assertJournal("received", draft, self.clerk)

    def test_a_scan_without_text_waits_until_it_is_entered(self):
        draft, missing = self.take()
        self.assertEqual(len(missing), 5)
        self.assertIn("Issuer", missing)
        self.assertRefused("Issuer", draft.action_register)
        self.assertState(draft, "draft")
        draft.write(self.paper())
        draft.action_register()
        self.assertState(draft, "registered")

    def test_the_file_is_the_drafts_own(self):
        draft, _missing = self.take()
        file = draft.sudo().attachment_ids
        self.assertEqual((file.raw, file.res_id), (PDF, draft.id))
        self.assertCannotRead(self.justice_clerk, file)

    def test_nobody_else_takes_scans_in(self):
        for user in (self.chief, self.chairman, self.culture_one, self.administrator):
            with self.subTest(user.login):
                self.assertDenied(self.take, user=user)
        for unit_id in (self.committee.id, 10**9, True, "1"):
            with self.subTest(unit_id):
                self.assertDenied(self.take, user=self.justice_clerk, unit_id=unit_id)

    def test_each_clerk_takes_them_into_their_own_register(self):
        draft, _missing = self.take(user=self.justice_clerk, unit_id=self.justice.id)
        self.assertEqual(draft.unit_id, self.justice)

    def test_what_is_no_scan_is_refused_in_words_and_leaves_nothing(self):
        files = self.env["ir.attachment"].sudo()
        before = (self.env["qlvb.document"].search_count([]), files.search_count([]))
        take = self.env["qlvb.document"].with_user(self.clerk).action_take_scan
        for content in ("không", 7, ["x"], "YWJ"):
            with self.subTest(content):
                self.assertRefused("did not arrive whole", take, "a.pdf", content)
        self.assertRefused("0 bytes", take, "a.pdf", "")
        self.assertRefused("must be a PDF", self.take, docx("x"), name="a.docx")
        self.assertRefused("File name", take, "", base64.b64encode(PDF).decode())
        with self.assertRaises(FileNotTaken):
            self.take(name="a.exe.pdf")
        with self.assertRaises(AdmissionRefused):
            self.take(pdf(f"<p>TUYỆT MẬT</p>{HEAD}"))
        after = (self.env["qlvb.document"].search_count([]), files.search_count([]))
        self.assertEqual(after, before)

    def test_the_clerk_goes_on_with_the_next_scan_of_the_stack(self):
        (first, _), (second, _) = self.take(pdf(HEAD)), self.take()
        following = first.with_context(qlvb_next=True).action_check_in()
        self.assertState(first, "registered")
        self.assertEqual(following["params"]["resId"], second.id)
        self.assertIn("45/BC-STP", following["params"]["message"])

    def test_a_scan_beside_the_fields_is_read_and_not_stored(self):
        documents = self.env["qlvb.document"].with_user(self.clerk)
        before = self.env["ir.attachment"].search_count([])
        sent = base64.b64encode(pdf(HEAD)).decode()
        read = documents.action_read_scan("a.pdf", sent)
        self.assertEqual(read["reference"], "45/BC-STP")
        self.assertEqual(str(read["document_date"]), "2026-08-24")
        kind = self.env["qlvb.document.type"].browse(read["type_id"][0])
        self.assertEqual((kind.code, kind.display_name), ("BC", read["type_id"][1]))
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_what_may_not_enter_is_told_before_it_is_kept(self):
        documents = self.env["qlvb.document"].with_user(self.clerk)
        for refusal, content in (
            (AdmissionRefused, pdf("<p>TỐI MẬT</p>")),
            (FileNotTaken, b"MZ\x90\x00"),
        ):
            sent = base64.b64encode(content).decode()
            with self.subTest(refusal), self.assertRaises(refusal):
                documents.action_read_scan("a.pdf", sent)
        for user in (self.chief, self.culture_one, self.administrator):
            with self.subTest(user.login):
                self.assertDenied(
                    documents.with_user(user).action_read_scan, "a.pdf", ""
                )
