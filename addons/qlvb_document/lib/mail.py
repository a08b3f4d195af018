"""Reads an e-mail that anybody may have sent, as the office needs it.  Pure.

Nothing is trusted: coding, nesting, number and names of the parts, headers with
line breaks in them.  What is not a letter from a person is told apart here.
"""

import email
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.utils import getaddresses

from odoo.addons.qlvb_base.lib import text as texts

MOST_BYTES = 40 * 1024 * 1024
MOST_FILES = 30
MOST_TEXT = 4000
_MOST_PARTS = 300
_MOST_HOPS = 60
_MOST_NAME = 255
_HEAD = 64 * 1024
# What Python's own reader of mails does with hostile headers takes the square of
# their length, or their number times that of the lines.
_MOST_LINES = 1_000_000
_MOST_HEADER = 64 * 1024
_MOST_PARAMETERS = 4096
_MOST_ADDRESSES = 4 * _MOST_HEADER
_MOST_NESTED = 50
_MOST_WORDS = 2000

AUTOMATIC, LIST, BOUNCE, LOOP = "automatic", "list", "bounce", "loop"
SILENT = frozenset({AUTOMATIC, LIST, BOUNCE, LOOP})
"""What no person has written to the unit: left out, and nobody is told."""

LARGE, MANY, NAME, BROKEN = "large", "many", "name", "broken"

_RECIPIENTS = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "to",
    "cc",
    "resent-to",
    "resent-cc",
)
_CODINGS = ("utf-8", "cp1258", "latin-1")
_PREFIX = re.compile(
    r"^(?:\s*(?:(?:re|fw|fwd|aw|trả lời|chuyển tiếp|chuyển|chuyen tiep)\s*"
    r"(?:\[\d+\])?\s*:|\[(?:external|ngoài|fwd|spam)\]))+\s*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?<![\w/])\d{1,6}(?:/(?:19|20)\d\d)?/[^\W\d_][^\W_]*(?:[-.][^\W_]+)*"
)
_DOMAIN = re.compile(r"[a-z0-9.-]{1,100}")
_ADDRESS = re.compile(
    r"[^\s@<>\"(),;:\[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])"
)
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")
_NOT_PAPERS = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "message/disposition-notification",
        "text/calendar",
        "text/rfc822-headers",
        "text/vcard",
        "text/x-vcard",
    }
)
_WRAPPED = "application/ms-tnef"


@dataclass
class Mail:
    """An e-mail as it comes in.

    :param refusal: why it is not taken, or ``None``
    :param digest: under which the same mail is known again
    :param sender: the sender's address, lower case; empty where there is none
    :param is_wrapped: the sender's program hid its files in a winmail.dat
    """

    refusal: str | None = None
    digest: str = ""
    sender: str = ""
    sender_name: str = ""
    recipients: frozenset = frozenset()
    subject: str = ""
    plain: str = ""
    html: str = ""
    files: list = field(default_factory=list)
    is_wrapped: bool = False

    @property
    def domain(self):
        """The sender's domain, harmless to show; empty where it is none."""
        domain = self.sender.rpartition("@")[2]
        return domain if _DOMAIN.fullmatch(domain) else ""


def _bounded_policy():
    """Return how a mail is parsed: its headers cut, its parts unfolded so far."""
    structured = iter(range(8 * _MOST_PARTS))
    nested = iter(range(_MOST_NESTED))

    class Bounded(policy.Compat32):
        def header_source_parse(self, sourcelines):
            name, value = super().header_source_parse(sourcelines)
            if not name.lower().startswith("content-"):
                return name, value[:_MOST_HEADER]
            folds = value.lstrip().lower().startswith(("multipart/", "message/"))
            if next(structured, None) is None or (folds and next(nested, None) is None):
                return name, "application/octet-stream"
            return name, value[:_MOST_PARAMETERS]

    return Bounded()


def read_mail(raw: bytes) -> Mail:
    """Read a mail; what is not to be taken says so in ``refusal``.

    :param raw: the mail as it came over the wire
    """
    too_large = len(raw) > MOST_BYTES or raw.count(b"\n") > _MOST_LINES
    try:
        message = email.message_from_bytes(
            raw[:_HEAD] if too_large else raw, policy=_bounded_policy()
        )
        headers = _headers(message)
        mail = _read_headers(headers, raw)
        mail.refusal = _not_from_a_person(message, headers)
        if too_large:
            mail.refusal = mail.refusal or LARGE
        if not mail.refusal:
            _read_parts(message, mail)
    # The parser's own errors for what is no mail at all; RecursionError for parts
    # nested without end.
    except (MessageError, RecursionError, ValueError, LookupError, TypeError):
        return Mail(BROKEN, hashlib.sha256(raw).hexdigest())
    return mail


def is_address(value: str) -> bool:
    """Tell whether ``value`` is one plain address in lower case.

    >>> is_address("vanthu@hiephoa.example"), is_address("A <a@b.vn>"), is_address("a@")
    (True, False, False)
    """
    return bool(_ADDRESS.fullmatch(value)) and value == value.lower()


def tidy_subject(subject: str) -> str:
    """Return a subject without what mail programs put before it.

    >>> tidy_subject("Fwd: RE:  [EXTERNAL] Chuyển tiếp: V/v  kiểm tra")
    'V/v kiểm tra'
    >>> tidy_subject("Re[2]: Báo cáo quý III")
    'Báo cáo quý III'
    """
    return texts.tidy(_PREFIX.sub("", texts.tidy(subject)))


def find_reference(subject: str) -> str:
    """Return the number and symbol that a subject names, or nothing.

    >>> find_reference("Công văn số 120/TTr-VHTT ngày 24/8/2026 về Quy chế")
    '120/TTr-VHTT'
    >>> find_reference("10/2014/QĐ-UBND: Quy chế"), find_reference("ngày 24/8/2026")
    ('10/2014/QĐ-UBND', '')
    """
    found = _REFERENCE.search(subject)
    return found[0] if found else ""


def _headers(message):
    """Return the headers by lower-case name, unfolded, with their raw bytes."""
    headers, length = {}, Counter()
    for name, value in message.raw_items():
        name = name.lower()
        length[name] += len(str(value))
        if length[name] <= _MOST_ADDRESSES:
            value = re.sub(r"[\r\n]+[ \t]*", " ", str(value))
            headers.setdefault(name, []).append(value)
    return headers


def _decode(value):
    """Return a header as people read it, on one line."""
    value = value[:_MOST_WORDS]
    try:
        parts = decode_header(value)
    except (MessageError, ValueError):
        parts = [(value, None)]
    said = ""
    for part, charset in parts:
        if isinstance(part, str):
            part = part.encode("utf-8", "surrogateescape")
        said += _text(part, charset)
    return texts.tidy(_UNPRINTED.sub(" ", said))


def _text(raw, charset):
    """Decode bytes in the coding they name, or in one that fits."""
    for coding in (charset, *_CODINGS):
        try:
            if coding and coding != "unknown-8bit":
                return raw.decode(coding)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def _read_headers(headers, raw):
    def addresses(*names):
        values = [value for name in names for value in headers.get(name, ())]
        return [
            (_decode(name), address.lower()) for name, address in getaddresses(values)
        ]

    sender_name, sender = next(iter(addresses("from")), ("", ""))
    known_as = (
        "".join(headers.get("message-id", ()))
        .strip()
        .encode("utf-8", "surrogateescape")
    )
    return Mail(
        digest=hashlib.sha256(known_as or raw).hexdigest(),
        sender=sender if is_address(sender) else "",
        sender_name="" if "@" in sender_name else sender_name,
        recipients=frozenset(
            address for _name, address in addresses(*_RECIPIENTS) if is_address(address)
        ),
        subject=tidy_subject(_decode(" ".join(headers.get("subject", ())[:1]))),
    )


def _not_from_a_person(message, headers):
    """Return the code of a mail that no person wrote to us, or ``None``."""

    def said(name):
        return " ".join(headers.get(name, ())).strip().lower()

    sender = said("from")
    if (
        message.get_content_type() == "multipart/report"
        or said("return-path") == "<>"
        or re.search(r"(?:mailer-daemon|postmaster)@", sender)
    ):
        return BOUNCE
    if len(headers.get("received", ())) > _MOST_HOPS or "x-odoo-objects" in headers:
        return LOOP
    if said("auto-submitted") not in ("", "no") or any(
        name in headers for name in ("x-autoreply", "x-autorespond", "x-autoresponse")
    ):
        return AUTOMATIC
    precedence = said("precedence")
    if precedence in ("auto_reply", "auto-reply"):
        return AUTOMATIC
    if precedence in ("bulk", "junk", "list") or any(
        name in headers for name in ("list-id", "list-post", "list-unsubscribe")
    ):
        return LIST
    return None


def _read_parts(message, mail):
    """Read text and files; sets ``refusal`` where there is too much of them."""
    parts, pictures = [], []
    for part in message.walk():
        parts.append(part)
        if len(parts) > _MOST_PARTS:
            mail.refusal = MANY
            return
    forwarded = {
        inner
        for part in parts
        if part.get_content_type() == "message/rfc822"
        for inner in part.walk()
    }
    for part in parts:
        kind = part.get_content_type()
        if part.is_multipart() or kind in _NOT_PAPERS:
            continue
        name = _file_name(part)
        if kind == _WRAPPED or name.lower() == "winmail.dat":
            mail.is_wrapped = True
            continue
        attached = (part.get_content_disposition() or "") == "attachment"
        if kind in ("text/plain", "text/html") and not (name or attached):
            if part not in forwarded:
                _read_text(part, kind, mail)
            continue
        content = part.get_payload(decode=True) or b""
        if kind.startswith("image/") and (part.get("content-id") or not attached):
            pictures.append((part, name, content))
            continue
        mail.files.append((name or _nameless(kind), content))
    mail.files += [
        (name or _nameless(part.get_content_type()), content)
        for part, name, content in pictures
        if not _belongs_to_text(part, mail.html)
    ]
    if len(mail.files) > MOST_FILES:
        mail.refusal = MANY
    elif any(texts.problem(name, _MOST_NAME) for name, _content in mail.files):
        mail.refusal = NAME


def _file_name(part):
    name = part.get_filename() or ""
    if not isinstance(name, str):
        name = str(name)
    if len(name) > _MOST_WORDS:
        # Too long however it is coded; to decode it takes the square of that.
        return name
    try:
        parts = decode_header(name)
    except (MessageError, ValueError):
        return name
    # As sent, tricks and all: those who judge the name shall see them.
    return "".join(
        piece if isinstance(piece, str) else _text(piece, charset)
        for piece, charset in parts
    )


def _nameless(kind):
    return f"file.{kind.rpartition('/')[2].rpartition('-')[2] or 'bin'}"


def _belongs_to_text(part, html):
    """Tell whether a picture is a logo or signature within the text."""
    identity = (part.get("content-id") or "").strip("<> ")
    if identity:
        return f"cid:{identity}" in html or not part.get_filename()
    return (part.get_content_disposition() or "") == "inline"


def _read_text(part, kind, mail):
    said = _text(part.get_payload(decode=True) or b"", part.get_content_charset())
    if kind == "text/html":
        mail.html += said
    else:
        mail.plain += said
