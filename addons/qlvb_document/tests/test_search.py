from odoo.tests import tagged

from .common import DocumentCase

SYMBOLS = (
    "10/QĐ-UBND",
    "110/QĐ-UBND",
    "10/2014/QĐ-UBND",
    "120/TTr-VHTT",
    "1658/NQ-UBTVQH15",
    "45/CV-ĐTN",
)


@tagged("post_install", "-at_install", "qlvb")
class TestSearch(DocumentCase):
    """Found as people type: without diacritics, in any spelling of a symbol."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for symbol in SYMBOLS:
            cls.registered(
                reference=symbol,
                summary="Về việc ban hành Quyết định" if "QĐ" in symbol else "Báo cáo",
                issuer="Đoàn Thanh niên" if "ĐTN" in symbol else "UBND tỉnh Bắc Giang",
            )

    def find(self, text, user=None, operator="ilike"):
        """Return the symbols that are found, in the order of the registers."""
        model = self.env["qlvb.document"].with_user(user or self.clerk)
        found = model.search([("search_text", operator, text)], order="number")
        return found.mapped("reference")

    def test_a_symbol_in_any_spelling(self):
        for typed in (
            "10/QĐ-UBND",
            "10 qd ubnd",
            "10-QĐ/UBND",
            "10/qđ-ubnd",
            "010/QĐ-UBND",
            " 10 / QĐ  - UBND ",
            "10/QĐ–UBND",
        ):
            with self.subTest(typed):
                self.assertEqual(self.find(typed), ["10/QĐ-UBND"])

    def test_a_year_in_a_symbol_counts(self):
        self.assertEqual(self.find("10/2014/QĐ-UBND"), ["10/2014/QĐ-UBND"])

    def test_a_symbol_from_its_beginning(self):
        self.assertEqual(self.find("120/TTr"), ["120/TTr-VHTT"])
        self.assertEqual(self.find("120/T"), ["120/TTr-VHTT"])
        self.assertEqual(self.find("1658"), ["1658/NQ-UBTVQH15"])
        self.assertEqual(self.find("1658/NQ-UBTVQH15"), ["1658/NQ-UBTVQH15"])
        self.assertEqual(self.find("20/TTr"), [])

    def test_letters_of_a_symbol_alone(self):
        self.assertEqual(self.find("TTr-VHTT"), ["120/TTr-VHTT"])
        self.assertEqual(
            self.find("qd ubnd"), ["10/QĐ-UBND", "110/QĐ-UBND", "10/2014/QĐ-UBND"]
        )

    def test_words_without_diacritics(self):
        decisions = ["10/QĐ-UBND", "110/QĐ-UBND", "10/2014/QĐ-UBND"]
        for typed in (
            "quyết định",
            "quyet dinh",
            "QUYET DINH",
            "Quyết Định",
            "định quyết",
            "ban hanh quyet",
            "quy\u0065\u0302\u0301t d\u0323inh",
        ):
            with self.subTest(typed):
                self.assertEqual(self.find(typed), decisions)

    def test_words_from_their_beginning(self):
        self.assertEqual(self.find("bao"), self.find("Báo cáo"))
        self.assertEqual(self.find("ao cao"), [])

    def test_every_word_must_be_there(self):
        self.assertEqual(self.find("quyet dinh thanh nien"), [])
        self.assertEqual(self.find("bao cao thanh nien"), ["45/CV-ĐTN"])

    def test_the_issuer(self):
        self.assertEqual(self.find("doan thanh nien"), ["45/CV-ĐTN"])

    def test_the_arrival_number(self):
        self.assertEqual(self.find("4"), ["120/TTr-VHTT", "45/CV-ĐTN"])
        self.assertEqual(self.find("6"), ["45/CV-ĐTN"])

    def test_signs_are_no_wildcards(self):
        self.assertEqual(self.find("1%0"), [])
        self.assertEqual(self.find("b_o cao"), [])

    def test_nothing_typed_hides_nothing(self):
        for nothing in ("", " ", "/", "%"):
            with self.subTest(nothing):
                self.assertEqual(len(self.find(nothing)), len(SYMBOLS))

    def test_very_long_and_odd_input_finds_nothing(self):
        for odd in ("x" * 100_000, "9" * 5000, "'; DROP TABLE", "\\", "\u202e"):
            with self.subTest(odd[:5]):
                self.assertLessEqual(len(self.find(odd)), len(SYMBOLS))

    def test_the_rest_is_what_was_not_found(self):
        self.assertEqual(
            self.find("quyet dinh", operator="not ilike"),
            ["120/TTr-VHTT", "1658/NQ-UBTVQH15", "45/CV-ĐTN"],
        )

    def test_a_name_is_found_the_same_way(self):
        model = self.env["qlvb.document"].with_user(self.clerk)
        names = [name for _id, name in model.name_search("120 ttr vhtt")]
        self.assertEqual(names, ["Arrival 04 · 120/TTr-VHTT"])

    def test_nobody_finds_what_they_do_not_see(self):
        for user in (self.culture_head, self.vice_culture, self.administrator):
            with self.subTest(user.login):
                self.assertEqual(self.find("quyet dinh", user), [])
                self.assertEqual(self.find("10/QĐ-UBND", user), [])

    def test_an_order_is_found_by_its_document(self):
        order = self.routed(reference="77/KH-SNV", summary="Kế hoạch tuyển dụng")
        model = self.env["qlvb.assignment"].with_user(self.culture_head)
        for typed in ("77 kh snv", "tuyen dung"):
            domain = [("document_id.search_text", "ilike", typed)]
            self.assertEqual(model.search(domain), order)
