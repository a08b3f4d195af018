"""Article 3: what may not enter the software, as a table.

Pure judgement; ``qlvb.admission.mixin`` applies it at the doors.
"""

import unicodedata

SECRET = "secret"
PETITION = "petition"
ONE_STOP = "one_stop"

CLAUSES = {SECRET: "3.1", PETITION: "3.2", ONE_STOP: "3.3"}
"""Each ground of refusal with its clause of Article 3."""

_ADMITTED_SECRECY = ("none", False, None, "")


def ground_of_refusal(secrecy, nature):
    """Return on which ground a paper is refused, or ``None`` where it may enter.

    :param secrecy: ``none``, ``mat``, ``toi_mat`` or ``tuyet_mat``; whatever is
        not known is taken as secret, because a mark misread must not let it in
    :param nature: ``ordinary``, ``petition`` or ``one_stop``; what is not known
        is left to the field's own check
    """
    if secrecy not in _ADMITTED_SECRECY:
        return SECRET
    if nature in (PETITION, ONE_STOP):
        return nature
    return None


def fold_mark(value):
    """Return a mark as it is compared: without outer blanks and case."""
    return unicodedata.normalize("NFC", str(value)).strip().casefold()


def read_mark(cell, marks):
    """Return the selection key that an imported cell stands for.

    :param cell: whatever stands in the cell
    :param marks: selection keys by what may stand for them, folded
    :return: the key; ``None`` for an empty cell; what is not known as it is
    """
    if cell is None or cell is False or not str(cell).strip():
        return None
    return marks.get(fold_mark(cell), str(cell))
