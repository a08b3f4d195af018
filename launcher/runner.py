"""One check after another: started, watched, counted, ended when we are."""

import os
import re
import signal
import subprocess
import threading
import time

from .conf import Conf
from .databases import Databases
from .outcomes import Outcome, count

#: Databases of a run carry its pid; those of a dead one are left-overs.
OURS = re.compile(r"qlvb_(addons|lint|live|catalogues)_(\d+)")


class Runner:
    """Runs checks and keeps what they came to; several threads may use it.

    :param system: what is set up, with what tests need besides
    :param slow: with the tests marked slow
    """

    def __init__(self, system, *, slow=False):
        self.system = system
        self.home = system.home
        self.slow = slow
        self.outcomes = []
        self.template = None
        self._telling = threading.Lock()
        self._children = set()
        self._ended = False

    def add(self, outcome):
        """Keep an outcome, and tell it."""
        with self._telling:
            self.outcomes.append(outcome)
            outcome.tell()

    def command(self, name, command, **kwargs):
        """A check that is one command: its exit code says all."""
        outcome, code = self._watch(name, command, **kwargs)
        outcome.failed = int(code != 0)
        outcome.passed = int(code == 0)
        self.add(outcome)

    def pytest(self, name, arguments, **more):
        """Run pytest on top-level tests.

        :param more: for its environment
        """
        if not arguments:
            return
        report = self.home.log("pytest").with_name(f"{name.replace(' ', '-')}.xml")
        report.unlink(missing_ok=True)
        inside_odoo = "ODOO_RC" in more
        command = [
            *(self.system.python.python, "-m", "pytest", "-q", "--color=no"),
            *("-p", "no:cacheprovider", f"--junitxml={report}"),
            *(() if inside_odoo else ("-p", "no:odoo")),
            *(() if self.slow or "-m" in arguments else ("-m", "not slow")),
            *arguments,
        ]
        env = self.system.environment(
            self.system.test_cluster,
            QLVB_HOME=str(self.home.path),
            QLVB_TEMPLATE=self.template or "",
            PYTHONDONTWRITEBYTECODE="1",
            **more,
        )
        outcome, code = self._watch(name, command, env=env)
        count(outcome, report, code)
        self.add(outcome)

    def pytest_in_odoo(self, name, arguments, database, *options):
        """Run pytest inside Odoo, on a database of its own."""
        if not arguments:
            return
        cluster = self.system.test_cluster
        databases = Databases(self.system, cluster)
        database = f"{database}_{os.getpid()}"
        conf = Conf(self.system, cluster).write(database)
        databases.clone(self.template, database)
        try:
            self.pytest(name, [*options, *arguments], ODOO_RC=str(conf))
        finally:
            databases.drop(database)
            conf.unlink()

    def sweep(self, databases):
        """Drop the databases of runs that were killed."""
        for name in databases.names():
            found = OURS.match(name)
            if found and not os.path.exists(f"/proc/{found[2]}"):
                databases.drop(name)

    def end(self):
        """End what still runs: pytest then clears away servers and databases."""
        self._ended = True
        for process in list(self._children):
            process.send_signal(signal.SIGINT)

    def _watch(self, name, command, **kwargs):
        """Run a command to its end, or to ours.

        :return: an outcome with its output, and its exit code
        """
        began = time.monotonic()
        with subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **{"cwd": self.home.checkout} | kwargs,
        ) as process:
            self._children.add(process)
            if self._ended:
                process.send_signal(signal.SIGINT)
            try:
                output, _none = process.communicate()
            except BaseException:
                process.send_signal(signal.SIGINT)
                process.communicate()
                raise
            self._children.discard(process)
        outcome = Outcome(name, time.monotonic() - began, output=output)
        return outcome, process.returncode
