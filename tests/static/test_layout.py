"""Size of files, traces of a machine, and what the README points to."""

import re
import socket
import warnings
from pathlib import Path

from sources import CHECKOUT, read, tracked

GOAL, LIMIT = 250, 500
CODE = {".py", ".xml", ".js", ".scss", ".css"}
GENERATED = {"requirements.txt", "requirements-dev.txt"}


def test_files_stay_small():
    """A file one can read at once: 250 lines are the goal, 500 the end."""
    sizes = {p: read(p).count("\n") for p in tracked() if p.suffix in CODE}
    assert sizes
    over = [f"{p} ({n} lines)" for p, n in sizes.items() if GOAL < n <= LIMIT]
    if over:
        warnings.warn(f"over {GOAL} lines: {', '.join(over)}", stacklevel=1)
    assert not [f"{p} ({n} lines)" for p, n in sizes.items() if n > LIMIT]


def test_no_trace_of_this_machine():
    """What works here must work anywhere: no path, no host name of this machine."""
    traces = [str(CHECKOUT), str(Path.home()) + "/"]
    if len(socket.gethostname()) > 5:
        traces.append(socket.gethostname())
    found = [
        f"{path}: {trace}"
        for path in tracked()
        for trace in traces
        if path.name not in GENERATED and trace in read(path)
    ]
    assert not found


def test_what_documents_point_to_exists():
    """Links and pictures of every Markdown file lead to files that are there."""
    link = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
    assert link.findall("![a](docs/a.png) [b](b.md#c)") == ["docs/a.png", "b.md"]
    broken = [
        f"{path} → {target}"
        for path in tracked()
        if path.suffix == ".md"
        for target in link.findall(read(path))
        if "://" not in target
        and not target.startswith("mailto:")
        and not (CHECKOUT / path.parent / target).exists()
    ]
    assert not broken


def test_paths_in_the_readme_exist():
    """What the README writes as `a/path` is there."""
    shown = re.compile(r"`((?:addons|config|tests|launcher|bench|docs)/[\w./-]*)`")
    assert shown.findall("see `config/x.conf`") == ["config/x.conf"]
    missing = [
        f"{path}: {name}"
        for path in tracked()
        if path.parent == Path(".") and path.suffix == ".md"
        for name in shown.findall(read(path))
        if not (CHECKOUT / name).exists()
    ]
    assert not missing


def test_vietnamese_is_composed():
    """One way to write a letter (NFC), or searches and comparisons miss it."""
    combining = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
    found = [
        str(path)
        for path in tracked()
        if path.suffix in CODE | {".po", ".md", ".toml", ".csv"}
        if path.name != "test_layout.py"
        if combining.search(read(path))
    ]
    assert not found
