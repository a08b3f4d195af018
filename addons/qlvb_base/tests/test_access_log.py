from datetime import date
from unittest.mock import patch

import psycopg2

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.ir_http_access import _is_by_person
from .common_duty import WEDNESDAY, DutyCase


@tagged("post_install", "-at_install", "qlvb")
class TestAccessLog(DutyCase):
    """One row a person and half-day of a working day; who reads which."""

    def test_the_first_use_of_a_half_day_is_noted_and_no_other(self):
        self.look_in(self.culture_head, 2026, 8, 26, 8, 5)
        self.look_in(self.culture_head, 2026, 8, 26, 10)
        self.look_in(self.culture_head, 2026, 8, 26, 15)
        self.assertEqual(
            self.uses(self.culture_head),
            [(WEDNESDAY, "morning"), (WEDNESDAY, "afternoon")],
        )
        first = self.env["qlvb.access.log"].search([], order="first_at", limit=1)
        self.assertEqual(first.first_at, self.utc(2026, 8, 26, 8, 5))

    def test_a_day_is_a_day_in_ha_noi(self):
        self.look_in(self.culture_head, 2026, 8, 26, 0, 10)
        self.look_in(self.culture_head, 2026, 8, 26, 23, 50)
        self.assertEqual(
            self.uses(self.culture_head),
            [(WEDNESDAY, "morning"), (WEDNESDAY, "afternoon")],
        )

    def test_what_is_known_costs_no_query_and_elsewhere_no_write(self):
        log = self.env["qlvb.access.log"].with_user(self.culture_head)
        log._note()
        with self.assertQueryCount(0):
            log._note()
        sequence = "SELECT last_value FROM qlvb_access_log_id_seq"
        before = self.env.cr.execute(sequence) or self.env.cr.fetchone()
        # Another process knows nothing of it and looks.
        from ..models import qlvb_access_log

        qlvb_access_log._noted.clear()
        log._note()
        self.assertEqual(len(self.uses(self.culture_head)), 1)
        after = self.env.cr.execute(sequence) or self.env.cr.fetchone()
        self.assertEqual(after, before, "not even a number was drawn")

    def test_days_off_are_not_noted(self):
        self.look_in(self.culture_head, 2026, 8, 29, 9)
        self.look_in(self.culture_head, 2026, 9, 2, 9)
        self.assertFalse(self.uses(self.culture_head))

    def test_a_unit_that_works_on_saturdays_is_noted_then(self):
        self.commune.calendar_id = self.env["qlvb.calendar"].create(
            {"name": "Six days", "saturday": True}
        )
        self.look_in(self.commune_head, 2026, 8, 29, 9)
        self.look_in(self.culture_head, 2026, 8, 29, 9)
        self.assertEqual(self.uses(self.commune_head), [(date(2026, 8, 29), "morning")])
        self.assertFalse(self.uses(self.culture_head))

    def test_use_of_a_units_account_names_its_keeper(self):
        self.look_in(self.culture_account, 2026, 8, 26, 9)
        [row] = self.env["qlvb.access.log"].search([])
        self.assertEqual(row.user_id, self.culture_account)
        self.assertEqual(row.keeper_id, self.culture_clerk)

    def test_a_first_password_is_no_use_yet(self):
        self.culture_head.must_change_password = True
        self.look_in(self.culture_head, 2026, 8, 26, 9)
        self.assertFalse(self.uses(self.culture_head))

    def test_what_cannot_be_noted_stands_in_nobodys_way(self):
        log = self.env["qlvb.access.log"].with_user(self.culture_head)
        journal = self.registry["qlvb.journal"]
        failing = patch.object(
            journal, "_own_cursor", side_effect=psycopg2.OperationalError
        )
        with failing, mute_logger("odoo.addons.qlvb_base.models.qlvb_access_log"):
            log._note()
        log._note()
        self.assertEqual(len(self.uses(self.culture_head)), 1)

    def test_people_read_their_own_heads_their_units_and_the_office_all(self):
        for user in (self.culture_one, self.justice_one, self.culture_account):
            self.look_in(user, 2026, 8, 26, 9)
        own, other, account = self.env["qlvb.access.log"].search([], order="id")
        self.assertCanRead(self.culture_one, own)
        self.assertCannotRead(self.culture_one, other)
        self.assertCanRead(self.culture_head, own)
        self.assertCanRead(self.culture_head, account)
        self.assertCannotRead(self.culture_head, other)
        for user in (self.chief, self.clerk, self.chairman):
            self.assertCanRead(user, other)
        for user in (self.administrator, self.justice_one, self.outsider):
            self.assertCannotRead(user, own)

    def test_nobody_writes_a_row_by_hand(self):
        self.look_in(self.culture_one, 2026, 8, 26, 9)
        row = self.env["qlvb.access.log"].search([])
        for user in (self.culture_one, self.culture_head, self.chief):
            mine = row.with_user(user)
            self.assertDenied(mine.write, {"half": "afternoon"})
            self.assertDenied(mine.unlink)
            self.assertDenied(
                mine.create,
                {
                    "user_id": user.id,
                    "date": "2026-08-25",
                    "half": "morning",
                    "first_at": "2026-08-25 02:00:00",
                },
            )


@tagged("post_install", "-at_install", "qlvb")
class TestAccessOverHttp(HttpCase, DutyCase):
    """Which requests are a person's use of the system, and which are not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.culture_head.password = "Culture-head-2026"

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def test_opening_a_list_is_noted_and_a_counter_is_not(self):
        self.authenticate(self.culture_head.login, "Culture-head-2026")
        self.call("qlvb.unit", "search_count", [])
        self.assertFalse(self.uses(self.culture_head))
        self.call("qlvb.unit", "web_search_read", [], {"name": {}})
        self.assertEqual(self.uses(self.culture_head), [(WEDNESDAY, "morning")])

    def test_a_call_by_key_or_password_is_not_noted(self):
        answer = self.url_open(
            "/json/2/qlvb.unit/web_search_read",
            json={"domain": [], "specification": {"name": {}}},
            headers={"Authorization": f"Bearer {self.key_of(self.culture_head)}"},
        )
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.uses(self.culture_head))

    def key_of(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        return keys._generate("rpc", "Test", self.utc(2027, 1, 1))

    def test_what_people_do_is_told_from_what_a_page_asks_for_itself(self):
        for path in (
            "/web/action/load",
            "/web/dataset/call_button/qlvb.delegation/action_activate",
            "/web/dataset/call_kw/qlvb.unit/web_read",
        ):
            self.assertTrue(_is_by_person(path), path)
        for path in (
            "/websocket/peek_notifications",
            "/web/dataset/call_kw/qlvb.reminder/search_count",
            "/mail/data",
            "/web/content/1",
            "/web/webclient/load_menus",
        ):
            self.assertFalse(_is_by_person(path), path)
