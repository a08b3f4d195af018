"""The private cluster: made, started, stopped, never in another's way."""

import os
import subprocess
from pathlib import Path

import pytest

from launcher import cluster as cluster_module
from launcher.cluster import Cluster
from launcher.messages import Problem


def test_a_cluster_answers_and_folds_marks(cluster):
    assert cluster.is_running()
    assert cluster.ensure() is False, "it ran already"
    folded = cluster.sql("SELECT unaccent('Quyết định')", "template1")
    assert folded == [["Quyet đinh"]] or folded == [["Quyet dinh"]]
    kind = "SELECT provolatile FROM pg_proc WHERE oid = 'unaccent(text)'::regprocedure"
    assert cluster.sql(kind, "template1") == [["i"]]


def test_its_role_owns_databases_and_no_more(cluster):
    facts = "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert cluster.sql(facts) == [["f", "t"]]


def test_it_listens_on_no_network_port(cluster):
    assert cluster.sql("SHOW listen_addresses") in ([], [[""]])
    mode = cluster.socket_folder.stat().st_mode & 0o777
    assert mode == 0o700


def test_a_wrong_statement_is_told_in_postgresqls_words(cluster):
    with pytest.raises(Problem, match='relation "nowhere" does not exist'):
        cluster.sql("SELECT * FROM nowhere")


def test_two_homes_do_not_meet(cluster, make_home):
    other = Cluster(make_home(), "pg-test")
    other.ensure()
    other.sql("CREATE DATABASE only_there")
    names = cluster.sql("SELECT datname FROM pg_database")
    assert ["only_there"] not in names
    assert other.stop() and not other.is_running()
    assert cluster.is_running(), "stopping one stopped the other"


def test_an_interrupted_making_is_begun_again(make_home):
    """Killed after its server came up, before it was whole."""
    broken = Cluster(make_home(), "pg-test")
    broken.ensure()
    (broken.data.parent / "made").unlink()
    assert not broken.is_made()
    assert broken.ensure() is True
    assert broken.sql("SELECT 1") == [["1"]]


def test_a_deep_home_gets_a_short_socket(make_home):
    home = make_home()
    home.path = home.path / ("x" * 60) / ("y" * 60)
    home.path.mkdir(parents=True)
    folder = Cluster(home, "pg").socket_folder
    assert len(str(folder)) <= cluster_module.LONGEST_SOCKET_FOLDER


def test_roots_private_folder_is_no_obstacle(make_home):
    """In /root nobody else may enter: the data then lies in /var/lib, said aloud."""
    if os.getuid():
        return
    home = make_home(mode=0o700)
    private = Cluster(home, "pg-test")
    private.ensure()
    place = (home.path / "pg-test").resolve()
    assert place.is_relative_to("/var/lib/qlvb")
    assert private.sql("SELECT 1") == [["1"]]
    private.remove()
    assert not place.exists() and not (home.path / "pg-test").exists()


def test_missing_programs_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(cluster_module, "PROGRAMS", tmp_path)
    monkeypatch.setattr(cluster_module.shutil, "which", lambda name: None)
    with pytest.raises(Problem, match="PostgreSQL server are missing") as caught:
        cluster_module.find_programs()
    assert "apt-get install postgresql" in caught.value.remedy


def test_the_newest_usable_server_is_taken(monkeypatch, tmp_path):
    for release in ("9.6", "12", "15", "16"):
        (tmp_path / release / "bin").mkdir(parents=True)
        (tmp_path / release / "bin" / "initdb").touch()
    monkeypatch.setattr(cluster_module, "PROGRAMS", tmp_path)
    assert cluster_module.find_programs() == tmp_path / "16" / "bin"


def test_settings_come_from_config(cluster):
    assert cluster.sql("SHOW fsync") == [["off"]], "the tests' cluster is hasty"
    assert cluster.sql("SHOW jit") == [["off"]]


def test_nothing_of_it_belongs_to_root(cluster):
    """PostgreSQL never runs as root."""
    if os.getuid():
        return
    pid = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    owner = subprocess.check_output(["stat", "-c", "%U", f"/proc/{pid}"], text=True)
    assert owner.strip() == "postgres"
    assert Path(cluster.data).owner() == "postgres"
