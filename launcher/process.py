"""Processes: run one to its end, or start one, remember it, and end only that one."""

import contextlib
import json
import os
import pwd
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from .messages import Problem


def run(command, *, what, remedy="", log=None, **kwargs):
    """Run a command to its end and give back what it printed.

    :param what: what it was for, used in the message when it fails
    :param log: file that gets the whole output (appended)
    :raises Problem: with the last lines of output, when it cannot start or fails
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            stdin=subprocess.DEVNULL,
            **kwargs,
        )
    except OSError as error:
        raise Problem(f"{what}: {error}", remedy) from error
    if log:
        with open(log, "a", encoding="utf-8") as stream:
            stream.write(done.stdout)
    if done.returncode:
        tail = "\n    ".join(done.stdout.strip().splitlines()[-6:])
        raise Problem(f"{what} failed (code {done.returncode}):\n    {tail}", remedy)
    return done.stdout


def run_leaving_server(command, what, **kwargs):
    """Run a command that leaves a server behind, which must inherit none of our output.

    :raises Problem: with the last lines of output
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            **kwargs,
        )
        if done.returncode:
            output.seek(0)
            tail = "\n    ".join(output.read().strip().splitlines()[-6:])
            raise Problem(f"{what} failed:\n    {tail}")


def may_enter(user, folder):
    """Whether a user may pass through every folder of a path."""
    done = subprocess.run(
        ["test", "-x", str(folder)],
        user=pwd.getpwnam(user).pw_uid,
        group=pwd.getpwnam(user).pw_gid,
        extra_groups=[],
        check=False,
    )
    return done.returncode == 0


def start_time(pid):
    """Which boot, and how many clock ticks after it, a process started; None when
    there is none.

    Together with the pid it names one process for good: pids are used again.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else f"{boot.strip()} {fields[19]}"


class PidFile:
    """A process of ours, remembered by pid and start time."""

    def __init__(self, path):
        self.path = Path(path)

    def write(self, pid, **facts):
        """Remember a process with whatever facts belong to it (port, database…)."""
        entry = {"pid": pid, "start": start_time(pid), **facts}
        temporary = self.path.with_suffix(".tmp")
        temporary.write_text(json.dumps(entry), encoding="utf-8")
        temporary.replace(self.path)

    def read(self):
        """The remembered facts while that very process lives, else None."""
        try:
            entry = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        alive = entry.get("start") and start_time(entry["pid"]) == entry["start"]
        return entry if alive else None

    def remove(self):
        """Forget the process."""
        self.path.unlink(missing_ok=True)

    def end(self, patience=20):
        """End the process and its group: asked first, killed when it will not.

        :return: True when there was one
        """
        entry = self.read()
        if not entry:
            self.remove()
            return False
        _signal_group(entry["pid"], signal.SIGTERM)
        deadline = time.monotonic() + patience
        while self.read() and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.read():
            _signal_group(entry["pid"], signal.SIGKILL)
            while self.read():
                time.sleep(0.05)
        self.remove()
        return True


def _signal_group(pid, number):
    """Signal the process, and its group when it leads one (we start them so)."""
    with contextlib.suppress(ProcessLookupError):
        if os.getpgid(pid) == pid:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)
