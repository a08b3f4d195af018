from odoo.tests import tagged

from ..replay.course import Course
from .common import StoryCase


@tagged("post_install", "-at_install", "qlvb")
class TestStory(StoryCase):
    """The courses of papers that arrive."""

    def _play(self, entry):
        return super()._play(Course(entry, ()).acts())

    def _first(self, fate):
        entries = self.catalogue.year + self.catalogue.running
        return next(entry for entry in entries if entry.fate == fate)

    def test_story(self):
        (entry,) = (entry for entry in self.catalogue.year if entry.key == "story")
        document = self._play(entry)
        self.assertEqual(document.state, "done")
        self.assertEqual(document.reference, "120/TTr-VHTT")
        self.assertTrue(document.number)
        top = document.assignment_ids.filtered(lambda order: not order.parent_id)
        told = [
            (order.unit_id.symbol, order.role, order.state)
            for order in top.sorted("id")
        ]
        self.assertEqual(
            told,
            [
                ("TP", "lead", "returned"),
                ("VHTT", "lead", "done"),
                ("TP", "support", "done"),
                ("NV", "support", "done"),
            ],
        )
        self.assertIn("chức năng chủ trì", top[0].reason or "")
        self.assertEqual(top[0].returned_to_id.login, "vanthu")
        below = document.assignment_ids - top
        self.assertEqual(below.user_id.login, "cv1.vhtt")
        self.assertEqual(document.direction_ids.author_id.login, "chutich")
        self.assertEqual(len(document.attachment_ids), 1)
        self.assertEqual(document.message_ids.mapped("date")[-1].year, 2014)

    def test_courses_end_where_their_fate_says(self):
        ends = {
            "on_time": "done",
            "by_head": "done",
            "late": "done",
            "urged": "done",
            "recalled": "done",
            "refused": "refused",
            "awaiting": "registered",
            "directed": "registered",
            "returned": "registered",
            "routed": "assigned",
            "in_progress": "assigned",
            "to_review": "assigned",
            "unanswered": "assigned",
        }
        for fate, state in ends.items():
            with self.subTest(fate):
                self.assertEqual(self._play(self._first(fate)).state, state)

    def test_more_time_is_asked_for_and_refused(self):
        document = self._play(self._first("late"))
        [request] = document.assignment_ids.extension_ids
        self.assertEqual(request.state, "refused")
        self.assertGreater(request.new_deadline, request.old_deadline)
        self.assertEqual(request.decided_by_id.login, "chanhvp")

    def test_a_result_is_sent_back_once_and_comes_again(self):
        acts = (
            (entry, act)
            for entry in self.catalogue.year
            for act in Course(entry, ()).acts()
        )
        entry = next(entry for entry, act in acts if act.verb == "send_back")
        document = self._play(entry)
        self.assertEqual(document.state, "done")
        self.assertEqual(len(document.assignment_ids.result_ids), 1)
