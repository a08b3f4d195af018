import json

from odoo import http
from odoo.tests import HttpCase, tagged

from .common import PDF
from .common_isolation import MARK, IsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationHttp(IsolationCase, HttpCase):
    """The doors of the web: what is said counts, not with which status."""

    def assertClosed(self, door, shows=MARK, user=None):
        """Check that a door shows its mark to the owner and to no stranger.

        :param door: function that goes through it and returns what was said
        :param user: who serves as the positive control; the owner by default
        """
        control = user or self.owner
        self.authenticate(control.login, control.login)
        self.assertIn(shows, door(), "the owner's own look must succeed")
        for who, stranger in self.strangers.items():
            self.authenticate(stranger.login, stranger.login)
            with self.subTest(who):
                said = door()
                self.assertNotIn(shows, said)
        self.authenticate(None, None)
        with self.subTest("not logged in"):
            self.assertNotIn(shows, door())

    def page(self, path, **kwargs):
        """Return what a page says, its headers included."""
        answer = self.url_open(path, allow_redirects=False, **kwargs)
        return answer.content.decode("latin-1") + repr(dict(answer.headers))

    def rpc(self, path, **params):
        """Return what a JSON route says."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(
            path, data=body, headers={"Content-Type": "application/json"}
        ).text

    def call(self, model, method, *args, **kwargs):
        return self.rpc(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def test_files(self):
        tag = f"{MARK}bytes"
        self.assertClosed(lambda: self.page(f"/web/content/{self.scan.id}"), tag)
        self.assertClosed(
            lambda: self.page(f"/web/content/ir.attachment/{self.scan.id}/raw"), tag
        )
        self.assertClosed(
            lambda: self.page(f"/web/content/qlvb.document/{self.document.id}/scan"),
            tag,
        )
        self.assertClosed(
            lambda: self.page(f"/web/content/{self.annex.id}?download=1"),
            f"{MARK}annex",
        )

    def test_files_with_tokens(self):
        token = self.scan.sudo()._get_raw_access_token()
        self.assertClosed(
            lambda: self.page(f"/web/content/{self.scan.id}?access_token={token}"),
            f"{MARK}bytes",
        )
        self.assertClosed(
            lambda: self.page(f"/web/image/{self.scan.id}?access_token={token}"),
            f"{MARK}scan.pdf",
        )
        self.assertClosed(
            lambda: self.page(
                "/mail/attachment/zip",
                data={
                    "file_ids": f"{self.scan.id}",
                    "zip_name": "a.zip",
                    "csrf_token": http.Request.csrf_token(self),
                },
            ),
            f"{MARK}scan.pdf",
        )

    def test_public_mark_opens_nothing(self):
        """Should a mark or a token ever come to stand there, sight still decides."""
        self.cr.execute(
            "UPDATE ir_attachment SET public = TRUE, access_token = 'known' "
            "WHERE id = %s",
            self.annex.ids,
        )
        self.env.invalidate_all()
        for path in ("", "?access_token=known"):
            self.assertClosed(
                lambda path=path: self.page(f"/web/content/{self.annex.id}{path}"),
                f"{MARK}annex",
            )

    def test_thread(self):
        params = {"thread_model": "qlvb.document", "thread_id": self.document.id}
        self.assertClosed(
            lambda: self.rpc("/mail/thread/messages", **params), f"{MARK}body"
        )
        self.assertClosed(
            lambda: self.rpc(
                "/mail/thread/messages",
                **params,
                fetch_params={"search_term": f"{MARK}body"},
            ),
            f"{MARK}body",
        )
        self.assertClosed(
            lambda: self.rpc(
                "/mail/data",
                fetch_params=[
                    [
                        "mail.thread",
                        {
                            **params,
                            "request_list": [
                                "activities",
                                "attachments",
                                "followers",
                                "scheduledMessages",
                            ],
                        },
                    ]
                ],
            ),
            f"{MARK}annex",
        )
        follower = self.document.sudo().message_follower_ids[0]
        self.assertClosed(
            lambda: self.rpc("/mail/read_subscription_data", follower_id=follower.id),
            "subtype_ids",
        )

    def test_message_box(self):
        for path in ("/mail/inbox/messages", "/mail/history/messages"):
            shown = MARK if "inbox" in path else "messages"
            if shown == MARK:
                self.assertClosed(lambda path=path: self.rpc(path), shown)
            else:
                for who, stranger in self.strangers.items():
                    self.authenticate(stranger.login, stranger.login)
                    with self.subTest(who):
                        self.assertNotIn(MARK, self.rpc(path))
        self.message.with_user(self.owner).toggle_message_starred()
        self.assertClosed(lambda: self.rpc("/mail/starred/messages"))
        self.assertClosed(
            lambda: self.rpc("/mail/data", fetch_params=["systray_get_activities"]),
            "qlvb.document",
        )

    def test_link_of_a_message(self):
        path = f"/mail/message/{self.message.id}"
        target = f"qlvb.document/{self.document.id}"
        self.assertClosed(lambda: self.page(path), target)
        self.assertClosed(
            lambda: self.page(
                f"/mail/view?model=qlvb.document&res_id={self.document.id}"
            ),
            f"/odoo/{target}",
        )

    def test_calls(self):
        document = self.document.id
        self.assertClosed(
            lambda: self.call("qlvb.document", "read", [document], ["summary"])
        )
        self.assertClosed(
            lambda: self.call(
                "qlvb.document",
                "web_search_read",
                domain=[],
                specification={"summary": {}},
            )
        )
        self.assertClosed(
            lambda: self.call(
                "mail.message", "web_read", self.message.ids, specification={"body": {}}
            )
        )

    def test_json_2(self):
        """The API with keys is no way round."""
        keys = {}
        for user in (self.owner, *self.strangers.values()):
            keys[user] = (
                self.env["res.users.apikeys"]
                .with_user(user)
                .sudo()
                ._generate("rpc", "test", None)
            )
        self.authenticate(None, None)

        def ask(user, model, method, **body):
            return self.url_open(
                f"/json/2/{model}/{method}",
                data=json.dumps(body),
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"bearer {keys[user]}",
                },
            ).text

        for model, method, body in (
            ("qlvb.document", "search_read", {"domain": [], "fields": ["summary"]}),
            (
                "qlvb.document",
                "read",
                {"ids": self.document.ids, "fields": ["summary"]},
            ),
            ("mail.message", "search_read", {"domain": [], "fields": ["body"]}),
            (
                "ir.attachment",
                "search_read",
                {"domain": [["res_model", "=", "qlvb.document"]], "fields": ["name"]},
            ),
            ("mail.activity", "search_read", {"domain": [], "fields": ["summary"]}),
        ):
            with self.subTest(f"{model} {method}"):
                self.assertIn(MARK, ask(self.owner, model, method, **body))
            for who, stranger in self.strangers.items():
                with self.subTest(f"{model} {method} {who}"):
                    self.assertNotIn(MARK, ask(stranger, model, method, **body))

    def test_post_by_the_chat(self):
        """The chat's own route writes as superuser, and is held to the same."""
        post = {"body": "x", "partner_ids": self.justice_head.partner_id.ids}
        params = {"thread_model": "qlvb.document", "thread_id": self.document.id}
        self.authenticate(self.owner.login, self.owner.login)
        said = self.rpc("/mail/message/post", **params, post_data=post)
        self.assertIn("UserError", said)
        self.assertIn(self.justice_head.name, said)
        post["partner_ids"] = self.clerk.partner_id.ids
        said = self.rpc("/mail/message/post", **params, post_data=post)
        self.assertIn("message_id", said)
        self.authenticate(self.justice_head.login, self.justice_head.login)
        said = self.rpc("/mail/message/post", **params, post_data={"body": "x"})
        self.assertNotIn("message_id", said)

    def test_downloads_are_journalled_once(self):
        self.authenticate(self.owner.login, self.owner.login)
        for _again in range(3):
            self.assertIn(PDF[:8].decode(), self.page(f"/web/content/{self.scan.id}"))
        row = self.assertJournal(
            "downloaded", self.document, self.owner, data={"file": self.scan.id}
        )
        self.assertEqual(row.origin, "web")
        self.assertNotIn(MARK, repr(row.read()))
