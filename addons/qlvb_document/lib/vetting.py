"""Which files may enter, judged by what they are, not by what they call themselves.

Pure: bytes in, a verdict out; nothing is stored or fetched.  The doors that take
files ask here before a row is written.  Documents are read by programs that are
bounded in time and memory: a file may be made to break its reader.
"""

import io
import re
import struct
import unicodedata
import warnings
from dataclasses import dataclass

from .marks import has_words, is_petition, mentions_petition, secrecy_mark
from .vetting_office import DOCX, XLSX, read_office, sniff_office
from .vetting_pdf import PDF, read_pdf
from .vetting_signs import MARKUP, FileRefused, holds_archive

MAX_NAME = 180
_MAX_HEAD = 20_000
_MAX_PIXELS = 100_000_000
_MAX_TIFF_PIXELS = 400_000_000
"""Of TIFF more: plans of A0 are scanned in it, and nothing here unpacks them."""

PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"

EXTENSIONS = {
    PDF: ("pdf",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    TIFF: ("tif", "tiff"),
}
_TAKEN = {extension for known in EXTENSIONS.values() for extension in known}
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
}
_PROGRAMS = frozenset(
    "apk app bat cmd com cpl dll docm exe gadget hta htm html iso jar js jse lnk msi "
    "msp php ps1 reg scf scr sh svg url vbe vbs wsf wsh xlsm".split()
)
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Vetted:
    """What a file says of itself.

    :param mimetype: its type, by its content
    :param has_text: all of it could be read as text; a scan could not
    :param mentions: it speaks of a petition, complaint or denunciation
    :param secrecy: the secrecy that a stamp in it shows, or ``None``
    :param petition: it is headed as a petition
    :param head: the text of its first page, for the clerk's draft
    """

    mimetype: str
    has_text: bool = False
    mentions: bool = False
    secrecy: str | None = None
    petition: bool = False
    head: str = ""


def vet(content: bytes) -> Vetted:
    """Judge what is in a file.

    :raises FileRefused: with the code of the first thing that is wrong
    """
    if not content:
        raise FileRefused("empty")
    mimetype = sniff(content)
    if mimetype == PDF:
        text, head, complete = read_pdf(content)
    elif mimetype in (DOCX, XLSX):
        text, complete = read_office(content), True
        head = text[:_MAX_HEAD]
    else:
        _look_at_image(content)
        text, head, complete = "", "", False
    return Vetted(
        mimetype,
        complete and has_words(text),
        mentions_petition(text),
        secrecy_mark(text),
        is_petition(text),
        head,
    )


def vet_name(name: str, mimetype: str | None = None) -> None:
    """Judge a file's name: plain, and telling what is in the file.

    :param mimetype: the type of the content, where it is known

    >>> vet_name("Tờ trình 120.pdf"), vet_name("12.QĐ-UBND (bản 2).PDF", PDF)
    (None, None)
    >>> def code(*args):
    ...     try:
    ...         vet_name(*args)
    ...     except FileRefused as error:
    ...         return error.code
    >>> {code(bad) for bad in ("../x.pdf", "a\\\\b.pdf", "x\\u202efdp.exe", "", ".pdf")}
    {'name'}
    >>> code("a\\x00.pdf"), code("x" * 200 + ".pdf"), code("kehoach.exe.pdf")
    ('name', 'long', 'double')
    >>> code("a.exe"), code("a.doc"), code("a"), code("a.docx", PDF)
    ('type', 'old', 'type', 'mismatch')
    """
    stem, _dot, extension = unicodedata.normalize("NFKC", name).rpartition(".")
    if len(name) > MAX_NAME:
        raise FileRefused("long")
    if _CONTROL.search(name) or _DIRECTION.search(name) or set("/\\:") & {*stem}:
        raise FileRefused("name")
    if not stem.strip(" .") and (extension.lower() in _TAKEN or not extension):
        raise FileRefused("name")
    if any(part.strip().lower() in _PROGRAMS for part in stem.split(".")[1:]):
        raise FileRefused("double")
    extension = extension.lower()
    if extension in ("doc", "xls", "rtf", "odt", "ods", "ppt", "pptx"):
        raise FileRefused("old")
    if extension not in _TAKEN:
        raise FileRefused("type")
    if mimetype and extension not in EXTENSIONS[mimetype]:
        raise FileRefused("mismatch")


def sniff(content: bytes) -> str:
    """Return the type of a file by its content.

    :raises FileRefused: ``mismatch`` for what is not taken at all, ``polyglot`` for
        what is two things at once, ``password`` for an encrypted Office file
    """
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return PDF
    if b"%PDF-" in start:
        # Readers look for the mark within the first kilobyte: something else
        # stands before it.
        raise FileRefused("polyglot")
    for magic, mimetype in _IMAGES.items():
        if content.startswith(magic):
            return mimetype
    if content.startswith(b"PK\x03\x04"):
        return sniff_office(content)
    if content.startswith(_OLE):
        raise FileRefused("password" if _ENCRYPTED in content else "old")
    raise FileRefused("mismatch")


def _look_at_image(content):
    """Refuse an image that is none, too large to be opened, or something else too."""
    from PIL import Image, UnidentifiedImageError

    if holds_archive(content) or MARKUP.search(content[-4096:]):
        raise FileRefused("polyglot")
    if content[:4] in (b"II*\x00", b"MM\x00*"):
        _look_at_tiff(content)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
                if image.width * image.height > _MAX_PIXELS:
                    raise FileRefused("pixels")
                image.verify()
    except Image.DecompressionBombError:
        raise FileRefused("pixels") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error):
        raise FileRefused("broken") from None


def _look_at_tiff(content):
    """Refuse a TIFF that is none or too large.

    By its first table alone: Odoo leaves out the program that opens such files.
    """
    order = "<" if content.startswith(b"II") else ">"
    sides = {}
    try:
        (place,) = struct.unpack_from(f"{order}L", content, 4)
        (count,) = struct.unpack_from(f"{order}H", content, place)
        for number in range(count):
            at = place + 2 + 12 * number
            tag, kind = struct.unpack_from(f"{order}HH", content, at)
            if tag in (256, 257):
                short = "H" if kind == 3 else "L"
                (sides[tag],) = struct.unpack_from(order + short, content, at + 8)
    except struct.error:
        raise FileRefused("broken") from None
    if len(sides) < 2 or not all(sides.values()):
        raise FileRefused("broken")
    if sides[256] * sides[257] > _MAX_TIFF_PIXELS:
        raise FileRefused("pixels")


def table_text(content: bytes) -> str | None:
    """Return a table of text with its cells apart by tabs; ``None`` for no text.

    >>> table_text("a;MẬT;\\r\\n".encode()), table_text("a,b".encode("utf-16"))
    ('a\\tMẬT\\t\\r\\n', 'a\\tb')
    >>> table_text(b"PK\\x03\\x04\\x00"), table_text(b"MZ\\x00")
    (None, None)
    """
    utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\x00" in content and not utf16:
        return None
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1258", "latin-1"):
        try:
            return re.sub('[;,|"]', "\t", content.decode(encoding))
        except UnicodeError:
            continue
    return None
