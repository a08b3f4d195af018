from datetime import date

from odoo.tests import tagged

from .common import TODAY
from .common_accounts import AccountCase


@tagged("post_install", "-at_install", "qlvb")
class TestWhatStandsAgainstIt(AccountCase):
    """Each thing that is not in order is told before the chairman sees it."""

    def assertUnmet(self, words, kind, *lines, **values):
        request = self.ask(kind, *lines, **values)
        return self.assertRefused(words, request.action_submit)

    def test_a_login_that_cannot_be_used(self):
        self.assertUnmet("no login name", "grant", self.newcomer(login="Nguyễn An"))
        self.assertUnmet(
            ["belongs to", "Test culture_one"],
            "grant",
            self.newcomer(login="test.culture_one"),
        )
        self.assertUnmet(
            "asked for twice", "grant", self.newcomer(), self.newcomer(name="Lê An")
        )
        self.ask("grant", self.newcomer()).action_submit()
        self.assertUnmet("asked for twice", "grant", self.newcomer(name="Lê Văn An"))

    def test_capitals_and_blanks_around_a_login_are_tidied(self):
        request = self.ask("grant", self.newcomer(login=" AnNV "))
        self.assertEqual(request.line_ids.login, "annv")

    def test_a_second_head(self):
        message = self.assertUnmet(
            ["Test culture_head", "takes over"], "grant", self.newcomer(role="head")
        )
        self.assertIn(self.culture.name, message)

    def test_two_heads_at_once(self):
        self.assertUnmet(
            "Two persons",
            "grant",
            self.newcomer(role="head", takes_over=True),
            self.newcomer(role="head", takes_over=True, login="binhlt"),
        )

    def test_who_takes_over_ends_the_post_of_the_holder(self):
        request = self.done("grant", self.newcomer(role="head", takes_over=True))
        self.env.invalidate_all()
        self.assertEqual(self.culture.head_id, self.account("annv"))
        self.assertEqual(
            self.post_of(self.culture_head, self.culture).date_to, date(2026, 8, 25)
        )
        self.assertTrue(request)

    def test_the_last_chairman_is_not_withdrawn(self):
        for kind, line in (
            ("withdraw", {"user_id": self.chairman.id}),
            ("transfer", self.move(self.chairman, self.committee)),
            ("rotation", self.move(self.chairman, self.committee)),
            (
                "end_post",
                {
                    "user_id": self.chairman.id,
                    "position_id": self.post_of(self.chairman, self.committee).id,
                },
            ),
        ):
            with self.subTest(kind):
                self.assertUnmet("Nobody would hold the chair", kind, line)
        self.assertTrue(self.chairman.active)

    def test_a_new_chairman_takes_over_and_the_old_one_goes_then(self):
        line = {
            "user_id": self.vice_culture.id,
            "position_id": self.post_of(self.vice_culture, self.committee).id,
            "unit_id": self.committee.id,
            "role": "head",
            "takes_over": True,
        }
        self.done("transfer", line)
        self.assertFalse(
            self.env["qlvb.position"].with_user(self.chairman)._is_chairman()
        )
        request = self.ask("withdraw", {"user_id": self.chairman.id})
        request.action_submit()
        self.assertDenied(request.with_user(self.chairman).action_approve)
        request.with_user(self.vice_culture).action_approve()
        self.assertState(request, "done")
        self.assertFalse(self.chairman.active)

    def test_the_last_of_the_office_stays(self):
        self.assertUnmet(
            "Nobody would manage",
            "withdraw",
            {"user_id": self.chief.id},
            {"user_id": self.clerk.id},
            user=self.chief,
        )

    def test_accounts_of_the_system_are_nobodys_to_move(self):
        for xmlid in ("base.user_admin", "base.user_root", "base.public_user"):
            user = self.env.ref(xmlid)
            for kind in ("withdraw", "reset"):
                with self.subTest(xmlid, kind=kind):
                    self.assertUnmet(
                        "belongs to the system", kind, {"user_id": user.id}
                    )

    def test_a_units_account_holds_no_posts(self):
        line = {
            "user_id": self.culture_account.id,
            "unit_id": self.culture.id,
            "role": "specialist",
        }
        self.assertUnmet("holds no posts", "post", line)

    def test_keepers_are_persons_of_the_unit(self):
        line = {"unit_id": self.culture.id}
        self.assertUnmet("Choose the person", "keeper", line)
        self.assertUnmet(
            "holds no post", "keeper", line | {"user_id": self.justice_one.id}
        )
        self.assertUnmet(
            "keeps it already", "keeper", line | {"user_id": self.culture_clerk.id}
        )
        self.assertUnmet(
            "no account of its own",
            "keeper",
            {"unit_id": self.office.id, "user_id": self.clerk.id},
        )

    def test_a_post_that_began_today_does_not_end_before(self):
        post = self.give_post(self.outsider, self.culture, "clerk", TODAY)
        line = {"user_id": self.outsider.id, "position_id": post.id}
        self.assertUnmet("cannot end before", "end_post", line)
        request = self.ask("end_post", line, effective_date="2026-08-27")
        request.action_submit()

    def test_what_changed_meanwhile_stops_the_execution_and_is_told(self):
        request = self.ask("grant", self.newcomer(), effective_date="2026-08-27")
        request.action_submit()
        request.with_user(self.chairman).action_approve()
        rival = self.new_users("rival")
        rival.login = "annv"
        with self.at(2026, 8, 27, 0, 0):
            requests = self.env["qlvb.account.request"]
            before = len(self.inbox(self.clerk))
            requests._cron_carry_out()
            self.assertState(request, "approved")
            self.assertIn("belongs to", request.sudo().failure)
            self.assertEqual(len(self.inbox(self.clerk)), before + 1)
            # Tried again each hour, told once.
            requests._cron_carry_out()
            self.assertEqual(len(self.inbox(self.clerk)), before + 1)
            self.assertEqual(len(self.journal("account_request_failed", request)), 1)
            rival.login = "other"
            for user in (self.chairman, self.culture_head):
                self.assertDenied(request.with_user(user).action_carry_out)
            request.with_user(self.administrator).action_carry_out()
            self.assertState(request, "done")
            self.assertFalse(request.sudo().failure)

    def test_of_several_lines_all_or_none_is_carried_out(self):
        request = self.ask(
            "withdraw", {"user_id": self.culture_one.id}, {"user_id": self.outsider.id}
        )
        request.action_submit()
        lines = self.registry["qlvb.account.request.line"]
        withdraw = lines._withdraw

        def fail_on_the_second(line):
            withdraw(line)
            if line.user_id == self.outsider:
                raise ValueError("a fault")

        with self.assertRaises(ValueError), self.env.cr.savepoint():
            self.patch(lines, "_withdraw", fail_on_the_second)
            request.with_user(self.chairman).action_approve()
        self.env.invalidate_all()
        self.assertState(request, "submitted")
        self.assertTrue(self.culture_one.active)
