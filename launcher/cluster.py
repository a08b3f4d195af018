"""A private PostgreSQL cluster: made, started and stopped by its folder alone.

It listens on a socket in a folder that nobody else may enter, on no network port, so
that two homes, or a PostgreSQL of the machine's own, never meet. PostgreSQL refuses to
run as root: there its processes, and they alone, run as Debian's user postgres.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from .messages import Problem, say, step
from .process import may_enter, run, run_leaving_server

#: Debian keeps the server programs here, out of the PATH.
PROGRAMS = Path("/usr/lib/postgresql")
OLDEST = 13
#: The role that owns the databases; Odoo refuses to work as `postgres`.
ROLE = "qlvb"
#: Every database is made from template1, so all of them fold marks in searches; Odoo
#: wants unaccent immutable, and only its owner may say so. The role needs no more than
#: databases of its own.
FIRST_STATEMENTS = (
    ("postgres", f"CREATE ROLE {ROLE} LOGIN CREATEDB"),
    ("template1", "CREATE EXTENSION pg_trgm"),
    ("template1", "CREATE EXTENSION unaccent"),
    ("template1", "ALTER FUNCTION unaccent(text) IMMUTABLE"),
)
#: It names the socket file; no network port is opened.
PORT = 5432
#: A socket's path must fit into 107 bytes, its file name included.
LONGEST_SOCKET_FOLDER = 85
NO_SERVER = "as root: apt-get install postgresql"


def find_programs():
    """The folder of the newest PostgreSQL server's programs.

    :raises Problem: when there is none, or only one too old
    """
    found = {}
    for initdb in PROGRAMS.glob("*/bin/initdb"):
        release = initdb.parent.parent.name
        if release.isdigit() and int(release) >= OLDEST:
            found[int(release)] = initdb.parent
    if not found and shutil.which("initdb") and shutil.which("pg_ctl"):
        return Path(shutil.which("initdb")).resolve().parent
    if not found:
        raise Problem("the programs of a PostgreSQL server are missing", NO_SERVER)
    return found[max(found)]


class Cluster:
    """One private cluster.

    :param home: where
    :param name: `pg` for people's data, `pg-test` for databases that are thrown away
    """

    def __init__(self, home, name="pg"):
        self.home = home
        self.name = name
        self.is_test = name == "pg-test"
        self._place = home.path / name

    @property
    def data(self):
        """The data folder."""
        return self._place.resolve() / "data"

    @property
    def socket_folder(self):
        """The folder of the socket: what `host` is called in a connection."""
        folder = self._place.resolve() / "socket"
        if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"qlvb-{os.getuid()}-{digest}"

    def environment(self, **more):
        """The environment in which any PostgreSQL client finds this cluster."""
        names = {
            "PGHOST": str(self.socket_folder),
            "PGPORT": str(PORT),
            "PGUSER": ROLE,
        }
        path = f"{find_programs()}:{os.environ.get('PATH', '')}"
        return os.environ | {"PATH": path} | names | more

    def is_made(self):
        """Whether the cluster was made whole once."""
        return (self._place / "made").exists()

    def is_running(self):
        """Whether the cluster's server runs."""
        if not self.is_made():
            return False
        return self._succeeds("pg_ctl", "status", "-D", self.data)

    def ensure(self):
        """Make the cluster when there is none, and start it when it does not run.

        :return: True when it was started now, False when it ran
        :raises Problem: no server programs, or it does not come up
        """
        find_programs()
        if not self.is_made():
            self._make()
            return True
        if self.is_running():
            return False
        self._start()
        return True

    def stop(self):
        """Stop the cluster's server.

        :return: True when it ran
        """
        if not self.is_running():
            return False
        self._pg("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-s")
        return True

    def remove(self):
        """Stop the cluster and delete all its databases."""
        self.stop()
        shutil.rmtree(self._place.resolve(), ignore_errors=True)
        self._place.unlink(missing_ok=True)

    def _make(self):
        self.home.need_space(700, "a PostgreSQL cluster")
        with step("making a private PostgreSQL cluster"):
            # A making that was interrupted may have left its server running.
            self._succeeds("pg_ctl", "stop", "-D", self.data, "-m", "immediate")
            shutil.rmtree(self._place.resolve(), ignore_errors=True)
            self._choose_place()
            place = self._place.resolve()
            self._own(place)
            self._pg(
                *("initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8"),
                *("--locale=C.UTF-8", "-A", "trust", "--no-instructions"),
                *(["--no-sync"] if self.is_test else []),
            )
            self._start()
            for database, statement in FIRST_STATEMENTS:
                self.sql(statement, database, user="postgres")
            (place / "made").touch()

    def _choose_place(self):
        """Where root's cluster cannot be reached by user postgres, put it elsewhere."""
        self._place.mkdir(mode=0o700, exist_ok=True)
        if os.getuid() or may_enter("postgres", self._place.parent):
            return
        digest = hashlib.sha256(str(self._place).encode()).hexdigest()[:12]
        elsewhere = Path("/var/lib/qlvb") / f"{self.name}-{digest}"
        shutil.rmtree(elsewhere, ignore_errors=True)
        elsewhere.mkdir(mode=0o755, parents=True)
        self._place.rmdir()
        self._place.symlink_to(elsewhere)
        say(f"    note: user postgres may not enter here; data goes to {elsewhere}")

    def _start(self):
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        self._own(folder)
        if folder.stat().st_uid != self._uid():
            raise Problem(
                f"{folder} belongs to somebody else", "delete it and run again"
            )
        self._configure(folder)
        log = self.data / "server.log"
        try:
            self._pg("pg_ctl", "start", "-D", self.data, "-l", log, "-w", "-s")
        except Problem as problem:
            lines = log.read_text(errors="replace").splitlines() if log.exists() else []
            tail = "\n    ".join(lines[-5:])
            raise Problem(
                f"PostgreSQL does not start:\n    {tail}", f"see {log}"
            ) from problem

    def _configure(self, folder):
        """Settings are written anew at every start: config/ is where they live."""
        parts = ["development"] + ["test"] * self.is_test
        text = "".join(
            (self.home.config / part / "postgresql.conf").read_text(encoding="utf-8")
            for part in parts
        )
        text += (
            f"unix_socket_directories = '{folder}'\n"
            f"unix_socket_permissions = 0700\nport = {PORT}\n"
        )
        path = self.data / "postgresql.auto.conf"
        path.write_text(text, encoding="utf-8")
        self._own(path)

    def _uid(self):
        return os.getuid() or pwd.getpwnam("postgres").pw_uid

    def _own(self, path):
        if not os.getuid():
            entry = pwd.getpwnam("postgres")
            os.chown(path, entry.pw_uid, entry.pw_gid)

    def _pg(self, program, *arguments):
        """Run a server program.

        :raises Problem: with its own words when it fails
        """
        run_leaving_server(
            [find_programs() / program, *arguments],
            f"PostgreSQL's {program}",
            **self._as_owner(),
        )

    def _succeeds(self, program, *arguments):
        """Whether a server program, whose words do not matter, succeeds."""
        done = subprocess.run(
            [str(part) for part in (find_programs() / program, *arguments)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **self._as_owner(),
        )
        return done.returncode == 0

    @staticmethod
    def _as_owner():
        """How to run a server program: as user postgres when root."""
        extra = {"cwd": "/", "env": os.environ | {"LC_ALL": "C.UTF-8"}}
        if not os.getuid():
            entry = pwd.getpwnam("postgres")
            extra |= {
                "user": entry.pw_uid,
                "group": entry.pw_gid,
                "extra_groups": os.getgrouplist("postgres", entry.pw_gid),
            }
        return extra

    def sql(self, statement, database="postgres", user=ROLE):
        """Run one statement outside a transaction; give its rows, cells by tabs.

        :raises Problem: with PostgreSQL's own message
        """
        command = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        out = run(
            [*command, "-d", database, "-c", statement],
            what="a statement to PostgreSQL",
            env=self.environment(PGUSER=user, PGCONNECT_TIMEOUT="10"),
        )
        return [line.split("\t") for line in out.splitlines() if line]
