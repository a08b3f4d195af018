from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.models import qlvb_audience_mixin
from odoo.addons.qlvb_document.tests.common import TODAY

from ..models import qlvb_dossier_board
from .common import DossierCase

SPECIFICATION = {"state": {}}


class BoardCase(DossierCase):
    """Dossiers on the board, as people move them."""

    def move(self, dossier, user, target):
        """Move a card as the board does; return the state that it comes back with."""
        card = dossier.with_user(user).sudo(False)
        return card.web_save({"state": target}, SPECIFICATION)[0]["state"]

    def columns(self, user, domain=(), groupby="state"):
        """Return each column of the board with its count and its cards."""
        model = self.env["qlvb.dossier"].with_user(user)
        board = model.with_context(read_group_expand=True).web_read_group(
            list(domain),
            [groupby],
            [],
            auto_unfold=True,
            unfold_read_specification={"name": {}},
            unfold_read_default_limit=40,
        )
        return {
            group[groupby]: (
                group["__count"],
                [card["id"] for card in group.get("__records", ())],
            )
            for group in board["groups"]
        }

    def found(self, user, *leaves):
        """Return what the user finds."""
        return self.env["qlvb.dossier"].with_user(user).search(list(leaves)).sudo()


@tagged("post_install", "-at_install", "qlvb")
class TestDossierBoard(BoardCase):
    """To move a card is to do the act that leads there."""

    def test_head_accepts_by_moving_the_card(self):
        dossier = self.assigned()
        self.assertEqual(
            self.move(dossier, self.culture_head, "in_progress"), "in_progress"
        )
        self.assertEqual(dossier.assignment_ids.state, "accepted")

    def test_nobody_accepts_in_the_place_of_others(self):
        dossier = self.assigned()
        for user in (self.chief, self.chairman):
            with self.assertRaisesRegex(AccessError, "waits for Phòng Văn hóa"):
                self.move(dossier, user, "in_progress")
        with self.assertRaises(AccessError):
            self.move(dossier, self.justice_head, "in_progress")
        self.assertEqual(dossier.state, "assigned")

    def test_completing_by_moving_tells_all_that_is_missing(self):
        dossier = self.in_progress()
        with self.assertRaisesRegex(UserError, "no result yet"):
            self.move(dossier, self.culture_one, "completed")
        self.opinion(dossier, self.culture_one)
        with self.assertRaises(AccessError):
            self.move(dossier, self.chief, "completed")
        # The specialist's part is done; the head has it to look at.
        self.assertEqual(
            self.move(dossier, self.culture_one, "completed"), "in_progress"
        )
        self.assertEqual(
            self.move(dossier, self.culture_head, "completed"), "completed"
        )

    def test_chief_closes_by_moving_and_a_head_does_not(self):
        dossier = self.completed()
        with self.assertRaises(AccessError):
            self.move(dossier, self.culture_head, "closed")
        self.assertEqual(dossier.state, "completed")
        self.assertEqual(self.move(dossier, self.chief, "closed"), "closed")
        self.assertEqual(dossier.closed_by_id, self.chief)

    def test_a_move_that_needs_words_leads_to_its_dialog(self):
        dialogs = dict.fromkeys(
            qlvb_dossier_board.DIALOGS, "qlvb_dossier.qlvb_dossier_action"
        )
        draft, completed = self.opened(), self.completed()
        closed = self.completed()
        closed.action_close()
        moves = (
            (draft, "assigned", "is assigned"),
            (completed, "in_progress", "goes back"),
            (closed, "in_progress", "is reopened"),
        )
        for dossier, target, words in moves:
            before = dossier.state
            with (
                self.subTest(target),
                patch.dict(qlvb_dossier_board.DIALOGS, dialogs),
            ):
                with self.assertRaisesRegex(RedirectWarning, words) as asked:
                    self.move(dossier, self.chief, target)
                _words, action, button, context = asked.exception.args
                self.assertEqual(
                    action, self.env.ref("qlvb_dossier.qlvb_dossier_action").id
                )
                self.assertTrue(button)
                self.assertEqual(context["active_id"], dossier.id)
                with self.assertRaises(AccessError):
                    self.move(dossier, self.culture_head, target)
                self.assertEqual(dossier.state, before)

    def test_the_dialogs_are_there(self):
        for name in qlvb_dossier_board.DIALOGS.values():
            self.assertEqual(self.env.ref(name).target, "new")

    def test_a_move_that_is_no_act_says_what_is_possible(self):
        dossier = self.opened()
        with self.assertRaisesRegex(UserError, "From here it goes to: Assigned"):
            self.move(dossier, self.chief, "closed")
        with self.assertRaises(UserError):
            self.move(dossier, self.chief, "nonsense")
        self.assertEqual(self.move(dossier, self.chief, "draft"), "draft")

    def test_a_stranger_moves_nothing(self):
        dossier = self.completed()
        with self.assertRaises(AccessError):
            self.move(dossier, self.justice_head, "closed")
        self.assertEqual(dossier.state, "completed")

    def test_the_state_is_never_written_by_hand(self):
        dossier = self.completed()
        with self.assertRaises(AccessError):
            dossier.with_user(self.chief).write({"state": "closed"})
        with self.assertRaises(AccessError):
            dossier.with_user(self.chief).sudo(False).web_save(
                {"state": "closed", "name": "Khác"}, SPECIFICATION
            )
        with self.assertRaises(AccessError):
            self.env["qlvb.dossier"].with_user(self.chief).web_save(
                {"name": "Mới", "state": "closed"}, SPECIFICATION
            )
        self.assertEqual(dossier.state, "completed")

    # -- what the board shows -------------------------------------------------

    def test_every_column_counts_what_its_reader_sees(self):
        other = self.assigned(self.line(self.justice))
        mine = self.in_progress()
        closed = self.completed()
        closed.action_close()
        self.opened()
        self.assertEqual(
            {
                state: count
                for state, (count, _cards) in self.columns(self.chief).items()
            },
            {"draft": 1, "assigned": 1, "in_progress": 1, "completed": 0, "closed": 1},
        )
        self.assertEqual(
            self.columns(self.culture_one),
            {
                "draft": (0, []),
                "assigned": (0, []),
                "in_progress": (1, mine.ids),
                "completed": (0, []),
                "closed": (1, closed.ids),
            },
        )
        self.assertEqual(self.columns(self.justice_head)["assigned"], (1, other.ids))
        self.assertEqual(
            {count for count, _cards in self.columns(self.commune_head).values()}, {0}
        )

    def test_what_is_due_stands_on_top_and_of_the_closed_the_last(self):
        late, soon, ever = (
            self.opened(deadline=day)
            for day in (TODAY - timedelta(days=3), TODAY + timedelta(days=1), False)
        )
        model = self.env["qlvb.dossier"].with_user(self.chief)
        first, second = self.completed(), self.completed()
        first.action_close()
        with clock.frozen(clock.now() + timedelta(days=1)):
            second.action_close()
        self.assertEqual(
            model.search([], order="board_rank, id").sudo(),
            late | soon | ever | second | first,
        )

    def test_columns_are_counted_to_the_end(self):
        for _number in range(4):
            self.opened()
        with patch.object(qlvb_audience_mixin, "_MOST_CARDS", 3):
            self.assertEqual(self.columns(self.chief)["draft"][0], 4)

    def test_columns_by_unit_and_person_are_the_readers_own(self):
        self.assigned(self.line(self.justice))
        self.in_progress()
        for groupby in ("lead_unit_id", "responsible_id", "deadline:week"):
            with self.subTest(groupby):
                counts = self.columns(self.culture_one, groupby=groupby).values()
                self.assertEqual(sum(count for count, _cards in counts), 1)

    def test_new_is_offered_to_who_opens_dossiers(self):
        for user, offered in (
            (self.chief, True),
            (self.chairman, True),
            (self.vice_culture, False),
            (self.culture_head, False),
        ):
            model = self.env["qlvb.dossier"].with_user(user)
            for kind in ("kanban", "list", "form"):
                arch = etree.fromstring(model.get_view(view_type=kind)["arch"])
                with self.subTest(user=user.login, kind=kind):
                    self.assertEqual(arch.get("create") not in ("0", "False"), offered)


@tagged("post_install", "-at_install", "qlvb")
class TestDossierFilters(BoardCase):
    """What a manager asks the lists."""

    MINE = ("waits_for_me", "=", True)

    def test_what_waits_goes_from_hand_to_hand(self):
        everybody = (self.chief, self.culture_head, self.culture_one)

        def waits(dossier):
            return [
                user for user in everybody if dossier in self.found(user, self.MINE)
            ]

        dossier = self.opened()
        self.assertEqual(waits(dossier), [self.chief])
        self.assertIn(dossier, self.found(self.chairman, self.MINE))
        dossier.action_assign([self.line(self.culture)])
        self.assertEqual(waits(dossier), [self.culture_head])
        child = self.passed_on(
            dossier.assignment_ids, self.culture_head, self.culture_one
        )
        self.assertEqual(waits(dossier), [self.culture_one])
        child.with_user(self.culture_one).action_accept()
        self.opinion(dossier, self.culture_one)
        dossier.with_user(self.culture_one).action_complete()
        self.assertEqual(waits(dossier), [self.culture_head])
        dossier.with_user(self.culture_head).action_complete()
        self.assertEqual(waits(dossier), [self.chief])
        dossier.action_close()
        self.assertEqual(waits(dossier), [])

    def test_a_proposal_waits_for_who_decides_and_support_for_who_was_asked(self):
        dossier = self.in_progress()
        ids = dossier.with_user(self.culture_one).action_propose_support(
            [self.line(self.justice, role="support")]
        )
        self.assertIn(dossier, self.found(self.chief, self.MINE))
        self.assertNotIn(dossier, self.found(self.justice_head, self.MINE))
        proposal = self.env["qlvb.assignment"].browse(ids)
        proposal.with_user(self.chief).action_decide_support(True)
        self.assertNotIn(dossier, self.found(self.chief, self.MINE))
        self.assertIn(dossier, self.found(self.justice_head, self.MINE))
        self.assertTrue(dossier.with_user(self.justice_head).waits_for_me)

    def test_stuck_is_more_than_five_working_days_in_the_same_hands(self):
        stuck = ("is_stuck", "=", True)
        moment, calendar = clock.now(), self.committee._calendar()
        dossier = self.in_progress()
        for working, expected in ((0, False), (5, False), (6, True)):
            days = calendar.add_working_days(clock.today(), working) - clock.today()
            with clock.frozen(moment + days), self.subTest(working):
                dossier.invalidate_recordset()
                self.assertEqual(dossier.is_stuck, expected)
                self.assertEqual(dossier in self.found(self.chief, stuck), expected)
                self.assertEqual(
                    dossier in self.found(self.culture_one, stuck), expected
                )
                self.assertNotIn(dossier, self.found(self.justice_head, stuck))
        with clock.frozen(moment + timedelta(days=20)):
            self.opinion(dossier, self.culture_one)
            dossier.with_user(self.culture_one).action_complete()
            self.assertNotIn(dossier, self.found(self.chief, stuck))

    def test_chief_saves_the_form_of_a_new_dossier(self):
        """As the web client does it, which sends the state along."""
        dossiers = self.env["qlvb.dossier"].with_user(self.chief)
        values = {"name": "Tổng kết năm", "unit_id": self.committee.id}
        ((row,),) = [dossiers.web_save({**values, "state": "draft"}, {"state": {}})]
        self.assertEqual(row["state"], "draft")
        with self.assertRaises(AccessError):
            dossiers.web_save({**values, "state": "closed"}, {"state": {}})

    def test_responsible_begins_a_line_on_the_form(self):
        """A new line of task or document is filled in for who sees the dossier."""
        dossier = self.in_progress()
        for name in ("qlvb.dossier.task", "qlvb.dossier.document"):
            lines = self.env[name].with_context(default_dossier_id=dossier.id)
            told = {"dossier_id": {"id": dossier.id, "name": dossier.name}}
            spec = {"dossier_id": {}, "sequence": {}}
            for values in ({}, told):
                lines.with_user(self.culture_one).onchange(values, [], spec)
                with self.assertRaises(UserError):
                    lines.with_user(self.justice_one).onchange(values, [], spec)

    def test_found_by_code_and_title_without_marks(self):
        dossier = self.assigned(name="Rà soát hộ nghèo đợt Đông Xuân")
        other = self.assigned(self.line(self.justice), name="Hộ nghèo xã Thắng")
        code = dossier.sudo().code

        def found(words, user=self.chief):
            return self.found(user, ("search_text", "ilike", words))

        self.assertEqual(found("ra soat dong xuan"), dossier)
        self.assertEqual(found("XUÂN nghèo"), dossier)
        for typed in (code, code.lower(), code[: code.rindex("-")].lower()):
            self.assertIn(dossier, found(typed))
        self.assertEqual(found(code), dossier)
        self.assertEqual(found("ho ngheo"), dossier | other)
        self.assertEqual(found("ho ngheo", self.culture_head), dossier)
        self.assertFalse(found("khong co"))
        self.assertIn(dossier, found("  "))
