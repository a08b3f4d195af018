import base64
import hashlib

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_print import PrintCase, pages_of, places_of, text_of

MM = 72 / 25.4


@tagged("post_install", "-at_install", "qlvb")
class TestPrintClosing(PrintCase):
    """Register pages closed by day: bound once, numbered on, nothing lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.registered(reference="1/TTr-VHTT")
        cls.register = cls.register_of(cls.first)

    def close(self, day=None, by=None):
        """Close the register; return the new set of pages."""
        register = self.register.with_user(by or self.clerk)
        return self.env["qlvb.register.page"].browse(register.action_close(day))

    def bound(self, page, by=None):
        return self.printed("register-page", page, by).content

    def test_a_set_holds_all_that_was_registered(self):
        self.registered(reference="2/TTr-VHTT")
        page = self.close()
        self.assertRecordValues(
            page,
            [
                {
                    "sequence": 1,
                    "first_number": 1,
                    "last_number": 2,
                    "first_page": 1,
                    "last_page": 1,
                    "closed_by_id": self.clerk.id,
                }
            ],
        )
        self.assertEqual((str(page.day_from), str(page.day_to)), ("2026-08-26",) * 2)
        text = text_of(self.bound(page))
        self.assertInOrder(text, "1/TTr-VHTT", "2/TTr-VHTT")
        self.assertIn("Cộng: 2 văn bản, từ số 01 đến số 02.", text)
        self.assertIn("Khóa sổ đến hết ngày 26/8/2026", text)
        self.assertIn("người khóa sổ: Test clerk", text)
        self.assertJournal("register_closed", self.register, self.clerk)

    def test_a_closed_day_is_not_closed_again(self):
        self.close()
        self.registered(reference="2/TTr-VHTT")
        self.assertRefused("", self.close)
        self.assertRefused("", self.close, "2026-08-25")

    def test_what_comes_later_stands_on_the_next_set_and_pages_go_on(self):
        for number in range(2, 25):
            self.registered(reference=f"{number}/TTr-VHTT")
        first = self.close()
        self.assertGreater(first.last_page, 1)
        # Arrived on the day that is closed, registered afterwards.
        self.registered(reference="25/TTr-VHTT")
        with self.at(2026, 8, 27, 16):
            self.registered(
                reference="26/TTr-VHTT",
                received_date="2026-08-25",
                document_date="2026-08-20",
            )
            second = self.close()
        self.assertEqual((second.first_number, second.last_number), (25, 26))
        self.assertEqual(second.first_page, first.last_page + 1)
        self.assertEqual(str(second.day_from), "2026-08-27")
        content = self.bound(second)
        text = text_of(content)
        self.assertInOrder(text, "25/TTr-VHTT", "26/TTr-VHTT")
        self.assertNotIn("24/TTr-VHTT", text)
        top = [text for text, _x, y in places_of(content) if y < 20 * MM]
        self.assertEqual(top, [str(second.first_page)])

    def test_only_what_was_registered_by_the_day_is_bound(self):
        with self.at(2026, 8, 27, 8):
            self.registered(reference="2/TTr-VHTT")
            page = self.close("2026-08-26")
        self.assertEqual((page.first_number, page.last_number), (1, 1))

    def test_nothing_to_close(self):
        self.close()
        with self.at(2026, 8, 27, 16):
            self.assertRefused("", self.close)

    def test_days_ahead_and_no_days_are_refused(self):
        self.assertRefused("", self.close, "2026-08-27")
        self.assertRefused("", self.close, "ngày mai")

    def test_a_gap_is_never_bound(self):
        self.registered(reference="2/TTr-VHTT")
        self.registered(reference="3/TTr-VHTT")
        self.cr.execute(
            """ALTER TABLE qlvb_document DISABLE TRIGGER USER;
               UPDATE qlvb_document SET number = 9 WHERE reference = '2/TTr-VHTT';
               ALTER TABLE qlvb_document ENABLE TRIGGER USER"""
        )
        self.env.invalidate_all()
        self.assertRefused("", self.close)
        self.assertFalse(self.env["qlvb.register.page"].search([]))

    def test_a_reprint_is_the_same_bytes_and_says_that_it_is_a_copy(self):
        page = self.close()
        original = self.printed("register-page", page)
        with self.at(2026, 9, 1, 9):
            # The work goes on; what is bound does not change.
            self.routed(document=self.first)
            copy = self.printed("register-page", page, self.chief)
        self.assertEqual(copy.content, original.content)
        self.assertEqual(hashlib.sha256(copy.content).hexdigest(), page.checksum)
        self.assertNotIn("bản sao", original.name)
        self.assertIn("(bản sao 1)", copy.name)
        self.assertEqual(
            [row.data["copy"] for row in self.journal("printed", page)], [0, 1]
        )

    def test_the_whole_book_is_put_together_from_its_sets(self):
        first = self.close()
        with self.at(2026, 8, 27, 16):
            self.registered(reference="2/TTr-VHTT")
            second = self.close()
        title, *rest = pages_of(self.printed("bound-book", self.register).content)
        self.assertIn("Từ số 01 đến số 02", title)
        self.assertEqual(
            rest, pages_of(self.bound(first)) + pages_of(self.bound(second))
        )

    def test_a_book_without_closed_pages(self):
        self.assertRefused("", self.printed, "bound-book", self.register)

    def test_the_units_account_closes_in_its_keepers_name(self):
        document = self.registered(self.culture_account, unit_id=self.culture.id)
        register = self.register_of(document).with_user(self.culture_account)
        page = self.env["qlvb.register.page"].browse(register.action_close())
        self.assertEqual(page.closed_by_id, self.culture_account)
        self.assertEqual(page.keeper_id, self.culture_clerk)
        text = self.text("register-page", page, self.culture_clerk)
        self.assertIn("người khóa sổ: Test culture_clerk", text)

    def test_nobody_but_a_clerk_of_the_unit_closes(self):
        for person in (
            self.chief,
            self.chairman,
            self.culture_clerk,
            self.culture_account,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertDenied(self.close, by=person)

    # -- bound is bound -------------------------------------------------------

    def test_no_group_writes_pages(self):
        page = self.close()
        values = {
            "register_id": self.register.id,
            "sequence": 7,
            "day_from": "2026-01-01",
            "day_to": "2026-01-01",
            "first_number": 1,
            "last_number": 1,
            "first_page": 1,
            "last_page": 1,
            "closed_at": "2026-01-01",
            "checksum": "x",
        }
        for person in (self.clerk, self.chief, self.administrator):
            with self.subTest(person.login):
                mine = page.with_user(person)
                self.assertDenied(mine.create, values)
                self.assertDenied(mine.write, {"checksum": "x"})
                self.assertDenied(mine.unlink)

    def test_the_database_refuses_too(self):
        page = self.close()
        file = self.file_of(page)
        for query in (
            "UPDATE qlvb_register_page SET last_number = 9",
            "DELETE FROM qlvb_register_page",
            "TRUNCATE qlvb_register_page",
            f"UPDATE ir_attachment SET store_fname = 'x' WHERE id = {file.id}",
            f"DELETE FROM ir_attachment WHERE id = {file.id}",
        ):
            with (
                self.subTest(query),
                self.assertRaises(psycopg2.Error),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.cr.execute(query)

    def file_of(self, page):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", page._name), ("res_field", "=", "pdf")])
        )

    def test_the_bytes_leave_by_the_print_alone(self):
        """Not even its clerk reads them elsewhere, where no journal would know."""
        page = self.close()
        self.assertEqual(
            base64.b64decode(page.sudo().pdf)[:5], b"%PDF-", "the positive control"
        )
        file = self.file_of(page)
        for person in (self.clerk, self.culture_clerk, self.administrator):
            with self.subTest(person.login):
                mine = page.with_user(person)
                with self.assertRaises(AccessError):
                    mine.read(["pdf"])
                with self.assertRaises(AccessError):
                    file.with_user(person).read(["datas"])
                self.assertFalse(
                    file.with_user(person).search(
                        [("id", "=", file.id), ("res_field", "!=", False)]
                    )
                )
