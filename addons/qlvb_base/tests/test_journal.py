from contextlib import nullcontext
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..lib import clock
from .journal_case import JournalCase


@tagged("post_install", "-at_install", "qlvb")
class TestJournalRows(JournalCase):
    """What a row says."""

    def test_a_row_says_who_what_and_when(self):
        with clock.frozen(datetime(2014, 8, 6, 1, 30)):
            entry = self.log_as(self.specialist, self.standard, unit=self.culture)
        self.assertRecordValues(
            entry,
            [
                {
                    "event": "calendar_changed",
                    "res_model": "qlvb.calendar",
                    "res_id": self.standard.id,
                    "record_name": self.standard.display_name,
                    "unit_id": self.culture.id,
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
        account = self.culture_account
        self.culture.keeper_id = self.specialist
        before = self.log_as(account)
        self.culture.keeper_id = self.head
        after = self.log_as(account)
        self.assertEqual(before.unit_id, self.culture)
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
            journal._log("calendar_changed", self.standard, unit=self.culture)

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
        self.assertReads(self.vice_culture, entry, False)

    def test_chairman_and_chief_of_office_read_all_but_what_they_do_not_see(self):
        seen, unseen = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self.protect_partners(seen.id)
        refused = self.log_as(self.specialist, seen.browse())
        for entry, expected in (
            (self.log_as(self.specialist, seen), True),
            (self.log_as(self.specialist, unseen), False),
            (self.log_as(self.specialist, self.standard), True),
            (self.log_as(self.specialist), True),
            (refused, True),
        ):
            self.assertReads(self.chairman, entry, expected)
            self.assertReads(self.chief, entry, expected)
        self.assertReads(self.head, refused, False)

    def test_ones_own_acts_stay_readable_only_while_the_record_is(self):
        seen, unseen = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self.protect_partners(seen.id)
        self.assertReads(self.specialist, self.log_as(self.specialist, seen), True)
        self.assertReads(self.specialist, self.log_as(self.specialist, unseen), False)
        self.assertReads(
            self.specialist, self.log_as(self.specialist, self.standard), True
        )

    def test_a_post_that_has_ended_opens_nothing(self):
        entry = self.log_as(self.specialist, self.standard)
        post = self.env["qlvb.position"].search([("user_id", "=", self.chief.id)])
        post.create(
            {"user_id": self.chief.id, "unit_id": self.culture.id, "role": "specialist"}
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
        self.log_as(self.outsider, self.standard)
        with self.assertRaises(AccessError):
            self.Journal.with_user(self.outsider).search([])

    def test_counts_and_groups_tell_no_more_than_rows(self):
        self.log_as(self.specialist, self.standard)
        journal = self.Journal.with_user(self.head)
        own = self.log_as(self.head, self.standard)
        self.assertEqual(journal.search([]), own.with_env(journal.env))
        groups = journal._read_group([], ["user_id"], ["__count"])
        self.assertEqual(
            [(user.id, count) for user, count in groups], [(self.head.id, 1)]
        )
