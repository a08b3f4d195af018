"""What every reader of files needs: the refusal, and the signs of a second file."""

import re
import struct

MARKUP = re.compile(rb"<(?:!doctype html|html|script|svg|body|iframe)\b", re.IGNORECASE)
"""What a browser would take for a page."""


class FileRefused(ValueError):
    """A file that may not enter; ``code`` says why.

    ``empty``, ``large``, ``name``, ``long``, ``double``, ``type``, ``old``,
    ``mismatch``, ``password``, ``broken``, ``bomb``, ``pixels``, ``polyglot``,
    ``active``, ``heavy``, ``link``
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def holds_archive(content: bytes) -> bool:
    """Tell whether the end of a file reads as that of an archive.

    An archive is read from its end, so that one may hang behind anything.

    >>> import io, zipfile
    >>> with zipfile.ZipFile(buffer := io.BytesIO(b"GIF89a "), "a") as archive:
    ...     archive.writestr("a.txt", "a")
    >>> holds_archive(buffer.getvalue()), holds_archive(b"a PK\\x05\\x06 in noise")
    (True, False)
    """
    tail = content[-66_000:]
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        return False
    entries, size = struct.unpack_from("<HL", tail, place + 10)
    directory = len(content) - len(tail) + place - size
    return entries == 0 or content[directory : directory + 4] == b"PK\x01\x02"
