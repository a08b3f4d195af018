from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install", "qlvb")
class TestInput(TransactionCase):
    """Bad input: refused in words before anything is stored, by every door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env, "input.admin", groups="qlvb_base.group_qlvb_administrator"
        )
        cls.Calendar = cls.env["qlvb.calendar"].with_user(cls.administrator)
        cls.calendar = cls.Calendar.create({"name": "Summer"})

    def assertRefused(self, words, method, *arguments):
        """Check that the call is refused with these words and stores nothing."""
        count = self.Calendar.search_count([])
        with self.assertRaises(UserError) as caught:
            method(*arguments)
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertEqual(self.Calendar.search_count([]), count)
        self.assertEqual(self.calendar.name, "Summer")

    def test_unreadable_text_is_refused(self):
        for name, word in {
            "Win\x00ter": "control characters",
            "Win\x1bter": "control characters",
            "Win\nter": "control characters",
            "Win\ud800ter": "control characters",
            "Win\u202eter": "direction",
        }.items():
            with self.subTest(name):
                self.assertRefused(["Name", word], self.Calendar.create, {"name": name})
                self.assertRefused(["Name", word], self.calendar.write, {"name": name})

    def test_a_title_of_ten_megabytes_is_refused_with_both_numbers(self):
        self.assertRefused(
            ["Name", "10,485,760", "300"],
            self.Calendar.create,
            {"name": "x" * 10_485_760},
        )

    def test_numbers_are_grouped_as_the_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        with self.assertRaises(UserError) as caught:
            self.Calendar.with_context(lang="vi_VN").create({"name": "x" * 10_485_760})
        self.assertIn("10.485.760", str(caught.exception))

    def test_text_at_the_limit_is_stored(self):
        self.assertEqual(len(self.Calendar.create({"name": "ộ" * 300}).name), 300)
        self.assertRefused(["301"], self.Calendar.create, {"name": "ộ" * 301})

    def test_letters_are_stored_composed(self):
        calendar = self.Calendar.create({"name": "Mu\u0300a he\u0300"})
        self.assertEqual(calendar.name, "Mùa hè")

    def test_a_model_sets_limits_of_its_own(self):
        self.patch(type(self.Calendar), "_text_limits", {"name": 5})
        self.Calendar.create({"name": "12345"})
        self.assertRefused(["6", "5"], self.Calendar.create, {"name": "123456"})

    def test_everything_wrong_is_told_at_once(self):
        self.assertRefused(
            ["Name", "Working calendar", "\n"],
            self.env["qlvb.calendar.day"].with_user(self.administrator).create,
            {"name": "a\x00", "calendar_id": 2**31, "date": "2026-07-01"},
        )

    def test_numbers_beyond_the_column_are_refused(self):
        day = (
            self.env["qlvb.calendar.day"]
            .with_user(self.administrator)
            .create(
                {"name": "X", "calendar_id": self.calendar.id, "date": "2026-07-01"}
            )
        )
        for number in (2**31, -(2**31) - 1, 2**70, float("inf"), str(2**31)):
            with self.subTest(number=number):
                self.assertRefused(["too large"], day.write, {"calendar_id": number})
        self.assertEqual(day.calendar_id, self.calendar)
        unit = self.env["qlvb.unit"].new()
        with self.assertRaises(UserError):
            unit._checked_values({"sequence": 2**31})
        unit._checked_values({"sequence": 2**31 - 1})

    def test_import_is_no_way_round(self):
        result = self.Calendar.load(["name"], [["Win\x00ter"]])
        self.assertFalse(result["ids"])
        self.assertIn("control characters", result["messages"][0]["message"])

    def test_a_default_is_no_way_round(self):
        planted = self.Calendar.with_context(default_name="Win\x00ter")
        self.assertRefused(["Name"], planted.create, {})
        self.env["ir.default"].with_user(self.administrator).set(
            "qlvb.calendar", "name", "x" * 301, user_id=True
        )
        self.assertRefused(["Name", "301"], self.Calendar.create, {})

    def test_a_translation_is_no_way_round(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        for value in ("x" * 301, "Win\x00ter"):
            self.assertRefused(
                ["Name"],
                self.calendar.with_context(lang="en_US").update_field_translations,
                "name",
                {"vi_VN": value},
            )

    def test_a_text_argument_is_tidied(self):
        clean = self.calendar._clean_argument
        self.assertEqual(
            clean("Reason", "  Không  đúng\u00a0chức năng "), "Không đúng chức năng"
        )
        self.assertEqual(clean("Reason", "Một\r\nhai"), "Một\nhai")
        for nothing in (None, False, "", " \n\u200b"):
            with self.subTest(nothing):
                self.assertEqual(clean("Note", nothing, required=False), "")

    def test_a_bad_text_argument_is_refused_by_its_name(self):
        for value, word in (
            (None, "missing"),
            (" \u200b\n ", "missing"),
            ("x" * 4001, "4,001"),
            ("a\x00", "control characters"),
            ("a\u202e", "direction"),
            (7, "text"),
            (["a"], "text"),
            ({"a": 1}, "text"),
        ):
            with self.subTest(str(value)[:20]):
                self.assertRefused(
                    ["Reason", word], self.calendar._clean_argument, "Reason", value
                )
        self.assertRefused(
            ["20"], self.calendar._clean_argument, "Reason", "x" * 21, 20
        )
