import psycopg2
from psycopg2 import errors

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.qlvb_register_counter import _connection_lost
from .common_register import RegisterCase


@tagged("post_install", "-at_install", "qlvb")
class TestRegisterNumbers(RegisterCase):
    """Numbers reserved, inserted and void: explained for ever, and never a gap."""

    # -- reserved -------------------------------------------------------------

    def test_clerk_reserves_the_next_numbers(self):
        self.issue()
        entries = self.reserve(2)
        self.assertRecordValues(
            entries,
            [
                {"number_text": "02", "kind": "reserved", "state": "waiting"},
                {"number_text": "03", "kind": "reserved", "state": "waiting"},
            ],
        )
        self.assertEqual(entries[0].reason, "Quyết định nhân sự chờ ký")
        self.assertEqual(entries[0].for_whom, "Phòng Nội vụ")
        self.assertEqual(entries.entered_by_id, self.clerk)
        self.assertEqual(self.issue().reference, "04/QĐ-UBND")
        self.assertJournal("numbers_reserved", self.register, self.clerk)
        self.assertWhole()

    def test_nobody_else_reserves(self):
        for person in (
            self.chairman,
            self.chief,
            self.culture_clerk,
            self.culture_account,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertDenied(self.reserve, by=person)
        self.assertEqual(self.register.sudo().last_number, 0)

    def test_what_is_reserved_needs_a_reason_a_name_and_a_number(self):
        register = self.by(self.clerk)
        for arguments in (
            (1, "", "Phòng Nội vụ"),
            (1, "Nhân sự", " "),
            (0, "Nhân sự", "Phòng Nội vụ"),
            (51, "Nhân sự", "Phòng Nội vụ"),
            ("1", "Nhân sự", "Phòng Nội vụ"),
            (True, "Nhân sự", "Phòng Nội vụ"),
            (1.5, "Nhân sự", "Phòng Nội vụ"),
        ):
            with self.subTest(arguments):
                self.assertRefused("", register.action_reserve, *arguments)
        self.assertEqual(self.register.sudo().last_number, 0)

    def test_numbers_of_arrival_are_not_reserved(self):
        register = self.opened(self.committee, self.clerk, "in")
        self.assertRefused("", register.action_reserve, 1, "Nhân sự", "Nội vụ")

    def test_document_is_issued_with_a_reserved_number(self):
        entry = self.reserve()
        self.issue()
        document = self.issue(entry=entry)
        self.assertEqual((document.number, document.reference), (1, "01/QĐ-UBND"))
        self.assertEqual((entry.state, entry.used_by_id), ("used", self.clerk))
        self.assertEqual(entry.document_id, document)
        self.assertEqual(self.register.sudo().last_number, 2)
        self.assertWhole()

    def test_reserved_number_is_used_once(self):
        entry = self.reserve()
        self.issue(entry=entry)
        other = self.checked(self.signed())
        self.assertRefused("01", self.issue, entry=entry, document=other)
        self.assertEqual((other.state, other.number), ("signed", 0))

    def test_reserved_number_of_another_register_is_refused(self):
        kind = self.env.ref("qlvb_document.qlvb_document_type_quyet_dinh_qppl")
        other = self.opened(self.committee, self.clerk, kind=kind)
        (entry,) = self.env["qlvb.register.entry"].browse(
            self.by(self.clerk, other).action_reserve(1, "Chờ ký", "VHTT")
        )
        document = self.checked(self.signed())
        self.assertRefused("", self.issue, entry=entry, document=document)
        self.assertEqual(document.state, "signed")

    def test_what_is_no_entry_is_refused(self):
        document = self.checked(self.signed()).with_user(self.clerk)
        for wrong in (10**9, "x", [1], True):
            with self.subTest(wrong):
                self.assertRefused("", document.action_issue, None, wrong)

    def test_clerk_gives_up_a_reserved_number(self):
        entry = self.reserve()
        for person in (self.chairman, self.culture_clerk, self.outsider):
            with self.subTest(person.login):
                self.assertDenied(self.by(person, entry).action_void, "Không dùng")
        self.assertRefused("", entry.action_void, " ")
        entry.action_void("Không dùng đến")
        self.assertEqual((entry.state, entry.void_reason), ("void", "Không dùng đến"))
        self.assertEqual(entry.voided_by_id, self.clerk)
        document = self.checked(self.signed())
        self.assertRefused("", self.issue, entry=entry, document=document)
        self.assertEqual(self.issue(document=document).number, 2)
        self.assertWhole()

    # -- dates ----------------------------------------------------------------

    def test_no_number_for_a_day_before_the_last_issued(self):
        self.issue("2026-08-20")
        document = self.checked(self.signed(document_date="2026-08-19"))
        words = self.assertRefused(
            "20/08/2026", self.issue, "2026-08-19", document=document
        )
        self.assertIn("19/08/2026", words)
        self.assertEqual(self.issue("2026-08-20", document=document).number, 2)

    def test_reserved_number_bears_a_date_between_its_neighbours(self):
        self.issue("2026-08-10")
        entry = self.reserve()
        self.issue("2026-08-20")
        document = self.checked(self.signed())
        for day in ("2026-08-09", "2026-08-21"):
            with self.subTest(day):
                words = self.assertRefused(
                    "02", self.issue, day, entry=entry, document=document
                )
                self.assertIn("10/08/2026", words)
                self.assertIn("20/08/2026", words)
        self.issue("2026-08-15", entry=entry, document=document)
        self.assertEqual(document.number, 2)
        self.assertEqual(self.register.sudo().last_date, self.day("2026-08-20"))

    def test_reserved_number_at_the_end_moves_the_last_day_on(self):
        self.issue("2026-08-10")
        entry = self.reserve()
        self.issue("2026-08-15", entry=entry)
        document = self.checked(self.signed(document_date="2026-08-14"))
        self.assertRefused("15/08/2026", self.issue, "2026-08-14", document=document)
        self.assertEqual(self.issue("2026-08-15", document=document).number, 3)

    # -- inserted -------------------------------------------------------------

    def test_head_has_a_number_inserted(self):
        self.issue("2026-08-10")
        self.issue("2026-08-20")
        entry = self.insert(1)
        self.assertEqual(entry.number_text, "01a")
        self.assertJournal("number_inserted", self.register, self.chairman)
        document = self.checked(self.signed())
        self.assertRefused(
            "01a", self.issue, "2026-08-21", entry=entry, document=document
        )
        self.issue("2026-08-15", entry=entry, document=document)
        self.assertEqual(document.reference, "01a/QĐ-UBND")
        self.assertEqual(document.number_text, "01a")
        self.assertEqual(entry.document_id, document)
        self.assertEqual(self.insert(1).number_text, "01b")
        self.assertEqual(self.register.sudo().last_number, 2)
        self.assertWhole()

    def test_nobody_but_the_head_inserts(self):
        self.issue()
        for person in (
            self.clerk,
            self.chief,
            self.vice_culture,
            self.culture_head,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertDenied(self.insert, 1, by=person)

    def test_behind_what_was_never_given_nothing_is_inserted(self):
        self.issue()
        for number in (2, 10**6):
            with self.subTest(number):
                self.assertRefused("", self.insert, number)

    # -- void -----------------------------------------------------------------

    def test_clerk_makes_the_number_of_a_withdrawn_document_void(self):
        document = self.issue()
        self.by(self.clerk, document).action_void("Lãnh đạo rút lại để sửa")
        self.assertEqual(document.state, "void")
        self.assertEqual(document.reference, "01/QĐ-UBND")
        self.assertEqual(document.sudo().void_reason, "Lãnh đạo rút lại để sửa")
        self.assertEqual(document.sudo().voided_by_id, self.clerk)
        self.assertTrue(document.with_user(self.culture_one).has_access("read"))
        entry = self.env["qlvb.register.entry"].with_user(self.clerk).search([])
        self.assertRecordValues(
            entry, [{"kind": "void", "state": "void", "number_text": "01"}]
        )
        self.assertEqual(entry.document_id, document)
        self.assertEqual(self.issue().number, 2)
        self.assertJournal("number_void", document, self.clerk)
        self.assertWhole()

    def test_head_makes_a_number_void_and_others_do_not(self):
        document = self.issue()
        for person in (
            self.chief,
            self.culture_one,
            self.culture_head,
            self.culture_clerk,
            self.justice_head,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertDenied(self.by(person, document).action_void, "Rút lại")
        self.assertRefused("", self.by(self.chairman, document).action_void, "")
        self.by(self.chairman, document).action_void("Rút lại")
        self.assertEqual(document.state, "void")

    def test_only_what_is_issued_becomes_void(self):
        document = self.checked(self.signed())
        self.assertRefused("", self.by(self.clerk, document).action_void, "Rút lại")
        self.issue(document=document)
        self.by(self.clerk, document).action_void("Rút lại")
        self.assertRefused("", self.by(self.clerk, document).action_void, "Lần nữa")

    def test_number_that_was_reserved_and_used_becomes_void(self):
        entry = self.reserve()
        document = self.issue(entry=entry)
        self.by(self.clerk, document).action_void("Rút lại")
        self.assertEqual((entry.kind, entry.state), ("reserved", "void"))
        self.assertEqual(entry.void_reason, "Rút lại")
        self.assertTrue(entry.used_at)
        self.assertWhole()

    # -- proof ----------------------------------------------------------------

    def test_the_check_finds_what_is_wrong(self):
        documents = [self.issue() for _number in range(3)]
        self.reserve()
        self.assertWhole()
        self.env.flush_all()
        for change, problem, number in (
            ("number = 9, reference = '09/X'", "missing", "2"),
            ("number = 9, reference = '09/X'", "beyond", "9"),
            ("number = 4, reference = '04/X'", "double", "4"),
            ("state = 'void'", "unexplained", "2"),
        ):
            with self.subTest(change), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(
                    f"""ALTER TABLE qlvb_document DISABLE TRIGGER USER;
                        UPDATE qlvb_document SET {change}
                        WHERE id = {documents[1].id}"""
                )
                found = self.register.sudo()._gaps()[self.register.id]
                self.assertIn(number, found[problem])
                savepoint.rollback()
        self.assertWhole()

    # -- guards ---------------------------------------------------------------

    def test_nobody_writes_entries_by_hand(self):
        entry = self.reserve()
        values = {
            "register_id": self.register.id,
            "number": 7,
            "kind": "void",
            "state": "void",
            "reason": "x",
            "entered_by_id": self.clerk.id,
            "date": "2026-01-01",
        }
        for person in (self.clerk, self.chairman, self.administrator):
            with self.subTest(person.login):
                mine = self.by(person, entry)
                self.assertDenied(mine.create, values)
                self.assertDenied(mine.write, {"reason": "x"})
                self.assertDenied(mine.unlink)
                self.assertDenied(
                    self.by(person).write, {"last_number": 0, "closed_at": False}
                )

    def test_entries_are_read_with_the_register_alone(self):
        entry = self.reserve()
        for person in (self.clerk, self.chairman, self.chief):
            with self.subTest(person.login):
                self.assertCanRead(person, entry)
        for person in (
            self.culture_head,
            self.culture_clerk,
            self.vice_culture,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertCannotRead(person, entry)

    def test_the_database_keeps_entries(self):
        entry = self.reserve()
        void = self.reserve()
        void.action_void("Không dùng")
        for query in (
            f"DELETE FROM qlvb_register_entry WHERE id = {entry.id}",
            "TRUNCATE qlvb_register_entry CASCADE",
            f"UPDATE qlvb_register_entry SET reason = 'x' WHERE id = {entry.id}",
            f"UPDATE qlvb_register_entry SET number = 9 WHERE id = {entry.id}",
            f"UPDATE qlvb_register_entry SET state = 'waiting' WHERE id = {void.id}",
            f"UPDATE qlvb_register_entry SET void_reason = 'x' WHERE id = {void.id}",
        ):
            with self.subTest(query):
                self.assertDatabaseRefuses("qlvb: ", query)

    def test_the_database_keeps_the_counter(self):
        self.issue()
        for query in (
            "UPDATE qlvb_register SET last_number = 0 WHERE id = %s",
            "UPDATE qlvb_register SET opening_number = 5 WHERE id = %s",
            "UPDATE qlvb_register SET year = 2025 WHERE id = %s",
            "DELETE FROM qlvb_register WHERE id = %s",
        ):
            with self.subTest(query):
                self.assertDatabaseRefuses("qlvb: ", query, self.register.id)

    def test_clerk_is_told_of_a_reference_that_was_issued_already(self):
        first = self.issue()
        second = self.checked(self.signed())
        self.env.flush_all()
        # Another register of the unit gives the same number once more.
        self.env.cr.execute("ALTER TABLE qlvb_register DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE qlvb_register SET type_group = 'series-0' WHERE id = %s",
            [self.register.id],
        )
        self.env.cr.execute("ALTER TABLE qlvb_register ENABLE TRIGGER USER")
        self.env.invalidate_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(errors.UniqueViolation) as caught,
        ):
            self.issue(document=second)
        words = second._sql_error_to_message(caught.exception)
        self.assertIn("This number and symbol was issued", words)
        self.assertIn("reserve the next number, make it void", words)
        self.assertEqual(first.reference, "01/QĐ-UBND")
        self.assertFalse(second.number)

    def test_only_a_lost_connection_leaves_it_open_whether_a_number_was_given(self):
        for error, lost in (
            (errors.AdminShutdown(), True),
            (psycopg2.OperationalError("server closed the connection"), True),
            (psycopg2.InterfaceError("connection already closed"), True),
            (psycopg2.DatabaseError("error with no message from the libpq"), True),
            (errors.UniqueViolation(), False),
            (errors.RestrictViolation(), False),
            (errors.RaiseException(), False),
            (errors.SerializationFailure(), False),
            (UserError("Không"), False),
        ):
            with self.subTest(type(error).__name__):
                self.assertEqual(_connection_lost(error), lost)

    def test_the_database_refuses_a_reference_twice_in_a_year(self):
        first, second = self.issue(), self.issue()
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute("ALTER TABLE qlvb_document DISABLE TRIGGER USER")
            self.assertDatabaseRefuses(
                "qlvb_document_reference_uniq",
                "UPDATE qlvb_document SET reference = %s WHERE id = %s",
                first.reference,
                second.id,
            )
            savepoint.rollback()
