"""QLVB_HOME: where all state lives, and what the environment asks for."""

import contextlib
import fcntl
import os
import secrets
import shutil
from pathlib import Path

from .messages import Problem, say

CHECKOUT = Path(__file__).resolve().parent.parent


class Home:
    """All state of one installation: nothing is written outside of it but by word.

    :param path: the folder; default is the environment's QLVB_HOME, else `.qlvb`
        in the checkout
    """

    def __init__(self, path=None):
        path = path or os.environ.get("QLVB_HOME") or CHECKOUT / ".qlvb"
        self.path = Path(path).expanduser().resolve()
        self.checkout = CHECKOUT
        self.addons = CHECKOUT / "addons"
        self.config = CHECKOUT / "config"

    @property
    def database(self):
        """Name of the users' database."""
        return os.environ.get("QLVB_DB") or "qlvb"

    @property
    def odoo_dir(self):
        """A checkout of Odoo 19 given by the user, or None."""
        given = os.environ.get("ODOO_DIR")
        return Path(given).expanduser().resolve() if given else None

    def prepare(self):
        """Make the folder. The database's own user passes through it to `pg`; what
        else lies in it (papers, logs, passwords) is its owner's alone."""
        try:
            self.path.mkdir(mode=0o755, parents=True, exist_ok=True)
            for name in ("log", "run", "cache", "data", "data-test"):
                (self.path / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Problem(
                f"cannot write in {self.path}: {error.strerror}",
                "set QLVB_HOME to a folder of yours",
            ) from error

    def log(self, name):
        """Path of a log file."""
        return self.path / "log" / f"{name}.log"

    def pid_file(self, name):
        """Path of the file that remembers a process."""
        return self.path / "run" / f"{name}.json"

    def secret(self, name):
        """A random secret, made once, readable by its owner alone."""
        path = self.path / "secrets" / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            temporary = path.with_suffix(".tmp")
            with open(
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                "w",
                encoding="utf-8",
            ) as stream:
                stream.write(secrets.token_urlsafe(18) + "\n")
            temporary.replace(path)
        return path.read_text(encoding="utf-8").strip()

    def need_space(self, megabytes, what):
        """Refuse a step that would fill the disk.

        :raises Problem: naming what is free and what is needed
        """
        free = shutil.disk_usage(self.path).free // 2**20
        if free < megabytes:
            raise Problem(
                f"{what} needs {megabytes} MB in {self.path}, and {free} MB are free",
                "free some space, or set QLVB_HOME to a folder on another disk",
            )

    @contextlib.contextmanager
    def lock(self, name="setup"):
        """Let one launcher at a time set up; the next waits and says so."""
        with open(self.path / "run" / f"{name}.lock", "w", encoding="utf-8") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("  · another ./qlvb is setting up here; waiting for it")
                fcntl.flock(stream, fcntl.LOCK_EX)
            yield
