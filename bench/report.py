"""The figures, as a table for people and as JSON for comparison with other runs."""

import json
from datetime import datetime

from .measure import ROLES

HEADINGS = {
    "nothing": "sees none",
    "old": "few old",
    "few": "specialist",
    "head": "head",
    "chief": "chief",
}


def table(size, result):
    """Return the lines of the table."""
    width = 27
    yield f"{size:,} incoming documents; {_facts(result['machine'])}"
    yield ""
    yield "ms over HTTP, median of seven (queries)"
    yield _line("", [HEADINGS[role] for role in ROLES], width)
    sees = [f"{result['sees'][role]:,}" for role in ROLES]
    yield _line("documents they see", sees, width)
    for name, costs in result["http"].items():
        cells = [
            f"{costs[role].total:.0f} ({costs[role].queries:.0f})"
            if role in costs
            else "–"
            for role in ROLES
        ]
        yield _line(name, cells, width)
    yield ""
    yield "times the superuser's, by turns in one process (superuser's ms)"
    for name, spans in result["inside"].items():
        cells = [
            f"{person / superuser:.2f} ({superuser:.0f})"
            for person, superuser in (spans[role] for role in ROLES)
        ]
        yield _line(name, cells, width)
    yield ""
    yield "acts, ms over HTTP (queries)"
    for name, cost in result["acts"].items():
        yield _line(name, [f"{cost.total:.0f} ({cost.queries:.0f})"], width)


def _facts(machine):
    return ", ".join(f"{name} {value}" for name, value in machine.items())


def _line(name, cells, width):
    return f"{name:{width}}" + "".join(f"{cell:>13}" for cell in cells)


def write(folder, size, result):
    """Write the figures.

    :return: the file's path
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now()
    path = folder / f"{now:%Y-%m-%d-%H%M%S}-{size}.json"
    costs = {
        part: {
            name: {role: cost._asdict() for role, cost in roles.items()}
            for name, roles in result[part].items()
        }
        for part in ("http",)
    }
    acts = {name: cost._asdict() for name, cost in result["acts"].items()}
    text = json.dumps(
        {"size": size, **result, **costs, "acts": acts}, ensure_ascii=False, indent=1
    )
    path.write_text(text + "\n", encoding="utf-8")
    return path
