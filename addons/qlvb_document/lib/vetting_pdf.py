"""PDF files: whether they are PDF and nothing else, and their text.

The reading itself is done by a program of its own (``pdf_reader``), which is
given so much time and memory and no more.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from .vetting_signs import MARKUP, FileRefused, holds_archive

PDF = "application/pdf"

_READER = Path(__file__).with_name("pdf_reader.py")
_PATIENCE = 60
"""Seconds after which the reader is ended; it has less time of the processor."""
_FOREIGN = re.compile(
    rb"\A(?:PK\x03\x04|PK\x05\x06|MZ|\x7fELF|#!|Rar!|7z\xbc\xaf|\xd0\xcf\x11\xe0|<)"
)


def read_pdf(content: bytes) -> tuple[str, str, bool]:
    """Return the text of a PDF, its first page, and whether every page was read.

    A PDF that is merely odd has no text.  What a person would call its rows stand
    on lines, columns apart by tabs, pages apart by form feeds.

    :raises FileRefused: ``polyglot``, ``broken``, ``password``, ``active``,
        ``bomb``, ``heavy``
    """
    _refuse_company(content)
    verdict, text = _run_reader(content)
    if verdict == "password" or (verdict == "odd" and b"/Encrypt" in content):
        raise FileRefused("password")
    if verdict not in ("fine", "odd"):
        raise FileRefused(verdict)
    return text.get("text", ""), text.get("head", ""), bool(text.get("complete"))


def _refuse_company(content):
    """Refuse a file that is a PDF and, before or behind it, something else.

    What scanners and signing programs leave behind the end (blanks, remarks) is
    let pass.
    """
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise FileRefused("broken")
    rest = content[end + 5 :].strip(b"\r\n \t\x00")
    remarks = all(line.startswith(b"%") for line in rest.splitlines() if line.strip())
    if rest and (_FOREIGN.match(rest) or (len(rest) > 1024 and not remarks)):
        raise FileRefused("polyglot")
    if MARKUP.search(content[:1024]) or MARKUP.search(rest):
        raise FileRefused("polyglot")
    if holds_archive(content):
        raise FileRefused("polyglot")


def _run_reader(content):
    """Have the content read by the bounded program.

    :return: its verdict, and what it found: ``text``, ``head``, ``complete``
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", str(_READER)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
            env={},
        )
        output = done.stdout
    except subprocess.TimeoutExpired as error:
        output = error.stdout or b""
    lines = output.splitlines()
    if not lines:
        # Not even the list of its parts came to an end.
        return "heavy", {}
    verdict = json.loads(lines[0])["verdict"]
    try:
        return verdict, json.loads(lines[1])
    except (IndexError, ValueError):
        return verdict, {}
