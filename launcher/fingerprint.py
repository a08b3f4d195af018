"""What a database was made from: one checksum per addon, and one over all of it."""

import ast
import hashlib
import re

from .messages import Problem

DEMO = "qlvb_demo"
#: Folders of an addon that leave nothing in the database. Static files are served from
#: the disk; bundles of them carry a checksum of their own.
IGNORED = {"tests", "static", "readme", "__pycache__"}
IGNORED_SUFFIXES = {".pyc", ".rst", ".md", ".pot"}


def find_addons(folder):
    """Our installable addons, in the order their dependencies ask for.

    :return: dict of name to manifest
    :raises Problem: a manifest that cannot be read
    """
    found = {}
    for path in sorted(folder.glob("qlvb_*/__manifest__.py")):
        try:
            manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError) as error:
            raise Problem(f"{path} cannot be read: {error}", "mend it") from error
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    ordered = {}

    def visit(name):
        if name in found and name not in ordered:
            for below in found[name].get("depends", []):
                visit(below)
            ordered[name] = found[name]

    for name in found:
        visit(name)
    return ordered


def addon_checksum(folder):
    """Checksum of everything in an addon that may end up in a database."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if not path.is_file() or path.suffix in IGNORED_SUFFIXES:
            continue
        if IGNORED.intersection(inner.parts[:-1]):
            continue
        digest.update(f"{inner}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


class Fingerprint:
    """Of the code as it lies in the checkout now.

    :param home: whose addons and requirements
    :param odoo_version: a text that changes with the build of Odoo
    """

    #: Raised when the way a template is built changes.
    RECIPE = 1

    def __init__(self, home, odoo_version):
        self.manifests = find_addons(home.addons)
        self.checksums = {
            name: addon_checksum(home.addons / name) for name in self.manifests
        }
        requirements = (home.checkout / "requirements.txt").read_bytes()
        self.ground = _digest(
            self.RECIPE, odoo_version, hashlib.sha256(requirements).hexdigest()
        )

    def addons(self, *, demo):
        """Names of our addons to install."""
        return [name for name in self.manifests if demo or name != DEMO]

    def core_addons(self):
        """Odoo's addons that ours depend on."""
        names = {dep for m in self.manifests.values() for dep in m.get("depends", [])}
        return sorted(names - self.manifests.keys() | {"base", "web"})

    def core_name(self):
        """Name of the template with Odoo's addons alone."""
        return f"template_core_{_digest(self.ground, *self.core_addons())}"

    def template_name(self, *, demo):
        """Name of the template with our addons."""
        parts = [f"{name}={self.checksums[name]}" for name in self.addons(demo=demo)]
        kind = "demo" if demo else "empty"
        return f"template_{kind}_{_digest(self.core_name(), *parts)}"

    def checksums_of(self, *, demo):
        """What is written into a database, to be compared with later."""
        return {name: self.checksums[name] for name in self.addons(demo=demo)}


def check_database_name(name):
    """Refuse a name that would need quoting, or leave no room for a suffix.

    :raises Problem: with what a name may be
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name):
        raise Problem(
            f"QLVB_DB={name} is no usable name",
            "use lower-case letters, digits and _, at most 40, a letter first",
        )


def _digest(*parts):
    return hashlib.sha256("\n".join(str(p) for p in parts).encode()).hexdigest()[:12]
