from odoo.tests import tagged

from .common import DocumentCase

REASON = "Thiếu chữ ký và con dấu của cơ quan ban hành"


@tagged("post_install", "-at_install", "qlvb")
class TestRefuseIncoming(DocumentCase):
    """A paper found not in order goes back to the sender with the reason."""

    def test_the_clerk_refuses_with_a_reason(self):
        document = self.draft()
        self.assertTrue(document.action_refuse(f"  {REASON} \n"))
        self.assertState(document, "refused")
        self.assertEqual(document.refusal_reason, REASON)
        self.assertEqual(document.number, 0)
        row = self.assertJournal("refused", document, self.clerk)
        self.assertEqual(row.unit_id, self.committee)
        self.assertNotIn(REASON, str(row.data))

    def test_a_reason_is_asked_for(self):
        document = self.draft()
        for nothing in (None, False, "", "  \n\u200b"):
            with self.subTest(nothing):
                self.assertRefused("Reason", document.action_refuse, nothing)
        for bad in ("a\x00b", "x" * 4001, 7, ["x"]):
            with self.subTest(str(bad)[:5]):
                self.assertRefused("Reason", document.action_refuse, bad)
        self.assertState(document, "draft")

    def test_refused_papers_stay_in_a_list_with_their_reasons(self):
        for reference in ("01/CV-A", "02/CV-B"):
            self.draft(reference=reference).action_refuse(f"{REASON}: {reference}")
        found = (
            self.env["qlvb.document"]
            .with_user(self.clerk)
            .search([("state", "=", "refused"), ("unit_id", "=", self.committee.id)])
        )
        self.assertEqual(
            sorted(found.mapped("refusal_reason")),
            [f"{REASON}: 01/CV-A", f"{REASON}: 02/CV-B"],
        )
        self.assertCanRead(self.chief, found[0])
        self.assertCannotRead(self.culture_clerk, found[0])

    def test_nobody_else_refuses(self):
        document = self.draft()
        for user in (
            self.chief,
            self.chairman,
            self.culture_clerk,
            self.culture_one,
            self.administrator,
            self.outsider,
        ):
            with self.subTest(user.login):
                self.assertDenied(document.with_user(user).action_refuse, REASON)
        self.assertState(document, "draft")
        self.assertFalse(document.refusal_reason)

    def test_what_is_registered_is_not_refused_any_more(self):
        document = self.registered()
        self.assertRefused("Registered", document.action_refuse, REASON)
        self.assertState(document, "registered")

    def test_what_is_refused_goes_no_further(self):
        document = self.draft()
        document.action_refuse(REASON)
        self.assertRefused("Refused", document.action_register)
        self.assertRefused("Refused", document.action_refuse, "khác")
        chief = document.with_user(self.chief)
        self.assertRefused("Refused", chief.action_direct, "Giao VHTT")
        self.assertRefused("Refused", chief.action_assign, [self.line(self.culture)])
        self.assertEqual(document.refusal_reason, REASON)
        self.assertEqual(document.number, 0)

    def test_several_are_refused_together_or_not_at_all(self):
        documents = self.draft() | self.registered() | self.draft()
        self.assertRefused("Registered", documents.action_refuse, REASON)
        self.assertEqual(documents.mapped("state"), ["draft", "registered", "draft"])
