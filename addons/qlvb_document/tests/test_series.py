from odoo.tests import tagged

from .common_register import RegisterCase


@tagged("post_install", "-at_install", "qlvb")
class TestSeries(RegisterCase):
    """Which kinds share a row of numbers (Article 15): the head decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = cls.env["qlvb.document.type"]
        cls.notice = cls.env.ref("qlvb_document.qlvb_document_type_thong_bao")
        cls.letters = kinds.search([("code", "=", False)])
        cls.legislative = cls.env.ref(
            "qlvb_document.qlvb_document_type_quyet_dinh_qppl"
        )

    def decide(self, kinds=None, year=2026, name="Quyết định", by=None, unit=None):
        series = self.env["qlvb.series"].with_user(by or self.chairman)
        return series.browse(
            series.action_decide(
                (unit or self.committee).id,
                (kinds or self.decision).ids,
                year,
                "Quyết định 01/QĐ-UBND ngày 02/01/2026",
                name,
            )
        )

    def group(self, kind, year=2026, unit=None):
        return self.env["qlvb.series"]._group_of(unit or self.committee, kind, year)

    def test_administrative_kinds_share_one_row(self):
        self.assertEqual(self.group(self.decision), "all")
        first, second = self.issue(), self.issue(type_id=self.notice.id)
        self.assertEqual(
            (first.reference, second.reference), ("01/QĐ-UBND", "02/TB-UBND")
        )

    def test_legislative_kinds_have_a_row_each(self):
        self.assertEqual(
            self.group(self.legislative), f"legislative-{self.legislative.id}"
        )
        self.issue()
        document = self.issue(type_id=self.legislative.id)
        self.assertEqual(document.reference, "01/2026/QĐ-UBND")
        words = self.assertRefused("", self.decide, self.legislative)
        self.assertIn(self.legislative.name, words)

    def test_head_gives_a_kind_a_row_of_its_own(self):
        self.issue(type_id=self.notice.id)
        series = self.decide()
        self.assertRecordValues(
            series,
            [
                {
                    "name": "Quyết định",
                    "year_from": 2026,
                    "is_common": False,
                    "decided_by_id": self.chairman.id,
                    "decision": "Quyết định 01/QĐ-UBND ngày 02/01/2026",
                }
            ],
        )
        document = self.issue()
        self.assertEqual(document.reference, "01/QĐ-UBND")
        self.assertIn("Quyết định", document.sudo().register_id.display_name)
        self.assertEqual(self.issue(type_id=self.notice.id).number, 2)
        self.assertEqual(self.group(self.decision, 2025), "all")
        self.assertJournal("series_decided", series, self.chairman)

    def test_nobody_but_the_head_decides(self):
        for person in (
            self.clerk,
            self.chief,
            self.vice_culture,
            self.culture_head,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(person.login):
                self.assertDenied(self.decide, by=person)
        self.decide(unit=self.culture, by=self.culture_head, name="QĐ của phòng")
        self.assertEqual(self.group(self.decision), "all")

    def test_a_kind_issued_this_year_waits_for_the_next(self):
        self.issue()
        words = self.assertRefused("2026", self.decide)
        self.assertIn(self.decision.name, words)
        self.decide(year=2027)
        self.assertEqual(self.group(self.decision), "all")
        self.assertNotEqual(self.group(self.decision, 2027), "all")

    def test_a_kind_goes_back_into_the_common_row(self):
        self.decide()
        self.issue()
        self.assertRefused("", self.decide, name="")
        back = self.decide(year=2027, name="")
        self.assertTrue(back.is_common)
        self.assertEqual(self.group(self.decision, 2027), "all")
        self.assertNotEqual(self.group(self.decision), "all")

    def test_what_began_on_paper_waits_for_the_next_year(self):
        self.by(self.clerk).action_open_at(215, "Sổ giấy số 1")
        self.assertRefused("215", self.decide)

    def test_kinds_of_one_abbreviation_stay_together(self):
        self.assertGreater(len(self.letters), 1)
        series = self.decide(self.letters[0], name="Công văn")
        self.assertEqual(series.type_ids, self.letters)
        self.assertEqual({self.group(kind) for kind in self.letters}, {series._group()})

    def test_other_years_no_kinds_and_no_decision_are_refused(self):
        self.assertRefused("", self.decide, year=2025)
        self.assertRefused("", self.decide, year=2028)
        self.assertRefused("", self.decide, self.decision.browse([10**9]))
        series = self.env["qlvb.series"].with_user(self.chairman)
        for arguments in (
            (self.committee.id, self.decision.ids, 2026, ""),
            (self.committee.id, "x", 2026, "QĐ 01"),
            (self.committee.id, self.decision.ids, "2026", "QĐ 01"),
            (self.committee.id, self.decision.ids, None, "QĐ 01"),
        ):
            with self.subTest(arguments):
                self.assertRefused("", series.action_decide, *arguments, "Tên")

    def test_nobody_writes_series_by_hand(self):
        series = self.decide()
        for person in (self.chairman, self.clerk, self.administrator):
            with self.subTest(person.login):
                self.assertDenied(self.by(person, series).write, {"year_from": 2020})
                self.assertDenied(self.by(person, series).unlink)
        for query in (
            "UPDATE qlvb_series SET year_from = 2020",
            "DELETE FROM qlvb_series",
        ):
            with self.subTest(query):
                self.assertDatabaseRefuses("qlvb: ", query)
