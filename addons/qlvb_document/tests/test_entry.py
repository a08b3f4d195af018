import base64
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PDF, DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestEntry(DocumentCase):
    """What can be known of a paper is filled in before the clerk types it."""

    def type_reference(self, reference, user=None, **context):
        """Return the form of a new paper in which a clerk typed its symbol."""
        documents = self.env["qlvb.document"].with_user(user or self.clerk)
        form = Form(documents.with_context(**context))
        form.reference = reference
        return form

    def test_the_symbol_tells_the_kind(self):
        for reference, kind in {
            "120/TTr-VHTT": "to_trinh",
            "số 05 / qd-ubnd": "quyet_dinh",
            "7/BC-UBND": "bao_cao",
            "619/SLĐTBXH-BTXH": "cong_van",
        }.items():
            with self.subTest(reference):
                form = self.type_reference(reference)
                self.assertEqual(
                    form.type_id,
                    self.env.ref(f"qlvb_document.qlvb_document_type_{kind}"),
                )

    def test_a_year_in_the_symbol_is_a_legal_document(self):
        legal = self.type_reference("10/2014/QĐ-UBND").type_id
        self.assertEqual((legal.code, legal.is_legislative), ("QĐ", True))
        self.assertFalse(self.type_reference("10/QĐ-UBND").type_id.is_legislative)

    def test_a_kind_chosen_by_hand_stays_where_the_symbol_tells_none(self):
        form = self.type_reference("15/SNV")
        form.type_id = self.kind
        form.reference = "16/SNV"
        self.assertEqual(form.type_id, self.kind)

    def test_a_known_sender_is_filled_in(self):
        self.registered(issuer="Sở Nội vụ", reference="1/SNV-VP")
        self.assertEqual(self.type_reference("2/snv-vp").issuer, "Sở Nội vụ")

    def test_of_two_senders_with_one_symbol_none_is_filled_in(self):
        """Twenty-six communes write 12/BC-UBND."""
        self.registered(issuer="UBND xã Thắng", reference="1/BC-UBND")
        self.registered(issuer="UBND xã Danh Thắng", reference="2/BC-UBND")
        self.assertFalse(self.type_reference("3/BC-UBND").issuer)

    def test_a_sender_carried_over_gives_way_to_one_that_is_known(self):
        self.registered(issuer="Sở Nội vụ", reference="1/SNV-VP")
        carried = {"default_issuer": "Sở Tài chính"}
        self.assertEqual(self.type_reference("2/SNV-VP", **carried).issuer, "Sở Nội vụ")
        self.assertEqual(
            self.type_reference("2/STC-NS", **carried).issuer, "Sở Tài chính"
        )

    def test_how_far_anothers_register_has_come_is_not_told(self):
        """A form is filled in for any unit; a count is its own clerks' alone."""
        self.registered()
        values = {"unit_id": self.committee.id, "received_date": "2026-08-26"}
        spec = {"next_number_text": {}}
        for user, told in ((self.culture_clerk, False), (self.clerk, "02")):
            forms = self.env["qlvb.document"].with_user(user)
            answer = forms.onchange({**values, "state": "draft"}, [], spec)
            self.assertEqual(answer["value"]["next_number_text"], told)

    def test_the_next_number_is_forecast(self):
        self.assertEqual(self.draft().next_number_text, "01")
        self.registered()
        document = self.draft()
        self.assertEqual(document.next_number_text, "02")
        old = self.draft(received_date="2025-12-30", document_date="2025-12-29")
        self.assertEqual(old.next_number_text, "01", "another year, another register")
        document.action_register()
        self.assertEqual((document.number, document.next_number_text), (2, False))

    def test_the_minute_of_arrival_is_noted_for_today_alone(self):
        self.assertEqual(self.draft().received_time, 9)
        yesterday = self.draft(received_date="2026-08-25")
        self.assertEqual(yesterday.received_time, 0)
        yesterday.received_time = 16.5
        self.assertEqual(yesterday.received_time, 16.5)

    def test_a_time_of_arrival_lies_within_the_day(self):
        for hour in (24, -1, 900):
            with (
                self.subTest(hour),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.draft(received_time=hour)

    def test_the_time_of_arrival_is_fixed_with_the_number(self):
        document = self.registered()
        self.assertRefused("cannot be rewritten", document.write, {"received_time": 8})

    def test_what_is_typed_is_complete(self):
        for name in ("reference", "issuer", "summary", "type_id", "document_date"):
            with self.subTest(name):
                label = self.env["qlvb.document"]._fields[name].string
                self.assertRefused(label, self.draft, **{name: False})

    def test_nobody_says_how_a_paper_came(self):
        """It decides what may be left out."""
        self.assertDenied(self.draft, source="scan", summary=False)
        self.assertDenied(self.draft().write, {"source": "scan"})
        planted = self.env["ir.default"].with_user(self.clerk)
        planted.set("qlvb.document", "source", "scan", user_id=True)
        self.assertEqual(self.draft().source, "typed")
        typed = self.env["qlvb.document"].with_user(self.clerk)
        form = Form(typed.with_context(default_source="scan"))
        self.assertEqual(form.source, "typed")


@tagged("post_install", "-at_install", "qlvb")
class TestSenders(DocumentCase):
    """The clerk's directory of who has written, which grows by itself."""

    def suggest(self, term, user=None, unit=None, reference=""):
        senders = self.env["qlvb.sender"].with_user(user or self.clerk)
        return senders.suggest(term, (unit or self.committee).id, reference)

    def test_who_wrote_is_offered_in_any_spelling(self):
        self.registered(issuer="Sở Tài nguyên và Môi trường", reference="1/STNMT-VP")
        for term in ("tai nguyen", "Tài", "moi  truong"):
            with self.subTest(term):
                self.assertEqual(self.suggest(term)[0], "Sở Tài nguyên và Môi trường")
        self.assertEqual(self.suggest("kho bạc"), [])

    def test_whose_symbol_it_is_comes_first(self):
        self.registered(issuer="Sở Nội vụ", reference="1/SNV-VP")
        self.registered(issuer="Sở Tài chính", reference="1/STC-NS")
        self.assertEqual(self.suggest("", reference="8/SNV-VP")[0], "Sở Nội vụ")
        self.assertEqual(self.suggest("", reference="8/STC-NS")[0], "Sở Tài chính")

    def test_the_units_of_the_house_are_offered_by_name_and_symbol(self):
        self.assertEqual(self.suggest("vhtt"), [self.culture.name])
        self.assertIn("Phòng Tư pháp", self.suggest("tu phap"))

    def test_two_spellings_are_one_sender(self):
        self.registered(issuer="UBND xã  Thắng", reference="1/BC-UBND")
        self.registered(issuer="Uỷ ban nhân dân xã Thắng", reference="2/BC-UBND")
        senders = self.env["qlvb.sender"].search([("unit_id", "=", self.committee.id)])
        self.assertEqual(senders.mapped("uses"), [2])
        self.assertEqual(senders.name, "Uỷ ban nhân dân xã Thắng")

    def test_a_draft_makes_nobody_known(self):
        self.draft(issuer="Sở Xây dựng")
        self.assertEqual(self.suggest("xây dựng"), [])

    def test_each_clerk_has_the_directory_of_their_own_unit(self):
        self.registered(issuer="Sở Nội vụ", reference="1/SNV-VP")
        mine = self.env["qlvb.sender"]
        self.assertTrue(mine.with_user(self.clerk).search([]))
        self.assertFalse(mine.with_user(self.culture_clerk).search([]))
        self.assertDenied(self.suggest, "", user=self.culture_clerk)
        for user in (self.chief, self.culture_head, self.administrator):
            with self.subTest(user.login):
                self.assertDenied(self.suggest, "", user=user)
        self.assertDenied(mine.with_user(self.clerk).search([])[:1].write, {"uses": 0})

    def test_what_cannot_be_a_question_is_answered_in_words(self):
        for term in (7, ["a"], "x" * 1000, "\x00"):
            with self.subTest(term):
                self.assertRefused("", self.suggest, term)
        self.assertDenied(
            self.env["qlvb.sender"].with_user(self.clerk).suggest, "", "1"
        )


@tagged("post_install", "-at_install", "qlvb")
class TestDoubles(DocumentCase):
    """The clerk is warned before a paper is registered a second time."""

    def test_a_double_is_shown_however_it_is_typed(self):
        first = self.registered(issuer="UBND xã Thắng", reference="010/BC-UBND")
        second = self.draft(
            issuer="  uỷ ban  nhân dân xã THẮNG", reference="10 bc ubnd"
        )
        self.assertEqual(second.double_id, first)
        self.assertIn(first.display_name, second.double_text)
        self.assertIn(self.clerk.name, second.double_text)
        opened = second.action_open_double()
        self.assertEqual(
            (opened["res_model"], opened["res_id"]), (first._name, first.id)
        )

    def test_the_first_of_several_is_shown(self):
        first = self.registered()
        self.registered()
        self.assertEqual(self.draft().double_id, first)

    def test_no_scan_arrived_before_the_house_stood(self):
        """Its age would be counted day by day, on every screen that shows it."""
        draft = self.env["qlvb.document"].with_user(self.clerk)
        content = base64.b64encode(PDF).decode()
        scan = draft.browse(draft.action_take_scan("a.pdf", content)["id"])
        with self.assertRaisesRegex(UserError, "too early"):
            scan.received_date = "0001-01-01"

    def test_a_warning_stands_in_nobodys_way(self):
        self.registered()
        second = self.draft()
        second.action_register()
        self.assertEqual(second.number, 2)
        self.assertFalse(second.double_text, "what is registered is no question")

    def test_the_same_symbol_of_another_body_or_day_is_no_double(self):
        self.registered(issuer="UBND xã Thắng", reference="1/BC-UBND")
        for values in (
            {"issuer": "UBND xã Danh Thắng"},
            {"document_date": date(2026, 8, 20)},
            {"reference": "11/BC-UBND"},
            {"reference": "1/2026/BC-UBND"},
        ):
            with self.subTest(values):
                other = self.draft(
                    **{"issuer": "UBND xã Thắng", "reference": "1/BC-UBND", **values}
                )
                self.assertFalse(other.double_text)

    def test_a_paper_that_was_refused_may_come_again(self):
        self.draft().action_refuse("Thiếu chữ ký")
        self.assertFalse(self.draft().double_text)

    def test_what_another_unit_received_is_not_told(self):
        self.registered(self.culture_clerk)
        self.assertFalse(self.draft().double_text)
