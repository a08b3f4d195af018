import json

from odoo.tests import HttpCase, tagged

from .common_handover import HandoverCase


@tagged("post_install", "-at_install", "qlvb")
class TestHandoverHttp(HandoverCase, HttpCase):
    """The doors of the web: who accepts, who reads, who prints."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child = cls.passed_on(cls.order, cls.culture_head, cls.culture_one)
        cls.handover = cls.moved()
        for user in cls.people():
            user.password = user.login

    @classmethod
    def people(cls):
        return (
            cls.culture_head
            | cls.culture_one
            | cls.culture_two
            | cls.culture_deputy
            | cls.justice_head
            | cls.chief
            | cls.chairman
            | cls.administrator
        )

    def call(self, user, method, *args, model="qlvb.handover", **kwargs):
        """Return what a remote call of ``user`` answers, as a dict."""
        self.authenticate(user.login, user.login)
        body = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": body}),
            headers={"Content-Type": "application/json"},
        ).json()

    def test_the_head_accepts_and_nobody_else(self):
        receiver = {"receiver_id": self.culture_two.id}
        line = self.handover.line_ids
        for user in self.people() - self.culture_head:
            with self.subTest(user.login):
                ids = self.handover.ids
                self.assertIn("error", self.call(user, "write", ids, receiver))
                self.assertIn("error", self.call(user, "action_accept", ids))
                self.assertIn("error", self.call(user, "action_refresh", ids))
                self.assertIn("error", self.call(user, "unlink", ids))
                told = self.call(
                    user, "write", line.ids, receiver, model="qlvb.handover.line"
                )
                self.assertIn("error", told)
                values = {
                    "user_id": self.culture_two.id,
                    "unit_id": self.culture.id,
                }
                self.assertIn("error", self.call(user, "create", [values]))
        self.assertState(self.handover, "open")
        for values in (
            {"state": "accepted"},
            {"user_id": self.culture_two.id},
            {"line_ids": [[0, 0, {"kind": "work", "res_id": 1}]]},
            {"message_follower_ids": [[0, 0, {}]]},
        ):
            answer = self.call(self.culture_head, "write", self.handover.ids, values)
            self.assertIn("error", answer, values)
        for model, values in (
            ("qlvb.handover.line", {"res_id": 1}),
            ("qlvb.assignment", {"user_id": self.culture_two.id}),
        ):
            ids = line.ids if model == "qlvb.handover.line" else self.child.ids
            answer = self.call(self.culture_head, "write", ids, values, model=model)
            self.assertIn("error", answer, model)
        head = self.culture_head
        ids = self.handover.ids
        self.assertNotIn("error", self.call(head, "write", ids, receiver))
        self.assertNotIn("error", self.call(head, "action_accept", ids))
        self.assertState(self.handover, "accepted")
        self.child.invalidate_recordset()
        self.assertEqual(self.child.user_id, self.culture_two)
        self.assertIn("error", self.call(head, "action_accept", ids))

    def test_hooks_have_no_door(self):
        for method in ("_open_for", "_give", "_collect", "_cron_follow"):
            answer = self.call(self.culture_head, method, self.handover.ids)
            self.assertIn("error", answer, method)

    def test_who_prints_it(self):
        path = f"/qlvb/print/handover/{self.handover.id}"
        self.authenticate(self.culture_head.login, self.culture_head.login)
        self.assertTrue(self.url_open(path).content.startswith(b"%PDF"))
        for user in (self.justice_head, self.culture_two, self.administrator):
            self.authenticate(user.login, user.login)
            with self.subTest(user.login):
                self.assertNotIn(b"%PDF", self.url_open(path).content)
