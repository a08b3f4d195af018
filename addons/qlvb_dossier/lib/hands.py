"""In whose hands a dossier is: pure reading of its orders.

So that "where is it stuck" can be answered, each change of hands is kept with its
moment (``qlvb.dossier.stay``); which hands there are follows from the orders alone.
"""

from collections.abc import Iterable
from typing import NamedTuple

OPEN = ("sent", "accepted")
STEPS = ("assign", "accept", "work", "look", "decide", "close")


class Order(NamedTuple):
    """What of an assignment tells who has the work in hand."""

    id: int
    parent: int
    role: str
    state: str


def hands(state: str, orders: Iterable[Order]) -> set[tuple[int, str]]:
    """Return whose turn it is: pairs of an order's id (0: who opened it) and a step.

    :param state: the dossier's
    :param orders: all of its orders

    >>> hands("draft", [])
    {(0, 'assign')}
    >>> lead = Order(1, 0, "lead", "accepted")
    >>> hands("in_progress", [lead])
    {(1, 'work')}

    What was passed on is in the hands of who got it, and comes back to be looked at:

    >>> hands("in_progress", [lead, Order(2, 1, "lead", "sent")])
    {(2, 'accept')}
    >>> hands("in_progress", [lead, Order(2, 1, "lead", "done")])
    {(1, 'look')}

    Supporters have theirs beside it; what is proposed waits for a decision:

    >>> sorted(hands("in_progress", [lead, Order(3, 0, "support", "proposed")]))
    [(1, 'work'), (3, 'decide')]
    >>> hands("completed", [Order(1, 0, "lead", "done")])
    {(0, 'close')}
    >>> hands("closed", [Order(1, 0, "lead", "done")])
    set()
    """
    if state == "closed":
        return set()
    if state in ("draft", "completed"):
        found = {(0, "assign" if state == "draft" else "close")}
    else:
        found = set()
    known = [order for order in orders if order.role != "inform"]
    for order in known:
        below = [child.state for child in known if child.parent == order.id]
        if order.state == "proposed":
            found.add((order.id, "decide"))
        elif order.state == "sent":
            found.add((order.id, "accept"))
        elif order.state == "accepted" and not any(one in OPEN for one in below):
            found.add((order.id, "look" if "done" in below else "work"))
    return found
