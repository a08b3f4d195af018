from odoo.fields import Command
from odoo.tests import tagged

from .common_correct import CorrectCase
from .common_print import PrintCase


@tagged("post_install", "-at_install", "qlvb")
class TestSeeCorrections(CorrectCase):
    """Who sees a request: the document's audience, and who decides on it."""

    def test_whoever_sees_the_document_sees_what_was_corrected(self):
        order = self.routed(document=self.document)
        correction = self.approved(issuer="Phòng Tư pháp")
        for user in (self.clerk, self.chief, self.chairman, self.culture_head):
            self.assertCanRead(user, correction)
            own = self.by(user, self.document)
            self.assertEqual(own.correction_ids, correction)
            self.assertIn("Issuer", own.correction_text)
            self.assertIn(
                "Phòng Văn hóa và Thông tin → Phòng Tư pháp",
                self.by(user, correction).changes_text,
            )
        for user in (
            self.justice_head,
            self.commune_head,
            self.outsider,
            self.administrator,
        ):
            self.assertCannotRead(user, correction)
            self.assertCannotRead(user, correction.line_ids)
        order.with_user(self.culture_head).action_return("Không thuộc")
        self.assertCannotRead(self.culture_head, correction)

    def test_who_decides_sees_the_request_and_nothing_else(self):
        draft = self.ask(self.commune_clerk, self.of_commune, issuer="X")
        for user in (self.chairman, self.chief):
            self.assertCannotRead(user, draft)
        draft.action_submit()
        for user in (self.chairman, self.chief):
            self.assertCanRead(user, draft)
            self.assertCanRead(user, draft.line_ids)
            own = self.by(user, draft)
            self.assertFalse(own.has_sight)
            self.assertEqual(own.document_summary, self.of_commune.summary)
            self.assertEqual(own.document_issuer, self.of_commune.issuer)
            self.assertDenied(own.action_open_document)
            self.assertCannotRead(user, self.of_commune)
            spec = {"document_id": {"fields": {"summary": {}}}, "document_name": {}}
            try:
                told = str(own.web_read(spec))
            except Exception as error:
                told = str(error)
            self.assertNotIn("Quy chế", told)
        for user in (self.clerk, self.vice_culture, self.culture_head):
            self.assertCannotRead(user, draft)

    def test_what_waits_for_the_chairman_is_found_by_the_chairman(self):
        waiting = self.asked(issuer="X") | self.asked(
            self.commune_clerk, self.of_commune, issuer="X"
        )
        self.ask(summary="X")
        corrections = self.env["qlvb.correction"]
        domain = [("can_approve", "=", True)]
        found = corrections.with_user(self.chairman).search(domain)
        self.assertEqual(found.sorted("id"), waiting.sorted("id"))
        for user in (self.clerk, self.chief, self.commune_head, self.vice_culture):
            self.assertFalse(corrections.with_user(user).search(domain), user.login)

    def test_looking_at_a_request_is_noted(self):
        correction = self.asked(self.commune_clerk, self.of_commune, issuer="X")
        self.by(self.chairman, correction).web_read({"document_summary": {}})
        row = self.assertJournal("opened", correction, self.chairman)
        self.assertNotIn("TTr", row.record_name)

    def test_a_list_costs_no_more_for_more_requests(self):
        spec = {
            "document_name": {},
            "changes_text": {},
            "reason": {},
            "asked_by_id": {"fields": {"display_name": {}}},
            "state": {},
        }
        corrections = self.env["qlvb.correction"].with_user(self.chairman)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows = corrections.web_search_read([], spec)["length"]
            return self.cr.sql_log_count - before, rows

        self.asked(issuer="X")
        queries()
        one, first = queries()
        for number in range(5):
            document = self.registered(reference=f"{number}/X")
            self.asked(document=document, issuer="X", urgency="urgent")
        many, all_of_them = queries()
        self.assertEqual(all_of_them - first, 5)
        self.assertLessEqual(many, one + 2)


@tagged("post_install", "-at_install", "qlvb")
class TestCorrectOutgoing(CorrectCase):
    """Of what was issued only what is not on the paper is corrected."""

    def ask_of(self, document, **values):
        return self.ask(self.clerk, document, **values)

    def test_the_clerk_corrects_what_was_typed_wrongly(self):
        document = self.issued()
        field = str(self.field_culture.id)
        correction = self.asked(
            self.clerk,
            document,
            summary="Ban hành Quy chế",
            urgency="urgent",
            field_id=field,
        )
        reference = document.sudo().reference
        self.by(self.chairman, correction).action_approve()
        self.assertRecordValues(
            document.sudo(),
            [
                {
                    "summary": "Ban hành Quy chế",
                    "urgency": "urgent",
                    "field_id": self.field_culture.id,
                    "reference": reference,
                    "state": "issued",
                }
            ],
        )
        self.assertTrue(self.by(self.vice_culture, document).has_access("read"))

    def test_what_stands_on_the_paper_is_never_corrected(self):
        document = self.issued()
        file = self.file()
        for values in (
            {"reference": "99/QĐ-UBND"},
            {"document_date": "2026-08-25"},
            {"type_id": str(self.kind.id)},
            {"issuer": "X"},
            {"received_date": "2026-08-25"},
            {"deadline": "2026-12-31"},
            {"line_ids": [Command.create({"name": "file", "new_file_id": file.id})]},
        ):
            with self.subTest(str(values)):
                self.assertRefused(
                    "replaced by another", self.ask_of, document, **values
                )

    def test_on_the_way_up_it_is_sent_back_instead(self):
        document = self.signed()
        self.assertRefused("send it back", self.ask_of, document, summary="X")
        self.assertFalse(self.by(self.clerk, document).can_correct)

    def test_what_was_issued_is_purged_with_its_number_left(self):
        document = self.issued(summary="Việc zyxmark", reply_to_id=False)
        reference, number = document.sudo().reference, document.sudo().number
        self.purged(document, self.clerk)
        self.assertEqual(document.sudo().reference, reference)
        self.assertEqual(document.sudo().number, number)
        self.assertIn("Đã xoá nội dung", document.sudo().summary)
        self.assertFalse(document.sudo().attachment_ids)
        self.assertState(document, "issued")

    def test_a_dropped_draft_is_purged_but_not_corrected(self):
        document = self.submitted(summary="Việc zyxmark")
        document.action_withdraw("Sai")
        document.action_drop("Đơn thư")
        self.assertRefused("dropped", self.ask_of(document, summary="X").action_submit)
        self.purged(document, self.clerk)
        self.assertFalse(document.sudo().refusal_reason)
        self.assertFalse(document.sudo().review_ids.filtered("note"))
        self.assertState(document, "dropped")


@tagged("post_install", "-at_install", "qlvb")
class TestPrintCorrected(CorrectCase, PrintCase):
    """The book shows where it was changed; bound pages are marked beside."""

    def remarks(self):
        form = self.env["qlvb.form"].with_user(self.clerk)
        return form._register_rows(self.document)[0][-1]

    def test_the_remarks_of_the_register_tell(self):
        register = self.register_of(self.document)
        self.assertEqual(self.remarks(), "")
        self.approved(summary="Về việc khác", urgency="urgent")
        self.assertEqual(self.remarks(), "Khẩn; Đính chính 26/8/2026")
        self.assertIn("Tờ trình về việc khác", self.text("register", register))
        self.purged(self.document)
        self.assertEqual(
            self.remarks(), "Khẩn; Đính chính 26/8/2026; Xoá nội dung 26/8/2026"
        )
        text = self.text("register", register)
        self.assertIn("Đã xoá nội dung theo quyết định", text)
        self.assertNotIn("việc khác", text)

    def test_the_remarks_of_the_outgoing_book_tell(self):
        document = self.issued()
        self.approved(document=document, urgency="urgent")
        register = document.sudo().register_id.with_user(self.clerk)
        form = self.env["qlvb.form"].with_user(self.clerk)
        lines = form._lines(document.with_user(self.clerk), register.entry_ids)
        remarks = form._outgoing_rows(lines)[0][-1]
        self.assertEqual(remarks, "Khẩn; Đính chính 26/8/2026")

    def test_bound_pages_stay_and_are_marked(self):
        register = self.register_of(self.document)
        page = self.env["qlvb.register.page"].browse(
            register.with_user(self.clerk).action_close()
        )
        before = page.sudo().checksum
        correction = self.approved(issuer="Phòng Tư pháp")
        own = self.by(self.clerk, page)
        self.assertEqual(own.checksum, before)
        self.assertIn("01: Issuer", own.correction_text)
        self.assertIn(own.display_name, self.by(self.clerk, correction).report)
        # What was corrected before is on the next pages as it is.
        self.approved(document=self.registered(reference="7/X"), issuer="X")
        later = self.env["qlvb.register.page"]
        with self.at(2026, 8, 27, 9):
            later = later.browse(register.with_user(self.clerk).action_close())
        self.assertFalse(self.by(self.clerk, later).correction_text)

    def test_the_title_page_is_not_marked(self):
        register = self.register_of(self.document)
        with self.at(2027, 1, 4, 9):
            register.with_user(self.clerk).action_close_year()
            self.approved(issuer="Phòng Tư pháp")
        pages = self.by(self.clerk, register).page_ids
        title = pages.filtered(lambda page: page.kind == "title")
        self.assertFalse(title.correction_text)
        self.assertIn("01: Issuer", (pages - title).correction_text)

    def test_more_sets_of_pages_ask_no_more_questions(self):
        register = self.register_of(self.document)

        def questions():
            self.env.invalidate_all()
            pages = self.env["qlvb.register.page"].with_user(self.clerk)
            pages = pages.search([("register_id", "=", register.id)])
            pages.mapped("closed_at")
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            pages.mapped("correction_text")
            return self.env.cr.sql_log_count - before

        self.by(self.clerk, register).action_close()
        questions()
        few = questions()
        for day in (27, 28, 29):
            with self.at(2026, 8, day, 9):
                self.registered(reference=f"{day}/X")
                self.by(self.clerk, register).action_close()
        self.assertEqual(len(self.by(self.clerk, register).page_ids), 4)
        self.assertLessEqual(questions(), few)
