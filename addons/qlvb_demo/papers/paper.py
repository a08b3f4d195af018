"""What is written on one administrative paper, before it has any look.

A :class:`Paper` names the parts that Decree 30/2020 asks of a paper (agency, number,
place and date, kind and abstract, body, recipients, signature). It knows nothing of
HTML or PDF: :mod:`.layout` draws it.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Block:
    """One piece of the body.

    ``style`` is one of ``para``, ``basis`` (a legal basis, in italics), ``heading``,
    ``item`` (a numbered point), ``article`` (a numbered article), ``centre``,
    ``chapter`` (its number above its name), ``pair`` (a label and its value, as in an
    invitation) and ``table``.
    """

    style: str
    text: str = ""
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Signature:
    """Who signs: the authority line (``TM.``), the capacity lines and the name."""

    capacity: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Annex:
    """What a decision issues and that follows it: a regulation, a plan.

    ``origin`` says with which document it is issued, under the title.
    """

    title: str
    summary: str
    origin: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """One paper, ready to be laid out.

    ``title`` is the name of the kind in capitals; an official letter (công văn) has
    none and shows its abstract under the number instead. ``agency`` holds the lines
    of the issuing agency's name, ``parent`` those of the agency above it. A
    ``draft`` is nobody's yet: it bears neither signature nor seal, room is left for
    number, day and month, and ``reference`` is what follows the number.
    """

    agency: tuple[str, ...]
    reference: str
    place: str
    dated: date
    summary: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: Signature
    seal: tuple[str, str]
    parent: tuple[str, ...] = ()
    title: str = ""
    addressees: tuple[str, ...] = ()
    addressee_label: str = "Kính gửi:"
    urgency: str = "normal"
    contact: str = ""
    scanned: bool = False
    draft: bool = False
    annex: Annex | None = None
    seed: str = field(default="", compare=False)
