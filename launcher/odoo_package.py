"""Odoo 19 itself: Debian's package, unpacked lean into QLVB_HOME, or a checkout.

Odoo is not on PyPI. Debian unstable carries all of Odoo 19 Community; of its 1.2 GB
we unpack what our addons and their tests can reach. Its scripts and fonts are links
into other packages, which are unpacked beside it until no link dangles.
"""

import ast
import os
import shutil
import subprocess
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from .debian import Unstable, codename
from .messages import Problem, say, step

#: The build this was tested with; another 19.0 is taken too, with a word.
TESTED_VERSION = "19.0.0+dfsg-1"
TESTED_SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"

#: What Odoo's files link to. Font Awesome is the release's own 4.7: unstable's 7
#: lacks the files that Odoo names.
LINKED = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
LINKED_STABLE = ("fonts-font-awesome",)

SITE = PurePosixPath("usr/lib/python3/dist-packages")

#: Addons of other trades, dropped while unpacking; test_lint is one of our checks.
DROPPED_PREFIXES = (
    *("l10n_", "pos_", "website", "test_", "theme_", "payment", "sale", "stock"),
    *("purchase", "mrp", "account", "event", "delivery", "crm", "iot", "loyalty"),
    *("point_of_sale", "hw_", "fleet", "lunch", "im_livechat", "mass_mailing_"),
)
KEPT = {"test_lint"}

#: Addons that install themselves beside others and call services outside. html_editor
#: imports iap without depending on it, and iap alone calls nobody, so it stays.
OUTWARD = {
    *("sms", "snailmail", "partner_autocomplete", "web_unsplash", "google_gmail"),
    *("microsoft_outlook", "mail_bot", "iap_mail", "cloud_storage"),
}

#: Free space that unpacking and all that follows needs, in MB.
SPACE = 1500


class OdooPackage:
    """Odoo 19 as found or put in place for one home."""

    def __init__(self, home):
        self.home = home
        self.root = home.path / "odoo"

    @property
    def site(self):
        """The folder from which `import odoo` works."""
        return self.home.odoo_dir or self.root.resolve() / SITE

    @property
    def version(self):
        """A text that changes when another build of Odoo is used."""
        if self.home.odoo_dir:
            return f"{self.site} {_revision(self.site)}"
        marker = self.root / ".version"
        return marker.read_text(encoding="utf-8").strip() if marker.exists() else ""

    def addons_paths(self):
        """Folders with Odoo's own addons, besides the one inside the package."""
        extra = self.site / "addons"
        return [extra] if self.home.odoo_dir and extra.is_dir() else []

    def ensure(self):
        """Put Odoo in place unless it is there already.

        :raises Problem: disk nearly full, no network, a damaged or wrong package
        """
        if self.home.odoo_dir:
            self._check_checkout()
        elif not self.version:
            self._unpack()

    def _check_checkout(self):
        release = self.site / "odoo" / "release.py"
        if not release.exists():
            raise Problem(
                f"ODOO_DIR={self.site} holds no Odoo (no odoo/release.py)",
                "point it at a checkout of Odoo 19.0, or unset it",
            )
        text = release.read_text(encoding="utf-8")
        if "version_info = (19, 0" not in text:
            raise Problem(
                f"ODOO_DIR={self.site} is not Odoo 19.0",
                "check out the branch 19.0 there, or unset ODOO_DIR",
            )

    def _unpack(self):
        self.home.need_space(SPACE, "unpacking Odoo and setting up")
        apt = Unstable(self.home.path / "cache" / "apt")
        with step("fetching Odoo 19 (Debian's package, 117 MB)") as current:
            release = codename()
            with ThreadPoolExecutor(2) as both:
                parts = [
                    both.submit(_fetch, apt, "sid", ["odoo-19", *LINKED]),
                    both.submit(_fetch, apt, release, LINKED_STABLE),
                ]
            files = parts[0].result() | parts[1].result()
            facts = apt.facts(["odoo-19"])["odoo-19"]
            current.tell(facts["Version"])
        if facts["SHA256"] != TESTED_SHA256:
            _accept_other_build(facts["Version"])
        building = self.root.with_name("odoo.building")
        shutil.rmtree(building, ignore_errors=True)
        with step("unpacking what is needed of it") as current:
            _extract(files.pop("odoo-19"), building, _wanted)
            addons = building / SITE / "odoo" / "addons"
            current.tell(f"{_drop_unreachable(addons)} addons")
            for path in files.values():
                _extract(path, building, _is_static)
            _check_links(building / SITE)
            (building / ".version").write_text(
                facts["Version"] + "\n", encoding="utf-8"
            )
            shutil.rmtree(self.root, ignore_errors=True)
            building.rename(self.root)
        shutil.rmtree(apt.folder, ignore_errors=True)


def _revision(checkout):
    """What tells one state of a given checkout from another."""
    if shutil.which("git"):
        done = subprocess.run(
            ["git", "-C", checkout, "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return done.stdout.strip()
    return (checkout / "odoo" / "release.py").stat().st_mtime_ns


def _fetch(apt, suite, packages):
    apt.update(suite)
    return apt.download(packages, suite)


def _accept_other_build(version):
    if not version.startswith("19.0"):
        raise Problem(
            f"Debian unstable now carries Odoo {version}, not 19.0",
            "set ODOO_DIR to a checkout of Odoo 19.0",
        )
    say(f"    note: Odoo {version} is not the build tested ({TESTED_VERSION})")


def _wanted(name):
    """Whether a file of the odoo-19 package is unpacked."""
    parts = PurePosixPath(name).parts[len(SITE.parts) :]
    if not name.startswith(str(SITE)) or not parts:
        return False
    if parts[0] not in ("odoo", "odoo-19.0.egg-info"):
        return False
    if name.endswith((".po", ".pot")) and not name.endswith("/vi.po"):
        return False
    if parts[:2] == ("odoo", "addons") and len(parts) > 2:
        addon = parts[2]
        return addon in KEPT or not (
            addon in OUTWARD or addon.startswith(DROPPED_PREFIXES)
        )
    return True


def _is_static(name):
    return name.startswith(
        ("usr/share/javascript", "usr/share/fonts", "usr/lib/nodejs")
    )


def _extract(package, target, wanted):
    """Stream a package's files through a filter into a folder.

    :raises Problem: when the archive ends early or the disk is full
    """
    target.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE
    ) as source:
        try:
            with tarfile.open(fileobj=source.stdout, mode="r|") as archive:
                for member in archive:
                    member.name = member.name.removeprefix("./")
                    if wanted(member.name):
                        _write(archive, member, target)
        except (tarfile.TarError, OSError) as error:
            source.kill()
            raise Problem(
                f"unpacking {package.name}: {error}",
                "free some space if the disk is full, then run the same command again",
            ) from error
    if source.returncode:
        raise Problem(f"{package.name} is damaged", f"delete {package} and run again")


def _write(archive, member, target):
    path = target / member.name
    if member.isdir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if member.issym():
        link = member.linkname
        if link.startswith("/"):
            link = os.path.relpath(target / link.lstrip("/"), path.parent)
        path.unlink(missing_ok=True)
        path.symlink_to(link)
    elif member.isfile():
        with open(path, "wb") as stream:
            shutil.copyfileobj(archive.extractfile(member), stream)
        if member.mode & 0o111:
            path.chmod(0o755)


def _drop_unreachable(addons):
    """Drop every addon whose dependencies were dropped, until all hang together.

    :return: how many addons are left
    """
    needs = {}
    for manifest in addons.glob("*/__manifest__.py"):
        facts = ast.literal_eval(manifest.read_text(encoding="utf-8"))
        needs[manifest.parent.name] = facts.get("depends") or ["base"]
    while True:
        lost = [name for name, all_of in needs.items() if not needs.keys() >= {*all_of}]
        if not lost:
            return len(needs)
        for name in lost:
            del needs[name]
            shutil.rmtree(addons / name)


def _check_links(site):
    """Odoo's scripts and fonts are links: none may lead nowhere."""
    dangling = [p for p in site.rglob("*") if p.is_symlink() and not p.exists()]
    if dangling:
        names = ", ".join(str(Path(p).relative_to(site)) for p in dangling[:5])
        raise Problem(
            f"{len(dangling)} files of Odoo link to packages not unpacked: {names} …",
            "this build of Odoo is laid out differently; set ODOO_DIR to a checkout",
        )
