from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException

from odoo.addons.qlvb_base.tests.common_accounts import AccountCase

from .common_filing import FilingCase

PASSWORD = "Managing-Roles-2026"
ADDRESS = "/web/dataset/call_kw"


@tagged("post_install", "-at_install", "qlvb")
class TestManagingRoles(HttpCase, FilingCase, AccountCase):
    """The Office manages, the technical administrator administers (Article 8.1).

    Over RPC, in both directions: what each may, and what is the other's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.chief, cls.clerk, cls.administrator):
            user.sudo().password = PASSWORD
            user.sudo().must_change_password = False
        cls.order = cls.routed()
        cls.dossier = cls.closed()

    def enter(self, user):
        self.authenticate(user.login, PASSWORD)

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"{ADDRESS}/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assertNot(self, model, method, *args, **kwargs):
        """Check that the call is refused, and for no other reason than rights."""
        with self.assertRaises(JsonRpcException) as caught, self.env.cr.savepoint():
            self.call(model, method, *args, **kwargs)
        self.assertIn(
            str(caught.exception).rpartition(".")[2], ("AccessError", "AccessDenied")
        )
        self.env.invalidate_all()

    # -- the administrator ------------------------------------------------------

    def test_the_administrator_finds_counts_and_reads_no_document(self):
        self.enter(self.administrator)
        for name in sorted(self.env["qlvb.sight.mixin"]._guarded_names()):
            model = self.env[name].sudo().with_context(active_test=False)
            with self.subTest(name):
                try:
                    self.assertEqual(self.call(name, "search", []), [])
                    self.assertEqual(self.call(name, "search_count", []), 0)
                    groups = self.call(
                        name, "formatted_read_group", [], [], ["__count"]
                    )
                    self.assertEqual(groups[0]["__count"], 0)
                except JsonRpcException as error:
                    self.assertEqual(str(error), "odoo.exceptions.AccessError")
                if some := model.search([], limit=1):
                    self.assertNot(name, "read", some.ids, ["display_name"])

    def test_the_administrator_reads_no_file_and_no_message_of_a_document(self):
        self.enter(self.administrator)
        document = self.order.document_id
        message = document.sudo().message_ids[:1]
        if message:
            self.assertNot("mail.message", "read", message.ids, ["body"])
        found = self.call(
            "ir.attachment", "search", [["res_model", "=", "qlvb.document"]]
        )
        self.assertEqual(found, [])

    def test_the_administrator_keeps_the_calendar(self):
        self.enter(self.administrator)
        day = {"date": "2026-09-07", "is_working": False, "name": "Nghỉ bù"}
        self.assertTrue(self.call("qlvb.calendar.day", "create", [day]))

    def test_the_administrator_carries_out_what_the_chairman_has_approved(self):
        request = self.ask(
            "grant", self.newcomer(login="annv9"), effective_date="2026-08-27"
        )
        request.action_submit()
        self.enter(self.administrator)
        self.assertNot("qlvb.account.request", "read", request.ids, ["kind"])
        request.with_user(self.chairman).action_approve()
        request._through_gate().write({"effective_date": "2026-08-26"})
        self.env.flush_all()
        self.call("qlvb.account.request", "action_carry_out", request.ids)
        self.assertState(request, "done")
        self.assertTrue(self.account("annv9"))

    def test_the_administrator_does_not_manage(self):
        self.enter(self.administrator)
        request = self.ask("grant", self.newcomer())
        request.action_submit()
        self.env.flush_all()
        self.assertNot("qlvb.account.request", "create", [{"kind": "grant"}])
        self.assertNot("qlvb.account.request", "action_approve", request.ids)
        self.assertNot("qlvb.duty.board", "action_show_day")
        self.assertNot("qlvb.supervision", "action_supervise")
        self.assertEqual(self.call("qlvb.duty", "search_count", []), 0)
        self.assertNoAccountDoor(self.culture_one)

    def assertNoAccountDoor(self, user):
        """Check that no account, post or password is changed by hand."""
        post = self.post_of(user, self.culture)
        unit = self.culture
        for model, method, *args in (
            ("res.users", "create", [{"name": "X", "login": "x.planted"}]),
            ("res.users", "write", user.ids, {"active": False}),
            ("res.users", "write", user.ids, {"password": "Planted-2026!"}),
            ("res.users", "action_reset_password", user.ids),
            ("qlvb.position", "write", post.ids, {"role": "head"}),
            (
                "qlvb.position",
                "create",
                [{"user_id": user.id, "unit_id": unit.id, "role": "head"}],
            ),
            ("qlvb.unit", "write", unit.ids, {"keeper_id": user.id}),
        ):
            with self.subTest(f"{model}.{method}", args=args):
                self.assertNot(model, method, *args)

    # -- the Office ---------------------------------------------------------------

    def test_the_office_manages(self):
        for user in (self.chief, self.clerk):
            with self.subTest(user.login):
                self.enter(user)
                action = self.call("qlvb.duty.board", "action_show_day")
                lines = self.call("qlvb.duty.board.line", "search", action["domain"])
                self.assertTrue(lines)
                line = self.newcomer(login=f"an{user.id}")
                request = self.ask("grant", line, user=user)
                self.env.flush_all()
                self.call("qlvb.account.request", "action_submit", request.ids)
                self.assertState(request, "submitted")

    def test_the_office_does_not_administer_and_does_not_decide(self):
        request = self.ask("grant", self.newcomer())
        request.action_submit()
        self.env.flush_all()
        for user in (self.chief, self.clerk):
            with self.subTest(user.login):
                self.enter(user)
                self.assertNot("qlvb.account.request", "action_approve", request.ids)
                self.assertNot("qlvb.calendar.day", "create", [{"date": "2026-09-07"}])
                self.assertNot(
                    "ir.config_parameter", "set_param", "web.base.url", "http://x"
                )
                self.assertNoAccountDoor(self.culture_one)
