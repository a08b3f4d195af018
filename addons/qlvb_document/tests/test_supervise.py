from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCase


@tagged("post_install", "-at_install", "qlvb")
class TestSupervise(OrderCase):
    """A head looks at the work of the unit: who may, and which figures they get."""

    def figures(self, user, *period):
        """Return the figures that ``user`` gets, by unit and person."""
        self.env.flush_all()
        self.env.invalidate_all()
        action = self.env["qlvb.supervision"].with_user(user).action_supervise(*period)
        lines = self.env["qlvb.supervision.line"].with_user(user)
        return {
            (line.unit_id, line.user_id): line
            for line in lines.search(action["domain"])
        }

    def assertFigures(self, line, **figures):
        self.assertEqual({name: line[name] for name in figures}, figures)

    # -- who ------------------------------------------------------------------

    def test_a_head_supervises_their_own_unit_alone(self):
        units = {unit for unit, _user in self.figures(self.culture_head)}
        self.assertEqual(units, {self.culture})

    def test_the_chairman_and_the_chief_supervise_all(self):
        for user in (self.chairman, self.chief):
            with self.subTest(user.login):
                units = {unit for unit, _user in self.figures(user)}
                self.assertLessEqual(
                    {self.committee, self.office, self.culture, self.commune}, units
                )

    def test_of_many_units_the_units_come_first_and_then_their_people(self):
        self.forward(self.culture_one)
        self.open(self.document, self.culture_head)
        whole = self.figures(self.chief)[self.culture, self.env["res.users"]]
        self.assertTrue(whole.is_unit)
        self.assertEqual(whole.holder_text, self.culture.name)
        lines = whole.search(whole.action_open_work()["domain"])
        self.assertEqual(lines.unit_id, self.culture)
        self.assertIn(self.culture_one, lines.user_id)
        for name in ("held", "late", "unopened", "given", "finished"):
            self.assertEqual(whole[name], sum(lines.mapped(name)), name)
        self.assertGreater(whole.held, 0)

    def test_nobody_else_supervises(self):
        for user in (
            self.culture_deputy,
            self.culture_one,
            self.culture_clerk,
            self.culture_account,
            self.vice_culture,
            self.clerk,
            self.administrator,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.figures, user)

    def test_a_delegate_supervises_while_the_delegation_runs(self):
        delegation = self.delegate(self.culture_head, self.culture_deputy, self.culture)
        figures = self.figures(self.culture_deputy)
        self.assertEqual({unit for unit, _user in figures}, {self.culture})
        [line, *_more] = figures.values()
        delegation.action_revoke()
        self.assertDenied(self.figures, self.culture_deputy)
        self.assertCannotRead(self.culture_deputy, line)

    def test_figures_are_for_who_asked(self):
        line = self.figures(self.culture_head)[self.culture, self.culture_one]
        self.assertCanRead(self.culture_head, line)
        self.assertCannotRead(self.culture_one, line)
        self.assertCannotRead(self.justice_head, line)
        self.assertCannotRead(self.chief, line)

    def test_nobody_makes_or_changes_figures(self):
        line = self.figures(self.culture_head)[self.culture, self.culture_one]
        lines = self.env["qlvb.supervision.line"].with_user(self.culture_head)
        self.assertDenied(lines.browse(line.id).write, {"unit_id": self.justice.id})
        supervision = self.env["qlvb.supervision"].with_user(self.culture_head)
        self.assertDenied(
            lines.create,
            {"supervision_id": line.supervision_id.id, "unit_id": self.justice.id},
        )
        self.assertDenied(
            supervision.create,
            {"line_ids": [(0, 0, {"unit_id": self.justice.id})]},
        )

    # -- which ----------------------------------------------------------------

    def test_what_each_holds_and_how_late_it_is(self):
        self.forward(self.culture_one)
        self.routed(
            self.line(self.culture_one, deadline="2026-08-27"), reference="2/TTr-VHTT"
        )
        figures = self.figures(self.culture_head)
        self.assertFigures(
            figures[self.culture, self.culture_one],
            held=2,
            late=0,
            due=1,
            unopened=2,
            oldest_days=0,
        )
        with self.at(2026, 9, 15, 9):
            figures = self.figures(self.culture_head)
        self.assertFigures(
            figures[self.culture, self.culture_one],
            held=2,
            late=2,
            due=0,
            oldest_days=11,
        )
        self.assertFigures(
            figures[self.culture, self.env["res.users"]], held=1, late=1, unopened=0
        )
        self.assertFigures(figures[self.culture, self.culture_two], held=0, given=0)

    def test_due_soon_is_counted_in_working_days(self):
        """Due on Thursday 3 September, after the holidays: soon from the 27th on."""
        self.routed(
            self.line(self.culture_one, deadline="2026-09-03"), reference="2/TTr-VHTT"
        )
        line = self.figures(self.culture_head)[self.culture, self.culture_one]
        self.assertEqual(line.due, 0)
        with self.at(2026, 8, 27, 9):
            line = self.figures(self.culture_head)[self.culture, self.culture_one]
            self.assertEqual(line.due, 1)

    def test_time_to_opening_and_finishing_is_working_time(self):
        with self.at(2026, 8, 28, 16, 30):
            orders = [
                self.routed(self.line(self.culture_one), reference=f"{number}/TTr-VP")
                for number in range(3)
            ]
        # An hour on Friday; off until Wednesday; half an hour on Thursday.
        with self.at(2026, 9, 3, 8):
            self.open(orders[0], self.culture_one)
        with self.at(2026, 9, 3, 9, 30):
            self.open(orders[1], self.culture_one)
            self.by(self.culture_one, orders[1]).action_done("Xong")
        with self.at(2026, 9, 4, 9):
            self.open(orders[2], self.culture_one)
            line = self.figures(self.culture_head)[self.culture, self.culture_one]
            whole = self.figures(self.chief)[self.culture, self.env["res.users"]]
        self.assertFigures(line, given=3, opened=3, finished=1, hours_to_open=3.0)
        self.assertAlmostEqual(line.days_to_finish, 3 / 8, 1)
        self.assertFigures(whole, opened=3, finished=1, hours_to_open=3.0)

    def test_the_period_bounds_what_is_measured_but_not_what_is_held(self):
        with self.at(2026, 9, 15, 9):
            line = self.figures(self.culture_head, "2026-09-01", "2026-09-15")
            line = line[self.culture, self.env["res.users"]]
            self.assertFigures(line, held=1, given=0)
            line = self.figures(self.culture_head, "2026-08-26", "2026-08-26")
            line = line[self.culture, self.env["res.users"]]
            self.assertFigures(line, held=1, given=1)

    def test_a_period_that_is_none_is_refused(self):
        supervise = self.env["qlvb.supervision"].with_user(self.chief).action_supervise
        for period, words in (
            (("2026-09-15", "2026-09-01"), "first day is not after its last"),
            (("2020-01-01", "2026-01-01"), "at most one year"),
            (("hôm nay", None), "first day is not after its last"),
            (([1], None), "first day is not after its last"),
            ((None, "0001-01-01"), "first day is not after its last"),
            ((None, "9999-12-31 25:00"), "first day is not after its last"),
        ):
            with self.subTest(period):
                self.assertRefused(words, supervise, *period)

    def test_behind_a_figure_stands_only_what_the_reader_sees(self):
        [child] = self.forward(self.culture_one)
        line = self.figures(self.culture_head)[self.culture, self.culture_one]
        action = line.action_open_work()
        found = self.env["qlvb.assignment"].with_user(self.culture_head)
        self.assertEqual(found.search(action["domain"]), child)
        found = self.env["qlvb.assignment"].with_user(self.justice_head)
        self.assertFalse(found.search(action["domain"]))

    def test_queries_do_not_grow_with_people_and_units(self):
        used = []
        for user in (self.culture_head, self.culture_head, self.chief):
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.cache.clear()
            before = self.env.cr.sql_log_count
            self.env["qlvb.supervision"].with_user(user).action_supervise()
            self.env.flush_all()
            used.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(used[2], used[1] + 2, used)
        self.assertLessEqual(used[1], 24, used)

    def test_years_that_cannot_be_are_refused_in_words(self):
        figures = self.env["qlvb.supervision"].with_user(self.culture_head)
        for first, last in (
            ("0001-01-01", "0001-01-20"),
            ("9999-12-01", "9999-12-31"),
            ("1944-12-31", "1945-01-01"),
        ):
            with self.assertRaisesRegex(UserError, "period"):
                figures.action_supervise(first, last)
