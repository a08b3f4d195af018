"""The launcher ends the processes it started, and never another."""

import json
import os
import signal
import subprocess
import time

import pytest

from launcher.messages import Problem
from launcher.process import PidFile, run, start_time


@pytest.fixture
def sleeper():
    """A process in a session of its own."""
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    yield process
    process.kill()
    process.wait()


def _end(pid_file, process):
    """End it while its parent, this test, collects it."""
    began = time.monotonic()
    process_group = os.getpgid(process.pid)
    ended = pid_file.end(patience=1)
    process.wait(timeout=5)
    return ended, process_group, time.monotonic() - began


def test_a_remembered_process_is_ended(tmp_path, sleeper):
    pid_file = PidFile(tmp_path / "x.json")
    pid_file.write(sleeper.pid, port=1)
    assert pid_file.read()["port"] == 1
    ended, _group, _seconds = _end(pid_file, sleeper)
    assert ended and pid_file.read() is None
    assert sleeper.returncode == -signal.SIGTERM


def test_a_recycled_pid_is_left_alone(tmp_path, sleeper):
    """Another process that got the same number later is not ours."""
    path = tmp_path / "x.json"
    entry = {"pid": sleeper.pid, "start": start_time(sleeper.pid) + "0"}
    path.write_text(json.dumps(entry), encoding="utf-8")
    assert PidFile(path).end() is False
    assert sleeper.poll() is None
    assert not path.exists()


def test_a_process_that_does_not_listen_is_killed(tmp_path):
    program = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); "
    process = subprocess.Popen(
        ["python3", "-u", "-c", program + "time.sleep(60)"],
        start_new_session=True,
        stdout=subprocess.PIPE,
    )
    with process:
        process.stdout.readline()
        pid_file = PidFile(tmp_path / "x.json")
        pid_file.write(process.pid)
        assert pid_file.end(patience=0.3)
    assert process.returncode == -signal.SIGKILL


def test_the_group_goes_with_its_leader(tmp_path):
    script = "sleep 61 & echo $!; wait"
    process = subprocess.Popen(
        ["sh", "-c", script], start_new_session=True, stdout=subprocess.PIPE, text=True
    )
    with process:
        child = int(process.stdout.readline())
        pid_file = PidFile(tmp_path / "x.json")
        pid_file.write(process.pid)
        _end(pid_file, process)
    deadline = time.monotonic() + 5
    while start_time(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert start_time(child) is None


def test_a_failing_command_says_its_last_words(tmp_path):
    log = tmp_path / "log"
    with pytest.raises(Problem, match="frying failed .code 3.*\n.*no oil") as caught:
        run(["sh", "-c", "echo no oil; exit 3"], what="frying", remedy="oil", log=log)
    assert caught.value.remedy == "oil"
    assert "no oil" in log.read_text(encoding="utf-8")


def test_a_missing_command_is_a_problem():
    with pytest.raises(Problem, match="looking"):
        run(["no-such-program-here"], what="looking")
