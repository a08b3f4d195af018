from odoo.tests import Form, tagged

from .common import NOW, OrderCase

WORDS = "Đề nghị báo cáo trước thứ Sáu"


@tagged("post_install", "-at_install", "qlvb")
class TestFollowOrder(OrderCase):
    """One order to many is followed as one, and only who owes is reminded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead, cls.support, cls.person, cls.inform = cls.routed(
            cls.line(cls.culture),
            cls.line(cls.justice, "support", deadline="2026-08-28"),
            cls.line(cls.culture_one, "support"),
            cls.line(cls.commune, "inform"),
        )
        cls.paper_sent = cls.lead.document_id
        cls.given = cls.lead.sudo().order_id

    def remind(self, *args, user=None):
        return self.by(user or self.chief, self.given).action_remind(WORDS, *args)

    def urged(self):
        """Return who of the order was urged."""
        self.env.invalidate_all()
        return self.given.sudo().assignment_ids.filtered("urged_at")

    def counts(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        order = self.by(user or self.chief, self.given)
        return {
            name.removesuffix("_count"): order[name]
            for name in (
                "recipient_count",
                "opened_count",
                "accepted_count",
                "answered_count",
                "waiting_count",
                "late_count",
            )
        }

    # -- what is one order ----------------------------------------------------

    def test_what_is_given_at_once_is_one_order(self):
        all_of_it = self.lead | self.support | self.person | self.inform
        self.assertEqual(self.given.sudo().assignment_ids, all_of_it)
        self.assertRecordValues(
            self.given.sudo(),
            [
                {
                    "document_id": self.paper_sent.id,
                    "giver_id": self.chief.id,
                    "giver_unit_id": self.committee.id,
                    "parent_id": False,
                    "date": NOW,
                }
            ],
        )
        later = self.routed(
            self.line(self.office, "inform"), document=self.paper_sent
        ).sudo()
        self.assertNotEqual(later.order_id, self.given)

    def test_passing_on_is_an_order_of_its_own(self):
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        child = self.forward(self.culture_two, by=self.culture_deputy, order=self.lead)
        order = child.sudo().order_id
        self.assertEqual(order.parent_id, self.lead)
        self.assertEqual(order.giver_id, self.culture_deputy)
        self.assertEqual(order.giver_behalf_id, self.culture_head)

    # -- what became of it ----------------------------------------------------

    def test_it_tells_who_opened_accepted_answered_and_is_late(self):
        fresh = {
            "recipient": 4,
            "opened": 0,
            "accepted": 0,
            "answered": 0,
            "waiting": 3,
            "late": 0,
        }
        self.assertEqual(self.counts(), fresh)
        self.open(self.inform, self.commune_head)
        self.by(self.culture_head, self.lead).action_accept()
        self.by(self.culture_one, self.person).action_done("Góp ý")
        expected = {**fresh, "opened": 3, "accepted": 2, "answered": 1, "waiting": 2}
        self.assertEqual(self.counts(), expected)
        with self.at(2026, 8, 31, 9):
            self.assertEqual(self.counts(), {**expected, "late": 1})
        self.by(self.chief, self.support).action_recall("Nhầm")
        self.assertEqual(self.counts(), {**expected, "recipient": 3, "waiting": 1})

    def test_many_orders_cost_one_query(self):
        for _number in range(5):
            self.routed(self.line(self.culture), self.line(self.justice, "support"))
        orders = self.env["qlvb.order"].with_user(self.chief).search([])
        self.assertGreaterEqual(len(orders), 7)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            orders.mapped("waiting_count")

    def test_it_is_seen_by_whoever_sees_the_document(self):
        for user in (self.chief, self.clerk, self.culture_head, self.culture_one):
            self.assertCanRead(user, self.given)
        for user in (self.culture_two, self.administrator, self.vice_economy):
            self.assertCannotRead(user, self.given)
        self.by(self.justice_head, self.support).action_return("Không đúng chức năng")
        self.assertCannotRead(self.justice_head, self.given)

    def test_an_export_is_journalled_on_the_document(self):
        rows = self.by(self.chief, self.given).export_data(["document_summary"])
        self.assertEqual(rows["datas"], [[self.paper_sent.summary]])
        self.assertJournal("exported", self.paper_sent, self.chief)

    def test_nobody_learns_its_name_by_pointing_at_it(self):
        wizard = self.env["qlvb.act.wizard"].with_user(self.culture_two)
        self.assertRefused(
            "no access",
            wizard.create,
            {"act": "remind", "order_id": self.given.id},
        )

    def test_nobody_writes_changes_or_deletes_one(self):
        values = {
            "document_id": self.paper_sent.id,
            "giver_id": self.chief.id,
            "date": NOW,
        }
        for user in (self.chief, self.clerk, self.culture_head):
            own = self.by(user, self.given)
            with self.subTest(user.login):
                self.assertDenied(own.create, values)
                self.assertDenied(own.write, {"giver_id": user.id})
                self.assertDenied(own.unlink)
        self.assertDenied(self.given.sudo().write, {"giver_id": self.clerk.id})

    # -- reminding ------------------------------------------------------------

    def test_only_who_has_not_answered_is_reminded(self):
        self.by(self.culture_one, self.person).action_done("Góp ý")
        self.assertEqual(self.remind(), 2)
        self.assertEqual(self.urged(), self.lead | self.support)
        message = self.paper_sent.sudo().message_ids[0]
        self.assertIn(WORDS, message.body)
        self.assertEqual(
            message.notified_partner_ids,
            (self.culture_head | self.justice_head).partner_id,
        )
        urges = self.lead.sudo().urge_ids | self.support.sudo().urge_ids
        self.assertEqual(set(urges.mapped("text")), {WORDS})
        self.assertEqual(urges.author_id, self.chief)
        rows = self.journal("assignment_urged", self.paper_sent)
        self.assertEqual(
            sorted((row.data for row in rows), key=lambda data: data["assignment"]),
            [
                {"assignment": one.id, "order": self.given.id}
                for one in (self.lead, self.support)
            ],
        )

    def test_each_choice_singles_out_its_own(self):
        self.open(self.lead, self.culture_head)
        self.by(self.justice_head, self.support).action_accept()
        for who, expected in (
            ("unopened", self.person | self.inform),
            ("unaccepted", self.lead | self.person),
            ("unanswered", self.lead | self.support | self.person),
        ):
            with self.subTest(who):
                before = len(self.given.sudo().assignment_ids.urge_ids)
                self.assertEqual(self.remind(who), len(expected))
                self.env.invalidate_all()
                urges = self.given.sudo().assignment_ids.urge_ids.sorted("id")
                self.assertEqual(urges[before:].assignment_id, expected)
        with self.at(2026, 8, 31, 9):
            self.assertEqual(self.remind("late"), 1)

    def test_nobody_is_left_to_be_reminded(self):
        self.assertRefused("nobody is late", self.remind, "late")
        self.by(self.culture_head, self.lead).action_done("Đã xử lý")
        self.by(self.justice_head, self.support).action_done("Góp ý")
        self.by(self.chief, self.person).action_recall("Nhầm")
        self.assertRefused("all have answered", self.remind)
        self.assertFalse(self.urged())

    def test_nobody_but_the_giver_reminds(self):
        for user in (self.clerk, self.culture_head, self.justice_head):
            with self.subTest(user.login):
                self.assertDenied(self.remind, user=user)
        for user in (self.culture_two, self.administrator, self.outsider):
            with self.subTest(user.login):
                self.assertDenied(self.remind, user=user)
        self.assertFalse(self.urged())
        self.assertTrue(self.by(self.chief, self.given).can_remind)
        self.assertFalse(self.by(self.culture_head, self.given).can_remind)

    def test_the_delegate_reminds_on_behalf_of_the_head(self):
        child = self.forward(self.culture_one, self.culture_two, order=self.lead)
        self.delegate(self.culture_head, self.culture_deputy, self.culture)
        order = self.by(self.culture_deputy, child[0].sudo().order_id)
        self.assertEqual(order.action_remind(WORDS), 2)
        self.assertEqual(
            child.sudo().urge_ids.on_behalf_of_id,
            self.culture_head,
        )

    def test_what_makes_no_sense_is_refused_in_words(self):
        for bad in ("all", None, 5, ["late"], {"late": 1}, True):
            with self.subTest(str(bad)):
                self.assertRefused("Choose whom", self.remind, bad)
        for bad in (None, "", " ", "a\x00", "x" * 4001, 5, ["x"]):
            with self.subTest(str(bad)[:5]):
                self.assertRefused(
                    "Message", self.by(self.chief, self.given).action_remind, bad
                )
        none = self.env["qlvb.order"].with_user(self.chief)
        self.assertRefused("one record", none.action_remind, WORDS)
        self.assertFalse(self.urged())

    # -- to all at once -------------------------------------------------------

    def wizard(self, document):
        return Form(
            self.env["qlvb.order.wizard"]
            .with_user(self.chief)
            .with_context(active_model="qlvb.document", active_id=document.id)
        )

    def test_all_communes_and_agencies_are_charged_with_one_choice(self):
        document = self.registered()
        form = self.wizard(document)
        form.lead_unit_id = self.culture
        form.support_all = "department"
        form.inform_all = "commune"
        self.assertFalse(form.support_all)
        form.save().action_confirm()
        self.assertHolders(
            document,
            (self.culture, "lead", "sent"),
            (self.office, "support", "sent"),
            (self.justice, "support", "sent"),
            (self.commune, "inform", "sent"),
        )
        orders = document.sudo().assignment_ids.sorted("id")
        self.assertEqual(orders[1].deadline, orders[0].deadline)

    def test_who_has_it_already_is_not_charged_twice(self):
        form = self.wizard(self.paper_sent)
        form.support_all = "all"
        form.save().action_confirm()
        self.env.invalidate_all()
        new = self.paper_sent.sudo().assignment_ids - self.given.sudo().assignment_ids
        self.assertEqual(new.unit_id, self.office)

    def test_the_reminder_is_sent_from_the_screen(self):
        wizard = (
            self.env["qlvb.act.wizard"]
            .with_user(self.chief)
            .with_context(
                active_model="qlvb.order",
                active_id=self.given.id,
                default_act="remind",
            )
            .create({"text": WORDS})
        )
        action = wizard.action_confirm()
        self.assertIn("3", action["params"]["message"])
        self.assertFalse(wizard.exists())


@tagged("post_install", "-at_install", "qlvb")
class TestOrderToAll(OrderCase):
    """An order to thirty-eight units costs little more than one to a few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        units = cls.env["qlvb.unit"].create(
            [
                {
                    "name": f"Xã {number}",
                    "symbol": "UBND",
                    "kind": "commune",
                    "parent_id": cls.committee.id,
                }
                for number in range(38)
            ]
        )
        users = cls.new_users(*(f"commune_{number}" for number in range(38)))
        for user, unit in zip(users, units, strict=True):
            cls.give_post(user, unit, "head")
        cls.units = units

    def lines(self, count):
        return [
            self.line(unit, "support" if number else "lead")
            for number, unit in enumerate(self.units[:count])
        ]

    def used(self, method, *args):
        """Return how many queries a call needs with a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()
        before = self.env.cr.sql_log_count
        method(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_recipients(self):
        routing, reminding = {}, {}
        for count in (3, 3, 38):
            document = self.registered()
            chief = document.with_user(self.chief)
            routing[count] = self.used(chief.action_assign, self.lines(count))
            order = document.sudo().assignment_ids.order_id.with_user(self.chief)
            reminding[count] = self.used(order.sudo(False).action_remind, WORDS)
        self.assertLessEqual(routing[38], routing[3] + 2)
        # Core looks at a message once for each inbox that it goes to, with two queries.
        self.assertLessEqual(reminding[38], reminding[3] + 2 * 35 + 2)

    def test_an_order_to_all_within_a_fixed_number_of_queries(self):
        self.routed(*self.lines(2))
        document = self.registered()
        lines = self.lines(38)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            document.with_user(self.chief).action_assign(lines)
            self.env.flush_all()
