import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_filing import FilingCase


@tagged("post_install", "-at_install", "qlvb")
class TestFilingList(FilingCase):
    """The year's list of dossiers: drafted, approved, added to, continued."""

    def codes(self, one):
        return one.with_user(self.clerk).entry_ids.sorted("sequence").mapped("code")

    def test_codes_run_over_the_whole_list(self):
        one = self.drafted_list()
        self.assertEqual(self.codes(one), ["01.VP", "02.VP", "03.TCCB"])
        self.assertEqual(
            one.heading_ids.sorted("sequence").mapped("place"), ["I", "1", "II"]
        )

    def test_codes_begin_anew_for_each_heading(self):
        one = self.drafted_list(numbering="heading")
        self.assertEqual(self.codes(one), ["01.VP", "02.VP", "01.TCCB"])
        one.numbering = "whole"
        self.assertEqual(self.codes(one), ["01.VP", "02.VP", "03.TCCB"])

    def test_moving_an_entry_numbers_the_draft_anew(self):
        one = self.drafted_list()
        first = self.entry(one, "01.VP")
        staff = one.heading_ids.filtered(lambda heading: heading.symbol == "TCCB")
        first.heading_id = staff
        self.assertEqual(self.codes(one), ["01.VP", "02.TCCB", "03.TCCB"])
        first.unlink()
        self.assertEqual(self.codes(one), ["01.VP", "02.TCCB"])

    def test_clerk_and_chief_draft_and_nobody_else(self):
        self.drafted_list(by=self.chief, year=2027)
        for user in (
            self.chairman,
            self.vice_culture,
            self.culture_head,
            self.culture_clerk,
            self.culture_account,
            self.administrator,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.drafted_list(by=user, year=2028)

    def test_head_alone_approves(self):
        one = self.drafted_list()
        self.delegate(self.chairman, self.vice_culture, self.committee)
        for user in (self.clerk, self.chief, self.vice_culture, self.culture_head):
            with self.subTest(user.login):
                self.assertDenied(one.with_user(user).action_approve)
        self.assertFalse(one.with_user(self.chief).can_approve)
        self.assertTrue(one.with_user(self.chairman).can_approve)
        one.with_user(self.chairman).action_approve()
        self.assertEqual(one.state, "approved")
        self.assertEqual(one.approved_by_id, self.chairman)
        self.assertJournal("dossier_list_approved", one, self.chairman)
        with self.assertRaises(UserError):
            one.with_user(self.clerk).write({"state": "draft"})

    def test_nothing_is_approved_that_is_empty(self):
        one = self.drafted_list()
        one.entry_ids.unlink()
        self.assertRefused("no entries", one.with_user(self.chairman).action_approve)

    def test_approved_list_is_only_added_to(self):
        one = self.approved_list().with_user(self.clerk)
        entry = self.entry(one, "02.VP")
        for change in (
            lambda: entry.write({"name": "Khác"}),
            lambda: entry.write({"retention": "10"}),
            lambda: entry.unlink(),
            lambda: one.heading_ids[0].write({"symbol": "XX"}),
            lambda: one.write({"numbering": "heading"}),
            lambda: one.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        heading = one.heading_ids.filtered(lambda h: h.symbol == "VP")
        added = entry.create(
            {"list_id": one.id, "heading_id": heading.id, "name": "Phòng chống bão"}
        )
        self.assertEqual((added.code, added.is_addition), ("04.VP", True))
        self.assertFalse(added.is_automatic)
        with self.assertRaises(UserError):
            added.name = "Khác"
        with self.assertRaises(AccessError):
            entry.with_user(self.culture_clerk).create(
                {"list_id": one.id, "name": "Của phòng khác"}
            )

    def test_codes_are_nobodys_to_type(self):
        one = self.drafted_list()
        entry = self.entry(one, "01.VP")
        for values in ({"code": "99.X"}, {"number": 99}, {"is_addition": True}):
            with self.assertRaises(AccessError):
                entry.write(values)
            with self.assertRaises(AccessError):
                entry.create({"list_id": one.id, "name": "X", **values})
            forged = entry.with_context(qlvb_listed=True)
            with self.assertRaises(AccessError):
                forged.write(values)

    def test_the_database_keeps_what_was_approved(self):
        one = self.approved_list()
        self.env.flush_all()
        for sql in (
            "UPDATE qlvb_dossier_entry SET name = 'x' WHERE list_id = %s",
            "UPDATE qlvb_dossier_heading SET name = 'x' WHERE list_id = %s",
            "UPDATE qlvb_dossier_list SET state = 'draft' WHERE id = %s",
            "DELETE FROM qlvb_dossier_entry WHERE list_id = %s",
            "DELETE FROM qlvb_dossier_list WHERE id = %s",
            "INSERT INTO qlvb_dossier_entry (list_id, name, retention)"
            " VALUES (%s, 'x', '10')",
        ):
            with (
                self.subTest(sql),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(sql, [one.id])

    def test_next_year_is_drafted_from_this_year(self):
        one = self.approved_list()
        self.opened(name="Việc đột xuất")
        self.entry(one, "01.VP").create({"list_id": one.id, "name": "Thêm tay"})
        action = one.with_user(self.clerk).action_continue()
        fresh = one.with_user(self.clerk).browse(action["res_id"])
        self.assertEqual((fresh.year, fresh.state), (2027, "draft"))
        self.assertEqual(fresh.heading_ids.mapped("symbol"), ["VP", False, "TCCB"])
        self.assertEqual(
            fresh.entry_ids.sorted("sequence").mapped("name"),
            [
                "Thêm tay",
                "Văn thư, lưu trữ",
                "Báo cáo năm 2026",
                "Tuyển dụng công chức năm 2026",
            ],
        )
        self.assertEqual(self.codes(fresh), ["01.UBND", "02.VP", "03.VP", "04.TCCB"])
        self.assertRefused("2027", one.with_user(self.clerk).action_continue)
        self.assertDenied(one.with_user(self.culture_clerk).action_continue)

    def test_counts_by_retention(self):
        one = self.approved_list().with_user(self.clerk)
        self.assertEqual(
            (one.entry_count, one.permanent_count, one.limited_count), (3, 1, 2)
        )

    def test_draft_is_seen_by_its_drafters_and_the_head(self):
        one = self.drafted_list()
        for user in (self.clerk, self.chief, self.chairman):
            self.assertCanRead(user, one)
        for user in (self.culture_head, self.vice_culture, self.commune_clerk):
            self.assertCannotRead(user, one)
            self.assertCannotRead(user, one.entry_ids[0])
        one.with_user(self.chairman).action_approve()
        self.assertCanRead(self.culture_head, one)
        self.assertCanRead(self.culture_head, one.entry_ids[0])

    def test_what_was_added_for_a_dossier_is_seen_with_it(self):
        one = self.approved_list()
        entry = self.opened(name="Việc riêng").entry_id
        self.assertTrue(entry.is_automatic)
        self.assertCanRead(self.clerk, entry)
        self.assertCannotRead(self.justice_head, entry)
        seen = one.with_user(self.justice_head)
        self.assertEqual(seen.entry_count, 3)
        self.assertNotIn("Việc riêng", seen.entry_ids.mapped("name"))
        entry.dossier_ids.action_assign([self.line(self.justice)])
        self.assertCanRead(self.justice_head, entry)
