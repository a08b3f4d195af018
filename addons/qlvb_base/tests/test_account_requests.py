from datetime import date

from odoo.tests import tagged

from ..lib import clock
from ..lib.principals import UNIT, principal
from .common import TODAY
from .common_accounts import AccountCase

SPECIALIST = "qlvb_base.group_qlvb_user"


@tagged("post_install", "-at_install", "qlvb")
class TestWhoDecides(AccountCase):
    """The Office prepares, the chairman decides in person (Articles 8.1, 9.4)."""

    def test_nobody_but_the_office_prepares_a_request(self):
        for user in (
            self.chairman,
            self.vice_culture,
            self.culture_head,
            self.culture_clerk,
            self.culture_account,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.ask, "grant", self.newcomer(), user=user)
        for user in (self.chief, self.clerk):
            self.assertState(self.ask("grant", self.newcomer(), user=user), "draft")

    def test_nobody_but_the_chairman_decides(self):
        request = self.ask("grant", self.newcomer())
        request.action_submit()
        for user in (
            self.vice_culture,
            self.chief,
            self.clerk,
            self.administrator,
            self.culture_head,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertDenied(request.with_user(user).action_approve)
                self.assertDenied(request.with_user(user).action_refuse, "Không")
        self.assertState(request, "submitted")
        request.with_user(self.chairman).action_approve()
        self.assertState(request, "done")

    def test_the_chairmans_delegate_does_not_decide(self):
        self.delegate(self.chairman, self.vice_culture, self.committee)
        request = self.ask("grant", self.newcomer())
        request.action_submit()
        self.assertDenied(request.with_user(self.vice_culture).action_approve)

    def test_who_reads_a_request_and_from_when(self):
        request = self.ask("grant", self.newcomer())
        line = request.line_ids
        self.assertCanRead(self.chief, request)
        for user in (self.chairman, self.administrator, self.culture_head):
            self.assertCannotRead(user, request)
            self.assertCannotRead(user, line)
        request.action_submit()
        self.assertCanRead(self.chairman, request)
        self.assertCanRead(self.chairman, line)
        self.assertCannotRead(self.administrator, request)
        request.with_user(self.chairman).action_approve()
        self.assertCanRead(self.administrator, request)
        for user in (self.culture_head, self.culture_clerk, self.outsider):
            self.assertCannotRead(user, request)
            self.assertCannotRead(user, line)

    def test_what_is_submitted_is_no_longer_changed(self):
        request = self.ask("grant", self.newcomer())
        request.action_submit()
        other = self.ask("grant", self.newcomer(login="binhtv"))
        for attempt in (
            lambda: request.write({"effective_date": "2026-09-01"}),
            lambda: request.line_ids.write({"role": "head"}),
            lambda: request.line_ids.unlink(),
            lambda: request.unlink(),
            lambda: request.write({"line_ids": [(0, 0, self.newcomer(login="x1"))]}),
            lambda: other.line_ids.write({"request_id": request.id}),
            lambda: request.write({"state": "draft"}),
        ):
            with self.env.cr.savepoint(), self.subTest(attempt):
                self.assertDenied(attempt)
        request.action_take_back()
        request.line_ids.write({"role": "clerk"})
        self.assertJournal("account_request_taken_back", request, self.clerk)
        request.action_submit()
        # The chairman has the first one before them still.
        shown = request.with_user(self.chairman)
        self.assertRefused("took the request back", shown.action_approve)
        old = shown.with_context(qlvb_seen_submission=1)
        self.assertRefused("took the request back", old.action_approve)
        shown.with_context(qlvb_seen_submission=2).action_approve()
        self.assertDenied(request.write, {"note": "X"})
        self.assertDenied(request.unlink)

    def test_refusing_needs_a_reason_and_tells_the_office(self):
        request = self.ask("grant", self.newcomer())
        request.action_submit()
        chairs = request.with_user(self.chairman)
        self.assertRefused("Say why", chairs.action_refuse, "  ")
        chairs.action_refuse("Chưa có chỉ tiêu biên chế.")
        self.assertState(request, "refused")
        self.assertFalse(self.account("annv"))
        self.assertJournal("account_request_refused", request, self.chairman)
        self.assertIn("Chưa có chỉ tiêu", self.inbox(self.clerk)[-1].body)
        self.assertRefused("Refused", chairs.action_approve)

    def test_a_request_is_not_approved_twice(self):
        request = self.ask("grant", self.newcomer())
        request.action_submit()
        chairs = request.with_user(self.chairman)
        chairs.action_approve()
        self.assertRefused("Carried out", chairs.action_approve)
        self.assertEqual(len(self.account("annv")), 1)
        self.assertJournal("account_request_approved", request, self.chairman)

    def test_the_chairman_is_told_what_waits_for_them(self):
        request = self.ask("grant", self.newcomer())
        before = len(self.inbox(self.chairman))
        request.action_submit()
        (message,) = self.inbox(self.chairman)[before:]
        self.assertEqual((message.model, message.res_id), (request._name, request.id))
        self.assertFalse(self.inbox(self.vice_culture))

    def test_what_a_request_must_cite(self):
        today = TODAY
        for values, words in (
            ({"decision_number": False}, "number of the chairman's decision"),
            ({"decision_date": False}, "date of the decision"),
            ({"decision_date": date(2026, 8, 27)}, "lies ahead"),
            ({"line_ids": []}, "Add the person"),
        ):
            with self.subTest(words):
                request = self.ask("grant", self.newcomer(), **values)
                self.assertRefused(words, request.action_submit)
        reset = {"user_id": self.culture_one.id}
        request = self.ask("reset", reset, decision_number=False, decision_date=False)
        self.assertRefused("Give the reason", request.action_submit)
        request.note = "Quên mật khẩu"
        request.action_submit()
        self.assertState(request, "submitted")
        self.assertEqual(today, clock.today())


@tagged("post_install", "-at_install", "qlvb")
class TestCarryingOut(AccountCase):
    """What an approved request does, and when (Articles 9.4, 10.1)."""

    def test_an_account_is_granted_with_its_post(self):
        request = self.done("grant", self.newcomer(email="an@example.com"))
        user = self.account("annv")
        self.assertEqual(user.name, "Nguyễn Văn An")
        self.assertEqual((user.tz, user.lang), ("Asia/Ho_Chi_Minh", "vi_VN"))
        self.assertTrue(user.must_change_password)
        self.assertTrue(user.has_group(SPECIALIST))
        self.assertEqual(user.notification_type, "inbox")
        post = self.post_of(user, self.culture)
        self.assertEqual((post.role, post.title), ("specialist", "Chuyên viên"))
        self.assertEqual(post.date_from, TODAY)
        self.assertEqual(request.line_ids.user_id, user)
        # The system did it, under the decision.
        root = self.env.ref("base.user_root")
        row = self.assertJournal(
            "account_granted", user, root, data={"decision": "125/QĐ-UBND"}
        )
        self.assertEqual(row.origin, "system")
        self.assertJournal("post_given", post, root)
        self.assertFalse(user.has_group("base.group_system"))

    def test_it_waits_for_the_first_minute_of_its_day(self):
        request = self.ask("grant", self.newcomer(), effective_date="2026-09-01")
        request.action_submit()
        request.with_user(self.chairman).action_approve()
        self.assertState(request, "approved")
        self.assertFalse(self.account("annv"))
        trigger = self.env["ir.cron.trigger"].search(
            [
                (
                    "cron_id",
                    "=",
                    self.env.ref("qlvb_base.ir_cron_qlvb_account_requests").id,
                )
            ]
        )
        self.assertIn(
            "2026-08-31 17:00:00", [str(day) for day in trigger.mapped("call_at")]
        )
        requests = self.env["qlvb.account.request"]
        with self.at(2026, 8, 31, 23, 59):
            requests._cron_carry_out()
            self.assertState(request, "approved")
        with self.at(2026, 9, 1, 0, 0):
            requests._cron_carry_out()
            self.assertState(request, "done")
            self.assertEqual(
                self.post_of(self.account("annv"), self.culture).date_from,
                date(2026, 9, 1),
            )

    def test_a_day_gone_by_takes_effect_today_and_says_so(self):
        request = self.ask("grant", self.newcomer(), effective_date="2026-08-01")
        self.assertIn("gone by", request.timing_text)
        self.decide(request)
        self.assertEqual(request.executed_on, TODAY)
        self.assertEqual(
            self.post_of(self.account("annv"), self.culture).date_from, TODAY
        )
        self.assertIn("01/08/2026 was gone by", request.timing_text)

    def test_a_transfer_ends_one_post_and_gives_another(self):
        self.done("transfer", self.move(self.culture_one, self.culture))
        old = self.post_of(self.culture_one, self.culture)
        self.assertEqual(old.date_to, date(2026, 8, 25))
        new = self.post_of(self.culture_one, self.justice)
        self.assertEqual((new.date_from, new.date_to), (TODAY, False))
        self.assertTrue(self.culture_one.must_change_password)
        self.assertJournal(
            "account_moved",
            self.culture_one,
            self.env.ref("base.user_root"),
            data={"decision": "125/QĐ-UBND", "unit": self.justice.name},
        )

    def test_a_further_post_leaves_the_others(self):
        line = {
            "user_id": self.culture_one.id,
            "unit_id": self.justice.id,
            "role": "clerk",
        }
        self.done("post", line)
        current = self.env["qlvb.position"]._current(self.culture_one)
        self.assertEqual(current.unit_id, self.culture | self.justice)
        self.assertFalse(self.culture_one.must_change_password)

    def test_a_withdrawn_account_opens_nothing(self):
        self.done("withdraw", {"user_id": self.culture_one.id})
        self.assertFalse(self.culture_one.active)
        self.assertFalse(self.env["qlvb.position"]._current(self.culture_one))
        self.assertFalse(self.culture_one.has_group(SPECIALIST))
        self.assertJournal(
            "account_withdrawn",
            self.culture_one,
            self.env.ref("base.user_root"),
            data={"decision": "125/QĐ-UBND"},
        )

    def test_who_comes_back_gets_their_own_account_again(self):
        self.done("withdraw", {"user_id": self.culture_one.id})
        with self.at(2026, 9, 2, 9):
            line = self.newcomer(
                user_id=self.culture_one.id,
                name=False,
                login=False,
                unit_id=self.justice.id,
            )
            self.done("grant", line, effective_date="2026-09-02")
            self.assertTrue(self.culture_one.active)
            self.assertTrue(self.culture_one.must_change_password)
            self.assertTrue(self.post_of(self.culture_one, self.justice).is_current)

    def test_a_post_ends_and_the_account_stays(self):
        post = self.post_of(self.clerk, self.committee)
        self.done("end_post", {"user_id": self.clerk.id, "position_id": post.id})
        self.assertEqual(post.date_to, date(2026, 8, 25))
        self.assertTrue(self.clerk.active)
        self.assertTrue(self.post_of(self.clerk, self.office).is_current)

    def test_the_tick_of_a_units_account_hides_nobody(self):
        """On other kinds than a grant the chairman reads whom it concerns."""
        victim = self.justice_one
        request = self.ask(
            "withdraw",
            {
                "user_id": victim.id,
                "unit_id": self.culture.id,
                "is_unit_account": True,
            },
        )
        line = request.line_ids.with_user(self.chairman)
        self.assertEqual(line.person_name, victim.name)
        self.assertEqual(line._account(), victim)

    def test_two_heads_change_places(self):
        self.done(
            "rotation",
            self.move(self.culture_head, self.culture, role="head"),
            self.move(
                self.justice_head, self.justice, role="head", unit_id=self.culture.id
            ),
        )
        self.env.invalidate_all()
        self.assertEqual(self.culture.head_id, self.justice_head)
        self.assertEqual(self.justice.head_id, self.culture_head)

    def test_the_password_is_reset_with_the_second_factor(self):
        before = self._hash(self.culture_one)
        self.culture_one.totp_secret = "ABCDEFGH"
        self.done("reset", {"user_id": self.culture_one.id})
        self.assertNotEqual(self._hash(self.culture_one), before)
        self.assertTrue(self.culture_one.must_change_password)
        self.assertFalse(self.culture_one.totp_enabled)

    def _hash(self, user):
        self.env.flush_all()
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        return self.env.cr.fetchone()[0]

    def test_a_name_is_corrected_by_request_and_the_password_stays(self):
        before = self._hash(self.culture_one)
        request = self.ask("correct", {"user_id": self.culture_one.id}, note="Sai tên")
        self.assertRefused("what is to stand there", request.action_submit)
        request.line_ids.write({"name": "Nguyễn Thị Ánh", "login": "test.clerk"})
        self.assertRefused("belongs to Test clerk", request.action_submit)
        request.line_ids.login = "anhnt"
        self.decide(request)
        self.assertState(request, "done")
        self.assertEqual(
            (self.culture_one.name, self.culture_one.login), ("Nguyễn Thị Ánh", "anhnt")
        )
        self.assertEqual(self._hash(self.culture_one), before)
        self.assertFalse(self.culture_one.must_change_password)
        self.assertEqual(len(self.post_of(self.culture_one, self.culture)), 1)

    def test_the_account_of_a_unit_is_granted_with_its_keeper(self):
        line = {
            "is_unit_account": True,
            "name": "Văn phòng",
            "login": "vt.vp",
            "unit_id": self.office.id,
            "user_id": self.clerk.id,
        }
        self.done("grant", line)
        account = self.account("vt.vp")
        self.assertEqual(self.office.account_user_id, account)
        self.assertEqual(self.office.keeper_id, self.clerk)
        self.assertIsNotNone(self.office.with_user(account)._actor_as_clerk())
        self.assertTrue(account.must_change_password)
        self.assertFalse(self.clerk.must_change_password)

    def test_another_keeper_takes_the_units_account_over(self):
        before = self._hash(self.culture_account)
        request = self.done(
            "keeper", {"unit_id": self.culture.id, "user_id": self.culture_two.id}
        )
        self.assertEqual(self.culture.keeper_id, self.culture_two)
        self.assertEqual(request.line_ids.former_keeper_id, self.culture_clerk)
        self.assertTrue(self.culture_account.must_change_password)
        self.assertNotEqual(self._hash(self.culture_account), before)
        self.assertFalse(self.culture_two.must_change_password)
        self.assertJournal(
            "keeper_changed",
            self.culture,
            self.env.ref("base.user_root"),
            data={
                "decision": "125/QĐ-UBND",
                "former": "Test culture_clerk",
                "keeper": "Test culture_two",
            },
        )

    def test_a_keeper_who_leaves_names_their_successor(self):
        line = self.move(self.culture_clerk, self.culture)
        request = self.ask("transfer", line)
        self.assertTrue(request.line_ids.needs_keeper)
        self.assertRefused(
            ["keeps the account of", self.culture.name], request.action_submit
        )
        request.line_ids.keeper_id = self.justice_one
        self.assertRefused("holds no post in", request.action_submit)
        request.line_ids.keeper_id = self.culture_two
        self.decide(request)
        self.assertState(request, "done")
        self.assertEqual(self.culture.keeper_id, self.culture_two)
        self.assertTrue(self.culture_account.must_change_password)

    def test_a_running_delegation_ends_with_the_post_of_the_head(self):
        delegation = self.delegate(
            self.culture_head, self.culture_deputy, self.culture, date_to="2026-08-31"
        )
        self.assertIsNotNone(
            self.culture.with_user(self.culture_deputy)._actor_as_head()
        )
        self.done("transfer", self.move(self.culture_head, self.culture))
        self.assertState(delegation, "ended")
        self.assertJournal(
            "delegation_ended", delegation, self.env.ref("base.user_root")
        )
        self.assertIsNone(self.culture.with_user(self.culture_deputy)._actor_as_head())

    def test_a_delegation_ends_with_the_post_of_the_deputy_too(self):
        delegation = self.delegate(
            self.culture_head, self.culture_deputy, self.culture, date_to="2026-08-31"
        )
        self.done("transfer", self.move(self.culture_deputy, self.culture))
        self.assertState(delegation, "ended")

    def test_a_delegation_of_another_unit_runs_on(self):
        delegation = self.delegate(self.justice_head, self.justice_deputy, self.justice)
        self.done("transfer", self.move(self.culture_head, self.culture))
        self.assertState(delegation, "active")

    def test_sight_of_the_unit_left_ends_at_once(self):
        self.done("transfer", self.move(self.culture_head, self.culture))
        seen = self.env["qlvb.membership"].with_user(self.culture_head)._principals()
        self.assertNotIn(principal(UNIT, self.culture.id), seen)

    def test_a_hand_over_is_opened_for_the_unit_left(self):
        opened = []
        self.patch(
            self.registry["qlvb.handover"],
            "_open_for",
            lambda _model, user, unit, request=None: opened.append(
                (user, unit, request)
            ),
        )
        request = self.done("transfer", self.move(self.culture_one, self.culture))
        self.assertEqual(opened, [(self.culture_one, self.culture, request)])
        opened.clear()
        # The clerk of the committee stays the Office's.
        post = self.post_of(self.clerk, self.committee)
        self.done("end_post", {"user_id": self.clerk.id, "position_id": post.id})
        self.assertEqual(opened[0][:2], (self.clerk, self.committee))
        self.assertEqual(len(opened), 1)
