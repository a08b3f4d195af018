"""The checkout's files, as the static tests read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ADDONS = CHECKOUT / "addons"
#: From the ground up: an addon may know those before it, never those after it.
ORDER = (
    *("qlvb_base", "qlvb_document", "qlvb_dossier", "qlvb_operation"),
    *("qlvb_reporting", "qlvb_demo"),
)


@cache
def tracked():
    """All files of the repository, as paths from its top; new ones that git does not
    ignore count too."""
    out = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = (Path(name) for name in out.split("\0") if name)
    return sorted(path for path in paths if (CHECKOUT / path).is_file())


@cache
def read(path):
    """A tracked file's text; empty for what is no text."""
    try:
        return (CHECKOUT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def addon_files(addon, *suffixes, tests=False):
    """An addon's tracked files with one of the suffixes.

    :param tests: with those of its tests
    """
    folder = Path("addons") / addon
    return [
        path
        for path in tracked()
        if path.is_relative_to(folder)
        and path.suffix in suffixes
        and (tests or "tests" not in path.parts)
    ]


@cache
def manifests():
    """Manifest of each of our addons by its name."""
    return {
        path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
        for path in sorted(ADDONS.glob("*/__manifest__.py"))
    }


def where(path, text, position):
    """`path:line` of a position in a file's text."""
    return f"{path}:{text.count(chr(10), 0, position) + 1}"
