from datetime import date

from odoo.tests import tagged

from .common import NOW, OrderCase

WHY = "Chờ ý kiến của Sở"
LATER = "2026-10-30"


@tagged("post_install", "-at_install", "qlvb")
class TestMoreTime(OrderCase):
    """Who needs more time asks for it; who gave the work decides (Article 5.3c)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.due = cls.order.sudo().deadline

    def asked(self, day=LATER, user=None, order=None):
        """Let the holder ask for more time; return the request."""
        order = order or self.order
        self.by(user or self.culture_head, order).action_request_extension(day, WHY)
        return order.sudo().extension_ids.sorted("id")[-1:]

    # -- asking ---------------------------------------------------------------

    def test_who_decides_finds_it_among_the_reminders_until_it_is_decided(self):
        reminders = self.env["qlvb.reminder"].with_user(self.chief)
        asked = [("kind", "=", "asked"), ("is_open", "=", True)]
        self.by(self.culture_head).action_request_extension("2026-09-21", "Chờ số liệu")
        self.assertEqual(reminders.search(asked).assignment_id, self.order)
        for user in (self.culture_head, self.justice_head):
            self.assertFalse(reminders.with_user(user).search(asked))
        self.by(self.chief).action_decide_extension(False, "Không lùi được")
        self.assertFalse(reminders.search(asked))

    def test_the_holder_asks_and_the_giver_sees_it(self):
        request = self.asked()
        self.assertRecordValues(
            request,
            [
                {
                    "state": "asked",
                    "asked_by_id": self.culture_head.id,
                    "asked_behalf_id": False,
                    "asked_at": NOW,
                    "old_deadline": self.due,
                    "new_deadline": date(2026, 10, 30),
                    "reason": WHY,
                    "document_id": self.document.id,
                }
            ],
        )
        self.assertEqual(self.order.deadline, self.due, "nothing moves before")
        message = self.document.sudo().message_ids[0]
        self.assertIn(WHY, message.body)
        self.assertIn(self.chief.partner_id, message.notified_partner_ids)
        row = self.assertJournal(
            "assignment_extension_asked", self.document, self.culture_head
        )
        self.assertEqual(row.data["new_deadline"], LATER)
        self.assertNotIn(WHY, str(row.data))
        seen = self.by(self.chief)
        self.assertTrue(seen.asks_time and seen.to_decide)
        self.assertEqual(seen.asked_deadline, date(2026, 10, 30))
        self.assertIn(WHY, seen.asks_text)

    def test_it_waits_on_the_desk_of_who_decides_and_on_no_other(self):
        child = self.forward(self.culture_one)
        other = self.routed()
        self.asked(order=other)
        self.asked("2026-09-21", self.culture_one, child)
        for user, expected in (
            (self.chief, other),
            (self.chairman, other),
            (self.culture_head, child),
            (self.culture_one, child.browse()),
            (self.culture_deputy, child.browse()),
            (self.justice_head, child.browse()),
            (self.clerk, child.browse()),
        ):
            with self.subTest(user.login):
                model = self.env["qlvb.assignment"].with_user(user)
                found = model.search([("to_decide", "=", True)])
                self.assertEqual(found, expected)
                self.assertEqual(
                    model.search([("asks_time", "=", True)]).filtered("to_decide"),
                    expected,
                )
        self.assertEqual(self.by(self.culture_head).next_step, "decide")

    def test_the_chiefs_day_begins_with_it_where_nothing_else_waits(self):
        self.asked()
        action = self.env["qlvb.document"].with_user(self.chief)._action_my_work()
        self.assertEqual(
            action["xml_id"], "qlvb_document.qlvb_assignment_action_to_decide"
        )

    def test_nobody_but_the_holder_asks(self):
        for user in (self.chief, self.clerk, self.culture_deputy, self.justice_head):
            with self.subTest(user.login):
                self.assertDenied(self.by(user).action_request_extension, LATER, WHY)
        self.assertFalse(self.order.sudo().extension_ids)

    def test_a_delegate_asks_on_behalf_of_the_head(self):
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        request = self.asked(user=self.culture_deputy)
        self.assertEqual(request.asked_by_id, self.culture_deputy)
        self.assertEqual(request.asked_behalf_id, self.culture_head)
        self.assertJournal(
            "assignment_extension_asked",
            self.document,
            self.culture_deputy,
            on_behalf_of_id=self.culture_head,
        )

    def test_the_day_must_be_a_later_one(self):
        head = self.by(self.culture_head)
        self.assertRefused("later day", head.action_request_extension, self.due, WHY)
        self.assertRefused(
            "later day", head.action_request_extension, "2026-08-25", WHY
        )
        self.assertRefused(
            "Check the year", head.action_request_extension, "9999-12-31", WHY
        )
        with self.at(2027, 1, 5, 9):
            self.assertRefused(
                "in the past", head.action_request_extension, "2027-01-04", WHY
            )

    def test_what_is_no_day_or_no_reason_is_refused_in_words(self):
        head = self.by(self.culture_head)
        for bad in ("30/10/2026", "2026-02-30", None, False, "", 5, [], {}, True, "x"):
            with self.subTest(str(bad)):
                self.assertRefused(
                    "not a date", head.action_request_extension, bad, WHY
                )
        for bad in (None, "", " ", "a\x00", "x" * 4001, 5, ["x"]):
            with self.subTest(str(bad)[:5]):
                self.assertRefused("Reason", head.action_request_extension, LATER, bad)
        self.assertFalse(self.order.sudo().extension_ids)

    def test_one_at_a_time(self):
        self.asked()
        self.assertRefused(
            "already", self.by(self.culture_head).action_request_extension, LATER, WHY
        )
        self.assertEqual(len(self.order.sudo().extension_ids), 1)

    def test_what_has_no_deadline_needs_no_more_time(self):
        inform = self.routed(self.line(self.justice), self.line(self.culture, "inform"))
        self.assertFalse(inform[1].sudo().deadline)
        asked = self.by(self.culture_head, inform[1])
        self.assertRefused("no deadline", asked.action_request_extension, LATER, WHY)
        self.assertFalse(asked.can_request_extension)

    # -- deciding -------------------------------------------------------------

    def test_granted_it_is_due_on_the_day_asked_for_and_both_days_stay(self):
        request = self.asked()
        with self.at(2026, 8, 27, 9):
            self.by(self.chief).action_decide_extension(True, "Đồng ý")
        self.assertEqual(self.order.sudo().deadline, date(2026, 10, 30))
        self.assertRecordValues(
            request,
            [
                {
                    "state": "granted",
                    "old_deadline": self.due,
                    "new_deadline": date(2026, 10, 30),
                    "decided_by_id": self.chief.id,
                    "note": "Đồng ý",
                }
            ],
        )
        self.assertEqual(str(request.decided_at), "2026-08-27 02:00:00")
        message = self.document.sudo().message_ids[0]
        self.assertIn("Đồng ý", message.body)
        self.assertIn(self.culture_head.partner_id, message.notified_partner_ids)
        row = self.journal("assignment_extension_granted", self.document)
        self.assertEqual(row.user_id, self.chief)
        self.assertEqual(row.data["old_deadline"], str(self.due))
        self.assertFalse(self.by(self.chief).asks_time)

    def test_refused_it_stays_as_it_was_and_says_why(self):
        request = self.asked()
        self.assertRefused("Note", self.by(self.chief).action_decide_extension, False)
        self.by(self.chief).action_decide_extension(False, "Việc gấp")
        self.assertEqual(request.state, "refused")
        self.assertEqual(request.note, "Việc gấp")
        self.assertEqual(self.order.sudo().deadline, self.due)
        self.assertJournal("assignment_extension_refused", self.document, self.chief)
        self.assertIn("Việc gấp", self.document.sudo().message_ids[0].body)
        again = self.asked("2026-10-01")
        self.assertEqual(again.state, "asked", "may be asked for once more")

    def test_nobody_but_the_giver_decides(self):
        self.asked()
        for user in (
            self.culture_head,
            self.culture_deputy,
            self.clerk,
            self.vice_culture,
            self.justice_head,
        ):
            with self.subTest(user.login):
                self.assertDenied(self.by(user).action_decide_extension, True)
        self.assertEqual(self.order.sudo().deadline, self.due)

    def test_a_head_does_not_grant_themselves(self):
        """Neither what they hold by routing it to themselves, nor as a delegate."""
        own = self.registered(self.culture_clerk)
        mine = self.routed(
            self.line(self.culture_head), document=own, by=self.culture_head
        )
        self.asked(order=mine)
        self.assertDenied(
            self.by(self.culture_head, mine).action_decide_extension, True
        )
        office = self.routed(self.line(self.office))
        self.asked(user=self.chief, order=office)
        self.assertDenied(self.by(self.chief, office).action_decide_extension, True)
        self.by(self.chairman, office).action_decide_extension(True)
        self.assertEqual(office.sudo().deadline, date(2026, 10, 30))

    def test_who_asked_as_a_delegate_does_not_decide_in_another_post(self):
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.asked(user=self.culture_deputy)
        with self.at(2026, 8, 27, 9):
            self.end_post(self.chief, self.committee, "2026-08-26")
            self.give_post(
                self.culture_deputy, self.committee, "chief_of_office", "2026-08-27"
            )
            self.assertRefused(
                "yourself",
                self.by(self.culture_deputy).action_decide_extension,
                True,
            )

    def test_the_delegate_decides_on_behalf_of_the_head(self):
        child = self.forward(self.culture_one)
        request = self.asked("2026-09-21", self.culture_one, child)
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        self.by(self.culture_deputy, child).action_decide_extension(False, "Không")
        self.assertEqual(request.decided_by_id, self.culture_deputy)
        self.assertEqual(request.decided_behalf_id, self.culture_head)

    def test_a_part_is_never_due_after_the_whole(self):
        child = self.forward(self.culture_one)
        self.asked(LATER, self.culture_one, child)
        head = self.by(self.culture_head, child)
        self.assertRefused(
            "part of work that is due", head.action_decide_extension, True
        )
        self.assertEqual(child.sudo().deadline, self.due)
        self.asked(LATER)
        self.by(self.chief).action_decide_extension(True)
        head.action_decide_extension(True)
        self.assertEqual(child.sudo().deadline, date(2026, 10, 30))

    def test_the_paper_is_due_no_earlier_than_its_lead(self):
        self.assertEqual(self.document.deadline, self.due)
        self.asked()
        self.by(self.chief).action_decide_extension(True)
        self.assertEqual(self.document.sudo().deadline, date(2026, 10, 30))
        row = self.journal("deadline_moved", self.document)
        self.assertEqual(row.data["new_deadline"], LATER)

    def test_a_supporters_time_moves_no_paper(self):
        support = self.routed(
            self.line(self.justice), self.line(self.culture, "support")
        )[1]
        before = support.document_id.deadline
        self.asked(order=support)
        self.by(self.chief, support).action_decide_extension(True)
        self.assertEqual(support.document_id.sudo().deadline, before)

    def test_a_later_deadline_of_the_paper_stays(self):
        lead = self.routed(
            self.line(self.culture, deadline="2026-08-31"), deadline="2026-12-31"
        )
        self.asked("2026-09-30", order=lead)
        self.by(self.chief, lead).action_decide_extension(True)
        self.assertEqual(lead.document_id.deadline, date(2026, 12, 31))

    def test_nothing_is_decided_where_nothing_is_asked_or_not_clearly(self):
        chief = self.by(self.chief)
        self.assertRefused("Nobody asks", chief.action_decide_extension, True)
        self.asked()
        for bad in (None, "yes", 1, 0, "false", [], {}):
            with self.subTest(str(bad)):
                self.assertRefused("Choose", chief.action_decide_extension, bad, "x")
        for bad in ("a\x00", "x" * 4001, 5, ["x"]):
            with self.subTest(str(bad)[:5]):
                self.assertRefused("Note", chief.action_decide_extension, True, bad)
        self.assertEqual(self.order.sudo().extension_ids.state, "asked")

    # -- the end of the work --------------------------------------------------

    def test_an_open_request_ends_visibly_with_the_work(self):
        for name, end in (
            ("done", lambda order: self.by(self.culture_head, order).action_done("x")),
            (
                "back",
                lambda order: self.by(self.culture_head, order).action_return("x"),
            ),
            ("recall", lambda order: self.by(self.chief, order).action_recall("x")),
        ):
            with self.subTest(name):
                order = self.routed()
                request = self.asked(order=order)
                end(order)
                self.assertEqual(request.state, "lapsed")
                self.assertEqual(request.decided_at, NOW)
                self.assertFalse(request.decided_by_id)
                self.assertFalse(order.sudo().asks_time)
        self.assertRefused(
            "stands at", self.by(self.chief, order).action_decide_extension, True
        )

    def test_it_ends_with_the_work_of_which_it_is_a_part(self):
        child = self.forward(self.culture_one)
        request = self.asked("2026-09-21", self.culture_one, child)
        self.by(self.culture_head).action_return("Không đúng chức năng")
        self.assertEqual(request.state, "lapsed")

    # -- who reads and writes the rows ----------------------------------------

    def test_whoever_sees_the_work_reads_it_and_nobody_else(self):
        request = self.asked()
        for user in (self.culture_head, self.chief, self.clerk, self.chairman):
            self.assertCanRead(user, request)
        for user in (self.justice_head, self.culture_one, self.administrator):
            self.assertCannotRead(user, request)

    def test_no_hand_writes_one(self):
        request = self.asked()
        values = {
            "assignment_id": self.order.id,
            "document_id": self.document.id,
            "asked_by_id": self.culture_head.id,
            "asked_at": NOW,
            "old_deadline": self.due,
            "new_deadline": LATER,
            "reason": WHY,
        }
        for user in (self.chief, self.culture_head, self.clerk, self.administrator):
            own = request.with_user(user).sudo(False)
            with self.subTest(user.login):
                self.assertDenied(own.create, {**values, "state": "granted"})
                self.assertDenied(own.write, {"state": "granted"})
                self.assertDenied(own.unlink)
        for change in ({"state": "granted"}, {"new_deadline": "2026-12-01"}):
            self.assertDenied(request.write, change)
        self.assertDenied(request.create, values)
        self.assertDenied(request.unlink)
        self.assertEqual(request.state, "asked")

    def test_the_screen_offers_each_act_to_whom_it_belongs(self):
        names = ("can_request_extension", "can_decide_extension")

        def offered(user):
            self.env.invalidate_all()
            order = self.by(user)
            return tuple(order[name] for name in names)

        self.assertEqual(offered(self.culture_head), (True, False))
        self.assertEqual(offered(self.chief), (False, False))
        self.asked()
        self.assertEqual(offered(self.culture_head), (False, False))
        self.assertEqual(offered(self.chief), (False, True))
        self.assertEqual(offered(self.clerk), (False, False))
