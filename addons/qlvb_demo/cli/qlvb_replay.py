"""``odoo qlvb_replay -c CONF -d DATABASE``: replay the demonstration's work.

Runs behind the server and can be ended at any time; started again it goes on.
"""

import signal
import sys

from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class Qlvb_Replay(Command):
    """Replay the work of the demonstration into a database"""

    name = "qlvb_replay"

    def run(self, args):
        """Parse Odoo's own arguments and replay.

        Exits with 0 when all is done, 3 when it was asked to stop before that and 1
        when it cannot run; the reason is in the log.
        """
        config.parser.prog = self.prog
        config.parse_config(args, setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            sys.exit("Name the one database to replay into: -d DATABASE")
        registry = Registry(names[0])
        if "qlvb_demo" not in registry._init_modules:
            sys.exit("qlvb_demo is not installed in this database.")
        # Odoo loads this file apart from its addon, and the addon only with the
        # registry: neither a relative import nor one at the top can find it.
        # pylint: disable-next=odoo-addons-relative-import
        from odoo.addons.qlvb_demo.replay.runner import Replay

        asked = []
        signal.signal(signal.SIGTERM, lambda *_: asked.append(True))
        signal.signal(signal.SIGINT, lambda *_: asked.append(True))
        sys.exit(0 if Replay(registry, lambda: bool(asked)).run() else 3)
