"""The server: started, waited for until it answers, remembered, ended."""

import contextlib
import subprocess
import time
import urllib.request

from .conf import Conf, is_port_free
from .messages import Problem, step
from .process import PidFile

#: How long a server may take to its first answer.
PATIENCE = 120


class Server:
    """The Odoo server of one home.

    :param system: what is set up
    """

    def __init__(self, system):
        self.system = system
        self.home = system.home
        self.pid_file = PidFile(self.home.pid_file("server"))

    @property
    def running(self):
        """Facts of the running server (pid, port, database, replay), or None."""
        return self.pid_file.read()

    @staticmethod
    def url(port):
        """The page's address."""
        return f"http://127.0.0.1:{port}"

    @classmethod
    def answers(cls, port):
        """Whether the server on this port answers."""
        address = f"{cls.url(port)}/web/health"
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.status == 200
        except OSError:
            return False

    def check_port(self, port):
        """Refuse a port that somebody else listens on.

        :raises Problem: with the way to take another
        """
        if not is_port_free(port):
            raise Problem(
                f"port {port} is taken by another program",
                f"./qlvb run --port {port + 1} (or set QLVB_PORT), or end that program",
            )

    def start(self, cluster, database, port):
        """Start the server, and wait until it answers.

        :return: the process, and its configuration file
        :raises Problem: it ends, or does not answer in time; nothing is left running
        """
        conf = Conf(self.system, cluster).write(database, port=port, name="server")
        log = self.home.log("server")
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        with step("starting the server"):
            with open(log, "w", encoding="utf-8") as stream:
                process = subprocess.Popen(
                    self.system.odoo_command("-c", conf),
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                    env=self.system.environment(cluster),
                    start_new_session=True,
                )
            # Until the replay's process is there, `status` shall not say all is done.
            facts = {"port": port, "database": database}
            self.pid_file.write(process.pid, replay="due", **facts)
            try:
                self._await(process, port, log)
            except BaseException:
                self.stop()
                raise
        return process, conf

    def _await(self, process, port, log):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if process.poll() is not None:
                tail = "\n    ".join(log.read_text(errors="replace").splitlines()[-6:])
                raise Problem(f"the server ended:\n    {tail}", f"see {log}")
            if self.answers(port):
                # The first page loads what the next ones find loaded.
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{self.url(port)}/web/login", timeout=60)
                return
            time.sleep(0.2)
        raise Problem(f"the server does not answer after {PATIENCE} s", f"see {log}")

    def replay_settled(self):
        """Remember that the replay was started, or that there is none to start."""
        facts = self.running
        if facts:
            del facts["start"]
            self.pid_file.write(**facts | {"replay": "settled"})

    def stop(self):
        """End the server.

        :return: True when it ran
        """
        return self.pid_file.end()
