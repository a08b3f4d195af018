from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_isolation import MARK, IsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationSending(IsolationCase):
    """Nobody without sight is mentioned, followed, charged or notified."""

    def setUp(self):
        super().setUp()
        self.thread = self.document.with_user(self.owner)

    def test_mention_is_refused_by_name(self):
        partner = self.justice_head.partner_id
        for post in (
            lambda: self.thread.message_post(body="x", partner_ids=partner.ids),
            lambda: self.thread.sudo().message_post(body="x", partner_ids=partner.ids),
            lambda: self.thread.message_notify(body="x", partner_ids=partner.ids),
            lambda: (
                self.env["mail.thread"]
                .with_user(self.owner)
                .message_notify(
                    body="x",
                    partner_ids=partner.ids,
                    model="qlvb.document",
                    res_id=self.document.id,
                )
            ),
            lambda: (
                self.env["mail.message"]
                .with_user(self.owner)
                .create(
                    {
                        "model": "qlvb.document",
                        "res_id": self.document.id,
                        "body": "x",
                        "partner_ids": partner.ids,
                    }
                )
            ),
        ):
            self.assertRefused(partner.name, post)
        self.assertTrue(
            self.thread.message_post(body="x", partner_ids=self.clerk.partner_id.ids)
        )

    def test_mention_added_later_is_refused(self):
        message = self.thread.message_post(body="x", message_type="comment")
        with self.assertRaises(UserError):
            message.write({"partner_ids": self.justice_head.partner_id.ids})

    def test_people_outside_are_refused(self):
        stranger = self.env["res.partner"].create(
            {"name": "Báo", "email": "a@example.com"}
        )
        self.assertRefused(
            "Báo", self.thread.message_post, body="x", partner_ids=stranger.ids
        )
        with self.assertRaises(UserError):
            self.thread.message_post(body="x", outgoing_email_to="a@example.com")

    def test_composer(self):
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.owner)
            .with_context(
                default_model="qlvb.document", default_res_ids=self.document.ids
            )
        )
        mail = composer.create(
            {"body": "x", "partner_ids": self.justice_head.partner_id.ids}
        )
        with self.assertRaises(UserError):
            mail.action_send_mail()
        mass = composer.with_context(default_composition_mode="mass_mail").create(
            {"body": "x", "subject": "y"}
        )
        with self.assertRaises(UserError):
            mass.action_send_mail()

    def test_followers_are_refused_by_name(self):
        self.assertRefused(
            self.justice_head.name,
            self.thread.message_subscribe,
            self.justice_head.partner_id.ids,
        )
        self.thread.message_subscribe(self.clerk.partner_id.ids)
        self.assertIn(self.clerk.partner_id, self.document.sudo().message_partner_ids)
        with self.assertRaises(AccessError):
            self.document.with_user(self.justice_head).message_subscribe(
                self.justice_head.partner_id.ids
            )

    def test_activities_only_for_those_who_see(self):
        Activity = self.env["mail.activity"].with_user(self.owner)
        values = {
            "res_model_id": self.env["ir.model"]._get_id("qlvb.document"),
            "res_id": self.document.id,
            "summary": "x",
        }
        with self.assertRaises(UserError):
            Activity.create({**values, "user_id": self.justice_head.id})
        activity = Activity.create({**values, "user_id": self.culture_head.id})
        with self.assertRaises(UserError):
            activity.write({"user_id": self.justice_head.id})

    def test_only_those_who_still_see_are_notified(self):
        """Followers and recipients of before get neither message nor e-mail."""
        self.assertIn(
            self.commune_one.partner_id, self.document.sudo().message_partner_ids
        )
        self.env["mail.mail"].search([]).unlink()
        message = self.document.with_user(self.culture_head).message_post(
            body=f"{MARK}new",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        told = message.sudo().notification_ids.res_partner_id
        self.assertIn(self.owner.partner_id, told)
        blind = self.env["res.users"].browse(u.id for u in self.strangers.values())
        self.assertFalse(told & blind.partner_id)
        mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertFalse(mails.recipient_ids & blind.partner_id)

    def test_what_is_written_here_is_never_sent_out_by_mail(self):
        """Not even to those who chose e-mail for what concerns them."""
        self.culture_head.write({"notification_type": "email", "email": "a@b.vn"})
        before = self.env["mail.mail"].search([])
        message = self.thread.message_post(
            body="Đề nghị báo cáo ngay", partner_ids=self.culture_head.partner_id.ids
        )
        told = message.notification_ids
        self.assertEqual(told.res_partner_id, self.culture_head.partner_id)
        self.assertEqual(told.mapped("notification_type"), ["inbox"])
        self.assertFalse(self.env["mail.mail"].search([]) - before)

    def test_nobody_speaks_for_another(self):
        with self.assertRaises(AccessError):
            self.thread.message_post(body="x", author_id=self.clerk.partner_id.id)
        own = self.thread.message_post(body="x", message_type="comment")
        own.write({"body": "y"})
        for user in (self.clerk, self.culture_head, self.chief):
            with self.assertRaises(AccessError):
                own.with_user(user).write({"body": "z"})
            with self.assertRaises(AccessError):
                own.with_user(user).unlink()
        with self.assertRaises(UserError):
            self.thread.message_change_thread(self.clerk.partner_id)

    def test_the_mail_gateway_is_no_door(self):
        """It works as superuser and in whatever name; its method is open to RPC."""
        mail = (
            f"From: {self.clerk.email}\r\nTo: x@example.com\r\nSubject: x\r\n"
            f"Message-Id: <{MARK}@example.com>\r\n\r\n{MARK}forged"
        )
        for stranger in (self.justice_head, self.administrator, self.owner):
            for details in (
                {"thread_id": self.document.id},
                {"custom_values": self.paper(unit_id=self.committee.id)},
            ):
                with self.subTest(str(details)), self.assertRaises(UserError):
                    self.env["res.partner"].with_user(stranger).message_process(
                        "qlvb.document", mail, **details
                    )
        self.assertFalse(
            self.env["mail.message"].search([("body", "ilike", f"{MARK}forged")])
        )

    def test_the_bus_tells_those_alone_who_see(self):
        self.env["bus.bus"].sudo().search([]).unlink()
        self.document.with_user(self.culture_head).message_post(
            body=f"{MARK}bus",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.owner.partner_id.ids,
        )
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].sudo().search([("message", "like", f"{MARK}bus")])
        channels = " ".join(told.mapped("channel"))
        self.assertIn(f'"res.partner",{self.owner.partner_id.id}]', channels)
        for who, stranger in self.strangers.items():
            with self.subTest(who):
                self.assertNotIn(f'"res.partner",{stranger.partner_id.id}]', channels)

    def test_a_template_of_ones_own_is_sent_on_what_one_sees(self):
        """Nothing is rendered from a record that one does not see."""

        def sent(env):
            template = env["mail.template"].create(
                {
                    "name": "x",
                    "subject": "x",
                    "model_id": env["ir.model"].sudo()._get_id("qlvb.document"),
                }
            )
            mail = template.send_mail(self.document.id)
            return env["mail.mail"].sudo().browse(mail).record_name

        self.assertHidden(sent, self.document.reference)

    def test_strangers_write_nothing_here(self):
        for who, stranger in self.strangers.items():
            with self.subTest(who), self.assertRaises(AccessError):
                self.document.with_user(stranger).message_post(body="x")
            with self.subTest(who), self.assertRaises(AccessError):
                self.message.with_user(stranger).toggle_message_starred()
            with self.subTest(who), self.assertRaises(AccessError):
                self.activities.with_user(stranger).write({"summary": "x"})
            with self.subTest(who), self.assertRaises(AccessError):
                self.own_message.with_user(stranger).write({"body": "x"})


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationSaved(IsolationCase):
    """What people save for themselves is planted into nobody else's screen."""

    def test_searches_are_ones_own(self):
        Filters = self.env["ir.filters"].with_user(self.owner)
        values = {"name": MARK, "model_id": "qlvb.document", "domain": "[]"}
        own = Filters.create({**values, "user_ids": self.owner.ids})
        for users in ([], self.clerk.ids, (self.owner + self.clerk).ids):
            with self.assertRaises(AccessError):
                Filters.create({**values, "user_ids": users})
            with self.assertRaises(AccessError):
                own.write({"user_ids": [(6, 0, users)]})
        shipped = self.env["ir.filters"].create({**values, "user_ids": []})
        with self.assertRaises(AccessError):
            shipped.with_user(self.owner).write({"domain": "[(0, '=', 1)]"})
        with self.assertRaises(AccessError):
            shipped.with_user(self.owner).unlink()
        shipped.unlink()
        self.assertHidden(
            lambda env: env["ir.filters"].get_filters("qlvb.document"), MARK
        )

    def test_defaults_are_ones_own(self):
        Defaults = self.env["ir.default"]
        Defaults.with_user(self.owner).set(
            "qlvb.document", "issuer", MARK, user_id=True
        )
        self.assertHidden(lambda env: env["ir.default"].search_read([], ["json_value"]))
        with self.assertRaises(AccessError):
            Defaults.with_user(self.owner).set("qlvb.document", "issuer", MARK)

    def test_files_being_imported_are_ones_own(self):
        Import = self.env["base_import.import"].with_user(self.owner)
        buffer = Import.create(
            {"res_model": "qlvb.document", "file": MARK.encode(), "file_name": MARK}
        )
        self.assertHidden(lambda env: buffer.with_env(env).read(["file_name"]))
        self.assertHidden(
            lambda env: env["base_import.import"].search([]).mapped("file_name")
        )

    def test_templates_read_no_record(self):
        """A mail template of one's own renders no field of anybody's record."""
        template = (
            self.env["mail.template"]
            .with_user(self.owner)
            .create(
                {
                    "name": "x",
                    "model_id": self.env["ir.model"]._get_id("res.partner"),
                }
            )
        )
        body = (
            "<t t-out=\"object.env['qlvb.document'].sudo().search([]).mapped("
            "'summary')\"/>"
        )
        with self.assertRaises(AccessError):
            template.write({"body_html": body})

    def test_screens_are_ones_own(self):
        action = self.env.ref("base.action_partner_form")
        Embedded = self.env["ir.embedded.actions"].with_user(self.owner)
        values = {
            "name": MARK,
            "parent_action_id": action.id,
            "action_id": action.id,
            "parent_res_model": "qlvb.document",
        }
        Embedded.create({**values, "user_id": self.owner.id})
        for user_id in (False, self.clerk.id):
            with self.assertRaises(AccessError):
                Embedded.create({**values, "user_id": user_id})
        self.assertHidden(
            lambda env: env["ir.embedded.actions"].search([]).mapped("name")
        )
