from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install", "qlvb")
class TestDossierDelegate(DossierCase):
    """A delegation may be for papers or for dossiers alone (Article 5.3d)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossier = cls.assigned()
        cls.part = cls.dossier.assignment_ids
        cls.incoming = cls.routed(cls.line(cls.culture)).document_id

    def delegated(self, **values):
        return self.delegate(
            self.culture_head, self.culture_deputy, self.culture, **values
        )

    def mine(self):
        return (
            self.env["qlvb.assignment"]
            .with_user(self.culture_deputy)
            .search([("is_mine", "=", True)])
        )

    def test_all_shows_both(self):
        self.assertCannotRead(self.culture_deputy, self.dossier)
        self.delegated()
        self.assertCanRead(self.culture_deputy, self.dossier)
        self.assertCanRead(self.culture_deputy, self.incoming)
        self.assertEqual(self.mine(), self.part | self.incoming.assignment_ids)

    def test_papers_alone_show_no_dossier(self):
        self.delegated(subject="document")
        self.assertCannotRead(self.culture_deputy, self.dossier)
        self.assertCannotRead(self.culture_deputy, self.part)
        self.assertCanRead(self.culture_deputy, self.incoming)
        self.assertEqual(self.mine(), self.incoming.assignment_ids)
        self.assertDenied(self.part.with_user(self.culture_deputy).action_accept)

    def test_dossiers_alone_show_no_paper(self):
        self.delegated(subject="dossier")
        self.assertCanRead(self.culture_deputy, self.dossier)
        self.assertCannotRead(self.culture_deputy, self.incoming)
        self.assertEqual(self.mine(), self.part)
        self.part.with_user(self.culture_deputy).action_accept()
        self.assertJournal(
            "assignment_accepted",
            self.dossier,
            self.culture_deputy,
            on_behalf_of_id=self.culture_head,
            unit_id=self.culture,
        )

    def test_a_paper_in_the_dossier_goes_with_it(self):
        other = self.registered()
        self.dossier.with_user(self.chief).action_attach(other.ids)
        self.delegated(subject="dossier")
        self.assertCanRead(self.culture_deputy, other)

    def test_who_may_only_return_neither_opines_nor_finishes(self):
        self.delegated(gives_handle=False, gives_forward=False, gives_urge=False)
        dossier = self.dossier.with_user(self.culture_deputy)
        self.assertFalse(dossier.can_opine)
        self.assertFalse(dossier.can_complete)
        self.assertDenied(self.opinion, self.dossier, self.culture_deputy)
        self.assertDenied(dossier.action_complete)
        self.part.with_user(self.culture_deputy).action_return("Không đúng chức năng")
        self.assertState(self.part, "returned")

    def test_proposing_support_is_passing_on(self):
        self.part.with_user(self.culture_head).action_accept()
        delegation = self.delegated(gives_forward=False)
        dossier = self.dossier.with_user(self.culture_deputy)
        lines = [self.line(self.justice, "support", instruction="Thẩm định")]
        self.assertDenied(dossier.action_propose_support, lines)
        delegation.action_revoke()
        self.delegated(gives_handle=False)
        dossier.invalidate_recordset()
        dossier.action_propose_support(lines)

    def test_an_opinion_shows_both(self):
        self.delegated()
        self.part.with_user(self.culture_deputy).action_accept()
        opinion = self.opinion(self.dossier, self.culture_deputy)
        for name in (self.culture_deputy.name, self.culture_head.name):
            self.assertIn(name, opinion.author_text)
            self.assertIn(name, opinion.display_name)
