"""`./qlvb bench`: give the benchmark its ground, and pass its arguments on.

The benchmark is the module `bench` of the checkout. It is called in our Python
environment with a durable cluster running (never the tests' one), and finds in the
environment, besides PostgreSQL's own PGHOST, PGPORT and PGUSER:

- ODOO_RC: a configuration file for the database `qlvb_bench`, which it makes itself
- QLVB_TEMPLATE: the template with the demo's organisation to make it from
- QLVB_DATA_DIR: where files of the databases lie
"""

import subprocess

from .conf import Conf
from .databases import Databases
from .messages import Problem
from .system import System

DATABASE = "qlvb_bench"


def bench(options):
    """Run the benchmark with the arguments given; its exit code is ours."""
    system = System()
    if not (system.home.checkout / "bench" / "__main__.py").exists():
        raise Problem("this checkout has no benchmark (no bench/__main__.py)")
    # The desk is timed in a browser, which otherwise the tests alone need.
    system.ensure(tests="--desk" in options.arguments)
    cluster = system.cluster
    with system.home.lock():
        cluster.ensure()
        template = Databases(system, cluster).ensure_template(demo=True)
    conf = Conf(system, cluster)
    env = system.environment(
        cluster,
        ODOO_RC=str(conf.write(DATABASE)),
        QLVB_TEMPLATE=template,
        QLVB_DATA_DIR=str(conf.data_dir),
    )
    command = [system.python.python, "-m", "bench", *options.arguments]
    return subprocess.call(command, env=env, cwd=system.home.checkout)
