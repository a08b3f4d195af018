"""Workflows as tables: states, acts, who may, and under which conditions.

Pure description and its checks; the gate that applies it to records is
``qlvb.workflow.mixin``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Act:
    """One act of the office on one kind of record.

    :param name: the verb; the public method is ``action_<name>``
    :param sources: states in which the act is possible
    :param target: state after the act; ``None`` where it stays or where the
        act itself finds the state that follows
    :param who: name of the method that returns the ``Actor`` who may, or ``None``
    :param conditions: names of methods returning the list of unmet conditions
    :param inner: asked at the doors of other records and by fields; there is no
        public method of its own
    """

    name: str
    sources: frozenset[str]
    target: str | None
    who: str
    conditions: tuple[str, ...] = ()
    inner: bool = False


class Workflow:
    """The acts of one model, looked up by name.

    :param states: every state of the model, the first being that of a new record
    :param acts: the transition table
    :raises ValueError: where an act names a state that does not exist or stands
        twice in the table
    """

    def __init__(self, states: Iterable[str], acts: Iterable[Act]):
        self.states = tuple(states)
        self._acts: dict[str, Act] = {}
        for act in acts:
            unknown = (act.sources | {act.target or self.states[0]}) - set(self.states)
            if unknown:
                raise ValueError(f"{act.name}: unknown states {sorted(unknown)}")
            if act.name in self._acts:
                raise ValueError(f"{act.name} stands twice in the table")
            self._acts[act.name] = act

    def __getitem__(self, name: str) -> Act:
        return self._acts[name]

    def __iter__(self) -> Iterator[Act]:
        return iter(self._acts.values())

    @property
    def initial(self) -> str:
        """The state of a new record."""
        return self.states[0]


def act(name, sources, target, who, *conditions, inner=False) -> Act:
    """Write one line of a transition table; ``sources`` is a space-separated list."""
    return Act(name, frozenset(sources.split()), target, who, conditions, inner)


class Actor(NamedTuple):
    """Who acts, and in whose name.

    :param user: the person (``res.users``) who does it
    :param on_behalf_of: the delegator, or an empty recordset
    :param unit: the unit in whose capacity they act
    """

    user: object
    on_behalf_of: object
    unit: object
