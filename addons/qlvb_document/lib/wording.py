"""Names, lists and abstracts as outgoing documents write them.  Pure.

The words are Vietnamese because the law fixes them; they are not interface.
"""

from .forms import COMMITTEE

_ABOUT = ("về việc ", "v/v: ", "v/v ")


def in_sentence(name: str) -> str:
    """Write an agency's name out, as it stands within a sentence.

    >>> in_sentence("UBND xã Thắng"), in_sentence("Phòng Nội vụ")
    ('Ủy ban nhân dân xã Thắng', 'Phòng Nội vụ')
    """
    if name.startswith("UBND "):
        return COMMITTEE.capitalize() + name.removeprefix("UBND")
    return name


def behind_about(summary: str) -> str:
    """Return a summary as it goes on from “V/v”; an abbreviation keeps its capitals.

    >>> behind_about("Về việc triển khai phần mềm"), behind_about("Triển khai")
    ('triển khai phần mềm', 'triển khai')
    >>> behind_about("UBND xã họp")
    'UBND xã họp'
    """
    for words in _ABOUT:
        if summary.lower().startswith(words):
            summary = summary[len(words) :]
            break
    if summary[1:2].isupper():
        return summary
    return summary[:1].lower() + summary[1:]


def addressees(names: list) -> str:
    """Return whom it is addressed to: one in the line, several below it.

    >>> addressees(["Phòng Nội vụ"]), addressees(["A", "B"]), addressees([])
    ('Phòng Nội vụ.', '\\n- A;\\n- B.', '…………')
    """
    if not names:
        return "…………"
    return f"{names[0]}." if len(names) == 1 else "\n" + listed(names)


def listed(lines: list) -> str:
    """Write lines as a list: semicolons, the last with a full stop.

    >>> listed(["Như trên", "Lưu: VT"])
    '- Như trên;\\n- Lưu: VT.'
    """
    return ";\n".join(f"- {line}" for line in lines) + "."
