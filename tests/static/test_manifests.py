"""Manifests and the files they name: nothing named is missing, nothing lies unused."""

import ast
import re
from pathlib import PurePosixPath

import pytest
from sources import ADDONS, CHECKOUT, ORDER, manifests, read, tracked

DATA_FOLDERS = {"data", "security", "views", "wizard", "report", "demo"}

each_addon = pytest.mark.parametrize("addon", manifests())


def _inner(addon):
    """Paths inside an addon of all its tracked files."""
    return [p.relative_to("addons", addon) for p in _tracked_of(addon)]


def _tracked_of(addon):
    return [p for p in tracked() if p.parts[:2] == ("addons", addon)]


@each_addon
def test_data_files_are_listed_and_exist(addon):
    manifest = manifests()[addon]
    listed = [*manifest.get("data", []), *manifest.get("demo", [])]
    assert len(listed) == len(set(listed)), "a file is listed twice"
    there = {
        str(path)
        for path in _inner(addon)
        if path.suffix in (".xml", ".csv") and path.parts[0] in DATA_FOLDERS
    }
    loaded_by_code = {name for name in there if _is_named_in_code(addon, name)}
    assert set(listed) - there == set(), "listed, but not there"
    assert there - set(listed) - loaded_by_code == set(), "there, but not listed"


def _is_named_in_code(addon, name):
    """A file may be read by the addon's own code instead of Odoo's loader."""
    base = PurePosixPath(name).name
    code = (p for p in _tracked_of(addon) if p.suffix == ".py")
    return any(base in read(p) for p in code if p.name != "__manifest__.py")


@each_addon
def test_menus_are_loaded_last(addon):
    """Menus name actions, so every view comes before them."""
    views = [n for n in manifests()[addon].get("data", []) if n.startswith("views/")]
    menus = [n for n in views if n.endswith("_menus.xml")]
    assert not menus or views[-1] == menus[-1]


@each_addon
def test_assets_exist(addon):
    for entries in manifests()[addon].get("assets", {}).values():
        for entry in entries:
            pattern = entry if isinstance(entry, str) else entry[-1]
            if isinstance(entry, tuple) and entry[0] == "remove":
                continue
            if pattern.startswith(f"{addon}/"):
                assert list(ADDONS.glob(pattern)), f"{pattern} is not there"


@each_addon
def test_scripts_and_styles_are_listed(addon):
    patterns = [
        entry if isinstance(entry, str) else entry[-1]
        for entries in manifests()[addon].get("assets", {}).values()
        for entry in entries
    ]
    listed = {path for pattern in patterns for path in ADDONS.glob(pattern)}
    unused = [
        str(path)
        for path in _tracked_of(addon)
        if path.suffix in (".js", ".scss", ".css")
        and "static" in path.parts
        and "lib" not in path.parts
        and CHECKOUT / path not in listed
        and not _is_named_in_code(addon, str(path))
    ]
    assert not unused


@each_addon
def test_python_files_are_imported(addon):
    """A module that its package does not import is dead code or a forgotten model."""
    packages = {
        path.parent
        for path in _tracked_of(addon)
        if path.name == "__init__.py"
        and path.parent.name in ("models", "wizard", "controllers", "report", "tests")
    }
    for package in packages:
        imported = _imported_names(package / "__init__.py")
        there = {
            path.stem
            for path in _tracked_of(addon)
            if path.parent == package and path.suffix == ".py"
        }
        helpers = {"__init__", "common"} if package.name == "tests" else {"__init__"}
        missing = there - imported - helpers
        if package.name == "tests":
            missing = {name for name in missing if name.startswith("test_")}
        assert not missing, f"{package}: {missing}"


def _imported_names(path):
    tree = ast.parse(read(path))
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not node.module
        for alias in node.names
    }


@each_addon
def test_arrows_go_one_way(addon):
    """No addon names one above it; what those know comes through hooks."""
    assert addon in ORDER, f"{addon} has no place in the order of addons"
    above = ORDER[ORDER.index(addon) + 1 :]
    found = [
        f"{path} names {name}"
        for path in _tracked_of(addon)
        if path.suffix in (".py", ".xml", ".csv", ".js") and "tests" not in path.parts
        for name in above
        if name in read(path)
    ]
    assert not found, found


@each_addon
def test_pure_computation_knows_no_orm(addon):
    """What lies in lib/ is plain Python, tested without a database."""
    found = [
        str(path)
        for path in _tracked_of(addon)
        if path.suffix == ".py" and path.parts[2] == "lib"
        for node in ast.walk(ast.parse(read(path)))
        if _imports_odoo(node)
    ]
    assert not found, found


def _imports_odoo(node):
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] == "odoo" for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        # What another addon holds in its lib/ is as plain as what lies here.
        plain = re.match(r"odoo\.addons\.qlvb_\w+\.lib(\.|$)", module)
        return module.partition(".")[0] == "odoo" and not plain
    return False


@each_addon
def test_manifest_facts(addon):
    manifest = manifests()[addon]
    assert manifest["license"] == "LGPL-3"
    assert manifest["version"].startswith("19.0.")
    assert manifest.get("summary"), "what it is for, in a line"
