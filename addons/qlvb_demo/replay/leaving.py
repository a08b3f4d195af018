"""One document that leaves in the demonstration, with what became of it.

The entries lie in ``entries/out_*.toml``; a table ``[[document]]`` has these keys:

``on`` or ``ago``   day of the draft, or working days back from today
``by``              slug of the drafting unit; ``who`` the specialist (``cv1``)
``own``             the drafting unit issues it itself; communes always do
``type``, ``topic``, ``about``, ``urgency``, ``field``, ``legislative``  as of papers
``regulation``      it is the decision with the regulation, see ``papers/regulation.py``
``signer``          ``head``, ``deputy`` (KT.) or ``order`` (TL., the Chief of Office)
``asked``           slugs of units whose heads are asked too
``to``              recipients: slugs of units, ``agencies``, ``communes``, or keys of
                    ``papers/issuers.toml``
``reply``           key of the incoming paper that it answers, and finishes once it is
                    issued
``back``            sendings back, one after the other: where and the codes of why
                    (``office the_thuc``); :data:`STATIONS` says where
``withdrawn``       why the drafter once took it back
``sign_on``         day before which nobody signs
``refuses``         the recipient that refuses it, and ``refusal`` why
``reserved``        key of the reserved number that it bears
``replaces``        key of the document that it replaces
``lead``, ``direction``, ``result``  of one to the committee: who handles it, and how
``fate``, ``reason``  what became of it, see :data:`FATES`
"""

from dataclasses import dataclass
from datetime import date

from ..papers import (
    ADDRESSED,
    Signature,
    compose_draft,
    compose_regulation,
    render_pdf,
)
from ..people import posts
from .acts import head_login
from .offices import COMMITTEE, addressee, fields, issuer, units

FATES = {
    "sent": "issued, dispatched and received",
    "delivered": "dispatched, the recipients have yet to look in",
    "replaced": "dispatched, and recalled when another replaced it",
    "void": "its number made void before it was dispatched",
    "dropped": "given up after it was sent back",
    "draft": "being drafted",
    "sent_back": "sent back, to be mended",
    "at_head": "before the head of the drafting unit",
    "at_office": "before the Office",
    "at_legal": "before Tư pháp",
    "to_sign": "before the signer",
    "to_number": "signed, to be numbered",
    "to_send": "issued, to be dispatched",
}
STATIONS = ("head", "office", "legal", "cosign", "signer", "clerk")
GROUPS = {
    "agencies": ("department", "các cơ quan, đơn vị thuộc UBND huyện"),
    "communes": ("commune", "Ủy ban nhân dân các xã, thị trấn"),
}
ORDER_BASIS = "Quy chế làm việc của UBND huyện Hiệp Hòa"
JUSTICE, OFFICE = "tuphap", "vp"


@dataclass(frozen=True)
class Leaving:
    """One outgoing document with its fate; the module explains the fields."""

    key: str
    on: date
    by: str
    type: str
    topic: str
    about: str
    to: tuple[str, ...]
    who: str = ""
    own: bool = False
    urgency: str = "normal"
    field: str = ""
    legislative: bool = False
    regulation: bool = False
    signer: str = "head"
    asked: tuple[str, ...] = ()
    reply: str = ""
    back: tuple[str, ...] = ()
    withdrawn: str = ""
    sign_on: date | None = None
    refuses: str = ""
    refusal: str = ""
    reserved: str = ""
    replaces: str = ""
    lead: str = ""
    direction: str = ""
    result: str = ""
    fate: str = "sent"
    reason: str = ""

    @property
    def unit(self):
        """The slug of the issuing unit."""
        inner = units()[self.by]["kind"] != "commune"
        return COMMITTEE if inner and not self.own else self.by

    @property
    def drafter(self):
        return f"{self.who}.{self.by}"

    @property
    def signer_login(self):
        if self.signer == "order":
            return "chanhvp"
        if self.signer == "deputy":
            named = {COMMITTEE: "phochutich"}
            return named.get(self.unit, f"pho.{self.unit}")
        return head_login(self.unit)

    @property
    def symbol(self):
        """What follows the number, as the system composes it."""
        symbol = units()[self.unit]["symbol"]
        if self.type != "CV":
            year = f"/{self.on.year}" if self.legislative else ""
            return f"{year}/{self.type}-{symbol}"
        if self.unit == self.by:
            return f"/{symbol}"
        drafted = fields()[self.field] if self.field else units()[self.by]["symbol"]
        return f"/{symbol}-{drafted}"

    @property
    def inside(self):
        """The slugs of the recipients within the system."""
        found = []
        for name in self.to:
            kind = GROUPS.get(name, ("",))[0]
            found += [slug for slug, unit in units().items() if unit["kind"] == kind]
            if name in units():
                found.append(name)
            if name == "agencies":
                found.append(OFFICE)
        return tuple(slug for slug in dict.fromkeys(found) if slug != self.unit)

    @property
    def outside(self):
        """The keys of the recipients outside it."""
        return tuple(name for name in self.to if name not in (*GROUPS, *units()))

    def pdf(self, again=0):
        """Return the draft as a PDF.

        :param again: how often it was mended
        """
        office = issuer(self.unit)
        names = [_name(name) for name in self.to]
        (signer,) = {post.name for post in posts() if post.login == self.signer_login}
        values = {
            "issuer": office,
            "symbol": self.symbol,
            "dated": self.on,
            "summary": self.about,
            "recipients": self._foot(names, again),
            "signature": Signature(office.capacity(self.signer), signer),
        }
        if self.regulation:
            return render_pdf(compose_regulation(**values))
        return render_pdf(
            compose_draft(
                **values,
                type_code=self.type,
                topic=self.topic,
                addressee=self._spoken_of(names),
                addressees=names,
                urgency=self.urgency,
                seed=f"{self.key} {again}",
            )
        )

    def _foot(self, names, again):
        lines = ["Như trên"] if self.type in ADDRESSED else names
        lines = [line[:1].upper() + line[1:] for line in lines]
        if self.regulation:
            above = ["Sở Tư pháp (b/c)", "TT HĐND huyện (b/c)"]
            # For want of these the Office sends it back the first time.
            lines = ["Như Điều 3", *(above if again else ())]
        if self.unit != COMMITTEE:
            return (*lines, "Lưu: VT")
        drafting = units()[self.by]["symbol"]
        return (*lines, "Lãnh đạo UBND huyện", f"Lưu: VT, {drafting}")

    def _spoken_of(self, names):
        """Return how the text calls those to whom it goes."""
        if len(names) == 1 or self.type in ("TTr", "BC"):
            return names[0]
        if self.type == "QĐ":
            return "các tổ chức, cá nhân có liên quan"
        return "các cơ quan, đơn vị"

    @property
    def file_name(self):
        return f"Du thao {self.type} {self.by} {self.on:%d%m%Y}.pdf"


@dataclass(frozen=True)
class Copy:
    """What a recipient within the system finds of a document."""

    key: str
    leaving: Leaving
    unit: str


def _name(name):
    if name in GROUPS:
        return GROUPS[name][1]
    if name in units():
        return addressee(name)
    return issuer(name).name.replace("UBND", "Ủy ban nhân dân", 1)
