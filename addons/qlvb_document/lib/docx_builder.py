"""Word files of the layouts in ``docx_layouts``: on A4, as Decree 30/2020 measures.

Pure: what is described goes in, bytes come out; equal input gives equal bytes.
"""

import io
from datetime import datetime
from functools import lru_cache

from .docx_layouts import LAYOUTS, STYLES, NewPage, Rule, Text

FONT = "Times New Roman"
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}
WIDTH = 210 - MARGINS["left"] - MARGINS["right"]


@lru_cache(maxsize=len(LAYOUTS))
def build(code: str) -> bytes:
    """Return the Word file of a layout, its fields in double braces.

    :param code: a key of ``docx_layouts.LAYOUTS``

    >>> build("letter")[:2]
    b'PK'
    """
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, length in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(length))
    section.header_distance = Mm(10)
    _name_font(document.styles["Normal"].element.get_or_add_rPr())
    _number_pages(section)
    for part in LAYOUTS[code]:
        _add(document, part, WIDTH)
    properties = document.core_properties
    properties.author = properties.title = properties.comments = ""
    properties.created = properties.modified = datetime(2020, 3, 5)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add(holder, part, width):
    """Add a part to a document or to the cell of a table."""
    if isinstance(part, Text):
        # Paragraphs with these marks are gone once it is filled in.
        if part.when:
            holder.add_paragraph("{%%p if %s %%}" % part.when)
        _add_text(holder.add_paragraph(), part)
        if part.when:
            holder.add_paragraph("{%p endif %}")
    elif isinstance(part, Rule):
        _add_rule(holder.add_paragraph(), (width - part.length) / 2)
    elif isinstance(part, NewPage):
        holder.add_page_break()
    else:
        _add_columns(holder, part)


def _add_text(paragraph, part):
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    style = STYLES[part.style]
    shape = paragraph.paragraph_format
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, style.align.upper())
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    shape.line_spacing = style.line
    shape.first_line_indent = Mm(style.indent) if style.indent else None
    shape.left_indent = Mm(style.left) if style.left else None
    for words, bold in ((part.lead, True), (part.words, style.bold)):
        if words:
            run = paragraph.add_run(words)
            run.font.size = Pt(style.size)
            run.bold, run.italic = bold, style.italic
            _name_font(run._element.get_or_add_rPr())


def _add_rule(paragraph, apart):
    """Draw a line as the border of an empty paragraph, apart from both its ends."""
    from docx.shared import Mm, Pt

    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(6)
    shape.line_spacing = Pt(4)
    shape.left_indent = shape.right_indent = Mm(apart)
    borders = _element("w:pBdr")
    borders.append(
        _element("w:bottom", val="single", sz="6", space="0", color="000000")
    )
    paragraph._p.get_or_add_pPr().append(borders)


def _add_columns(holder, part):
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = holder.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for place, parts in enumerate((part.left, part.right)):
        cell, width = table.rows[0].cells[place], part.widths[place]
        cell.width = table.columns[place].width = Mm(width)
        # Word sets text 1.9 mm off the border of a cell; there is no border.
        _no_padding(cell)
        for inner in parts:
            _add(cell, inner, width)
        # A new cell holds an empty paragraph.
        cell._element.remove(cell.paragraphs[0]._element)


def _no_padding(cell):
    margins = _element("w:tcMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="0", type="dxa"))
    cell._element.get_or_add_tcPr().append(margins)


def _number_pages(section):
    """Number the pages at the top, centred, but for the first (Annex I, I.7)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        _name_font(run._element.get_or_add_rPr())
        if kind == "PAGE":
            field = _element("w:instrText")
            field.text = kind
            run._element.append(field)
        else:
            run._element.append(_element("w:fldChar", fldCharType=kind))


def _name_font(properties):
    """Let a run be in Times New Roman, whatever letters it has."""
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_qualified(f"w:{script}"), FONT)


def _element(name, **attributes):
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(_qualified(f"w:{key}"), value)
    return element


def _qualified(name):
    from docx.oxml.ns import qn

    return qn(name)
