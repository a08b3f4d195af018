"""Word and Excel files: whether they are what they seem, and their text.

Pure.  Every part of the package is read, whatever it is called: which part is
the text is said inside, and a file made to deceive would say otherwise.
"""

import io
import re
import zipfile
import zlib

from lxml import etree

from .vetting_signs import FileRefused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_MAX_ENTRIES = 5_000
_MAX_UNPACKED = 300 * 1024 * 1024
_MAX_RATIO = 150
_MAX_TEXT = 40 * 1024 * 1024
"""Of all parts together, also those of workbooks inside: some ten seconds."""
_MAX_DEPTH = 2

_ACTIVE_PART = re.compile(
    r"vbaproject|vbadata|activex|oleobject[^/]*\.bin$|/afchunk|macrosheets/",
    re.IGNORECASE,
)
_ACTIVE_TYPE = re.compile(rb"macroEnabled|vbaProject|activeX", re.IGNORECASE)
_DDE = re.compile(r"^\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_TEXT_TAGS = frozenset(
    "t delText v lpstr lpwstr title subject keywords description category "
    "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter".split()
)
_BREAK_TAGS = frozenset("p si c is br cr row comment lpstr lpwstr".split())
_TEXT_NAMES = (".xml", ".rels", ".vml")
_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_SAID = {
    "textpath": ("string",),
    "docPr": ("descr", "title"),
    "cNvPr": ("descr", "title"),
    "lvlText": ("val",),
}
"""What is read on a page, or of a picture, and is no text of its own: Word's
watermark, words in place of a picture, numbering."""

_SHEET_CODES = re.compile(r'&(?:"[^"]*"|\d+|[A-Z])')


def sniff_office(content: bytes) -> str:
    """Return which kind of Office file an archive is.

    :raises FileRefused: it is another archive, or not to be unpacked
    """
    names = {entry.filename for entry in entries_of(content)}
    if "[Content_Types].xml" not in names:
        raise FileRefused("mismatch")
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    raise FileRefused("mismatch")


def entries_of(content: bytes) -> list:
    """Return the entries of an archive, having looked at their sizes first.

    :raises FileRefused: ``broken``, ``bomb``, ``polyglot`` or ``password``
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            comment = archive.comment
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise FileRefused("broken") from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > _MAX_ENTRIES
        or unpacked > _MAX_UNPACKED
        or (unpacked > 1024 * 1024 and unpacked > _MAX_RATIO * max(len(content), 1))
        # Entries that share their bytes: each is unpacked in full.
        or packed > len(content)
    ):
        raise FileRefused("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("password")
    names = [entry.filename for entry in entries]
    if not entries or len(set(names)) < len(names) or any(map(_leads_out, names)):
        raise FileRefused("broken")
    end = content.rfind(b"PK\x05\x06")
    if min(entry.header_offset for entry in entries) or (
        end + 22 + len(comment) != len(content)
    ):
        raise FileRefused("polyglot")
    return entries


def read_office(content: bytes, depth: int = 0, budget: list | None = None) -> str:
    """Return the text of an Office file, a paragraph or a cell a line.

    :param budget: how many bytes of text may still be read, as its one entry

    :raises FileRefused: ``active``, ``bomb``, ``broken``, ``large``
    """
    texts, budget = [], budget or [_MAX_TEXT]
    entries = entries_of(content)
    if any(_ACTIVE_PART.search(entry.filename) for entry in entries):
        raise FileRefused("active")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in entries:
                data = _unpack(archive, entry)
                if data.startswith(b"PK\x03\x04"):
                    texts.append(_read_inner(data, depth, budget))
                elif _is_text(entry.filename.lower(), data):
                    budget[0] -= len(data)
                    if budget[0] < 0:
                        raise FileRefused("large")
                    texts.append(_read_part(entry.filename.lower(), data))
    except FileRefused:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        EOFError,
        OSError,
    ):
        raise FileRefused("broken") from None
    return "\n".join(filter(None, texts))


def _leads_out(name):
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _unpack(archive, entry):
    with archive.open(entry) as stream:
        # The directory may lie about the size: read no more than it says.
        data = stream.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise FileRefused("bomb")
    return data


def _is_text(name, data):
    """Tell whether a part is text: what it is called is the sender's choice."""
    return name.endswith(_TEXT_NAMES) or data[:100].lstrip(_BEFORE_TEXT)[:1] == b"<"


def _read_inner(data, depth, budget):
    """Read the workbook behind a chart; no other archive belongs in a document."""
    if depth >= _MAX_DEPTH:
        raise FileRefused("bomb")
    try:
        sniff_office(data)
    except FileRefused as error:
        raise FileRefused(
            "active" if error.code == "mismatch" else error.code
        ) from None
    return read_office(data, depth + 1, budget)


def _read_part(name, data):
    try:
        return _read_known(name, data)
    except (FileRefused, etree.XMLSyntaxError):
        if name.endswith(_TEXT_NAMES):
            raise
        # A drawing, say, that no Office program reads as its own text either.
        return ""


def _read_known(name, data):
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if b"<!ENTITY" in data:
        raise FileRefused("bomb")
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        # No Office program writes one; entities that unfold without end do.
        raise FileRefused("bomb")
    if name == "[content_types].xml" and _ACTIVE_TYPE.search(data):
        raise FileRefused("active")
    if name.endswith(".rels"):
        _refuse_remote(root)
        return ""
    return _text_of(root)


def _refuse_remote(root):
    """Refuse what is fetched from elsewhere when the document is opened."""
    for node in root:
        kind = str(node.get("Type", "")).rpartition("/")[2]
        if node.get("TargetMode") == "External" and kind in (
            "attachedTemplate",
            "oleObject",
            "frame",
            "subDocument",
        ):
            raise FileRefused("active")


def _text_of(root):
    lines, line = [], []
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        tag = node.tag.rpartition("}")[2]
        if tag in _BREAK_TAGS:
            lines.append("".join(line))
            line = []
            if tag in ("c", "si", "row"):
                lines.append("")
        elif tag == "tab":
            line.append("\t")
        if tag in _SAID:
            told = {key.rpartition("}")[2]: said for key, said in node.items()}
            lines += [told.get(name, "") for name in _SAID[tag]]
        elif tag == "sheet":
            lines += ["", node.get("name", ""), ""]
        elif tag in ("instrText", "ddeLink") and (
            tag == "ddeLink" or _DDE.search(node.text or "")
        ):
            raise FileRefused("active")
        elif node.text and tag in _TEXT_TAGS and not _is_number(node, tag):
            if tag.endswith(("Header", "Footer")):
                lines += _SHEET_CODES.sub("\n", node.text).splitlines()
            else:
                line.append(_as_shown(node))
    lines.append("".join(line))
    return "\n".join(lines).strip("\n")


def _as_shown(node):
    """Return the text of a node, in capitals where its run is formatted so."""
    properties = node.getprevious()
    if properties is None:
        return node.text
    properties = node.getparent()[0]
    if properties.get("cap") in ("all", "small"):
        return node.text.upper()
    for one in properties:
        if isinstance(one.tag, str) and one.tag.endswith(("}caps", "}smallCaps")):
            off = {"0", "false", "off"}.intersection(one.attrib.values())
            return node.text if off else node.text.upper()
    return node.text


def _is_number(node, tag):
    if tag != "v":
        return False
    parent = node.getparent()
    return parent is not None and parent.get("t") != "str"
