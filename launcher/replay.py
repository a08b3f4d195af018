"""The replay of the demo's work: a process of its own, behind the running server.

The addon qlvb_demo brings the command (`odoo qlvb_replay`) and keeps its progress in
the database; it goes on where it stopped. The launcher starts, shows and ends it.
"""

import json
import subprocess

from .process import PidFile

PROGRESS = "SELECT value FROM ir_config_parameter WHERE key = 'qlvb_demo.replay'"
DEMO = "SELECT 1 FROM ir_module_module WHERE name = 'qlvb_demo' AND state = 'installed'"


class Replay:
    """The replay into the users' database.

    :param system: what is set up
    :param cluster: the cluster that holds the database; it must run to ask for progress
    :param database: which
    """

    def __init__(self, system, cluster, database):
        self.system = system
        self.cluster = cluster
        self.database = database
        self.pid_file = PidFile(system.home.pid_file("replay"))

    def is_running(self):
        """Whether the replay's process lives."""
        return self.pid_file.read() is not None

    def has_demo(self):
        """Whether the database holds the demo at all."""
        return bool(self.cluster.sql(DEMO, self.database))

    def progress(self):
        """What the replay wrote last: `state`, `done`, `total`; empty at first."""
        rows = self.cluster.sql(PROGRESS, self.database)
        try:
            return json.loads(rows[0][0])
        except (IndexError, ValueError):
            return {}

    def is_due(self):
        """Whether there is work left to replay and a command that does it."""
        home = self.system.home
        command = home.addons / "qlvb_demo" / "cli" / "qlvb_replay.py"
        return (
            command.exists()
            and self.has_demo()
            and self.progress().get("state") != "done"
        )

    def start(self, conf):
        """Start the replay, or let it go on, behind whatever else runs.

        :param conf: Odoo's configuration file
        """
        home = self.system.home
        addons = f"--addons-path={home.addons}"
        with open(home.log("replay"), "a", encoding="utf-8") as log:
            process = subprocess.Popen(
                self.system.odoo_command(
                    *(addons, "qlvb_replay", "-c", conf, "-d", self.database)
                ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.system.environment(self.cluster),
                start_new_session=True,
            )
        self.pid_file.write(process.pid, database=self.database)
        return process

    def stop(self):
        """End the replay between two acts; it goes on at the next start.

        :return: True when it ran
        """
        return self.pid_file.end()

    def describe(self):
        """One line on how far it is."""
        facts = self.progress()
        count = f"{facts.get('done', 0)} of {facts.get('total', '?')}"
        if facts.get("state") == "done":
            return f"the demo's work is replayed ({count})"
        if self.is_running():
            return f"the demo's work is being replayed: {count}"
        log = self.system.home.log("replay")
        if facts.get("state") == "failed":
            return f"the replay failed at {count}; see {log}; ./qlvb run tries again"
        return f"the replay stopped at {count}; ./qlvb run lets it go on"
