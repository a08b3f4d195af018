from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.qlvb_document.lib.corrections import ERASED
from odoo.addons.qlvb_document.tests.common_correct import CorrectCase

from .common_content import PDF, ContentCase, coded
from .common_filing import FilingCase

MARK = "zyxmark"
"""Stands in everything that is said of the paper, and nowhere else."""


class PurgeDossierCase(ContentCase, FilingCase, CorrectCase):
    """A paper that should never have come in, and the dossiers that it lies in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approved_list()
        file = cls.upload(cls.clerk, f"{MARK}.pdf", cls.pdf())
        cls.paper_ = cls.registered(
            issuer=f"Ông {MARK}",
            reference="77/ĐN",
            summary=f"Về việc {MARK} ở xã",
            attachment_ids=[Command.set(file.ids)],
        )
        cls.dossier = cls._opened_on_it()
        cls.env.flush_all()

    @classmethod
    def pdf(cls, number=1):
        return PDF + f"% {MARK} {number}\n".encode()

    @classmethod
    def _opened_on_it(cls):
        """Everything that can be written in a dossier says the word."""
        dossier = cls.opened(
            origin_document_id=cls.paper_.id,
            name=cls.paper_.summary,
            instruction=f"Giao {MARK}",
            note=MARK,
        )
        dossier.line_ids.write({"note": MARK})
        dossier.action_assign([cls.line(cls.culture, instruction=MARK)])
        lead = dossier.assignment_ids
        child = cls.passed_on(lead, cls.culture_head, cls.culture_one, instruction=MARK)
        ids = dossier.with_user(cls.culture_one).action_propose_support(
            [cls.line(cls.justice, "support", instruction=MARK)]
        )
        support = child.browse(ids)
        support.with_user(cls.chief).action_decide_support(True, MARK)
        ids = dossier.with_user(cls.culture_one).action_propose_support(
            [cls.line(cls.commune, "support", instruction=MARK)]
        )
        child.browse(ids).with_user(cls.chief).action_decide_support(False, MARK)
        support.with_user(cls.chief).action_urge(MARK)
        support.with_user(cls.justice_head).action_request_extension("2026-12-31", MARK)
        support.with_user(cls.chief).action_decide_extension(False, MARK)
        cls.filed_opinion(dossier, cls.justice_head, f"{MARK}.pdf", cls.pdf(2))
        support.with_user(cls.chief).action_send_back(f"Sửa {MARK}")
        cls.opinion(dossier, cls.justice_head, f"Nhất trí {MARK}")
        material = cls.material(dossier, raw=cls.pdf(3), name=MARK, file_note=MARK)
        material.action_add_version(f"{MARK}.pdf", coded(cls.pdf(4)), MARK)
        cls.task(dossier, name=MARK)
        cls.opinion(dossier, cls.culture_one, f"Kết luận {MARK}")
        dossier.with_user(cls.culture_one).action_complete()
        dossier.with_user(cls.culture_head).action_complete()
        dossier.action_send_back(f"Thiếu {MARK}")
        file = cls.upload(cls.culture_head, f"{MARK} 5.pdf", cls.pdf(5))
        file.write({"res_model": "mail.compose.message"})
        dossier.with_user(cls.culture_head).message_post(
            body=f"Trao đổi {MARK}", attachment_ids=file.ids
        )
        dossier.with_user(cls.culture_head).activity_schedule(
            "mail.mail_activity_data_todo", summary=MARK
        )
        cls.env["qlvb.reminder"]._remind("new", lead)
        cls.env["bus.bus"].create({"channel": "[]", "message": f"qlvb.dossier {MARK}"})
        return dossier

    def close(self):
        self.dossier.with_user(self.culture_head).action_complete()
        self.dossier.action_close(MARK)
        self.env.flush_all()


@tagged("post_install", "-at_install", "qlvb")
class TestPurgeInDossiers(PurgeDossierCase):
    """What Article 3 keeps out and slipped in leaves no word in dossiers either."""

    def assertErased(self):
        before = self.left_over(MARK)
        for table in (
            "qlvb_document",
            "qlvb_dossier",
            "qlvb_dossier_document",
            "qlvb_dossier_entry",
            "qlvb_dossier_decision",
            "qlvb_dossier_task",
            "qlvb_assignment",
            "qlvb_opinion",
            "qlvb_material",
            "qlvb_material_version",
            "qlvb_urge",
            "qlvb_extension",
            "qlvb_result",
            "mail_message",
            "mail_activity",
            "ir_attachment",
            "bus_bus",
        ):
            self.assertIn(table, before, "the sweep finds what is there")
        self.purged(self.paper_)
        self.assertEqual(self.left_over(MARK), {})

    def test_nothing_is_left_of_it_in_the_dossier_opened_on_it(self):
        self.assertEqual(len(self.stored_with(MARK)), 5)
        self.assertErased()
        # As after the commit.
        self.env.cr.postcommit.run()
        self.assertEqual(self.stored_with(MARK), [])
        dossier = self.dossier
        self.assertState(dossier, "closed")
        self.assertIn("Đã xoá nội dung", dossier.name)
        self.assertFalse(dossier.instruction or dossier.note)
        states = set(dossier.assignment_ids.mapped("state"))
        self.assertFalse(states & {"sent", "accepted", "proposed"})
        self.assertFalse(dossier.stay_ids.filtered(lambda stay: not stay.date_to))
        self.assertJournal("dossier_purged", dossier, self.chairman)

    def test_nor_in_one_that_was_closed(self):
        self.close()
        self.assertErased()
        self.assertState(self.dossier, "closed")

    def test_who_said_something_when_is_still_told(self):
        authors = self.dossier.opinion_ids.mapped("author_id")
        titles = self.dossier.opinion_ids.mapped("author_title")
        dates = self.dossier.opinion_ids.mapped("date")
        self.purged(self.paper_)
        opinions = self.dossier.opinion_ids
        self.assertEqual(opinions.mapped("author_id"), authors)
        self.assertEqual(opinions.mapped("author_title"), titles)
        self.assertEqual(opinions.mapped("date"), dates)
        self.assertEqual(set(opinions.mapped("body")), {ERASED})
        self.assertFalse(opinions.attachment_ids)
        self.assertTrue(self.env["qlvb.journal"].sudo().verify()["broken"] is None)

    def test_where_it_lay_among_others_its_words_go_and_the_rest_stays(self):
        other, _order = self.supported(
            name=f"Rà soát: về việc {MARK} Ở XÃ", instruction="Rà soát các văn bản"
        )
        kept = self.registered(reference="78/CV", summary="Việc khác")
        other.action_attach([self.paper_.id, kept.id])
        for line in other.line_ids:
            line.write({"note": f"Bản chính {line.document_id.id}"})
        self.opinion(other, self.justice_head, f"Nội dung “Về việc {MARK} ở xã” đúng.")
        plain = self.opinion(other, self.culture_one, "Đã rà soát xong.")
        other.message_post(body=f"<p>Về việc {MARK} ở xã</p>")
        said = other.message_post(body="Đã nhận")
        other.with_user(self.culture_one).action_complete()
        other.with_user(self.culture_head).action_complete()
        other.action_close("Xong")
        self.env.flush_all()
        correction = self.purged(self.paper_)
        self.assertEqual(self.left_over(MARK), {})
        self.env.invalidate_all()
        self.assertEqual(
            (other.name, other.instruction), (ERASED, "Rà soát các văn bản")
        )
        self.assertEqual(plain.body, "Đã rà soát xong.")
        self.assertTrue(said.exists())
        self.assertState(other, "closed")
        lines = other.line_ids
        self.assertEqual(
            [line.note for line in lines.sorted("id")],
            [False, f"Bản chính {kept.id}"],
        )
        self.assertEqual(kept.summary, "Việc khác")
        self.assertEqual(correction.effects["dossiers"], 1)
        self.assertIn("1 dossiers on other matters", correction.report)

    def test_other_dossiers_keep_what_is_theirs(self):
        other = self.completed(name=f"Việc {MARK} khác", instruction=MARK)
        body = other.opinion_ids.body
        correction = self.purged(self.paper_)
        self.env.invalidate_all()
        self.assertEqual(other.name, f"Việc {MARK} khác")
        self.assertEqual(other.instruction, MARK)
        self.assertEqual(other.opinion_ids.body, body)
        self.assertNotIn("dossiers on other", correction.report)

    def test_the_key_fits_nothing_else(self):
        """A purge at work opens the dossiers of its own paper, and no other's."""
        other = self.filled_and_closed()
        self.close()
        found = []

        def look(purge, correction, actor):
            purge.env.cr.execute(
                "SELECT qlvb_dossier_purging(%s), qlvb_dossier_purging(%s)",
                [self.dossier.id, other.id],
            )
            found.append(purge.env.cr.fetchone())
            return {"files": 0, "messages": 0, "shared": 0}

        self.patch(self.registry["qlvb.purge"], "_erase", look)
        self.purged(self.paper_)
        self.assertEqual(found, [(True, False)])
        self.cr.execute("SELECT qlvb_dossier_purging(%s)", self.dossier.ids)
        self.assertEqual(self.cr.fetchone(), (False,))
