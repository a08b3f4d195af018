"""Many PDFs and pictures as one PDF with bookmarks.  Pure: files in, a file out.

The joining is left to a program that is bounded in time and memory
(``dossier_merger``), for a file may be made to break its reader.  What cannot be
joined is named and left out; it never breaks the rest.
"""

import json
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

_MERGER = Path(__file__).with_name("dossier_merger.py")
_PATIENCE = 300
_MOST_DEATHS = 5


class MergeError(ValueError):
    """Nothing could be joined in reasonable time."""


@dataclass(frozen=True)
class Part:
    """A file, or a section of one, in its place.

    :param kind: ``pdf``, ``image``, or ``section``: that part of a PDF of our own
        which begins at its bookmark number ``section``
    :param title: its bookmark; none where it goes on from the part before
    """

    path: str
    kind: str = "pdf"
    title: str = ""
    section: int = 0


@dataclass(frozen=True)
class Merged:
    """What came of it.

    :param pages: of each part that was joined, by its place
    :param bad: why a part was not joined (``odd``, ``password``, ``heavy``), by place
    """

    pages: dict
    bad: dict
    total: int


def merge(parts: list[Part], output: str, last=lambda bad: None) -> Merged:
    """Join the parts in their order into the file ``output``.

    :param last: given what could not be joined (see :attr:`Merged.bad`), returns
        the part that is to come last, or ``None``
    :raises MergeError: it takes too long, or nothing is left
    """
    rest, bad = dict(enumerate(parts)), {}
    for _death in range(_MOST_DEATHS):
        numbers = list(rest)
        told = _run([rest[number] for number in numbers], output, numbers, bad, last)
        if told[-1:] == [{"end": True}]:
            found = next(line for line in reversed(told) if "total" in line)
            pages = {
                numbers[int(place)]: count for place, count in found["pages"].items()
            }
            if not pages:
                raise MergeError("nothing")
            return Merged(pages, bad, found["total"])
        # It died of what it had just begun.
        begun = [line["begin"] for line in told if "begin" in line]
        if not begun:
            break
        bad[numbers[begun[-1]]] = "heavy"
        rest = {number: rest[number] for number in numbers if number not in bad}
    raise MergeError("heavy")


def _run(parts, output, numbers, bad, last):
    """Return what the program told, answering it; fill in what it found bad."""
    job = {"output": output, "parts": [asdict(part) for part in parts]}
    told = []
    with subprocess.Popen(
        [sys.executable, "-I", str(_MERGER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as program:
        watch = threading.Timer(_PATIENCE, program.kill)
        watch.start()
        try:
            _send(program, job)
            for raw in program.stdout:
                line = json.loads(raw)
                told.append(line)
                if "bad" in line:
                    bad[numbers[line["bad"]]] = line["why"]
                elif "joined" in line:
                    page = last(dict(bad))
                    _send(program, asdict(page) if page else None)
        except (BrokenPipeError, json.JSONDecodeError):
            program.kill()
        finally:
            watch.cancel()
    return told


def _send(program, message):
    program.stdin.write(json.dumps(message).encode() + b"\n")
    program.stdin.flush()
