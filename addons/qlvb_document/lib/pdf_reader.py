"""The program that opens a PDF for ``vetting_pdf``: in bounds, and alone.

Reads the file from standard input and writes two lines of JSON: what it is
(``fine``, ``odd``, ``password``, ``active``, ``bomb``), and its text.  It is
started by its path and imports nothing of ours.
"""

import io
import json
import logging
import resource
import sys
import time

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LAParams, LTChar, LTContainer, LTTextBox, LTTextLine
from pdfminer.pdfdocument import (
    PDFDocument,
    PDFEncryptionError,
    PDFPasswordIncorrect,
)
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSLiteral

MEMORY = 1_000_000_000
PROCESSOR_SECONDS = 25
READING_SECONDS = 15
MAX_PAGES = 500
MAX_TEXT = 5_000_000
MAX_HEAD = 20_000
MAX_DEPTH = 40
LETTERS_OF_A_PAGE = 40
ACTIVE_KEYS = {"JS", "JavaScript", "EF", "RichMediaContent", "XFA"}
ACTIVE_NAMES = {
    "S": {"JavaScript", "Launch", "ImportData", "RichMediaExecute", "Rendition"},
    "Type": {"EmbeddedFile"},
    "Subtype": {"FileAttachment", "RichMedia", "Movie", "Screen", "3D"},
}


class Reader(PDFLayoutAnalyzer):
    """Collects the rows of a page; drawings are passed over, pictures counted."""

    def __init__(self, manager, is_first):
        # Only of the first page does the order of the paragraphs matter; to find
        # it takes the square of their number.
        flow = 0.5 if is_first else None
        super().__init__(manager, laparams=LAParams(boxes_flow=flow, all_texts=True))
        self.page = None
        self.images = 0
        self.turned = []

    def receive_layout(self, ltpage):
        self.page = ltpage

    def paint_path(self, gstate, stroke, fill, evenodd, path):
        """Pass over lines and areas: of a map there are hundreds of thousands."""

    def render_image(self, name, stream):
        self.images += 1

    def render_string(self, textstate, seq, ncs, graphicstate):
        drawn = self.cur_item._objs
        first = len(drawn)
        result = super().render_string(textstate, seq, ncs, graphicstate)
        chars = [item for item in drawn[first:] if isinstance(item, LTChar)]
        if chars and abs(chars[0].matrix[1]) > 1e-3:
            # Put on askew, as stamps are: its letters stand on no common row.
            self.turned.append("".join(char.get_text() for char in chars))
        return result


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    try:
        verdict, document = judge(content)
    except MemoryError:
        verdict, document = "bomb", None
    say({"verdict": verdict})
    if verdict == "fine":
        try:
            say(read(document))
        except MemoryError:
            say({"text": "", "complete": False})


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def judge(content):
    """Return what the PDF is, and it itself where it can be read."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return "password", None
    except MemoryError:
        raise
    except Exception:
        # Whatever a broken file does to its reader.
        return "odd", None
    for table in document.xrefs:
        for number in table.get_objids():
            try:
                item = document.getobj(number)
            except MemoryError:
                raise
            except Exception:
                continue
            if is_active(item):
                return "active", None
    return "fine", document


def is_active(item, depth=0):
    """Tell whether an object acts when the file is opened, or carries a file."""
    if isinstance(item, PDFStream):
        item = item.attrs
    if depth > MAX_DEPTH:
        return False
    if isinstance(item, list):
        return any(is_active(part, depth + 1) for part in item)
    if not isinstance(item, dict):
        return False
    if not ACTIVE_KEYS.isdisjoint(item):
        return True
    for key, names in ACTIVE_NAMES.items():
        value = item.get(key)
        if isinstance(value, PSLiteral) and value.name in names:
            return True
    return any(is_active(part, depth + 1) for part in item.values())


def read(document):
    """Return the text, and whether every page of it could be read."""
    manager = PDFResourceManager()
    pages, head, letters, number, complete = [], "", 0, 0, True
    started = time.monotonic()
    source = enumerate(PDFPage.create_pages(document), 1)
    while True:
        reader = Reader(manager, not pages)
        try:
            number, page = next(source)
            PDFPageInterpreter(manager, reader).process_page(page)
        except StopIteration:
            break
        except MemoryError:
            raise
        except Exception:
            complete = False
            if reader.page is None and not pages:
                break
        if not pages:
            head = head_of(reader.page)
        rows = rows_of(reader.page) + reader.turned
        text = "\n".join(rows)
        count = sum(map(str.isalpha, text))
        if reader.images and count < LETTERS_OF_A_PAGE:
            complete = False
        letters += count
        pages.append(text)
        if (
            number >= MAX_PAGES
            or letters > MAX_TEXT
            or time.monotonic() - started > READING_SECONDS
        ):
            complete = False
            break
    text = "\n\f\n".join(pages)
    return {"text": text, "head": head, "complete": complete and bool(pages)}


def head_of(page):
    """Return the first page as one reads it, a blank line between paragraphs."""
    boxes = [part for part in page or () if isinstance(part, LTTextBox)]
    return "\n".join(box.get_text() for box in boxes)[:MAX_HEAD]


def rows_of(page):
    """Return the lines of a page from top to bottom, those side by side as one."""
    rows = []
    for line in sorted(lines_of(page), key=lambda line: (-line.y1, line.x0)):
        middle = (line.y0 + line.y1) / 2
        if rows and rows[-1][0] < middle + 1 and middle - 1 < rows[-1][1]:
            rows[-1][2].append(line)
        else:
            height = (line.y1 - line.y0) / 4
            rows.append((middle - height, middle + height, [line]))
    return [
        "\t".join(
            line.get_text().strip() for line in sorted(row, key=lambda line: line.x0)
        )
        for _low, _high, row in rows
    ]


def lines_of(item):
    if isinstance(item, LTTextLine):
        yield item
    elif isinstance(item, LTContainer):
        for part in item:
            yield from lines_of(part)


if __name__ == "__main__":
    main()
