import doctest
from datetime import date

from odoo.fields import Command
from odoo.tests import BaseCase, Form, tagged

from ..lib import corrections, freeze_correction
from .common_correct import CorrectCase

UNTOUCHED = (
    "number",
    "register_id",
    "unit_id",
    "direction",
    "state",
    "registered_at",
    "registered_by_id",
    "received_time",
    "attachment_ids",
)


@tagged("post_install", "-at_install", "qlvb")
class TestLibCorrections(BaseCase):
    """What may be corrected, and how it is told: no database needed."""

    def test_examples_in_the_documentation_hold(self):
        for module in (corrections, freeze_correction):
            result = doctest.testmod(module)
            self.assertEqual(result.failed, 0)
            self.assertTrue(result.attempted)


@tagged("post_install", "-at_install", "qlvb")
class TestAskForCorrection(CorrectCase):
    """A clerk, the head or the Chief of Office asks; nothing changes by it."""

    def test_the_clerk_asks_and_nothing_changes_yet(self):
        correction = self.asked(summary="Về việc khác", urgency="urgent")
        self.assertState(correction, "submitted")
        self.assertRecordValues(
            correction.line_ids,
            [
                {
                    "name": "summary",
                    "old_text": "Về việc ban hành Quy chế quản lý phần mềm",
                    "new_text": "Về việc khác",
                },
                {"name": "urgency", "old_text": "Normal", "new_text": "Urgent"},
            ],
        )
        self.assertEqual(correction.asked_by_id, self.clerk)
        self.assertEqual(correction.unit_id, self.committee)
        self.assertEqual(
            self.document.summary, "Về việc ban hành Quy chế quản lý phần mềm"
        )
        self.assertJournal(
            "correction_asked",
            self.document,
            self.clerk,
            data={"correction": correction.id, "fields": ["summary", "urgency"]},
        )
        self.assertNotIn("khác", str(self.journal("correction_asked").data))

    def test_head_and_chief_ask_as_well(self):
        for user, document in (
            (self.chief, self.document),
            (self.chairman, self.document),
            (self.commune_head, self.of_commune),
            (self.commune_clerk, self.of_commune),
        ):
            with self.subTest(user.login):
                self.assertTrue(document.with_user(user).can_correct)
                self.assertState(self.asked(user, document, issuer="X"), "submitted")

    def test_the_account_asks_and_its_keeper_is_named(self):
        correction = self.asked(self.commune_account, self.of_commune, issuer="X")
        self.assertEqual(correction.asked_keeper_id, self.commune_clerk)

    def test_nobody_else_asks(self):
        order = self.routed(self.line(self.culture), document=self.document)
        order.with_user(self.culture_head).action_accept()
        self.document.action_classify(self.field_culture.id)
        for user in (
            self.culture_head,
            self.culture_clerk,
            self.culture_one,
            self.vice_culture,
            self.commune_clerk,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertRefused("", self.ask, user, issuer="X")
        self.assertFalse(self.document.with_user(self.culture_head).can_correct)

    def test_the_chief_asks_for_no_document_that_is_out_of_sight(self):
        self.assertRefused("", self.ask, self.chief, self.of_commune, issuer="X")

    def test_a_delegate_does_not_ask(self):
        self.delegate(self.commune_head, self.commune_deputy, self.commune)
        deputy = self.commune_deputy
        self.assertRefused("", self.ask, deputy, self.of_commune, issuer="X")

    def test_a_draft_is_changed_and_not_corrected(self):
        draft = self.draft()
        self.assertFalse(draft.can_correct)
        self.assertRefused("draft", self.ask, None, draft, issuer="X")
        draft.action_register()
        self.assertTrue(draft.can_correct)
        self.assertState(self.asked(document=draft, issuer="X"), "submitted")

    def test_what_is_never_corrected(self):
        for name in ("number", "register_id", "unit_id", "direction", "state", "id"):
            with self.subTest(name):
                self.assertRefused(
                    "",
                    self.ask,
                    **{"line_ids": [Command.create({"name": name, "new_value": "7"})]},
                )

    def test_values_that_no_clerk_could_enter(self):
        for words, values in {
            "already": {"issuer": "Phòng Văn hóa và Thông tin"},
            "enter what": {"summary": ""},
            "understood": {"document_date": "24/8/2026"},
            "characters": {"reference": "a\x00b"},
            "at most 300": {"issuer": "x" * 301},
            "does not exist": {"type_id": "999999"},
            "stays in 2026": {"received_date": "2025-12-31"},
            "past": {"deadline": "2026-08-25"},
        }.items():
            with self.subTest(words):
                self.assertRefused(words, self.ask, **values)

    def test_dates_that_do_not_fit_together(self):
        correction = self.ask(document_date="2026-08-27")
        self.assertRefused("", correction.action_submit)
        # With the other date they do.
        correction.unlink()
        with self.at(2026, 8, 28, 9):
            both = self.ask(document_date="2026-08-27", received_date="2026-08-28")
            both.action_submit()
            self.assertState(both, "submitted")

    def test_nothing_is_asked_without_a_reason_or_a_change(self):
        self.assertRefused("", self.ask(reason="  ", issuer="X").action_submit)
        self.assertRefused("", self.ask().action_submit)

    def test_marks_of_secrecy_are_refused_at_this_door_too(self):
        for values in ({"summary": "MẬT"}, {"reason": "TỐI MẬT", "issuer": "X"}):
            with self.subTest(str(values)):
                self.assertRefused("Article 3", self.ask, **values)

    def test_the_dialog_asks_for_what_was_changed(self):
        wizard = Form(
            self.env["qlvb.correction.wizard"]
            .with_user(self.clerk)
            .with_context(default_document_id=self.document.id)
        )
        self.assertEqual(wizard.summary, self.document.summary)
        self.assertEqual(wizard.type_id, self.kind)
        wizard.issuer = "Phòng Tư pháp"
        wizard.urgency = "express"
        wizard.reason = "Nhập nhầm cơ quan ban hành"
        wizard.save().action_confirm()
        correction = self.document.correction_ids
        self.assertState(correction, "submitted")
        # The deadline was counted, and is asked for as it follows.
        self.assertEqual(
            correction.line_ids.mapped("name"), ["issuer", "urgency", "deadline"]
        )
        self.assertFalse(self.env["qlvb.correction.wizard"].search([]))

    def test_the_dialog_takes_a_new_scan_in_place_of_the_old(self):
        wizard = Form(
            self.env["qlvb.correction.wizard"]
            .with_user(self.clerk)
            .with_context(default_document_id=self.document.id)
        )
        wizard.reason = "Quét thiếu trang"
        record = wizard.save()
        raw = self.file().raw
        record.write({"new_file": self.coded(raw), "new_file_name": "quet-lai.pdf"})
        record.action_confirm()
        line = self.document.correction_ids.line_ids
        self.assertEqual(line.old_text, "to-trinh.pdf")
        self.assertEqual(line.new_text, "quet-lai.pdf")
        self.assertEqual(line.sudo().new_file_id.raw, raw)


@tagged("post_install", "-at_install", "qlvb")
class TestDecide(CorrectCase):
    """The chairman decides, in person, and the system carries it out."""

    def test_the_chairman_approves_and_the_register_says_so(self):
        asked = {
            "type_id": str(self.env.ref("qlvb_document.qlvb_document_type_bao_cao").id),
            "reference": "121/BC-VHTT",
            "document_date": "2026-08-20",
            "received_date": "2026-08-25",
            "issuer": "Phòng Tư pháp",
            "summary": "Kết quả rà soát",
            "urgency": "express",
            "deadline": "2026-09-30",
        }
        before = self.document.sudo().read()[0]
        correction = self.asked(**asked).with_user(self.chairman)
        self.assertTrue(correction.can_approve)
        correction.action_approve("15/QĐ-UBND", "2026-08-26")
        self.assertState(correction, "done")
        self.assertRecordValues(
            self.document,
            [
                {
                    "type_id": int(asked["type_id"]),
                    "reference": "121/BC-VHTT",
                    "document_date": date(2026, 8, 20),
                    "received_date": date(2026, 8, 25),
                    "issuer": "Phòng Tư pháp",
                    "summary": "Kết quả rà soát",
                    "urgency": "express",
                    "deadline": date(2026, 9, 30),
                }
            ],
        )
        after = self.document.sudo().read()[0]
        for name in (
            "number",
            "register_id",
            "unit_id",
            "state",
            "registered_at",
            "received_time",
            "registered_by_id",
            "direction",
            "attachment_ids",
        ):
            self.assertEqual(after[name], before[name], name)
        self.assertRecordValues(
            correction,
            [
                {
                    "decided_by_id": self.chairman.id,
                    "decision_number": "15/QĐ-UBND",
                    "decision_date": date(2026, 8, 26),
                }
            ],
        )
        self.assertJournal("corrected", self.document, self.chairman)
        found = self.env["qlvb.document"].with_user(self.clerk)
        self.assertIn(
            self.document, found.search([("search_text", "ilike", "ra soat")])
        )

    def test_what_was_not_asked_for_stays(self):
        order = self.registered(deadline="2026-12-31", reference="5/TTr")
        correction = self.asked(
            document=order, urgency="express", received_date="2026-08-25"
        )
        correction.with_user(self.chairman).action_approve()
        self.assertEqual(order.deadline, date(2026, 12, 31))
        self.assertEqual(order.received_time, 9.0)

    def test_nobody_but_the_chairman_in_person_decides(self):
        correction = self.asked(issuer="X")
        of_commune = self.asked(self.commune_clerk, self.of_commune, issuer="X")
        for user in (
            self.clerk,
            self.chief,
            self.vice_culture,
            self.commune_head,
            self.administrator,
            self.outsider,
        ):
            for one in (correction, of_commune):
                with self.subTest(user.login):
                    own = self.by(user, one)
                    self.assertDenied(own.action_approve)
                    self.assertDenied(own.action_refuse, "Không")
                    self.assertFalse(
                        own.sudo().with_user(user).has_access("read")
                        and own.can_approve
                    )
        self.assertState(correction, "submitted")
        self.assertEqual(self.of_commune.sudo().issuer, "Phòng Văn hóa và Thông tin")

    def test_the_chairman_decides_for_a_commune_as_well(self):
        correction = self.approved(self.commune_clerk, self.of_commune, issuer="X")
        self.assertState(correction, "done")
        self.assertEqual(self.of_commune.sudo().issuer, "X")

    def test_a_new_chairman_decides_from_the_first_day(self):
        correction = self.asked(issuer="X")
        self.end_post(self.chairman, self.committee, "2026-08-25")
        self.give_post(self.justice_head, self.committee, "head", "2026-08-26")
        self.assertDenied(self.by(self.chairman, correction).action_approve)
        self.by(self.justice_head, correction).action_approve()
        self.assertState(correction, "done")

    def test_what_is_refused_changes_nothing(self):
        correction = self.asked(issuer="X")
        self.assertRefused("", self.by(self.chairman, correction).action_refuse, " ")
        self.by(self.chairman, correction).action_refuse("Bản giấy ghi đúng")
        self.assertState(correction, "refused")
        self.assertEqual(correction.refusal_reason, "Bản giấy ghi đúng")
        self.assertEqual(self.document.issuer, "Phòng Văn hóa và Thông tin")
        self.assertRefused("", self.by(self.chairman, correction).action_approve)
        self.assertJournal("correction_refused", self.document, self.chairman)

    def test_a_decision_falls_once(self):
        correction = self.approved(issuer="X")
        self.assertRefused("", correction.action_approve)
        self.assertRefused("", correction.action_refuse, "Không")
        self.assertEqual(len(self.journal("corrected", self.document)), 1)

    def test_of_two_requests_for_one_value_the_second_is_told(self):
        first, second = self.asked(issuer="X"), self.asked(self.chief, issuer="Y")
        other = self.asked(summary="Z")
        self.by(self.chairman, first).action_approve()
        message = self.assertRefused("X", self.by(self.chairman, second).action_approve)
        self.assertIn("Issuer", message)
        self.assertState(second, "submitted")
        self.by(self.chairman, other).action_approve()
        self.assertEqual(self.document.issuer, "X")
        self.assertEqual(self.document.summary, "Z")

    def test_the_day_of_a_decision_is_a_day(self):
        correction = self.by(self.chairman, self.asked(issuer="X"))
        for day in ("2026-08-27", "26/8/2026", 7):
            self.assertRefused("", correction.action_approve, None, day)

    def test_the_directory_of_senders_learns_it_too(self):
        self.approved(
            document=self.registered(issuer="Phòng Vằn hoá", reference="9/X-YZ"),
            issuer="Phòng Văn hoá huyện",
        )
        names = self.env["qlvb.sender"].sudo().search([]).mapped("name")
        self.assertIn("Phòng Văn hoá huyện", names)
        self.assertNotIn("Phòng Vằn hoá", names)


@tagged("post_install", "-at_install", "qlvb")
class TestExchangeFile(CorrectCase):
    """A scan that was made wrongly is replaced, and stays readable."""

    def replace(self, **values):
        file = self.file()
        line = {"name": "file", "new_file_id": file.id, **values}
        return file, self.asked(line_ids=[Command.create(line)])

    def test_the_new_scan_takes_the_place_of_the_old(self):
        old = self.document.attachment_ids
        new, correction = self.replace(old_file_id=old.id)
        self.assertEqual(self.document.attachment_ids, old)
        self.by(self.chairman, correction).action_approve()
        self.assertEqual(self.document.attachment_ids, new)
        self.assertEqual(self.document.scan_name, "ban-quet-lai.pdf")
        for user in (self.clerk, self.chief, self.chairman):
            for file in (old, new):
                self.assertTrue(self.by(user, file).has_access("read"), user.login)
                self.assertTrue(self.by(user, file).raw)
        for user in (self.culture_head, self.commune_head, self.outsider):
            for file in (old, new):
                self.assertFalse(self.by(user, file).has_access("read"), user.login)
        line = correction.line_ids
        self.assertEqual(
            (line.old_text, line.new_text), ("to-trinh.pdf", "ban-quet-lai.pdf")
        )
        self.assertIn(str(old.id), self.by(self.clerk, line).action_open_old()["url"])

    def test_a_scan_that_was_forgotten_is_added(self):
        new, correction = self.replace()
        self.by(self.chairman, correction).action_approve()
        self.assertEqual(len(self.document.attachment_ids), 2)
        self.assertIn(new, self.document.attachment_ids)

    def test_who_decides_sees_the_new_file_of_a_document_out_of_sight(self):
        file = self.file(self.commune_clerk)
        correction = self.ask(
            self.commune_clerk,
            self.of_commune,
            line_ids=[Command.create({"name": "file", "new_file_id": file.id})],
        )
        self.assertFalse(self.by(self.chairman, file).has_access("read"))
        correction.action_submit()
        self.assertTrue(self.by(self.chairman, file).has_access("read"))
        self.assertCannotRead(self.chairman, self.of_commune)

    def test_of_two_requests_for_one_file_the_second_is_told(self):
        old = self.document.attachment_ids
        first = self.replace(old_file_id=old.id)[1]
        second = self.replace(old_file_id=old.id)[1]
        self.by(self.chairman, first).action_approve()
        self.assertRefused(
            "to-trinh.pdf", self.by(self.chairman, second).action_approve
        )

    def test_what_was_exchanged_may_be_exchanged_again(self):
        first, correction = self.replace(old_file_id=self.document.attachment_ids.id)
        self.by(self.chairman, correction).action_approve()
        second, again = self.replace(old_file_id=first.id)
        self.by(self.chairman, again).action_approve()
        self.assertEqual(self.document.attachment_ids, second)
        self.assertTrue(self.by(self.clerk, first).has_access("read"))

    def test_files_of_others_are_not_taken(self):
        foreign = (
            self.of_commune.sudo().attachment_ids
            or self.registered(self.commune_clerk, ["x.pdf"], unit_id=self.commune.id)
            .sudo()
            .attachment_ids
        )
        mine = self.file()
        strange = self.upload(self.culture_clerk, "y.pdf")
        for line in (
            {"new_file_id": foreign.id},
            {"new_file_id": strange.id},
            {"new_file_id": self.document.attachment_ids.id},
            {"new_file_id": mine.id, "old_file_id": foreign.id},
            {"old_file_id": self.document.attachment_ids.id},
            {"new_file_id": mine.id, "new_value": "x"},
        ):
            with self.subTest(str(line)):
                command = Command.create({"name": "file", **line})
                self.assertRefused("", self.ask, line_ids=[command])
