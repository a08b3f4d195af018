"""The home, its secrets and its lock."""

import stat
import subprocess
import sys
from types import SimpleNamespace

import pytest

from launcher import home as home_module
from launcher.home import CHECKOUT, Home
from launcher.messages import Problem


@pytest.fixture
def home(tmp_path):
    """A fresh home."""
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def test_the_environment_names_it(monkeypatch, tmp_path):
    monkeypatch.setenv("QLVB_HOME", str(tmp_path / "x"))
    assert Home().path == tmp_path / "x"
    monkeypatch.delenv("QLVB_HOME")
    assert Home().path == CHECKOUT / ".qlvb"


def test_secrets_are_random_lasting_and_private(home):
    first = home.secret("a")
    assert first == home.secret("a") != home.secret("b")
    assert len(first) >= 24
    mode = (home.path / "secrets" / "a").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE((home.path / "secrets").stat().st_mode) == 0o700


def test_a_full_disk_is_told_before_the_work(home, monkeypatch):
    usage = SimpleNamespace(free=50 * 2**20)
    monkeypatch.setattr(home_module.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Problem, match="needs 1500 MB.* 50 MB are free") as caught:
        home.need_space(1500, "unpacking")
    assert "QLVB_HOME" in caught.value.remedy


def test_a_home_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Problem, match="cannot write") as caught:
        Home(tmp_path / "file" / "home").prepare()
    assert "QLVB_HOME" in caught.value.remedy


def test_two_set_ups_wait_for_each_other(home):
    program = (
        f"import sys; sys.path.insert(0, {str(CHECKOUT)!r})\n"
        "from launcher.home import Home\n"
        f"with Home({str(home.path)!r}).lock(): print('in', flush=True)"
    )
    with home.lock():
        other = subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert "waiting" in other.stderr.readline()
        assert other.poll() is None
    with other:
        assert other.stdout.readline() == "in\n"
