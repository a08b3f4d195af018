from pathlib import Path

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..lib.corrections import ERASED
from .common import PDF
from .common_correct import CorrectCase
from .common_mail import letter

MARK = "zyxmark"
"""Stands in everything that is said of the paper, and nowhere else."""

SYMBOL = "77zyxsym"
"""Stands in its symbol, under which alone the journal knows it."""

TOMBSTONE = (
    "Đã xoá nội dung theo quyết định số 15/QĐ-UBND ngày 26/8/2026, "
    "lý do: khoản 2 Điều 3"
)


class PurgeCase(CorrectCase):
    """A paper that should never have come in, with everything that grew upon it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper_ = cls._grown()

    @classmethod
    def pdf(cls, number=1):
        return PDF + f"% {MARK} {number}\n".encode()

    @classmethod
    def _grown(cls):
        clerk = cls.env(user=cls.clerk)
        upload = cls.upload(cls.clerk, f"{MARK}.pdf", cls.pdf())
        paper = clerk["qlvb.document"].create(
            cls.paper(
                issuer=f"Ông {MARK}",
                reference=f"{SYMBOL}/ĐN",
                summary=f"Về việc {MARK}",
                attachment_ids=[Command.set(upload.ids)],
            )
        )
        cls._on_draft(paper)
        paper.action_register()
        cls._corrected(paper)
        cls._worked_on(paper)
        cls._talked_about(paper)
        cls._half_done(paper)
        cls.env.flush_all()
        return paper

    @classmethod
    def _on_draft(cls, paper):
        paper._through_gate().write({"mail_from": f"{MARK}@example.com"})
        # Sent ahead twice, and attached once.
        cls.upload(cls.clerk, f"{MARK}.pdf", cls.pdf())

    @classmethod
    def _corrected(cls, paper):
        """One correction carried out, one refused, one waiting, one being written."""
        cls.approved(document=paper, summary=f"Về việc {MARK} hai", reason=MARK)
        new = cls.upload(cls.clerk, f"{MARK} 2.pdf", cls.pdf(2))
        swap = {"old_file_id": paper.sudo().attachment_ids.id, "new_file_id": new.id}
        cls.approved(
            document=paper, line_ids=[Command.create({"name": "file", **swap})]
        )
        refused = cls.asked(document=paper, issuer=f"{MARK} ba", reason=MARK)
        refused.with_user(cls.chairman).action_refuse(MARK)
        cls.waiting = cls.asked(document=paper, issuer=f"{MARK} bốn", reason=MARK)
        cls.asked_draft = cls.ask(document=paper, issuer=f"{MARK} năm", reason=MARK)

    @classmethod
    def _worked_on(cls, paper):
        paper.with_user(cls.clerk).action_direct(
            f"Giao {MARK}", None, cls.coded(cls.pdf(3)), "2026-08-26"
        )
        order = cls.routed(
            cls.line(cls.culture, instruction=f"Xử lý {MARK}"),
            cls.line(cls.justice, "support", instruction=MARK),
            document=paper,
        )
        lead, support = order
        support.with_user(cls.justice_head).action_return(f"Không thuộc {MARK}")
        lead.with_user(cls.culture_head).action_accept()
        child = cls.passed_on(lead, cls.culture_head, cls.culture_one, instruction=MARK)
        child.with_user(cls.culture_one).action_request_extension("2026-12-31", MARK)
        child.with_user(cls.culture_head).action_decide_extension(False, MARK)
        child.with_user(cls.culture_one).action_done(f"Kết quả {MARK}")
        child.with_user(cls.culture_head).action_send_back(f"Sửa {MARK}")
        lead.with_user(cls.chief).action_urge(f"Khẩn {MARK}")
        cls.orders = order | child
        cls.env["qlvb.reminder"]._remind("new", lead | child)

    @classmethod
    def _talked_about(cls, paper):
        own = paper.with_user(cls.clerk)
        own.message_subscribe(cls.culture_head.partner_id.ids)
        file = cls.upload(cls.clerk, f"{MARK} 4.pdf", cls.pdf(4))
        own.message_post(
            body=f"Trao đổi {MARK}",
            subject=MARK,
            partner_ids=cls.culture_head.partner_id.ids,
            attachment_ids=file.ids,
        )
        own.activity_schedule("mail.mail_activity_data_todo", summary=MARK, note=MARK)
        done = own.activity_schedule("mail.mail_activity_data_todo", summary=MARK)
        done.action_feedback(feedback=MARK)
        cls.env["mail.scheduled.message"].with_user(cls.clerk).create(
            {
                "model": own._name,
                "res_id": own.id,
                "body": MARK,
                "subject": MARK,
                "author_id": cls.clerk.partner_id.id,
                "scheduled_date": "2027-01-01",
            }
        )

    @classmethod
    def _half_done(cls, paper):
        """Dialogs that somebody left open, and what is on its way to people."""
        as_clerk = cls.env(user=cls.clerk)
        as_clerk["qlvb.act.wizard"].create(
            {
                "act": "direct",
                "document_id": paper.id,
                "text": MARK,
                "scan": cls.coded(cls.pdf(5)),
            }
        )
        chief = cls.env(user=cls.chief)
        chief["qlvb.order.wizard"].create(
            {
                "document_id": paper.id,
                "lead_instruction": MARK,
                "line_ids": [
                    Command.create({"unit_id": cls.justice.id, "instruction": MARK})
                ],
            }
        )
        as_clerk["qlvb.correction.wizard"].create(
            {
                "document_id": paper.id,
                "summary": MARK,
                "reason": MARK,
                "new_file": cls.coded(cls.pdf(6)),
            }
        )
        as_clerk["mail.compose.message"].create(
            {"model": paper._name, "res_ids": str(paper.ids), "body": MARK}
        )
        mail = cls.env["mail.mail"].create(
            {
                "subject": "QLVB",
                "body_html": f'<a href="http://x/odoo/qlvb.assignment/'
                f'{cls.orders[0].id}">{SYMBOL}</a>',
            }
        )
        cls.env["qlvb.reminder.letter"].create(
            {
                "user_id": cls.culture_head.id,
                "kind": "new",
                "day": "2026-08-26",
                "mail_id": mail.id,
            }
        )
        cls.env["bus.bus"].create(
            [
                {"channel": "[]", "message": f'{{"mail.message": "{MARK}"}}'},
                {"channel": "[]", "message": '{"type": "presence"}'},
            ]
        )
        cls.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": MARK,
                "model": paper._name,
                "res_id": paper.id,
            }
        )

    # -- looking everywhere ---------------------------------------------------

    def left_over(self, word):
        """Return in which tables of the whole database a word stands, and how often.

        Every table is read with all its columns, as text; what is stored as bytes
        in its hexadecimal form as well.
        """
        self.env.flush_all()
        self.cr.execute(
            """SELECT relname FROM pg_class
               WHERE relkind IN ('r', 'm', 'p')
                 AND relnamespace = 'public'::regnamespace
               ORDER BY relname"""
        )
        tables = [name for (name,) in self.cr.fetchall()]
        self.assertGreater(len(tables), 200)
        found = {}
        for table in tables:
            self.cr.execute(
                SQL(
                    "SELECT count(*) FROM %s AS row WHERE row::text ILIKE ANY(%s)",
                    SQL.identifier(table),
                    [f"%{word}%", f"%{word.encode().hex()}%"],
                )
            )
            count = self.cr.fetchone()[0]
            if count:
                found[table] = count
        return found

    def stored_with(self, word):
        """Return the files of the store in which a word stands."""
        store = Path(self.env["ir.attachment"]._filestore())
        return [
            path
            for path in store.rglob("*")
            if path.is_file()
            and "checklist" not in path.parts
            and word.encode() in path.read_bytes()
        ]

    def purge(self, **values):
        correction = self.asked(
            document=self.paper_, kind="purge", ground="petition", reason=MARK, **values
        )
        correction.with_user(self.chairman).action_approve("15/QĐ-UBND")
        return correction


@tagged("post_install", "-at_install", "qlvb")
class TestPurge(PurgeCase):
    """What Article 3 keeps out and slipped in goes without a trace of its contents."""

    def test_nothing_of_the_contents_is_left_anywhere(self):
        before = self.left_over(MARK)
        for table in (
            "qlvb_document",
            "qlvb_direction",
            "qlvb_assignment",
            "qlvb_urge",
            "qlvb_result",
            "qlvb_extension",
            "qlvb_correction",
            "qlvb_correction_line",
            "qlvb_correction_wizard",
            "qlvb_act_wizard",
            "qlvb_order_wizard",
            "qlvb_order_wizard_line",
            "qlvb_sender",
            "mail_message",
            "mail_activity",
            "mail_scheduled_message",
            "mail_compose_message",
            "ir_attachment",
            "ir_model_data",
            "bus_bus",
        ):
            self.assertIn(table, before, "the sweep finds what is there")
        # Five different files: scan, new scan, direction, message, two dialogs.
        self.assertEqual(len(self.stored_with(MARK)), 6)
        self.purge()
        self.assertEqual(self.left_over(MARK), {})
        # As after the commit.
        self.env.cr.postcommit.run()
        self.assertEqual(self.stored_with(MARK), [])

    def test_of_the_symbol_only_the_journal_knows(self):
        self.assertGreater(len(self.left_over(SYMBOL)), 2)
        self.purge()
        self.assertEqual(list(self.left_over(SYMBOL)), ["qlvb_journal"])
        rows = (
            self.env["qlvb.journal"].sudo().search([("record_name", "ilike", SYMBOL)])
        )
        self.assertEqual(
            set(rows.mapped("record_name")),
            {f"Arrival {self.paper_.number_text} · {SYMBOL}/ĐN"},
        )

    def test_the_number_stays_and_says_why(self):
        before = self.paper_.sudo().read()[0]
        correction = self.purge()
        after = self.paper_.sudo().read()[0]
        for name in (
            "number",
            "register_id",
            "unit_id",
            "received_date",
            "document_date",
            "type_id",
            "registered_at",
            "registered_by_id",
            "direction",
        ):
            self.assertEqual(after[name], before[name], name)
        self.assertEqual(after["summary"], TOMBSTONE)
        self.assertEqual((after["reference"], after["issuer"]), (ERASED, ERASED))
        self.assertEqual(after["state"], "done")
        self.assertTrue(self.paper_.with_user(self.clerk).is_purged)
        self.assertRecordValues(
            correction,
            [
                {
                    "state": "done",
                    "ground": "petition",
                    "reason": False,
                    "asked_by_id": self.clerk.id,
                    "decided_by_id": self.chairman.id,
                    "decision_number": "15/QĐ-UBND",
                }
            ],
        )
        row = self.assertJournal("document_purged", self.paper_, self.chairman)
        self.assertEqual(row.data, {"correction": correction.id})
        self.assertNotIn(SYMBOL, row.record_name)

    def test_who_did_what_is_still_told(self):
        acts = set(self.journal_of(self.paper_).mapped("event"))
        self.assertLess(
            {"registered", "directed", "assignment_given"} - {"directed"}, acts
        )
        self.purge()
        self.assertLess(acts, set(self.journal_of(self.paper_).mapped("event")))
        self.assertEqual(self.paper_.sudo().direction_ids.author_id, self.chairman)
        self.assertEqual(self.paper_.sudo().direction_ids.text, ERASED)
        result = (
            self.env["qlvb.result"]
            .sudo()
            .search([("document_id", "=", self.paper_.id)])
        )
        self.assertEqual((result.result, result.reason), (False, ERASED))
        self.assertTrue(self.env["qlvb.journal"].sudo().verify()["broken"] is None)

    def journal_of(self, record):
        return (
            self.env["qlvb.journal"]
            .sudo()
            .search([("res_model", "=", record._name), ("res_id", "=", record.id)])
        )

    def test_nobody_works_on_it_any_more(self):
        self.purge()
        states = self.paper_.sudo().assignment_ids.mapped("state")
        self.assertFalse({"sent", "accepted"} & set(states))
        self.assertFalse(
            self.env["qlvb.reminder"]
            .sudo()
            .search([("assignment_id", "in", self.orders.ids)])
        )
        self.assertState(self.waiting, "refused")
        self.assertFalse(self.asked_draft.exists())
        message = self.assertRefused(
            "erased", self.ask, document=self.paper_, issuer="X"
        )
        self.assertTrue(message)
        self.assertFalse(self.paper_.with_user(self.clerk).can_correct)

    def test_the_report_says_what_nothing_takes_back(self):
        page = self.env["qlvb.register.page"]
        register = self.paper_.sudo().register_id.with_user(self.clerk)
        page = page.browse(register.action_close())
        correction = self.purge().with_user(self.clerk)
        for words in ("7 files", "Backups", page.display_name, "by hand"):
            self.assertIn(words, correction.report)
        self.assertIn(
            self.paper_.number_text, page.with_user(self.clerk).correction_text
        )

    def test_other_papers_keep_what_is_theirs(self):
        other = self.registered(
            issuer=f"Ông {MARK}", reference=f"{SYMBOL}/ĐN", summary=f"Việc {MARK} khác"
        )
        same = self.upload(self.clerk, f"{MARK}.pdf", self.pdf(2))
        kept = self.draft(attachment_ids=[Command.set(same.ids)])
        other.with_user(self.clerk).message_post(body=MARK)
        order = self.routed(self.line(self.culture, instruction=MARK), document=other)
        correction = self.purge()
        self.env.cr.postcommit.run()
        self.assertEqual(other.summary, f"Việc {MARK} khác")
        self.assertEqual(order.instruction, MARK)
        self.assertTrue(other.message_ids.filtered(lambda m: MARK in m.body))
        self.assertEqual(kept.sudo().attachment_ids.raw, self.pdf(2))
        self.assertEqual(correction.effects["shared"], 1)
        self.assertIn("1 of the files", correction.report)
        sender = self.env["qlvb.sender"].sudo().search([("key", "ilike", MARK)])
        self.assertEqual((sender.name, sender.uses), (f"Ông {MARK}", 1))

    def test_a_refused_paper_is_purged_as_well(self):
        refused = self.draft(summary=f"Việc {MARK}", issuer="Ông X", reference="1/ĐN")
        refused.action_refuse(f"Đơn của {MARK}")
        self.purged(refused)
        self.assertState(refused, "refused")
        self.assertFalse(refused.refusal_reason)
        self.assertIn("Đã xoá nội dung", refused.summary)

    def test_what_came_by_mail_goes_with_its_receipt(self):
        self.env["qlvb.mail.address"].with_user(self.administrator).create(
            {"unit_id": self.committee.id, "address": "vanthu@ubnd.example"}
        )
        receipts = self.env["qlvb.mail.receipt"].sudo()
        drafts = self.env["qlvb.document"]
        for number in (1, 2):
            with self.at(2026, 8, 26, 9, 10 * number):
                raw = letter(subject=f"{MARK} {number}", message_id=f"<{number}@x>")
                ids = self.env["mail.thread"].sudo().message_process(False, raw)
                drafts |= drafts.browse(ids)
        first = drafts.with_user(self.clerk)[0]
        first.write(self.paper(reference="3/ĐN", issuer="Ông X", summary=MARK))
        first.action_register()
        self.assertEqual(len(receipts.search([])), 2)
        self.purged(first)
        self.assertEqual(len(receipts.search([])), 1)
        self.assertFalse(first.sudo().mail_from)
        self.assertFalse(first.sudo().message_ids)

    def test_copies_that_others_received_go_too(self):
        copy = self.registered(
            self.culture_clerk, unit_id=self.culture.id, summary=f"Việc {MARK}"
        )
        draft = self.draft(
            self.justice_clerk,
            ["x.pdf"],
            unit_id=self.justice.id,
            summary=f"Thư {MARK}",
        )
        self.patch(
            self.registry["qlvb.document"],
            "_purge_copies",
            lambda document: (
                copy | draft if document == self.paper_ else document.browse()
            ),
        )
        correction = self.purge()
        self.assertEqual(self.left_over(MARK), {})
        self.assertFalse(draft.exists())
        follower = copy.sudo().correction_ids
        self.assertEqual(follower.parent_id, correction)
        self.assertEqual(follower.decided_by_id, self.chairman)
        self.assertEqual(copy.sudo().summary, TOMBSTONE)
        self.assertCanRead(self.culture_clerk, follower)

    def test_every_model_that_belongs_to_a_document_is_known(self):
        """The control: what is found by itself is what people know of."""
        found, fresh = set(), {"qlvb.document"}
        while fresh:
            name = fresh.pop()
            found.add(name)
            fresh |= {
                model._name for model, _field in self.env["qlvb.purge"]._belonging(name)
            } - found
        self.assertLessEqual(
            {
                "qlvb.assignment",
                "qlvb.correction",
                "qlvb.correction.line",
                "qlvb.direction",
                "qlvb.extension",
                "qlvb.order",
                "qlvb.order.wizard.line",
                "qlvb.reminder",
                "qlvb.result",
                "qlvb.urge",
            },
            found,
        )
        self.assertFalse({"qlvb.unit", "qlvb.register", "res.users"} & found)
