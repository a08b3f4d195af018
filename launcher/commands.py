"""The commands a person gives, but for the checks: run, stop, status, shell, psql."""

import os
import signal
import subprocess
import time

from .conf import Conf, parse_port
from .databases import Databases
from .logins import print_ready
from .messages import Problem, say, step
from .replay import Replay
from .server import Server
from .system import System, running_as_root

DEFAULT_PORT = "8069"
#: Exit codes of `status`.
READY, DOWN, REPLAYING = 0, 1, 3


def run(options):
    """Set up what is not set up yet, serve the page, and replay the demo's work.

    In the foreground it stays until Ctrl-C and then ends what it started; with
    --detach it leaves all running.
    """
    began = time.monotonic()
    system = System()
    server = Server(system)
    facts = server.running
    if facts:
        return _already_running(system, server, facts)
    port = parse_port(options.port or os.environ.get("QLVB_PORT") or DEFAULT_PORT)
    server.check_port(port)
    home = system.home
    say(f"Setting up in {home.path}")
    system.ensure()
    with home.lock():
        facts = server.running
        if facts:
            return _already_running(system, server, facts)
        system.cluster.ensure()
        replay = Replay(system, system.cluster, home.database)
        replay.stop()
        Databases(system, system.cluster).ensure(home.database, demo=not options.empty)
        server.check_port(port)
        _warn_root()
        process, conf = server.start(system.cluster, home.database, port)
        worker = replay.start(conf) if replay.is_due() else None
        server.replay_settled()
    say(f"Ready after {time.monotonic() - began:.1f} s")
    print_ready(server.url(port), home, demo=replay.has_demo())
    if options.detach:
        if worker:
            say("  The demo's work is being replayed behind it: ./qlvb status shows it")
        say("  ./qlvb stop ends it")
        return 0
    return _stay(system, server, process, replay, worker)


def _warn_root():
    if running_as_root():
        say("    note: Odoo runs as root here, reachable from this machine only; as an")
        say("    ordinary user it could do less harm if it were broken into")


def _already_running(system, server, facts):
    say(f"Already running: {server.url(facts['port'])} (database {facts['database']})")
    if server.answers(facts["port"]):
        say("  to load changed code: ./qlvb stop, then run again")
    else:
        say("  it does not answer at the moment; ./qlvb stop ends it")
    system.cluster.ensure()
    replay = Replay(system, system.cluster, facts["database"])
    if facts.get("replay") == "settled" and not replay.is_running() and replay.is_due():
        say("  the demo's replay goes on")
        replay.start(system.home.path / "run" / "server.conf")
    return 0


def _stay(system, server, process, replay, worker):
    """Show the replay's progress and wait for Ctrl-C or the server's end."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    shown = None
    try:
        say("  Ctrl-C ends it")
        while process.poll() is None:
            if worker:
                ended = worker.poll() is not None
                line = replay.describe()
                if line != shown:
                    say(f"  · {line}")
                    shown = line
                worker = None if ended else worker
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                continue
    except KeyboardInterrupt:
        _stop_all(system, server, replay)
        return 0
    _stop_all(system, server, replay)
    if process.returncode > 0:
        raise Problem("the server ended by itself", f"see {system.home.log('server')}")
    return 0


def _stop_all(system, server, replay):
    """End replay, server and clusters, in this order.

    :return: True when anything ran
    """
    with step("stopping") as current:
        ended = [
            name
            for name, stop in (
                ("replay", replay.stop),
                ("server", server.stop),
                ("database", system.cluster.stop),
                ("tests' database", system.test_cluster.stop),
            )
            if stop()
        ]
        current.tell(", ".join(ended) or "nothing was running")
    return bool(ended)


def stop(options):
    """End what this home's launcher started, and nothing else."""
    system = System()
    _stop_all(
        system, Server(system), Replay(system, system.cluster, system.home.database)
    )
    return 0


def status(options):
    """Say what runs. Exit code: 0 all is there, 3 the replay still runs, else 1."""
    system = System()
    server = Server(system)
    facts = server.running
    if not facts or not server.answers(facts["port"]):
        print("the server does not answer" if facts else "the server does not run")
        return DOWN
    print(f"{server.url(facts['port'])} answers (database {facts['database']})")
    replay = Replay(system, system.cluster, facts["database"])
    running = replay.is_running() or facts.get("replay") == "due"
    if replay.has_demo():
        print(replay.describe())
    return REPLAYING if running else READY


def _ground(system):
    """Cluster and database for a command that works on them.

    :raises Problem: when there is no database yet
    """
    if not system.cluster.is_made():
        raise Problem("there is no database here yet", "./qlvb run makes it")
    system.cluster.ensure()
    database = system.home.database
    if database not in Databases(system, system.cluster).names():
        raise Problem(f"there is no database {database}", "./qlvb run makes it")
    return database


def shell(options):
    """Odoo's shell on the users' database; arguments are passed on."""
    system = System()
    database = _ground(system)
    conf = Conf(system, system.cluster).write(database, name="shell")
    command = system.odoo_command(
        *("shell", "-c", conf, "-d", database, "--no-http", *options.arguments)
    )
    return subprocess.call(command, env=system.environment(system.cluster))


def psql(options):
    """PostgreSQL's shell on the users' database; arguments are passed on."""
    system = System()
    database = _ground(system)
    env = system.environment(system.cluster, PGDATABASE=database)
    return subprocess.call(["psql", *options.arguments], env=env)
