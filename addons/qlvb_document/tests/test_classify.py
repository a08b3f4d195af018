from odoo.tests import tagged

from .common import DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestClassify(DocumentCase):
    """The field of work is named when the paper is sorted, not only at the desk."""

    def test_the_chief_shows_a_paper_to_the_vice_chairman_of_its_field(self):
        document = self.registered()
        self.assertCannotRead(self.vice_culture, document)
        document.with_user(self.chief).action_classify(self.field_culture.id)
        self.assertCanRead(self.vice_culture, document)
        self.assertCannotRead(self.vice_economy, document)
        self.assertJournal("classified", document, self.chief)
        document.with_user(self.clerk).action_classify(False)
        self.assertCannotRead(self.vice_culture, document)

    def test_nobody_else_names_it(self):
        document = self.routed().document_id
        for user in (self.culture_head, self.vice_culture, self.administrator):
            with self.subTest(user.login):
                asked = document.with_user(user).sudo(False)
                self.assertDenied(asked.action_classify, self.field_culture.id)
        self.assertFalse(document.field_id)

    def test_only_a_field_of_the_units_own(self):
        own = self.registered(self.culture_clerk)
        self.assertRefused(
            self.culture.name,
            own.with_user(self.culture_head).action_classify,
            self.field_culture.id,
        )
