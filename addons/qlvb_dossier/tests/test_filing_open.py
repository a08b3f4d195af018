import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_filing import FilingCase


@tagged("post_install", "-at_install", "qlvb")
class TestFilingOpen(FilingCase):
    """Opening: by kind, from the list, added to it, or with a code of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind_of_dossier = cls.env.ref("qlvb_dossier.qlvb_dossier_type_decision")

    # -- by kind --------------------------------------------------------------

    def test_kind_fills_deadline_retention_and_tasks(self):
        dossier = self.opened(type_id=self.kind_of_dossier.id)
        self.assertEqual(dossier.retention, "20")
        # Ten working days after 26/08, of which the holidays of September are none.
        self.assertEqual(dossier.deadline, Date.to_date("2026-09-14"))
        self.assertTrue(dossier.sudo().follows_term)
        self.assertEqual(
            dossier.task_ids.mapped("name"),
            self.kind_of_dossier.task_ids.mapped("name"),
        )

    def test_typed_values_win(self):
        dossier = self.opened(
            type_id=self.kind_of_dossier.id,
            deadline="2026-09-30",
            retention="permanent",
        )
        self.assertEqual(dossier.deadline, Date.to_date("2026-09-30"))
        self.assertEqual(dossier.retention, "permanent")
        self.assertFalse(dossier.sudo().follows_term)

    def test_name_alone_opens_a_dossier(self):
        dossier = self.opened(name="Chỉ có tiêu đề")
        self.assertEqual(dossier.state, "draft")
        self.assertFalse(dossier.deadline)

    def test_change_of_the_calendar_counts_the_deadline_anew(self):
        counted = self.opened(type_id=self.kind_of_dossier.id)
        typed = self.opened(type_id=self.kind_of_dossier.id, deadline="2026-09-30")
        self.env["qlvb.calendar.day"].sudo().create(
            {
                "calendar_id": self.committee._calendar().id,
                "date": "2026-09-09",
                "is_working": False,
                "name": "Nghỉ bù",
            }
        )
        self.env["qlvb.replan"]._cron_replan()
        self.assertEqual(counted.deadline, Date.to_date("2026-09-15"))
        self.assertEqual(typed.deadline, Date.to_date("2026-09-30"))
        self.assertEqual(len(self.journal("deadline_moved", counted)), 1)

    def test_deadline_typed_later_is_typed(self):
        dossier = self.opened(type_id=self.kind_of_dossier.id)
        dossier.deadline = "2026-10-01"
        self.assertFalse(dossier.sudo().follows_term)
        with self.assertRaises(AccessError):
            dossier.write({"follows_term": True})

    def test_form_shows_what_the_kind_brings(self):
        form = Form(self.env["qlvb.dossier"].with_user(self.chief))
        form.type_id = self.kind_of_dossier
        self.assertEqual(form.retention, "20")
        self.assertEqual(str(form.deadline), "2026-09-14")

    def test_chief_keeps_the_kinds_and_nobody_else(self):
        kind = self.kind_of_dossier.with_user(self.chief)
        kind.days = 12
        self.assertJournal("dossier_kind_changed", kind, self.chief)
        for user in (self.clerk, self.culture_head, self.administrator):
            with self.assertRaises(AccessError):
                kind.with_user(user).write({"days": 1})

    # -- from the list --------------------------------------------------------

    def test_entry_gives_code_title_and_retention(self):
        entry = self.entry(self.approved_list(), "02.VP")
        dossier = self.env["qlvb.dossier"].with_user(self.chief)
        dossier = dossier.create({"entry_id": entry.id})
        self.assertEqual(
            (dossier.code, dossier.name, dossier.retention, dossier.year),
            ("02.VP", "Báo cáo năm 2026", "permanent", 2026),
        )
        self.assertFalse(entry.is_free)
        self.assertEqual(entry.dossier_id, dossier.with_user(self.clerk))

    def test_one_entry_is_one_dossier(self):
        entry = self.entry(self.approved_list(), "02.VP")
        self.opened(entry_id=entry.id)
        self.assertRefused("02.VP", self.opened, entry_id=entry.id)
        other = self.opened(name="Khác")
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE qlvb_dossier SET entry_id = %s WHERE id = %s",
                [entry.id, other.id],
            )

    def test_entry_of_a_draft_or_another_year_is_refused(self):
        draft = self.drafted_list()
        self.assertRefused(
            "not approved", self.opened, entry_id=self.entry(draft, "01.VP").id
        )
        last = self.approved_list(year=2025)
        self.assertRefused(
            "another list", self.opened, entry_id=self.entry(last, "01.VP").id
        )

    def test_without_an_entry_it_is_added_to_the_list(self):
        one = self.approved_list()
        dossier = self.opened(name="Việc đột xuất", retention="50")
        self.assertEqual(dossier.code, "04.UBND")
        entry = self.entry(one, "04.UBND")
        self.assertEqual(
            (entry.name, entry.retention, entry.is_addition, entry.is_automatic),
            ("Việc đột xuất", "50", True, True),
        )
        self.assertEqual(self.opened(name="Việc nữa").code, "05.UBND")
        dossier.name = "Việc đột xuất, sửa lại"
        self.assertEqual(entry.name, "Việc đột xuất, sửa lại")

    def test_added_code_begins_anew_where_headings_do(self):
        self.approved_list(numbering="heading")
        self.assertEqual(self.opened(name="A").code, "01.UBND")
        self.assertEqual(self.opened(name="B").code, "02.UBND")

    def test_without_a_list_the_code_is_its_own(self):
        self.drafted_list()
        codes = [self.opened(name=name).code for name in "AB"]
        self.assertEqual(codes, ["HS-2026-0001", "HS-2026-0002"])

    def test_code_is_nobodys_to_type(self):
        with self.assertRaises(AccessError):
            self.opened(code="01.X")
        dossier = self.opened()
        with self.assertRaises(AccessError):
            dossier.write({"code": "01.X"})

    def test_code_is_unique_in_a_year(self):
        one, two = self.opened(name="A"), self.opened(name="B")
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE qlvb_dossier SET code = %s WHERE id = %s", [one.code, two.id]
            )

    def test_another_entry_is_chosen_later(self):
        one = self.approved_list()
        dossier = self.opened(name="Việc đột xuất")
        added = dossier.entry_id
        dossier.entry_id = self.entry(one, "01.VP")
        self.assertEqual(dossier.code, "01.VP")
        self.assertEqual(dossier.name, "Việc đột xuất")
        self.assertFalse(added.exists(), "it stands elsewhere now")
        with self.assertRaises(UserError):
            dossier.entry_id = False
        with self.assertRaises(AccessError):
            dossier.with_user(self.clerk).write(
                {"entry_id": self.entry(one, "02.VP").id}
            )

    def test_dossier_opened_by_mistake_frees_its_entry(self):
        one = self.approved_list()
        entry = self.entry(one, "01.VP")
        self.opened(entry_id=entry.id).unlink()
        self.assertTrue(entry.is_free)
        dossier = self.opened(name="Nhầm")
        added = dossier.entry_id
        dossier.unlink()
        self.assertFalse(added.exists())
