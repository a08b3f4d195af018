"""What Debian itself must provide: found missing, then installed or asked for."""

import ctypes
import importlib.util
import os
import shutil
from pathlib import Path

from .debian import codename
from .messages import Problem, say, step
from .process import run

NO_NETWORK = "check the network (apt-get update must work), then run this again"


def _has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_server():
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(
        shutil.which("initdb")
    )


def _has_vietnamese_font():
    """Liberation 2: the first, Debian 12's default, lacks Vietnamese letters."""
    fonts = Path("/usr/share/fonts/truetype")
    names = (
        ["liberation2"] if codename() == "bookworm" else ["liberation2", "liberation"]
    )
    return any(
        (fonts / name / "LiberationSerif-Regular.ttf").exists() for name in names
    )


#: Debian package → whether what it brings is there already, from wherever it came.
TO_RUN = {
    "postgresql": _has_server,
    "python3-venv": lambda: importlib.util.find_spec("ensurepip") is not None,
    "fonts-liberation2": _has_vietnamese_font,
    "libpango-1.0-0": lambda: _has_library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: _has_library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": lambda: _has_library("libharfbuzz-subset.so.0"),
    "libmagic1": lambda: _has_library("libmagic.so.1"),
    "tzdata": lambda: Path("/usr/share/zoneinfo/Asia/Ho_Chi_Minh").exists(),
}
TO_TEST = TO_RUN | {
    "chromium": lambda: bool(shutil.which("chromium")),
    # Playwright's own Node needs it, and on a bare system nothing else brings it.
    "libatomic1": lambda: _has_library("libatomic.so.1"),
    "git": lambda: bool(shutil.which("git")),
}


def missing_packages(*, tests=False):
    """Names of what is missing.

    :param tests: with what the checks need besides
    :raises Problem: for an ordinary user when something is, with the one command that
        an administrator must give
    """
    wanted = TO_TEST if tests else TO_RUN
    missing = [name for name, is_there in wanted.items() if not is_there()]
    if missing and (os.getuid() or not shutil.which("apt-get")):
        install = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
        raise Problem(
            f"this machine lacks: {', '.join(missing)}",
            "let an administrator run this once:\n"
            f"    sudo sh -c 'apt-get update && {install}'",
        )
    return missing


def install_packages(missing):
    """Install Debian packages, as root, and say so.

    :raises Problem: no network, or what was missing still is
    """
    names = " ".join(missing)
    say(f"  · Debian packages are missing and will be installed: {names}")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with step("installing Debian packages"):
        apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
        update = [*apt, "update", "--error-on=any"]
        run(update, what="apt-get update", remedy=NO_NETWORK, env=env)
        install = [*apt, "install", "-y", "--no-install-recommends", *missing]
        run(install, what="apt-get install", remedy=NO_NETWORK, env=env)
    importlib.invalidate_caches()
    still = [name for name in missing if not (TO_TEST | TO_RUN)[name]()]
    if still:
        raise Problem(
            f"installed, but not found afterwards: {', '.join(still)}",
            "look at what apt-get install says of them",
        )
