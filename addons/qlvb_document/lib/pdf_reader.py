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
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT, PSLiteral
from pdfminer.utils import decode_text

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
SAID_KEYS = ("Contents", "V", "Title", "Subject", "Keywords", "Alt", "ActualText")
"""Where words stand that no page draws by itself: remarks, fields of forms, titles."""
MAX_SAID = 200_000


LITERAL_FORM = LIT("Form")


class Reader(PDFLayoutAnalyzer):
    """Collects the rows of a page; drawings are passed over, pictures counted."""

    def __init__(self, manager, is_first):
        # Only of the first page does the order of the paragraphs matter; to find
        # it takes the square of their number.
        flow = 0.5 if is_first else None
        super().__init__(manager, laparams=LAParams(boxes_flow=flow, all_texts=True))
        self.page = None
        self.images = 0
        self.unread = 0
        self.turned = []

    def receive_layout(self, ltpage):
        self.page = ltpage

    def paint_path(self, gstate, stroke, fill, evenodd, path):
        """Pass over lines and areas: of a map there are hundreds of thousands."""

    def render_image(self, name, stream):
        self.images += 1

    def handle_undefined_char(self, font, cid):
        # Its number would pass for text.
        self.unread += 1
        return "\ufffd"

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
        verdict, document, said = judge(content)
    except MemoryError:
        verdict, document, said = "bomb", None, []
    say({"verdict": verdict})
    if verdict == "fine":
        try:
            say(read(document, said))
        except MemoryError:
            say({"text": "", "complete": False})


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def judge(content):
    """Return what the PDF is, it itself where it can be read, and what it says
    beside its pages.
    """
    said = []
    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return "password", None, said
    except MemoryError:
        raise
    except Exception:
        # Whatever a broken file does to its reader.
        return "odd", None, said
    for table in document.xrefs:
        for number in table.get_objids():
            try:
                item = document.getobj(number)
            except MemoryError:
                raise
            except Exception:
                continue
            if is_active(item):
                return "active", None, said
            said += words_of(item)
    return "fine", document, said[:MAX_SAID]


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


def words_of(item, depth=0):
    """Return the words in an object that no page draws."""
    if isinstance(item, PDFStream):
        item = item.attrs
    if depth > MAX_DEPTH:
        return []
    if isinstance(item, list):
        return [word for part in item for word in words_of(part, depth + 1)]
    if not isinstance(item, dict):
        return []
    own = [item[key] for key in SAID_KEYS if isinstance(item.get(key), bytes)]
    words = [decode_text(word)[:MAX_HEAD] for word in own]
    return words + [
        word for part in item.values() for word in words_of(part, depth + 1)
    ]


def with_remarks(page):
    """Return a page that draws what is stuck on it too, such as stamps."""
    forms = dict(resolve1((page.resources or {}).get("XObject")) or {})
    names = []
    for remark in resolve1(page.annots) or ():
        remark = resolve1(remark)
        looks = resolve1(remark.get("AP")) if isinstance(remark, dict) else None
        look = resolve1(looks.get("N")) if isinstance(looks, dict) else None
        if isinstance(look, dict):
            look = resolve1(next(iter(look.values()), None))
        if isinstance(look, PDFStream):
            names.append(f"qlvb{len(names)}")
            look.attrs.setdefault("Subtype", LITERAL_FORM)
            look.attrs.setdefault("BBox", [0, 0, 1000, 1000])
            forms[names[-1]] = look
    if names:
        page.resources = {**(page.resources or {}), "XObject": forms}
        drawn = "".join(f"\n/{name} Do\n" for name in names).encode()
        stream = PDFStream({}, drawn)
        # One without a number is not drawn.
        stream.set_objid(-1, 0)
        # Before the page itself, which may leave its letters turned or moved away.
        page.contents = [stream, *page.contents]
    return page


def read(document, said):
    """Return the text, and whether every page of it could be read.

    :param said: what it says beside its pages
    """
    manager = PDFResourceManager()
    pages, head, letters, number, complete = [], "", 0, 0, True
    started = time.monotonic()
    source = enumerate(PDFPage.create_pages(document), 1)
    while True:
        reader = Reader(manager, not pages)
        try:
            number, page = next(source)
            PDFPageInterpreter(manager, reader).process_page(with_remarks(page))
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
        if reader.unread or (reader.images and count < LETTERS_OF_A_PAGE):
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
    text = "\n\f\n".join([*pages, *said])
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
