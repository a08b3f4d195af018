from odoo.tests import BaseCase, tagged

from ..lib.principals import (
    FIELD,
    HANDLING,
    HANDLING_DOSSIERS,
    HEAD,
    STAFF,
    UNIT,
    USER,
    principal,
)

KINDS = (USER, UNIT, HANDLING, HANDLING_DOSSIERS, FIELD, STAFF, HEAD)


@tagged("post_install", "-at_install", "qlvb")
class TestPrincipals(BaseCase):
    """One number for whoever may see: no database needed."""

    def test_no_two_share_a_number(self):
        numbers = {principal(kind, number) for kind in KINDS for number in range(100)}
        self.assertEqual(len(numbers), len(KINDS) * 100)

    def test_a_kind_that_does_not_exist_is_refused(self):
        for kind in (-1, 8):
            with self.subTest(kind), self.assertRaises(ValueError):
                principal(kind, 1)

    def test_numbers_of_a_whole_state_fit_the_column(self):
        """A quarter of a thousand million people and units fit an int4."""
        self.assertLess(principal(max(KINDS), 250_000_000), 2**31)
