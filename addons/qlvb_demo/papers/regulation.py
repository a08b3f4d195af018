"""Decision 10/2014/QĐ-UBND with the regulation that it issues, in words of our own.

The number, the day, the title and what the articles are about are those of the real
one; every sentence is written anew and shorter, and the chairman who signs is the
demonstration's. The text lies in ``regulation.toml``.
"""

import tomllib
from pathlib import Path

from .paper import Annex, Block, Paper

TEXT = Path(__file__).with_name("regulation.toml")


def compose_regulation(*, issuer, symbol, dated, summary, recipients, signature):
    """Return the decision as a draft :class:`~.paper.Paper`.

    The parameters are those of :func:`~.compose.compose_draft`.
    """
    text = tomllib.loads(TEXT.read_text("utf-8"))
    return Paper(
        agency=issuer.agency,
        reference=symbol,
        place=issuer.place,
        dated=dated,
        title="QUYẾT ĐỊNH",
        summary=summary,
        body=tuple(_decision(text["decision"], issuer)),
        recipients=tuple(recipients),
        signature=signature,
        seal=issuer.seal,
        draft=True,
        annex=Annex(
            title="QUY CHẾ",
            summary=text["regulation"]["title"],
            origin=text["regulation"]["origin"],
            body=tuple(_regulation(text["regulation"])),
        ),
    )


def _decision(text, issuer):
    yield Block("centre", issuer.authority)
    for basis in text["bases"]:
        yield Block("basis", basis)
    yield Block("centre", "QUYẾT ĐỊNH:")
    for number, article in enumerate(text["articles"], 1):
        yield Block("article", article, f"Điều {number}.")


def _regulation(text):
    article = 0
    for chapter in text["chapter"]:
        yield Block("chapter", chapter["name"], f"Chương {chapter['number']}")
        for table in chapter["article"]:
            article += 1
            yield Block("heading", table["name"], f"Điều {article}.")
            for line in table["text"]:
                # "1. …" and "a) …" bear their own labels.
                yield Block("item", line)
