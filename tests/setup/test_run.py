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
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from livesystem import Rpc, RpcError

from launcher.conf import free_port
from launcher.home import CHECKOUT

pytestmark = pytest.mark.slow

#: What the emergency administrator gives the first two, and what these choose.
FIRST = "Dau-tien-2026"
CHOSEN = {"chutich": "Tre-xanh-7x1", "chanhvp": "Nui-cao-8x2"}


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


def test_an_empty_house_is_set_up_once_and_then_shut(installations):
    """The emergency administrator's first day, and the first requests after it."""
    installation = installations()
    code, said = installation.run("--empty")
    assert code == 0, said
    password = (installation.home / "secrets" / "admin-password").read_text().strip()
    address = f"http://127.0.0.1:{installation.port}"
    admin = Rpc(address, "qlvb", "admin", password)

    def unit(name, kind, **values):
        fields = {"name": name, "symbol": name.upper(), "kind": kind, **values}
        return admin.call("qlvb.unit", "create", [fields])[0]

    committee = unit("ubnd", "committee")
    office = unit("vp", "office", parent_id=committee)
    people = {}
    for login, name in (("chutich", "Chủ tịch"), ("chanhvp", "Chánh Văn phòng")):
        values = {"name": name, "login": login, "password": FIRST}
        (people[login],) = admin.call("res.users", "create", [values])
    for login, place, role in (
        ("chanhvp", office, "head"),
        ("chanhvp", committee, "chief_of_office"),
        ("chutich", committee, "head"),
    ):
        post = {"user_id": people[login], "unit_id": place, "role": role}
        admin.call("qlvb.position", "create", [post])

    # The doors are shut behind them.
    for model, values in (
        ("res.users", {"name": "X", "login": "x"}),
        ("qlvb.unit", {"name": "X", "symbol": "X"}),
        ("qlvb.position", {"user_id": 2, "unit_id": office, "role": "clerk"}),
    ):
        with pytest.raises(RpcError, match="AccessError"):
            admin.call(model, "create", [values])

    # Nothing works with a first password but to choose one's own.
    for login, chosen in CHOSEN.items():
        first = Rpc(address, "qlvb", login, FIRST)
        with pytest.raises(RpcError):
            first.call("qlvb.unit", "search", [])
        _choose_password(address, login, FIRST, chosen)
    chief = Rpc(address, "qlvb", "chanhvp", CHOSEN["chanhvp"])
    chairman = Rpc(address, "qlvb", "chutich", CHOSEN["chutich"])
    person = {
        "name": "Dương Thanh Linh",
        "login": "vanthu",
        "unit_id": office,
        "role": "clerk",
    }
    request = {
        "kind": "grant",
        "decision_number": "01/QĐ-UBND",
        "decision_date": "2026-01-05",
        "line_ids": [(0, 0, person)],
    }
    asked = chief.call("qlvb.account.request", "create", [request])
    chief.call("qlvb.account.request", "action_submit", asked)
    with pytest.raises(RpcError, match="AccessError"):
        chief.call("qlvb.account.request", "action_approve", asked)
    chairman.call("qlvb.account.request", "action_approve", asked)
    (done,) = chief.call("qlvb.account.request", "read", asked, ["state", "failure"])
    assert (done["state"], done["failure"]) == ("done", False)
    clerks = chief.call("res.users", "search_count", [("login", "=", "vanthu")])
    assert clerks == 1


def _choose_password(address, login, old, new):
    """Sign in with a first password, in the way that a browser does, and change it."""
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(CookieJar())
    )

    def send(path, **values):
        with browser.open(address + path, timeout=60) as answer:
            token = re.search(
                r'csrf_token"[^>]*value="([^"]+)"', answer.read().decode()
            )
        body = urllib.parse.urlencode(values | {"csrf_token": token.group(1)})
        with browser.open(address + path, body.encode(), timeout=60) as answer:
            return answer.url

    assert "/web/password" in send("/web/login", login=login, password=old)
    assert send("/web/password", old=old, new=new, again=new).endswith("/odoo")


def _check_authority(installation):
    """At the end nobody is away or acts for another, and all log in as published."""
    counts = {
        "SELECT count(*) FROM res_users WHERE must_change_password": "0",
        "SELECT count(*) FROM qlvb_delegation WHERE state IN ('draft', 'active')": "0",
        "SELECT count(*) FROM qlvb_absence WHERE active AND date_to >= now()": "0",
        "SELECT count(*) FROM qlvb_handover WHERE state = 'accepted'": "2",
        "SELECT count(*) FROM qlvb_account_request WHERE state = 'approved'": "0",
    }
    for statement, count in counts.items():
        code, said = installation("psql", "-Atc", statement)
        assert code == 0 and said.split()[-1] == count, statement
    address = f"http://127.0.0.1:{installation.port}"
    logins = "chutich phochutich chanhvp vanthu quantri truong.vhtt pho.thang"
    for login in f"{logins} vt.vhtt vt.luongphong cv1.vhtt cv2.thang".split():
        assert Rpc(address, "qlvb", login).call("qlvb.unit", "search_count", [])


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
    assert code == 0 and said.split()[-1] == "153|5"
    _check_authority(installation)
