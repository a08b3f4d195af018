"""The scan of what a leader wrote on paper, as a caller hands it in.  Pure."""

from .encoded import decoded

MAX_BYTES = 25 * 1024 * 1024

_KINDS = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)


class ScanError(ValueError):
    """A scan that cannot be kept; ``code`` says why: shape, empty, large, kind."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_scan(raw) -> tuple[bytes, str, str]:
    """Read a scan: what it holds, its kind and the ending of its name.

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
    empty
    shape
    kind
    """
    if not isinstance(raw, str | bytes):
        raise ScanError("shape")
    # Four characters hold three bytes; some clients break the lines.
    if len(raw) > MAX_BYTES * 3 // 2:
        raise ScanError("large")
    content = decoded(raw[:0].join(raw.split()), strict=True)
    if content is None:
        raise ScanError("shape")
    if not content:
        raise ScanError("empty")
    if len(content) > MAX_BYTES:
        raise ScanError("large")
    for start, mimetype, ending in _KINDS:
        if content.startswith(start):
            return content, mimetype, ending
    raise ScanError("kind")
