from odoo.tests import tagged

from odoo.addons.qlvb_base.lib import clock

from .common import DocumentCase

TEXT = "Giao phòng Văn hóa và Thông tin chủ trì, tham mưu trước 15/9."


@tagged("post_install", "-at_install", "qlvb")
class TestDirect(DocumentCase):
    """The leader's direction: its text, its author and its day (Article 5.2)."""

    def assertDirection(self, document, author, recorded_by=None):
        """Check the last direction on the document."""
        direction = document.sudo().direction_ids[-1]
        none = self.env["res.users"]
        self.assertEqual(direction.text, TEXT)
        self.assertEqual(direction.author_id, author)
        self.assertEqual(direction.recorded_by_id, recorded_by or none)
        self.assertEqual(direction.date, clock.now())

    def test_the_chairman_directs(self):
        document = self.registered()
        document.with_user(self.chairman).action_direct(f" {TEXT}\n")
        self.assertDirection(document, self.chairman)
        self.assertState(document, "registered")
        row = self.assertJournal("directed", document, self.chairman)
        self.assertNotIn(TEXT, str(row.data))

    def test_clerk_and_chief_record_what_the_chairman_wrote_on_paper(self):
        document = self.registered()
        for user in (self.clerk, self.chief):
            with self.subTest(user.login):
                document.with_user(user).action_direct(TEXT)
                self.assertDirection(document, self.chairman, recorded_by=user)
        row = self.assertJournal("direction_recorded", document, self.chief, 2)
        self.assertFalse(row.on_behalf_of_id, "recording is no acting for somebody")

    def test_a_vice_chairmans_word_on_paper_is_recorded_as_theirs(self):
        document = self.registered()
        asked = document.with_user(self.clerk)
        asked.action_direct(TEXT, self.vice_culture.id)
        self.assertDirection(document, self.vice_culture, recorded_by=self.clerk)
        self.assertRefused(
            self.committee.name, asked.action_direct, TEXT, self.culture_head.id
        )
        document.with_user(self.chairman).action_direct(TEXT, self.vice_culture.id)
        self.assertDirection(document, self.chairman)

    def test_nothing_is_recorded_for_a_chair_that_stands_empty(self):
        document = self.registered()
        self.end_post(self.chairman, self.committee, "2026-08-25")
        self.assertRefused(
            self.committee.name, document.with_user(self.chief).action_direct, TEXT
        )
        self.assertFalse(document.direction_ids)

    def test_a_vice_chairman_directs_in_their_own_field(self):
        document = self.registered(field_id=self.field_culture.id)
        document.with_user(self.vice_culture).action_direct(TEXT)
        self.assertDirection(document, self.vice_culture)
        self.assertDenied(document.with_user(self.vice_economy).action_direct, TEXT)

    def test_work_on_it_does_not_make_a_vice_chairman_its_director(self):
        document = self.routed(
            self.line(self.vice_economy), field_id=self.field_culture.id
        ).document_id
        self.assertCanRead(self.vice_economy, document)
        self.assertDenied(document.with_user(self.vice_economy).action_direct, TEXT)

    def test_an_agencys_head_directs_on_its_own_papers(self):
        document = self.registered(self.culture_clerk)
        document.with_user(self.culture_head).action_direct(TEXT)
        self.assertDirection(document, self.culture_head)
        document.action_direct(TEXT)
        self.assertDirection(
            document, self.culture_head, recorded_by=self.culture_clerk
        )

    def test_an_agencys_head_does_not_direct_on_the_committees_papers(self):
        document = self.routed().document_id
        self.assertCanRead(self.culture_head, document)
        for user in (self.culture_head, self.culture_clerk):
            self.assertDenied(document.with_user(user).action_direct, TEXT)

    def test_nobody_else_directs(self):
        document = self.routed(self.line(self.culture_one)).document_id
        own = self.registered(self.culture_clerk)
        for user in (self.culture_one, self.administrator, self.outsider):
            with self.subTest(user.login):
                self.assertDenied(document.with_user(user).action_direct, TEXT)
        for user in (self.culture_deputy, self.chairman, self.justice_head):
            with self.subTest(user.login):
                self.assertDenied(own.with_user(user).action_direct, TEXT)

    def test_not_before_it_is_registered_nor_after_it_is_done(self):
        draft = self.draft()
        self.assertRefused("New", draft.with_user(self.chairman).action_direct, TEXT)
        order = self.routed()
        order.with_user(self.culture_head).action_done("Đã xử lý")
        document = order.document_id.with_user(self.chairman)
        self.assertRefused("Done", document.action_direct, TEXT)

    def test_text_is_asked_for(self):
        document = self.registered().with_user(self.chairman)
        for bad in (None, "", " \n ", "a\x00", "x" * 4001, 5):
            with self.subTest(str(bad)[:5]):
                self.assertRefused("Direction", document.action_direct, bad)
        self.assertFalse(document.direction_ids)

    def test_a_direction_is_never_changed(self):
        document = self.registered()
        document.with_user(self.chairman).action_direct(TEXT)
        direction = document.sudo().direction_ids
        for user in (self.chairman, self.clerk, self.chief, self.administrator):
            with self.subTest(user.login):
                own = direction.with_user(user).sudo(False)
                self.assertDenied(own.write, {"text": "X"})
                self.assertDenied(own.unlink)
                self.assertDenied(
                    own.create,
                    {
                        "document_id": document.id,
                        "author_id": self.chairman.id,
                        "date": clock.now(),
                        "text": TEXT,
                    },
                )
        self.assertDenied(direction.write, {"text": "X"})
        self.assertDenied(direction.unlink)

    def test_whoever_sees_the_document_reads_it_and_nobody_else(self):
        document = self.routed().document_id
        document.with_user(self.chairman).action_direct(TEXT)
        direction = document.sudo().direction_ids
        for user in (self.clerk, self.chief, self.culture_head):
            self.assertCanRead(user, direction)
        for user in (self.culture_one, self.justice_head, self.administrator):
            self.assertCannotRead(user, direction)
