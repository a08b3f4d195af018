import json

from psycopg2.errors import InsufficientPrivilege

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..lib import clock
from ..lib.chain import GENESIS, link
from .journal_case import JournalCase


@tagged("post_install", "-at_install", "qlvb")
class TestJournalKeeping(JournalCase):
    """Nobody writes it by hand, and it shows where somebody did."""

    def break_in(self, statement, *arguments):
        """Do as the database's owner would: switch the guard off, change, switch on."""
        cr = self.env.cr
        cr.execute("ALTER TABLE qlvb_journal DISABLE TRIGGER USER")
        cr.execute(statement, arguments)
        for name in ("qlvb_journal_keep_rows", "qlvb_journal_keep_table"):
            cr.execute(f"ALTER TABLE qlvb_journal ENABLE ALWAYS TRIGGER {name}")
        self.env.invalidate_all()

    def seal_three(self):
        """Return three rows, sealed one behind the other."""
        while self.Journal._seal():
            pass
        entries = self.Journal.union(
            *(self.log_as(self.head, data={"days": n}) for n in (1, 2, 3))
        )
        self.assertEqual(self.Journal._seal(), 3)
        return entries

    def test_nobody_writes_it_by_hand(self):
        entry = self.log_as(self.head, self.standard)
        values = {
            "event": "unit_created",
            "user_id": self.head.id,
            "origin": "web",
        }
        for user in (
            self.head,
            self.chairman,
            self.administrator,
            self.env.user,
        ):
            mine = self.Journal.with_user(user)
            for journal in (mine, mine.sudo()):
                with self.subTest(user=user.login, su=journal.env.su):
                    row = entry.with_env(journal.env)
                    with self.assertRaises(AccessError):
                        journal.create(values)
                    with self.assertRaises(AccessError):
                        row.write({"record_name": "x"})
                    with self.assertRaises(AccessError):
                        row.unlink()
                    with self.assertRaises(AccessError):
                        row.copy()
                    result = journal.load(["event"], [["unit_created"]])
                    self.assertFalse(result["ids"])

    def test_the_database_refuses_too(self):
        entries = self.seal_three()
        unsealed = self.log_as(self.head)
        for statement in (
            f"UPDATE qlvb_journal SET record_name = 'x' WHERE id = {unsealed.id}",
            "UPDATE qlvb_journal SET date = now(), digest = 'x' "
            f"WHERE id = {unsealed.id}",
            f"UPDATE qlvb_journal SET digest = 'x' WHERE id = {entries[0].id}",
            f"UPDATE qlvb_journal SET digest = NULL WHERE id = {entries[0].id}",
            f"DELETE FROM qlvb_journal WHERE id = {unsealed.id}",
            "TRUNCATE qlvb_journal",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(InsufficientPrivilege),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_rows_are_sealed_one_behind_the_other(self):
        first, second, third = self.seal_three()
        self.assertEqual(second.sequence, first.sequence + 1)
        self.assertEqual(second.previous, first.digest)
        self.assertEqual(third.previous, second.digest)
        self.assertEqual(
            self.Journal._head(), {"sequence": third.sequence, "digest": third.digest}
        )
        result = self.Journal.verify()
        self.assertEqual((result["broken"], result["unsealed"]), (None, 0))
        self.assertEqual(result["sealed"], third.sequence)

    def test_the_first_row_of_all_stands_behind_nothing(self):
        self.seal_three()
        first = self.Journal.search([("sequence", "=", 1)])
        self.assertEqual(first.previous, GENESIS)

    def test_a_row_that_comes_to_be_seen_late_takes_the_next_place(self):
        """Its number is older, its transaction ended after the sealer's run."""
        late = self.env.execute_query(SQL("SELECT nextval('qlvb_journal_id_seq')"))[0][
            0
        ]
        third = self.seal_three()[-1]
        self.env.execute_query(
            SQL(
                "INSERT INTO qlvb_journal (id, event, user_id, date, origin) "
                "VALUES (%s, 'unit_created', %s, %s, 'web')",
                late,
                self.head.id,
                clock.now(),
            )
        )
        self.assertEqual(self.Journal._seal(), 1)
        self.assertEqual(self.Journal.browse(late).sequence, third.sequence + 1)
        self.assertIsNone(self.Journal.verify()["broken"])

    def test_the_cron_seals_all_that_waits(self):
        self.log_as(self.head)
        with self.enter_registry_test_mode():
            self.env.ref("qlvb_base.ir_cron_qlvb_journal_seal").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.Journal.verify()["unsealed"], 0)

    def test_a_changed_row_shows(self):
        _first, second, _third = self.seal_three()
        self.break_in(
            "UPDATE qlvb_journal SET user_id = %s WHERE id = %s",
            self.chairman.id,
            second.id,
        )
        self.assertEqual(
            self.Journal.verify()["broken"],
            {"id": second.id, "sequence": second.sequence, "reason": "digest"},
        )

    def test_changed_details_show(self):
        second = self.seal_three()[1]
        self.break_in(
            "UPDATE qlvb_journal SET data = %s WHERE id = %s",
            json.dumps({"days": 9}),
            second.id,
        )
        self.assertEqual(self.Journal.verify()["broken"]["reason"], "digest")

    def test_a_row_forged_with_its_digest_shows_at_the_next(self):
        first, second, third = self.seal_three()
        row = self.Journal._read_content(SQL("id = %s", second.id), SQL("id"), 1)[0] | {
            "user_id": self.chairman.id
        }
        self.break_in(
            "UPDATE qlvb_journal SET user_id = %s, digest = %s WHERE id = %s",
            self.chairman.id,
            link(first.digest, second.sequence, row),
            second.id,
        )
        self.assertEqual(
            self.Journal.verify()["broken"],
            {"id": third.id, "sequence": third.sequence, "reason": "previous"},
        )

    def test_a_removed_row_shows(self):
        _first, second, third = self.seal_three()
        self.break_in("DELETE FROM qlvb_journal WHERE id = %s", second.id)
        self.assertEqual(
            self.Journal.verify()["broken"],
            {"id": third.id, "sequence": third.sequence, "reason": "missing"},
        )

    def test_rows_removed_at_the_end_show_against_a_head_kept_elsewhere(self):
        third = self.seal_three()[-1]
        kept = self.Journal._head()
        self.break_in("DELETE FROM qlvb_journal WHERE id = %s", third.id)
        self.assertIsNone(self.Journal.verify()["broken"])
        self.assertEqual(self.Journal.verify(kept)["broken"]["reason"], "missing")

    def test_a_chain_written_anew_shows_against_a_head_kept_elsewhere(self):
        third = self.seal_three()[-1]
        kept = self.Journal._head()
        self.break_in(
            "UPDATE qlvb_journal SET user_id = %s, sequence = NULL, previous = NULL, "
            "digest = NULL WHERE id = %s",
            self.chairman.id,
            third.id,
        )
        self.Journal._seal()
        self.assertIsNone(self.Journal.verify()["broken"])
        self.assertEqual(
            self.Journal.verify(kept)["broken"],
            {"id": third.id, "sequence": third.sequence, "reason": "anchor"},
        )

    def test_a_guard_switched_off_shows(self):
        self.env.cr.execute("ALTER TABLE qlvb_journal DISABLE TRIGGER USER")
        self.assertEqual(self.Journal.verify()["broken"]["reason"], "guard")

    def test_who_may_verify(self):
        for user in (self.chairman, self.chief, self.administrator):
            with self.subTest(user=user.login):
                result = self.Journal.with_user(user).verify()
                self.assertIsNone(result["broken"])
                # As the list's button calls it, with the rows that are ticked.
                journal = self.Journal.with_user(user)
                action = call_kw(journal, "action_verify", [[1, 2]], {})
                self.assertEqual(action["params"]["type"], "success")
        for user in (self.head, self.specialist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.Journal.with_user(user).verify()
