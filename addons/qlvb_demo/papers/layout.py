"""Draws a :class:`~.paper.Paper` as a PDF in the layout of Decree 30/2020."""

from functools import lru_cache
from html import escape
from pathlib import Path
from random import Random

from . import drawing

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ADDRESSEE_LABEL = "Kính gửi:"
# Wide enough for four digits; spaces that no line breaks at and none swallows.
_ROOM = "\N{NO-BREAK SPACE}" * 9
_DAY_ROOM = "\N{NO-BREAK SPACE}" * 6
URGENCY_STAMPS = {
    "urgent": "KHẨN",
    "very_urgent": "THƯỢNG KHẨN",
    "express": "HỎA TỐC",
}


def format_date(day):
    """Write a date the way a paper does: ``Hiệp Hòa, ngày 06 tháng 8 năm 2014``.

    Days below ten are padded and of the months January and February only, so that
    no digit can be added by hand.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def open_date(year):
    """Write a date of which only the year is known, with room for day and month."""
    return f"ngày{_DAY_ROOM}tháng{_DAY_ROOM}năm {year}"


def render_pdf(paper):
    """Return the PDF of ``paper`` as bytes; equal papers give equal pages."""
    # Imported here because WeasyPrint loads Pango: whoever only reads the catalogue
    # should not need it.
    from weasyprint import HTML

    return HTML(string=render_html(paper)).write_pdf(
        stylesheets=[_stylesheet()], font_config=_font_configuration()
    )


def render_html(paper):
    """Return the page of ``paper`` as an HTML document without its style sheet."""
    tilt = ""
    if paper.scanned:
        degrees = Random(f"tilt {paper.seed}").choice((-0.35, -0.2, 0.22, 0.4))
        tilt = f' style="transform: rotate({degrees}deg)"'
    parts = [
        f'<div class="scan">{drawing.dust(paper.seed)}</div>' if paper.scanned else "",
        f'<div class="contact">{_text(paper.contact)}</div>' if paper.contact else "",
        f"<main{tilt}>",
        _head(paper),
        _title(paper),
        _addressees(paper),
        *(_block(block) for block in paper.body[:-1]),
        # Without a line of text above it a signature could be put under anything.
        _block(paper.body[-1], " last"),
        _foot(paper),
        _annex(paper) if paper.annex else "",
        "</main>",
    ]
    page_class = ' class="with-contact"' if paper.contact else ""
    title = f"{paper.reference} {paper.summary}"
    return (
        f'<!DOCTYPE html><html lang="vi"><head><title>{escape(title)}</title></head>'
        f"<body{page_class}>{''.join(parts)}</body></html>"
    )


@lru_cache(maxsize=1)
def _font_configuration():
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@lru_cache(maxsize=1)
def _stylesheet():
    from weasyprint import CSS

    return CSS(
        filename=str(Path(__file__).with_name("paper.css")),
        font_config=_font_configuration(),
    )


def _text(text):
    return escape(text, quote=False)


def _lines(lines):
    return "<br>".join(_text(line) for line in lines)


def _head(paper):
    about = ""
    if not paper.title:
        about = f'<p class="about">V/v {_text(lower_first(paper.summary))}</p>'
    stamp = URGENCY_STAMPS.get(paper.urgency)
    number = f"Số: {_text(paper.reference)}"
    day = format_date(paper.dated)
    if paper.draft:
        number = f"Số:{_ROOM}{_text(paper.reference)}"
        day = open_date(paper.dated.year)
    return (
        f'<table class="head">{_agency(paper)}'
        f'<tr class="second"><td class="left">{number}{about}'
        + (f'<p class="mark"><span class="urgency">{stamp}</span></p>' if stamp else "")
        + f'</td><td class="place">{_text(paper.place)}, {day}</td></tr></table>'
    )


def _agency(paper):
    return (
        '<tr><td class="left">'
        f'<p class="parent">{_lines(paper.parent)}</p>'
        f'<p class="agency">{_lines(paper.agency)}</p><div class="rule"></div></td>'
        f'<td><p class="nation">{NATION}</p>'
        f'<p class="motto"><span>{MOTTO}</span></p></td></tr>'
    )


def lower_first(text):
    """Lower the first letter unless the text begins with an abbreviation."""
    if len(text) > 1 and text[1].isupper():
        return text
    return text[:1].lower() + text[1:]


def _title(paper):
    if not paper.title:
        return ""
    return (
        f'<div class="title"><p class="kind">{_text(paper.title)}</p>'
        f'<p>{_text(paper.summary)}</p><div class="rule"></div></div>'
    )


def _addressees(paper):
    if not paper.addressees:
        return ""
    label, kind, above = _text(paper.addressee_label), "many", ""
    if label != ADDRESSEE_LABEL:
        # A telegram names its sender on a line of its own, as "… điện:".
        above = f'<p class="telegram-from">{label}</p>'
        label, kind = "", "many telegram"
    if len(paper.addressees) == 1 and label:
        return f'<p class="to one">{label} {_text(paper.addressees[0])}</p>'
    rows = "".join(
        f'<tr><td class="label">{label if index == 0 else ""}</td>'
        f"<td>- {_text(name)}{'.' if index == len(paper.addressees) - 1 else ';'}</td>"
        "</tr>"
        for index, name in enumerate(paper.addressees)
    )
    return f'{above}<table class="to {kind}">{rows}</table>'


def _block(block, extra=""):
    if block.style == "table":
        return _figures(block.rows)
    if block.style == "pair":
        return (
            f'<table class="pair"><tr><td class="label">{_text(block.label)}</td>'
            f'<td class="value">{_text(block.text)}</td></tr></table>'
        )
    label = _text(block.label)
    if block.style == "chapter":
        return f'<p class="chapter">{label}<br>{_text(block.text)}</p>'
    if block.style == "article":
        label = f"<b>{label}</b>"
    return f'<p class="{block.style}{extra}">{label} {_text(block.text)}</p>'


def _figures(rows):
    heads = "".join(f"<th>{_text(cell)}</th>" for cell in rows[0])
    lines = "".join(
        "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>"
        for row in rows[1:]
    )
    return f'<table class="figures"><tr>{heads}</tr>{lines}</table>'


def _foot(paper):
    recipients = "<br>".join(
        f"- {_text(line)}{'.' if index == len(paper.recipients) - 1 else ';'}"
        for index, line in enumerate(paper.recipients)
    )
    return (
        '<table class="foot"><tr><td class="to-list"><b>Nơi nhận:</b><br>'
        f"{recipients}</td>{_signature(paper)}</tr></table>"
    )


def _signature(paper):
    ink = ""
    if not paper.draft:
        ink = drawing.signature(paper.signature.name) + drawing.seal(*paper.seal)
    return (
        f'<td class="sign">{_lines(paper.signature.capacity)}'
        f'<div class="stamp">{ink}</div>{_text(paper.signature.name)}</td>'
    )


def _annex(paper):
    """What is issued with the paper: on pages of its own, headed and signed anew."""
    annex = paper.annex
    return (
        f'<section class="annex"><table class="head">{_agency(paper)}</table>'
        f'<div class="title"><p class="kind">{_text(annex.title)}</p>'
        f"<p>{_text(annex.summary)}</p>"
        f'<p class="origin">({_text(annex.origin)})</p><div class="rule"></div></div>'
        + "".join(_block(block) for block in annex.body[:-1])
        + _block(annex.body[-1], " last")
        + f'<table class="foot"><tr><td class="to-list"></td>{_signature(paper)}</tr>'
        "</table></section>"
    )
