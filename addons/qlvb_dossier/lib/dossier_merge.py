"""Many PDFs and pictures as one PDF with bookmarks.  Pure: files in, a file out.

The joining is left to a program that is bounded in time and memory
(``dossier_merger``), for a file may be made to break its reader.  What cannot be
joined is named and left out; it never breaks the rest.
"""

import json
import subprocess
import sys
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


def merge(parts: list[Part], output: str) -> Merged:
    """Join the parts in their order into the file ``output``.

    :raises MergeError: it takes too long, or nothing is left
    """
    rest, bad = dict(enumerate(parts)), {}
    for _death in range(_MOST_DEATHS):
        numbers = list(rest)
        told, finished = _run([rest[number] for number in numbers], output)
        for line in told:
            if "bad" in line:
                bad[numbers[line["bad"]]] = line["why"]
        if finished:
            last = next(line for line in reversed(told) if "total" in line)
            pages = {
                numbers[int(place)]: count for place, count in last["pages"].items()
            }
            if not pages:
                raise MergeError("nothing")
            return Merged(pages, bad, last["total"])
        # It died of what it had just begun.
        begun = [line["begin"] for line in told if "begin" in line]
        if not begun:
            break
        bad[numbers[begun[-1]]] = "heavy"
        rest = {number: rest[number] for number in numbers if number not in bad}
    raise MergeError("heavy")


def _run(parts, output):
    """Return what the program told, and whether it came to its end."""
    job = json.dumps({"output": output, "parts": [asdict(part) for part in parts]})
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_MERGER)],
            input=job.encode(),
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MergeError("heavy") from None
    told = [json.loads(line) for line in done.stdout.splitlines() if line]
    return told, bool(told and told[-1].get("end"))
