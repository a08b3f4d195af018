"""Numbers and symbols of documents (số, ký hiệu): written and looked for.

Written as Decree 30/2020 (Annex I, II.3) says; looked for as people type them.
"""

import re
import unicodedata

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")


def fold(text: str) -> str:
    """Return ``text`` in lower case and without diacritics, đ as d.

    >>> fold("Quyết định số 10/QĐ-UBND")
    'quyet dinh so 10/qd-ubnd'
    """
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in parts if unicodedata.category(char) != "Mn")


def symbol_key(symbol: str) -> str:
    """Return the form under which a symbol is compared and searched.

    Two ways of typing one symbol have one key: separators, case, diacritics,
    zeros before a number and a leading "Số" make no difference.  A year stays,
    for ``10/2014/QĐ-UBND`` and ``10/QĐ-UBND`` are two documents.

    >>> symbol_key("10/QĐ-UBND")
    '10 qd ubnd'
    >>> {symbol_key(s) for s in ("10 qd ubnd", "10-QĐ/UBND", "Số: 010/qđ.ubnd")}
    {'10 qd ubnd'}
    >>> symbol_key("10/2014/QĐ-UBND"), symbol_key("1658/NQ-UBTVQH15")
    ('10 2014 qd ubnd', '1658 nq ubtvqh 15')
    >>> symbol_key("000"), symbol_key(" / ")
    ('0', '')
    """
    tokens = _tokens(symbol)
    if tokens[:1] == ["so"] and len(tokens) > 1:
        tokens = tokens[1:]
    return " ".join(tokens)


def word_key(text: str) -> str:
    """Return the words of a text as they are searched: folded, one space between.

    >>> word_key("Sở Nội vụ: V/v kiểm tra năm 2014")
    'so noi vu v v kiem tra nam 2014'
    """
    return " ".join(_tokens(text))


def _tokens(text):
    return [
        (token.lstrip("0") or "0") if token.isdecimal() else token
        for token in _TOKEN.findall(fold(text))
    ]


def format_number(number: int) -> str:
    """Return a register number as it is written: below ten with a zero before it.

    :raises ValueError: where the number is not positive

    >>> format_number(7), format_number(10), format_number(1234)
    ('07', '10', '1234')
    """
    if number < 1:
        raise ValueError(f"not a register number: {number}")
    return f"{number:02d}"


def compose_symbol(
    issuer: str, kind: str = "", drafter: str = "", year: int | None = None
) -> str:
    """Return what stands behind the number of a document; see ``compose_reference``.

    >>> compose_symbol("UBND", "QĐ"), compose_symbol("UBND", drafter="VX")
    ('QĐ-UBND', 'UBND-VX')
    >>> compose_symbol("UBND", "QĐ", year=2014)
    '2014/QĐ-UBND'
    """
    symbol = f"{kind}-{issuer}" if kind else "-".join(filter(None, (issuer, drafter)))
    return f"{year}/{symbol}" if year else symbol


def compose_reference(
    number: int,
    issuer: str,
    kind: str = "",
    drafter: str = "",
    year: int | None = None,
    suffix: str = "",
) -> str:
    """Return the number and symbol of a document.

    :param number: number in the register
    :param issuer: symbol of the issuing unit (UBND, VHTT)
    :param kind: abbreviation of the kind (QĐ, TTr); empty for an official letter
        (công văn), which bears the drafting unit's symbol instead
    :param drafter: symbol of the drafting unit or field, for an official letter
    :param year: only for legal normative documents, which carry it
    :param suffix: of a number inserted between two others
    :raises ValueError: where the number is not positive

    >>> compose_reference(120, "VHTT", "TTr"), compose_reference(7, "UBND", "QĐ")
    ('120/TTr-VHTT', '07/QĐ-UBND')
    >>> compose_reference(10, "UBND", "QĐ", year=2014)
    '10/2014/QĐ-UBND'
    >>> compose_reference(12, "UBND", drafter="VX"), compose_reference(5, "VP")
    ('12/UBND-VX', '05/VP')
    >>> compose_reference(15, "UBND", "QĐ", suffix="a")
    '15a/QĐ-UBND'
    """
    symbol = compose_symbol(issuer, kind, drafter, year)
    return f"{format_number(number)}{suffix}/{symbol}"
