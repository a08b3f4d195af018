"""The command line: what it answers where nothing is set up, and when it cannot."""

import os
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest

from launcher import cli, commands
from launcher.conf import parse_port
from launcher.home import CHECKOUT
from launcher.messages import Problem, Step, step
from launcher.replay import Replay


def _qlvb(home, *arguments, **env):
    return subprocess.run(
        [sys.executable, CHECKOUT / "qlvb", *arguments],
        env=os.environ | {"QLVB_HOME": str(home)} | env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_nothing_runs_in_an_empty_home(tmp_path):
    done = _qlvb(tmp_path / "home", "status")
    assert done.returncode == 1
    assert "does not run" in done.stdout
    assert _qlvb(tmp_path / "home", "stop").returncode == 0


@pytest.mark.parametrize("command", ["psql", "shell"])
def test_without_a_database_the_way_to_one_is_told(tmp_path, command):
    done = _qlvb(tmp_path / "home", command, "-c", "SELECT 1")
    assert done.returncode == 1
    assert "./qlvb run makes it" in done.stderr


def test_a_taken_port_is_told_before_any_work(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = _qlvb(tmp_path / "home", "run", "--port", str(port))
        by_environment = _qlvb(tmp_path / "home", "run", QLVB_PORT=str(port))
    for answer in (done, by_environment):
        assert answer.returncode == 1
        assert f"port {port} is taken" in answer.stderr
        assert f"--port {port + 1}" in answer.stderr
    assert not (tmp_path / "home" / "venv").exists()


@pytest.mark.parametrize("text", ["", "x", "0", "65536", "-1"])
def test_what_is_no_port_is_told(text):
    with pytest.raises(Problem, match="is no port"):
        parse_port(text)


def test_unknown_words_are_refused(tmp_path):
    assert _qlvb(tmp_path, "run", "--fast").returncode == 2
    assert _qlvb(tmp_path, "dance").returncode == 2


@pytest.mark.parametrize("command", ["shell", "psql", "bench"])
def test_arguments_are_passed_on_untouched(monkeypatch, command):
    seen = []
    target = cli if command == "bench" else commands
    monkeypatch.setattr(target, command, lambda options: seen.append(options) or 0)
    words = ["-c", "SELECT 1", "--help", "--port", "x"]
    assert cli.main([command, *words]) == 0
    assert seen[0].arguments == words


def test_pytests_arguments_are_passed_on(monkeypatch):
    seen = []
    monkeypatch.setattr(cli, "test", lambda options: seen.append(options) or 0)
    assert cli.main(["test", "-k", "x", "--all", "tests/static", "-x"]) == 0
    assert seen[0].all and seen[0].arguments == ["-k", "x", "tests/static", "-x"]


def test_a_problem_is_told_with_its_way_out(monkeypatch, capsys):
    def fail(options):
        raise Problem("the sky is grey", "wait for Sunday")

    monkeypatch.setattr(commands, "stop", fail)
    assert cli.main(["stop"]) == 1
    assert "✗ the sky is grey\n  → wait for Sunday" in capsys.readouterr().err


def test_ctrl_c_says_that_it_goes_on(monkeypatch, capsys):
    def interrupt(options):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "stop", interrupt)
    assert cli.main(["stop"]) == 130
    assert "goes on where this one stopped" in capsys.readouterr().err


def test_a_long_step_keeps_talking(monkeypatch, capsys):
    monkeypatch.setattr(Step, "HEARTBEAT", 0.01)
    with step("digging") as current:
        current.tell("2/7 holes")
        current._over.wait(0.1)
    said = capsys.readouterr().err
    assert "· digging" in said and "… digging (2/7 holes)" in said
    assert "✔ digging (2/7 holes)" in said


def test_a_failed_step_is_marked(capsys):
    with pytest.raises(Problem), step("digging"):
        raise Problem("rock")
    assert "✗ digging" in capsys.readouterr().err


class _Answers:
    """A cluster that answers with what it is given."""

    def __init__(self, progress, demo=True):
        self.given = progress
        self.demo = demo

    def sql(self, statement, database):
        if "ir_module_module" in statement:
            return [["1"]] * self.demo
        return [[self.given]] if self.given else []


@pytest.mark.parametrize(
    ("progress", "demo", "due", "line"),
    [
        ("", True, True, "stopped at 0 of ?"),
        (
            '{"state": "running", "done": 3, "total": 9}',
            True,
            True,
            "stopped at 3 of 9",
        ),
        ('{"state": "failed", "done": 3, "total": 9}', True, True, "failed at 3 of 9"),
        ('{"state": "done", "done": 9, "total": 9}', True, False, "replayed (9 of 9)"),
        ("", False, False, "stopped"),
        ("no json", True, True, "stopped at 0"),
    ],
)
def test_when_the_replay_goes_on(tmp_path, progress, demo, due, line):
    command = tmp_path / "addons" / "qlvb_demo" / "cli" / "qlvb_replay.py"
    command.parent.mkdir(parents=True)
    command.touch()
    home = SimpleNamespace(
        addons=tmp_path / "addons",
        pid_file=lambda name: tmp_path / f"{name}.json",
        log=lambda name: tmp_path / f"{name}.log",
    )
    replay = Replay(SimpleNamespace(home=home), _Answers(progress, demo), "qlvb")
    assert replay.is_due() is due
    assert line in replay.describe()
