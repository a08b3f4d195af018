import importlib.util
from contextlib import contextmanager
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ..replay import progress
from ..replay.catalogue import load
from ..replay.plan import plan, plan_authority, plan_dossiers
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

    def test_former_database_goes_on_with_the_chapters_that_came_later(self):
        begun = self._prepared(done=0).facts
        papers = plan(load(NOW), NOW)
        dossiers = plan_dossiers(load(NOW), papers, NOW)
        authority = plan_authority(load(NOW), papers + dossiers, NOW)
        self.assertEqual(begun["total"], len(papers + dossiers + authority))
        for chapters, left in (
            ({"plan": papers}, dossiers + authority),
            ({"plan": papers, "plan_dossiers": dossiers}, authority),
        ):
            former = {"done": sum(map(len, chapters.values())), "state": "running"}
            self.env.cr.execute(
                "DELETE FROM ir_config_parameter WHERE key = %s", (progress.KEY,)
            )
            replay = self._prepared(**former, **{one: begun[one] for one in chapters})
            self.assertEqual(repr(replay.acts[replay.facts["done"] :]), repr(left))
            self.assertEqual(replay.facts["plan_authority"], begun["plan_authority"])
            self.assertEqual(replay.facts["total"], begun["total"])

    def test_another_plan_of_any_chapter_is_refused(self):
        for name in ("plan", "plan_dossiers", "plan_authority"):
            with self.assertRaisesRegex(RuntimeError, "Make a new database"):
                self._prepared(**{name: "another"})

    def test_update_lets_a_finished_replay_go_on(self):
        for version in ("19.0.1.1.0", "19.0.1.2.0"):
            with self.subTest(version):
                self._check_migration(version)

    def _check_migration(self, version):
        path = MIGRATIONS / version / "post-migrate.py"
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
