from contextlib import contextmanager, nullcontext
from datetime import datetime

from odoo.tests import TransactionCase

from odoo.addons.qlvb_base.lib import clock

from ..replay import naming
from ..replay.catalogue import load
from ..replay.hand import Hand

NOW = datetime(2026, 11, 20, 16)
MAKING = ("receive", "draft", "open_dossier")


class QuietHand(Hand):
    """A hand that reads nothing: reading commits, which a test may not."""

    def _read(self, act, record, field):
        return


class StoryCase(TransactionCase):
    """Courses are played through the public methods, in the test's transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        @contextmanager
        def same_transaction(register):
            with register.env.cr.savepoint():
                yield register.env

        cls.classPatch(
            cls.registry["qlvb.register"], "_fresh_transaction", same_transaction
        )
        cls.classPatch(
            cls.registry["qlvb.journal"],
            "_own_cursor",
            lambda journal: nullcontext(journal.env.cr),
        )
        # A database in which the replay ran knows its papers under their own names.
        cls.classPatch(naming, "MODULE", "qlvb_demo_test")
        cls.catalogue = load(NOW)

    def _play(self, acts):
        """Do these acts and return the record that was made first."""
        self._do(acts)
        made = next(act for act in acts if act.verb in MAKING)
        return Hand(self.env)._document(made)

    def _do(self, acts):
        for act in acts:
            user = self.env.user
            if act.actor:
                user = naming.account(self.env, act.actor)
            with clock.frozen(clock.to_utc(act.when)):
                env = self.env(user=user, context=dict(user.context_get()))
                QuietHand(env).do(act)
                self.env.flush_all()
