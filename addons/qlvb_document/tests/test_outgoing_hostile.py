import base64

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common_dispatch import DispatchCase
from .common_pages import page_pdf
from .test_template import word_file

NO_IDS = (True, "x", [1], [[]], {"a": [1]}, 1.5)
"""What callers hand in where an id belongs."""


@tagged("post_install", "-at_install", "qlvb")
class TestHostileOnTheWayOut(DispatchCase):
    """Officials who speak RPC try what no screen offers, and are told why not."""

    def coded(self, raw):
        return base64.b64encode(raw).decode()

    # -- acts -----------------------------------------------------------------

    def test_nobody_approves_or_returns_what_lies_before_nobody(self):
        document = self.issued().with_user(self.chief).sudo(False)
        for act in (
            document.action_approve,
            lambda: document.action_send_back("Sai thể thức"),
        ):
            self.assertDenied(act)
        self.assertEqual(document.state, "issued")

    def test_the_dialog_of_issuing_opens_without_a_document(self):
        spec = {"expected_reference": {}, "unmet_text": {}, "document_id": {}}
        wizard = self.env["qlvb.act.wizard"].with_user(self.clerk)
        values = {"act": "issue", "day": "2026-08-26"}
        told = wizard.onchange(values, ["day"], spec)
        self.assertFalse(told["value"].get("expected_reference"))

    # -- files ----------------------------------------------------------------

    def test_files_on_their_way_are_fixed_in_plain_words(self):
        document = self.submitted()
        file = document.attachment_ids.sudo(False)
        before = file.sudo().checksum
        other = self.coded(page_pdf("Khác"))
        for tampers in (
            lambda: file.write({"datas": other}),
            lambda: file.write({"name": "khac.pdf"}),
            file.unlink,
        ):
            with self.assertRaises(AccessError) as caught:
                tampers()
            self.assertNotIn("qlvb:", str(caught.exception))
        self.assertEqual(file.sudo().checksum, before)

    def test_a_file_that_is_changed_by_itself_is_a_change_of_the_draft(self):
        for draft in (self.outgoing(), self.draft(files=["to-trinh.pdf"])):
            file = draft.attachment_ids
            for change in (
                lambda file=file: file.write(
                    {"datas": self.coded(page_pdf("Số:", "Khác"))}
                ),
                lambda file=file: file.write({"name": "khac.pdf"}),
                file.unlink,
            ):
                before = draft.revision
                change()
                self.assertEqual(draft.revision, before + 1)

    def test_a_word_file_belongs_to_what_leaves(self):
        draft = self.draft()
        sent = {"docx": self.coded(word_file("Nội dung"))}
        self.assertRefused("outgoing", draft.write, sent)
        papers = self.env["qlvb.document"].with_user(self.clerk)
        self.assertRefused("outgoing", papers.create, self.paper(**sent))
        self.assertFalse(draft.sudo().version_ids)

    def test_the_name_of_a_file_is_not_told_by_its_id(self):
        file = self.outgoing().attachment_ids
        lines = self.env["qlvb.correction.line"].with_user(self.commune_clerk)
        for name, shown in (("old_file_id", "old_text"), ("new_file_id", "new_text")):
            with self.subTest(name):
                values = {"name": "file", name: file.id}
                told = lines.onchange(values, [name], {shown: {}})
                self.assertFalse(told["value"].get(shown))
        seen = lines.with_user(self.clerk)
        values = {"name": "file", "old_file_id": file.id}
        told = seen.onchange(values, ["old_file_id"], {"old_text": {}})
        self.assertEqual(told["value"]["old_text"], "to-trinh.pdf")

    def test_the_file_of_a_template_is_the_offices(self):
        template = self.env["qlvb.template"].search([], limit=1)
        template.with_user(self.clerk).content = self.coded(word_file("{{ ky_hieu }}"))
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", template._name), ("res_field", "=", "content")]
        )
        before = stored.checksum
        other = self.coded(word_file("Mẫu khác"))
        file = stored.with_user(self.commune_clerk).sudo(False)
        self.assertDenied(file.write, {"datas": other, "name": "mau.docx"})
        self.assertDenied(file.unlink)
        planted = {
            "name": "mau.docx",
            "datas": other,
            "res_model": template._name,
            "res_id": template.id,
            "res_field": "content",
        }
        self.assertDenied(file.create, planted)
        self.assertEqual(stored.exists().checksum, before)

    def test_what_a_template_puts_together_passes_the_gate(self):
        draft = self.outgoing()
        template = draft.template_id.sudo()
        for said in ("{{ 'TUYỆT ' ~ 'MẬT' }}", "{{ trich_yeu * 9000000 }}"):
            template.with_user(self.clerk).content = self.coded(word_file(said))
            with self.subTest(said):
                self.assertRefused("", draft.action_make_docx)
                self.assertFalse(draft._newest("docx"))

    # -- recipients -----------------------------------------------------------

    def test_who_is_on_a_list_is_told_to_no_outsider(self):
        document = self.outgoing(
            dispatch_ids=[Command.create({"unit_id": self.commune.id})]
        )
        rows = self.env["qlvb.dispatch"].with_user(self.commune_clerk)
        told = {
            self.assertDenied(
                rows.create, {"document_id": document.id, "unit_id": unit.id}
            )
            for unit in (self.commune, self.culture)
        }
        self.assertEqual(len(told), 1)

    def test_recipients_that_are_none(self):
        document = self.signed()
        rows = self.env["qlvb.dispatch"].with_user(self.clerk)
        for name in ("unit_id", "partner_id", "document_id"):
            for number in NO_IDS[1:]:
                with self.subTest(f"{name} {number!r}"):
                    values = {"document_id": document.id, name: number}
                    self.assertRefused("", rows.create, values)
        self.assertFalse(rows.search([("document_id", "=", document.id)]))

    # -- registers ------------------------------------------------------------

    def test_registers_and_series_of_no_unit(self):
        registers = self.env["qlvb.register"].with_user(self.clerk)
        series = self.env["qlvb.series"].with_user(self.chairman)
        kinds, year = self.decision.ids, 2026
        for number in NO_IDS:
            with self.subTest(repr(number)):
                self.assertDenied(registers.action_open, number, "out")
                self.assertRefused(
                    "kind",
                    registers.action_open,
                    self.committee.id,
                    "out",
                    number,
                )
                self.assertDenied(
                    series.action_decide, number, kinds, year, "Quyết định", "Riêng"
                )
                self.assertRefused(
                    "kind",
                    series.action_decide,
                    self.committee.id,
                    [number],
                    year,
                    "Quyết định",
                    "Riêng",
                )

    def test_a_register_is_closed_up_to_a_day(self):
        register = self.issued().sudo().register_id.with_user(self.clerk).sudo(False)
        for day in (True, 7, 2**70, [[]], {"a": 1}, 1.5, "hôm nay", "x" * 300_000):
            with self.subTest(repr(day)[:20]):
                self.assertRefused("not a date", register.action_close, day)
