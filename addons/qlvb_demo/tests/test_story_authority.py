from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock

from ..hooks import PASSWORD
from ..replay import naming
from ..replay.acts import Act
from ..replay.authority import Authority
from ..replay.authority_course import RequestCourse, absence, work
from ..replay.course import Course
from ..replay.hand import Hand
from ..replay.plan import delegation, plan, plan_authority, plan_dossiers
from .common import NOW, StoryCase


@tagged("post_install", "-at_install", "qlvb")
class TestStoryAuthority(StoryCase):
    """Accounts by decision, a mission, hand-overs: through the public methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority.load(cls.catalogue, NOW)

    def _account(self, login):
        return naming.account(self.env, login)

    def _record(self, entry):
        return Hand(self.env)._known(entry.key)

    def _request(self, part, key):
        return next(one for one in part.requests if one.key == key)

    def _play_part(self, part, *papers):
        """Play one year's acts of authority, on these papers.

        :param papers: entries that somebody registered before
        """
        acts, begun = [], {}
        for paper in papers:
            arrived = Course(paper, ()).acts()[:2]
            begun[paper.key] = arrived[-1].when
            acts += arrived
        acts += work(part, begun)
        acts += [absence(one) for one in part.absences]
        for mission in part.missions:
            acts += delegation(mission)
        for request in part.requests:
            acts += RequestCourse(request).acts()
        self._do(sorted(acts, key=lambda act: act.when))

    def _play_year(self):
        story = next(one for one in self.catalogue.year if one.key == "story")
        self._play_part(self.authority.year, story)

    def _play_running(self):
        papers = {one.paper for one in self.authority.running.dossiers}
        self._play_part(self.authority.running, *papers)

    def _assert_logs_in(self, user):
        self.env["res.users"].with_user(user)._check_credentials(
            {"type": "password", "login": user.login, "password": PASSWORD},
            {"interactive": False},
        )
        self.assertFalse(user.must_change_password)

    def _posts_now(self, user):
        posts = self.env["qlvb.position"]._current(user)
        return {(post.unit_id.symbol, post.role) for post in posts}

    def test_the_year_brings_people_and_moves_them(self):
        self._play_year()
        for request in self.authority.year.requests:
            record = self._record(request)
            self.assertEqual(record.state, request.fate, request.key)
            if request.fate == "done":
                self.assertEqual(record.executed_on, request.effective)
                self.assertEqual(record.decided_by_id.login, "chutich")
        with clock.frozen(clock.to_utc(NOW)):
            moved = self._account("cv3.vhtt")
            self.assertEqual(self._posts_now(moved), {("GDĐT", "specialist")})
            moved = self._account("cv3.noivu")
            self.assertEqual(self._posts_now(moved), {("TP", "specialist")})
            closed = self._account("cv3.thanhtra")
            self.assertFalse(closed.active)
            self.assertEqual(closed.name, "Trịnh Bá Lương")
            self.assertFalse(self._posts_now(closed))
            kept = self.env.ref("qlvb_demo.unit_luongphong")
            self.assertEqual(kept.keeper_id.login, "vanthu.luongphong")
            helper = self._account("cv2.chauminh")
            self.assertEqual(self._posts_now(helper), {("UBND", "specialist")})
        for login in ("cv3.vhtt", "cv3.noivu", "vt.luongphong"):
            self._assert_logs_in(self._account(login))

    def test_receiver_goes_on_with_what_was_handed_over(self):
        self._play_year()
        mover, receiver = self._account("cv3.vhtt"), self._account("cv2.vhtt")
        handover = self.env["qlvb.handover"].search([("user_id", "=", mover.id)])
        self.assertEqual(handover.state, "accepted")
        self.assertEqual(handover.accepted_by_id.login, "truong.vhtt")
        self.assertGreaterEqual(len(handover.line_ids), 2)
        dossier = self._record(self.authority.year.dossiers[0])
        self.assertEqual(dossier.state, "closed")
        self.assertEqual(dossier.result_opinion_id.create_uid, receiver)
        draft = self._record(self.authority.year.leavings[0])
        self.assertEqual(draft.state, "dropped")
        open_work = self.env["qlvb.assignment"].search_count(
            [("user_id", "=", mover.id), ("state", "in", ("sent", "accepted"))]
        )
        self.assertFalse(open_work)

    def test_the_running_year_leaves_something_to_decide_on(self):
        self._play_running()
        for request in self.authority.running.requests:
            record = self._record(request)
            self.assertEqual(record.state, request.fate, request.key)
        with clock.frozen(clock.to_utc(NOW)):
            chairman = self.env.ref("qlvb_demo.user_chutich")
            waiting = self._request(self.authority.running, "cho_duyet")
            self.assertTrue(self._record(waiting).with_user(chairman).can_approve)
            mover = self._account("cv3.ngocson")
            handover = self.env["qlvb.handover"].search([("user_id", "=", mover.id)])
            self.assertEqual(handover.state, "open")
            head = self.env.ref("qlvb_demo.user_truong_ngocson")
            self.assertTrue(handover.with_user(head).can_accept)
            self.assertTrue(handover.line_ids)
            everybody = self.env["res.users"].search([])
            now = clock.now()
            self.assertFalse(self.env["qlvb.absence"]._away(everybody, now))
            units = self.env["qlvb.unit"].search([])
            self.assertFalse(self.env["qlvb.delegation"]._of_today(units))
        for login in ("cv3.tnmt", "cv3.ngocson"):
            self._assert_logs_in(self._account(login))

    def test_deputy_acts_in_the_name_of_the_head_on_mission(self):
        self._play_running()
        head = self.env.ref("qlvb_demo.user_truong_ducthang")
        deputy = self.env.ref("qlvb_demo.user_pho_ducthang")
        for paper in self.authority.running.papers:
            document = self._record(paper)
            self.assertEqual(document.state, "done")
            [order] = document.assignment_ids
            self.assertEqual(order.giver_id, deputy)
            self.assertEqual(order.giver_behalf_id, head)
        deeds = self.env["qlvb.journal"].search(
            [("on_behalf_of_id", "=", head.id), ("user_id", "=", deputy.id)]
        )
        self.assertGreaterEqual(len(deeds), len(self.authority.running.papers))
        given = self.env["qlvb.delegation"].search([("delegate_id", "=", deputy.id)])
        self.assertEqual(given.state, "ended")

    def test_a_week_of_attendance_is_noted_and_the_duty_found(self):
        papers = plan(self.catalogue, NOW)
        before = papers + plan_dossiers(self.catalogue, papers, NOW)
        acts = plan_authority(self.catalogue, before, NOW)
        (week,) = [
            act
            for act in acts
            if act.verb == "note_attendance" and act.entry.key.endswith("2014_10_20")
        ]
        (away,) = [
            one for one in self.authority.year.absences if one.who == "truong.tnmt"
        ]
        mission = next(one for one in self.catalogue.away if one.unit == "tnmt")
        # People of the replay are there in the replay alone.
        looks = tuple(
            look for look in week.entry.looks if not look.login.startswith("cv3.")
        )
        object.__setattr__(week.entry, "looks", looks)
        self._do([absence(away), *delegation(mission), week])
        log = self.env["qlvb.access.log"].search(
            [("date", ">=", "2014-10-20"), ("date", "<=", "2014-10-26")]
        )
        self.assertEqual(len(log), len(looks))
        duty = self.env["qlvb.duty"].search(
            [("date", ">=", "2014-10-20"), ("date", "<=", "2014-10-26")]
        )
        states = {state: len(rows) for state, rows in duty.grouped("state").items()}
        self.assertEqual(set(states), {"done", "missed", "exempt"})
        self.assertGreater(states["done"], 15 * states["missed"] / 2)
        head = duty.filtered(
            lambda row: (
                row.user_id.login == "truong.tnmt" and str(row.date) < "2014-10-23"
            )
        )
        self.assertEqual(set(head.mapped("state")), {"exempt"})
        deputy = duty.filtered(lambda row: row.user_id.login == "pho.tnmt")
        self.assertEqual(set(deputy.mapped("capacity")), {"delegate"})
        # The same week again adds nothing.
        self._do([week])
        again = self.env["qlvb.access.log"].search_count(
            [("date", ">=", "2014-10-20"), ("date", "<=", "2014-10-26")]
        )
        self.assertEqual(again, len(looks))

    def test_an_account_that_never_came_to_be_is_told_so(self):
        with self.assertRaises(naming.NotHere):
            self._do([Act(NOW, "cv3.vhtt", "choose_password")])
