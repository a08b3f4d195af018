"""Fetch single packages of Debian unstable without installing them, without root.

A private apt configuration: the machine's own mirror, the suite `sid`, and lists,
cache and status of its own, so that the machine's apt is neither read nor changed.
"""

import hashlib
import shutil
import subprocess
from pathlib import Path

from .messages import Problem
from .process import run

NO_NETWORK = (
    "check the network (apt-get update must work on this machine), then run the "
    "same command again: what is done already is kept"
)
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Unstable:
    """Debian unstable, seen from a folder of ours."""

    def __init__(self, folder):
        self.folder = folder
        self._mirror = None

    @property
    def mirror(self):
        """The mirror this machine uses for Debian itself: read, never assumed."""
        if self._mirror is None:
            self._mirror = find_mirror()
        return self._mirror

    def _options(self, suite):
        base = self.folder / suite
        for name in ("lists/partial", "cache/archives/partial", "state"):
            (base / name).mkdir(parents=True, exist_ok=True)
        (base / "status").touch()
        source = base / "sources.list"
        source.write_text(
            f"deb [signed-by={KEYRING}] {self.mirror} {suite} main\n", encoding="utf-8"
        )
        values = {
            "Dir::Etc::SourceList": source,
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::State": base / "state",
            "Dir::State::Lists": base / "lists",
            "Dir::State::status": base / "status",
            "Dir::Cache": base / "cache",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            # A mirror that lags by weeks still serves what Debian signed.
            "Acquire::Check-Valid-Until": "false",
            # apt would drop to its own user, who cannot write in our folder.
            "APT::Sandbox::User": "root",
        }
        return [
            part for key, value in values.items() for part in ("-o", f"{key}={value}")
        ]

    def update(self, suite="sid"):
        """Read the suite's index.

        :raises Problem: when the mirror cannot be reached
        """
        run(
            ["apt-get", *self._options(suite), "-q", "update", "--error-on=any"],
            what=f"reading the index of Debian {suite} at {self.mirror}",
            remedy=NO_NETWORK,
        )

    def facts(self, packages, suite="sid"):
        """What the suite's index says of packages: Version, SHA256, Filename …

        :return: dict of name to facts; a package the suite lacks has none
        """
        done = subprocess.run(
            [
                "apt-cache",
                *self._options(suite),
                "show",
                "--no-all-versions",
                *packages,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        known = {package: {} for package in packages}
        for stanza in done.stdout.split("\n\n"):
            lines = (line.partition(": ") for line in stanza.splitlines())
            facts = {key: value for key, _, value in lines if not key.startswith(" ")}
            if facts.get("Package") in known:
                known[facts["Package"]] = facts
        return known

    def download(self, packages, suite="sid"):
        """Download packages into our cache and prove each against the signed index.

        :return: dict of package name to its file
        :raises Problem: no network, no such package, or a damaged file
        """
        target = self.folder / "packages"
        target.mkdir(exist_ok=True)
        known = self.facts(packages, suite)
        files = {}
        for package, facts in known.items():
            if not facts.get("Filename"):
                raise Problem(
                    f"Debian {suite} at {self.mirror} has no package {package}",
                    "set ODOO_DIR to a checkout of Odoo 19 instead",
                )
            files[package] = target / facts["Filename"].rpartition("/")[2]
        missing = [p for p in packages if not _is_whole(files[p], known[p])]
        if missing:
            run(
                ["apt-get", *self._options(suite), "-q", "download", *missing],
                what=f"downloading {', '.join(missing)}",
                remedy=NO_NETWORK,
                cwd=target,
            )
        for package in missing:
            self._settle(files[package], known[package])
        return files

    def _settle(self, path, facts):
        """apt writes an epoch into the name; give it the pool's name, and check."""
        if not path.exists():
            stem = facts["Package"] + "_"
            found = [p for p in path.parent.glob(f"{stem}*.deb") if p != path]
            if len(found) == 1:
                found[0].rename(path)
        if not _is_whole(path, facts):
            path.unlink(missing_ok=True)
            raise Problem(
                f"{path.name} arrived damaged: its checksum is not the index's",
                "run the same command again; if it stays so, the mirror is at fault",
            )


def codename():
    """Code name of the Debian release this machine runs (bookworm for 12)."""
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return ""
    facts = dict(line.partition("=")[::2] for line in text.splitlines())
    return facts.get("VERSION_CODENAME", "").strip('"')


def find_mirror():
    """The address from which this machine gets Debian's own packages.

    :raises Problem: when this is no Debian or apt knows no source
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise Problem(
            "this machine has no apt-get and dpkg-deb",
            "use Debian 12, or set ODOO_DIR to a checkout of Odoo 19",
        )
    form = "$(SITE) $(RELEASE)"
    done = subprocess.run(
        ["apt-get", "indextargets", "--no-release-info", "--format", form],
        capture_output=True,
        text=True,
        check=False,
    )
    targets = [line.split() for line in done.stdout.splitlines()]
    for site, release in targets:
        if release == codename():
            return site
    raise Problem(
        "apt knows no Debian mirror on this machine",
        "give /etc/apt/sources.list a line for Debian, or set ODOO_DIR",
    )


def _is_whole(path, facts):
    return path.exists() and sha256(path) == facts["SHA256"]


def sha256(path):
    """Checksum of a file, in hex."""
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
