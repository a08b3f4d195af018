import json
from contextlib import nullcontext
from datetime import date, datetime

from psycopg2.errors import InsufficientPrivilege

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from ..lib import clock
from ..lib.chain import GENESIS


class JournalCase(TransactionCase):
    """A committee with an Office and an agency, and one person per post."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Unit = cls.env["qlvb.unit"]
        cls.committee = Unit.create(
            {"name": "Committee", "symbol": "UBX", "kind": "committee"}
        )
        cls.agency = Unit.create(
            {"name": "Agency", "symbol": "AGX", "parent_id": cls.committee.id}
        )
        for login, unit, role in (
            ("chairman", cls.committee, "head"),
            ("vice", cls.committee, "deputy"),
            ("chief", cls.committee, "chief_of_office"),
            ("head", cls.agency, "head"),
            ("specialist", cls.agency, "specialist"),
            ("administrator", cls.agency, "administrator"),
        ):
            user = new_test_user(cls.env, f"journal.{login}", groups="base.group_user")
            cls.env["qlvb.position"].create(
                {"user_id": user.id, "unit_id": unit.id, "role": role}
            )
            setattr(cls, login, user)
        cls.Journal = cls.env["qlvb.journal"]
        cls.standard = cls.env["qlvb.calendar"]._default()

    def log_as(self, user, records=None, **details):
        """Journal an act of ``user`` and return its row as superuser."""
        journal = self.Journal.with_user(user)
        return journal._log("calendar_changed", records, **details).sudo()

    def protect_partners(self, *visible):
        """Let partners be records with an audience; those ids are visible."""
        condition = SQL("seen.id = ANY(%s)", list(visible))
        Partner = self.env.registry["res.partner"]
        Partner._audience_sql = lambda self, alias, query=None: condition
        self.addCleanup(delattr, Partner, "_audience_sql")
        self.patch(
            type(self.Journal),
            "_protected_models",
            lambda journal: [journal.env["res.partner"]],
        )

    def assertReads(self, user, entry, expected):
        """Check what search, count and access check say of one row."""
        self.env.invalidate_all()
        journal = self.Journal.with_user(user)
        domain = [("id", "=", entry.id)]
        self.assertEqual(bool(journal.search(domain)), expected)
        self.assertEqual(bool(journal.search_count(domain)), expected)
        self.assertEqual(entry.with_user(user).has_access("read"), expected)
        self.assertEqual(
            journal.browse(entry.id).with_env(journal.env).is_visible, expected
        )


@tagged("post_install", "-at_install", "qlvb")
class TestJournalRows(JournalCase):
    """What a row says."""

    def test_a_row_says_who_what_and_when(self):
        with clock.frozen(datetime(2014, 8, 6, 1, 30)):
            entry = self.log_as(self.specialist, self.standard, unit=self.agency)
        self.assertRecordValues(
            entry,
            [
                {
                    "event": "calendar_changed",
                    "res_model": "qlvb.calendar",
                    "res_id": self.standard.id,
                    "record_name": self.standard.display_name,
                    "unit_id": self.agency.id,
                    "user_id": self.specialist.id,
                    "keeper_id": False,
                    "on_behalf_of_id": False,
                    "date": datetime(2014, 8, 6, 1, 30),
                    "origin": "system",
                    "data": False,
                    "digest": False,
                }
            ],
        )
        self.assertEqual(entry.event_label, "Working calendar changed")
        self.assertEqual(entry.res_model_label, "Working Calendar")

    def test_one_row_for_each_record(self):
        calendars = self.standard | self.standard.create({"name": "Other"})
        entries = self.log_as(self.specialist, calendars)
        self.assertEqual(entries.mapped("res_id"), calendars.ids)

    def test_an_act_without_a_record_has_one_row(self):
        self.assertFalse(self.log_as(self.specialist).res_model)
        entry = self.log_as(self.specialist, self.standard.browse())
        self.assertEqual((entry.res_model, entry.res_id), ("qlvb.calendar", 0))

    def test_a_delegates_act_names_the_delegator(self):
        entry = self.log_as(self.specialist, on_behalf_of=self.head)
        self.assertEqual(entry.on_behalf_of_id, self.head)
        self.assertFalse(
            self.log_as(self.head, on_behalf_of=self.head.browse()).on_behalf_of_id
        )

    def test_an_act_by_the_units_account_names_unit_and_keeper_of_the_moment(self):
        account = new_test_user(self.env, "journal.account")
        self.agency.write(
            {"account_user_id": account.id, "keeper_id": self.specialist.id}
        )
        before = self.log_as(account)
        self.agency.keeper_id = self.head
        after = self.log_as(account)
        self.assertEqual(before.unit_id, self.agency)
        self.assertEqual(before.keeper_id, self.specialist)
        self.assertEqual(after.keeper_id, self.head)

    def test_details_are_read_in_words(self):
        entry = self.log_as(self.head, self.standard, data={"fields": ["saturday"]})
        self.assertEqual(entry.details, "Fields: Saturday")

    def test_details_are_small(self):
        with self.assertRaises(ValueError):
            self.log_as(self.head, data={"text": "x" * 2001})

    def test_an_act_without_a_label_is_not_journalled(self):
        with self.assertRaises(ValueError):
            self.Journal._log("no_such_act", self.standard)

    def test_a_row_costs_two_queries(self):
        self.log_as(self.head, self.standard)
        journal = self.Journal.with_user(self.head)
        with self.assertQueryCount(2):
            journal._log("calendar_changed", self.standard, unit=self.agency)

    def test_a_trace_apart_goes_through_a_cursor_of_its_own(self):
        cursor = nullcontext(self.env.cr)
        opened = []
        self.patch(
            type(self.Journal), "_own_cursor", lambda self: opened.append(1) or cursor
        )
        journal = self.Journal.with_user(self.specialist)
        journal._log_apart("calendar_changed", self.standard, origin="rpc")
        entry = self.Journal.search([("user_id", "=", self.specialist.id)])
        self.assertEqual((entry.origin, entry.res_id), ("rpc", self.standard.id))
        self.assertTrue(opened)
        with self.assertRaises(TypeError):
            journal._log_apart("calendar_changed", self.standard, text="x")

    def test_the_record_opens_for_who_may_read_it(self):
        entry = self.log_as(self.specialist, self.standard).with_user(self.specialist)
        self.assertEqual(entry.action_open_record()["res_id"], self.standard.id)
        with self.assertRaises(AccessError):
            entry.with_user(self.head).action_open_record()
        gone = self.standard.create({"name": "Gone"})
        entry = self.log_as(self.specialist, gone).with_user(self.specialist)
        gone.unlink()
        with self.assertRaises(UserError):
            entry.action_open_record()


@tagged("post_install", "-at_install", "qlvb")
class TestJournalSight(JournalCase):
    """Who reads which rows."""

    def test_everybody_reads_their_own_acts(self):
        entry = self.log_as(self.specialist, self.standard)
        self.assertReads(self.specialist, entry, True)
        self.assertReads(self.head, entry, False)
        self.assertReads(self.vice, entry, False)

    def test_chairman_and_chief_of_office_read_all(self):
        partner = self.env["res.partner"].create({"name": "A record"})
        self.protect_partners()
        for entry in (
            self.log_as(self.specialist, partner),
            self.log_as(self.specialist, self.standard),
            self.log_as(self.specialist),
        ):
            self.assertReads(self.chairman, entry, True)
            self.assertReads(self.chief, entry, True)

    def test_a_post_that_has_ended_opens_nothing(self):
        entry = self.log_as(self.specialist, self.standard)
        post = self.env["qlvb.position"].search([("user_id", "=", self.chief.id)])
        post.create(
            {"user_id": self.chief.id, "unit_id": self.agency.id, "role": "specialist"}
        )
        self.assertReads(self.chief, entry, True)
        post.write({"date_from": date(2014, 1, 1), "date_to": date(2014, 12, 31)})
        self.assertReads(self.chief, entry, False)

    def test_who_sees_the_record_reads_its_rows(self):
        seen, unseen = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self.protect_partners(seen.id)
        self.assertReads(self.head, self.log_as(self.specialist, seen), True)
        self.assertReads(self.head, self.log_as(self.specialist, unseen), False)

    def test_the_same_number_in_another_model_opens_nothing(self):
        self.protect_partners(self.standard.id)
        self.env["res.partner"].browse(self.standard.id).exists().ensure_one()
        entry = self.log_as(self.specialist, self.standard)
        self.assertReads(self.head, entry, False)

    def test_the_administrator_reads_all_but_the_records_of_the_office(self):
        partner = self.env["res.partner"].create({"name": "A document"})
        self.protect_partners()
        self.assertReads(
            self.administrator, self.log_as(self.head, self.standard), True
        )
        self.assertReads(self.administrator, self.log_as(self.head), True)
        self.assertReads(self.administrator, self.log_as(self.head, partner), False)
        refused = self.log_as(self.head, partner.browse())
        self.assertReads(self.administrator, refused, False)

    def test_who_is_no_official_reads_nothing(self):
        outsider = new_test_user(self.env, "journal.outsider")
        self.log_as(outsider, self.standard)
        with self.assertRaises(AccessError):
            self.Journal.with_user(outsider).search([])

    def test_counts_and_groups_tell_no_more_than_rows(self):
        self.log_as(self.specialist, self.standard)
        journal = self.Journal.with_user(self.head)
        own = self.log_as(self.head, self.standard)
        self.assertEqual(journal.search([]), own.with_env(journal.env))
        groups = journal._read_group([], ["user_id"], ["__count"])
        self.assertEqual(
            [(user.id, count) for user, count in groups], [(self.head.id, 1)]
        )


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
        values = {"event": "unit_created", "user_id": self.head.id, "origin": "web"}
        for user in (self.head, self.chairman, self.administrator, self.env.user):
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
                action = self.Journal.with_user(user).action_verify()
                self.assertEqual(action["params"]["type"], "success")
        for user in (self.head, self.specialist):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.Journal.with_user(user).verify()
