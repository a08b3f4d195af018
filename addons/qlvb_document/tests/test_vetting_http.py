import json

from odoo import http
from odoo.tests import HttpCase, tagged

from .common_cabinet import BODY, PROGRAM, pdf
from .test_vetting_doors import DoorCase


@tagged("post_install", "-at_install", "qlvb")
class TestVettingHttp(DoorCase, HttpCase):
    """A clerk uploads with the browser, and is told in words what is wrong."""

    def setUp(self):
        super().setUp()
        self.clerk.write({"password": self.clerk.login, "lang": "vi_VN"})
        self.authenticate(self.clerk.login, self.clerk.login)
        self.explain = self.env["qlvb.vetting"].with_context(lang="vi_VN")._explain_file
        self.secret = (
            self.env["qlvb.document"]
            .with_context(lang="vi_VN")
            ._explain_refusal("secret")
        )

    def send(self, path, name, content, **fields):
        """Upload a file as the web client does; return what the client reads."""
        fields["csrf_token"] = http.Request.csrf_token(self)
        answer = self.url_open(
            path,
            data=fields,
            files={"ufile": (name, content, "application/pdf")},
        )
        self.assertEqual(answer.status_code, 200)
        return json.loads(answer.text)

    def test_on_the_form(self):
        path, place = "/web/binary/upload_attachment", {"model": "qlvb.document"}
        before = self.remains()
        for name, content, said in (
            ("a.pdf", PROGRAM, self.explain("mismatch")),
            ("a.pdf", b"", self.explain("empty")),
            ("a.zip", b"PK", self.explain("type")),
            ("a.pdf", self.stamped(7), self.secret),
        ):
            told = self.send(path, name, content, id=0, **place)
            self.assertEqual([one.get("error") for one in told], [said])
        self.assertEqual(self.remains(), before)
        self.assertEqual(len(self.journal("file_refused")), 3)
        self.assertEqual(len(self.journal("admission_refused")), 1)
        told = self.send(path, "a.pdf", pdf(f"{BODY}<p>ok</p>"), id=0, **place)
        self.assertTrue(told[0]["id"])

    def test_on_the_draft(self):
        draft = self.draft(reference="9/CV")
        told = self.send(
            "/web/binary/upload_attachment",
            "a.pdf",
            self.stamped(8),
            model="qlvb.document",
            id=draft.id,
        )
        self.assertEqual(told[0]["error"], self.secret)
        self.env.invalidate_all()
        self.assertFalse(draft.exists())

    def test_in_a_conversation(self):
        document = self.registered(reference="10/CV")
        place = {"thread_model": "qlvb.document", "thread_id": document.id}
        before = self.remains()
        for pending in ("true", "false"):
            for name, content, said in (
                ("a.pdf", PROGRAM, self.explain("mismatch")),
                ("a.pdf", self.stamped(9), self.secret),
            ):
                told = self.send(
                    "/mail/attachment/upload",
                    name,
                    content,
                    is_pending=pending,
                    **place,
                )
                self.assertEqual(told.get("error"), {"message": said})
        self.assertEqual(self.remains(), before)
        told = self.send(
            "/mail/attachment/upload",
            "a.pdf",
            pdf(f"{BODY}<p>ok 2</p>"),
            is_pending="true",
            **place,
        )
        self.assertTrue(told["data"]["attachment_id"])

    def test_a_message_of_the_chat(self):
        document = self.registered(reference="10/CV")
        body = json.dumps(
            {
                "jsonrpc": "2.0",
                "params": {
                    "thread_model": "qlvb.document",
                    "thread_id": document.id,
                    "post_data": {"body": "TUYỆT MẬT", "message_type": "comment"},
                },
            }
        )
        answer = self.url_open(
            "/mail/message/post",
            data=body,
            headers={"Content-Type": "application/json"},
        ).json()
        self.assertEqual(answer["error"]["data"]["message"], self.secret)
        self.assertFalse(
            self.env["mail.message"].search([("body", "like", "TUYỆT MẬT")])
        )

    def test_a_table_to_import(self):
        buffer = (
            self.env["base_import.import"]
            .with_user(self.clerk)
            .create({"res_model": "qlvb.document"})
        )
        path = "/base_import/set_file"
        told = self.send(path, "a.xlsx", PROGRAM, id=buffer.id)
        self.assertEqual(told["error"]["message"], self.explain("mismatch"))
        told = self.send(path, "a.csv", "MẬT;1".encode(), id=buffer.id)
        self.assertEqual(told["error"]["message"], self.secret)
        self.assertTrue(self.send(path, "a.csv", b"a;1", id=buffer.id)["result"])
