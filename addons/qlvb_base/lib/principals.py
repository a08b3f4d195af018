"""Principals: the one id space in which sight of records is written down.

A protected record carries the numbers of everyone and everything through which
it may be seen; a reader carries the numbers that they answer to at this moment.
The record is visible when the two meet.  A number is made of an id and a kind,
so no table has to be kept in step with people and units.
"""

_KINDS = 8

USER = 0
"""A person, whatever posts they hold: the holder of an assignment."""
UNIT = 1
"""A unit's head, its clerks, its account, the Chief of Office of a committee."""
HANDLING = 2
"""What a unit's head handles of papers (Article 5.3), and so a delegate's sight."""
HANDLING_DOSSIERS = 6
"""The same of dossiers and the work on them: a delegation may confer one alone."""
FIELD = 3
"""A field of work, which a vice chairman directs."""
STAFF = 4
"""A person within one unit, for as long as they hold a post there."""
HEAD = 5
"""A unit's head in person: what is before them to be reviewed (Article 7)."""


def split(number: int) -> tuple[int, int]:
    """Return kind and record id of a principal: the inverse of ``principal``."""
    record_id, kind = divmod(number, _KINDS)
    return kind, record_id


def principal(kind: int, record_id: int) -> int:
    """Return the number under which ``record_id`` of that kind stands.

    :param kind: one of the constants of this module
    :param record_id: the id of a user, unit or field; for ``STAFF`` the id of
        the person's first post in the unit
    """
    if not 0 <= kind < _KINDS:
        raise ValueError(f"unknown kind of principal: {kind}")
    return record_id * _KINDS + kind
