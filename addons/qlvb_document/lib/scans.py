"""The scan of what a leader wrote on paper, as a caller hands it in.  Pure."""

from .encoded import decoded

_KINDS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)


class ScanError(ValueError):
    """A scan that cannot be kept; ``code`` says why: shape, kind."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_scan(raw) -> tuple[bytes, str, str]:
    """Read a scan: what it holds, its kind and the ending of its name.

    Size, damage and what is written in it are judged by the gate of all files.

    :param raw: base64 of a PDF, PNG or JPEG file
    :raises ScanError: for anything else

    >>> import base64
    >>> read_scan(base64.b64encode(b"%PDF-1.4 ..."))
    (b'%PDF-1.4 ...', 'application/pdf', 'pdf')
    >>> for raw in (7, "", "no base64!", base64.b64encode(b"MZ...")):
    ...     try:
    ...         read_scan(raw)
    ...     except ScanError as error:
    ...         print(error.code)
    shape
    kind
    shape
    kind
    """
    if not isinstance(raw, str | bytes):
        raise ScanError("shape")
    # Some clients break the lines.
    content = decoded(raw[:0].join(raw.split()), strict=True)
    if content is None:
        raise ScanError("shape")
    for start, mimetype, ending in _KINDS:
        if content.startswith(start):
            return content, mimetype, ending
    raise ScanError("kind")
