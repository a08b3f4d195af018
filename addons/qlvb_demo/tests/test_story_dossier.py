from dataclasses import replace

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..replay.acts import Act
from ..replay.course import Course
from ..replay.dossier import Dossiers
from ..replay.dossier_course import DossierCourse
from ..replay.leaving_course import LeavingCourse
from .common import NOW, StoryCase

REGULATION = "qlvb_dossier.qlvb_dossier_type_regulation"


@tagged("post_install", "-at_install", "qlvb")
class TestStoryDossier(StoryCase):
    """The courses of dossiers, from their opening to where they rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossiers = Dossiers.load(cls.catalogue, NOW)

    def _play_story(self):
        """Let the regulation be issued, and then its dossier be worked on.

        As the replay does it: papers first.
        """
        entries = [
            entry
            for entry in self.catalogue.year
            if entry.key == "story" or entry.key in self._story().put
        ]
        (entry,) = (entry for entry in entries if entry.key == "story")
        course = Course(entry, (), replied=True)
        acts = course.acts()
        for other in entries:
            if other != entry:
                acts += Course(other, ()).acts()
        leaving = self.catalogue.leaving
        (book,) = (book for book in leaving.year_books if book.legislative)
        # The nine before it stand in the paper book here.
        acts.append(Act(book.when, "vanthu", "open_book", replace(book, number=10)))
        (regulation,) = (one for one in leaving.year if one.key == "quy_che")
        regulation = replace(regulation, who=entry.who, to=("vhtt",))
        acts += LeavingCourse(regulation, (), (entry, course.held_since)).acts()
        acts.sort(key=lambda act: act.when)
        self._play(acts)
        return self._play(self._acts(self._story(), acts))

    def _story(self):
        return next(one for one in self.dossiers.year if one.paper.key == "story")

    def _acts(self, dossier, papers):
        """Return the acts on a dossier, after those on its papers."""
        begun = [
            act.when
            for act in papers
            if act.entry == dossier.paper and act.verb in ("register", "direct")
        ]
        issued = [act.when for act in papers if act.verb == "issue"]
        return DossierCourse(dossier, max(begun), max(issued, default=None)).acts()

    def test_regulation_is_worked_on_in_a_dossier(self):
        dossier = self._play_story()
        self.assertEqual(dossier.state, "closed")
        self.assertEqual(dossier.opened_by_id.login, "chanhvp")
        self.assertEqual(dossier.origin_document_id.reference, "120/TTr-VHTT")
        self.assertIn("chỉ đạo của Chủ tịch", dossier.instruction)
        top = dossier.assignment_ids.filtered(lambda order: not order.parent_id)
        told = [(o.unit_id.symbol, o.role, o.state) for o in top.sorted("id")]
        self.assertEqual(
            told,
            [
                ("VHTT", "lead", "done"),
                ("TP", "support", "done"),
                ("NV", "support", "done"),
            ],
        )
        supporters = top.filtered(lambda order: order.role == "support")
        self.assertEqual(supporters.proposed_by_id.login, "cv1.vhtt")
        self.assertEqual(set(supporters.giver_id.mapped("login")), {"chanhvp"})
        self.assertEqual(dossier.type_id, self.env.ref(REGULATION))
        self.assertTrue(dossier.code)
        self._check_contents(dossier)
        self._check_end(dossier)

    def _check_contents(self, dossier):
        self.assertEqual(
            set(dossier.opinion_ids.unit_id.mapped("symbol")), {"TP", "NV"}
        )
        said = dossier.opinion_ids.filtered(lambda one: one.unit_id.symbol == "TP")
        self.assertIn("Nghị định 64/2007/NĐ-CP", said.body)
        self.assertEqual(len(dossier.document_ids), 4)
        self.assertIn("10/2014/QĐ-UBND", dossier.document_ids.mapped("reference"))

    def _check_end(self, dossier):
        self.assertTrue(dossier.task_ids)
        self.assertTrue(all(dossier.task_ids.mapped("is_done")))
        result = dossier.result_document_id
        self.assertEqual(result.reference, "10/2014/QĐ-UBND")
        self.assertEqual(dossier.closed_by_id.login, "chanhvp")
        self.assertEqual(str(dossier.date_closed.date()), "2014-08-29")
        self.assertGreaterEqual(dossier.deadline, dossier.date_closed.date())
        for login in ("user_truong_tuphap", "user_cv1_vhtt"):
            seen = dossier.with_user(self.env.ref(f"qlvb_demo.{login}"))
            self.assertEqual(seen.read(["name"])[0]["name"], dossier.name)
        outsider = self.env.ref("qlvb_demo.user_truong_yte")
        with self.assertRaises(AccessError):
            dossier.with_user(outsider).read(["name"])

    def test_courses_end_where_their_fate_says(self):
        ends = {
            "draft": "draft",
            "returned": "draft",
            "assigned": "assigned",
            "passed": "in_progress",
            "in_progress": "in_progress",
            "proposed": "in_progress",
            "asked": "in_progress",
            "answered": "in_progress",
            "asks_time": "in_progress",
            "to_look": "in_progress",
            "redo": "in_progress",
            "completed": "completed",
            "closed": "closed",
            "late": "closed",
        }
        for fate, state in ends.items():
            with self.subTest(fate):
                dossier = self._played(self._first(fate))
                self.assertEqual(dossier.state, state)
                self.assertEqual(bool(dossier.date_closed), state == "closed")

    def _first(self, fate):
        return next(one for one in self.dossiers.running if one.fate == fate)

    def _played(self, one):
        papers = Course(one.paper, ()).acts()
        # Each is played on a paper of its own.
        alone = replace(one.paper, key=f"{one.paper.key}_{one.fate}")
        papers = [replace(act, entry=alone) for act in papers]
        self._play(papers)
        return self._play(self._acts(replace(one, paper=alone, reply=""), papers))

    def test_proposed_declined_and_asked_for_time(self):
        dossier = self._played(self._first("proposed"))
        waiting = dossier.assignment_ids.filtered(lambda o: o.state == "proposed")
        self.assertTrue(waiting)
        self.assertEqual(set(waiting.mapped("role")), {"support"})
        one = next(one for one in self.dossiers.running if one.declined)
        orders = self._played(one).assignment_ids
        declined = orders.filtered(lambda order: order.state == "declined")
        self.assertEqual(len(declined), len(one.declined))
        self.assertTrue(all(declined.mapped("reason")))
        orders = self._played(self._first("asks_time")).assignment_ids
        self.assertEqual(orders.extension_ids.state, "asked")

    def test_dossier_is_opened_from_its_entry_in_the_approved_list(self):
        one = next(d for d in self.dossiers.running if d.entry and d.fate == "closed")
        planned = self.dossiers.lists[one.on.year]
        drafting = Act(planned.drafted, "vanthu", "draft_list", planned)
        approval = Act(planned.approved, "chutich", "approve_list", planned)
        self._do([drafting, approval])
        dossier = self._played(one)
        listed = dossier.entry_id.list_id
        self.assertEqual(dossier.entry_id.name, one.title)
        self.assertFalse(dossier.entry_id.is_addition)
        self.assertEqual(dossier.code, dossier.entry_id.code)
        self.assertEqual(listed.approved_by_id.login, "chutich")
        self.assertEqual(listed.create_uid.login, "vanthu")
        other = next(d for d in self.dossiers.running if not d.entry)
        added = self._played(other).entry_id
        self.assertTrue(added.is_addition)
        self.assertEqual(added.list_id, listed)

    def test_reopened_one_is_worked_on_again(self):
        again = next(d for d in self.dossiers.running if d.again)
        dossier = self._played(again)
        self.assertEqual(dossier.state, "in_progress")
        self.assertTrue(dossier.reopened_at)
        kinds = dossier.decision_ids.mapped("kind")
        self.assertEqual(kinds, ["reopened", "closed"])
        self.assertEqual(dossier.decision_ids[0].text, again.again)
