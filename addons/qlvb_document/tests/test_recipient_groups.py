from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_dispatch import DispatchCase


@tagged("post_install", "-at_install")
class TestRecipientGroups(DispatchCase):
    """Those who are written to together are listed with one choice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agencies = cls.env.ref("qlvb_document.qlvb_recipient_group_agencies")
        cls.communes = cls.env.ref("qlvb_document.qlvb_recipient_group_communes")
        cls.group = (
            cls.env["qlvb.recipient.group"]
            .with_user(cls.clerk)
            .create(
                {
                    "name": "Khối văn hóa",
                    "unit_id": cls.committee.id,
                    "unit_ids": (cls.culture | cls.commune).ids,
                }
            )
        )

    def test_clerk_lists_all_agencies_and_communes(self):
        document = self.signed().with_user(self.clerk)
        ours = self.office | self.culture | self.justice
        document.action_add_group(self.agencies.id)
        self.assertLessEqual(ours, document.dispatch_ids.unit_id)
        self.assertNotIn(self.commune, document.dispatch_ids.unit_id)
        before = len(document.dispatch_ids)
        self.assertGreaterEqual(document.action_add_group(self.communes.id), 1)
        self.assertIn(self.commune, document.dispatch_ids.unit_id)
        # Each once, however often they are chosen.
        self.assertEqual(document.action_add_group(self.agencies.id), 0)
        self.assertEqual(document.action_add_group(self.group.id), 0)
        self.assertGreater(len(document.dispatch_ids), before)
        for wrong in (0, "all", None, [1]):
            with self.assertRaises(UserError):
                document.action_add_group(wrong)

    def test_a_new_commune_is_in_the_group_of_the_day(self):
        count = self.communes.count
        self.commune.copy({"name": "Ủy ban nhân dân xã mới", "account_user_id": False})
        self.communes.invalidate_recordset(["count"])
        self.assertEqual(self.communes.count, count + 1)

    def test_issuer_is_never_among_them(self):
        document = self.outgoing(unit_id=self.culture.id, type_id=self.kind.id)
        document.action_add_group(self.agencies.id)
        self.assertNotIn(self.culture, document.dispatch_ids.unit_id)
        with self.assertRaises(AccessError):
            document.with_user(self.culture_two).action_add_group(self.communes.id)

    def test_group_is_kept_by_its_unit(self):
        self.assertCanRead(self.justice_one, self.group)
        for user in (self.justice_clerk, self.culture_one, self.culture_head):
            with self.assertRaises(AccessError, msg=user.login):
                self.group.with_user(user).write({"name": "Khác"})
        with self.assertRaises(AccessError):
            self.communes.with_user(self.clerk).write({"name": "Khác"})
        with self.assertRaises(AccessError):
            self.group.with_user(self.justice_clerk).create(
                {"name": "Nhóm", "unit_id": self.committee.id}
            )
        self.group.with_user(self.chairman).write({"name": "Khối văn hóa - xã hội"})

    def test_dialog_lists_groups_and_units_at_once(self):
        document = self.signed()
        wizard = (
            self.env["qlvb.recipient.wizard"]
            .with_user(self.clerk)
            .with_context(active_model="qlvb.document", active_id=document.id)
            .create({"group_ids": self.group.ids, "unit_ids": self.justice.ids})
        )
        wizard.action_confirm()
        self.assertEqual(
            document.dispatch_ids.unit_id, self.culture | self.commune | self.justice
        )


@tagged("post_install", "-at_install")
class TestBoard(DispatchCase):
    """Who has received, opened, registered, refused: at one look."""

    def test_answers_are_counted(self):
        rows = self.dispatched(self.culture, self.commune, self.justice)
        document = rows.document_id
        self.copy_of(rows[0]).action_register()
        self.copy_of(rows[1]).action_refuse("Gửi nhầm")
        self.copy_of(rows[2]).web_read({"summary": {}})
        self.env.invalidate_all()
        self.assertEqual(rows.mapped("status"), ["received", "refused", "opened"])
        text = document.with_user(self.clerk).with_context(lang="en_US").dispatch_text
        self.assertEqual(text, "1/3 registered, 1 refused")
        unanswered = self.env["qlvb.dispatch"].with_user(self.clerk)
        found = unanswered.search([("is_own", "=", True), ("state", "=", "sent")])
        self.assertEqual(found, rows[2])
        # VHTT drafted it: its clerk sees the rows, and they are not its own to chase.
        mine = rows.with_user(self.culture_clerk).search([("is_own", "=", True)])
        self.assertFalse(mine)

    def test_urgent_document_rings_at_the_recipients_clerks(self):
        sent = []
        self.patch(
            self.registry["res.users"],
            "_bus_send",
            lambda users, kind, payload, **more: sent.append((users, kind, payload)),
        )
        self.dispatched(self.culture)
        self.assertFalse(
            [kind for _users, kind, _said in sent if kind == "qlvb.urgent"]
        )
        self.dispatched(self.culture, urgency="express")
        rings = [(users, said) for users, kind, said in sent if kind == "qlvb.urgent"]
        [(users, said)] = rings
        self.assertEqual(users, self.culture_clerk | self.culture_account)
        self.assertEqual(said, {"reference": "02/QĐ-UBND"})

    def test_signer_is_told_of_a_recall(self):
        rows = self.dispatched(self.culture, self.commune)
        document = rows.document_id
        before = self.messages(document)
        rows[0].action_recall("Sai số liệu")
        told = (self.messages(document) - before).notified_partner_ids
        self.assertEqual(told, (self.chairman | self.culture_one).partner_id)
