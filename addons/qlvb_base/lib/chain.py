"""The hash chain over the journal: one link a row, computed without a database."""

import json
from hashlib import sha256

GENESIS = "0" * 64
"""What stands before the first link."""

_FORMAT = 1


def link(previous: str, sequence: int, row: dict) -> str:
    """Return the digest that seals ``row`` behind ``previous``.

    :param previous: digest of the row before, or ``GENESIS``
    :param sequence: place of the row in the chain, from 1
    :param row: what the row says, by column; dates as ISO text

    >>> first = link(GENESIS, 1, {"id": 7, "event": "unit_created"})
    >>> first == link(GENESIS, 1, {"event": "unit_created", "id": 7})
    True
    >>> first == link(GENESIS, 1, {"event": "unit_created", "id": 8})
    False
    """
    canonical = json.dumps(
        {"format": _FORMAT, "previous": previous, "sequence": sequence, "row": row},
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )
    return sha256(canonical.encode()).hexdigest()
