from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import NOW
from .common_dispatch import DispatchCase


@tagged("post_install", "-at_install")
class TestRecall(DispatchCase):
    """What went out wrongly is taken back, and what replaces it is known (NĐ 30)."""

    def test_clerk_recalls_from_one_recipient(self):
        rows = self.dispatched(self.culture, self.commune)
        copies = [self.copy_of(row) for row in rows]
        for user in (self.chairman, self.culture_one, self.culture_clerk):
            with self.assertRaises(AccessError, msg=user.login):
                rows[0].with_user(user).action_recall("Sai số liệu")
        with self.assertRaises(UserError):
            rows[0].action_recall(" ")
        rows[0].action_recall("Sai số liệu")
        self.assertRecordValues(
            rows,
            [
                {
                    "state": "recalled",
                    "recall_reason": "Sai số liệu",
                    "recalled_at": NOW,
                    "recalled_by_id": self.clerk.id,
                    "recall_decided_by_id": self.chairman.id,
                },
                {
                    "state": "sent",
                    "recall_reason": False,
                    "recalled_at": False,
                    "recalled_by_id": False,
                    "recall_decided_by_id": False,
                },
            ],
        )
        self.assertEqual(copies[0].state, "recalled")
        self.assertEqual(copies[0].recall_reason, "Sai số liệu")
        self.assertEqual(copies[1].state, "draft")
        self.assertJournal("recalled_by_sender", copies[0].sudo(), self.clerk)
        self.assertJournal("dispatch_recalled", rows[0].document_id, self.clerk)
        with self.assertRaises(UserError):
            rows[0].action_recall("Lần nữa")

    def test_recipient_only_reads_what_was_recalled(self):
        [row] = self.dispatched(self.culture)
        copy = self.copy_of(row)
        row.action_recall("Sai số liệu")
        with self.assertRaises(UserError):
            copy.action_register()
        with self.assertRaises(UserError):
            copy.action_refuse("Không nhận")
        with self.assertRaises(UserError):
            copy.write({"deadline": "2026-09-30"})
        self.assertCanRead(self.culture_account, copy)
        self.assertCannotRead(self.clerk, copy)
        told = (
            self.env["mail.message"]
            .sudo()
            .search([("model", "=", "qlvb.document"), ("res_id", "=", copy.id)])
        )
        self.assertEqual(
            told.notified_partner_ids,
            (self.culture_clerk | self.culture_account | self.culture_head).partner_id,
        )

    def test_registered_copy_keeps_its_number(self):
        [row] = self.dispatched(self.culture)
        copy = self.copy_of(row)
        copy.action_register()
        lines = [
            self.line(self.culture_one),
            self.line(self.culture_two, "support"),
        ]
        orders = self.env["qlvb.assignment"].browse(
            copy.with_user(self.culture_head).action_assign(lines)
        )
        orders[1].with_user(self.culture_two).action_done("Đã góp ý")
        row.action_recall("Ban hành nhầm")
        self.assertEqual((copy.state, copy.number), ("recalled", 1))
        self.assertEqual(orders.mapped("state"), ["recalled", "done"])
        self.assertEqual(orders[0].sudo().reason, "Ban hành nhầm")
        for act in (
            lambda: copy.with_user(self.culture_head).action_assign(lines),
            lambda: copy.with_user(self.culture_head).action_direct("Làm tiếp"),
            lambda: orders[0].with_user(self.culture_one).action_accept(),
            lambda: orders[1].with_user(self.culture_head).action_send_back("Thiếu"),
        ):
            with self.assertRaises(UserError):
                act()
        # The next paper does not get the number again.
        other = self.draft(self.culture_clerk, unit_id=self.culture.id)
        other.action_register()
        self.assertEqual(other.number, 2)
        self.env.flush_all()
        for column, value in (("state", "assigned"), ("recall_reason", "khác")):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE qlvb_document SET {column} = %s WHERE id = %s",
                    (value, copy.id),
                )
            self.assertIn("never rewritten", str(caught.exception))

    def test_register_prints_the_explanation(self):
        [row] = self.dispatched(self.culture)
        copy = self.copy_of(row)
        copy.action_register()
        row.action_recall("Ban hành nhầm")
        [line] = self.env["qlvb.form"].with_user(self.culture_head)._register_rows(copy)
        self.assertIn("Bên gửi thu hồi", line[9])
        self.assertIn("Ban hành nhầm", line[9])

    def test_clerk_recalls_from_everybody(self):
        rows = self.dispatched(self.culture, self.commune, self.justice)
        document = rows.document_id
        self.copy_of(rows[0]).action_register()
        self.copy_of(rows[1]).action_refuse("Gửi nhầm")
        with self.assertRaises(AccessError):
            document.with_user(self.culture_one).action_recall("Sai thẩm quyền")
        document.with_user(self.clerk).action_recall("Sai thẩm quyền")
        self.assertEqual(rows.mapped("state"), ["recalled", "refused", "recalled"])
        self.assertEqual(document.recall_reason, "Sai thẩm quyền")
        self.listed(document, self.office)
        self.assertRefused(
            "Sai thẩm quyền", document.with_user(self.clerk).action_dispatch
        )

    def test_clerk_enters_on_whose_word_it_is_recalled(self):
        rows = self.dispatched(self.culture, self.commune, self.justice)
        document = rows.document_id.with_user(self.clerk)
        for nobody in (
            self.clerk.id,
            self.culture_head.id,
            self.commune_head.id,
            str(self.vice_culture.id),
            True,
            [self.vice_culture.id],
            10**12,
        ):
            for act in (rows[0].action_recall, document.action_recall):
                self.assertRefused(self.vice_culture.name, act, "Sai số liệu", nobody)
        self.assertEqual(set(rows.mapped("state")), {"sent"})
        rows[0].action_recall("Sai số liệu", self.vice_culture.id)
        document.action_recall("Sai thẩm quyền", self.vice_economy.id)
        self.assertEqual(
            [row.recall_decided_by_id for row in rows],
            [self.vice_culture, self.vice_economy, self.vice_economy],
        )
        self.assertEqual(rows.recalled_by_id, self.clerk)
        self.assertEqual(
            {
                row.data["on_word_of"]
                for row in self.journal("dispatch_recalled", document)
            },
            {self.vice_culture.name, self.vice_economy.name},
        )
        told = self.messages(document).filtered(
            lambda message: self.vice_economy.name in message.body
        )
        self.assertIn(self.chairman.partner_id, told.notified_partner_ids)

    def test_who_left_keeps_nobody_from_refusing_or_recalling(self):
        first, second = self.dispatched(self.culture, self.commune)
        posts = self.env["qlvb.position"].search(
            [("user_id", "in", (self.chairman | self.culture_one).ids)]
        )
        posts.date_to = "2026-08-25"
        self.copy_of(second).action_refuse("Gửi nhầm")
        first.action_recall("Sai số liệu", self.vice_culture.id)
        self.assertEqual((first.state, second.state), ("recalled", "refused"))

    def test_dialog_proposes_the_signer(self):
        [row] = self.dispatched(self.culture)
        Wizard = self.env["qlvb.dispatch.wizard"]
        dialog = Wizard.with_user(self.clerk).with_context(
            default_act="recall", active_model="qlvb.dispatch", active_ids=row.ids
        )
        wizard = dialog.create({"text": "Sai số liệu"})
        self.assertEqual(wizard.decided_by_id, self.chairman)
        self.assertEqual(
            wizard.decider_ids, self.chairman | self.vice_culture | self.vice_economy
        )
        wizard.decided_by_id = self.vice_culture
        wizard.action_confirm()
        self.assertEqual(row.recall_decided_by_id, self.vice_culture)
        # Whoever does not see the document learns of no leader of it.
        asked = Wizard.with_user(self.justice_one).new(
            {"document_id": row.document_id.id}
        )
        self.assertFalse(asked.decider_ids | asked.decided_by_id)

    def test_replacement_recalls_the_old_copies(self):
        rows = self.dispatched(self.culture, self.commune, self.justice)
        old = rows.document_id
        self.copy_of(rows[0]).action_register()
        for user in (self.chairman, self.justice_one):
            with self.assertRaises(AccessError, msg=user.login):
                old.with_user(user).action_replace()
        mine = old.with_user(self.culture_one)
        new = self.env["qlvb.document"].browse(mine.action_replace()["res_id"])
        new = new.with_user(self.culture_one)
        self.assertEqual(new.replaces_id, old)
        self.assertEqual(
            new.dispatch_ids.unit_id, self.culture | self.commune | self.justice
        )
        self.assertEqual(set(new.dispatch_ids.mapped("state")), {"waiting"})
        with self.assertRaises(AccessError):
            new.write({"replaces_id": False})
        with self.assertRaises(UserError):
            new.write({"unit_id": self.culture.id})
        new.dispatch_ids.filtered(lambda row: row.unit_id == self.justice).unlink()
        new.write(
            {
                "attachment_ids": [
                    Command.link(
                        self.upload(self.culture_one, "moi.pdf", self.draft_pdf).id
                    )
                ]
            }
        )
        new.write(
            {"signer_id": self.vice_culture.id, "field_id": self.field_culture.id}
        )
        new.action_submit()
        new.with_user(self.culture_head).action_approve()
        new.with_user(self.chief).action_approve()
        new.with_user(self.vice_culture)._action_sign()
        self.checked(new).with_user(self.clerk).action_issue()
        self.assertEqual(rows[0].state, "received", "nothing before it goes out")
        new.with_user(self.clerk).action_dispatch()
        self.assertEqual(rows.mapped("state"), ["recalled", "recalled", "sent"])
        self.assertIn("02/QĐ-UBND", rows[0].recall_reason)
        self.assertEqual(rows[0].recall_decided_by_id, self.vice_culture)
        self.assertEqual(self.copy_of(rows[0]).state, "recalled")
        self.assertEqual(mine.replaced_by_ids, new)
        self.assertFalse(old.with_user(self.commune_head).has_access("read"))
