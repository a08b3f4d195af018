"""One document with everything that can hang on it, and who must not know of it."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command

from .common import PDF, DocumentCase

MARK = "Xqzw"
"""Stands in every text of the document, and nowhere else in the database."""


class IsolationCase(DocumentCase):
    """A document with messages, files, followers and activities, and strangers.

    ``strangers`` maps what somebody is to the person; several of them once saw the
    document.  ``owner`` (who holds the work), ``clerk`` and ``chief`` see it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader_group = cls.env.ref("base.group_allow_export")
        cls.env["res.users"].search([]).write({"notification_type": "inbox"})
        cls._build_document()
        cls._build_exchange()
        cls._build_strangers()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _build_document(cls):
        cls.document = cls.draft(
            cls.clerk,
            issuer=f"Sở {MARK}issuer",
            summary=f"Về việc {MARK}subject",
            field_id=cls.field_culture.id,
            attachment_ids=[
                Command.set(
                    cls.upload(
                        cls.clerk, f"{MARK}scan.pdf", PDF + f"%{MARK}bytes".encode()
                    ).ids
                )
            ],
        )
        cls.scan = cls.document.sudo().attachment_ids
        cls.document.action_register()
        cls.document.with_user(cls.chairman).action_direct(f"{MARK}direction")
        cls.lead, cls.support = cls.routed(
            cls.line(cls.culture, instruction=f"{MARK}instruction"),
            cls.line(cls.commune, "support"),
            document=cls.document,
        )
        cls.owner = cls.culture_one
        cls.held = cls.passed_on(cls.lead, cls.culture_head, cls.owner)
        cls.former = cls.passed_on(
            cls.support, cls.commune_head, cls.commune_one, cls.commune_two
        )

    @classmethod
    def _build_exchange(cls):
        """Let everybody exchange who sees it, also those who soon will not."""
        document = cls.document
        people = cls.owner + cls.commune_one + cls.commune_two + cls.culture_head
        document.with_user(cls.chief).message_subscribe(people.partner_id.ids)
        file = (
            cls.env["ir.attachment"]
            .with_user(cls.culture_head)
            .create(
                {
                    "name": f"{MARK}annex.pdf",
                    "raw": PDF + f"%{MARK}annex".encode(),
                    "res_model": "mail.compose.message",
                    "res_id": 0,
                }
            )
        )
        cls.message = document.with_user(cls.culture_head).message_post(
            body=f"{MARK}body",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=people.partner_id.ids,
            attachment_ids=file.ids,
        )
        file.sudo().index_content = f"{MARK}annex"
        cls.annex = file
        cls.own_message = document.with_user(cls.commune_one).message_post(
            body=f"{MARK}own", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        cls.message.with_user(cls.commune_one).toggle_message_starred()
        cls.activities = cls.env["mail.activity"]
        for user in (cls.owner, cls.commune_one, cls.commune_two):
            cls.activities += document.with_user(user).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=f"{MARK}activity",
                user_id=user.id,
            )
        cls.scheduled = (
            cls.env["mail.scheduled.message"]
            .with_user(cls.commune_one)
            .create(
                {
                    "model": document._name,
                    "res_id": document.id,
                    "author_id": cls.commune_one.partner_id.id,
                    "body": f"{MARK}later",
                    "scheduled_date": "2099-01-01 08:00:00",
                }
            )
        )
        cls.notifications = cls.message.sudo().notification_ids

    @classmethod
    def _build_strangers(cls):
        cls.former[0].with_user(cls.commune_one).action_return("Không thuộc phần việc")
        cls.former[1].with_user(cls.commune_head).action_recall("Giao nhầm")
        cls.delegate(cls.culture_head, cls.culture_deputy, cls.culture)
        cls.env["qlvb.delegation"].with_user(cls.culture_head).search(
            [("delegate_id", "=", cls.culture_deputy.id)]
        ).action_revoke()
        cls.give_post(cls.outsider, cls.committee, "clerk", date_to="2026-08-25")
        cls.strangers = {
            "clerk of another unit": cls.justice_clerk,
            "head of another unit": cls.justice_head,
            "account of another unit": cls.justice_account,
            "specialist without assignment": cls.culture_two,
            "specialist who returned it": cls.commune_one,
            "specialist from whom it was recalled": cls.commune_two,
            "clerk of the owner until yesterday": cls.outsider,
            "delegate after the end": cls.culture_deputy,
            "deputy of a charged unit": cls.commune_deputy,
            "vice chairman of another field": cls.vice_economy,
            "technical administrator": cls.administrator,
        }
        everybody = cls.owner.browse(user.id for user in cls.strangers.values())
        # The right to export is not what keeps anybody from a document.
        cls.reader_group.sudo().user_ids += everybody + cls.owner + cls.clerk

    def look(self, probe, user):
        """Return what ``user`` gets to see through a probe, as text.

        As in a request of its own; whatever the probe changes is undone.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(user=user, su=False)
        savepoint = self.cr.savepoint()
        try:
            return repr(probe(env))
        except (AccessError, MissingError, UserError, ValueError) as error:
            return f"{type(error).__name__}: {error}"
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def assertHidden(self, probe, shows=MARK, user=None):
        """Check that a probe shows its mark to the owner and to no stranger.

        :param probe: function of an environment, returning what was seen
        :param shows: what must appear for the owner and for nobody else
        :param user: who serves as the positive control; the owner by default
        """
        control = self.look(probe, user or self.owner)
        self.assertIn(shows, control, "the owner's own look must succeed")
        for who, stranger in self.strangers.items():
            with self.subTest(who):
                self.assertNotIn(shows, self.look(probe, stranger))
