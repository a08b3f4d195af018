"""The names under which the replay finds again what it made."""

from odoo.exceptions import UserError

# Not an installed module: what stands under it survives updates of the demo.
MODULE = "qlvb_demo_replay"


class NotHere(UserError):
    """A record that never came to be: a live user was faster than the story."""


def xmlid(key):
    """Return the external id of an entry's record."""
    return f"{MODULE}.{key.replace('-', '_')}"
