import importlib.util
from contextlib import contextmanager
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ..replay import progress
from ..replay.catalogue import load
from ..replay.plan import plan, plan_dossiers
from ..replay.runner import Replay
from .common import NOW

BASE = f"{NOW.isoformat()}+07:00"
MIGRATIONS = Path(__file__).parents[1] / "migrations"


class OneCursor:
    """A registry of which all cursors are the test's."""

    def __init__(self, cr):
        self.cr = cr

    @contextmanager
    def cursor(self):
        yield self.cr


@tagged("post_install", "-at_install", "qlvb")
class TestResuming(TransactionCase):
    """A replay goes on where it was, also with what a later version brought."""

    def _prepared(self, **facts):
        progress.write(self.env.cr, {"base": BASE, **facts})
        replay = Replay(OneCursor(self.env.cr))
        replay._prepare()
        return replay

    def test_former_database_goes_on_with_the_dossiers(self):
        papers = plan(load(NOW), NOW)
        begun = self._prepared(done=0).facts
        former = {"done": len(papers), "plan": begun["plan"], "state": "running"}
        replay = self._prepared(**former)
        self.assertEqual(replay.facts["total"], len(replay.acts))
        left = replay.acts[replay.facts["done"] :]
        dossiers = plan_dossiers(load(NOW), papers, NOW)
        self.assertEqual(repr(left), repr(dossiers))
        self.assertEqual(repr(replay.acts[: len(papers)]), repr(papers))
        self.assertEqual(replay.facts["plan_dossiers"], begun["plan_dossiers"])

    def test_other_papers_or_other_dossiers_are_refused(self):
        for name in ("plan", "plan_dossiers"):
            with self.assertRaisesRegex(RuntimeError, "Make a new database"):
                self._prepared(**{name: "another"})

    def test_update_lets_a_finished_replay_go_on(self):
        path = MIGRATIONS / "19.0.1.1.0" / "post-migrate.py"
        spec = importlib.util.spec_from_file_location("qlvb_demo_migration", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        for before, after in (
            ({"state": "done", "done": 7}, {"state": "running", "done": 7}),
            ({"state": "failed", "done": 3}, {"state": "failed", "done": 3}),
        ):
            progress.write(self.env.cr, before)
            script.migrate(self.env.cr, "19.0.1.0.0")
            self.assertEqual(progress.read(self.env.cr), after)
