"""Pages on paper: PDF from HTML of our own, on A4 as Decree 30/2020 sets it.

Pure: HTML goes in, bytes come out.  Nothing is fetched, from the network or from
this machine; a form that asks for something outside itself is refused.
"""

import gc
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class OutsideAddress(ValueError):
    """The HTML asks for something outside itself; the message says for what."""


class Pages(NamedTuple):
    """A finished PDF and how many pages it has."""

    content: bytes
    count: int


def render(html: str, css: str = "") -> Pages:
    """Return the PDF of an HTML document; equal input gives equal bytes.

    The page, its margins and the letter come from ``pdf.css``; ``css`` adds what
    the form itself needs.

    :param html: a whole document or its body alone
    :param css: rules of the form, after the base ones
    :raises OutsideAddress: the HTML or CSS refers to any address at all
    """
    # Loads Pango: whoever prints nothing should not need it.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _refuser()
    fonts = FontConfiguration()
    sheets = [
        CSS(string=text, font_config=fonts, url_fetcher=fetcher)
        for text in (base_css(), css)
        if text
    ]
    with _without_collector():
        document = HTML(string=html, url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=sheets
        )
        content = document.write_pdf()
    if fetcher.refused:
        raise OutsideAddress(", ".join(fetcher.refused))
    return Pages(content, len(document.pages))


@lru_cache(maxsize=1)
def base_css() -> str:
    """Return the rules that every form shares."""
    return Path(__file__).with_name("pdf.css").read_text(encoding="utf-8")


def _refuser():
    """Return a fetcher that fetches nothing and remembers what it was asked for."""
    from weasyprint.urls import URLFetcher

    class Refuser(URLFetcher):
        def __init__(self):
            super().__init__(fail_on_errors=False)
            self.refused = []

        def fetch(self, url, headers=None):
            # WeasyPrint goes on without what it cannot have: noted here, raised
            # at the end.
            self.refused.append(url[:200])
            raise OutsideAddress(url)

        __call__ = fetch

    return Refuser()


@contextmanager
def _without_collector():
    """Hold Python's garbage collector: it finds nothing in a growing page tree.

    A register of two thousand rows is laid out a fifth faster without it.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
