import base64
import io
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common_accounts import AccountCase


@tagged("post_install", "-at_install", "qlvb")
class TestClosedDoors(AccountCase):
    """Accounts change by decided requests, and through no other door (Article 9.4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.victim = cls.culture_one
        cls.staff = (
            cls.admin,
            cls.administrator,
            cls.chairman,
            cls.chief,
            cls.clerk,
            cls.culture_head,
            cls.culture_account,
            cls.outsider,
        )

    def attempts(self, user):
        """Return calls, as RPC makes them, by which ``user`` would change accounts."""
        victim, system = self.victim, self.env.ref("base.group_system")
        to_system = {"group_ids": [Command.link(system.id)]}
        holds = {"user_ids": [Command.link(user.id)]}
        chief = self.env.ref("qlvb_base.group_qlvb_chief")
        post = self.post_of(self.culture_two, self.culture)
        return (
            (
                "res.users.pass.history",
                "create",
                [{"user_id": victim.id, "date": "2030-01-01 00:00:00"}],
            ),
            (
                "ir.asset",
                "create",
                [{"name": "x", "bundle": "web.assets_web", "path": "/x.js"}],
            ),
            (
                "ir.model.data",
                "write",
                self.env["ir.model.data"]
                .search([("name", "=", "group_mail_notification_type_inbox")])
                .ids,
                {"res_id": system.id},
            ),
            ("res.users", "create", [{"name": "X", "login": "x"}]),
            ("res.users", "web_create_users", ["x@example.com"]),
            ("res.users", "copy", victim.ids),
            ("res.users", "write", victim.ids, {"active": False}),
            ("res.users", "write", victim.ids, {"login": "x"}),
            ("res.users", "write", victim.ids, {"name": "X"}),
            ("res.users", "write", victim.ids, {"email": "x@example.com"}),
            ("res.users", "write", victim.ids, {"password": "Another-2026"}),
            ("res.users", "write", victim.ids, {"new_password": "Another-2026"}),
            ("res.users", "write", victim.ids, {"totp_secret": False}),
            ("res.users", "write", victim.ids, {"must_change_password": False}),
            ("res.users", "write", victim.ids, {"lang": "en_US"}),
            (
                "res.users",
                "write",
                victim.ids,
                {"group_ids": [Command.link(system.id)]},
            ),
            ("res.users", "write", victim.ids, {"position_ids": [Command.clear()]}),
            ("res.users", "web_save", victim.ids, {"login": "x"}, {}),
            ("res.users", "load", ["login", "name"], [["x", "X"]]),
            ("res.users", "action_archive", victim.ids),
            ("res.users", "unlink", victim.ids),
            ("res.users", "unlink", self.outsider.ids),
            ("res.users", "action_reset_password", victim.ids),
            ("res.users", "reset_password", [], victim.login),
            (
                "res.users",
                "signup",
                {"login": "x", "name": "X", "password": "Another-26"},
            ),
            ("res.users", "write", user.ids, {"group_ids": [Command.link(chief.id)]}),
            ("res.users", "write", user.ids, to_system),
            ("res.users", "write", user.ids, {"name": "X"}),
            ("res.users", "write", user.ids, {"login": "x"}),
            ("res.users", "write", user.ids, {"must_change_password": False}),
            ("res.groups", "write", chief.ids, holds),
            ("res.groups", "write", system.ids, holds),
            ("res.groups", "write", chief.ids, {"implied_ids": system.ids}),
            ("res.groups", "create", [{"name": "X"} | holds]),
            ("res.groups", "unlink", chief.ids),
            ("res.partner", "write", victim.partner_id.ids, {"name": "X"}),
            ("res.partner", "write", victim.partner_id.ids, {"email": "x@example.com"}),
            ("res.partner", "write", victim.partner_id.ids, {"active": False}),
            ("res.partner", "write", user.partner_id.ids, {"name": "X"}),
            ("res.partner", "unlink", victim.partner_id.ids),
            (
                "change.password.wizard",
                "create",
                [{"user_ids": [Command.create(self._password_of(victim))]}],
            ),
            ("change.password.user", "create", [self._password_of(victim)]),
            ("res.users.deletion", "create", [{"user_id": victim.id}]),
            ("qlvb.position", "write", post.ids, {"role": "head"}),
            (
                "qlvb.position",
                "create",
                [{"user_id": user.id, "unit_id": self.culture.id, "role": "clerk"}],
            ),
            ("qlvb.unit", "write", self.culture.ids, {"keeper_id": user.id}),
            ("qlvb.unit", "write", self.culture.ids, {"account_user_id": user.id}),
        )

    def _password_of(self, user):
        return {
            "user_id": user.id,
            "user_login": user.login,
            "new_passwd": "Another-2026",
        }

    def _state(self):
        """Return what of accounts and posts stands in the database."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT u.id, u.login, u.active, u.password, p.name, p.email, p.active,
                      array(SELECT gid FROM res_groups_users_rel g
                            WHERE g.uid = u.id ORDER BY gid)
               FROM res_users u JOIN res_partner p ON p.id = u.partner_id ORDER BY 1"""
        )
        users = self.env.cr.fetchall()
        self.env.cr.execute(
            """SELECT id, user_id, unit_id, role, date_from, date_to
               FROM qlvb_position ORDER BY 1"""
        )
        return users, self.env.cr.fetchall()

    def test_nobody_changes_accounts_and_posts_over_rpc(self):
        before = self._state()
        counted = 0
        for user in self.staff:
            for model, method, *args in self.attempts(user):
                with (
                    self.subTest(user.login, model=model, method=method, args=args),
                    self.env.cr.savepoint(),
                ):
                    # An import tells its refusal in its answer.
                    if method == "load":
                        answer = self._call(user, model, method, *args)
                        self.assertFalse(answer["ids"])
                    else:
                        with self.assertRaises(AccessError):
                            self._call(user, model, method, *args)
                counted += 1
            self.env.invalidate_all()
            self.assertEqual(self._state(), before, user.login)
        self.assertGreater(counted, 300)

    def _call(self, user, model, method, *args):
        return call_kw(self.env[model].with_user(user), method, list(args), {})

    def test_core_acting_for_somebody_is_that_somebodys_act(self):
        """What core does with ``sudo()`` is not the system's decision."""
        for user in (self.admin, self.chairman, self.env.ref("base.public_user")):
            account = self.victim.with_user(user).sudo()
            for vals in (
                {"active": False},
                {"password": "Another-2026"},
                {"login": "x"},
                {"totp_secret": False},
            ):
                with self.subTest(user.login, vals=vals):
                    self.assertDenied(account.write, vals)
            self.assertDenied(
                self.env["res.users"].with_user(user).sudo().create,
                {"name": "X", "login": "x"},
            )
            self.assertDenied(account.partner_id.write, {"name": "X"})

    def test_the_register_of_persons_does_not_close_an_account(self):
        """Core's look-up of personal data archives and deletes as superuser."""
        wizard = (
            self.env["privacy.lookup.wizard"]
            .with_user(self.admin)
            .create({"name": self.victim.name, "email": self.victim.email})
        )
        wizard.action_lookup()
        line = wizard.line_ids.filtered(lambda row: row.res_model == "res.users")
        self.assertEqual(line.res_id, self.victim.id)
        line.is_active = False
        self.assertDenied(line._onchange_is_active)
        self.assertDenied(line.action_unlink)

    def test_a_contact_with_an_account_is_not_merged(self):
        other = self.env["res.partner"].create({"name": "Nơi nhận ngoài"})
        merge = self.env["base.partner.merge.automatic.wizard"].with_user(self.admin)
        pair = [other.id, self.victim.partner_id.id]
        self.assertDenied(merge._merge, pair, other)
        self.assertEqual(self.victim.name, "Test culture_one")

    def test_a_link_by_mail_opens_nothing(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        public = self.env["res.users"].with_user(self.env.ref("base.public_user"))
        token = self.victim.partner_id._generate_signup_token()
        self.assertDenied(public.sudo().signup, {"password": "Another-2026"}, token)
        values = {"login": "x", "name": "X", "password": "Another-2026"}
        self.assertDenied(public.sudo().signup, values)
        self.assertDenied(public.sudo().reset_password, self.victim.login)

    def test_keys_and_second_factor_of_others_stay(self):
        keys = self.env["res.users.apikeys"]
        keys.with_user(self.victim).sudo()._generate("rpc", "Khóa", False)
        key = keys.search([("user_id", "=", self.victim.id)])
        self.assertDenied(keys.with_user(self.admin).browse(key.id)._remove)
        self.victim.totp_secret = "ABCDEFGH"
        self.assertDenied(self.victim.with_user(self.admin).action_totp_disable)
        self.assertTrue(self.victim.totp_enabled)
        # One's own are one's own.
        keys.with_user(self.victim).browse(key.id)._remove()
        self.assertFalse(keys.search([("user_id", "=", self.victim.id)]))

    def test_own_preferences_and_own_password_remain(self):
        for user in (self.victim, self.culture_account, self.admin):
            with self.subTest(user.login):
                account = user.with_user(user)
                account.write({"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
                account.write({"email": "own@example.com", "phone": "0240"})
                account.write({"notification_type": "email"})
                self.assertEqual(user.email, "own@example.com")
                before = self._hash(user)
                account.env.user._change_password("Rieng-cua-toi-2026")
                self.assertNotEqual(self._hash(user), before)

    def _hash(self, user):
        self.env.flush_all()
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        return self.env.cr.fetchone()[0]

    # -- the software itself --------------------------------------------------

    def test_no_code_rules_or_rights_are_planted(self):
        model = self.env.ref("base.model_res_users")
        rule = self.env.ref("qlvb_base.qlvb_membership_rule_nobody")
        access = self.env.ref("qlvb_base.access_qlvb_membership_nobody")
        action = self.env["ir.actions.server"].create(
            {"name": "X", "model_id": model.id, "state": "code", "code": "pass"}
        )
        cron = self.env.ref("qlvb_base.ir_cron_qlvb_posts")
        view = self.env.ref("web.login")
        module = self.env.ref("base.module_qlvb_base")
        code = {"name": "X", "model_id": model.id, "state": "code", "code": "pass"}
        calls = (
            ("ir.actions.server", "create", [code]),
            ("ir.actions.server", "write", action.ids, {"code": "raise"}),
            ("ir.actions.server", "unlink", action.ids),
            ("ir.cron", "create", [code | {"user_id": self.env.uid}]),
            ("ir.cron", "write", cron.ids, {"code": "raise"}),
            ("ir.cron", "unlink", cron.ids),
            ("ir.ui.view", "write", view.ids, {"arch": "<t/>"}),
            ("ir.ui.view", "create", [{"name": "X", "arch": "<t/>", "type": "qweb"}]),
            ("ir.rule", "write", rule.ids, {"active": False}),
            ("ir.rule", "unlink", rule.ids),
            ("ir.model.access", "write", access.ids, {"perm_create": True}),
            ("ir.model.access", "create", [{"name": "X", "model_id": model.id}]),
            (
                "ir.model.fields",
                "create",
                [{"name": "x_x", "model_id": model.id, "ttype": "char"}],
            ),
            ("ir.model", "create", [{"name": "X", "model": "x_x"}]),
            ("ir.module.module", "write", module.ids, {"state": "to remove"}),
            ("ir.module.module", "button_uninstall", module.ids),
        )
        for user in self.staff:
            for model_name, method, *args in calls:
                with (
                    self.subTest(user.login, model=model_name, method=method),
                    self.env.cr.savepoint(),
                    # Core refuses its own buttons in its own way.
                    self.assertRaises(UserError),
                ):
                    self._call(user, model_name, method, *args)
        self._call(self.admin, "ir.cron", "write", cron.ids, {"active": False})
        self.assertFalse(cron.active)

    def test_an_uploaded_module_plants_nothing(self):
        record = b"""<odoo><record id="x" model="ir.actions.server">
            <field name="name">X</field><field name="state">code</field>
            <field name="model_id" ref="base.model_res_users"/>
            <field name="code">pass</field></record></odoo>"""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("x_mod/__init__.py", b"")
            archive.writestr("x_mod/__manifest__.py", b"{'name':'X','data':['x.xml']}")
            archive.writestr("x_mod/x.xml", record)
        wizard = self.env["base.import.module"].with_user(self.admin)
        upload = wizard.create({"module_file": base64.b64encode(stream.getvalue())})
        with self.assertRaises(Exception):  # noqa: B017 - whatever core makes of it
            upload.import_module()
        self.assertFalse(self.env["ir.actions.server"].search([("name", "=", "X")]))

    # -- an empty house -------------------------------------------------------

    def test_the_emergency_administrator_sets_an_empty_house_up_once(self):
        chairmen = self.env["qlvb.position"].search(
            [
                ("role", "in", ("head", "chief_of_office")),
                ("unit_id.kind", "=", "committee"),
            ]
        )
        chairmen.write({"role": "specialist"})
        admin = self.env(user=self.admin, su=False)
        users = admin["res.users"].with_context(no_reset_password=True)
        user = users.create({"name": "Chủ tịch", "login": "chutich.moi"})
        unit = admin["qlvb.unit"].create(
            {"name": "Huyện", "symbol": "UBND", "kind": "committee"}
        )
        posts = admin["qlvb.position"]
        holds = {"user_id": user.id, "unit_id": unit.id}
        posts.create(holds | {"role": "head"})
        # Nobody could give it any more afterwards.
        chief = holds | {"role": "chief_of_office"}
        self.assertRefused(["Chủ tịch", "no password yet"], posts.create, chief)
        user.write({"password": "Dau-tien-2026"})
        posts.create(chief)
        self.env.invalidate_all()
        self.assertDenied(user.write, {"password": "Lan-hai-2026"})
        self.assertDenied(users.create, {"name": "X", "login": "x"})
