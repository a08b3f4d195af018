from datetime import date

from odoo import api
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock

from .common import DocumentCase


class RegisterCase(DocumentCase):
    def register_of(self, unit, year):
        """Return the incoming register of a unit and year, where it is open."""
        return self.env["qlvb.register"].search(
            [("unit_id", "=", unit.id), ("year", "=", year)]
        )


@tagged("post_install", "-at_install", "qlvb")
class TestNumber(RegisterCase):
    """A paper in order gets the next number of its unit's register (Article 5.1)."""

    def test_a_clerk_registers_what_is_in_order(self):
        document = self.draft(files=["to-trinh.pdf"])
        self.assertState(document, "draft")
        self.assertEqual((document.number, document.number_text), (0, False))
        self.assertTrue(document.action_register())
        self.assertState(document, "registered")
        self.assertEqual((document.number, document.number_text), (1, "01"))
        self.assertEqual(document.registered_by_id, self.clerk)
        self.assertEqual(document.registered_at, clock.now())
        register = self.register_of(self.committee, 2026)
        self.assertEqual(document.register_id, register)
        self.assertEqual((register.last_number, register.direction), (1, "in"))

    def test_the_journal_holds_number_and_checksums_and_no_contents(self):
        document = self.registered(files=["to-trinh.pdf"])
        row = self.assertJournal(
            "registered", document, self.clerk, unit_id=self.committee
        )
        self.assertEqual(row.data["number"], 1)
        self.assertEqual(row.data["register"], document.register_id.id)
        digests = list(row.data["files"].values())
        self.assertEqual(len(digests), 1)
        self.assertRegex(digests[0], "^[0-9a-f]{64}$")
        for word in (document.summary, document.issuer):
            self.assertNotIn(word, f"{row.record_name} {row.data}")

    def test_numbers_run_on_without_a_gap(self):
        documents = [self.registered() for _ in range(3)]
        self.assertEqual([document.number for document in documents], [1, 2, 3])
        self.draft().action_refuse("Thiếu chữ ký")
        self.draft().unlink()
        self.assertEqual(self.registered().number, 4)

    def test_what_fails_takes_no_number(self):
        late = self.draft(deadline="2026-08-25", received_date="2026-08-24")
        self.assertRefused("deadline lies in the past", late.action_register)
        self.assertState(late, "draft")
        self.assertEqual(self.registered().number, 1)

    def test_several_are_registered_in_the_order_of_the_list(self):
        documents = self.draft() | self.draft() | self.draft()
        documents.action_register()
        self.assertEqual(documents.mapped("number"), [1, 2, 3])

    def test_registering_twice_keeps_the_number(self):
        document = self.registered()
        self.assertTrue(document.action_register())
        self.assertEqual(document.number, 1)
        self.assertEqual(document.register_id.last_number, 1)
        self.assertEqual(len(self.journal("registered", document)), 1)

    def test_a_repeated_call_that_comes_late_keeps_the_number_too(self):
        """The Chief may have routed it before the clerk's client tries again."""
        orders = self.routed()
        document = orders.document_id.with_user(self.clerk)
        self.assertTrue(document.action_register())
        self.assertState(document, "assigned")
        orders.with_user(self.culture_head).action_done("Đã xử lý")
        self.assertTrue(document.action_register())
        self.assertEqual((document.number, document.state), (1, "done"))

    def test_each_unit_keeps_a_register_of_its_own(self):
        self.registered()
        self.registered()
        ours = self.registered(self.culture_clerk)
        by_account = self.registered(self.culture_account)
        communes = self.registered(self.commune_clerk)
        self.assertEqual(ours.unit_id, self.culture)
        self.assertEqual((ours.number, by_account.number, communes.number), (1, 2, 1))

    def test_the_accounts_act_shows_unit_and_keeper(self):
        document = self.registered(self.culture_account)
        self.assertJournal(
            "registered",
            document,
            self.culture_account,
            unit_id=self.culture,
            keeper_id=self.culture_clerk,
        )

    def test_a_clerk_of_committee_and_office_writes_in_the_committees(self):
        self.assertEqual(self.draft().unit_id, self.committee)
        offices = self.registered(unit_id=self.office.id)
        self.assertEqual((offices.unit_id, offices.number), (self.office, 1))


@tagged("post_install", "-at_install", "qlvb")
class TestYear(RegisterCase):
    """The register's year is that of the day of arrival in Hà Nội."""

    def test_new_year_begins_at_midnight_in_ha_noi(self):
        old = self.registered()
        with self.at(2026, 12, 31, 23, 59):
            last = self.registered(received_date=clock.today())
        with self.at(2027, 1, 1, 0, 0):
            # Still 17:00 on 31 December in UTC.
            self.assertEqual(clock.now().year, 2026)
            values = self.paper()
            del values["received_date"]
            first = self.env["qlvb.document"].with_user(self.clerk).create(values)
            self.assertEqual(first.received_date, date(2027, 1, 1))
            first.action_register()
        self.assertEqual((old.number, last.number, first.number), (1, 2, 1))
        self.assertEqual(last.register_id, self.register_of(self.committee, 2026))
        self.assertEqual(first.register_id, self.register_of(self.committee, 2027))

    def test_what_arrived_last_year_goes_into_last_years_register(self):
        self.registered()
        with self.at(2027, 1, 4, 8, 0):
            late = self.registered(received_date="2026-12-31")
            new = self.registered(received_date="2027-01-04")
        self.assertEqual((late.number, late.register_id.year), (2, 2026))
        self.assertEqual((new.number, new.register_id.year), (1, 2027))


@tagged("post_install", "-at_install", "qlvb")
class TestRegisterLate(DocumentCase):
    """An old paper is late, not wrong."""

    def test_a_limit_that_is_over_by_law_is_no_obstacle(self):
        document = self.draft(document_date="2026-03-02", received_date="2026-03-03")
        self.assertLess(document.deadline, clock.today())
        document.action_register()
        self.assertState(document, "registered")
        self.assertTrue(document.is_late)

    def test_a_limit_that_was_typed_lies_ahead(self):
        document = self.draft(deadline="2026-08-25")
        self.assertRefused("deadline", document.action_register)
        self.assertState(document, "draft")


@tagged("post_install", "-at_install", "qlvb")
class TestWhoRegisters(RegisterCase):
    """The clerk of the register's unit, or the unit's account, and nobody else."""

    def test_nobody_else_enters_a_draft(self):
        for user in (
            self.chairman,
            self.chief,
            self.culture_head,
            self.culture_deputy,
            self.culture_one,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.draft, user)

    def test_a_clerk_enters_nothing_in_another_units_register(self):
        for unit in (self.committee, self.justice, self.office):
            with self.subTest(unit.name):
                message = self.assertDenied(
                    self.draft, self.culture_clerk, unit_id=unit.id
                )
                self.assertIn("Choose your own", message)
        self.assertDenied(self.draft, self.culture_account, unit_id=self.justice.id)

    def test_nobody_else_registers(self):
        document = self.draft()
        for user in (
            self.chairman,
            self.vice_culture,
            self.chief,
            self.culture_clerk,
            self.culture_account,
            self.culture_head,
            self.culture_one,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertDenied(document.with_user(user).action_register)
                self.assertState(document, "draft")

    def test_seeing_it_is_not_enough(self):
        """A head reads the unit's drafts; even as another unit's clerk no more."""
        document = self.draft(self.culture_clerk)
        self.assertCanRead(self.culture_head, document)
        self.give_post(self.culture_head, self.justice, "clerk")
        own = document.with_user(self.culture_head)
        self.assertDenied(own.action_register)
        self.assertIn(self.culture.name, self.assertDenied(own.write, {"issuer": "X"}))
        self.assertDenied(own.unlink)

    def test_a_clerk_whose_post_has_ended_registers_no_more(self):
        document = self.draft()
        self.end_post(self.clerk, self.committee, "2026-08-25")
        self.assertDenied(document.action_register)

    def test_any_clerk_of_the_unit_goes_on_with_a_colleagues_draft(self):
        document = self.draft(self.culture_clerk)
        document = document.with_user(self.culture_account)
        document.summary = "Về việc khác"
        document.action_register()
        self.assertEqual(document.drafter_id, self.culture_clerk)
        self.assertEqual(document.registered_by_id, self.culture_account)

    def test_a_closed_unit_registers_nothing(self):
        document = self.draft(self.culture_clerk)
        self.culture.active = False
        self.assertRefused(self.culture.name, document.action_register)
        self.assertState(document, "draft")

    def test_a_unit_without_an_incoming_register_registers_nothing(self):
        document = self.draft(self.culture_clerk)
        self.culture.receives = False
        self.assertRefused(
            [self.culture.name, "no incoming register"], document.action_register
        )
        form = self.env["qlvb.document"].with_user(self.culture_clerk).new({})
        self.assertFalse(form.unit_id or form.own_unit_ids)

    def test_everything_unmet_is_told_at_once(self):
        document = self.draft(
            self.culture_clerk, received_date="2026-08-24", deadline="2026-08-25"
        )
        self.culture.active = False
        self.assertRefused(
            ["deadline lies in the past", self.culture.name], document.action_register
        )

    def test_registers_are_seen_by_head_clerks_and_account(self):
        register = self.registered(self.culture_clerk).register_id
        for user in (self.culture_head, self.culture_clerk, self.culture_account):
            self.assertCanRead(user, register)
        for user in (self.culture_one, self.justice_clerk, self.administrator):
            self.assertCannotRead(user, register)

    def test_nobody_writes_a_register(self):
        register = self.registered().register_id
        for user in (self.clerk, self.chief, self.chairman, self.administrator):
            with self.subTest(user.login):
                self.assertDenied(register.with_user(user).write, {"last_number": 9})
                self.assertDenied(register.with_user(user).unlink)


@tagged("post_install", "-at_install", "qlvb")
class TestOwnTransaction(RegisterCase):
    """Registering takes a transaction of its own, so the caller's must be clean."""

    def test_unsaved_writes_are_refused(self):
        """Any test has written something: its own office, to begin with."""
        with self.assertRaises(UserError) as caught:
            self.env["qlvb.register"]._refuse_pending_writes()
        self.assertIn("Save the document first", str(caught.exception))

    def test_a_transaction_that_only_read_may_register(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.env.uid, {})
            env["qlvb.document"].search([], limit=1)
            env["qlvb.register"]._refuse_pending_writes()

    def test_a_write_not_yet_flushed_is_refused_too(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.env.uid, {})
            env.user.signature = "X"
            with self.assertRaises(UserError):
                env["qlvb.register"]._refuse_pending_writes()
            cr.rollback()
