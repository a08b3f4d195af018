from odoo.tests import tagged

from .common_register import RegisterCase


@tagged("post_install", "-at_install", "qlvb")
class TestRegisterYear(RegisterCase):
    """A register begins, is closed with its year and reopened by the chairman alone."""

    def close(self, by=None, register=None):
        self.by(by or self.clerk, register).action_close_year()

    def pages(self, register=None):
        return (
            self.env["qlvb.register.page"]
            .sudo()
            .search([("register_id", "=", (register or self.register).id)])
            .sorted("sequence")
        )

    # -- beginning ------------------------------------------------------------

    def test_clerk_begins_with_the_number_of_the_paper_book(self):
        self.by(self.clerk).action_open_at(
            215, "Sổ giấy số 1 năm 2026, đến số 214", "2026-08-20"
        )
        document = self.checked(self.signed(document_date="2026-08-19"))
        self.assertRefused("20/08/2026", self.issue, "2026-08-19", document=document)
        self.assertEqual(
            self.issue("2026-08-20", document=document).reference, "215/QĐ-UBND"
        )
        act = self.register.act_ids
        self.assertRecordValues(
            act, [{"act": "opened", "number": 215, "user_id": self.clerk.id}]
        )
        self.assertJournal("register_opened_at", self.register, self.clerk)
        self.assertWhole()

    def test_incoming_register_begins_with_a_number_too(self):
        register = self.opened(self.committee, self.clerk, "in")
        register.action_open_at(1021, "Sổ giấy đến số 1020")
        self.assertEqual(self.registered().number, 1021)
        self.assertWhole(register)

    def test_a_typing_error_is_mended_while_nothing_stands_there(self):
        self.by(self.clerk).action_open_at(2150, "Sổ giấy")
        self.by(self.clerk).action_open_at(215, "Sổ giấy, sửa số gõ nhầm")
        self.assertEqual(self.issue().number, 215)

    def test_what_is_in_use_begins_with_no_other_number(self):
        self.issue()
        self.assertRefused("", self.by(self.clerk).action_open_at, 215, "Sổ giấy")
        other = self.opened(self.culture, self.culture_clerk)
        other.action_reserve(1, "Chờ ký", "VHTT")
        self.assertRefused("", other.action_open_at, 215, "Sổ giấy")

    def test_nobody_but_a_clerk_of_the_unit_begins_it(self):
        for person in (
            self.chairman,
            self.chief,
            self.culture_clerk,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertDenied(self.by(person).action_open_at, 215, "Sổ giấy")
                registers = self.env["qlvb.register"].with_user(person)
                self.assertDenied(registers.action_open, self.committee.id, "out")

    def test_numbers_and_days_that_are_none(self):
        register = self.by(self.clerk)
        for arguments in (
            (0, "Sổ giấy"),
            (-3, "Sổ giấy"),
            ("215", "Sổ giấy"),
            (10**7, "Sổ giấy"),
            (215, ""),
            (215, "Sổ giấy", "hôm qua"),
            (215, "Sổ giấy", "2026-08-27"),
            (215, "Sổ giấy", "2025-12-31"),
        ):
            with self.subTest(arguments):
                self.assertRefused("", register.action_open_at, *arguments)
        self.assertEqual(self.register.sudo().last_number, 0)
        registers = self.env["qlvb.register"].with_user(self.clerk)
        self.assertRefused("", registers.action_open, self.committee.id, "qua")
        self.assertRefused("", registers.action_open, self.committee.id, "out", 10**9)

    # -- midnight of New Year -------------------------------------------------

    def test_at_midnight_in_hanoi_a_new_row_begins(self):
        first, second = (self.checked(self.signed()) for _number in range(2))
        with self.at(2026, 12, 31, 23, 59):
            self.issue(document=first)
        with self.at(2027, 1, 1, 0, 0):
            self.issue(document=second)
        self.assertEqual(first.sudo().register_id, self.register.sudo())
        self.assertEqual(second.sudo().register_id.year, 2027)
        self.assertEqual((first.number, second.number), (1, 1))
        self.assertEqual(first.reference, second.reference)

    def test_on_the_first_of_january_the_last_of_december_still_enters(self):
        self.issue()
        document = self.checked(self.signed())
        with self.at(2027, 1, 1, 8):
            self.issue("2026-12-31", document=document)
        self.assertEqual(document.sudo().register_id, self.register.sudo())
        self.assertEqual(document.number, 2)

    def test_the_year_is_closed_from_the_first_of_january_in_hanoi(self):
        self.issue()
        self.assertFalse(self.by(self.clerk).can_close_year)
        with self.at(2026, 12, 31, 23, 59):
            self.assertRefused("01/01/2027", self.close)
        with self.at(2027, 1, 1, 0, 0):
            self.assertTrue(self.by(self.clerk).can_close_year)
            self.close()
        self.assertEqual(self.register.sudo().state, "closed")

    # -- closing --------------------------------------------------------------

    def test_clerk_closes_the_year_and_all_is_bound(self):
        self.issue()
        with self.at(2026, 9, 1, 9):
            self.by(self.clerk).action_close()
            self.reserve()
            self.issue()
        with self.at(2027, 1, 4, 9):
            self.close()
            self.assertJournal("year_closed", self.register, self.clerk)
        self.assertRecordValues(
            self.pages(),
            [
                {"kind": "rows", "first_number": 1, "last_number": 1, "first_page": 1},
                {"kind": "rows", "first_number": 2, "last_number": 3, "first_page": 2},
                {"kind": "title", "first_number": 1, "last_number": 3, "first_page": 0},
            ],
        )
        register = self.register.sudo()
        self.assertEqual(register.closed_by_id, self.clerk)
        self.assertEqual(register.act_ids.act, "closed")
        self.assertWhole()

    def test_a_reserved_number_left_over_becomes_void(self):
        entry = self.reserve()
        with self.at(2027, 1, 4, 9):
            # In the words of the book, whatever language the clerk works in.
            self.close(register=self.register.with_context(lang="en_US"))
        self.assertEqual(entry.state, "void")
        self.assertEqual(entry.void_reason, "Không dùng đến khi khóa sổ năm 2026")
        self.assertWhole()

    def test_an_empty_register_is_closed_too(self):
        with self.at(2027, 1, 4, 9):
            self.close()
        self.assertEqual(self.pages().mapped("kind"), ["title"])
        self.assertEqual(self.register.sudo().state, "closed")

    def test_incoming_year_is_closed(self):
        register = self.registered().sudo().register_id
        with self.at(2027, 1, 4, 9):
            self.close(register=register)
            late = self.draft(received_date="2026-12-31", reference="9/BC-X")
            self.assertRefused("", late.action_register)
            self.assertEqual((late.state, late.number), ("draft", 0))
        self.assertEqual(self.pages(register).mapped("kind"), ["rows", "title"])

    def test_nobody_but_a_clerk_of_the_unit_closes(self):
        with self.at(2027, 1, 4, 9):
            for person in (
                self.chairman,
                self.chief,
                self.culture_clerk,
                self.administrator,
                self.outsider,
            ):
                with self.subTest(person.login):
                    self.assertDenied(self.close, person)

    def test_a_year_is_closed_once(self):
        with self.at(2027, 1, 4, 9):
            self.close()
            self.assertRefused("", self.close)

    def test_nothing_enters_a_closed_register(self):
        self.issue()
        waiting = self.reserve()
        draft = self.checked(self.signed())
        issued = self.issue()
        with self.at(2027, 1, 4, 9):
            self.close()
            name = self.register.display_name
            self.assertRefused(name, self.issue, "2026-12-31", document=draft)
            self.assertEqual((draft.state, draft.number), ("signed", 0))
            register = self.by(self.clerk)
            self.assertRefused(name, register.action_reserve, 1, "Chờ ký", "VHTT")
            self.assertRefused(name, self.insert, 1)
            self.assertRefused(name, register.action_open_at, 9, "Sổ giấy")
            self.assertRefused(name, register.action_close)
            self.assertRefused("", waiting.action_void, "Không dùng")
            self.assertRefused(name, self.by(self.clerk, issued).action_void, "Rút lại")
            # The document is not lost: it is issued with a date of the new year.
            self.assertEqual(self.issue(document=draft).number, 1)

    def test_no_series_begins_in_a_year_that_is_closed(self):
        self.issue()
        decision, directive = (
            self.checked(self.signed(type_id=kind.id))
            for kind in self.env["qlvb.document.type"].search(
                [("is_legislative", "=", True), ("code", "in", ("QĐ", "CT"))]
            )
        )
        self.assertRefused("2024", self.issue, "2024-12-31", document=decision)
        with self.at(2027, 1, 4, 9):
            self.issue("2026-12-31", document=decision)
            self.assertEqual(decision.sudo().register_id.year, 2026)
            self.close()
            self.close(register=decision.sudo().register_id)
            self.assertRefused("2026", self.issue, "2026-12-31", document=directive)
            self.assertEqual(self.issue(document=directive).number, 1)

    def test_the_database_keeps_it_closed(self):
        self.issue()
        signed = self.checked(self.signed())
        with self.at(2027, 1, 4, 9):
            self.close()
        for query in (
            "UPDATE qlvb_register SET last_number = 9 WHERE id = %s",
            "UPDATE qlvb_register SET last_date = '2026-12-31' WHERE id = %s",
            """INSERT INTO qlvb_register_entry
                   (register_id, number, kind, state, reason, entered_by_id, date)
               VALUES (%s, 7, 'void', 'void', 'x', 1, now())""",
        ):
            with self.subTest(query):
                self.assertDatabaseRefuses("is closed", query, self.register.id)
        self.assertDatabaseRefuses(
            "is closed",
            """UPDATE qlvb_document SET state = 'issued', number = 9, register_id = %s,
                   document_date = '2026-12-31', reference = '09/QĐ-UBND'
               WHERE id = %s""",
            self.register.id,
            signed.id,
        )

    # -- reopening ------------------------------------------------------------

    def test_chairman_reopens_and_the_clerk_closes_again(self):
        self.issue()
        draft = self.checked(self.signed())
        with self.at(2027, 1, 4, 9):
            self.close()
            self.assertTrue(self.by(self.chairman).can_reopen)
            self.by(self.chairman).action_reopen("Bổ sung quyết định ký ngày 31/12")
            self.assertJournal("register_reopened", self.register, self.chairman)
            self.issue("2026-12-31", document=draft)
            self.close()
        self.assertEqual(draft.number, 2)
        self.assertEqual(
            self.register.sudo().act_ids.mapped("act"),
            ["closed", "reopened", "closed"],
        )
        self.assertEqual(
            self.pages().mapped("kind"), ["rows", "title", "rows", "title"]
        )
        self.assertEqual(self.pages()[-1].last_number, 2)

    def test_nobody_but_the_chairman_reopens(self):
        with self.at(2027, 1, 4, 9):
            self.close()
            for person in (
                self.clerk,
                self.chief,
                self.vice_culture,
                self.culture_head,
                self.commune_head,
                self.administrator,
                self.outsider,
            ):
                with self.subTest(person.login):
                    self.assertDenied(self.by(person).action_reopen, "Bổ sung")
            self.assertRefused("", self.by(self.chairman).action_reopen, " ")
            self.assertEqual(self.register.sudo().state, "closed")

    def test_chairman_reopens_the_register_of_a_commune(self):
        register = self.opened(self.commune, self.commune_clerk)
        entry = self.by(self.commune_clerk, register).action_reserve(1, "Chờ", "CT")
        entry = self.env["qlvb.register.entry"].browse(entry)
        self.assertCannotRead(self.chairman, register)
        with self.at(2027, 1, 4, 9):
            self.close(self.commune_clerk, register)
            self.assertCanRead(self.chairman, register)
            self.assertCannotRead(self.commune_head, self.register)
            for hidden in (entry, self.pages(register)[0], register.sudo().act_ids):
                self.assertCannotRead(self.chairman, hidden)
            self.by(self.chairman, register).action_reopen("Bổ sung một văn bản")
            self.assertEqual(register.sudo().state, "open")
            self.assertCannotRead(self.chairman, register)

    def test_an_open_register_is_not_reopened(self):
        self.assertRefused("", self.by(self.chairman).action_reopen, "Bổ sung")
