from odoo.tests import BaseCase, tagged

from ..lib.workflow import Act, Actor, Workflow, act

STATES = ("draft", "sent", "done")


@tagged("post_install", "-at_install", "qlvb")
class TestWorkflowTable(BaseCase):
    """The table of states and acts: no database needed."""

    def test_a_line_reads_as_it_is_written(self):
        self.assertEqual(
            act("finish", "draft sent", "done", "_actor_holder", "_unmet_finish"),
            Act(
                "finish",
                frozenset({"draft", "sent"}),
                "done",
                "_actor_holder",
                ("_unmet_finish",),
            ),
        )

    def test_acts_are_found_by_name(self):
        send = act("send", "draft", "sent", "_actor")
        urge = act("urge", "sent", None, "_actor")
        table = Workflow(STATES, [send, urge])
        self.assertIs(table["send"], send)
        self.assertEqual(list(table), [send, urge])
        self.assertEqual(table.initial, "draft")
        with self.assertRaises(KeyError):
            table.__getitem__("burn")

    def test_a_state_that_does_not_exist_is_refused(self):
        for line in (
            act("send", "drat", "sent", "_actor"),
            act("send", "draft", "snt", "_actor"),
        ):
            with self.subTest(line), self.assertRaisesRegex(ValueError, "send"):
                Workflow(STATES, [line])

    def test_an_act_stands_once_in_the_table(self):
        send = act("send", "draft", "sent", "_actor")
        with self.assertRaisesRegex(ValueError, "twice"):
            Workflow(STATES, [send, send])

    def test_a_line_is_not_rewritten(self):
        send = act("send", "draft", "sent", "_actor")
        with self.assertRaises(AttributeError):
            send.who = "_actor_anybody"

    def test_an_actor_says_who_for_whom_and_where(self):
        actor = Actor("deputy", "head", "VHTT")
        self.assertEqual(
            (actor.user, actor.on_behalf_of, actor.unit), ("deputy", "head", "VHTT")
        )
