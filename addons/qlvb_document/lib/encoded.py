"""Files in base 64, as callers hand them in.  Pure."""

import base64
import binascii


def decoded(value: str | bytes | None, strict: bool = False) -> bytes | None:
    """Return the bytes of a value in base 64; ``None`` where it is none.

    :param strict: take nothing but base 64; else what is foreign to it is passed
        over, as Odoo does when it stores the value

    >>> decoded("YWI="), decoded(b"YW\\nI="), decoded(""), decoded(None)
    (b'ab', b'ab', b'', b'')
    >>> decoded("YWI"), decoded(7), decoded("đ"), decoded("Y!WI=", strict=True)
    (None, None, None, None)
    """
    try:
        return base64.b64decode(value or b"", validate=strict)
    except (binascii.Error, TypeError, ValueError):
        return None
