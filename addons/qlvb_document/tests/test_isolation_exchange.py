from odoo.tests import tagged

from .common_isolation import MARK, IsolationCase


@tagged("post_install", "-at_install", "qlvb")
class TestIsolationExchange(IsolationCase):
    """Messages, notifications, followers, activities: as confidential as the record."""

    def test_messages_by_id(self):
        ids = (self.message + self.own_message).ids
        self.assertHidden(lambda env: env["mail.message"].browse(ids).read(["body"]))
        self.assertHidden(
            lambda env: env["mail.message"].browse(ids[0]).web_read({"body": {}})
        )
        self.assertHidden(lambda env: env["mail.message"].browse(ids[:1]).body)

    def test_messages_found(self):
        for domain in (
            [],
            [("model", "=", "qlvb.document")],
            [("body", "ilike", MARK)],
            [("needaction", "=", True)],
        ):
            self.assertHidden(
                lambda env, domain=domain: (
                    env["mail.message"].search(domain).mapped("body")
                )
            )
            self.assertHidden(
                lambda env, domain=domain: env["mail.message"].search_read(
                    domain, ["body", "preview"]
                )
            )

    def test_messages_counted(self):
        domain = [("model", "=", "qlvb.document"), ("body", "ilike", MARK)]
        self.assertHidden(
            lambda env: (
                "found" if env["mail.message"].search_count(domain) else "nothing"
            ),
            "found",
        )
        self.assertHidden(
            lambda env: env["mail.message"].formatted_read_group(
                domain, ["model"], ["__count"]
            ),
            "qlvb.document",
        )

    def test_message_box(self):
        for domain in ([], [("needaction", "=", True)], [("needaction", "=", False)]):
            if domain and not domain[0][2]:
                self.notifications.write({"is_read": True})
            self.assertHidden(
                lambda env, domain=domain: (
                    env["mail.message"]
                    ._message_fetch(domain)["messages"]
                    .mapped("body")
                )
            )

    def test_starred(self):
        self.message.with_user(self.owner).toggle_message_starred()
        self.assertHidden(
            lambda env: (
                env["mail.message"].search([("starred", "=", True)]).mapped("body")
            )
        )

    def test_messages_through_other_records(self):
        """Nothing that points at a message may be used to read it."""
        message = self.message

        def planted(env):
            channel = env["discuss.channel"]._create_channel("Nhóm", None)
            member = channel.channel_member_ids.filtered("is_self")
            member.write({"seen_message_id": message.id})
            env.invalidate_all()
            return member.export_data(["seen_message_id/body"])

        self.assertHidden(planted)
        self.assertHidden(
            lambda env: (
                env["mail.notification"]
                .browse(self.notifications.ids)
                .export_data(["mail_message_id/body"])
            )
        )

    def test_notifications(self):
        ids = self.notifications.ids
        self.assertHidden(
            lambda env: env["mail.notification"].browse(ids).read(["mail_message_id"]),
            "mail_message_id",
        )
        self.assertHidden(
            lambda env: env["mail.notification"].search([("id", "in", ids)]).ids,
            str(ids[0]),
        )
        # What they are told of themselves, such as the end of a delegation.
        self.env["mail.notification"].search([("id", "not in", ids)]).is_read = True
        self.assertHidden(
            lambda env: (
                "unread" if env.user.partner_id._get_needaction_count() else "nothing"
            ),
            "unread",
        )

    def test_followers(self):
        domain = [("res_model", "=", "qlvb.document")]
        self.assertHidden(
            lambda env: env["mail.followers"].search(domain).mapped("display_name"),
            self.owner.name,
        )
        self.assertHidden(
            lambda env: f"{env['mail.followers'].search_count(domain)} found",
            "4 found",
        )
        ids = self.document.sudo().message_follower_ids.ids
        self.assertHidden(
            lambda env: env["mail.followers"].browse(ids).read(["partner_id"]),
            self.owner.name,
        )

    def test_activities(self):
        ids = self.activities.ids
        self.assertHidden(lambda env: env["mail.activity"].search([]).mapped("summary"))
        self.assertHidden(
            lambda env: env["mail.activity"].browse(ids).read(["summary", "res_name"])
        )
        self.assertHidden(
            lambda env: env["res.users"]._get_activity_groups(), "qlvb.document"
        )
        self.assertHidden(
            lambda env: env["mail.activity"].get_activity_data("qlvb.document", [])[
                "activity_res_ids"
            ],
            f"[{self.document.id}]",
        )
        self.assertHidden(
            lambda env: (
                "found"
                if env["mail.activity"].search_count([("summary", "ilike", MARK)])
                else "nothing"
            ),
            "found",
        )

    def test_messages_to_be_sent_later(self):
        ids = self.scheduled.ids
        self.assertHidden(
            lambda env: env["mail.scheduled.message"].browse(ids).read(["body"]),
            user=self.chief,
        )
        self.assertHidden(
            lambda env: env["mail.scheduled.message"].search([]).mapped("body"),
            user=self.chief,
        )

    def test_tracked_values(self):
        for user in (self.owner, *self.strangers.values()):
            self.assertRegex(
                self.look(lambda env: env["mail.tracking.value"].search([]), user),
                "^AccessError",
            )

    def test_links_in_own_messages(self):
        """A link to a message, pasted elsewhere, tells nothing of its record."""
        reference = self.document.reference

        def linked(env):
            channel = env["discuss.channel"]._create_channel("Nhóm", None)
            link = (
                '<a class="o_message_redirect" data-oe-model="mail.message" '
                f'data-oe-id="{self.message.id}">x</a>'
            )
            post = channel.message_post(
                body=link, body_is_html=True, message_type="comment"
            )
            return post.linked_message_ids.mapped("record_name")

        self.assertHidden(linked, reference)
