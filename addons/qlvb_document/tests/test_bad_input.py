from datetime import date, datetime

from odoo.fields import Domain
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import TODAY, DocumentCase, OrderCase

BEYOND = 2**31


class InputCase(DocumentCase):
    def call(self, user, record, method, *args):
        """Call as a remote client does."""
        return call_kw(
            record.with_user(user).sudo(False), method, [record.ids, *args], {}
        )


@tagged("post_install", "-at_install", "qlvb")
class TestBadPaper(InputCase):
    """What a clerk, or a machine in a clerk's name, may get wrong on a draft."""

    def assertNothingStored(self, words, **values):
        """Check that entering and mending are refused in these words."""
        model = self.env["qlvb.document"].with_user(self.clerk)
        count = model.search_count([])
        with self.subTest("create"):
            self.assertRefused(
                words, call_kw, model, "create", [self.paper(**values)], {}
            )
            self.assertEqual(model.search_count([]), count)
        draft = self.draft()
        before = draft.read(list(values))
        with self.subTest("write"):
            self.assertRefused(words, self.call, self.clerk, draft, "write", values)
            self.env.invalidate_all()
            self.assertEqual(draft.read(list(values)), before)
        draft.unlink()

    def test_control_characters(self):
        for text in ("Về\x00việc", "Về\x1bviệc", "Về\x07việc", "Về\u202eviệc"):
            for name, label in (
                ("summary", "Summary"),
                ("issuer", "Issuer"),
                ("reference", "Number and symbol"),
            ):
                with self.subTest(text=ascii(text), field=name):
                    self.assertNothingStored([label], **{name: text})

    def test_a_title_of_ten_megabytes(self):
        self.assertNothingStored(
            ["Summary", "10,485,760", "2,000"], summary="x" * 10_485_760
        )
        self.assertNothingStored(["Number and symbol", "100"], reference="x" * 101)

    def test_lines_in_a_summary_are_lines(self):
        self.assertEqual(self.draft(summary="Một\nhai").summary, "Một\nhai")

    def test_a_date_of_arrival_in_the_future(self):
        self.assertNothingStored(["27/08/2026", "future"], received_date="2026-08-27")

    def test_arrival_today_is_today_in_ha_noi(self):
        with self.at(2026, 8, 27, 0, 5):
            self.draft(received_date="2026-08-27")
            self.assertRefused("future", self.draft, received_date="2026-08-28")

    def test_arrival_before_the_date_of_the_paper(self):
        self.assertNothingStored(
            ["26/08/2026", "25/08/2026"],
            document_date="2026-08-26",
            received_date="2026-08-25",
        )

    def test_a_paper_older_than_the_state(self):
        self.assertNothingStored("year", document_date="1026-08-26")

    def test_ids_beyond_what_a_database_holds(self):
        for name in ("type_id", "unit_id", "field_id", "reply_to_id"):
            for number in (BEYOND, 2**70):
                with self.subTest(field=name, number=number):
                    self.assertNothingStored(["too large"], **{name: number})

    def test_a_unit_that_does_not_exist(self):
        for number in (-1, 2**31 - 1):
            with self.subTest(number):
                self.assertRefused("Choose your own", self.draft, unit_id=number)

    def test_everything_wrong_is_told_at_once(self):
        message = self.assertRefused(
            ["Summary", "Issuer", "Number and symbol"],
            self.draft,
            summary="a\x00",
            issuer="x" * 301,
            reference="\x1b",
        )
        self.assertEqual(len(message.splitlines()), 3)

    def test_a_deadline_in_the_past_stops_the_registration(self):
        draft = self.draft(deadline="2026-08-25")
        self.assertRefused("past", draft.action_register)
        self.assertState(draft, "draft")
        self.assertEqual(draft.number, 0)


@tagged("post_install", "-at_install", "qlvb")
class TestTwoAtOnce(InputCase):
    """Two people on one paper, or two clicks by one."""

    def test_of_two_who_edit_one_draft_the_second_is_told(self):
        draft = self.draft(self.culture_clerk)
        read = draft.revision
        second = draft.with_user(self.culture_account)
        draft.write({"summary": "Của người thứ nhất", "revision_seen": read})
        draft.env.flush_all()
        message = self.assertRefused(
            [self.culture_clerk.name, "Nothing of theirs was overwritten"],
            second.write,
            {"summary": "Của người thứ hai", "revision_seen": read},
        )
        self.assertNotIn("Của người", message)
        self.assertEqual(draft.summary, "Của người thứ nhất")
        second.write({"issuer": "Sở Nội vụ", "revision_seen": draft.revision})
        self.assertEqual(draft.summary, "Của người thứ nhất")
        self.assertEqual(draft.issuer, "Sở Nội vụ")

    def test_saving_twice_in_a_row_is_no_conflict(self):
        draft = self.draft()
        for summary in ("Một", "Hai", "Ba"):
            draft.write({"summary": summary, "revision_seen": draft.revision})
        self.assertEqual(draft.summary, "Ba")

    def test_a_revision_that_never_was_is_a_conflict(self):
        draft = self.draft()
        for seen in (7, -1, "x"):
            with self.subTest(seen):
                self.assertRefused(
                    self.clerk.name,
                    draft.write,
                    {"summary": "Khác", "revision_seen": seen},
                )

    def test_who_saves_after_it_was_registered_is_told_so(self):
        draft = self.draft()
        read = draft.revision
        draft.action_register()
        self.assertRefused(
            ["is in the register"],
            draft.write,
            {"summary": "Khác", "revision_seen": read},
        )

    def test_a_double_click_on_register(self):
        draft = self.draft()
        for _click in range(3):
            self.assertTrue(self.call(self.clerk, draft, "action_register"))
        self.assertEqual(draft.number, 1)
        self.assertEqual(len(self.journal("registered", draft)), 1)

    def test_a_double_click_on_route(self):
        document = self.registered()
        lines = [self.line(self.culture), self.line(self.justice, "support")]
        self.call(self.chief, document, "action_assign", lines)
        self.assertRefused(
            ["twice", "one lead only"],
            self.call,
            self.chief,
            document,
            "action_assign",
            lines,
        )
        self.assertEqual(len(document.sudo().assignment_ids), 2)


@tagged("post_install", "-at_install", "qlvb")
class TestBadLines(OrderCase):
    """Orders of a shape that no screen sends."""

    def assertLines(self, words, lines):
        """Check that routing and passing on refuse the lines in these words."""
        document = self.registered()
        for user, record, method in (
            (self.chief, document, "action_assign"),
            (self.culture_head, self.order, "action_forward"),
        ):
            with self.subTest(method, lines=str(lines)[:60]):
                record = record.with_user(user).sudo(False)
                self.assertRefused(
                    words, call_kw, record, method, [record.ids, lines], {}
                )
        self.assertFalse(document.sudo().assignment_ids)
        self.assertFalse(self.order.child_ids)
        self.assertState(self.order, "sent")

    def test_no_lines(self):
        for lines in (None, False, [], {}, "", 0, "lead", 7, {"role": "lead"}):
            self.assertLines("at least one", lines)

    def test_more_than_anybody_orders(self):
        self.assertLines("Too many", [self.line(self.culture_one)] * 201)

    def test_a_line_of_another_shape(self):
        good = self.line(self.culture_one)
        for line in (
            None,
            1,
            "x",
            [],
            {**good, "state": "done"},
            {**good, "giver_id": 1},
        ):
            self.assertLines(["Line 2", "unknown"], [good, line])

    def test_a_part_that_does_not_exist(self):
        for role in (None, "", "boss", 1, ["lead"], {"a": 1}):
            self.assertLines(
                ["Line 1", "part"], [{**self.line(self.culture_one), "role": role}]
            )

    def test_nobody(self):
        for nobody in ({}, {"unit_id": False}, {"unit_id": None, "user_id": False}):
            self.assertLines(
                ["Line 1", "a unit or a person"], [{"role": "lead", **nobody}]
            )

    def test_ids_that_are_none(self):
        for number in (BEYOND, 2**70, -1, "1", 1.5, True, [1], {"id": 1}):
            for name in ("unit_id", "user_id"):
                self.assertLines(
                    ["Line 1", "does not exist"], [{"role": "lead", name: number}]
                )
        self.assertLines("does not exist", [{"role": "lead", "user_id": BEYOND - 1}])
        self.assertLines("does not exist", [{"role": "lead", "unit_id": BEYOND - 1}])

    def test_days_that_are_none(self):
        for day in (
            "31/08/2026",
            "2026-02-30",
            "2026-08-31 00:00:00",
            datetime(2026, 8, 31),
            5,
            [TODAY],
        ):
            self.assertLines(
                ["Line 1", "not a date"],
                [self.line(self.culture_one, deadline=day)],
            )

    def test_an_instruction_that_is_none(self):
        self.assertLines("not a text", [self.line(self.culture_one, instruction=5)])
        for text in ("a\x00", "x" * 4001, "\u202e"):
            self.assertLines(
                "Instruction", [self.line(self.culture_one, instruction=text)]
            )

    def test_no_act_takes_a_shape_for_words(self):
        order = self.order.with_user(self.culture_head).sudo(False)
        for method in ("action_return", "action_done"):
            for words in (1, ["x"], {"a": 1}, "a\x00", "x" * 10_001):
                with self.subTest(method, words=str(words)[:9]):
                    self.assertRefused(
                        "", call_kw, order, method, [order.ids, words], {}
                    )
        self.assertState(self.order, "sent")

    def test_dates_are_days(self):
        order = self.routed(self.line(self.culture, deadline=date(2026, 9, 30)))
        self.assertEqual(order.deadline, date(2026, 9, 30))
        mine = Domain("deadline", "=", "2026-09-30")
        self.assertEqual(self.env["qlvb.assignment"].search(mine), order)
