"""The people of Hiệp Hòa: one table, read by the installation and by the replay.

``data/people.csv`` has one line a post: unit, login, name, role, title and, for a
vice chairman, the fields of work. The role ``account`` marks the login that belongs
to the unit itself. Every name is invented.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ACCOUNT = "account"
TABLE = Path(__file__).with_name("data") / "people.csv"


@dataclass(frozen=True)
class Post:
    """One line of the table."""

    unit: str
    login: str
    name: str
    role: str
    title: str
    fields: str


@lru_cache(maxsize=1)
def posts():
    """Return every line of the table as a :class:`Post`."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return tuple(Post(**line) for line in csv.DictReader(table))


def holder(unit, role):
    """Return the first post of that role in a unit, by the unit's slug.

    :raises LookupError: when nobody holds it
    """
    for post in posts():
        if (post.unit, post.role) == (unit, role):
            return post
    raise LookupError(f"nobody is {role} of {unit}")


def user_xmlid(login):
    """Return the external id of a login: ``qlvb_demo.user_truong_vhtt``."""
    return f"qlvb_demo.user_{login.replace('.', '_')}"
