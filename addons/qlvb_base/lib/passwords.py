"""What makes a password good, and first passwords that are used once."""

import secrets
import unicodedata
from typing import NamedTuple

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"

LONGEST = 4096
"""The hashing library takes no more characters than these."""


class Policy(NamedTuple):
    """How many characters a password needs, of which kinds."""

    length: int = 0
    lower: int = 0
    upper: int = 0
    digit: int = 0
    special: int = 0


def problems(password: str, policy: Policy, names=()) -> list[str]:
    """Return what is wrong with a password, each thing by its code.

    :param password: what the person would like
    :param policy: what it needs
    :param names: words that everybody knows of the person; a password that holds
        one of four letters or more is no secret
    :return: of ``length``, ``lower``, ``upper``, ``digit``, ``special``, ``name``,
        ``spaces``, ``longest``; empty where it is good

    >>> rules = Policy(8, 1, 1, 1, 1)
    >>> problems("Hiephoa-2014", rules)
    []
    >>> problems("mật khẩu", rules)
    ['upper', 'digit']
    >>> problems("Đường1", rules)
    ['length', 'special']
    >>> problems("Chutich-2014", rules, ["chutich", "An"])
    ['name']
    >>> problems(" Hiephoa-2014", rules)
    ['spaces']
    >>> problems("", Policy())
    ['length']
    """
    counted = {
        "length": (len(password), max(policy.length, 1)),
        "lower": (sum(map(str.islower, password)), policy.lower),
        "upper": (sum(map(str.isupper, password)), policy.upper),
        "digit": (sum(map(str.isdigit, password)), policy.digit),
        "special": (
            sum(not char.isalnum() for char in password),
            policy.special,
        ),
    }
    found = [code for code, (there, needed) in counted.items() if there < needed]
    plain = _plain(password)
    if any(len(name) >= 4 and name in plain for name in map(_plain, names)):
        found.append("name")
    # Odoo strips what is typed: the person would not know their own password.
    if password != password.strip():
        found.append("spaces")
    if len(password) > LONGEST:
        found.append("longest")
    return found


def first_password() -> str:
    """Return a password of its first use alone, easily read from a sheet.

    Without letters that look like others; 48 bits, behind a lock-out.

    >>> password = first_password()
    >>> len(password), problems(password, Policy(10, 1, 1, 1, 1))
    (13, [])
    >>> first_password() == password
    False
    """
    return "{}{}-{}".format(
        secrets.choice(_CAPITALS),
        "".join(secrets.choice(_LETTERS) for _ in range(7)),
        "".join(secrets.choice(_DIGITS) for _ in range(4)),
    )


def _plain(text):
    """Return a text without marks, capitals and spaces, to be compared."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in bare if char.isalnum())
