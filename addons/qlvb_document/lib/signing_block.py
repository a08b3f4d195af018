"""How the signature of a document reads: Decree 30/2020, Article 13 and Annex I, II.7.

Pure.  The words are Vietnamese because the law fixes them; they are not interface.
"""

import re

from .forms import COMMITTEE

COLLECTIVE = ("committee", "commune")

_HEADS = {
    "committee": "CHỦ TỊCH",
    "commune": "CHỦ TỊCH",
    "office": "CHÁNH VĂN PHÒNG",
    "department": "TRƯỞNG PHÒNG",
    "service": "GIÁM ĐỐC",
}
"""What a head is called whose post has no title."""

_KNOWN = re.compile(
    r"(?:PHÓ |QUYỀN |Q\. ?)?(?:CHỦ TỊCH|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG PHÒNG"
    r"|GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG BAN|TRƯỞNG TRẠM|TRƯỞNG ĐÀI)\b"
)
_ACTING = re.compile(r"\A(?:QUYỀN|Q\.)\s*")


def short_title(title: str) -> str:
    """Return a post's title as it stands under a signature: capitals, no unit.

    >>> short_title("Chủ tịch UBND xã"), short_title("Phó Trưởng Phòng Nội vụ")
    ('CHỦ TỊCH', 'PHÓ TRƯỞNG PHÒNG')
    >>> short_title("Chánh Văn phòng HĐND-UBND xã"), short_title("Trạm trưởng")
    ('CHÁNH VĂN PHÒNG', 'TRẠM TRƯỞNG')
    """
    title = " ".join(title.upper().split())
    found = _KNOWN.match(title)
    return found[0] if found else title


def head_title(kind: str, title: str = "") -> str:
    """Return what the head of a unit is called, not counting that they act.

    :param kind: the unit's kind
    :param title: the title of the head's post

    >>> head_title("commune"), head_title("department", "Chánh Thanh tra")
    ('CHỦ TỊCH', 'CHÁNH THANH TRA')
    >>> head_title("department", "Quyền Trưởng phòng")
    'TRƯỞNG PHÒNG'
    """
    return _ACTING.sub("", short_title(title)) or _HEADS[kind]


def signing_block(
    capacity: str,
    kind: str,
    head: str = "",
    own: str = "",
    inner_kind: str = "",
    inner_name: str = "",
) -> list[str]:
    """Return the lines above a signature.

    :param capacity: own, tm, kt, tl, tuq or q
    :param kind: the kind of the issuing unit
    :param head: title of its head's post
    :param own: title of the signer's post
    :param inner_kind: kind of the unit within it that the signer heads (TL., TUQ.)
    :param inner_name: its name

    >>> signing_block("tm", "committee", "Chủ tịch UBND xã", "Chủ tịch UBND xã")
    ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH']
    >>> signing_block("kt", "commune", "Chủ tịch", "Phó Chủ tịch UBND xã")
    ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']
    >>> signing_block("kt", "department", "Trưởng phòng", "")
    ['KT. TRƯỞNG PHÒNG', 'PHÓ TRƯỞNG PHÒNG']
    >>> signing_block("own", "department", "", "Trưởng phòng")
    ['TRƯỞNG PHÒNG']
    >>> signing_block("q", "department", "Quyền Trưởng phòng", "Quyền Trưởng phòng")
    ['Q. TRƯỞNG PHÒNG']
    >>> signing_block("q", "committee")
    ['TM. ỦY BAN NHÂN DÂN', 'Q. CHỦ TỊCH']
    >>> signing_block("tl", "committee", "", "Chánh Văn phòng", "office",
    ...               "Văn phòng HĐND-UBND")
    ['TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG']
    >>> signing_block("tuq", "committee", "", "Trưởng phòng", "department",
    ...               "Phòng Nội vụ")
    ['TUQ. CHỦ TỊCH', 'TRƯỞNG PHÒNG NỘI VỤ']
    """
    chief = head_title(kind, head)
    collective = [f"TM. {COMMITTEE}"] if kind in COLLECTIVE else []
    if capacity in ("tm", "own"):
        return [*collective, chief]
    if capacity == "q":
        return [*collective, f"Q. {chief}"]
    if capacity == "kt":
        return [*collective, f"KT. {chief}", short_title(own) or f"PHÓ {chief}"]
    return [f"{capacity.upper()}. {chief}", _inner_head(own, inner_kind, inner_name)]


def _inner_head(own, kind, name):
    """Return the title of who heads a unit within, by its name where it tells more."""
    title = head_title(kind or "office", own)
    name = " ".join(name.upper().split())
    if title == "TRƯỞNG PHÒNG" and name.startswith("PHÒNG "):
        return f"TRƯỞNG {name}"
    return title


def capacity_in(text: str) -> str | None:
    """Return the capacity in which a document says that it is signed.

    Only lines that are nothing else count: ``KT. CHỦ TỊCH``.

    >>> capacity_in("TM. ỦY BAN NHÂN DÂN\\nKT. CHỦ TỊCH\\nPHÓ CHỦ TỊCH")
    'kt'
    >>> capacity_in("TM.ỦY BAN NHÂN DÂN\\nCHỦ TỊCH"), capacity_in("- Lưu: VT.\\tTL. CHỦ TỊCH")
    ('tm', 'tl')
    >>> capacity_in("CHỦ TỊCH")
    """  # noqa: E501
    found = re.findall(r"(?:^|[\t\n])\s*(TUQ|TM|KT|TL|Q)\s?\.\s?(?=[^\W\d_])", text)
    # The deputy's words stand below those of the collective, and say more.
    for sign in ("TUQ", "TL", "KT", "Q", "TM"):
        if sign in found:
            return sign.lower()
    return None
