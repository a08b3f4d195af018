"""Odoo's configuration: the templates of config/, filled in for one database."""

import os
import socket
import string

from .cluster import PORT, ROLE
from .messages import Problem


def free_port():
    """A port on 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_port_free(port):
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def parse_port(text):
    """The port a person wrote.

    :raises Problem: when it is no port that one may listen on
    """
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Problem(f"{text!r} is no port", "give a number from 1024 to 65535")
    return int(text)


class Conf:
    """Odoo's configuration file for one database.

    :param system: what is set up (home, Odoo, Python environment)
    :param cluster: the cluster that holds the database
    """

    def __init__(self, system, cluster):
        self.system = system
        self.cluster = cluster
        self.home = system.home
        kind = "data-test" if cluster.is_test else "data"
        self.data_dir = self.home.path / kind

    @property
    def addons_path(self):
        """Folders with addons: ours first, then Odoo's beside its package."""
        folders = [self.home.addons, *self.system.odoo.addons_paths()]
        return ",".join(str(folder) for folder in folders)

    def filestore(self, database):
        """The folder with a database's files."""
        return self.data_dir / "filestore" / database

    def write(self, database, *, port=0, name=None, template=None):
        """Write the file, readable by its owner alone.

        :param port: the server's; 0 where no server will listen
        :param name: the file's; default is the database's
        :param template: `development` or `test`; default is the cluster's kind
        :return: its path
        """
        kind = template or ("test" if self.cluster.is_test else "development")
        source = self.home.config / kind / "odoo.conf"
        text = string.Template(source.read_text(encoding="utf-8")).substitute(
            addons_path=self.addons_path,
            data_dir=self.data_dir,
            db_host=self.cluster.socket_folder,
            db_port=PORT,
            db_user=ROLE,
            db_name=database,
            admin_passwd=self.home.secret("database-manager"),
            http_port=port or free_port(),
        )
        path = self.home.path / "run" / f"{name or database}.conf"
        temporary = path.with_suffix(".tmp")
        mode = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(mode, "w", encoding="utf-8") as stream:
            stream.write(text)
        temporary.replace(path)
        return path
