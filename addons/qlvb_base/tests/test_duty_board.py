from odoo.tests import tagged

from .common_duty import DutyCase


@tagged("post_install", "-at_install", "qlvb")
class TestDutyBoard(DutyCase):
    """The board of a day: who gets it, and what stands on it."""

    def board(self, user, *arguments):
        """Return the lines that ``user`` gets, by person."""
        self.env.flush_all()
        self.env.invalidate_all()
        board = self.env["qlvb.duty.board"].with_user(user)
        action = board.action_show_day(*arguments)
        lines = self.env["qlvb.duty.board.line"].with_user(user)
        return {line.user_id: line for line in lines.search(action["domain"])}

    def test_a_head_gets_the_board_of_their_own_unit(self):
        lines = self.board(self.culture_head)
        self.assertEqual(set(lines), {self.culture_head, self.culture_clerk})

    def test_the_office_and_the_chairman_get_all_units(self):
        for user in (self.chief, self.clerk, self.chairman):
            lines = self.board(user)
            self.assertIn(self.culture_head, lines)
            self.assertIn(self.commune_clerk, lines)

    def test_nobody_else_gets_a_board(self):
        for user in (
            self.culture_deputy,
            self.culture_one,
            self.culture_clerk,
            self.culture_account,
            self.vice_culture,
            self.administrator,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.board, user)

    def test_a_board_is_for_who_asked_and_while_they_look_after_the_unit(self):
        delegation = self.delegate(self.culture_head, self.culture_deputy, self.culture)
        line = self.board(self.culture_deputy)[self.culture_clerk]
        self.assertCanRead(self.culture_deputy, line)
        self.assertCannotRead(self.culture_head, line)
        self.assertCannotRead(self.chief, line)
        delegation.action_revoke()
        self.assertCannotRead(self.culture_deputy, line)

    def test_before_the_checkpoint_it_shows_who_has_not_come_yet(self):
        self.look_in(self.culture_head, 2026, 8, 26, 8, 40)
        lines = self.board(self.culture_head)
        head, clerk = lines[self.culture_head], lines[self.culture_clerk]
        self.assertEqual(head.morning, "done")
        self.assertEqual(head.morning_at, self.utc(2026, 8, 26, 8, 40))
        self.assertEqual(clerk.morning, "pending")
        self.assertFalse(head.afternoon, "it has not begun")
        with self.at(2026, 8, 26, 14):
            lines = self.board(self.culture_head)
            self.assertEqual(lines[self.culture_head].afternoon, "pending")

    def test_after_the_checkpoint_it_shows_who_missed_it_and_when_they_came(self):
        self.find(2026, 8, 26, 11, 40)
        self.look_in(self.culture_clerk, 2026, 8, 26, 14)
        with self.at(2026, 8, 26, 15):
            self.env["qlvb.duty"]._cron_find()
            line = self.board(self.chief)[self.culture_clerk]
            self.assertEqual(line.morning, "missed")
            self.assertEqual(line.morning_at, self.utc(2026, 8, 26, 14))
            self.assertEqual(line.afternoon, "done")

    def test_who_is_away_and_who_stands_in_are_told_apart(self):
        self.away(self.culture_head)
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        lines = self.board(self.chief)
        self.assertEqual(lines[self.culture_head].morning, "absence")
        self.assertEqual(lines[self.culture_deputy].morning, "pending")
        self.assertEqual(lines[self.culture_deputy].capacity, "delegate")

    def test_a_day_past_shows_what_was_found(self):
        self.look_in(self.culture_head, 2026, 8, 26, 9)
        self.find(2026, 8, 26, 11, 40)
        with self.at(2026, 8, 28, 9):
            lines = self.board(self.culture_head, "2026-08-26")
            self.assertEqual(lines[self.culture_head].morning, "done")
            self.assertEqual(lines[self.culture_clerk].morning, "missed")
            self.assertFalse(lines[self.culture_clerk].afternoon)
            self.assertFalse(self.board(self.culture_head, "2026-08-27"))

    def test_a_day_off_has_an_empty_board(self):
        with self.at(2026, 8, 29, 9):
            self.assertFalse(self.board(self.chief))

    def test_a_day_that_is_none_is_refused(self):
        board = self.env["qlvb.duty.board"].with_user(self.chief)
        for day in ("2026-13-01", "x", 7, "1999-01-01", [], {"a": 1}, "2026-08-27"):
            with self.subTest(day=day):
                if day:
                    self.assertRefused("day", board.action_show_day, day)

    def test_nobody_plants_lines_of_a_board(self):
        line = self.board(self.culture_head)[self.culture_clerk]
        self.assertDenied(line.with_user(self.culture_head).write, {"morning": "done"})
        self.assertDenied(
            line.with_user(self.culture_head).create, {"board_id": line.board_id.id}
        )
