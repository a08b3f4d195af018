from psycopg2.errors import RestrictViolation

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common_content import ContentCase, coded

PARTS = (
    "qlvb_assignment",
    "qlvb_dossier_decision",
    "qlvb_dossier_document",
    "qlvb_dossier_stay",
    "qlvb_dossier_task",
    "qlvb_extension",
    "qlvb_material",
    "qlvb_material_version",
    "qlvb_opinion",
    "qlvb_order",
    "qlvb_result",
    "qlvb_urge",
)
"""Every table that holds what is in a dossier."""

AFTER_CLOSING = {"qlvb_archive_transfer_line", "qlvb_dossier_keeping"}
"""What is written of a dossier once it is closed: how long it is kept, and where."""


class FrozenCase(ContentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossier = cls.filled_and_closed()

    def columns(self, table):
        """Return the columns of a table that people or acts fill in."""
        self.cr.execute(
            """SELECT column_name FROM information_schema.columns
               WHERE table_name = %s AND column_name NOT IN
                   ('audience', 'write_date', 'write_uid')""",
            [table],
        )
        return [name for (name,) in self.cr.fetchall()]

    def run_sql(self, statement, *args):
        """Run a statement as the owner of the tables does, and undo it."""
        savepoint = self.cr.savepoint(flush=False)
        try:
            self.cr.execute(SQL(statement, *args))
            return self.cr.rowcount
        finally:
            savepoint.close(rollback=True)

    def assertGuarded(self, statement, *args):
        """Check that the database refuses a statement with our own words."""
        with (
            self.subTest(statement),
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(RestrictViolation, "qlvb"),
            self.cr.savepoint(flush=False),
        ):
            self.cr.execute(SQL(statement, *args))


@tagged("post_install", "-at_install", "qlvb")
class TestDatabaseFreezes(FrozenCase):
    """The database keeps a closed dossier as it is, whoever comes with SQL."""

    def test_there_is_something_in_every_table(self):
        for table in PARTS:
            with self.subTest(table):
                self.cr.execute(
                    SQL(
                        "SELECT count(*) FROM %s WHERE dossier_id = %s",
                        SQL.identifier(table),
                        self.dossier.id,
                    )
                )
                self.assertTrue(self.cr.fetchone()[0])

    def test_every_table_of_a_dossier_is_known(self):
        """A part of a dossier that somebody adds is frozen as well, or listed here."""
        found = {
            model._table
            for name, model in self.registry.items()
            if name.startswith("qlvb.")
            and not model._abstract
            and not model._transient
            and (field := model._fields.get("dossier_id"))
            and field.store
            and field.comodel_name == "qlvb.dossier"
        }
        self.cr.execute(
            """SELECT tgrelid::regclass::text FROM pg_trigger
               WHERE tgname LIKE '%_closed_insert' AND tgenabled = 'A'"""
        )
        guarded = {table for (table,) in self.cr.fetchall()}
        self.assertLessEqual(set(PARTS), found)
        self.assertEqual(found - guarded, AFTER_CLOSING, "a part that is not frozen")

    def test_a_session_that_plays_a_replica_is_guarded_as_well(self):
        """Such a session skips all triggers but those that are always on."""
        self.cr.execute(
            """SELECT tgname, tgenabled FROM pg_trigger
               WHERE NOT tgisinternal AND (
                   tgname LIKE 'qlvb\\_dossier\\_%' OR tgname LIKE 'qlvb\\_opinion%'
                   OR tgname LIKE 'qlvb\\_material%' OR tgname LIKE '%\\_closed\\_%')"""
        )
        triggers = dict(self.cr.fetchall())
        self.assertGreater(len(triggers), 4 * len(PARTS))
        self.assertEqual(set(triggers.values()), {"A"})

    def test_the_row_itself_stays(self):
        self.assertGuarded("DELETE FROM qlvb_dossier WHERE id = %s", self.dossier.id)
        self.assertGuarded("TRUNCATE qlvb_dossier CASCADE")
        for assignment in (
            "name = 'X'",
            "code = 'X'",
            "state = 'draft'",
            "state = 'completed'",
            "unit_id = unit_id + 1",
            "instruction = 'X'",
            "retention = '5'",
            "note = 'X'",
            "deadline = '2030-01-01'",
            "origin_document_id = 1",
            "date_closed = NULL",
            "closed_by_id = 1",
            "closing_note = 'X'",
            "result_opinion_id = NULL",
            "responsible_id = 1",
            "holder_since = now()",
            "parent_id = id",
            "opened_by_id = 1",
        ):
            self.assertGuarded(
                f"UPDATE qlvb_dossier SET {assignment} WHERE id = %s", self.dossier.id
            )

    def test_nothing_in_it_is_changed(self):
        # Computed from what is fixed itself, or when a reader first looked.
        derived = {"display_name", "seen_at"}
        for table in PARTS:
            for column in self.columns(table):
                if column in derived | {"id"}:
                    continue
                with self.subTest(f"{table}.{column}"):
                    self.cr.execute(
                        SQL(
                            "SELECT data_type FROM information_schema.columns "
                            "WHERE table_name = %s AND column_name = %s",
                            table,
                            column,
                        )
                    )
                    value = {
                        "integer": "COALESCE({0}, 0) + 1",
                        "boolean": "NOT COALESCE({0}, false)",
                        "date": "DATE '1999-01-01'",
                        "timestamp without time zone": "TIMESTAMP '1999-01-01'",
                    }.get(self.cr.fetchone()[0], "'X'")
                    self.assertGuarded(
                        f'UPDATE {table} SET "{column}" = '
                        f"{value.format(column)} WHERE dossier_id = %s",
                        self.dossier.id,
                    )

    def test_nothing_is_taken_out(self):
        for table in PARTS:
            self.assertGuarded(
                f"DELETE FROM {table} WHERE dossier_id = %s", self.dossier.id
            )
            self.assertGuarded(f"TRUNCATE {table} CASCADE")

    def test_nothing_is_put_in_nor_moved_in(self):
        other = self.opened()
        other.action_attach(self.registered(reference="9/CV").ids)
        self.opinion(other, self.chief)
        self.task(other, self.chief)
        self.material(other, self.chief)
        other.action_assign([self.line(self.culture)])
        self.env.flush_all()
        for table in PARTS:
            self.cr.execute(
                SQL(
                    "SELECT count(*) FROM %s WHERE dossier_id = %s",
                    SQL.identifier(table),
                    other.id,
                )
            )
            if self.cr.fetchone()[0]:
                self.assertGuarded(
                    f"UPDATE {table} SET dossier_id = %s WHERE dossier_id = %s",
                    self.dossier.id,
                    other.id,
                )
        for statement in (
            "INSERT INTO qlvb_opinion (dossier_id, body, author_id, unit_id, date) "
            "SELECT %s, 'X', 1, id, now() FROM qlvb_unit LIMIT 1",
            "INSERT INTO qlvb_dossier_task (dossier_id, name) VALUES (%s, 'X')",
            "INSERT INTO qlvb_dossier_document (dossier_id, document_id) "
            "SELECT %s, id FROM qlvb_document ORDER BY id DESC LIMIT 1",
            "INSERT INTO qlvb_assignment "
            "(dossier_id, unit_id, role, state, giver_id) "
            "SELECT %s, id, 'lead', 'sent', 1 FROM qlvb_unit LIMIT 1",
            "INSERT INTO qlvb_dossier_decision (dossier_id, kind, author_id, date) "
            "VALUES (%s, 'closed', 1, now())",
        ):
            self.assertGuarded(statement, self.dossier.id)

    def test_its_files_stay(self):
        opinion = self.dossier.opinion_ids.filtered("attachment_ids")
        for file in (
            opinion.sudo().attachment_ids,
            self.dossier.sudo().material_ids.version_ids.file_id,
        ):
            for assignment in (
                "name = 'X'",
                "store_fname = 'aa/bb'",
                "res_id = NULL",
                "res_model = 'res.partner'",
                "public = true",
                "checksum = 'X'",
            ):
                self.assertGuarded(
                    f"UPDATE ir_attachment SET {assignment} WHERE id = %s", file.id
                )
            self.assertGuarded("DELETE FROM ir_attachment WHERE id = %s", file.id)
        rel = "qlvb_opinion_attachment_rel"
        self.assertGuarded(f"DELETE FROM {rel} WHERE opinion_id = %s", opinion.id)
        self.assertGuarded(
            f"UPDATE {rel} SET attachment_id = attachment_id + 1 WHERE opinion_id = %s",
            opinion.id,
        )
        self.assertGuarded(
            f"INSERT INTO {rel} (opinion_id, attachment_id) "
            "SELECT %s, max(id) FROM ir_attachment",
            opinion.id,
        )
        self.assertGuarded(f"TRUNCATE {rel}")

    def test_what_core_needs_goes_on(self):
        """The control: sight is counted anew, a lock taken, the dossier reopened."""
        self.assertTrue(
            self.run_sql(
                "UPDATE qlvb_dossier SET audience = '{1}', write_date = now() "
                "WHERE id = %s",
                self.dossier.id,
            )
        )
        self.assertTrue(
            self.run_sql(
                "UPDATE qlvb_assignment SET audience = '{1}', seen_at = now() "
                "WHERE dossier_id = %s",
                self.dossier.id,
            )
        )
        self.dossier._hold()
        before = self.dossier.sudo().audience
        self.cr.execute(
            "UPDATE qlvb_dossier SET audience = '{1}' WHERE id = %s", self.dossier.ids
        )
        self.env.invalidate_all()
        self.assertEqual(self.dossier.sudo()._mend_audience(), 1)
        self.assertEqual(self.dossier.sudo().audience, before)
        self.dossier.action_reopen("Thiếu phụ lục")
        self.env.flush_all()
        self.assertTrue(
            self.run_sql(
                "UPDATE qlvb_dossier_task SET name = 'X' WHERE dossier_id = %s",
                self.dossier.id,
            )
        )
        self.dossier.with_user(self.culture_head).action_complete()
        self.dossier.action_close()
        self.env.flush_all()
        self.assertState(self.dossier, "closed")

    def test_informed_unit_opens_what_was_closed_meanwhile(self):
        dossier = self.in_progress()
        ids = dossier.action_assign([self.line(self.justice, role="inform")])
        self.opinion(dossier, self.culture_one)
        dossier.with_user(self.culture_one).action_complete()
        dossier.with_user(self.culture_head).action_complete()
        dossier.action_close()
        self.env.flush_all()
        order = self.env["qlvb.assignment"].browse(ids).with_user(self.justice_head)
        order.read(["instruction"])
        self.assertEqual(order.state, "done", "it ended with the dossier")
        self.assertTrue(order.dossier_id.is_visible)
        self.assertRefused("stands at", order.action_accept)

    def test_work_on_documents_is_none_of_it(self):
        order = self.routed(reference="77/CV")
        self.env.flush_all()
        self.assertTrue(
            self.run_sql(
                "UPDATE qlvb_assignment SET instruction = 'X' WHERE id = %s", order.id
            )
        )


@tagged("post_install", "-at_install", "qlvb")
class TestNothingIsDone(FrozenCase):
    """Whoever asks is told in words that a closed dossier can only be read."""

    def test_every_door_says_so(self):
        dossier = self.dossier
        paper = self.registered(reference="9/CV")
        material, task = dossier.material_ids, dossier.task_ids
        lead = dossier.assignment_ids.filtered(lambda one: one.role == "lead")[0]
        for what, call in {
            "title": lambda: dossier.write({"name": "X"}),
            "attach": lambda: dossier.action_attach(paper.ids),
            "detach": lambda: dossier.action_detach(dossier.document_ids.ids),
            "note": lambda: dossier.line_ids.write({"note": "X"}),
            "opinion": lambda: self.opinion(dossier, self.chief),
            "material": lambda: self.material(dossier, self.chief),
            "version": lambda: material.with_user(self.chief).action_add_version(
                "a.pdf", coded()
            ),
            "task": lambda: self.task(dossier, self.chief),
            "tick": lambda: task.with_user(self.chief).write({"is_done": False}),
            "assign": lambda: dossier.action_assign([self.line(self.culture)]),
            "complete": lambda: dossier.with_user(self.culture_head).action_complete(),
            "send back": lambda: dossier.action_send_back("X"),
            "close": lambda: dossier.action_close(),
            "result": lambda: lead.with_user(self.chief).action_send_back("X"),
            "nested": lambda: dossier.write(
                {"opinion_ids": [Command.create({"body": "X"})]}
            ),
            "delete": dossier.unlink,
        }.items():
            with self.subTest(what):
                with self.assertRaises(UserError) as caught, self.cr.savepoint():
                    call()
                self.assertNotIn("qlvb:", str(caught.exception))

    def test_opinions_are_fixed_in_the_database_before_it_is_closed(self):
        dossier = self.in_progress()
        opinion = self.filed_opinion(dossier, self.culture_one)
        self.env.flush_all()
        update = "UPDATE qlvb_opinion SET body = 'X' WHERE id = %s"
        self.assertTrue(self.run_sql(update, opinion.id))
        self.assertGuarded("DELETE FROM qlvb_opinion WHERE id = %s", opinion.id)
        for column in ("author_id", "unit_id", "dossier_id"):
            self.assertGuarded(
                f"UPDATE qlvb_opinion SET {column} = {column} + 1 WHERE id = %s",
                opinion.id,
            )
        self.opinion(dossier, self.chief, "Đã xem.")
        self.env.flush_all()
        self.assertGuarded(update, opinion.id)
        self.assertGuarded(
            "UPDATE qlvb_opinion SET is_fixed = false WHERE id = %s", opinion.id
        )
        self.assertGuarded(
            "DELETE FROM ir_attachment WHERE id = %s", opinion.attachment_ids.id
        )
        self.assertGuarded("TRUNCATE qlvb_opinion CASCADE")

    def test_a_dossier_with_opinions_is_not_deleted(self):
        dossier = self.opened()
        self.opinion(dossier, self.chief)
        self.assertRefused("never deleted", dossier.unlink)
        empty = self.opened(task_ids=[Command.create({"name": "Việc"})])
        empty.action_attach(self.registered(reference="9/CV").ids)
        empty.unlink()
        self.assertFalse(empty.exists())
