from odoo.tests import tagged

from .common_register import RegisterCase


@tagged("post_install", "-at_install", "qlvb")
class TestRegisterDialogs(RegisterCase):
    """What is asked before something is done with a register, and what is told."""

    def dialog(self, act, user=None, record=None, **values):
        """Return the dialog of an act as ``user`` opens it on a record."""
        record = self.register if record is None else record
        wizards = self.env["qlvb.register.act.wizard"].with_user(user or self.clerk)
        return wizards.with_context(
            default_act=act, active_model=record._name, active_id=record.id
        ).create(values)

    def test_what_is_open_is_listed_before_the_year_is_closed(self):
        self.issue()
        waits = self.checked(self.signed())
        self.reserve()
        with self.at(2027, 1, 4, 9):
            later = self.checked(self.signed())
            text = self.dialog("close_year").open_text
            self.assertIn(waits.display_name, text)
            self.assertNotIn(later.display_name, text)
            self.assertIn("02", text)
            self.assertIn("Phòng Nội vụ", text)
            self.assertNotIn("01", text.replace("/01/", ""))
            self.dialog("close_year").action_confirm()
        self.assertEqual(self.register.sudo().state, "closed")

    def test_papers_of_the_year_that_wait_are_listed(self):
        register = self.registered().sudo().register_id
        old = self.draft(reference="77/BC-NV")
        with self.at(2027, 1, 4, 9):
            new = self.draft(received_date="2027-01-04", reference="78/BC-NV")
            text = self.dialog("close_year", record=register).open_text
        self.assertIn("77/BC-NV", text)
        self.assertNotIn("78/BC-NV", text)
        self.assertTrue(old.exists() and new.exists())

    def test_of_another_series_nothing_is_listed(self):
        kind = self.env.ref("qlvb_document.qlvb_document_type_quyet_dinh_qppl")
        other = self.checked(self.signed(type_id=kind.id))
        with self.at(2027, 1, 4, 9):
            text = self.dialog("close_year").open_text
        self.assertNotIn(other.display_name, text or "")

    def test_each_dialog_does_its_act(self):
        self.dialog("open_at", number=11, reason="Sổ giấy").action_confirm()
        document = self.issue()
        self.dialog(
            "reserve", count=2, reason="Chờ ký", for_whom="Nội vụ"
        ).action_confirm()
        self.dialog(
            "insert", self.chairman, number=11, reason="Chủ tịch đồng ý"
        ).action_confirm()
        self.dialog("void", record=document, reason="Rút lại").action_confirm()
        entries = self.register.sudo().entry_ids
        self.assertEqual(entries.mapped("number_text"), ["11", "11a", "12", "13"])
        self.dialog("void_entry", record=entries[3], reason="Thôi").action_confirm()
        self.assertEqual(
            entries.mapped("state"), ["void", "waiting", "waiting", "void"]
        )
        with self.at(2027, 1, 4, 9):
            self.dialog("close_year").action_confirm()
            self.dialog("reopen", self.chairman, reason="Bổ sung").action_confirm()
        self.assertEqual(self.register.sudo().state, "open")

    def test_a_register_is_opened_and_shown(self):
        wizard = self.dialog("open", self.culture_clerk, record=self.env["qlvb.unit"])
        self.assertEqual(wizard.unit_id, self.culture)
        action = wizard.action_confirm()
        register = self.env["qlvb.register"].browse(action["res_id"])
        self.assertEqual((register.unit_id, register.direction), (self.culture, "out"))

    def test_the_dialog_gives_no_right(self):
        for act, person in (
            ("reserve", self.culture_clerk),
            ("insert", self.clerk),
            ("reopen", self.clerk),
        ):
            with self.subTest(act):
                wizard = self.dialog(act, person, number=1, reason="x", for_whom="y")
                self.assertDenied(wizard.action_confirm)

    def test_nobody_points_at_an_entry_to_be_told_its_name(self):
        entry = self.reserve()
        self.dialog("void_entry", record=entry)
        for person in (self.culture_clerk, self.vice_culture, self.culture_one):
            with self.subTest(person.login):
                self.assertRefused("", self.dialog, "void_entry", person, entry)

    def test_the_head_decides_on_series_in_the_dialog(self):
        wizard = (
            self.env["qlvb.series.wizard"]
            .with_user(self.chairman)
            .create({"type_ids": self.decision.ids, "decision": "QĐ 01"})
        )
        self.assertEqual(wizard.unit_id, self.committee)
        wizard.action_confirm()
        series = self.env["qlvb.series"].search([("unit_id", "=", self.committee.id)])
        self.assertEqual(series.type_ids, self.decision)
        self.assertEqual(series.name, self.decision.name)
        wizards = self.env["qlvb.series.wizard"].with_user(self.clerk)
        self.assertDenied(wizards.create, {})

    def test_print_dialog_leads_to_each_form(self):
        wizards = self.env["qlvb.register.wizard"].with_user(self.clerk)
        wizard = wizards.with_context(
            active_model="qlvb.register", active_id=self.register.id
        ).create({"form_out": "bound-book"})
        self.assertIn("/qlvb/print/bound-book/", wizard.action_print()["url"])
        self.assertIn("/qlvb/print/register-sheet/", wizard.action_sheet()["url"])
        self.assertTrue(wizard.may_close)
        with self.at(2027, 1, 4, 9):
            self.by(self.clerk).action_close_year()
        self.assertFalse(wizards.create({"register_id": self.register.id}).may_close)

    def test_documents_of_the_register_are_shown(self):
        document = self.issue()
        action = self.by(self.clerk).action_open_documents()
        found = self.env["qlvb.document"].with_user(self.clerk).search(action["domain"])
        self.assertEqual(found, document)
