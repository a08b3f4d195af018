"""The lines of an order: who is to do what, as a caller hands them in.

Pure reading of untrusted input into clean lines; whether the people and units
exist and may be charged is the models' business.
"""

from dataclasses import dataclass
from datetime import date

from .days import read_day

ROLES = ("lead", "support", "inform")
_KEYS = {"unit_id", "user_id", "role", "instruction", "deadline"}
_MAX_ID = 2**31 - 1
MAX_LINES = 200


class LineError(ValueError):
    """A line that cannot be read; ``code`` says why, ``number`` counts from 1."""

    def __init__(self, code: str, number: int = 0):
        super().__init__(code)
        self.code = code
        self.number = number


@dataclass(frozen=True)
class Line:
    """One person or unit charged with a part of the work."""

    role: str
    unit_id: int | None
    user_id: int | None
    instruction: str
    deadline: date | None


def read_lines(raw) -> list[Line]:
    """Read what a caller handed in as ``lines``.

    :param raw: a list of dicts with ``unit_id`` and/or ``user_id``, ``role``, and
        optionally ``instruction`` and ``deadline`` (a date or ``YYYY-MM-DD``)
    :raises LineError: with a code: ``empty``, ``many``, ``shape``, ``role``,
        ``nobody``, ``id``, ``date``, ``text``
    """
    if not isinstance(raw, list | tuple) or not raw:
        raise LineError("empty")
    if len(raw) > MAX_LINES:
        raise LineError("many")
    return [_read_line(number, item) for number, item in enumerate(raw, 1)]


def _read_line(number, item):
    if not isinstance(item, dict) or item.keys() - _KEYS:
        raise LineError("shape", number)
    if item.get("role") not in ROLES:
        raise LineError("role", number)
    unit_id = _read_id(number, item.get("unit_id"))
    user_id = _read_id(number, item.get("user_id"))
    if not unit_id and not user_id:
        raise LineError("nobody", number)
    instruction = item.get("instruction") or ""
    if not isinstance(instruction, str):
        raise LineError("text", number)
    return Line(
        role=item["role"],
        unit_id=unit_id,
        user_id=user_id,
        instruction=instruction,
        deadline=_read_date(number, item.get("deadline")),
    )


def _read_id(number, value):
    if value in (None, False):
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise LineError("id", number)
    if not 0 < value <= _MAX_ID:
        raise LineError("id", number)
    return value


def _read_date(number, value):
    if not value:
        return None
    day = read_day(value)
    if day is None:
        raise LineError("date", number)
    return day
