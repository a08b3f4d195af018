"""A database is there whole, or not at all; what fails leaves the old one as it was."""

import json

import pytest

from launcher import databases as databases_module
from launcher.databases import Databases
from launcher.messages import Problem

FIRST = """
CREATE TABLE ir_config_parameter (key text PRIMARY KEY, value text);
INSERT INTO ir_config_parameter VALUES ('database.uuid', 'same');
CREATE TABLE ir_module_module (name text PRIMARY KEY, state text);
CREATE TABLE work (note text);
"""


class FakeOdoo:
    """Stands in for Odoo's installer: real tables, no Odoo."""

    def __init__(self, monkeypatch, databases):
        self.databases = databases
        self.cluster = databases.cluster
        self.calls = []
        self.fail = None
        monkeypatch.setattr(databases, "_odoo", self.odoo)
        monkeypatch.setattr(databases, "_finish", self.finish)

    def odoo(self, database, current, *arguments):
        """Odoo's `-i` and `-u`."""
        self.calls.append(arguments)
        if arguments[0] == "-i" and "base" in arguments[1].split(","):
            self.cluster.sql(FIRST, database)
        for name in ",".join(arguments[1::2]).split(","):
            self.cluster.sql(
                f"INSERT INTO ir_module_module VALUES ('{name}', 'installed')"
                " ON CONFLICT DO NOTHING",
                database,
            )
        if self.fail == arguments[0]:
            self.cluster.sql("DELETE FROM work", database)
            raise Problem("Odoo failed")
        return ["a warning"] if arguments[0] == "-i" else []

    def finish(self, database, current, *, demo, password=True):
        """What the database was made from is written into it."""
        facts = {
            "odoo": self.databases.system.odoo.version,
            "addons": self.databases.fingerprint.checksums_of(demo=demo),
        }
        self.cluster.sql(
            "INSERT INTO ir_config_parameter VALUES"
            f" ('qlvb.launcher', '{json.dumps(facts)}')"
            " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            database,
        )


def _addon(system, name, text="x = 1"):
    folder = system.home.addons / name
    folder.mkdir(exist_ok=True)
    manifest = "{'depends': ['base']}"
    (folder / "__manifest__.py").write_text(manifest, encoding="utf-8")
    (folder / "models.py").write_text(text, encoding="utf-8")


@pytest.fixture
def make(fake_system, cluster, monkeypatch):
    """A function that looks at the checkout anew, as each command does."""
    _addon(fake_system, "qlvb_base")
    _addon(fake_system, "qlvb_demo")

    def look():
        databases = Databases(fake_system, cluster)
        databases.fake = FakeOdoo(monkeypatch, databases)
        return databases

    yield look
    databases = look()
    for name in databases.names() - {"postgres", "template0", "template1"}:
        databases.drop(name)


def _ours(databases):
    return databases.names() - {"postgres", "template0", "template1"}


def test_first_set_up_and_second_start(make, fake_system):
    databases = make()
    databases.ensure("qlvb", demo=True)
    assert databases._installed("qlvb") == {"qlvb_base", "qlvb_demo"}
    assert len(_ours(databases)) == 3, "two templates and the database"
    uuid = databases.cluster.sql(
        "SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'", "qlvb"
    )
    assert uuid != [["same"]], "a clone is another database"
    again = make()
    again.ensure("qlvb", demo=True)
    assert again.fake.calls == []
    template = again.fingerprint.template_name(demo=True)
    assert again.warnings_file(template).read_text(encoding="utf-8") == "a warning\n"


def test_empty_leaves_the_demo_out_and_keeps_it_out(make):
    databases = make()
    databases.ensure("qlvb", demo=False)
    assert databases._installed("qlvb") == {"qlvb_base"}
    make().ensure("qlvb", demo=True)
    assert databases._installed("qlvb") == {"qlvb_base"}


@pytest.mark.parametrize("moment", ["-i", "kill"])
def test_an_interrupted_set_up_leaves_no_half_database(make, moment):
    databases = make()
    databases.fake.fail = "-i"
    if moment == "kill":
        databases.cluster.sql("CREATE DATABASE building_qlvb")
    else:
        with pytest.raises(Problem, match="Odoo failed"):
            databases.ensure("qlvb", demo=True)
    assert "qlvb" not in databases.names()
    assert any(name.startswith("building_") for name in databases.names())
    again = make()
    again.ensure("qlvb", demo=True)
    assert not any(name.startswith("building_") for name in again.names())
    assert again._installed("qlvb") == {"qlvb_base", "qlvb_demo"}


def test_changed_addons_are_upgraded_and_work_is_kept(make, fake_system):
    databases = make()
    databases.ensure("qlvb", demo=True)
    databases.cluster.sql("INSERT INTO work VALUES ('120/TTr-VHTT')", "qlvb")
    databases.conf.filestore("qlvb").mkdir(parents=True, exist_ok=True)
    (databases.conf.filestore("qlvb") / "scan").write_text("x", encoding="utf-8")
    _addon(fake_system, "qlvb_base", "x = 2")
    _addon(fake_system, "qlvb_new")
    again = make()
    again.ensure("qlvb", demo=True)
    assert again.fake.calls == [("-u", "qlvb_base", "-i", "qlvb_new")]
    assert again.cluster.sql("SELECT note FROM work", "qlvb") == [["120/TTr-VHTT"]]
    assert (again.conf.filestore("qlvb") / "scan").exists()
    assert not any(name.startswith("building_") for name in again.names())
    third = make()
    third.ensure("qlvb", demo=True)
    assert third.fake.calls == []


def test_another_odoo_upgrades_all(make, fake_system):
    make().ensure("qlvb", demo=True)
    fake_system.odoo.version = "19.0.other"
    again = make()
    again.ensure("qlvb", demo=True)
    assert again.fake.calls[0][:2] == ("-u", "all")


@pytest.mark.parametrize("demo", [True, False])
def test_another_odoo_brings_a_new_addon_too(make, fake_system, demo):
    make().ensure("qlvb", demo=demo)
    fake_system.odoo.version = "19.0.other"
    _addon(fake_system, "qlvb_new")
    again = make()
    again.ensure("qlvb", demo=demo)
    assert again.fake.calls[0] == ("-u", "all", "-i", "qlvb_new")
    assert "qlvb_new" in again._installed("qlvb")


def test_a_failed_upgrade_leaves_all_as_it_was(make, fake_system):
    databases = make()
    databases.ensure("qlvb", demo=True)
    databases.cluster.sql("INSERT INTO work VALUES ('kept')", "qlvb")
    _addon(fake_system, "qlvb_base", "x = 3")
    again = make()
    again.fake.fail = "-u"
    with pytest.raises(Problem, match="Odoo failed"):
        again.ensure("qlvb", demo=True)
    assert again.cluster.sql("SELECT note FROM work", "qlvb") == [["kept"]]
    third = make()
    third.ensure("qlvb", demo=True)
    assert third.fake.calls == [("-u", "qlvb_base")]
    assert third.cluster.sql("SELECT note FROM work", "qlvb") == [["kept"]]


def test_addons_that_are_not_here_are_told(make, fake_system):
    _addon(fake_system, "qlvb_later")
    make().ensure("qlvb", demo=True)
    for path in (fake_system.home.addons / "qlvb_later").iterdir():
        path.unlink()
    with pytest.raises(Problem, match="qlvb_later, which are not here"):
        make().ensure("qlvb", demo=True)


def test_old_templates_make_room_for_new_ones(make, fake_system):
    make().ensure_template(demo=True)
    _addon(fake_system, "qlvb_base", "x = 4")
    databases = make()
    databases.ensure_template(demo=True)
    demo = [n for n in databases.names() if n.startswith("template_demo_")]
    assert demo == [databases.fingerprint.template_name(demo=True)]


def test_a_full_disk_stops_an_upgrade_before_it_begins(make, fake_system, monkeypatch):
    make().ensure("qlvb", demo=True)
    _addon(fake_system, "qlvb_base", "x = 5")

    def full(megabytes, what):
        raise Problem(f"{what} needs {megabytes} MB")

    monkeypatch.setattr(fake_system.home, "need_space", full)
    with pytest.raises(Problem, match="the upgrade needs"):
        make().ensure("qlvb", demo=True)
    assert databases_module.DEMO in make()._installed("qlvb")
