"""`./qlvb test`: the checks that every change must pass, in two lanes side by side.

One lane builds the test database, then runs the addons' tests and those against a
live server. The other lints, runs what needs no database, and then Odoo's own lint.
A skipped test is a failure: what did not run proved nothing.
"""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .databases import Databases
from .messages import Problem, say
from .outcomes import Outcome
from .runner import Runner
from .system import System

#: The part of Odoo's own lint that reads addons of others, too.
ODOO_LINT = (
    *("dunderinit", "i18n", "index", "jstranslate", "manifests", "markers", "naming"),
    *("onchange_domains", "orm_import", "override_signatures", "pofile", "routes"),
    "test_holes",
)
#: Top-level tests that need neither database nor server.
GROUNDLESS = ("tests/static", "tests/launcher")


class Checks:
    """One run of the checks.

    :param system: what is set up, with what tests need besides
    :param arguments: for pytest; with any, only pytest runs
    :param slow: with the tests marked slow
    """

    def __init__(self, system, arguments=(), *, slow=False):
        self.system = system
        self.home = system.home
        self.checkout = system.home.checkout
        self.arguments = list(arguments)
        self.runner = Runner(system, slow=slow)

    # Running

    def run(self):
        """Run all that was asked for.

        :return: True when everything passed
        """
        if self.arguments:
            if self._is_groundless() or self._prepare():
                self._chosen()
        else:
            with ThreadPoolExecutor(3) as lanes:
                ready = lanes.submit(self._prepare)
                parts = [
                    lanes.submit(self._lane_without_database, ready),
                    lanes.submit(self._lane_with_database, ready),
                ]
                try:
                    for part in parts:
                        part.result()
                except BaseException:
                    self.runner.end()
                    raise
        return not any(outcome.failed for outcome in self.runner.outcomes)

    def _lane_without_database(self, ready):
        self._lint()
        self.runner.pytest("static and launcher tests", self._existing(GROUNDLESS))
        if ready.result():
            self.runner.pytest_in_odoo(
                "Odoo's own lint", self._odoo_lint_files(), "qlvb_lint"
            )

    def _lane_with_database(self, ready):
        if not ready.result():
            return
        self.runner.pytest_in_odoo(
            "addon tests", self._addon_tests(), "qlvb_addons", "--odoo-http"
        )
        others = [
            str(path.relative_to(self.checkout))
            for path in sorted((self.checkout / "tests").glob("*"))
            if path.name.startswith("test_") or any(path.glob("test_*.py"))
        ]
        self.runner.pytest("live tests", [p for p in others if p not in GROUNDLESS])

    def _paths(self):
        """Those of the arguments that name tests."""
        return [a for a in self.arguments if (self.checkout / _path(a)).exists()]

    def _is_groundless(self):
        """Whether only tests are asked for that need no database."""
        paths = self._paths()
        return bool(paths) and all(path.startswith(GROUNDLESS) for path in paths)

    def _chosen(self):
        """Only pytest, with the arguments given."""
        paths = self._paths()
        rest = [a for a in self.arguments if a not in paths]
        addons = [a for a in paths if _is_in_addon(a)]
        others = [a for a in paths if not _is_in_addon(a)]
        if not paths:
            addons, others = self._addon_tests(), self._existing(["tests"])
        if addons:
            self.runner.pytest_in_odoo(
                "addon tests", [*addons, *rest], "qlvb_addons", "--odoo-http"
            )
        if others:
            self.runner.pytest("top-level tests", [*others, *rest])

    # What the tests stand on

    def _prepare(self):
        """Build the test databases' template, and judge what Odoo logged about it.

        :return: whether there is a template
        """
        outcome = Outcome("installation without a warning", 0)
        began = time.monotonic()
        try:
            with self.home.lock():
                databases = Databases(self.system, self.system.test_cluster)
                databases.sweep()
                self.runner.sweep(databases)
                self.runner.template = databases.ensure_template(demo=True)
        except Problem as problem:
            outcome.complaints = ["the addons could not be installed"]
            outcome.output = str(problem)
        else:
            file = databases.warnings_file(self.runner.template)
            if file.exists():
                outcome.complaints = file.read_text(encoding="utf-8").splitlines()
        outcome.seconds = time.monotonic() - began
        outcome.failed = int(bool(outcome.complaints))
        outcome.passed = int(not outcome.complaints)
        self.runner.add(outcome)
        return self.runner.template is not None

    def _lint(self):
        tool = self.system.python.tool
        addons = sorted(p.parent for p in self.home.addons.glob("*/__manifest__.py"))
        names = [path.name for path in addons]
        catalogues = sorted(self.home.addons.glob("*/i18n/vi.po"))
        self.runner.command("ruff", [tool("ruff"), "check", "--no-fix", "."])
        self.runner.command("ruff format", [tool("ruff"), "format", "--check", "."])
        self.runner.command(
            "pylint-odoo", [tool("pylint"), "--rcfile=.pylintrc", *addons]
        )
        self.runner.command(
            "OCA's module checks",
            [tool("oca-checks-odoo-module"), "--config", "../.oca_hooks.cfg", *names],
            cwd=self.home.addons,
        )
        if catalogues:
            self.runner.command("OCA's po checks", [tool("oca-checks-po"), *catalogues])

    def _existing(self, paths):
        return [path for path in paths if (self.checkout / path).exists()]

    def _addon_tests(self):
        folders = sorted(self.home.addons.glob("qlvb_*/tests"))
        return [str(folder.relative_to(self.checkout)) for folder in folders]

    def _odoo_lint_files(self):
        folder = self.system.odoo.site / "odoo" / "addons" / "test_lint" / "tests"
        if not folder.is_dir():
            folder = self.system.odoo.site / "addons" / "test_lint" / "tests"
        return [folder / f"test_{name}.py" for name in ODOO_LINT]


def _path(argument):
    return argument.partition("::")[0]


def _is_in_addon(argument):
    return "addons" in Path(_path(argument)).parts


def test(options):
    """Set up, run the checks and sum them up; exit code 1 when one failed."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    system = System()
    say(f"Setting up in {system.home.path}")
    system.ensure(tests=True)
    started = system.test_cluster.ensure()
    checks = Checks(system, options.arguments, slow=options.all)
    try:
        good = checks.run()
    finally:
        if started:
            system.test_cluster.stop()
    passed = sum(outcome.passed for outcome in checks.runner.outcomes)
    failed = sum(outcome.failed for outcome in checks.runner.outcomes)
    for outcome in checks.runner.outcomes:
        for complaint in outcome.complaints:
            print(f"FAILED {outcome.name}: {complaint}")
    seconds = time.monotonic() - began
    print(f"===== {passed} passed, {failed} failed in {seconds:.1f}s =====", flush=True)
    return 0 if good and passed else 1
