"""Set-up for real, from the command line: cut short, gone on with, beside another.

Odoo and its libraries are borrowed from the home that runs the tests; cluster,
databases and server are made anew in homes of their own.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest
from livesystem import Rpc

from launcher.conf import free_port
from launcher.home import CHECKOUT

pytestmark = pytest.mark.slow


class Installation:
    """A home of its own and the commands given in it."""

    def __init__(self, system):
        folder = Path(tempfile.mkdtemp(prefix="qlvb-run-"))
        folder.chmod(0o755)
        self.home = folder / "home"
        self.home.mkdir()
        for name in ("odoo", "venv"):
            (self.home / name).symlink_to((system.home.path / name).resolve())
        self.port = free_port()
        self.env = os.environ | {"QLVB_HOME": str(self.home)}
        for name in ("QLVB_DB", "QLVB_PORT", "QLVB_TEMPLATE"):
            self.env.pop(name, None)

    def start(self, *arguments):
        """Give a command and let it work."""
        return subprocess.Popen(
            [sys.executable, CHECKOUT / "qlvb", *arguments],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __call__(self, *arguments):
        """Give a command; its exit code and all it said."""
        process = self.start(*arguments)
        said, _none = process.communicate(timeout=600)
        return process.returncode, said

    def run(self, *arguments):
        """`run --detach` on this home's port."""
        return self("run", "--detach", "--port", str(self.port), *arguments)

    def page(self):
        """The log-in page's HTML."""
        address = f"http://127.0.0.1:{self.port}/web/login"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read().decode()

    def processes(self):
        """Pids of all processes that have to do with this home."""
        found = set()
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = entry.read_bytes().decode(errors="replace")
            except OSError:
                continue
            if str(self.home) in words:
                found.add(int(entry.parent.name))
        return found

    def remove(self):
        """Stop everything and delete the home."""
        self("stop")
        shutil.rmtree((self.home / "pg").resolve(), ignore_errors=True)
        shutil.rmtree(self.home.parent)


@pytest.fixture(scope="module")
def installations(system):
    """A function that makes homes; they go at the end."""
    made = []

    def make():
        made.append(Installation(system))
        return made[-1]

    yield make
    for one in made:
        one.remove()


def _databases(installation):
    code, said = installation("psql", "-Atc", "SELECT datname FROM pg_database")
    return (code, set(said.split()))


def test_set_up_resumes_and_homes_do_not_meet(installations):
    first = installations()

    # Cut short while Odoo is at work.
    process = first.start("run", "--detach", "--port", str(first.port))
    deadline = time.monotonic() + 300
    logs = first.home / "log"
    while not any("Loading module mail" in p.read_text() for p in logs.glob("*.log")):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    code, said = first("psql", "-Atc", "SELECT 1")
    assert code == 1 and "no database qlvb" in said
    assert first("status")[0] == 1

    # Gone on with, to a page in Vietnamese that people can log in to.
    code, said = first.run()
    assert code == 0, said
    assert "interrupted" in said
    assert "chutich" in said and f"http://127.0.0.1:{first.port}" in said
    assert "Mật khẩu" in first.page()
    assert Rpc(f"http://127.0.0.1:{first.port}", "qlvb", "chutich").uid
    assert first("status")[0] in (0, 3)

    # A second run finds it running.
    began = time.monotonic()
    code, said = first.run()
    assert code == 0 and "Already running" in said
    assert time.monotonic() - began < 10

    # Another home, without the demo, beside it; its stop stops only its own.
    second = installations()
    code, said = second.run("--empty")
    assert code == 0, said
    password = (second.home / "secrets" / "admin-password").read_text().strip()
    assert Rpc(f"http://127.0.0.1:{second.port}", "qlvb", "admin", password).uid
    assert "chutich" not in said
    assert second("status")[0] == 0
    assert second("stop")[0] == 0
    assert second("status")[0] == 1
    assert not second.processes()
    assert first("status")[0] in (0, 3)
    assert first.page()

    # The port is taken now.
    code, said = second("run", "--detach", "--port", str(first.port))
    assert code == 1 and "is taken" in said

    # Stopped and started again: in seconds, with all that was there.
    assert first("stop")[0] == 0
    assert not first.processes()
    began = time.monotonic()
    code, said = first.run()
    assert code == 0, said
    assert time.monotonic() - began < 60
    code, said = first("psql", "-Atc", "SELECT count(*) FROM qlvb_unit")
    assert code == 0 and int(said.split()[-1]) > 30


def test_ctrl_c_ends_a_server_in_the_foreground(installations):
    installation = installations()
    process = installation.start("run", "--empty", "--port", str(installation.port))
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    assert process.poll() is None, "".join(said)
    assert installation.page()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=180)
    assert process.returncode == 0
    assert not installation.processes()


def test_a_replay_that_was_ended_goes_on(installations):
    """`stop` in the middle of the replay; the next run finishes it."""
    installation = installations()
    code, said = installation.run()
    assert code == 0, said

    def progress():
        _code, out = installation(
            "psql",
            "-Atc",
            "SELECT value FROM ir_config_parameter WHERE key = 'qlvb_demo.replay'",
        )
        found = re.search(r"\{.*\}", out)
        return json.loads(found.group()) if found else {"done": 0, "state": ""}

    deadline = time.monotonic() + 1200
    while progress()["done"] < 3:
        assert time.monotonic() < deadline
        assert installation("status")[0] == 3
        time.sleep(1)
    assert installation("stop")[0] == 0
    assert installation("status")[0] == 1
    assert installation.run()[0] == 0
    before = progress()["done"]
    assert before >= 3
    while installation("status")[0] == 3:
        assert time.monotonic() < deadline
        time.sleep(2)
    assert installation("status")[0] == 0
    facts = progress()
    assert (facts["state"], facts["skipped"]) == ("done", 0)
    counted = "SELECT count(*), count(DISTINCT state) FROM qlvb_dossier"
    code, said = installation("psql", "-Atc", counted)
    assert code == 0 and said.split()[-1] == "151|5"
