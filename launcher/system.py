"""The ground under every command: packages, Odoo, Python libraries."""

import os
from concurrent.futures import ThreadPoolExecutor

from .cluster import Cluster
from .home import Home
from .odoo_package import OdooPackage
from .packages import install_packages, missing_packages
from .python_env import PythonEnv, check_python


class System:
    """One installation: its home, Odoo, Python environment and clusters."""

    def __init__(self, home=None):
        self.home = home or Home()
        self.odoo = OdooPackage(self.home)
        self.python = PythonEnv(self.home, self.odoo.site)
        self.cluster = Cluster(self.home, "pg")
        self.test_cluster = Cluster(self.home, "pg-test")

    def ensure(self, *, tests=False):
        """Set up everything that is not set up yet; each part resumes where it was.

        :param tests: with what the checks need besides
        :raises Problem: what is missing or wrong, with what to do
        """
        check_python()
        missing = missing_packages(tests=tests)
        self.home.prepare()
        if "python3-venv" in missing:
            install_packages(missing)
            missing = []
        # Debian's packages, Odoo and the libraries come over the network from different
        # places, and none waits for another.
        with ThreadPoolExecutor(3) as all_three:
            parts = [
                all_three.submit(self.odoo.ensure),
                all_three.submit(self.python.ensure, tests=tests),
            ]
            if missing:
                parts.append(all_three.submit(install_packages, missing))
        for part in parts:
            part.result()

    def odoo_command(self, *arguments):
        """A command line for Odoo's own commands."""
        return [str(self.python.tool("odoo")), *(str(part) for part in arguments)]

    def environment(self, cluster, **more):
        """The environment in which our Python, psql and Odoo find each other."""
        env = cluster.environment(**more)
        env["PATH"] = f"{self.python.path / 'bin'}:{env['PATH']}"
        env["VIRTUAL_ENV"] = str(self.python.path)
        # Settings of the user's own Odoo, or of another environment, must not leak in.
        for name in ("ODOO_RC", "OPENERP_SERVER", "PYTHONPATH", "PYTHONHOME"):
            if name not in more:
                env.pop(name, None)
        env.setdefault("LANG", "C.UTF-8")
        return env


def running_as_root():
    """Whether this is root: then PostgreSQL runs as another user, Odoo does not."""
    return os.getuid() == 0
