"""The Python environment: pinned libraries, proved by their checksums, and Odoo."""

import hashlib
import os
import shutil
import sys
import sysconfig
import venv

from .messages import Problem, say, step
from .process import run

#: It makes the environment in seconds; pip does the same where uv is not to be had.
UV = "uv==0.13.9"
#: The requirement files name everything that is needed, each with its checksum. What a
#: library asks for besides is not followed: addons ask for Odoo, which is on no index.
EXACTLY = ("--require-hashes", "--no-deps")
PYTHONS = ((3, 11), (3, 13))
NO_NETWORK = (
    "check the network and pip's settings (pip must reach a package index), then run "
    "the same command again: what is done already is kept"
)


def check_python(version=sys.version_info):
    """Refuse a Python that Odoo 19 does not run on.

    :raises Problem: naming the one that runs and those that would do
    """
    if not PYTHONS[0] <= tuple(version[:2]) <= PYTHONS[1]:
        raise Problem(
            f"this is Python {version[0]}.{version[1]}; this needs 3.11, 3.12 or 3.13",
            "use Debian 12's own: /usr/bin/python3 ./qlvb …",
        )


class PythonEnv:
    """The environment in QLVB_HOME/venv.

    :param home: where
    :param site: the folder from which `import odoo` works
    """

    def __init__(self, home, site):
        self.home = home
        self.site = site
        self.path = home.path / "venv"

    @property
    def python(self):
        """The environment's interpreter."""
        return self.path / "bin" / "python"

    def tool(self, name):
        """A command installed in the environment."""
        return self.path / "bin" / name

    def _mark(self, name):
        """What an environment must have been made from, to be taken as it is."""
        text = (self.home.checkout / name).read_bytes()
        return hashlib.sha256(text + str(self.site).encode()).hexdigest()

    def ensure(self, *, tests=False):
        """Make the environment, or bring it up to the pins.

        :param tests: with what the checks need besides
        :raises Problem: no network, no venv module, a library that is not what it was
        """
        check_python()
        name = "requirements-dev.txt" if tests else "requirements.txt"
        if self._is_made_from(name):
            return
        # The larger set holds the smaller one: who has it needs no rebuild.
        if not tests and self._is_made_from("requirements-dev.txt"):
            return
        with step(f"Python libraries ({name})") as current:
            for marker in self.path.glob(".made-from-*"):
                marker.unlink()
            if not self._is_usable():
                shutil.rmtree(self.path, ignore_errors=True)
                self._create()
            current.tell(self._install(name))
            self._link_odoo()
        marker = self.path / f".made-from-{name}"
        marker.write_text(self._mark(name), encoding="utf-8")

    def _is_made_from(self, name):
        marker = self.path / f".made-from-{name}"
        if not self._is_usable() or not marker.exists():
            return False
        return marker.read_text(encoding="utf-8") == self._mark(name)

    def _is_usable(self):
        """Whether the Python it was made with is still there, in the same release."""
        release = os.path.basename(os.path.realpath(self.python))
        return self.python.exists() and (self.path / "lib" / release).is_dir()

    def _create(self):
        try:
            venv.create(self.path, with_pip=True, symlinks=True)
        except Exception as error:
            shutil.rmtree(self.path, ignore_errors=True)
            raise Problem(
                f"python3 cannot make an environment ({error})",
                "install Debian's package python3-venv (apt-get install python3-venv)",
            ) from error

    def _install(self, name):
        """Install the pinned libraries.

        :return: the tool that did it
        """
        requirements = self.home.checkout / name
        log = self.home.log("python")
        pip = [self.python, "-m", "pip", "--no-input", "--disable-pip-version-check"]
        try:
            run([*pip, "install", "-q", UV], what="installing uv", log=log)
        except Problem:
            say("    note: uv is not to be had here; pip does the same, slower")
            command = [*pip, "install", "-q", *EXACTLY, "-r", requirements]
            run(command, what="installing libraries", remedy=NO_NETWORK, log=log)
            return "pip"
        command = [
            *(self.tool("uv"), "pip", "install", "-q", "--python", self.python),
            *(*EXACTLY, "--link-mode", "copy", "-r", requirements),
        ]
        env = os.environ | {"UV_CACHE_DIR": str(self.home.path / "cache" / "uv")}
        run(command, what="installing libraries", remedy=NO_NETWORK, log=log, env=env)
        shutil.rmtree(self.home.path / "cache" / "uv", ignore_errors=True)
        return "uv"

    def _link_odoo(self):
        """Make `import odoo` work, and give the environment an `odoo` command."""
        base = {"base": str(self.path), "platbase": str(self.path)}
        purelib = sysconfig.get_path("purelib", "venv", base)
        with open(os.path.join(purelib, "odoo.pth"), "w", encoding="utf-8") as stream:
            stream.write(f"{self.site}\n")
        command = self.tool("odoo")
        command.write_text(
            f"#!{self.python}\nimport odoo.cli\n\nodoo.cli.main()\n", encoding="utf-8"
        )
        command.chmod(0o755)
