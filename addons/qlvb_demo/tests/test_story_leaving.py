from dataclasses import replace

from odoo.tests import tagged

from ..replay.acts import Act
from ..replay.course import Course
from ..replay.hand import Hand
from ..replay.leaving import Copy
from ..replay.leaving_course import LeavingCourse
from .common import StoryCase


@tagged("post_install", "-at_install", "qlvb")
class TestStoryLeaving(StoryCase):
    """The courses of documents that leave, and the story's regulation among them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaving = cls.catalogue.leaving

    def _acts(self, leaving):
        # What is answered is played in a test of its own.
        return LeavingCourse(replace(leaving, reply="")).acts()

    def _first(self, fate, **values):
        return next(
            one
            for one in self.leaving.year + self.leaving.running
            if one.fate == fate
            and not one.replaces
            and not one.reserved
            and all(getattr(one, name) == value for name, value in values.items())
        )

    def _document(self, key, unit=None):
        entry = Copy(f"{key}_{unit}", None, unit) if unit else self._keyed(key)
        return Hand(self.env)._document(Act(None, "", "", entry))

    def _keyed(self, key):
        every = self.leaving.year + self.leaving.running
        return next(one for one in every if one.key == key)

    def _play_story(self):
        """Let the regulation be asked for, drafted, signed, numbered and received."""
        (entry,) = (entry for entry in self.catalogue.year if entry.key == "story")
        course = Course(entry, (), replied=True)
        acts = course.acts()
        (book,) = (book for book in self.leaving.year_books if book.legislative)
        # The nine before it stand in the paper book here.
        acts.append(Act(book.when, "vanthu", "open_book", replace(book, number=10)))
        regulation = self._keyed("quy_che")
        acts += LeavingCourse(regulation, (), (entry, course.held_since)).acts()
        self._play(sorted(acts, key=lambda act: act.when))
        return self._document("quy_che")

    def test_regulation_is_signed_numbered_and_received_by_all(self):
        document = self._play_story()
        self._check_way(document)
        self._check_recipients(document)
        self._check_files(document)
        self._check_origin(document.reply_to_id)

    def _check_way(self, document):
        self.assertEqual(document.reference, "10/2014/QĐ-UBND")
        self.assertEqual(document.number, 10)
        self.assertEqual(str(document.document_date), "2014-08-28")
        self.assertEqual(document.state, "dispatched")
        self.assertEqual(document.drafter_id.login, "cv1.vhtt")
        self.assertEqual(document.signer_id.login, "chutich")
        self.assertEqual(document.signer_capacity, "tm")
        self.assertEqual(str(document.signed_at.date()), "2014-08-28")
        self.assertEqual(document.registered_by_id.login, "vanthu")
        # The Office sent it back once; Tư pháp looked at it because it is legislative.
        self.assertEqual(document.send_back_ids.user_id.login, "chanhvp")
        self.assertEqual(document.send_back_ids.reason_ids.mapped("code"), ["the_thuc"])
        last = document.review_ids.filtered(lambda review: review.round == 2)
        self.assertEqual(
            [(review.aspect, review.decided_by_id.login) for review in last],
            [
                ("content", "truong.vhtt"),
                ("form", "chanhvp"),
                ("legal", "truong.tuphap"),
                ("sign", "chutich"),
            ],
        )

    def _check_recipients(self, document):
        rows = document.dispatch_ids
        committee = self.env.ref("qlvb_demo.unit_ubnd")
        self.assertEqual(rows.unit_id, committee.child_ids)
        self.assertEqual(set(rows.mapped("state")), {"received"})
        for row in rows:
            copy = row.sudo().copy_id
            self.assertTrue(copy.number)
            self.assertEqual(copy.register_id.unit_id, row.unit_id)
            self.assertEqual(row.received_number, copy.number_text)
            self.assertEqual(copy.reference, "10/2014/QĐ-UBND")
            self.assertEqual(copy.received_date.isoformat()[:7], "2014-08")

    def _check_files(self, document):
        kinds = document.version_ids.sorted("sequence").mapped("kind")
        self.assertEqual(kinds, ["pdf", "pdf", "signed", "final"])
        self.assertEqual(len(set(document.version_ids.mapped("checksum"))), 4)
        self.assertEqual(document.version_ids.mapped("author_id.login")[0], "vanthu")

    def _check_origin(self, origin):
        """What asked for the regulation is finished by it."""
        self.assertEqual(origin.reference, "120/TTr-VHTT")
        self.assertEqual(origin.state, "done")
        lead = origin.assignment_ids.filtered(
            lambda order: (
                not order.parent_id
                and order.unit_id.symbol == "VHTT"
                and order.role == "lead"
            )
        )
        self.assertIn("10/2014/QĐ-UBND", lead.result)
        self.assertEqual(str(lead.done_at.date()), "2014-08-28")

    def test_courses_end_where_their_fate_says(self):
        ends = {
            "void": "void",
            "dropped": "dropped",
            "draft": "draft",
            "sent_back": "draft",
            "at_head": "review",
            "at_office": "review",
            "at_legal": "review",
            "to_sign": "signing",
            "to_number": "signed",
            "to_send": "issued",
            "delivered": "dispatched",
        }
        for fate, state in ends.items():
            with self.subTest(fate):
                document = self._play(self._acts(self._first(fate)))
                self.assertEqual(document.state, state)

    def test_agency_and_commune_number_their_own(self):
        for by, symbol in (("vhtt", "VHTT"), ("ngocson", "UBND")):
            leaving = self._first("sent", by=by, own=by == "vhtt")
            document = self._play(self._acts(leaving))
            self.assertTrue(document.reference.endswith(symbol), document.reference)
            self.assertEqual(document.register_id.unit_id, document.unit_id)
            self.assertEqual(document.signer_id.login, f"truong.{by}")
            self.assertTrue(document.reference.endswith(leaving.symbol))

    def test_vice_chairman_signs_in_his_field_and_chief_by_order(self):
        signed = self._play(self._acts(self._first("sent", signer="deputy", type="CV")))
        self.assertEqual(signed.signer_id.login, "phochutich")
        self.assertEqual(signed.signer_capacity, "kt")
        self.assertTrue(signed.reference.endswith("/UBND-VX"))
        signed = self._play(self._acts(self._first("sent", signer="order")))
        self.assertEqual(signed.signer_id.login, "chanhvp")
        self.assertEqual(signed.signer_capacity, "tl")
        self.assertIn("Quy chế làm việc", signed.signer_basis)

    def test_recipient_refuses_with_a_reason(self):
        leaving = next(one for one in self.leaving.year if one.refuses)
        document = self._play(self._acts(leaving))
        states = {
            row.unit_id: row.state for row in document.dispatch_ids if row.unit_id
        }
        refused = self.env.ref(f"qlvb_demo.unit_{leaving.refuses}")
        self.assertEqual(states.pop(refused), "refused")
        self.assertEqual(set(states.values()) - {"received"}, set())
        row = document.dispatch_ids.filtered(lambda row: row.state == "refused")
        self.assertEqual(row.refusal_reason, leaving.refusal)

    def test_replacement_recalls_what_it_replaces(self):
        old = self._first("replaced")
        new = next(one for one in self.leaving.year if one.replaces == old.key)
        first = self._play(self._acts(old))
        second = self._play(self._acts(new))
        self.assertEqual(second.replaces_id, first)
        self.assertEqual(set(first.dispatch_ids.mapped("state")), {"recalled"})
        self.assertEqual(self._document(old.key, "thang").state, "recalled")
        self.assertEqual(set(second.dispatch_ids.mapped("state")), {"received"})

    def test_reserved_number_is_used(self):
        leaving = next(one for one in self.leaving.year if one.reserved)
        (number,) = self.leaving.reserved
        acts = self._acts(leaving)
        acts.append(Act(number.when, "vanthu", "reserve", number))
        document = self._play(sorted(acts, key=lambda act: act.when))
        entry = self.env["qlvb.register.entry"].search(
            [("register_id", "=", document.register_id.id)]
        )
        self.assertEqual(entry.number, document.number)
        self.assertEqual(document.state, "dispatched")

    def test_committee_handles_what_units_send_it(self):
        leaving = next(one for one in self.leaving.year if one.lead)
        self._play(self._acts(leaving))
        self.assertEqual(self._document(leaving.key, "ubnd").state, "done")

    def test_house_settings_are_there(self):
        step = self.env.ref("qlvb_demo.step_legislative_justice")
        self.assertEqual(step.reviewer_id, self.env.ref("qlvb_demo.unit_tuphap"))
        self.assertTrue(step.type_ids.is_legislative)
        units, partners = self.env.ref("qlvb_demo.group_social")._recipients()
        self.assertEqual(len(units), 4)
        self.assertEqual(len(partners), 2)
        self.assertEqual(self.env.ref("qlvb_demo.field_vanhoa").symbol, "VX")
