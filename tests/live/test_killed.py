"""kill -9 of workers and of database backends while clerks register.

On a durable cluster of its own: what a killed backend leaves is a matter of what had
reached the disk, and every killed backend stops all others of its cluster for a while.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
from collections import Counter
from pathlib import Path

import psycopg2
import pytest
from clerks import CLERKS, enter, query, times_registered, unsound_registers
from livesystem import LiveServer, RpcError

from launcher.cluster import Cluster
from launcher.databases import Databases

pytestmark = pytest.mark.slow

CLIENTS = 32
EACH = 20
#: One registration is tried again so often, as a patient person would.
TRIES = 300


@pytest.fixture(scope="module")
def durable(system, databases, template):
    """A server of four processes on a durable cluster of its own."""
    cluster = Cluster(system.home, "pg-live")
    cluster.remove()
    cluster.ensure()
    live = None
    try:
        own = Databases(system, cluster)
        _carry_over(databases, own, template)
        live = LiveServer(
            system, own, template, f"qlvb_killed_{os.getpid()}", workers=4
        )
        live.make()
        assert query(live.dsn, "SELECT current_setting('fsync')") == [("on",)]
        yield live
    finally:
        if live:
            live.remove()
            shutil.rmtree(own.conf.filestore(template), ignore_errors=True)
        cluster.remove()


def _carry_over(source, target, template):
    """Bring the template from the tests' cluster to the durable one."""
    target.cluster.sql(f'CREATE DATABASE "{template}"')
    dump = subprocess.Popen(
        ["pg_dump", "-Fc", "-Z0", "-d", template],
        env=source.cluster.environment(),
        stdout=subprocess.PIPE,
    )
    with dump:
        subprocess.run(
            ["pg_restore", "-e", "--no-comments", "--no-owner", "-d", template],
            env=target.cluster.environment(),
            stdin=dump.stdout,
            check=True,
        )
    assert dump.returncode == 0
    folder = target.conf.filestore(template)
    shutil.rmtree(folder, ignore_errors=True)
    if source.conf.filestore(template).exists():
        shutil.copytree(source.conf.filestore(template), folder, copy_function=os.link)


class Reaper(threading.Thread):
    """Kills now a worker, now a backend, until it is told to stop."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server = server
        self.killed = Counter()
        self.enough = threading.Event()
        self._random = random.Random(7)

    def run(self):
        for kill in self._turns():
            if self.enough.wait(self._random.uniform(0.4, 1.2)):
                return
            # Database or server may just be recovering from the kill before.
            with contextlib.suppress(psycopg2.Error, OSError):
                self.killed[kill.__name__] += kill()

    def _turns(self):
        while True:
            yield from (self.worker, self.terminated, self.worker, self.backend)

    def worker(self):
        """kill -9 of one of the server's workers."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        workers = [
            int(pid)
            for pid in children.read_text(encoding="ascii").split()
            if b"gevent" not in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        ]
        for pid in workers[: self._random.randint(1, 2)]:
            os.kill(pid, signal.SIGKILL)
        return min(len(workers), 1)

    def terminated(self):
        """The database's own way of ending every backend at work."""
        rows = query(
            self.server.dsn,
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND state <> 'idle'""",
        )
        return len(rows)

    def backend(self):
        """kill -9 of one backend at work: PostgreSQL then restarts all of them."""
        rows = query(
            self.server.dsn,
            """SELECT pid FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND state <> 'idle' LIMIT 1""",
        )
        for (pid,) in rows:
            os.kill(pid, signal.SIGKILL)
        return len(rows)


class Clerk(threading.Thread):
    """Registers one paper after the other, and tries again what was not confirmed."""

    def __init__(self, rpc, papers):
        super().__init__(daemon=True)
        self.rpc = rpc
        self.papers = papers
        self.acknowledged = []
        self.told = []
        self.other = Counter()

    def run(self):
        for paper in self.papers:
            for _ in range(TRIES):
                if self._try(paper):
                    self.acknowledged.append(paper)
                    break
                time.sleep(0.3)

    def _try(self, paper):
        try:
            self.rpc.call("qlvb.document", "action_register", [paper])
        except RpcError as error:
            # Before a request reaches the act, Odoo itself speaks.
            if "action_register" in error.debug:
                self.told.append((error.name, error.message))
            else:
                self.other[error.name] += 1
        except urllib.error.HTTPError as error:
            # No database to be had: the browser says that the connection is lost.
            self.other[error.code] += 1
        except OSError as error:
            # The worker is gone, and with it the connection.
            self.other[type(error).__name__] += 1
        except Exception as error:
            self.other[repr(error)] += 1
        else:
            return True
        return False


def test_numbers_survive_kills(durable):
    """What was acknowledged is there, once, without a gap; the others were told."""
    people = [durable.rpc(login) for login in CLERKS]
    clerks = [
        Clerk(rpc, enter(rpc, EACH))
        for rpc in (people[number % len(people)] for number in range(CLIENTS))
    ]
    reaper = Reaper(durable)
    for clerk in clerks:
        clerk.start()
    reaper.start()
    _supervise(durable, clerks)
    reaper.enough.set()
    reaper.join(30)
    assert not any(clerk.is_alive() for clerk in clerks)
    _await_database(durable.dsn)

    papers = [paper for clerk in clerks for paper in clerk.papers]
    acknowledged = [paper for clerk in clerks for paper in clerk.acknowledged]
    print(f"killed {dict(reaper.killed)}, acknowledged {len(acknowledged)}")
    assert {"worker", "terminated", "backend"} <= reaper.killed.keys()
    assert sorted(acknowledged) == sorted(papers)
    assert not unsound_registers(durable.dsn)
    ((there,),) = query(
        durable.dsn,
        """SELECT count(*) FROM qlvb_document
           WHERE id = ANY(%s) AND state = 'registered' AND number > 0""",
        acknowledged,
    )
    assert there == len(acknowledged)
    assert times_registered(durable.dsn, papers) == dict.fromkeys(papers, 1)

    told = {words for clerk in clerks for words in clerk.told}
    other = sum((clerk.other for clerk in clerks), Counter())
    print(f"told {told}, beside {dict(other)}")
    assert told or other, "nobody noticed the kills: they hit nobody"
    assert all(name == "odoo.exceptions.UserError" for name, _message in told), told
    # In Vietnamese, as the clerks' own language is.
    assert all("Cơ sở dữ liệu" in message for _name, message in told), told


def _supervise(server, clerks, patience=300):
    """Start the server again when it ends, as a service manager does.

    Odoo's parent process gives up where it has to replace a worker while the
    database is away.
    """
    deadline = time.monotonic() + patience
    while any(clerk.is_alive() for clerk in clerks) and time.monotonic() < deadline:
        if server.pid_file.read() is None:
            with contextlib.suppress(AssertionError):
                server.start()
        time.sleep(0.5)


def _await_database(dsn):
    for _ in range(60):
        with contextlib.suppress(psycopg2.OperationalError):
            query(dsn, "SELECT 1")
            return
        time.sleep(0.5)
    raise AssertionError("the database did not come back")
