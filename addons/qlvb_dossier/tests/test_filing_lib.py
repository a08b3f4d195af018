import doctest

from odoo.tests import BaseCase, tagged

from ..lib import dossier_codes, dossier_index, dossier_package, dossier_terms


@tagged("post_install", "-at_install", "qlvb")
class TestFilingLib(BaseCase):
    """Codes and terms: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        for module in (
            dossier_codes,
            dossier_index,
            dossier_package,
            dossier_terms,
        ):
            with self.subTest(module.__name__):
                self.assertEqual(doctest.testmod(module).failed, 0)
