from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DocumentCase

BOX = {
    "name": "Thư của Văn phòng",
    "server_type": "imap",
    "server": "mail.example",
    "port": 993,
    "is_ssl": True,
    "user": "vanthu@ubnd.example",
    "new_password": "Bi-mat-2026",
}


@tagged("post_install", "-at_install", "qlvb")
class TestMailbox(DocumentCase):
    """The technical administrator connects a mailbox, and nobody reads its password."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boxes = cls.env["fetchmail.server"].with_user(cls.administrator)
        cls.box = cls.boxes.create(dict(BOX))

    def test_the_administrator_enters_and_tests_it(self):
        self.assertJournal("mailbox_created", self.box, self.administrator)
        self.assertEqual(self.box.sudo().password, "Bi-mat-2026")
        with patch.object(type(self.box), "_connect__") as connect:
            self.box.button_confirm_login()
        self.assertTrue(connect.called)
        self.assertEqual(self.box.state, "done")
        self.assertTrue(self.env.ref("mail.ir_cron_mail_gateway_action").active)
        self.assertJournal("mailbox_opened", self.box, self.administrator)
        self.box.set_draft()
        self.assertEqual(self.box.state, "draft")
        self.assertJournal("mailbox_stopped", self.box, self.administrator)
        self.box.unlink()
        self.assertEqual(len(self.journal("mailbox_removed")), 1)

    def test_the_password_is_never_read_back(self):
        admin = self.env.ref("base.user_admin")
        for user in (self.administrator, admin):
            box = self.box.with_user(user)
            self.env.invalidate_all()
            self.assertFalse(box.read(["new_password"])[0]["new_password"])
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    box.read(["password"])
                with self.assertRaises(AccessError):
                    box.search([("password", "=like", "B%")])
                with self.assertRaises(AccessError):
                    box.export_data(["password"])
                self.assertNotIn("password", box.fields_get())
        said = str(self.journal("mailbox_created").mapped("data"))
        self.assertNotIn("Bi-mat", said)

    def test_a_mailbox_pointed_elsewhere_forgets_its_password(self):
        """It would be shown to whoever runs the other server."""
        self.box.sudo().state = "done"
        self.box.write({"name": "Khác"})
        self.assertEqual(self.box.sudo().password, "Bi-mat-2026")
        self.box.write({"server": "other.example"})
        self.assertFalse(self.box.sudo().password)
        self.assertEqual(self.box.state, "draft")
        self.box.write({"server": "third.example", "new_password": "moi"})
        self.assertEqual(self.box.sudo().password, "moi")
        row = self.journal("mailbox_changed", self.box)[-1]
        self.assertEqual(row.data["fields"], ["new_password", "server"])

    def test_what_core_can_do_besides_is_off(self):
        model = self.env["ir.model"]._get("res.partner")
        for values in (
            {"object_id": model.id},
            {"original": True},
            {"state": "done"},
            {"password": "x"},
            {"script": "/bin/sh"},
            {"server_type": "local"},
        ):
            with self.subTest(str(values)):
                with self.assertRaises(AccessError):
                    self.box.write(values)
                with self.assertRaises(AccessError):
                    self.boxes.create({**BOX, **values})

    def test_nobody_else_keeps_mailboxes(self):
        for user in (self.clerk, self.chief, self.chairman, self.culture_head):
            box = self.box.with_user(user)
            for act in (box.button_confirm_login, box.set_draft, box.fetch_mail):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()
            with self.assertRaises(AccessError):
                box.read(["server"])
            with self.assertRaises(AccessError):
                box.create(dict(BOX))
