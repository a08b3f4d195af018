"""Article 3: what may not enter the software, as a table.

Pure judgement; ``qlvb.admission.mixin`` applies it at the doors.
"""

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
