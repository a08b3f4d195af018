"""What the top-level tests share: a real server to talk to."""

import itertools
import os

import pytest
from livesystem import LiveServer

from launcher.databases import Databases
from launcher.system import System


@pytest.fixture(scope="session")
def system():
    """The launcher's view of what `./qlvb test` set up."""
    return System()


@pytest.fixture(scope="session")
def databases(system):
    """The databases of the tests' cluster."""
    return Databases(system, system.test_cluster)


@pytest.fixture(scope="session")
def template():
    """The template with the demo's organisation; its work is not replayed."""
    name = os.environ.get("QLVB_TEMPLATE")
    assert name, "run these tests with ./qlvb test"
    return name


@pytest.fixture(scope="session")
def make_server(system, databases, template):
    """A function that starts a server on a fresh clone of the template.

    `make_server(workers=2, options=["--limit-time-real", "60"])` gives a LiveServer;
    it ends and its database goes when the session does.
    """
    made = []
    numbers = itertools.count(1)

    def make(workers=0, options=()):
        name = f"qlvb_live_{os.getpid()}_{next(numbers)}"
        live = LiveServer(system, databases, template, name, workers, options)
        made.append(live)
        live.make()
        return live

    yield make
    for live in made:
        live.remove()


@pytest.fixture(scope="session")
def server(make_server):
    """One server that all tests of the session share: leave no harm in it."""
    return make_server()
