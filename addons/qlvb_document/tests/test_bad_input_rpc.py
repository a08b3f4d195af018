import json

from odoo.tests import HttpCase, tagged

from .common import DocumentCase

BIG, HUGE, NUL = 2**31, 10**30, "a\x00b"
TOLD = ("UserError", "ValidationError", "AccessError", "MissingError")
"""Errors whose message is meant for people."""


@tagged("post_install", "-at_install", "qlvb")
class TestBadInputOverRpc(DocumentCase, HttpCase):
    """Whatever is sent: a message for people, never the database's own words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.registered(reference="9/CV")
        cls.entry = cls.draft(reference="10/CV")
        cls.order = cls.routed(document=cls.document)

    def setUp(self):
        super().setUp()
        self.authenticate(self.clerk.login, self.clerk.login)

    def send(self, model, method, *args, **kwargs):
        """Call over JSON-RPC.

        :return: name of the error or ``None``, what was said or returned
        """
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

    def assertTold(self, *call, **kwargs):
        """Check that a call is refused in words that a person can read."""
        with self.subTest(str(call)):
            name, message = self.send(*call, **kwargs)
            self.assertIn(name, TOLD, message)
            for word in ("psycopg2", "LINE 1", "SELECT", "INSERT", "0x00"):
                self.assertNotIn(word, message)

    def assertNothingFound(self, model, *domain):
        with self.subTest(str(domain)):
            self.assertEqual(
                self.send(model, "search_count", [list(domain)]), (None, 0)
            )

    def test_numbers_out_of_reach_find_nothing(self):
        for number in (BIG, HUGE, -HUGE):
            self.assertNothingFound("qlvb.document", "id", "=", number)
            self.assertNothingFound("qlvb.document", "id", "in", [number])
            self.assertNothingFound("qlvb.document", "number", "=", number)
            self.assertNothingFound("qlvb.document", "unit_id", "=", number)
            self.assertNothingFound("qlvb.document", "assignment_ids", "in", [number])
            self.assertNothingFound("qlvb.assignment", "document_id", "=", number)
            self.assertNothingFound("qlvb.journal", "res_id", "=", number)
            self.assertNothingFound("mail.message", "res_id", "=", number)
            self.assertNothingFound("ir.attachment", "res_id", "in", [number])

    def test_what_cannot_be_looked_for(self):
        for domain in (
            [["id", "=", "abc"]],
            [["summary", "ilike", NUL]],
            [["reference", "=", NUL]],
        ):
            self.assertTold("qlvb.document", "search", domain)
        self.assertTold("qlvb.document", "search", [], 0, HUGE)
        self.assertTold("qlvb.document", "search", [], 0, "x")
        self.assertTold("qlvb.document", "search", [], -1)
        self.assertTold("qlvb.document", "search", [], 0, 1, "summary; drop table x")

    def test_records_that_are_not_there(self):
        for number in (BIG, HUGE, "x"):
            self.assertTold("qlvb.document", "read", [number], ["summary"])
            self.assertTold("qlvb.document", "web_read", [number], {"summary": {}})
            self.assertTold("qlvb.document", "action_register", [number])
            self.assertTold("qlvb.document", "action_refuse", [number], "x")
            self.assertTold("qlvb.document", "write", [number], {"summary": "x"})
            if number != "x":
                self.assertTold("qlvb.document", "unlink", [number])
            self.assertTold(
                "qlvb.assignment",
                "action_forward",
                [number],
                [{"user_id": 1, "role": "lead"}],
            )

    def test_values_of_another_kind(self):
        before = self.env["qlvb.document"].search_count([])
        for values in (
            {"unit_id": BIG},
            {"unit_id": "x"},
            {"unit_id": [1]},
            {"type_id": "x"},
            {"type_id": 999_999_999},
            {"field_id": HUGE},
            {"reply_to_id": "x"},
            {"document_date": "foo"},
            {"document_date": 5},
            {"received_date": {"a": 1}},
            {"urgency": "x"},
            {"urgency": ["normal"]},
            {"nature": "x"},
            {"direction": "x"},
            {"attachment_ids": "x"},
            {"attachment_ids": [[6, 0, [HUGE]]]},
            {"attachment_ids": [[4, BIG]]},
            {"attachment_ids": [[6, 0, "x"]]},
            {"attachment_ids": [[9]]},
            {"attachment_ids": [{"id": 1}]},
            {"scan": 5},
            {"scan": "ééé"},
            {"summary": NUL},
            {"summary": "x" * 2001},
            {"revision_seen": "x"},
        ):
            self.assertTold(
                "qlvb.document", "create", self.paper(reference="11/CV", **values)
            )
            if values.keys() != {"direction"}:
                self.assertTold(
                    "qlvb.document", "write", self.entry.ids, {"issuer": "z", **values}
                )
        self.assertEqual(self.env["qlvb.document"].search_count([]), before)
        self.assertNotEqual(self.entry.issuer, "z")

    def test_arguments_of_another_kind(self):
        document, entry, order = self.document.ids, self.entry.ids, self.order.ids
        for reason in (None, "", "  ", 5, {"a": 1}, ["x"], NUL, "x" * 5000):
            self.assertTold("qlvb.document", "action_refuse", entry, reason)
            self.assertTold("qlvb.document", "action_direct", document, reason)
            self.assertTold("qlvb.assignment", "action_return", order, reason)
            self.assertTold("qlvb.assignment", "action_recall", order, reason)
        unit = self.culture.id
        for lines in (
            None,
            "x",
            5,
            [],
            [[]],
            [["unit_id", unit]],
            [{"unit_id": HUGE, "role": "lead"}],
            [{"unit_id": "x", "role": "lead"}],
            [{"unit_id": unit, "role": ["lead"]}],
            [{"unit_id": unit, "role": "lead", "deadline": 5}],
            [{"unit_id": unit, "role": "lead", "instruction": 5}],
            [{"unit_id": unit, "role": "lead", "state": "done"}],
            [{"user_id": True, "role": "lead"}],
        ):
            call = self.assertTold
            call("qlvb.document", "action_assign", document, lines)
            call("qlvb.assignment", "action_forward", order, lines)
        self.assertState(self.entry, "draft")
        self.assertFalse(self.document.sudo().direction_ids)

    def test_arguments_of_another_kind_while_chasing(self):
        """Over every new act, by who may and by who may not: words, no traceback."""
        order, given = self.order.ids, self.order.sudo().order_id.ids
        bad = (None, "", 5, HUGE, {"a": 1}, ["x"], NUL, "x" * 5000, True)
        for login in (self.clerk.login, self.chief.login, self.culture_head.login):
            self.authenticate(login, login)
            for value in bad:
                told = self.assertTold
                told("qlvb.assignment", "action_urge", order, value)
                told("qlvb.assignment", "action_send_back", order, value)
                told("qlvb.assignment", "action_request_extension", order, value, "x")
                told(
                    "qlvb.assignment",
                    "action_request_extension",
                    order,
                    "2026-12-01",
                    value,
                )
                told("qlvb.assignment", "action_decide_extension", order, value, "x")
                told("qlvb.order", "action_remind", given, value)
                told("qlvb.order", "action_remind", given, "x", value)
                if value:
                    for scan, day in ((value, None), (None, value)):
                        told(
                            "qlvb.document",
                            "action_direct",
                            self.document.ids,
                            "x",
                            None,
                            scan,
                            day,
                        )
        for number in (BIG, HUGE, "x"):
            self.assertTold("qlvb.order", "action_remind", [number], "x")
            self.assertTold("qlvb.assignment", "action_send_back", [number], "x")
            self.assertTold("qlvb.direction", "action_open_scan", [number])
        self.env.invalidate_all()
        chased = self.order.sudo()
        self.assertFalse(chased.urge_ids)
        self.assertFalse(chased.extension_ids)
        self.assertFalse(chased.result_ids)
        self.assertFalse(self.document.sudo().direction_ids)

    def test_people_of_another_kind(self):
        for people in ([HUGE], [BIG], [self.justice_head.partner_id.id]):
            self.assertTold(
                "qlvb.document",
                "message_post",
                self.document.ids,
                body="x",
                partner_ids=people,
            )
        for people in (["x"], [[1]], [{"id": 1}], [self.justice_head.partner_id.id]):
            self.assertTold(
                "qlvb.document", "message_subscribe", self.document.ids, people
            )
        self.assertTold("qlvb.act.wizard", "create", {"act": "x", "document_id": HUGE})
