from psycopg2.errors import RestrictViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import OrderCase

WORDS = "Đề nghị hoàn thành"


@tagged("post_install", "-at_install", "qlvb")
class TestUrge(OrderCase):
    """Urging is an act with a date and a text (Article 5.3c)."""

    def test_the_head_urges_the_specialist(self):
        child = self.forward(self.culture_one)
        with self.at(2026, 8, 27, 9):
            self.by(self.culture_head, child).action_urge(f" {WORDS}\n")
            self.assertEqual(str(child.urged_at), "2026-08-27 02:00:00")
            self.assertJournal("assignment_urged", self.document, self.culture_head)
        message = self.document.sudo().message_ids[0]
        self.assertIn(WORDS, message.body)
        self.assertEqual(message.author_id, self.culture_head.partner_id)
        self.assertIn(self.culture_one.partner_id, message.notified_partner_ids)

    def test_each_urge_stays_with_who_when_and_what(self):
        child = self.forward(self.culture_one)
        self.by(self.culture_head, child).action_urge(WORDS)
        with self.at(2026, 8, 28, 9):
            self.by(self.culture_head, child).action_urge("Lần thứ hai")
        last, first = child.sudo().urge_ids
        self.assertEqual((first.text, last.text), (WORDS, "Lần thứ hai"))
        self.assertEqual(first.author_id, self.culture_head)
        self.assertEqual(str(first.date), "2026-08-26 02:00:00")
        self.assertEqual(str(last.date), "2026-08-28 02:00:00")
        self.assertEqual(first.document_id, self.document)
        self.assertEqual(
            self.document.with_user(self.chief).urge_ids, child.sudo().urge_ids
        )

    def test_the_chief_urges_the_unit(self):
        self.by(self.chief).action_urge("Đề nghị báo cáo")
        message = self.document.sudo().message_ids[0]
        self.assertIn(self.culture_head.partner_id, message.notified_partner_ids)

    def test_a_head_away_and_the_delegate_are_both_told(self):
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.by(self.chief).action_urge(WORDS)
        told = self.document.sudo().message_ids[0].notified_partner_ids
        self.assertLessEqual(
            self.culture_head.partner_id | self.culture_deputy.partner_id, told
        )

    def test_a_delegate_urges_on_behalf_of_the_head(self):
        child = self.forward(self.culture_one)
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.by(self.culture_deputy, child).action_urge(WORDS)
        urge = child.sudo().urge_ids
        self.assertEqual(urge.author_id, self.culture_deputy)
        self.assertEqual(urge.on_behalf_of_id, self.culture_head)

    def test_nobody_else_urges(self):
        child = self.forward(self.culture_one)
        for user in (
            self.clerk,
            self.culture_deputy,
            self.culture_one,
            self.culture_clerk,
            self.justice_head,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.by(user, child).action_urge, "Nhanh lên")
        self.assertFalse(child.urged_at)
        self.assertFalse(child.sudo().urge_ids)

    def test_not_without_words_nor_when_it_is_done(self):
        for bad in (None, "", " \n", "a\x00", "x" * 4001, 5, ["x"], {"a": 1}):
            with self.subTest(str(bad)[:5]):
                self.assertRefused("Message", self.by(self.chief).action_urge, bad)
        self.by(self.culture_head).action_done("Đã xử lý")
        self.assertRefused("Done", self.by(self.chief).action_urge, WORDS)
        self.assertFalse(self.order.sudo().urge_ids)

    def test_whoever_sees_the_work_reads_it_and_nobody_else(self):
        child = self.forward(self.culture_one)
        self.by(self.culture_head, child).action_urge(WORDS)
        urge = child.sudo().urge_ids
        for user in (self.culture_one, self.culture_head, self.chief, self.clerk):
            self.assertCanRead(user, urge)
        for user in (self.justice_head, self.culture_two, self.administrator):
            self.assertCannotRead(user, urge)

    def test_nobody_writes_changes_or_deletes_one(self):
        self.by(self.chief).action_urge(WORDS)
        urge = self.order.sudo().urge_ids
        values = {
            "assignment_id": self.order.id,
            "document_id": self.document.id,
            "author_id": self.chief.id,
            "date": "2026-08-26 02:00:00",
            "text": WORDS,
        }
        for user in (self.chief, self.clerk, self.culture_head, self.administrator):
            own = urge.with_user(user).sudo(False)
            with self.subTest(user.login):
                self.assertDenied(own.create, values)
                self.assertDenied(own.write, {"text": "X"})
                self.assertDenied(own.unlink)
        self.assertDenied(urge.write, {"text": "X"})
        self.assertDenied(urge.unlink)
        self.assertRefused(
            "its acts", self.by(self.chief).write, {"urge_ids": [(5, 0, 0)]}
        )


@tagged("post_install", "-at_install", "qlvb")
class TestTraceGuards(OrderCase):
    """The database refuses to rewrite what an act left behind."""

    def assertGuarded(self, statement, *args):
        """Check that the database refuses a statement with our own words."""
        with (
            self.subTest(statement),
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(RestrictViolation, "qlvb"),
            self.cr.savepoint(),
        ):
            self.cr.execute(SQL(statement, *args))

    def assertFixed(self, row, *changes):
        self.env.flush_all()
        table = row._table
        for change in changes:
            self.assertGuarded(f"UPDATE {table} SET {change} WHERE id = %s", row.id)
        self.assertGuarded(f"DELETE FROM {table} WHERE id = %s", row.id)
        self.assertGuarded(f"TRUNCATE {table} CASCADE")

    def test_an_urge_is_fixed(self):
        self.by(self.chief).action_urge(WORDS)
        self.assertFixed(
            self.order.sudo().urge_ids, "text = 'X'", "date = date + interval '1 day'"
        )

    def test_an_order_is_fixed(self):
        self.assertFixed(
            self.order.sudo().order_id, "giver_id = giver_id + 1", "document_id = 1"
        )

    def test_a_result_sent_back_is_fixed(self):
        self.by(self.culture_head).action_done("Dự thảo")
        self.by(self.chief).action_send_back("Thiếu phụ lục")
        self.assertFixed(
            self.order.sudo().result_ids, "result = 'X'", "reason = 'X'", "doer_id = 1"
        )

    def test_a_request_for_more_time_is_fixed_but_for_its_decision(self):
        self.by(self.culture_head).action_request_extension("2026-12-01", "Việc nhiều")
        request = self.order.sudo().extension_ids
        self.assertFixed(
            request,
            "new_deadline = '2027-01-01'",
            "old_deadline = '2026-01-01'",
            "reason = 'X'",
            "asked_by_id = 1",
        )
        self.by(self.chief).action_decide_extension(True)
        self.assertFixed(request, "state = 'refused'", "note = 'X'", "state = 'asked'")

    def test_a_direction_is_fixed(self):
        self.document.with_user(self.clerk).action_direct("Giao phòng VHTT")
        self.assertFixed(
            self.document.sudo().direction_ids,
            "text = 'X'",
            "author_id = author_id + 1",
            "recorded_by_id = NULL",
            "date = date - interval '1 day'",
        )
