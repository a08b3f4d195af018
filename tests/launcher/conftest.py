"""Homes for the launcher's tests: real clusters, no Odoo."""

import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from launcher.cluster import Cluster
from launcher.home import Home


@pytest.fixture(scope="module")
def make_home():
    """A function that makes a home which PostgreSQL's own user may enter, too."""
    made = []

    def make(mode=0o755):
        # In memory where that is possible: these clusters are made and thrown away.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        folder = Path(tempfile.mkdtemp(prefix="qlvb-test-", dir=memory))
        folder.chmod(mode)
        home = Home(folder / "home")
        home.prepare()
        made.append((folder, home))
        return home

    yield make
    for folder, home in made:
        for name in ("pg", "pg-test"):
            Cluster(home, name).remove()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def cluster(make_home):
    """A running cluster of the tests' kind."""
    made = Cluster(make_home(), "pg-test")
    made.ensure()
    return made


@pytest.fixture
def fake_system(cluster, tmp_path):
    """A system without Odoo: its addons folder is empty, its cluster is real."""
    checkout = tmp_path / "checkout"
    (checkout / "addons").mkdir(parents=True)
    (checkout / "requirements.txt").write_text("a==1\n", encoding="utf-8")
    home = Home(cluster.home.path)
    home.addons = checkout / "addons"
    home.checkout = checkout
    odoo = SimpleNamespace(version="19.0.test", addons_paths=lambda: [])
    return SimpleNamespace(home=home, odoo=odoo, test_cluster=cluster, cluster=cluster)
