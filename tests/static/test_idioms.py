"""Idioms that Odoo 19 accepts, or only warns of, and that then fail in use.

No linter knows these. Each line holds the pattern, and a sample that proves it bites.
"""

import re

import pytest
from sources import manifests, read, tracked, where

#: name: (suffix, pattern, sample)
FORBIDDEN = {
    "access check of old": (
        ".py",
        r"\.(check_access_rights|check_access_rule|_filter_access_rules\w*"
        r"|check_field_access_rights)\(",
        "self.check_access_rights('read')",
    ),
    "read_group": (".py", r"(?<!formatted)\.read_group\(", "self.read_group([], [])"),
    "name_get": (".py", r"\bname_get\(", "record.name_get()"),
    "toggle_active": (".py", r"\.toggle_active\(", "record.toggle_active()"),
    "_check_recursion": (".py", r"\._check_recursion\(", "self._check_recursion()"),
    "self._cr and kin": (".py", r"\bself\._(cr|uid|context)\b", "self._cr.execute()"),
    "odoo.osv": (".py", r"\bodoo\.osv\b", "from odoo.osv import expression"),
    "odoo.orm": (".py", r"\bodoo\.orm\b", "from odoo.orm.domains import Domain"),
    "Form of tests.common": (
        ".py",
        r"odoo\.tests\.common import .*\bForm\b",
        "from odoo.tests.common import Form",
    ),
    "route of type json": (".py", r"type=[\"']json[\"']", "type='json'"),
    "in_test_mode": (".py", r"\.in_test_mode\(", "registry.in_test_mode()"),
    "force_company": (".py", r"\bforce_company\b", "with_context(force_company=1)"),
    # It does not fold đ: a search in Python and the same in SQL would differ.
    "text searched in Python": (
        ".py",
        r"\.filtered_domain\([^)]*i?like",
        "self.filtered_domain([('name', 'ilike', text)])",
    ),
    "groups_id of a user": (".py", r"[\"']groups_id[\"']", "{'groups_id': []}"),
    "kanban-box": (".xml", r"kanban-box", '<t t-name="kanban-box">'),
    "tree view": (".xml", r"<tree\b|<field name=\"view_mode\">[^<]*tree", "<tree>"),
    "attrs": (".xml", r"\s(attrs|states)=\"", '<field attrs="{}"/>'),
    "oe_chatter": (".xml", r"oe_chatter", '<div class="oe_chatter"/>'),
    "groups_id": (".xml", r"name=\"groups_id\"", '<field name="groups_id"/>'),
    "context_today": (".xml", r"context_today\(", "context_today()"),
    "cron fields of old": (".xml", r"name=\"(numbercall|doall)\"", 'name="doall"'),
    "group in a search that expands": (
        ".xml",
        r"<group[^>]*\bexpand=",
        '<group expand="0">',
    ),
}


def _sources(suffix):
    """Our addons' files: those of the tests too, for they shall show today's ways."""
    return [p for p in tracked() if p.parts[0] == "addons" and p.suffix == suffix]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_forbidden_idiom(name):
    suffix, pattern, sample = FORBIDDEN[name]
    assert re.search(pattern, sample), "the pattern does not find its own sample"
    found = [
        where(path, read(path), match.start())
        for path in _sources(suffix)
        for match in re.finditer(pattern, read(path))
    ]
    assert not found, f"{name}: {found}"


def test_level_is_data_and_not_code():
    """The district's level is data: no code of the product says "huyện"."""
    pattern = re.compile(r"huyện|\bhuyen\b", re.IGNORECASE)
    assert pattern.search("UBND huyện")
    found = [
        where(path, read(path), match.start())
        for addon in manifests()
        if addon != "qlvb_demo"
        for path in _sources(".py") + _sources(".xml") + _sources(".po")
        if path.parts[1] == addon and "tests" not in path.parts
        for match in pattern.finditer(read(path))
    ]
    assert not found, found


def test_nothing_left_to_do():
    """What is there is finished: no stub says that something is to follow."""
    pattern = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    suffixes = {".py", ".xml", ".js", ".css", ".scss"}
    found = [
        where(path, read(path), match.start())
        for path in tracked()
        if path.suffix in suffixes and path.name != "test_idioms.py"
        for match in pattern.finditer(read(path))
    ]
    assert not found, found
