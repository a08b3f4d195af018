"""When a database is built anew, upgraded, or taken as it is."""

from types import SimpleNamespace

import pytest

from launcher.fingerprint import (
    Fingerprint,
    addon_checksum,
    check_database_name,
    find_addons,
)
from launcher.messages import Problem


@pytest.fixture
def home(tmp_path):
    """A checkout with three addons, the upper ones first by name."""
    for name, depends in (
        ("qlvb_apex", ["qlvb_mid"]),
        ("qlvb_demo", ["qlvb_apex"]),
        ("qlvb_mid", ["mail"]),
    ):
        folder = tmp_path / "addons" / name
        (folder / "tests").mkdir(parents=True)
        manifest = f"{{'name': '{name}', 'depends': {depends}}}"
        (folder / "__manifest__.py").write_text(manifest, encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("a==1\n", encoding="utf-8")
    return SimpleNamespace(checkout=tmp_path, addons=tmp_path / "addons")


def test_addons_come_in_order_of_need(home):
    assert list(find_addons(home.addons)) == ["qlvb_mid", "qlvb_apex", "qlvb_demo"]
    fingerprint = Fingerprint(home, "19")
    assert fingerprint.addons(demo=False) == ["qlvb_mid", "qlvb_apex"]
    assert fingerprint.core_addons() == ["base", "mail", "web"]


def test_a_broken_manifest_is_told(home):
    (home.addons / "qlvb_mid" / "__manifest__.py").write_text("{", encoding="utf-8")
    with pytest.raises(Problem, match="__manifest__.py cannot be read"):
        find_addons(home.addons)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("models.py", True),
        ("data/units.csv", True),
        ("i18n/vi.po", True),
        ("tests/test_x.py", False),
        ("static/src/x.js", False),
        ("README.rst", False),
        ("__pycache__/x.pyc", False),
    ],
)
def test_what_counts_as_a_change(home, name, counts):
    folder = home.addons / "qlvb_mid"
    before = addon_checksum(folder)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert (addon_checksum(folder) != before) is counts


def test_a_change_of_ours_keeps_the_core(home):
    before = Fingerprint(home, "19")
    (home.addons / "qlvb_mid" / "x.py").write_text("x = 1", encoding="utf-8")
    after = Fingerprint(home, "19")
    assert before.core_name() == after.core_name()
    assert before.template_name(demo=True) != after.template_name(demo=True)
    assert after.template_name(demo=True) != after.template_name(demo=False)


def test_another_odoo_or_library_changes_all(home):
    before = Fingerprint(home, "19").core_name()
    assert Fingerprint(home, "19.1").core_name() != before
    (home.checkout / "requirements.txt").write_text("a==2\n", encoding="utf-8")
    assert Fingerprint(home, "19").core_name() != before


@pytest.mark.parametrize("name", ["", "Qlvb", "1x", "a-b", 'x"; drop', "x" * 41])
def test_unusable_database_names_are_told(name):
    with pytest.raises(Problem, match="no usable name"):
        check_database_name(name)


def test_usable_database_name():
    check_database_name("qlvb_2")
