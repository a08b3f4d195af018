"""The names under which the replay finds again what it made."""

from odoo.exceptions import UserError

from .. import people

# Not an installed module: what stands under it survives updates of the demo.
MODULE = "qlvb_demo_replay"


class NotHere(UserError):
    """A record that never came to be: a live user was faster than the story."""


def xmlid(key):
    """Return the external id of an entry's record."""
    return f"{MODULE}.{key.replace('-', '_')}"


def account(env, login):
    """Return the account of a login: of the installation, or given by the replay.

    :raises NotHere: nobody has it
    """
    for name in (people.user_xmlid(login), xmlid(f"user_{login.replace('.', '_')}")):
        if user := env.ref(name, raise_if_not_found=False):
            return user
    raise NotHere(f"{login} has no account")
