"""Names under which people log in: which are allowed, and what is proposed."""

import re

from .symbols import fold

MOST = 40
_FORM = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")


def is_login(value: str) -> bool:
    """Tell whether a login can be used: short, and typed on every keyboard.

    >>> is_login("annv"), is_login("vt.vhtt"), is_login("cv1.thang")
    (True, True, True)
    >>> is_login("Nguyễn An"), is_login("an@"), is_login(".an"), is_login("x" * 41)
    (False, False, False, False)
    """
    return 2 <= len(value) <= MOST and _FORM.fullmatch(value) is not None


def propose(name: str) -> str:
    """Return the login that offices make of a name: first name and initials.

    >>> propose("Nguyễn Văn An"), propose("Đỗ Thị Ánh Tuyết"), propose("  ")
    ('annv', 'tuyetdta', '')
    """
    words = re.findall(r"[a-z]+", fold(name))
    if not words:
        return ""
    *before, first = words
    return (first + "".join(word[0] for word in before))[:MOST]
