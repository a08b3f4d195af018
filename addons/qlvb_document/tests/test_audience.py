from odoo.tests import tagged
from odoo.tools import SQL

from .common import OrderCase


@tagged("post_install", "-at_install", "qlvb")
class TestAudience(OrderCase):
    """Who sees what is written down beside the records, and checked every day."""

    def stored(self, record):
        """Return the audience as the database holds it."""
        self.env.flush_all()
        self.cr.execute(
            SQL(
                "SELECT audience FROM %s WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        return self.cr.fetchone()[0]

    def plant(self, record, audience):
        """Write an audience past the ORM, as a fault or a hand would."""
        self.env.flush_all()
        self.cr.execute(
            SQL(
                "UPDATE %s SET audience = %s WHERE id = %s",
                SQL.identifier(record._table),
                audience,
                record.id,
            )
        )
        self.env.invalidate_all()

    def verify(self):
        """Run the daily check; return the number of wrong documents and orders."""
        self.env.flush_all()
        self.env.invalidate_all()
        return tuple(
            self.env[name].search([], order="id")._mend_audience()
            for name in ("qlvb.document", "qlvb.assignment")
        )

    def test_no_act_leaves_a_difference(self):
        self.assertEqual(self.verify(), (0, 0))
        orders = self.routed(
            self.line(self.culture),
            self.line(self.justice_one, "support"),
            self.line(self.commune, "inform"),
        )
        self.assertEqual(self.verify(), (0, 0), "routing")
        to_deputy = self.forward(self.culture_deputy, order=orders[0])
        to_one = self.forward(
            self.culture_one,
            self.culture_two,
            by=self.culture_deputy,
            order=to_deputy,
        )
        self.assertEqual(self.verify(), (0, 0), "passing on")
        self.by(self.culture_one, to_one[0]).action_return("Không đúng")
        self.assertEqual(self.verify(), (0, 0), "returning")
        self.by(self.culture_deputy, to_one[1]).action_recall("Thôi")
        self.assertEqual(self.verify(), (0, 0), "recalling")
        self.by(self.culture_deputy, to_deputy).action_done("Xong")
        self.by(self.culture_head, orders[0]).action_done("Xong")
        self.assertEqual(self.verify(), (0, 0), "finishing")
        self.assertFalse(self.journal("audience_mended"))

    def test_every_holder_sees_every_order_on_the_document(self):
        orders = self.routed(
            self.line(self.culture),
            self.line(self.justice_one, "support"),
            self.line(self.commune, "inform"),
        )
        for user in (self.culture_head, self.justice_one, self.commune_head):
            for order in orders:
                with self.subTest(user.login, order=order.holder_text):
                    self.assertCanRead(user, order)

    def test_sight_that_was_planted_is_found_mended_and_told(self):
        right = self.stored(self.document)
        self.plant(self.document, [*right, self.justice_one.id * 8])
        self.env.invalidate_all()
        self.assertCanRead(self.justice_one, self.document)
        self.assertEqual(self.verify()[0], 1)
        self.assertEqual(self.stored(self.document), right)
        self.assertJournal("audience_mended", self.document, self.env.user)
        self.assertEqual(self.verify(), (0, 0))

    def test_sight_that_was_lost_is_given_back(self):
        for record in (self.document, self.order):
            right = self.stored(record)
            self.plant(record, [])
            self.assertCannotRead(self.culture_head, record)
            self.assertEqual(sum(self.verify()), 1)
            self.assertEqual(self.stored(record), right)
            self.assertCanRead(self.culture_head, record)

    def test_nobody_reads_or_writes_an_audience(self):
        for user in (self.clerk, self.chief, self.chairman, self.administrator):
            with self.subTest(user.login):
                document = self.env["qlvb.document"].with_user(user)
                self.assertDenied(document.browse(self.document.id).read, ["audience"])
                self.assertDenied(document.search, [("audience", "=", 1)])
                self.assertNotIn("audience", document.fields_get())

    def test_the_daily_run_mends_them_all(self):
        documents = self.registered() | self.registered() | self.registered()
        for document in documents:
            self.plant(document, [])
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "qlvb_document.ir_cron_qlvb_document_audience"
            ).method_direct_trigger()
        for document in documents:
            self.env.invalidate_all()
            self.assertCanRead(self.clerk, document)
