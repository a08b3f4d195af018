"""What a person does at a moment, in the words of the replay."""

from dataclasses import dataclass
from datetime import date, datetime

from .offices import COMMITTEE


@dataclass(frozen=True)
class Line:
    """One line of an order: a unit, or a person in it."""

    role: str
    unit: str
    login: str = ""
    instruction: str = ""
    deadline: date | None = None


@dataclass(frozen=True)
class Act:
    """One thing that one person does.

    ``verb`` is a method of :class:`~.runner.Hand`; ``target`` names an assignment by
    its unit and, where a person holds it, the login. ``instead`` is who does it where
    the actor's delegation is not in force any more. ``day`` is the day asked for, of
    a request for more time; ``codes`` are why a draft is sent back.
    """

    when: datetime
    actor: str
    verb: str
    entry: object = None
    target: tuple[str, str] = ("", "")
    text: str = ""
    lines: tuple[Line, ...] = ()
    instead: str = ""
    day: date | None = None
    codes: tuple[str, ...] = ()


def head_login(unit):
    """Return the login of a unit's head."""
    named = {COMMITTEE: "chutich", "vp": "chanhvp"}
    return named.get(unit, f"truong.{unit}")
