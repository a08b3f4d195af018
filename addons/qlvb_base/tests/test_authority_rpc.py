import json

from odoo.tests import HttpCase, tagged

from .common import OfficeCase

TOLD = ("UserError", "ValidationError", "AccessError", "MissingError")
"""Errors whose message is meant for people."""


@tagged("post_install", "-at_install", "qlvb")
class TestAuthorityOverRpc(OfficeCase, HttpCase):
    """Delegations and absences from outside: who may, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = (
            cls.env["qlvb.delegation"]
            .with_user(cls.culture_head)
            .create({"delegate_id": cls.culture_deputy.id, "unit_id": cls.culture.id})
        )
        cls.absence = cls.absent(
            cls.culture_one, date_from="2026-08-27", date_to="2026-08-28"
        )

    def send(self, user, model, method, *args, **kwargs):
        """Call over JSON-RPC as ``user``.

        :return: name of the error or ``None``, what was said or returned
        """
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        error = answer.get("error")
        if not error:
            return None, answer["result"]
        return error["data"]["name"].rpartition(".")[2], error["data"]["message"]

    def assertDone(self, user, model, method, *args):
        name, said = self.send(user, model, method, *args)
        self.assertIsNone(name, said)
        return said

    def assertTold(self, user, model, method, *args):
        """Check that a call is refused in words that a person can read."""
        name, said = self.send(user, model, method, *args)
        self.assertIn(name, TOLD, said)
        for word in ("psycopg2", "LINE 1", "SELECT", "INSERT", "Traceback"):
            self.assertNotIn(word, said)
        return said

    def test_a_delegation_is_the_heads_alone(self):
        model, ids = "qlvb.delegation", self.draft.ids
        own = {"unit_id": self.culture.id, "delegate_id": self.culture_deputy.id}
        for user in (self.culture_deputy, self.justice_head, self.chief, self.clerk):
            with self.subTest(user.login):
                self.assertTold(user, model, "action_activate", ids)
                self.assertTold(user, model, "action_revoke", ids)
                self.assertTold(user, model, "create", [own])
                forged = own | {"delegator_id": self.culture_head.id}
                self.assertTold(user, model, "create", [forged])
        head = self.culture_head
        for forged in (
            {"state": "active"},
            {"begins_at": "2014-01-01 00:00:00"},
            {"ends_at": "2099-01-01 00:00:00"},
        ):
            with self.subTest(forged):
                self.assertTold(head, model, "write", ids, forged)
                self.assertTold(head, model, "create", [own | forged])
        self.assertDone(head, model, "action_activate", ids)
        self.assertState(self.draft, "active")
        self.assertTold(head, model, "write", ids, {"delegate_id": self.chief.id})
        self.assertTold(head, model, "unlink", ids)
        for arguments in (
            ("2026-08-27",),
            (None, None),
            ([], {}),
            (7, "morning"),
            ("2026-08-26", "night"),
        ):
            with self.subTest(arguments):
                self.assertTold(head, model, "action_shorten", ids, *arguments)
        self.assertTold(head, model, "action_shorten", [], "2026-08-26", "morning")
        # What is private stays so.
        for method in ("_in_force", "_come_into_force", "_cron_end", "_through_gate"):
            with self.subTest(method):
                self.assertIsNotNone(self.send(head, model, method, ids)[0])
        self.assertDone(head, model, "action_revoke", ids)
        self.assertState(self.draft, "revoked")

    def test_an_absence_is_the_persons_and_their_units(self):
        model, ids = "qlvb.absence", self.absence.ids
        for user in (self.culture_two, self.justice_clerk, self.chief, self.chairman):
            with self.subTest(user.login):
                self.assertTold(user, model, "write", ids, {"reason": "other"})
                self.assertTold(user, model, "action_cancel", ids)
                self.assertTold(user, model, "unlink", ids)
                self.assertTold(
                    user,
                    model,
                    "create",
                    [{"user_id": self.culture_one.id, "reason": "mission"}],
                )
                self.assertEqual(
                    self.assertDone(user, model, "search_count", [["id", "in", ids]]), 1
                )
        one = self.culture_one
        for hostile in (
            {"active": False},
            {"user_id": self.justice_one.id},
            {"date_to": "yesterday"},
            {"date_to": "9999-12-31"},
            {"from_half": "night"},
            {"date_from": "2026-08-01"},
        ):
            with self.subTest(hostile):
                self.assertTold(one, model, "write", ids, hostile)
        for method in ("_cron_alarm", "_alarm", "_away", "_notify_inbox"):
            with self.subTest(method):
                self.assertIsNotNone(self.send(one, model, method, ids)[0])
        self.assertDone(self.culture_clerk, model, "write", ids, {"reason": "leave"})
        self.assertDone(one, model, "action_cancel", ids)
        self.assertFalse(self.absence.active)

    def test_a_dialog_is_everybodys_own(self):
        """Nobody reads of a foreign delegation through the dialogs."""
        name, said = self.send(
            self.justice_head,
            "qlvb.shorten.wizard",
            "create",
            [{"delegation_id": self.draft.id, "date_to": "2026-08-26"}],
        )
        if name is None:
            self.assertTold(
                self.justice_head, "qlvb.shorten.wizard", "read", said, ["old_date_to"]
            )
            self.assertTold(
                self.justice_head, "qlvb.shorten.wizard", "action_confirm", said
            )
        asked = self.assertDone(
            self.justice_head, "qlvb.acting.wizard", "create", [{"date": "2026-08-26"}]
        )
        row = self.assertDone(
            self.justice_head, "qlvb.acting.wizard", "read", asked, ["delegation_ids"]
        )
        self.assertEqual(row[0]["delegation_ids"], [])
