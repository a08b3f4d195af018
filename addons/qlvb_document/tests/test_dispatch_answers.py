from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock

from ..models.qlvb_admission_mixin import AdmissionRefused
from .common import NOW
from .common_dispatch import DispatchCase


@tagged("post_install", "-at_install")
class TestDispatchAnswers(DispatchCase):
    """What the recipient does with its copy is told to the sender, and no more."""

    def test_registering_is_answered_with_the_number(self):
        rows = self.dispatched(self.culture, self.commune)
        copy = self.copy_of(rows[0])
        with self.assertRaises(AccessError):
            copy.with_user(self.culture_head).action_register()
        copy.action_register()
        self.assertRecordValues(
            rows,
            [
                {"state": "received", "received_number": "01", "received_at": NOW},
                {"state": "sent", "received_number": False, "received_at": False},
            ],
        )
        self.assertJournal(
            "dispatch_received",
            rows[0].document_id,
            self.culture_account,
            unit_id=self.culture,
        )

    def test_refusal_goes_back_with_the_reason(self):
        [row] = self.dispatched(self.culture)
        document = row.document_id
        copy = self.copy_of(row)
        before = self.messages(document)
        with self.assertRaises(UserError):
            copy.action_refuse("")
        copy.action_refuse("Gửi nhầm: thuộc phòng Nội vụ")
        self.assertEqual(
            (row.state, row.refusal_reason),
            ("refused", "Gửi nhầm: thuộc phòng Nội vụ"),
        )
        told = (self.messages(document) - before).notified_partner_ids
        self.assertEqual(told, (self.clerk | self.culture_one).partner_id)
        # The same unit may be sent it once more.
        self.listed(document, self.culture)
        document.with_user(self.clerk).action_dispatch()
        self.assertEqual(document.dispatch_ids.mapped("state"), ["refused", "sent"])

    def test_first_opening_by_a_clerk_is_noted(self):
        [row] = self.dispatched(self.culture)
        copy = self.copy_of(row)
        copy.with_user(self.culture_head).web_read({"summary": {}})
        self.env.invalidate_all()
        self.assertFalse(row.opened_at, "the head is no clerk")
        copy.with_user(self.culture_clerk).web_read({"summary": {}})
        self.env.invalidate_all()
        self.assertEqual(row.opened_at, NOW)
        with clock.frozen(NOW.replace(hour=5)):
            copy.web_read({"summary": {}})
        self.env.invalidate_all()
        self.assertEqual(row.opened_at, NOW)

    def test_copy_is_registered_as_it_was_sent_or_refused(self):
        [row] = self.dispatched(self.culture)
        copy = self.copy_of(row)
        for values in (
            {"summary": "Khác"},
            {"reference": "2/QĐ-UBND"},
            {"urgency": "express"},
            {"attachment_ids": [(5,)]},
        ):
            with self.assertRaises(AccessError, msg=values):
                copy.write(values)
        copy.write({"deadline": "2026-09-30"})
        with self.assertRaises(UserError):
            copy.unlink()

    def test_what_article_3_keeps_out_is_refused_there(self):
        [row] = self.dispatched(self.culture)
        # Its words are the sender's to read, whatever language is worked in here.
        copy = self.copy_of(row).with_context(lang="en_US")
        # Not assertRaises: its savepoint would undo what another cursor committed.
        with suppress(AdmissionRefused):
            copy.write({"nature": "petition"})
        self.assertFalse(copy.sudo().exists())
        self.assertEqual(row.state, "refused")
        self.assertEqual(
            row.refusal_reason, "Thuộc trường hợp không đưa vào hệ thống theo Điều 3."
        )
        self.assertTrue(row.document_id.exists())
        self.assertTrue(row.document_id._main_file().raw)
