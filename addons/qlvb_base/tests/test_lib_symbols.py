import doctest

from odoo.tests import BaseCase, tagged

from ..lib import symbols


@tagged("post_install", "-at_install", "qlvb")
class TestSymbols(BaseCase):
    """Numbers and symbols, written and looked for: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        self.assertEqual(doctest.testmod(symbols).failed, 0)

    def test_ways_of_typing_one_symbol_share_a_key(self):
        for written, key in {
            "10/QĐ-UBND": "10 qd ubnd",
            "10 qd ubnd": "10 qd ubnd",
            "10-QĐ/UBND": "10 qd ubnd",
            "010/qđ.ubnd": "10 qd ubnd",
            " số 10 / QD – UBND ": "10 qd ubnd",
            "10QĐ-UBND": "10 qd ubnd",
            "120/TTr-VHTT": "120 ttr vhtt",
            "05/BNV-VP": "5 bnv vp",
            "12/UBND-VX": "12 ubnd vx",
            "10/2014/QĐ-UBND": "10 2014 qd ubnd",
            "31/LĐTBXH-BTXH": "31 ldtbxh btxh",
        }.items():
            with self.subTest(written):
                self.assertEqual(symbols.symbol_key(written), key)

    def test_letters_written_with_marks_apart_share_a_key(self):
        self.assertEqual(symbols.symbol_key("3/TB-Thi\u0323"), "3 tb thi")

    def test_different_symbols_keep_different_keys(self):
        keys = {
            symbols.symbol_key(written)
            for written in (
                "10/QĐ-UBND",
                "10/2014/QĐ-UBND",
                "100/QĐ-UBND",
                "10/UBND-QĐ",
            )
        }
        self.assertEqual(len(keys), 4)

    def test_a_key_is_its_own_key(self):
        for written in ("010/qđ.ubnd", "Số: 7/TB-VP", "số"):
            key = symbols.symbol_key(written)
            with self.subTest(written):
                self.assertEqual(symbols.symbol_key(key), key)

    def test_nothing_is_numbered_zero(self):
        for number in (0, -1):
            with self.subTest(number), self.assertRaises(ValueError):
                symbols.format_number(number)

    def test_kinds_with_and_without_abbreviation(self):
        for expected, arguments in {
            "07/QĐ-UBND": (7, "UBND", "QĐ"),
            "15/QĐ-BNV": (15, "BNV", "QĐ"),
            "05/BNV-VP": (5, "BNV", "", "VP"),
            "12/UBND": (12, "UBND"),
            "10/2014/QĐ-UBND": (10, "UBND", "QĐ", "", 2014),
        }.items():
            with self.subTest(expected):
                self.assertEqual(symbols.compose_reference(*arguments), expected)
