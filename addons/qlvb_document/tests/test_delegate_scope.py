from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import OrderCase

REASON = "Không đúng chức năng của đơn vị"


@tagged("post_install", "-at_install", "qlvb")
class TestDelegateScope(OrderCase):
    """A head delegates some powers of Article 5.3, and the server keeps to them."""

    ACTS = {
        "handle": [("action_accept",), ("action_done", "Đã xử lý")],
        "forward": [("action_forward", "lines")],
        "return": [("action_return", REASON)],
        "urge": [("action_urge", "Đề nghị khẩn trương")],
    }

    def narrowed(self, *powers, **values):
        return self.delegate(
            self.culture_head,
            self.culture_deputy,
            self.culture,
            **{
                f"gives_{power}": power in powers
                for power in ("handle", "forward", "return", "urge")
            },
            **values,
        )

    def attempt(self, name, *arguments):
        if arguments == ("lines",):
            arguments = ([self.line(self.culture_one)],)
        return getattr(self.by(self.culture_deputy), name)(*arguments)

    def test_each_power_alone(self):
        for given in self.ACTS:
            with self.subTest(given=given):
                delegation = self.narrowed(given)
                for power, acts in self.ACTS.items():
                    for act in acts:
                        if power == given:
                            with self.env.cr.savepoint() as savepoint:
                                self.attempt(*act)
                                savepoint.rollback()
                            self.env.invalidate_all()
                        else:
                            said = self.assertDenied(self.attempt, *act)
                            self.assertIn(self.culture_head.name, said)
                            self.assertIn("does not include", said)
                delegation.action_revoke()

    def test_the_buttons_follow(self):
        self.narrowed("return")
        order = self.by(self.culture_deputy)
        self.assertTrue(order.can_return)
        for name in ("accept", "forward", "done", "urge", "request_extension"):
            with self.subTest(name):
                self.assertFalse(order[f"can_{name}"])

    def test_routing_is_passing_on(self):
        document = self.registered(self.culture_clerk)
        delegation = self.narrowed("handle", "return", "urge")
        paper = document.with_user(self.culture_deputy)
        self.assertFalse(paper.can_assign)
        self.assertDenied(paper.action_assign, [self.line(self.culture_one)])
        delegation.action_revoke()
        self.narrowed("forward")
        paper.invalidate_recordset()
        self.assertTrue(paper.can_assign)
        paper.action_assign([self.line(self.culture_one)])

    def test_reminding_is_urging(self):
        self.narrowed("forward", "handle")
        child = self.forward(self.culture_one, by=self.culture_deputy)
        order = child.order_id.with_user(self.culture_deputy)
        self.assertFalse(order.can_remind)
        self.assertDenied(order.action_remind, "Đề nghị khẩn trương")

    def test_dossiers_alone_show_no_papers(self):
        self.narrowed("handle", "forward", "return", "urge", subject="dossier")
        self.assertCannotRead(self.culture_deputy, self.document)
        self.assertFalse(
            self.env["qlvb.assignment"]
            .with_user(self.culture_deputy)
            .search([("is_mine", "=", True)])
        )
        self.assertDenied(self.by(self.culture_deputy).action_accept)
        with self.assertRaises(AccessError):
            self.document.with_user(self.culture_deputy).read(["summary"])

    def test_papers_alone_show_the_papers(self):
        self.narrowed("handle", subject="document")
        self.assertCanRead(self.culture_deputy, self.document)
        self.by(self.culture_deputy).action_accept()
        self.assertJournal(
            "assignment_accepted",
            self.document,
            self.culture_deputy,
            on_behalf_of_id=self.culture_head,
            unit_id=self.culture,
        )

    def test_an_open_form_says_that_it_was_revoked(self):
        """The deputy has the work on the screen while the head revokes."""
        delegation = self.narrowed("handle", "forward", "return", "urge")
        order = self.by(self.culture_deputy)
        order.read(["state", "deadline"])
        delegation.action_revoke()
        for act, arguments in (
            (order.action_accept, ()),
            (order.action_done, ("Đã xử lý",)),
            (order.read, (["state"],)),
            (self.document.with_user(self.culture_deputy).read, (["summary"],)),
            (
                self.document.with_user(self.culture_deputy).write,
                ({"summary": "khác"},),
            ),
        ):
            with self.subTest(act.__name__):
                said = self.assertDenied(act, *arguments)
                self.assertIn("revoked the delegation", said)
                self.assertIn(self.culture_head.name, said)
        self.assertState(self.order, "sent")

    def test_others_are_told_nothing_of_it(self):
        self.narrowed("handle").action_revoke()
        order = self.by(self.justice_head)
        self.assertNotIn("delegation", self.assertDenied(order.action_accept))
