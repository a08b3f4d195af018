import doctest

from odoo.tests import BaseCase, tagged

from ..lib import text


@tagged("post_install", "-at_install", "qlvb")
class TestText(BaseCase):
    """What a text may hold, and how it is tidied: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        self.assertEqual(doctest.testmod(text).failed, 0)

    def test_vietnamese_text_is_in_order(self):
        for value in ("", "Về việc kiện toàn Ban chỉ đạo", "№ 5 — “Đề án 06”", "😀"):
            with self.subTest(value):
                self.assertIsNone(text.problem(value, 300))

    def test_every_control_character_is_refused(self):
        for code in [*range(0x20), 0x7F, 0x85, 0x9F, 0xD800, 0xDFFF]:
            with self.subTest(hex(code)):
                self.assertEqual(text.problem(f"a{chr(code)}b", 300), "control")

    def test_lines_may_break_where_several_are_allowed(self):
        for value in ("a\nb", "a\r\nb", "a\tb"):
            with self.subTest(value):
                self.assertIsNone(text.problem(value, 300, multiline=True))
        for value in ("a\rb", "a\x0bb", "a\x00b"):
            with self.subTest(value):
                self.assertEqual(text.problem(value, 300, multiline=True), "control")

    def test_hidden_changes_of_direction_are_refused(self):
        for code in (0x202A, 0x202E, 0x2066, 0x2069):
            with self.subTest(hex(code)):
                self.assertEqual(text.problem(f"a{chr(code)}b", 300), "direction")

    def test_the_limit_itself_is_allowed(self):
        self.assertIsNone(text.problem("ộ" * 300, 300))
        self.assertEqual(text.problem("ộ" * 301, 300), "long")

    def test_ten_megabytes_are_refused_for_their_length(self):
        self.assertEqual(text.problem("\x00" * 10_485_760, 300), "long")

    def test_blanks_and_invisible_characters_alone_are_nothing(self):
        self.assertEqual(text.tidy(" \t\u00a0\u200b\ufeff\n"), "")

    def test_tidying_twice_changes_nothing_more(self):
        for value in (" a \n\n b ", "a\r\n\tb", "\u200b a\u00a0\u00a0b "):
            for multiline in (False, True):
                with self.subTest(value, multiline=multiline):
                    once = text.tidy(value, multiline)
                    self.assertEqual(text.tidy(once, multiline), once)

    def test_tidying_hides_no_forbidden_character(self):
        self.assertEqual(text.problem(text.tidy("a\x00 b"), 300), "control")
