import doctest

from odoo.tests import BaseCase, tagged

from ..lib import forms


@tagged("post_install", "-at_install", "qlvb")
class TestForms(BaseCase):
    """How the forms write names and days: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        self.assertEqual(doctest.testmod(forms).failed, 0)

    def test_an_agency_of_another_kind_keeps_its_line(self):
        self.assertEqual(
            forms.agency_lines("Trường THCS Thị trấn Thắng"),
            ["TRƯỜNG THCS THỊ TRẤN THẮNG"],
        )
