from odoo.tests import tagged

from .common import OrderCase

REASON = "Không đúng chức năng của đơn vị"


@tagged("post_install", "-at_install", "qlvb")
class TestDelegateWorks(OrderCase):
    """A deputy works in the head's name, and every trace says so (Article 5.3d)."""

    def away(self, **values):
        """Let VHTT's head delegate to the deputy, for today by default."""
        return self.delegate(
            self.culture_head, self.culture_deputy, self.culture, **values
        )

    def assertOnBehalf(self, event, record=None, count=1):
        """Check that the last such act names the deputy and, behind, the head."""
        self.assertJournal(
            event,
            record or self.document,
            self.culture_deputy,
            count,
            on_behalf_of_id=self.culture_head,
            unit_id=self.culture,
        )

    def test_without_a_delegation_a_deputy_does_nothing_of_it(self):
        deputy = self.by(self.culture_deputy)
        for act, argument in (
            ("action_accept", None),
            ("action_forward", [self.line(self.culture_one)]),
            ("action_return", REASON),
            ("action_done", "Đã xử lý"),
        ):
            with self.subTest(act):
                arguments = () if argument is None else (argument,)
                self.assertDenied(getattr(deputy, act), *arguments)
        self.assertCannotRead(self.culture_deputy, self.document)

    def test_sees_what_the_head_handles(self):
        earlier = self.document
        self.away()
        later = self.routed().document_id
        own = self.registered(self.culture_clerk)
        for document in (earlier, later, own):
            self.assertCanRead(self.culture_deputy, document)
        inbox = self.env["qlvb.assignment"].with_user(self.culture_deputy)
        self.assertEqual(
            inbox.search([("is_mine", "=", True)]), self.order | later.assignment_ids
        )
        self.assertCannotRead(
            self.culture_deputy, self.routed(self.line(self.justice)).document_id
        )

    def test_accepts(self):
        self.away()
        self.by(self.culture_deputy).action_accept()
        self.assertState(self.order, "accepted")
        self.assertOnBehalf("assignment_accepted")

    def test_passes_on(self):
        self.away()
        child = self.forward(self.culture_one, by=self.culture_deputy)
        self.assertEqual(child.giver_id, self.culture_deputy)
        self.assertEqual(child.giver_behalf_id, self.culture_head)
        self.assertOnBehalf("assignment_given", count=1 + 1)
        self.assertOnBehalf("assignment_forwarded")

    def test_passes_nothing_on_to_the_head_or_to_oneself(self):
        self.away()
        for person in (self.culture_deputy, self.culture_head):
            with self.subTest(person.login):
                self.assertRefused(
                    "yourself",
                    self.by(self.culture_deputy).action_forward,
                    [self.line(person)],
                )

    def test_returns(self):
        self.away()
        self.by(self.culture_deputy).action_return(REASON)
        self.assertState(self.order, "returned")
        self.assertEqual(self.order.returned_to_id, self.clerk)
        self.assertEqual(self.order.doer_id, self.culture_deputy)
        self.assertEqual(self.order.doer_behalf_id, self.culture_head)
        self.assertOnBehalf("assignment_returned")

    def test_finishes(self):
        self.away()
        self.by(self.culture_deputy).action_done("Đã xử lý")
        self.assertState(self.document, "done")
        self.assertEqual(self.order.doer_behalf_id, self.culture_head)
        self.assertOnBehalf("assignment_finished")

    def test_urges_and_recalls(self):
        child = self.forward(self.culture_one)
        self.away()
        self.by(self.culture_deputy, child).action_urge("Đề nghị hoàn thành")
        self.assertOnBehalf("assignment_urged")
        self.by(self.culture_deputy, child).action_recall("Giao lại")
        self.assertState(child, "recalled")
        self.assertOnBehalf("assignment_recalled")

    def test_holds_what_was_given_to_the_head_in_person(self):
        order = self.routed(self.line(self.culture_head))
        self.away()
        self.by(self.culture_deputy, order).action_accept()
        self.assertOnBehalf("assignment_accepted", order.document_id)

    def test_what_the_deputy_holds_in_person_is_done_in_no_other_name(self):
        child = self.forward(self.culture_deputy)
        self.away()
        self.by(self.culture_deputy, child).action_done("Dự thảo")
        self.assertFalse(child.doer_behalf_id)
        self.assertJournal("assignment_finished", self.document, self.culture_deputy)

    def test_routes_the_units_own_papers_and_does_not_direct(self):
        """Article 5.3 is to handle and pass on, not to direct in the head's place."""
        own = self.registered(self.culture_clerk)
        self.away()
        asked = own.with_user(self.culture_deputy)
        self.assertDenied(asked.action_direct, "Giao đồng chí Một")
        self.assertFalse(own.sudo().direction_ids)
        asked.action_assign([self.line(self.culture_one)])
        self.assertOnBehalf("assignment_given", own)

    def test_neither_registers_nor_refuses_nor_directs_above(self):
        self.away()
        draft = self.draft(self.culture_clerk).with_user(self.culture_deputy)
        self.assertDenied(draft.action_register)
        self.assertDenied(draft.action_refuse, REASON)
        self.assertDenied(self.draft, self.culture_deputy)
        above = self.document.with_user(self.culture_deputy).sudo(False)
        self.assertDenied(above.action_direct, "Giao phòng Tư pháp")
        self.assertDenied(above.action_assign, [self.line(self.justice, "support")])

    def test_the_end_takes_power_and_sight_to_the_minute(self):
        self.away(to_half="morning")
        with self.at(2026, 8, 26, 11, 59):
            self.assertCanRead(self.culture_deputy, self.document)
            self.by(self.culture_deputy).action_accept()
        with self.at(2026, 8, 26, 12, 0):
            self.assertCannotRead(self.culture_deputy, self.document)
            self.assertCannotRead(self.culture_deputy, self.order)
            self.assertDenied(self.by(self.culture_deputy).action_done, "Đã xử lý")
            self.by(self.culture_head).action_done("Đã xử lý")

    def test_having_acted_leaves_no_sight(self):
        delegation = self.away()
        child = self.forward(self.culture_one, by=self.culture_deputy)
        self.by(self.culture_one, child).action_done("Dự thảo")
        delegation.action_revoke()
        for record in (self.document, self.order, child):
            self.assertCannotRead(self.culture_deputy, record)
        self.assertEqual(self.by(self.culture_head).next_step, "look")

    def test_what_was_passed_on_comes_back_to_the_head(self):
        delegation = self.away()
        child = self.forward(self.culture_one, by=self.culture_deputy)
        delegation.action_revoke()
        self.by(self.culture_one, child).action_return(REASON)
        self.assertEqual(child.returned_to_id, self.culture_head)

    def test_the_screen_offers_it_while_it_runs(self):
        spec = {f"can_{act}": {} for act in ("accept", "forward", "return", "done")}
        delegation = self.away()
        row = self.by(self.culture_deputy).web_read({**spec, "is_mine": {}})[0]
        self.assertTrue(all(row.values()), row)
        delegation.action_revoke()
        self.env.invalidate_all()
        row = self.order.with_user(self.culture_deputy).sudo().web_read(spec)[0]
        del row["id"]
        self.assertFalse(any(row.values()), row)

    # -- both names wherever it is shown --------------------------------------

    def assertBoth(self, text):
        """Check that a text names the deputy who did it and the head behind."""
        self.assertIn(self.culture_deputy.name, text)
        self.assertIn(self.culture_head.name, text)

    def last_message(self):
        return self.document.message_ids.sorted("id")[-1:].body

    def test_orders_and_results_show_both(self):
        self.away()
        child = self.forward(self.culture_one, by=self.culture_deputy)
        self.assertBoth(child.giver_text)
        self.assertBoth(child.order_id.giver_text)
        self.by(self.culture_one, child).action_done("Đã xong")
        self.assertEqual(
            child.with_user(self.culture_one).doer_text, self.culture_one.name
        )
        self.by(self.culture_deputy, child).action_send_back("Thiếu số liệu")
        self.assertBoth(child.result_ids.author_text)
        self.assertBoth(child.redo_text)
        self.assertBoth(self.last_message())
        self.by(self.culture_one, child).action_done("Đã bổ sung")
        self.by(self.culture_deputy).action_done("Đã xử lý")
        self.assertBoth(self.order.doer_text)

    def test_urging_and_more_time_show_both(self):
        self.away()
        child = self.forward(self.culture_one, by=self.culture_deputy)
        self.by(self.culture_deputy, child).action_urge("Đề nghị khẩn trương")
        self.assertBoth(child.urge_ids.author_text)
        self.assertIn("khẩn trương", self.last_message())
        self.assertBoth(self.last_message())
        self.by(self.culture_deputy).action_request_extension(
            "2026-09-30", "Chờ số liệu của các xã"
        )
        self.assertBoth(self.order.asks_text)
        self.assertBoth(self.order.extension_ids.asked_text)
        self.assertBoth(self.last_message())
        self.by(self.culture_one, child).action_request_extension(
            "2026-09-29", "Chờ số liệu"
        )
        self.assertNotIn(self.culture_head.name, self.last_message())
        self.by(self.culture_deputy, child).action_decide_extension(False, "Không lùi")
        self.assertBoth(child.extension_ids[:1].decided_text)
        self.assertBoth(self.last_message())

    def test_the_course_of_events_shows_both(self):
        self.away()
        self.by(self.culture_deputy).action_accept()
        row = self.journal("assignment_accepted", self.document)
        self.assertBoth(row.user_text)

    def test_a_letter_names_both(self):
        self.away()
        child = self.forward(self.culture_one, by=self.culture_deputy)
        line = self.env["qlvb.reminder"]._letter_line(child, "http://localhost")
        self.assertBoth(line["giver"])

    def test_who_acts_in_person_stands_alone(self):
        child = self.forward(self.culture_one, by=self.culture_head)
        self.assertEqual(child.giver_text, self.culture_head.name)
        self.by(self.culture_head, child).action_urge("Đề nghị khẩn trương")
        self.assertNotIn(self.culture_head.name, self.last_message())
