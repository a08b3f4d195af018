from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_cabinet import docx, xlsx
from .common_dispatch import DispatchCase


@tagged("post_install", "-at_install")
class TestDispatch(DispatchCase):
    """The clerk sends out; each recipient finds a paper it need not retype (7.3)."""

    def test_clerk_sends_to_units(self):
        document = self.issued(files=("quyet-dinh.pdf",))
        rows = self.listed(document, self.culture, self.commune)
        self.assertEqual(rows.mapped("state"), ["waiting"] * 2)
        for user in (self.chairman, self.chief, self.culture_one, self.culture_clerk):
            with self.assertRaises(AccessError, msg=user.login):
                document.with_user(user).action_dispatch()
        document.with_user(self.clerk).action_dispatch()
        self.assertEqual(document.state, "dispatched")
        self.assertEqual(rows.mapped("state"), ["sent"] * 2)
        self.assertEqual(rows.sent_by_id, self.clerk)
        self.assertJournal("dispatched", document, self.clerk, data={"units": 2})

    def test_recipient_finds_a_draft_that_is_complete(self):
        document = self.issued(urgency="urgent", summary="Ban hành Quy chế")
        [row] = self.listed(document, self.culture)
        document.with_user(self.clerk).action_dispatch()
        copy = self.copy_of(row)
        self.assertCanRead(self.culture_account, copy)
        self.assertCannotRead(self.justice_clerk, copy)
        self.assertCannotRead(self.clerk, copy)
        self.assertRecordValues(
            copy,
            [
                {
                    "direction": "in",
                    "unit_id": self.culture.id,
                    "type_id": document.type_id.id,
                    "reference": "01/QĐ-UBND",
                    "document_date": document.document_date,
                    "issuer": self.committee.name,
                    "summary": "Ban hành Quy chế",
                    "urgency": "urgent",
                    "state": "draft",
                    "source": "unit",
                    "field_id": False,
                }
            ],
        )
        self.assertEqual(str(copy.received_date), "2026-08-26")
        copy.action_register()
        self.assertEqual((copy.state, copy.number), ("registered", 1))

    def test_recipient_does_not_see_the_senders_record(self):
        [row] = self.dispatched(self.culture, type_id=self.decision.id)
        document = row.document_id
        for user in (self.justice_clerk, self.commune_head):
            self.assertCannotRead(user, document)
            self.assertCannotRead(user, row)
        # VHTT drafted that one; the commune only received the next.
        [other] = self.dispatched(self.commune)
        for user in (self.commune_account, self.commune_head):
            self.assertCannotRead(user, other.document_id)
            self.assertCannotRead(user, other)

    def test_files_are_the_recipients_own_and_stored_once(self):
        document = self.issued(files=("quyet-dinh.pdf", "phu-luc.pdf"))
        rows = self.listed(document, self.culture, self.commune, self.justice)
        sent = document._files_to_send()
        before = self.stored()
        document.with_user(self.clerk).action_dispatch()
        self.assertEqual(self.stored(), before, "no byte is stored twice")
        for row in rows:
            files = self.copy_of(row).sudo().attachment_ids.sorted("id")
            self.assertEqual(files.mapped("name"), sent.mapped("name"))
            self.assertEqual(files.mapped("raw"), sent.mapped("raw"))
            self.assertEqual(files.mapped("store_fname"), sent.mapped("store_fname"))
            self.assertEqual(set(files.mapped("res_id")), {row.sudo().copy_id.id})
            self.assertFalse(files & sent)
            unit = row.unit_id
            self.assertCanRead(unit.account_user_id, files[0])
        self.assertCannotRead(self.commune_account, sent[0])

    def test_word_drafts_stay_here(self):
        """The draft in Word is nobody else's; annexes go in whatever form."""
        mine = self.culture_one
        files = self.env["ir.attachment"].concat(
            self.upload(mine, "quyet-dinh.docx", docx("Quyết định")),
            self.upload(mine, "quyet-dinh.pdf", self.draft_pdf),
            self.upload(mine, "phu-luc.xlsx", xlsx("Phụ lục")),
            self.upload(mine, "quy-che.pdf", self.draft_pdf + b"% 2"),
        )
        document = self.issued(files=(), attachment_ids=[Command.set(files.ids)])
        [row] = self.listed(document, self.culture)
        document.with_user(self.clerk).action_dispatch()
        sent = self.copy_of(row).attachment_ids.sorted("id").mapped("name")
        self.assertEqual(sent, ["01-QĐ-UBND.pdf", "phu-luc.xlsx", "quy-che.pdf"])
        self.assertEqual(len(document.sudo().attachment_ids), 4, "all are kept")

    def stored(self):
        """Return which files lie in the store."""
        self.env.flush_all()
        self.env.cr.execute("SELECT DISTINCT store_fname FROM ir_attachment")
        return {name for (name,) in self.env.cr.fetchall()}

    def test_drafter_lists_recipients_in_the_draft(self):
        document = self.outgoing(
            dispatch_ids=[
                Command.create({"unit_id": self.culture.id}),
                Command.create({"unit_id": self.commune.id}),
            ]
        )
        self.assertEqual(document.dispatch_ids.unit_id, self.culture | self.commune)
        self.assertEqual(document.dispatch_ids.mapped("channel"), ["internal"] * 2)
        document.write({"dispatch_ids": [Command.create({"unit_id": self.office.id})]})
        document.write({"dispatch_ids": [Command.delete(document.dispatch_ids[0].id)]})
        self.assertEqual(len(document.dispatch_ids), 2)
        with self.assertRaises(AccessError):
            self.listed(document, self.justice)

    def test_clerk_lists_recipients_once_it_is_signed(self):
        document = self.submitted()
        for user in (self.culture_one, self.clerk, self.culture_head):
            with self.assertRaises(AccessError, msg=user.login):
                self.listed(document, self.justice, by=user)
        document = self.signed()
        with self.assertRaises(AccessError):
            self.listed(document, self.justice, by=self.culture_one)
        mine = document.with_user(self.clerk)
        mine.write({"dispatch_ids": [Command.create({"unit_id": self.justice.id})]})
        with self.assertRaises(UserError):
            mine.write({"dispatch_ids": [], "summary": "Khác"})
        self.checked(mine).action_issue()
        mine.write({"dispatch_ids": [Command.create({"unit_id": self.commune.id})]})
        mine.action_dispatch()
        # Later as well, and only the new one is sent.
        self.listed(document, self.culture)
        mine.action_dispatch()
        self.assertEqual(mine.dispatch_ids.mapped("state"), ["sent"] * 3)
        copies = mine.sudo().dispatch_ids.copy_id
        self.assertEqual(len(copies), 3)
        mine.action_dispatch()
        self.assertEqual(mine.sudo().dispatch_ids.copy_id, copies)

    def test_each_recipient_stands_there_once(self):
        document = self.signed()
        self.listed(document, self.justice)
        self.assertRefused("Tư pháp", self.listed, document, self.justice)
        self.assertRefused("xã", self.listed, document, self.commune, self.commune)

    def test_issuer_and_closed_units_are_no_recipients(self):
        document = self.issued()
        with self.assertRaises(ValidationError):
            self.listed(document, self.committee)
        self.justice.receives = False
        with self.assertRaises(ValidationError):
            self.listed(document, self.justice)
        rows = self.listed(document, self.culture, self.commune)
        self.commune.active = False
        self.assertRefused(
            self.commune.name, document.with_user(self.clerk).action_dispatch
        )
        self.assertEqual(rows.mapped("state"), ["waiting"] * 2, "nothing went out")
        rows[1].unlink()
        document.with_user(self.clerk).action_dispatch()
        self.assertEqual(rows[0].state, "sent")

    def test_nothing_goes_out_before_it_is_issued(self):
        document = self.signed()
        self.listed(document, self.culture)
        with self.assertRaises(UserError):
            document.with_user(self.clerk).action_dispatch()
        document = self.issued()
        with self.assertRaises(UserError):
            document.with_user(self.clerk).action_dispatch()

    def test_what_was_sent_stands(self):
        [row] = self.dispatched(self.culture)
        for values in ({"unit_id": self.justice.id}, {"copies": 5}):
            with self.assertRaises(UserError):
                row.write(values)
        for values in ({"state": "received"}, {"received_number": "7"}):
            with self.assertRaises(AccessError):
                row.write(values)
        with self.assertRaises(UserError):
            row.unlink()
        self.env.flush_all()
        for query in (
            "UPDATE qlvb_dispatch SET unit_id = %(unit)s WHERE id = %(id)s",
            "UPDATE qlvb_dispatch SET state = 'waiting' WHERE id = %(id)s",
            "DELETE FROM qlvb_dispatch WHERE id = %(id)s",
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env.cr.execute(query, {"unit": self.justice.id, "id": row.id})
            self.assertIn("never", str(caught.exception))

    def test_nobody_learns_from_the_list_what_they_do_not_see(self):
        """Whoever asks is told the same, wherever the unseen document went."""
        document = self.issued()
        row, _other = self.listed(document, self.commune, self.office)
        mine = self.outgoing(self.justice_one, drafting_unit_id=self.justice.id)
        [own] = self.listed(mine, self.culture, by=self.justice_one)
        incoming = self.registered()
        Dispatch = self.env["qlvb.dispatch"].with_user(self.justice_one)
        foreign = row.with_user(self.justice_one)
        planted = Dispatch.with_context(default_document_id=document.id)

        def told(act, *arguments):
            with self.assertRaises(AccessError) as caught, self.env.cr.savepoint():
                act(*arguments)
            return str(caught.exception)

        def create(of, unit):
            return told(Dispatch.create, {"document_id": of.id, "unit_id": unit.id})

        answers = {
            create(document, self.commune),
            create(document, self.justice),
            create(document, self.committee),
            create(incoming, self.justice),
            told(planted.create, {"unit_id": self.commune.id}),
            told(planted.create, {"unit_id": self.justice.id}),
            told(own.write, {"document_id": document.id, "unit_id": self.commune.id}),
            told(own.write, {"document_id": document.id, "unit_id": self.justice.id}),
            told(own.write, {"document_id": incoming.id}),
        }
        self.assertEqual(len(answers), 1, answers)
        waiting = told(foreign.write, {"copies": 2})
        document.with_user(self.clerk).action_dispatch()
        self.assertEqual(told(foreign.write, {"copies": 2}), waiting)
        self.assertNotIn(self.commune.name, waiting)

    def test_nobody_says_by_hand_that_another_unit_sent_it(self):
        for user in (self.culture_clerk, self.clerk):
            with self.assertRaises(AccessError):
                self.draft(user, unit_id=self.culture.id, source="unit")
        with self.assertRaises(AccessError):
            self.env["qlvb.document"].with_user(self.culture_clerk).with_context(
                qlvb_source="unit"
            ).create(self.paper(unit_id=self.culture.id, source="unit"))

    def test_internal_papers_go_from_any_unit_to_any_other(self):
        document = self.submitted(unit_id=self.culture.id, type_id=self.kind.id)
        document.with_user(self.culture_head).action_approve()
        document.with_user(self.culture_head)._action_sign()
        self.checked(document).with_user(self.culture_account).action_issue()
        rows = self.listed(
            document, self.committee, self.office, by=self.culture_account
        )
        with self.assertRaises(AccessError):
            document.with_user(self.clerk).action_dispatch()
        document.with_user(self.culture_account).action_dispatch()
        copy = self.copy_of(rows[0], self.clerk)
        self.assertEqual(copy.reference, "01/TTr-VHTT")
        self.assertEqual(copy.issuer, self.culture.name)
        copy.action_register()
        self.assertEqual(rows[0].received_number, "01")

    def test_report_of_a_commune_goes_to_an_agency(self):
        report = self.env.ref("qlvb_document.qlvb_document_type_bao_cao")
        document = self.submitted(
            self.commune_one, unit_id=self.commune.id, type_id=report.id
        )
        document.with_user(self.commune_head).action_approve()
        document.with_user(self.commune_head)._action_sign()
        self.checked(document).with_user(self.commune_account).action_issue()
        [row] = self.listed(document, self.culture, by=self.commune_account)
        document.with_user(self.commune_account).action_dispatch()
        copy = self.copy_of(row)
        copy.action_register()
        self.assertEqual(copy.reference, "01/BC-UBND")
        self.assertEqual(row.state, "received")

    def test_screen_says_what_became_of_it(self):
        document = self.issued().with_user(self.clerk).with_context(lang="en_US")
        rows = self.listed(document, self.culture, self.commune)
        said = document.action_send_out()["params"]["message"]
        self.assertIn("0/2 registered", said)
        other = self.listed(document, self.justice)
        other.action_strike_off()
        self.assertFalse(other.exists())
        with self.assertRaises(UserError):
            rows[0].action_strike_off()
