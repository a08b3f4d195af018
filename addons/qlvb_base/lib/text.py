"""What text may hold before it is stored, and how it is tidied.

Everybody who takes text from outside (forms, RPC, import) asks here, so that a
NUL, a hidden change of writing direction or a title of ten megabytes is refused
in words of ours and not by the database.
"""

import re
import unicodedata

# Characters that reorder what is read, so that a symbol or a file name shows
# other than it is stored: embeddings, overrides and isolates.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Cc (controls) and Cs (lone surrogates, which UTF-8 cannot carry).
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Invisible and without meaning in Vietnamese: they come along when text is
# copied from web pages and spreadsheets, and hide words from every search.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_SPACES_AROUND_BREAK = re.compile(" ?\n ?")


def problem(value: str, limit: int, multiline: bool = False) -> str | None:
    """Tell what keeps ``value`` from being stored, or ``None`` where nothing does.

    :param limit: greatest number of characters
    :param multiline: allow line breaks (also Windows') and tabs
    :return: ``"long"``, ``"control"`` (NUL, control characters, halves of
        surrogate pairs) or ``"direction"`` (hidden changes of direction)

    >>> problem("Tờ trình 120/TTr-VHTT", 300)
    >>> problem("Tờ trình\\x00", 300), problem("Dòng 1\\nDòng 2", 300)
    ('control', 'control')
    >>> problem("Dòng 1\\r\\n\\tDòng 2", 300, multiline=True)
    >>> problem("10/QĐ\\u202eUBND", 300)
    'direction'
    >>> problem("x" * 301, 300)
    'long'
    """
    # Length first: nothing else looks at ten megabytes.
    if len(value) > limit:
        return "long"
    if multiline:
        found = _CONTROL_IN_LINES.search(value.replace("\r\n", "\n"))
    else:
        found = _CONTROL.search(value)
    if found:
        return "control"
    if _DIRECTION.search(value):
        return "direction"
    return None


def compose(value: str) -> str:
    """Return ``value`` with precomposed letters (TCVN 6909, Unicode's NFC).

    Files named on a Mac and some keyboards write a letter and its marks apart;
    such text looks the same and is found by no search.

    >>> compose("va\\u0306n ba\\u0309n") == "văn bản"
    True
    """
    return unicodedata.normalize("NFC", value)


def tidy(value: str, multiline: bool = False) -> str:
    """Return ``value`` without needless blanks: what a careful typist would write.

    Ends are stripped, runs of spaces become one, invisible characters go and
    letters are precomposed.  With ``multiline`` line breaks stay.

    >>> tidy("  Về   việc\\u00a0 ban hành\\u200b ")
    'Về việc ban hành'
    >>> tidy(" Một \\r\\n  hai\\n\\n", multiline=True)
    'Một\\nhai'
    """
    value = _INVISIBLE.sub("", compose(value)).replace("\r\n", "\n")
    if not multiline:
        value = value.replace("\n", " ")
    value = _SPACES.sub(" ", value)
    return _SPACES_AROUND_BREAK.sub("\n", value).strip(" \n")
