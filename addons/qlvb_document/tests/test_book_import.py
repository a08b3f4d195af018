import base64
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_book import BookCase, book_file, book_row


@tagged("post_install", "-at_install", "qlvb")
class TestBookImport(BookCase):
    """A paper year taken over: all of it as it stands, or nothing."""

    def test_a_clerk_takes_a_book_over(self):
        wizard = self.checked(
            [
                book_row(1, note="Bản sao"),
                book_row(
                    "02",
                    arrived=datetime(2025, 2, 13),
                    dated="11.02.2025",
                    reference="15/2025/QĐ-UBND",
                    summary="Quyết định ban hành Quy chế",
                ),
                book_row(3, reference="7/SNV-VP", summary="V/v báo cáo quý"),
            ]
        )
        self.assertFalse(wizard.problem_count, wizard.problem_ids.mapped("explanation"))
        self.assertFalse(self.taken_over(), "the dry run stores nothing")
        self.assertFalse(self.register(), "and opens no register")
        action = wizard.action_import()
        papers = self.taken_over()
        self.assertEqual(self.env["qlvb.document"].search(action["domain"]), papers)
        self.assertRecordValues(
            papers,
            [
                {
                    "number": 1,
                    "state": "done",
                    "source": "book",
                    "issuer": "Sở Nội vụ",
                    "reference": "1/TTr-SNV",
                    "received_date": date(2025, 2, 12),
                    "document_date": date(2025, 2, 10),
                    "summary": "Về việc kiểm tra lần 1",
                    "type_id": self.kind.id,
                    "book_recipient": "Phòng Nội vụ",
                    "book_passed_on": date(2025, 2, 12),
                    "book_signed": "Đã ký",
                    "book_note": "Bản sao",
                    "registered_by_id": self.clerk.id,
                },
                {
                    "number": 2,
                    "state": "done",
                    "source": "book",
                    "issuer": "Sở Nội vụ",
                    "reference": "15/2025/QĐ-UBND",
                    "received_date": date(2025, 2, 13),
                    "document_date": date(2025, 2, 11),
                    "summary": "Quyết định ban hành Quy chế",
                    "type_id": self.env["qlvb.document.type"]
                    .search([("code", "=", "QĐ"), ("is_legislative", "=", True)])
                    .id,
                    "book_recipient": "Phòng Nội vụ",
                    "book_passed_on": date(2025, 2, 12),
                    "book_signed": "Đã ký",
                    "book_note": False,
                    "registered_by_id": self.clerk.id,
                },
                {
                    "number": 3,
                    "state": "done",
                    "source": "book",
                    "issuer": "Sở Nội vụ",
                    "reference": "7/SNV-VP",
                    "received_date": date(2025, 2, 12),
                    "document_date": date(2025, 2, 10),
                    "summary": "V/v báo cáo quý",
                    "type_id": self.env.ref(
                        "qlvb_document.qlvb_document_type_cong_van"
                    ).id,
                    "book_recipient": "Phòng Nội vụ",
                    "book_passed_on": date(2025, 2, 12),
                    "book_signed": "Đã ký",
                    "book_note": False,
                    "registered_by_id": self.clerk.id,
                },
            ],
        )
        self.assertEqual(self.register().last_number, 3)
        self.assertFalse(wizard.exists(), "the file is not kept")
        row = self.assertJournal("book_imported", self.register(), self.clerk)
        self.assertEqual(row.unit_id, self.committee)
        self.assertEqual((row.data["rows"], row.data["numbers"]), (3, "1-3"))
        self.assertEqual(len(row.data["checksum"]), 64)
        for paper in papers:
            self.assertJournal("received", paper, self.clerk)
            self.assertJournal("registered", paper, self.clerk)
            self.assertJournal("document_done", paper, self.clerk)

    def test_what_is_not_settled_waits_for_routing(self):
        wizard = self.checked([book_row(1)], settled=False)
        wizard.action_import()
        self.assertEqual(self.taken_over().state, "registered")
        self.assertFalse(self.journal("document_done", self.taken_over()))
        ids = (
            self.taken_over()
            .with_user(self.chief)
            .action_assign([self.line(self.culture)])
        )
        self.assertTrue(ids)

    def test_the_register_goes_on_behind_the_book(self):
        self.checked([book_row(1), book_row(2)]).action_import()
        paper = self.registered(received_date="2025-12-30", document_date="2025-12-29")
        self.assertEqual(paper.number, 3)
        wizard = self.checked([book_row(4), book_row(5)])
        self.assertFalse(wizard.problem_count)
        wizard.action_import()
        self.assertEqual(self.taken_over().mapped("number"), [1, 2, 3, 4, 5])

    def test_a_book_shows_in_print_as_it_was(self):
        self.checked([book_row(1, note="Sao gửi")]).action_import()
        papers = self.taken_over().with_context(lang="vi_VN")
        (row,) = self.env["qlvb.form"]._register_rows(papers)
        self.assertEqual(
            row[5:],
            ["Tờ trình về việc kiểm tra lần 1", "Phòng Nội vụ", "12/02/2025"]
            + ["Đã ký", "Sao gửi"],
        )

    def test_nobody_else_takes_a_book_over(self):
        wizard = self.wizard([book_row(1)])
        for user in (self.chief, self.chairman, self.culture_head, self.administrator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.wizard([book_row(1)], user=user)
        foreign = self.wizard([book_row(1)], user=self.culture_clerk)
        for act in (foreign.action_check, foreign.action_import):
            self.assertDenied(act)
        with self.assertRaises(AccessError):
            wizard.with_user(self.culture_clerk).action_import()
        with self.assertRaises(AccessError):
            wizard.with_user(self.culture_clerk).read(["file"])
        self.assertFalse(self.taken_over())

    def test_the_units_account_takes_its_book_over(self):
        wizard = self.wizard(
            [book_row(1)], user=self.culture_account, unit_id=self.culture.id
        )
        wizard.action_import()
        register = self.env["qlvb.register"].search(
            [("unit_id", "=", self.culture.id), ("year", "=", 2025)]
        )
        row = self.assertJournal("book_imported", register, self.culture_account)
        self.assertEqual(row.keeper_id, self.culture_clerk)

    def test_a_bad_row_keeps_the_whole_book_out(self):
        wizard = self.wizard([book_row(1), book_row(2, issuer="")])
        self.assertRefused(["3", "1"], wizard.action_import)
        self.assertFalse(self.taken_over())
        self.assertFalse(self.register())
        self.assertFalse(self.journal("book_imported"))
        self.assertTrue(wizard.exists().file, "it may be mended and tried again")

    def test_a_book_that_was_good_when_checked(self):
        """What came in between stands against it, whatever the dry run said."""
        wizard = self.checked([book_row(1)])
        self.assertFalse(wizard.problem_count)
        self.registered(received_date="2025-12-30", document_date="2025-12-29")
        self.assertRefused("2", wizard.action_import)
        self.assertEqual(len(self.taken_over()), 1)
        self.assertEqual(self.register().last_number, 1)

    def test_the_same_book_twice(self):
        rows = [book_row(1), book_row(2)]
        self.checked(rows).action_import()
        again = self.checked(rows)
        self.assertEqual(again.problem_count, 4, "each is taken, and known")
        self.assertRaises(UserError, again.action_import)
        self.assertEqual(self.register().last_number, 2)

    def test_a_checked_book_is_not_declared_so_by_hand(self):
        wizard = self.wizard([book_row(2)])
        wizard.write({"state": "checked", "problem_count": 0})
        self.assertRaises(UserError, wizard.action_import)
        self.assertFalse(self.taken_over())

    def test_what_was_taken_over_is_fixed(self):
        self.checked([book_row(1)]).action_import()
        paper = self.taken_over().with_user(self.clerk)
        self.assertRaises(UserError, paper.write, {"summary": "x"})
        self.assertRaises(UserError, paper.write, {"book_note": "x"})
        self.assertRaises(AccessError, paper.write, {"source": "typed"})
        self.assertRaises(UserError, paper.unlink)
        for column in ("book_note", "summary", "number"):
            value = 9 if column == "number" else "x"
            with self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017
                self.cr.execute(
                    f"UPDATE qlvb_document SET {column} = %s WHERE id = %s",
                    (value, paper.id),
                )

    def test_no_other_draft_bears_what_a_book_says(self):
        for values in ({"book_note": "x"}, {"source": "book"}, {"mail_from": "a@b.vn"}):
            with self.subTest(str(values)), self.assertRaises(AccessError):
                self.draft(**values)
        wizard = self.env["qlvb.document"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            wizard.with_context(qlvb_source="book").create(self.paper(source="book"))

    def test_queries_do_not_grow_with_the_book(self):
        """What a row costs does not grow with the book."""
        small, large = 20, 120
        counts = []
        first = 1
        for count in (small, large):
            wizard = self.wizard(
                [book_row(number) for number in range(first, first + count)]
            )
            first += count
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            wizard.action_import()
            counts.append(self.cr.sql_log_count - before)
        self.assertLess((counts[1] - counts[0]) / (large - small), 2)

    def test_a_file_is_judged_before_it_is_stored(self):
        for raw in (b"%PDF-1.4", b"PK\x03\x04", b""):
            with self.subTest(raw[:4]), self.assertRaises(UserError):
                self.env["qlvb.book.wizard"].with_user(self.clerk).create(
                    {"file": base64.b64encode(raw) or "!", "year": 2025}
                )
        for odd in (7, ["x"], "đ"):
            with self.subTest(odd):
                self.assertRefused(
                    "did not arrive whole",
                    self.env["qlvb.book.wizard"].with_user(self.clerk).create,
                    {"file": odd, "year": 2025},
                )
        self.assertFalse(self.env["qlvb.book.wizard"].search([("file", "!=", False)]))
        wizard = self.wizard([book_row(1)])
        with self.assertRaises(UserError):
            wizard.write({"file": base64.b64encode(book_file([])[:200])})
