"""A PDF gets a revision of its own behind it, and nothing before that changes.

So a signature that covers what was there stays valid (ISO 32000-1, 7.5.6).  The
table of the new objects is of the kind that the file has already: readers, and
those who check signatures, distrust a mixture.
"""

import re
import zlib


def pdf_string(text: str) -> bytes:
    """Write text as PDF does where any letter may occur.

    >>> pdf_string("Đ")
    b'<FEFF0110>'
    """
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def number(value: float) -> bytes:
    """Write a length without needless figures: ``595.28``."""
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()


def stream(dictionary: bytes, content: bytes, packed=True) -> bytes:
    """Return the body of a stream object.

    :param dictionary: its entries, without brackets and length
    """
    if packed:
        content = zlib.compress(content, 9)
        dictionary += b" /Filter /FlateDecode"
    head = b"<< %s /Length %d >>\nstream\n" % (dictionary, len(content))
    return head + content + b"\nendstream"


def append(content: bytes, trailer: dict, objects: dict) -> bytes:
    """Return the file with objects added or replaced in a revision behind it.

    :param trailer: ``start`` (where its last table begins), ``is_stream`` (of
        which kind that is), ``size`` (the first free number) and ``entries``, what
        the table says besides, in PDF
    :param objects: bodies by (number, generation)
    """
    parts = [content]
    position = len(content)
    if not content.endswith((b"\n", b"\r")):
        parts.append(b"\n")
        position += 1
    places = {}
    for (num, generation), body in sorted(objects.items()):
        places[num] = (position, generation)
        written = b"%d %d obj\n%s\nendobj\n" % (num, generation, body)
        parts.append(written)
        position += len(written)
    entries = trailer["entries"]
    if isinstance(entries, str):
        entries = entries.encode("latin-1")
    size = max([trailer["size"], *(num + 1 for num in places)])
    entries += b" /Prev %d" % trailer["start"]
    if trailer["is_stream"]:
        places[size] = (position, 0)
        table = _table_stream(places, size, entries)
    else:
        table = _table(places, size, entries)
    parts += [table, b"startxref\n%d\n%%%%EOF\n" % position]
    return b"".join(parts)


def runs(numbers):
    """Return ascending numbers as runs: first and how many.

    >>> runs([3, 4, 5, 9])
    [(3, 3), (9, 1)]
    """
    found = []
    for num in numbers:
        if found and num == sum(found[-1]):
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((num, 1))
    return found


def _table(places, size, entries):
    lines = [b"xref\n"]
    for first, count in runs(sorted(places)):
        lines.append(b"%d %d\n" % (first, count))
        lines += [
            b"%010d %05d n \n" % places[num] for num in range(first, first + count)
        ]
    lines.append(b"trailer\n<< %s /Size %d >>\n" % (entries, size))
    return b"".join(lines)


def _table_stream(places, size, entries):
    index = b" ".join(b"%d %d" % run for run in runs(sorted(places)))
    rows = b"".join(
        b"\x01" + place.to_bytes(5, "big") + generation.to_bytes(2, "big")
        for _num, (place, generation) in sorted(places.items())
    )
    dictionary = b"/Type /XRef /W [1 5 2] /Index [%s] /Size %d %s" % (
        index,
        size + 1,
        entries,
    )
    return b"%d 0 obj\n%s\nendobj\n" % (size, stream(dictionary, rows))


_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")


def last_table(content: bytes) -> tuple[int, bool] | None:
    """Return where the last table begins and whether it is a stream.

    :return: ``None`` where it is not where the file says
    """
    found = list(_START.finditer(content, max(0, len(content) - 2048)))
    if not found:
        return None
    start = int(found[-1][1])
    head = content[start : start + 40]
    if re.match(rb"xref\s", head):
        return start, False
    if re.match(rb"\d+\s+\d+\s+obj\b", head):
        return start, True
    return None
