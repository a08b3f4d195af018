"""Codes of dossiers (số và ký hiệu hồ sơ) and the order of the year's list.  Pure.

A code is a number and a symbol: ``01.TCCB`` (Decree 30/2020, annex V).  The numbers
run over the whole list, or begin anew for each symbol, as its head decided.
"""

from collections.abc import Iterable
from typing import NamedTuple

CODE_LENGTH = 20
"""Annex VI: FileNotation holds so many characters."""

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class Heading(NamedTuple):
    """A heading of the list: a large one, or a small one below the large before it."""

    id: int
    is_large: bool
    symbol: str


def write_code(number: int, symbol: str) -> str:
    """Write a code; numbers below ten with a zero before.

    >>> write_code(1, "TCCB"), write_code(112, "VHTT")
    ('01.TCCB', '112.VHTT')
    """
    return f"{number:02d}.{symbol}"


def automatic_code(year: int, number: int) -> str:
    """Write the code of a dossier that is on no list.

    >>> automatic_code(2026, 7)
    'HS-2026-0007'
    """
    return f"HS-{year}-{number:04d}"


def roman(number: int) -> str:
    """Write a number as large headings are numbered.

    >>> [roman(number) for number in (1, 4, 9, 14, 40)]
    ['I', 'IV', 'IX', 'XIV', 'XL']
    """
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def places(headings: Iterable[Heading]) -> dict[int, str]:
    """Return what stands before each heading: Roman for the large, Arabic below.

    >>> places([Heading(1, True, "VP"), Heading(2, False, ""), Heading(3, False, ""),
    ...         Heading(4, True, "NV"), Heading(5, False, "")])
    {1: 'I', 2: '1', 3: '2', 4: 'II', 5: '1'}
    """
    found, large, small = {}, 0, 0
    for heading in headings:
        if heading.is_large:
            large, small = large + 1, 0
            found[heading.id] = roman(large)
        else:
            small += 1
            found[heading.id] = str(small)
    return found


def symbols(headings: Iterable[Heading], default: str) -> dict[int, str]:
    """Return the symbol that holds under each heading; its own, or that above it.

    >>> symbols([Heading(1, True, "VP"), Heading(2, False, ""), Heading(3, False, "TH"),
    ...          Heading(4, True, "")], "UBND")
    {1: 'VP', 2: 'VP', 3: 'TH', 4: 'UBND'}
    """
    found, above = {}, default
    for heading in headings:
        own = heading.symbol or ("" if heading.is_large else above) or default
        if heading.is_large:
            above = own
        found[heading.id] = own
    return found


def number_entries(
    headings: Iterable[Heading],
    entries: Iterable[tuple[int, int]],
    default: str,
    restart: bool,
) -> dict[int, tuple[int, str]]:
    """Return number and code of each entry of a list, in the order of the list.

    :param headings: in their order
    :param entries: (id, id of its heading or 0), in order within their headings
    :param default: the symbol where no heading gives one
    :param restart: whether the numbers begin anew for each symbol

    >>> above = [Heading(1, True, "VP"), Heading(2, True, "NV")]
    >>> rows = [(11, 1), (12, 2), (13, 1), (14, 0)]
    >>> number_entries(above, rows, "UBND", False)
    {14: (1, '01.UBND'), 11: (2, '02.VP'), 13: (3, '03.VP'), 12: (4, '04.NV')}
    >>> number_entries(above, rows, "UBND", True)
    {14: (1, '01.UBND'), 11: (1, '01.VP'), 13: (2, '02.VP'), 12: (1, '01.NV')}

    Two headings with one symbol share its numbers, so no code occurs twice:

    >>> number_entries([Heading(1, True, "VP"), Heading(2, True, "VP")],
    ...                [(11, 1), (12, 2)], "UBND", True)
    {11: (1, '01.VP'), 12: (2, '02.VP')}
    """
    headings = list(headings)
    order = {heading.id: place for place, heading in enumerate(headings, 1)}
    known = symbols(headings, default)
    found, last = {}, {}
    for number, heading in sorted(entries, key=lambda entry: order.get(entry[1], 0)):
        symbol = known.get(heading, default)
        series = symbol if restart else ""
        last[series] = last.get(series, 0) + 1
        found[number] = last[series], write_code(last[series], symbol)
    return found
