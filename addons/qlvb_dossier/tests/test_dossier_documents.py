from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.qlvb_document.tests.common_cabinet import pdf

from ..lib.pdf_pages import count_pages
from .common_content import ContentCase


@tagged("post_install", "-at_install", "qlvb")
class TestListOfDocuments(ContentCase):
    """The list of documents (mục lục văn bản): what is in it, in which order."""

    def by(self, user, dossier):
        return dossier.with_user(user).sudo(False)

    def seen_by(self, user, **values):
        """Return a registered paper that ``user``, as its holder, sees."""
        paper = self.registered(**values)
        paper.with_user(self.chief).action_assign([self.line(user)])
        return paper

    # -- putting in -----------------------------------------------------------

    def test_one_document_lies_in_many_dossiers_without_copying(self):
        paper = self.registered()
        count = self.env["qlvb.document"].search_count([])
        dossiers = self.opened() | self.opened()
        for dossier in dossiers:
            dossier.action_attach(paper.ids)
        self.assertEqual(dossiers.document_ids, paper)
        self.assertEqual(paper.dossier_ids, dossiers)
        self.assertEqual(self.env["qlvb.document"].search_count([]), count)

    def test_it_stands_there_once_however_often_it_is_put_in(self):
        paper = self.registered()
        dossier = self.opened()
        for _again in range(2):
            dossier.action_attach([paper.id, paper.id])
        self.assertEqual(dossier.line_ids.document_id, paper)
        self.assertEqual(len(dossier.line_ids), 1)
        self.assertJournal("dossier_attached", dossier, self.chief)

    def test_hidden_and_missing_documents_are_refused_in_the_same_words(self):
        dossier = self.in_progress()
        hidden = self.registered()
        self.assertCannotRead(self.culture_one, hidden)
        own = self.by(self.culture_one, dossier)
        told = {
            self.assertDenied(own.action_attach, [number])
            for number in (hidden.id, 2**31 - 1, 2**40)
        }
        self.assertEqual(len(told), 1)
        self.assertFalse(dossier.document_ids)

    def test_nothing_is_put_in_where_one_is_refused(self):
        dossier = self.in_progress()
        seen, hidden = self.seen_by(self.culture_one), self.registered()
        own = self.by(self.culture_one, dossier)
        self.assertDenied(own.action_attach, [seen.id, hidden.id])
        self.assertFalse(dossier.line_ids)
        own.action_attach(seen.ids)
        self.assertEqual(dossier.line_ids.added_by_id, self.culture_one)

    def test_ids_of_wrong_form_are_refused_in_words(self):
        dossier = self.opened()
        for raw in (
            True,
            None,
            "7",
            1.5,
            [True],
            ["7"],
            [[1]],
            [None],
            {"a": 1},
            -1,
            0,
        ):
            for act in (dossier.action_attach, dossier.action_detach):
                with self.subTest(repr(raw)):
                    self.assertRefused("from the list", act, raw)

    def test_drafts_and_what_was_refused_do_not_go_in(self):
        dossier = self.opened()
        refused = self.draft()
        refused.action_refuse("Thiếu chữ ký")
        drafted = self.outgoing(self.culture_one)
        for paper in (self.draft(), refused):
            self.assertRefused("does not go into", dossier.action_attach, paper.ids)
        mine = self.in_progress()
        self.assertRefused(
            "does not go into",
            self.by(self.culture_one, mine).action_attach,
            drafted.ids,
        )
        drafted.action_submit()
        self.by(self.culture_one, mine).action_attach(drafted.ids)
        self.assertEqual(mine.document_ids, drafted)

    def test_who_does_not_work_on_it_puts_nothing_in(self):
        dossier = self.in_progress()
        paper = self.registered()
        for user in (self.clerk, self.culture_clerk, self.vice_culture):
            with self.assertRaises(AccessError):
                self.by(user, dossier).action_attach(paper.ids)
        self.assertFalse(dossier.line_ids)

    def test_form_puts_in_and_takes_out_by_the_field(self):
        paper, other = self.registered(), self.registered(reference="2/CV")
        dossier = self.opened()
        dossier.write({"document_ids": [Command.set((paper | other).ids)]})
        self.assertEqual(dossier.document_ids, paper | other)
        dossier.write({"document_ids": [Command.unlink(other.id)]})
        self.assertEqual(dossier.line_ids.document_id, paper)

    def test_lines_made_and_deleted_on_the_screen_go_through_the_acts(self):
        dossier = self.in_progress()
        paper, hidden = self.seen_by(self.culture_one), self.registered()
        own = self.by(self.culture_one, dossier)
        own.write(
            {
                "line_ids": [
                    Command.create(
                        {
                            "document_id": paper.id,
                            "note": "Bản chính",
                            "added_by_id": self.chief.id,
                        }
                    )
                ]
            }
        )
        line = dossier.line_ids
        self.assertEqual(line.added_by_id, self.culture_one)
        self.assertEqual(line.note, "Bản chính")
        self.assertJournal("dossier_attached", dossier, self.culture_one)
        made = Command.create({"document_id": hidden.id})
        with self.assertRaises(UserError):
            own.write({"line_ids": [made]})
        own.write({"line_ids": [Command.delete(line.id)]})
        self.assertFalse(line.exists())
        self.assertJournal("dossier_detached", dossier, self.culture_one)

    # -- taking out -----------------------------------------------------------

    def test_who_put_it_in_or_an_opener_takes_it_out(self):
        dossier, _order = self.supported()
        paper = self.seen_by(self.culture_one)
        self.by(self.culture_one, dossier).action_attach(paper.ids)
        other = self.by(self.justice_head, dossier)
        self.assertDenied(other.action_detach, paper.ids)
        self.assertDenied(dossier.line_ids.with_user(self.justice_head).unlink)
        self.by(self.culture_one, dossier).action_detach(paper.ids)
        self.assertFalse(dossier.line_ids)
        self.by(self.culture_one, dossier).action_attach(paper.ids)
        self.by(self.chief, dossier).action_detach(paper.ids)
        self.assertFalse(dossier.line_ids)
        self.assertTrue(paper.exists())

    def test_origin_and_result_stay(self):
        paper = self.registered()
        dossier = self.in_progress(origin_document_id=paper.id)
        self.assertRefused("opened on this", dossier.action_detach, paper.ids)
        decision = self.issued()
        dossier.action_attach(decision.ids)
        dossier.with_user(self.culture_one).action_complete()
        dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(dossier.result_document_id, decision)
        self.assertRefused("dossier's result", dossier.action_detach, decision.ids)

    def test_sight_through_the_dossier_ends_when_it_is_taken_out(self):
        dossier, order = self.supported()
        paper = self.registered(files=["to-trinh.pdf"])
        self.assertCannotRead(self.justice_head, paper)
        dossier.action_attach(paper.ids)
        self.assertCanRead(self.justice_head, paper)
        self.assertCanRead(self.justice_head, paper.sudo().attachment_ids)
        dossier.action_detach(paper.ids)
        self.assertCannotRead(self.justice_head, paper)
        self.assertCannotRead(self.justice_head, paper.sudo().attachment_ids)
        dossier.action_attach(paper.ids)
        self.assertCanRead(self.justice_head, paper)
        order.with_user(self.chief).action_recall("Không cần nữa")
        self.assertCannotRead(self.justice_head, paper)

    def test_document_in_two_dossiers_is_seen_through_the_other_one(self):
        paper = self.registered()
        first, _order = self.supported()
        second, _other = self.supported(self.commune)
        (first | second)[0].action_attach(paper.ids)
        second.action_attach(paper.ids)
        first.action_detach(paper.ids)
        self.assertCannotRead(self.justice_head, paper)
        self.assertCanRead(self.commune_head, paper)

    # -- order, note, pages ---------------------------------------------------

    def test_who_works_on_it_puts_them_in_order_and_notes(self):
        dossier, _order = self.supported()
        papers = self.registered() | self.registered(reference="2/CV")
        dossier.action_attach(papers.ids)
        self.assertEqual(dossier.line_ids.document_id.ids, papers.ids)
        first, second = dossier.line_ids
        own = self.by(self.culture_one, dossier)
        own.write(
            {
                "line_ids": [
                    Command.update(second.id, {"sequence": 0}),
                    Command.update(first.id, {"sequence": 1}),
                ]
            }
        )
        dossier.invalidate_recordset()
        self.assertEqual(dossier.line_ids, second | first)
        self.assertJournal("dossier_listed", dossier, self.culture_one)
        second.with_user(self.justice_head).write({"note": "Bản sao", "pages": 3})
        self.assertEqual((second.note, second.pages), ("Bản sao", 3))
        third = self.registered(reference="3/CV")
        dossier.action_attach(third.ids)
        self.assertEqual(dossier.line_ids[-1:].document_id, third)

    def test_others_change_nothing_of_the_list(self):
        dossier = self.in_progress()
        dossier.action_attach(self.registered().ids)
        line = dossier.line_ids
        for user in (self.clerk, self.culture_clerk, self.culture_two):
            with self.assertRaises(AccessError):
                line.with_user(user).write({"note": "x"})
        for values in (
            {"document_id": self.registered(reference="5/CV").id},
            {"dossier_id": self.opened().id},
            {"added_by_id": self.culture_one.id},
        ):
            with self.assertRaises(AccessError):
                line.with_user(self.culture_one).write(values)
        for pages in (-1, 10**6):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                line.with_user(self.culture_one).write({"pages": pages})
                self.env.flush_all()

    def test_pages_are_taken_from_the_pdf(self):
        body = "<p>Một</p><p style='page-break-before: always'>Hai</p>"
        content = pdf(body)
        self.assertEqual(count_pages(content), 2)
        file = self.upload(self.clerk, "hai-trang.pdf", content)
        paper = self.registered(attachment_ids=[Command.set(file.ids)])
        on_paper = self.registered(reference="2/CV")
        dossier = self.opened()
        dossier.action_attach([paper.id, on_paper.id])
        self.assertEqual(dossier.line_ids.mapped("pages"), [2, 0])

    def test_pages_of_what_is_no_pdf(self):
        for content in (b"", b"PK\x03\x04", b"%PDF-1.4 torn", b"%PDF" + b"x" * 9999):
            self.assertEqual(count_pages(content), 0)
