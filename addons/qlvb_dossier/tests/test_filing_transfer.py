import psycopg2

from odoo.exceptions import AccessError
from odoo.fields import Command, Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_filing import FilingCase


@tagged("post_install", "-at_install", "qlvb")
class TestFilingTransfer(FilingCase):
    """Due for the archive, pointed out, kept longer, handed over."""

    def transfer(self, *dossiers, by=None, **values):
        return (
            self.env["qlvb.archive.transfer"]
            .with_user(by or self.clerk)
            .create(
                {
                    "unit_id": self.committee.id,
                    "receiver": "Trần Văn Lưu",
                    "line_ids": [
                        Command.create({"dossier_id": dossier.id})
                        for dossier in dossiers
                    ],
                    **values,
                }
            )
        )

    def warned(self, dossier):
        return self.journal("dossier_transfer_warned", dossier)

    def warn(self):
        self.env["qlvb.dossier"]._cron_warn_transfer()

    # -- when -----------------------------------------------------------------

    def test_due_a_year_after_it_was_closed(self):
        dossier = self.closed(retention="5")
        self.assertEqual(dossier.transfer_date, Date.to_date("2027-08-26"))
        self.assertFalse(self.closed(retention="2").transfer_date)
        self.assertFalse(self.completed().transfer_date)
        dossier.with_user(self.chief).action_reopen("Bổ sung")
        self.assertFalse(dossier.transfer_date)

    def test_pointed_out_once_thirty_days_before(self):
        dossier = self.closed()
        for day in (20, 26):
            with self.at(2027, 7, day, 8):
                self.warn()
                self.assertFalse(self.warned(dossier))
        for day in (27, 28):
            with self.at(2027, 7, day, 8):
                self.warn()
                self.assertEqual(len(self.warned(dossier)), 1)
        told = self.env["mail.notification"].search(
            [
                ("mail_message_id.model", "=", "qlvb.dossier"),
                ("mail_message_id.res_id", "=", dossier.id),
                ("mail_message_id.body", "ilike", "26/8/2027"),
            ]
        )
        self.assertEqual(
            told.res_partner_id, (self.culture_head | self.clerk).partner_id
        )

    def test_list_of_what_is_due(self):
        dossier, soon = self.closed(), [("is_transfer_due", "=", True)]
        dossiers = self.env["qlvb.dossier"]
        with self.at(2027, 7, 26, 8):
            self.assertFalse(dossiers.search(soon) & dossier)
        with self.at(2027, 7, 27, 8):
            self.assertTrue(dossiers.search(soon) & dossier)
            self.assertTrue(dossier.is_transfer_due)
            self.assertFalse(
                dossiers.with_user(self.justice_head).search(soon) & dossier
            )

    # -- kept longer ----------------------------------------------------------

    def test_kept_longer_by_a_decision_alone(self):
        dossier = self.closed().with_user(self.clerk)
        self.assertRefused("Decision", dossier.action_keep_longer, "2028-01-01", " ")
        for day in ("2029-08-27", "2027-08-26", "2026-01-01"):
            self.assertRefused(
                "26/8/2029", dossier.action_keep_longer, day, "QĐ 5/QĐ-UBND"
            )
        self.assertRefused("day", dossier.action_keep_longer, "mai", "QĐ 5/QĐ-UBND")
        dossier.action_keep_longer("2029-08-26", "QĐ số 5/QĐ-UBND ngày 01/8/2027")
        self.assertEqual(dossier.kept_until, Date.to_date("2029-08-26"))
        with self.at(2027, 9, 1, 8):
            self.assertFalse(dossier.is_transfer_due)
            self.assertFalse(
                dossier.search(
                    [("is_transfer_due", "=", True), ("id", "=", dossier.id)]
                )
            )
            self.warn()
            self.assertFalse(self.warned(dossier))
        with self.at(2029, 8, 1, 8):
            self.assertTrue(dossier.is_transfer_due)
            self.warn()
            self.assertEqual(self.warned(dossier).data, {"date": "2029-08-26"})

    def test_nobody_else_keeps_it_longer(self):
        dossier = self.closed()
        for user in (self.culture_head, self.culture_one, self.vice_culture):
            with self.assertRaises(AccessError):
                dossier.with_user(user).action_keep_longer("2028-01-01", "QĐ 5")
        self.assertRefused(
            "less than five",
            self.closed(retention="2").with_user(self.clerk).action_keep_longer,
            "2028-01-01",
            "QĐ 5",
        )
        self.assertRefused(
            "stands at",
            self.completed().with_user(self.clerk).action_keep_longer,
            "2028-01-01",
            "QĐ 5",
        )

    # -- handed over ----------------------------------------------------------

    def test_clerk_hands_dossiers_over(self):
        one, two = self.closed(name="Một"), self.closed(name="Hai", retention="70")
        action = (one | two).with_user(self.clerk).action_prepare_transfer()
        transfer = self.env["qlvb.archive.transfer"].browse(action["res_id"])
        transfer = transfer.with_user(self.clerk)
        self.assertEqual(transfer.dossier_count, 2)
        self.assertRefused("receives", transfer.action_hand_over)
        transfer.receiver = "Trần Văn Lưu"
        transfer.action_hand_over()
        self.assertEqual(transfer.state, "done")
        self.assertTrue(one.transferred_at and two.transferred_at)
        self.assertJournal("dossier_transferred", one, self.clerk)
        self.assertFalse(one.is_transfer_due)
        handed = [("transferred_at", "!=", False)]
        self.assertEqual(
            self.env["qlvb.dossier"].search(handed) & (one | two), one | two
        )
        self.assertRefused("archive", one.with_user(self.chief).action_reopen, "Lý do")

    def test_only_closed_dossiers_kept_for_long_go(self):
        self.assertRefused("not closed", self.transfer, self.completed())
        self.assertRefused("less than five", self.transfer, self.closed(retention="2"))
        dossier = self.closed()
        transfer = self.transfer(dossier)
        dossier.with_user(self.chief).action_reopen("Bổ sung")
        self.assertRefused("not closed", transfer.action_hand_over)

    def test_a_dossier_is_handed_over_once(self):
        dossier = self.closed()
        self.transfer(dossier)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.transfer(dossier)

    def test_nobody_else_hands_over_or_reads_it(self):
        transfer = self.transfer(self.closed())
        for user in (self.culture_head, self.culture_clerk, self.vice_culture):
            self.assertCannotRead(user, transfer)
            with self.assertRaises(AccessError):
                transfer.with_user(user).action_hand_over()
            with self.assertRaises(AccessError):
                self.transfer(self.closed(), by=user)
        self.assertCanRead(self.chairman, transfer)
        self.assertDenied(transfer.with_user(self.chairman).action_hand_over)
        with self.assertRaises(AccessError):
            transfer.write({"state": "done"})

    def test_what_is_done_stays(self):
        dossier = self.closed()
        transfer = self.transfer(dossier)
        transfer.action_hand_over()
        for change in (
            lambda: transfer.write({"receiver": "Khác"}),
            lambda: transfer.line_ids.unlink(),
            lambda: transfer.line_ids.write({"sheets": 1}),
            lambda: transfer.unlink(),
        ):
            self.assertRefused("", change)
        self.env.flush_all()
        for sql in (
            "UPDATE qlvb_archive_transfer SET receiver = 'x' WHERE id = %s",
            "DELETE FROM qlvb_archive_transfer_line WHERE transfer_id = %s",
            "UPDATE qlvb_archive_transfer_line SET sheets = 9 WHERE transfer_id = %s",
        ):
            with (
                self.subTest(sql),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(sql, [transfer.id])
