import json

from odoo.tests import HttpCase, tagged

from .common_isolation import MARK, DossierIsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestDossierIsolationHttp(DossierIsolationCase, HttpCase):
    """The doors of the web: what is said of a dossier counts, not the status."""

    def assertClosed(self, door, shows=MARK):
        """Check that a door shows its mark to the owner and to no stranger."""
        self.authenticate(self.owner.login, self.owner.login)
        self.assertIn(shows, door(), "the owner's own look must succeed")
        for who, stranger in self.strangers.items():
            self.authenticate(stranger.login, stranger.login)
            with self.subTest(who):
                self.assertNotIn(shows, door())
        self.authenticate(None, None)
        with self.subTest("not logged in"):
            self.assertNotIn(shows, door())

    def page(self, path):
        answer = self.url_open(path, allow_redirects=False)
        return answer.content.decode("latin-1") + repr(dict(answer.headers))

    def rpc(self, path, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json"}
        return self.url_open(path, data=body, headers=headers).text

    def test_files_of_opinions_materials_and_documents(self):
        opinion = self.dossier.sudo().opinion_ids.attachment_ids
        version = self.dossier.sudo().material_ids.version_ids.file_id
        for file, tag in (
            (opinion, f"{MARK}opinion"),
            (version, f"{MARK}material"),
            (self.scan, f"{MARK}scan"),
        ):
            self.assertClosed(lambda f=file: self.page(f"/web/content/{f.id}"), tag)
            token = file.sudo()._get_raw_access_token()
            self.assertClosed(
                lambda f=file, t=token: self.page(
                    f"/web/content/{f.id}?access_token={t}"
                ),
                tag,
            )

    def test_thread(self):
        params = {"thread_model": "qlvb.dossier", "thread_id": self.dossier.id}
        self.assertClosed(
            lambda: self.rpc("/mail/thread/messages", **params), f"{MARK}body"
        )
        asked = {**params, "request_list": ["activities", "attachments", "followers"]}
        self.assertClosed(
            lambda: self.rpc("/mail/data", fetch_params=[["mail.thread", asked]]),
            f"{MARK}annex",
        )

    def test_json_2(self):
        """The API with keys is no way round."""
        keys = {
            user: self.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate("rpc", "test", None)
            for user in (self.owner, *self.strangers.values())
        }
        self.authenticate(None, None)

        def ask(user, model, fields):
            return self.url_open(
                f"/json/2/{model}/search_read",
                data=json.dumps({"domain": [], "fields": fields}),
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"bearer {keys[user]}",
                },
            ).text

        for model, fields in (
            ("qlvb.dossier", ["name"]),
            ("qlvb.opinion", ["body"]),
            ("qlvb.material", ["name"]),
            ("qlvb.dossier.task", ["name"]),
            ("qlvb.dossier.document", ["note"]),
            ("qlvb.document", ["summary"]),
            ("mail.message", ["body"]),
        ):
            with self.subTest(model):
                self.assertIn(MARK, ask(self.owner, model, fields))
            for who, stranger in self.strangers.items():
                with self.subTest(f"{model} {who}"):
                    self.assertNotIn(MARK, ask(stranger, model, fields))
