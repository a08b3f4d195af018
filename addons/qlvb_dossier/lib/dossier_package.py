"""The package of a dossier: a ZIP whose every file has its SHA-256.  Pure.

``checksums.sha256`` names each other file with its checksum, in the form that
``sha256sum -c`` reads; ``tools/verify_dossier.py`` checks a package whole.
"""

import hashlib
import re
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

INDEX = "index.xml"
CHECKSUMS = "checksums.sha256"
_CHUNK = 1 << 20
_PACKED = (".xml", ".txt", ".sha256")
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


class Stored(NamedTuple):
    """A file of the package."""

    path: str
    sha256: str
    size: int


def safe_name(name: str, limit: int = 100) -> str:
    r"""Return a file name that every system takes.

    >>> safe_name("Tờ trình 120/TTr-VHTT.pdf"), safe_name("../../etc/passwd")
    ('Tờ trình 120-TTr-VHTT.pdf', 'etc-passwd')
    >>> safe_name("..."), safe_name("a" * 200 + ".pdf")[-8:]
    ('tep', 'aaaa.pdf')
    """
    name = unicodedata.normalize("NFC", name or "")
    name = _FORBIDDEN.sub("-", name).strip(" .-") or "tep"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 5:
        return name[:limit]
    return f"{stem[: limit - len(ending) - 1]}.{ending}"


class Package:
    """A package in the making: files are added, then it is closed.

    :param path: where it is written
    :param moment: the moment that its files bear
    """

    def __init__(self, path: str, moment: datetime):
        self._zip = zipfile.ZipFile(path, "w", allowZip64=True)
        self._path = path
        self._moment = moment
        self._names = set()
        self.stored = []
        self.size = 0

    def add(self, path: str, source: str | Path | bytes) -> Stored:
        """Add a file; of a name that is there already, with a number.

        :param source: a path on this machine, or the bytes
        """
        path = self._free(path)
        digest, size = hashlib.sha256(), 0
        with self._zip.open(self._info(path), "w", force_zip64=True) as target:
            for chunk in _chunks(source):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        row = Stored(path, digest.hexdigest(), size)
        self.stored.append(row)
        self.size += size
        return row

    def close(self) -> str:
        """Write the checksums and close; return the package's own checksum."""
        lines = "".join(f"{row.sha256}  {row.path}\n" for row in self.stored)
        with self._zip.open(self._info(CHECKSUMS), "w") as target:
            target.write(lines.encode())
        self._zip.close()
        digest = hashlib.sha256()
        for chunk in _chunks(Path(self._path)):
            digest.update(chunk)
        return digest.hexdigest()

    def _free(self, path):
        stem, dot, ending = path.rpartition(".")
        if not dot:
            stem, ending = path, ""
        wanted, number = path, 1
        while wanted.lower() in self._names:
            number += 1
            wanted = f"{stem} ({number}){dot}{ending}"
        self._names.add(wanted.lower())
        return wanted

    def _info(self, path):
        info = zipfile.ZipInfo(path, self._moment.timetuple()[:6])
        # Scans are packed already; to pack them again takes time and gains nothing.
        packed = path.endswith(_PACKED)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        return info


def _chunks(source):
    if isinstance(source, bytes):
        yield source
        return
    with open(source, "rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
