"""Word templates, filled in.  Pure: bytes and plain strings in, bytes out.

The filling in is done by a program of its own (``docx_renderer``), which is given so
much time and memory and no more: the templates are made by people.
"""

import json
import subprocess
import sys
from pathlib import Path

_RENDERER = Path(__file__).with_name("docx_renderer.py")
_PATIENCE = 30


class TemplateProblem(ValueError):
    """A template cannot be filled in.

    :ivar code: ``unknown`` (names something that there is not), ``syntax``,
        ``forbidden`` (reaches for what it may not), ``heavy`` (takes too long, or is
        too large), ``odd`` (is no Word file)
    :ivar detail: which word of the template, for who made it
    """

    def __init__(self, code, detail=""):
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def render(template: bytes, values: dict) -> bytes:
    """Return a Word template with its fields filled in.

    :param values: strings by the name of the field; a line break in one is kept
    :raises TemplateProblem: it cannot be filled in
    """
    plain = {name: str(value) for name, value in values.items()}
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", str(_RENDERER)],
            input=json.dumps(plain).encode() + b"\n" + template,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
            env={},
        )
        head, _line, content = done.stdout.partition(b"\n")
    except subprocess.TimeoutExpired:
        head = b""
    answer = json.loads(head) if head else {"code": "heavy"}
    if answer["code"] != "fine":
        raise TemplateProblem(answer["code"], answer.get("detail", "")[:200])
    return content
