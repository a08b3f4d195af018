from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.qlvb_base.models import qlvb_audience_mixin

from .common import DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestBoard(DocumentCase):
    """The board of documents by state: it counts what one sees, and not for ever."""

    def _columns(self, user):
        board = (
            self.env["qlvb.document"]
            .with_user(user)
            .with_context(read_group_expand=True)
            .web_read_group(
                [],
                ["state"],
                auto_unfold=True,
                unfold_read_specification={"reference": {}},
                unfold_read_default_limit=2,
            )
        )
        return {
            group["state"]: (group["__count"], len(group["__records"]))
            for group in board["groups"]
        }

    def test_every_state_is_a_column(self):
        self.draft()
        self.registered()
        columns = self._columns(self.clerk)
        self.assertEqual(
            list(columns), ["draft", "registered", "assigned", "done", "refused"]
        )
        self.assertEqual(columns["draft"], (1, 1))
        self.assertEqual(columns["registered"], (1, 1))
        self.assertEqual(columns["done"], (0, 0))

    def test_counts_stop_where_nobody_counts_on(self):
        for _ in range(4):
            self.draft()
        with patch.object(qlvb_audience_mixin, "_MOST_CARDS", 3):
            self.assertEqual(self._columns(self.clerk)["draft"], (3, 2))
        self.assertEqual(self._columns(self.clerk)["draft"], (4, 2))

    def test_a_stranger_counts_nothing(self):
        self.draft()
        self.assertEqual(set(self._columns(self.justice_head).values()), {(0, 0)})

    def test_other_groupings_count_all(self):
        for _ in range(3):
            self.draft()
        with patch.object(qlvb_audience_mixin, "_MOST_CARDS", 2):
            groups = (
                self.env["qlvb.document"]
                .with_user(self.clerk)
                .formatted_read_group([], ["state"], ["__count"])
            )
        self.assertEqual([group["__count"] for group in groups], [3])
