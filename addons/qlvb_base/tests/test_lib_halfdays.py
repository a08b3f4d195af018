import doctest
import random

from odoo.tests import BaseCase, tagged

from ..lib import halfdays
from ..lib.halfdays import uncovered


@tagged("post_install", "-at_install", "qlvb")
class TestHalfdays(BaseCase):
    """Half-days and the holes that delegations leave."""

    def test_examples(self):
        self.assertFalse(doctest.testmod(halfdays).failed)

    def test_every_moment_is_covered_or_a_hole(self):
        """Against the slow way, moment by moment."""
        dice = random.Random(2014)
        for _round in range(300):
            start = dice.randrange(20)
            end = start + dice.randrange(1, 30)
            covers = []
            for _cover in range(dice.randrange(5)):
                first = dice.randrange(-5, 50)
                covers.append((first, first + dice.randrange(15)))
            holes = uncovered(start, end, covers)
            for moment in range(start, end):
                covered = any(first <= moment < after for first, after in covers)
                in_hole = any(first <= moment < after for first, after in holes)
                self.assertNotEqual(covered, in_hole, (start, end, covers, holes))
            self.assertTrue(all(start <= a < b <= end for a, b in holes))
