from odoo.tests import HttpCase, tagged

from .common import DocumentCase


@tagged("post_install", "-at_install", "qlvb")
class TestTours(DocumentCase, HttpCase):
    """The main job on the screen, each step by the person whose step it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.clerk | cls.chief | cls.culture_head | cls.culture_one
        people |= cls.chairman
        for user in people:
            user.password = user.login

    def walk(self, tour, user):
        """Let ``user`` log in and walk a tour from the first screen on."""
        self.start_tour("/odoo", f"qlvb_document_{tour}", login=user.login)
        self.env.invalidate_all()

    def on_a_phone(self, small):
        self.browser_size = "390x844" if small else "1366x768"
        self.touch_enabled = small

    def test_clerk_is_told_why_a_file_is_not_taken(self):
        # Dialogs of a program's error, or Odoo's own words, would not say it.
        self.walk("clerk_is_told", self.clerk)
        self.assertFalse(
            self.env["qlvb.document"].search([("reference", "=", "120/TTr-VHTT")])
        )

    def test_from_the_desk_to_the_answer(self):
        self.walk("clerk_registers", self.clerk)
        document = self.env["qlvb.document"].search(
            [("reference", "=", "120/TTr-VHTT")]
        )
        self.assertState(document, "registered")
        self.assertEqual(document.attachment_ids.mapped("name"), ["to-trinh.pdf"])

        self.walk("chief_routes", self.chief)
        self.assertState(document, "assigned")
        self.assertHolders(document, (self.culture, "lead", "sent"))

        self.on_a_phone(True)
        self.walk("head_forwards", self.culture_head)
        self.assertHolders(
            document,
            (self.culture, "lead", "accepted"),
            (self.culture_one, "lead", "sent"),
        )

        self.on_a_phone(False)
        self.walk("specialist_finishes", self.culture_one)
        self.assertHolders(
            document,
            (self.culture, "lead", "accepted"),
            (self.culture_one, "lead", "done"),
        )
        self.assertJournal("registered", document, self.clerk)
        self.assertJournal("assignment_forwarded", document, self.culture_head)
        self.assertJournal("assignment_finished", document, self.culture_one)

    def test_from_the_draft_to_the_number(self):
        self.walk("specialist_drafts", self.culture_one)
        document = self.env["qlvb.document"].search([("direction", "=", "out")])
        self.assertState(document, "review")
        self.assertEqual(document.attachment_ids.mapped("name"), ["quyet-dinh.pdf"])

        self.on_a_phone(True)
        self.walk("head_approves", self.culture_head)
        self.on_a_phone(False)
        self.walk("chief_approves", self.chief)
        self.assertState(document, "signing")

        self.on_a_phone(True)
        self.walk("chairman_signs", self.chairman)
        self.assertState(document, "signed")
        self.on_a_phone(False)
        self.walk("clerk_numbers", self.clerk)
        self.assertState(document, "issued")
        self.assertEqual(document.reference, "01/QĐ-UBND")
        approved = self.journal("approved", document)
        self.assertEqual(approved.user_id, self.culture_head | self.chief)
        self.assertJournal("signed", document, self.chairman)
        self.assertJournal("issued", document, self.clerk)
