from datetime import date
from random import Random

from odoo.tests import BaseCase, tagged

from ..papers import (
    Signature,
    compose,
    compose_draft,
    compose_pdf,
    compose_regulation,
    outside_issuers,
)
from ..papers.compose import TITLES
from ..papers.layout import format_date, render_html
from ..papers.topics import fill, topics
from ..people import holder
from ..replay.offices import issuer, units

DATED = date(2014, 8, 6)
COMMITTEE = "Ủy ban nhân dân huyện Hiệp Hòa"


@tagged("post_install", "-at_install", "qlvb")
class TestPapers(BaseCase):
    """Papers look like papers, and the same one always looks the same."""

    def _paper(self, **values):
        return {
            "issuer": issuer("vhtt"),
            "type_code": "TTr",
            "reference": "120/TTr-VHTT",
            "dated": DATED,
            "summary": "Về việc ban hành Quy chế",
            "topic": "phan_mem_qlvb",
            "addressee": COMMITTEE,
            **values,
        }

    def test_page_has_the_parts_that_the_decree_asks_for(self):
        html = render_html(compose(**self._paper(urgency="urgent")))
        for part in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "UBND HUYỆN HIỆP HÒA",
            "Số: 120/TTr-VHTT",
            "Hiệp Hòa, ngày 06 tháng 8 năm 2014",
            "TỜ TRÌNH",
            "Về việc ban hành Quy chế",
            f"Kính gửi: {COMMITTEE}",
            "KHẨN",
            "Nơi nhận:",
            "Lưu: VT",
            "TRƯỞNG PHÒNG",
        ):
            self.assertIn(part, html)

    def test_letter_shows_its_abstract_under_the_number(self):
        html = render_html(
            compose(
                **self._paper(
                    issuer=outside_issuers()["snn"],
                    type_code="CV",
                    reference="145/SNN-TL",
                    summary="Đôn đốc làm thủy lợi",
                    topic="thuy_loi",
                )
            )
        )
        self.assertIn("V/v đôn đốc làm thủy lợi", html)

    def test_day_and_first_months_are_padded(self):
        self.assertEqual(format_date(date(2014, 2, 3)), "ngày 03 tháng 02 năm 2014")
        self.assertEqual(format_date(date(2014, 3, 12)), "ngày 12 tháng 3 năm 2014")

    def test_every_topic_and_kind_is_written_without_an_open_slot(self):
        offices = [*outside_issuers().values(), *map(issuer, units())]
        for index, topic in enumerate(topics()):
            for kind in ("CV", *TITLES):
                with self.subTest(topic=topic, kind=kind):
                    office = offices[index % len(offices)]
                    html = render_html(
                        compose(
                            **self._paper(issuer=office, type_code=kind, topic=topic)
                        )
                    )
                    self.assertNotRegex(html, r"[{}]")

    def test_unknown_slot_is_told(self):
        with self.assertRaises(KeyError):
            fill("{nobody}", Random("x"), DATED, "district")

    def test_same_paper_is_drawn_the_same(self):
        self.assertEqual(
            render_html(compose(**self._paper())), render_html(compose(**self._paper()))
        )

    def test_draft_leaves_room_for_number_and_day_and_is_signed_by_nobody(self):
        office = issuer("ubnd")
        html = render_html(
            compose_draft(
                issuer=office,
                type_code="QĐ",
                symbol="/QĐ-UBND",
                dated=DATED,
                summary="Về việc giao nhiệm vụ",
                topic="phan_mem_qlvb",
                addressee="các đơn vị",
                addressees=("Phòng Nội vụ",),
                recipients=("Phòng Nội vụ", "Lưu: VT, VHTT"),
                signature=Signature(office.capacity("deputy"), "Trần Văn Mẫu"),
                seed="x",
            )
        )
        room = "\N{NO-BREAK SPACE}{6,}"
        self.assertRegex(html, f"Số:{room}/QĐ-UBND")
        self.assertRegex(html, f"Hiệp Hòa, ngày{room}tháng{room}năm 2014")
        self.assertIn("ỦY BAN NHÂN DÂN HUYỆN HIỆP HÒA</p>", html)
        self.assertIn("KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH", html)
        self.assertNotIn("<svg", html)

    def test_regulation_is_issued_with_fifteen_articles_by_an_invented_chairman(self):
        office = issuer("ubnd")
        paper = compose_regulation(
            issuer=office,
            symbol="/2014/QĐ-UBND",
            dated=date(2014, 8, 20),
            summary="Ban hành Quy chế",
            recipients=("Lưu: VT, VHTT",),
            signature=Signature(office.capacity("head"), holder("ubnd", "head").name),
        )
        articles = [b for b in paper.annex.body if b.label.startswith("Điều")]
        self.assertEqual(articles[-1].label, "Điều 15.")
        self.assertEqual(len(articles), 15)
        html = render_html(paper)
        self.assertIn("Tờ trình số 120/TTr-VHTT ngày 06 tháng 8 năm 2014", html)
        self.assertIn(holder("ubnd", "head").name, html)
        self.assertNotIn("Nguyễn Thị Hoa", html)

    def test_authority_stands_above_the_bases_of_a_decision(self):
        expected = {
            "ubnd": "ỦY BAN NHÂN DÂN HUYỆN HIỆP HÒA",
            "maidinh": "ỦY BAN NHÂN DÂN XÃ MAI ĐÌNH",
            "noivu": "TRƯỞNG PHÒNG NỘI VỤ",
            "vp": "CHÁNH VĂN PHÒNG HĐND-UBND",
            "snv": "GIÁM ĐỐC SỞ NỘI VỤ",
        }
        for key, words in expected.items():
            self.assertEqual(issuer(key).authority, words)

    def test_it_is_a_pdf(self):
        self.assertTrue(compose_pdf(**self._paper()).startswith(b"%PDF-"))
