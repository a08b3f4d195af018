"""Access: every model is named in its addon's table, and rules keep to what is live."""

import ast
import csv
import io
import re
from xml.etree import ElementTree as ET

import pytest
from sources import addon_files, manifests, read

each_addon = pytest.mark.parametrize("addon", manifests())


def _models(addon):
    """Names of the models an addon makes that hold rows."""
    for path in addon_files(addon, ".py"):
        for node in ast.walk(ast.parse(read(path))):
            if isinstance(node, ast.ClassDef) and _holds_rows(node):
                yield from _declared_name(node)


def _holds_rows(node):
    bases = {ast.unparse(base) for base in node.bases}
    return bool(bases & {"models.Model", "models.TransientModel"})


def _declared_name(node):
    """The class's own `_name`; a class that only extends has none, or an old one."""
    values = {
        target.id: ast.literal_eval(item.value)
        for item in node.body
        if isinstance(item, ast.Assign)
        for target in item.targets
        if isinstance(target, ast.Name) and target.id in ("_name", "_inherit")
    }
    name = values.get("_name")
    inherited = values.get("_inherit") or []
    inherited = [inherited] if isinstance(inherited, str) else inherited
    if name and name not in inherited:
        yield name


def _access_rows(addon):
    for path in addon_files(addon, ".csv"):
        if path.name == "ir.model.access.csv":
            yield from csv.DictReader(io.StringIO(read(path)))


def _records(addon, model):
    for path in addon_files(addon, ".xml"):
        for record in ET.fromstring(read(path)).iter("record"):
            if record.get("model") == model:
                yield path, record


def _field(record, name):
    return next((f for f in record.findall("field") if f.get("name") == name), None)


@each_addon
def test_every_model_has_access_rows(addon):
    named = {row["model_id:id"].rpartition(".")[2] for row in _access_rows(addon)}
    missing = {m for m in _models(addon) if f"model_{m.replace('.', '_')}" not in named}
    assert not missing


@each_addon
def test_access_rows_name_a_group(addon):
    """A row without a group opens the model to everybody, portal and public too."""
    open_to_all = [row["id"] for row in _access_rows(addon) if not row["group_id:id"]]
    assert not open_to_all


@each_addon
def test_rules_stay_live(addon):
    """Rule domains are cached per user: `user.x_ids.ids` goes stale; `time` is gone."""
    stale = re.compile(r"\buser\.\w+(\.\w+)*\.ids\b|\btime\.")
    assert stale.search("[('id', 'in', user.my_ids.ids)]")
    assert stale.search("[('d', '<', time.strftime('%Y'))]")
    found = [
        record.get("id")
        for _path, record in _records(addon, "ir.rule")
        if stale.search(getattr(_field(record, "domain_force"), "text", None) or "")
    ]
    assert not found


@each_addon
def test_rules_are_kept_at_updates(addon):
    """Rules lie in noupdate blocks, groups do not: an update mends groups only."""
    for path in addon_files(addon, ".xml"):
        root = ET.fromstring(read(path))
        parents = {child: parent for parent in root.iter() for child in parent}
        for record in root.iter("record"):
            if record.get("model") not in ("ir.rule", "res.groups"):
                continue
            kept = any(
                node.get("noupdate") in ("1", "True", "true")
                for node in _up(record, parents)
            )
            assert kept == (record.get("model") == "ir.rule"), record.get("id")


def _up(node, parents):
    while node in parents:
        node = parents[node]
        yield node


@each_addon
def test_no_rule_is_global_and_grouped(addon):
    """`global` is computed from `groups`; naming both says two things."""
    for _path, record in _records(addon, "ir.rule"):
        assert _field(record, "global") is None, record.get("id")


@each_addon
def test_groups_use_todays_fields(addon):
    for _path, record in _records(addon, "res.groups"):
        names = {f.get("name") for f in record.findall("field")}
        assert not names & {"users", "category_id"}, record.get("id")
