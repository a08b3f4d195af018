"""The command line: which command, with which options, and how problems are told."""

import argparse
import signal

from . import commands
from .bench import bench
from .checks import test
from .messages import Problem, say

EPILOG = """\
environment:
  QLVB_HOME  where all state lives (default: .qlvb in the checkout)
  QLVB_PORT  the page's port (default: 8069)
  QLVB_DB    the database's name (default: qlvb)
  ODOO_DIR   a checkout of Odoo 19 to use instead of Debian's package
"""


def _parser():
    parser = argparse.ArgumentParser(
        prog="./qlvb",
        description="Sets QLVB up, runs it, tests it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sub = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    run = sub.add_parser("run", help="set up what is missing and serve the page")
    run.add_argument("--empty", action="store_true", help="without the demo")
    run.add_argument("--port", help="listen there instead of 8069")
    run.add_argument("--detach", action="store_true", help="leave it running")
    run.set_defaults(call=commands.run)
    checks = sub.add_parser(
        "test", help="run the checks; other arguments go to pytest", allow_abbrev=False
    )
    checks.add_argument("--all", action="store_true", help="with what takes long")
    checks.set_defaults(call=test, takes_more=True)
    stop = sub.add_parser("stop", help="end what was started here")
    stop.set_defaults(call=commands.stop)
    status = sub.add_parser("status", help="0: ready, 3: replay under way, 1: not up")
    status.set_defaults(call=commands.status)
    for name, call, text in (
        ("shell", commands.shell, "Odoo's shell; arguments are passed on"),
        ("psql", commands.psql, "PostgreSQL's shell; arguments are passed on"),
        ("bench", bench, "fill a big database and measure (--size N)"),
    ):
        passing = sub.add_parser(name, help=text, add_help=False, prefix_chars="\0")
        passing.set_defaults(call=call, takes_more=True)
    return parser


def main(arguments):
    """Do what the command line asks.

    :param arguments: without the program's name
    :return: the exit code
    """
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    options.arguments = rest
    if rest and not getattr(options, "takes_more", False):
        parser.error(f"unknown: {' '.join(rest)}")
    try:
        return options.call(options)
    except Problem as problem:
        say(f"\n✗ {problem}")
        return 1
    except KeyboardInterrupt:
        say("\ninterrupted; the same command goes on where this one stopped")
        return 128 + signal.SIGINT
