"""The ground: a database of its own on the durable cluster, and Odoo in here."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2

DATABASE = "qlvb_bench"
#: How often a database that is in use is tried to be dropped, two seconds apart.
PATIENCE = 60


class Ground:
    """What the launcher prepared, as its environment variables tell.

    :raises SystemExit: when this was not started by ``./qlvb bench``
    """

    def __init__(self):
        try:
            self.conf = os.environ["ODOO_RC"]
            self.template = os.environ["QLVB_TEMPLATE"]
            self.data_dir = Path(os.environ["QLVB_DATA_DIR"])
        except KeyError as error:
            raise SystemExit(
                f"{error} is not set: start it with ./qlvb bench"
            ) from None
        self.results = self.data_dir.parent / "bench"

    def connect(self, database=DATABASE):
        """Return a connection in autocommit, by the environment's PGHOST and PGUSER."""
        connection = psycopg2.connect(dbname=database)
        connection.autocommit = True
        return connection

    def setting(self, name, database="postgres"):
        """Return a setting of the cluster."""
        with self.connect(database) as connection, connection.cursor() as cr:
            cr.execute("SELECT current_setting(%s)", (name,))
            return cr.fetchone()[0]

    def check_durable(self):
        """Refuse a cluster from which no figure may be taken.

        :raises SystemExit: where commits do not reach the disk
        """
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            if self.setting(name) != "on":
                raise SystemExit(f"{name} is off here: no figure would mean anything")

    def size_of_present(self):
        """Return how many papers the database holds, or ``None`` without one."""
        with self.connect("postgres") as connection, connection.cursor() as cr:
            cr.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
            if not cr.fetchone():
                return None
        with self.connect() as connection, connection.cursor() as cr:
            cr.execute("SELECT value FROM ir_config_parameter WHERE key = 'qlvb.bench'")
            row = cr.fetchone()
        return int(row[0]) if row else None

    def create(self):
        """Make the database anew from the template, with the template's files."""
        self.drop()
        subprocess.run(["createdb", "-T", self.template, DATABASE], check=True)
        source = self.data_dir / "filestore" / self.template
        if source.exists():
            shutil.copytree(source, self.filestore, copy_function=os.link)

    def mark_filled(self, size):
        """Remember that the database is whole, and how big."""
        with self.connect() as connection, connection.cursor() as cr:
            cr.execute(
                "INSERT INTO ir_config_parameter (key, value)"
                " VALUES ('qlvb.bench', %s)",
                (str(size),),
            )

    def drop(self):
        """Delete the database and its files."""
        command = ["dropdb", "--if-exists", "--force", DATABASE]
        for _ in range(PATIENCE):
            if subprocess.run(command, capture_output=True).returncode == 0:
                break
            # The cluster is cleaning up what was filled, and lets nobody end that.
            time.sleep(2)
        else:
            subprocess.run(command, check=True)
        shutil.rmtree(self.filestore, ignore_errors=True)

    @property
    def filestore(self):
        """Where the database's files lie."""
        return self.data_dir / "filestore" / DATABASE


def configure(conf):
    """Set Odoo up in this process; its modules may be imported afterwards."""
    from odoo.tools import config

    arguments = ["-c", conf, "-d", DATABASE, "--log-level", "warn"]
    config.parse_config(arguments, setup_logging=True)


@contextmanager
def superuser():
    """Give an environment of the superuser, whose work is rolled back at the end."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    with Registry(DATABASE).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {"lang": "vi_VN"})
        cr.rollback()
