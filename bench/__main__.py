"""``./qlvb bench --size N``: fill a database of its own, measure what people feel."""

import argparse
import sys

from .bulk import Progress
from .ground import Ground, configure, superuser


def main(arguments):
    """Fill and measure.

    :return: the exit code; 1 where the filled rows are not what the ORM would write
    """
    options = _parser().parse_args(arguments)
    ground = Ground()
    ground.check_durable()
    progress = Progress(lambda text: print(text, file=sys.stderr, flush=True))
    if options.desk:
        return _desk(ground, options)
    if options.outgoing:
        return _outgoing(ground, progress)
    if options.access:
        return _access(ground, progress)
    if options.dossiers is not None:
        return _dossiers(ground, options, progress)
    if not options.keep or ground.size_of_present() != options.size:
        _fill(ground, options.size, progress)
    configure(ground.conf)
    from . import measure, report
    from .office import read_office
    from .server import Server

    with superuser() as env:
        office = read_office(env)
        if _complain(env, office, progress):
            return 1
        if options.fill_only:
            return 0
        ground.results.mkdir(parents=True, exist_ok=True)
        with Server(ground.conf, ground.results / "server.log") as server:
            result = measure.Measuring(env, office, server, progress).run()
        result["machine"] = measure.machine(ground)
    path = report.write(ground.results, options.size, result)
    print("\n".join(report.table(options.size, result)))
    print(f"\n{path}")
    if options.drop:
        ground.drop()
    return 0


def _parser():
    parser = argparse.ArgumentParser(prog="qlvb bench", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="incoming documents")
    parser.add_argument(
        "--keep", action="store_true", help="measure again what is there of that size"
    )
    parser.add_argument("--fill-only", action="store_true", help="measure nothing")
    parser.add_argument(
        "--desk",
        action="store_true",
        help="time a clerk entering thirty papers in a browser instead",
    )
    parser.add_argument(
        "--outgoing",
        action="store_true",
        help="time decisions on their way out, and one to every unit, instead",
    )
    parser.add_argument(
        "--access",
        action="store_true",
        help="time what noting each half-day's first use costs, instead",
    )
    parser.add_argument(
        "--dossiers",
        nargs="*",
        type=int,
        metavar="N",
        help="fill N dossiers instead and time their board, lists and searches "
        "(without N: 1000, 20000 and 200000, one after the other)",
    )
    parser.add_argument(
        "--pace", type=float, default=5.0, help="keystrokes a second at the desk"
    )
    parser.add_argument(
        "--drop", action="store_true", help="delete the database afterwards"
    )
    return parser


def _desk(ground, options):
    """Time a clerk at the desk, in the database that is there or in a new one."""
    if ground.size_of_present() is None:
        ground.create()
    configure(ground.conf)
    from . import desk
    from .server import PASSWORD, Server

    ground.results.mkdir(parents=True, exist_ok=True)
    with Server(ground.conf, ground.results / "desk.log") as server:
        picture = ground.results / "desk.png"
        result = desk.run(server.url, PASSWORD, options.pace, picture)
    print("\n".join(desk.table(result, options.pace)))
    return 0


def _outgoing(ground, progress):
    """Time what leaves, in the database that is there or in a new one."""
    if ground.size_of_present() is None:
        ground.create()
    configure(ground.conf)
    from . import outgoing
    from .server import Server

    ground.results.mkdir(parents=True, exist_ok=True)
    with Server(ground.conf, ground.results / "outgoing.log") as server:
        result = outgoing.run(server, ground.filestore, progress)
    print("\n".join(outgoing.table(result)))
    return 0


def _access(ground, progress):
    """Time the log of accesses, in the database that is there or in a new one."""
    if ground.size_of_present() is None:
        ground.create()
    configure(ground.conf)
    from . import access
    from .server import Server

    ground.results.mkdir(parents=True, exist_ok=True)
    with Server(ground.conf, ground.results / "access.log") as server:
        result = access.run(ground, server, progress)
    print("\n".join(access.table(result)))
    return 0


def _dossiers(ground, options, progress):
    """Time the board of dossiers in databases of growing size."""
    configure(ground.conf)
    from . import dossier_run

    sizes = options.dossiers or dossier_run.SIZES
    ground.results.mkdir(parents=True, exist_ok=True)
    results = {}
    for size in sizes:
        results[size] = dossier_run.run(ground, size, progress, keep=options.keep)
        if results[size] is None:
            return 1
    print("\n".join(dossier_run.table(results)))
    print(f"\n{dossier_run.write(ground.results, results)}")
    if options.drop:
        ground.drop()
    return 0


def _fill(ground, size, progress):
    progress(f"making a database for {size:,} documents", always=True)
    ground.create()
    configure(ground.conf)
    from .fill import Filler
    from .office import read_office, today

    with superuser() as env:
        office = read_office(env)
        connection = ground.connect()
        try:
            Filler(env, connection, office, progress).fill(size, today())
        finally:
            connection.close()
    ground.mark_filled(size)
    progress("filled", always=True)


def _complain(env, office, progress):
    from .verify import complaints

    progress("comparing a sample with what the ORM computes", always=True)
    found = complaints(env, office)
    for complaint in found:
        print(f"✗ {complaint}")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
