"""The program that opens a PDF for ``pdf_blanks``: in bounds, and alone.

Reads the file from standard input.  ``prepare`` writes a line of JSON and the file
with its new fields; ``plan`` writes what is known of the fields of a prepared file.
It is started by its path; of ours it uses only what needs nothing else.
"""

import io
import json
import logging
import re
import resource
import sys
import time
import unicodedata
from pathlib import Path

# Behind everything else: none of our names may hide one of Python's.
sys.path.append(str(Path(__file__).parent))

from pdf_spots import Cell, Row, find_attached, find_spots
from pdf_update import append, last_table, number, pdf_string, stream
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pypdf import PdfReader, PdfWriter
from pypdf.generic import IndirectObject, NameObject

MEMORY = 1_500_000_000
PROCESSOR_SECONDS = 30
MAX_DEPTH = 60
MAX_CELLS = 20_000
MAX_PAGES = 40
MAX_SECONDS = 8
"""How far is looked for texts that go with the document and name it."""
PREFIX = "qlvb_"
FONTS = {False: ("TiRo", "Times-Roman"), True: ("TiIt", "Times-Italic")}
A4 = (595.28, 841.89)
DROP = 0.25
"""How far a field reaches below the line on which its letters stand, by their size."""
HEIGHT = 1.2
LOCKED = 4 + 128 + 512
"""Printed, locked, and so are its contents: drawn as it is, by every reader."""


class Odd(Exception):
    """The file is not what it says, or not such that it can be added to."""


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    mode, place = sys.argv[1], sys.argv[2]
    content = sys.stdin.buffer.read()
    try:
        answer, result = prepare(content, place) if mode == "prepare" else plan(content)
    except MemoryError:
        answer, result = {"verdict": "heavy"}, b""
    except Exception:
        # Whatever a broken file does to its readers.
        answer, result = {"verdict": "odd"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + result)


# -- what is on the page -------------------------------------------------------


class Reader(PDFLayoutAnalyzer):
    """Collects the letters of a page; drawings and pictures are passed over."""

    def receive_layout(self, ltpage):
        self.page = ltpage

    def paint_path(self, gstate, stroke, fill, evenodd, path):
        """Of a map there are hundreds of thousands."""

    def render_image(self, name, stream):
        """What is in a picture is not read."""

    def handle_undefined_char(self, font, cid):
        return "\ufffd"


def read_pages(content):
    """Yield the pages, one after the other: its rows, and how it lies.

    A page that cannot be read has no rows.
    """
    manager = PDFResourceManager()
    for page in PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(content)))):
        view = View(page)
        reader = Reader(manager, laparams=None)
        try:
            PDFPageInterpreter(manager, reader).process_page(page)
        except MemoryError:
            raise
        except Exception:
            yield [], view
        else:
            yield rows_of(letters_of(reader.page), view), view


class View:
    """How a page is shown: turned, and cut to its crop box."""

    def __init__(self, page):
        self.turn = page.rotate if page.rotate in (90, 180, 270) else 0
        x0, y0, x1, y1 = page.mediabox
        self.media = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        cx0, cy0, cx1, cy1 = page.cropbox
        left, low, right, high = self.media
        crop = (
            max(left, min(cx0, cx1)),
            max(low, min(cy0, cy1)),
            min(right, max(cx0, cx1)),
            min(high, max(cy0, cy1)),
        )
        if crop[0] >= crop[2] or crop[1] >= crop[3]:
            crop = self.media
        corners = [self._shown(*crop[:2]), self._shown(*crop[2:])]
        self.left = min(x for x, _y in corners)
        self.low = min(y for _x, y in corners)
        self.width = max(x for x, _y in corners) - self.left
        self.height = max(y for _x, y in corners) - self.low

    def _shown(self, x, y):
        """Turn a place on the page into one as pdfminer tells it."""
        x0, y0, x1, y1 = self.media
        return {
            0: (x - x0, y - y0),
            90: (y - y0, x1 - x),
            180: (x1 - x, y1 - y),
            270: (y1 - y, x - x0),
        }[self.turn]

    def placed(self, x, y):
        """Turn a place as one sees it into one on the page itself."""
        x, y = x + self.left, y + self.low
        x0, y0, x1, y1 = self.media
        return {
            0: (x + x0, y + y0),
            90: (x1 - y, x + y0),
            180: (x1 - x, y1 - y),
            270: (y + x0, y1 - x),
        }[self.turn]


def letters_of(item):
    if isinstance(item, LTChar):
        yield item
    elif isinstance(item, LTContainer):
        for part in item:
            yield from letters_of(part)


def rows_of(letters, view):
    """Return the rows of upright letters within what is shown, from top to bottom."""
    rows = []
    kept = []
    for letter in letters:
        across, up, size = letter.matrix[0], letter.matrix[1], letter.height
        x, base = letter.matrix[4] - view.left, letter.matrix[5] - view.low
        within = -1 <= x <= view.width and -1 <= base <= view.height
        if across > 0 and abs(up) < 1e-3 * across and size > 1 and within:
            kept.append((base, x, letter))
        if len(kept) > MAX_CELLS:
            break
    for base, x, letter in sorted(kept, key=lambda item: (-item[0], item[1])):
        if rows and abs(rows[-1][0] - base) < 0.3 * letter.height:
            rows[-1][1].append((x, letter))
        else:
            rows.append((base, [(x, letter)]))
    return [row_of(base, sorted(row, key=lambda at: at[0])) for base, row in rows]


def row_of(base, letters):
    sizes = sorted(letter.height for _x, letter in letters)
    size = sizes[len(sizes) // 2]
    cells = []
    for x, letter in letters:
        text, right = letter.get_text(), x + letter.width
        last = cells[-1] if cells else None
        if last and text and all(map(unicodedata.combining, text)):
            last.text = unicodedata.normalize("NFC", last.text + text)
            continue
        if last and last.text == text and abs(last.left - x) < 0.15 * size:
            # Drawn twice, to look bold.
            continue
        if last and x - last.right > 0.15 * size:
            wide = x - last.right > 1.5 * size
            cells.append(Cell("\t" if wide else " ", last.right, x))
        text = unicodedata.normalize("NFC", text) or "\ufffd"
        name = letter.fontname.lower()
        cells.append(Cell(text, x, right, "italic" in name or "oblique" in name))
    return Row(cells, base, size)


# -- what the file is made of -----------------------------------------------------


class File:
    """A PDF that something is added to.

    :raises Odd: its tables are not such that it could be
    """

    def __init__(self, content):
        table = last_table(content)
        if table is None or not content.startswith(b"%PDF-"):
            raise Odd
        self.content = content
        reader = self.reader = PdfReader(io.BytesIO(content), strict=True)
        if reader.is_encrypted:
            raise Odd
        self.root = self.reference(reader.trailer, "/Root")
        numbers = [int(reader.trailer["/Size"]) - 1]
        for known in (*reader.xref.values(), reader.xref_objStm):
            numbers += known
        self.free = max(numbers) + 1
        entries = b" ".join(
            key.encode() + b" " + raw(reader.trailer.raw_get(key))
            for key in ("/Root", "/Info", "/ID")
            if key in reader.trailer
        )
        self.trailer = {
            "start": table[0],
            "is_stream": table[1],
            "size": self.free,
            "entries": entries.decode("latin-1"),
        }
        self.catalog = self.root.get_object()

    def reference(self, dictionary, key):
        value = dictionary.raw_get(key)
        if not isinstance(value, IndirectObject):
            raise Odd
        return value

    def pages(self):
        """Yield the references of the pages, in their order."""
        waiting = [(self.catalog.raw_get("/Pages"), 0)]
        while waiting:
            found, depth = waiting.pop()
            kids = found.get_object().get("/Kids")
            if depth > MAX_DEPTH or not isinstance(found, IndirectObject):
                raise Odd
            if kids is None:
                yield found
            else:
                below = list(list.__iter__(kids.get_object()))
                waiting += [(kid, depth + 1) for kid in reversed(below)]

    def form(self):
        """Return the form of the file, where it has one, and its fields' references."""
        form = self.catalog.get("/AcroForm")
        form = form.get_object() if form is not None else None
        fields = form.get("/Fields") if form else None
        fields = fields.get_object() if fields is not None else None
        return form, list(list.__iter__(fields)) if fields else []

    def own_fields(self):
        """Return the references of the fields that we made."""
        return [
            field
            for field in self.form()[1]
            if isinstance(field, IndirectObject)
            and str(field.get_object().get("/T", "")).startswith(PREFIX)
        ]


def raw(item):
    """Return an object as PDF writes it."""
    written = io.BytesIO()
    item.write_to_stream(written)
    return written.getvalue()


def opened(dictionary, *without):
    """Return a dictionary as PDF writes it, open at its end."""
    parts = [b"<<"]
    for key, value in dict.items(dictionary):
        if key not in without:
            parts += [raw(NameObject(key)), b" ", raw(value), b" "]
    return b"".join(parts)


def sound(content):
    """Return the file as one that can be added to, written anew where needed."""
    try:
        found = File(content)
        found.own_fields()
        next(found.pages())
    except MemoryError:
        raise
    except Exception:
        written = io.BytesIO()
        written_anew(content).write(written)
        return File(written.getvalue())
    return found


def written_anew(content):
    """Return the file as it is to be written; one without any page gets an empty one.

    The gate lets such a file in, and number and date need a place.
    """
    if b"/Page" in content or b"stream" in content:
        return PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer = PdfWriter()
    writer.add_blank_page(*A4)
    return writer


# -- prepare -------------------------------------------------------------------


def prepare(content, place):
    """Return what was found, and the file with its fields."""
    file = sound(content)
    if file.own_fields():
        # Not ours to trust: whoever made the file may have put them there.
        return {"verdict": "filled"}, b""
    read = read_pages(file.content)
    rows, view = next(read)
    spots = find_spots(rows, view.width, view.height, place)
    answer = {
        "verdict": "fine",
        "printed": spots.printed,
        "found": spots.found,
        "size": [view.width, view.height],
    }
    wanted = [(1, view, spot) for spot in spots.spots]
    if not wanted:
        return answer, file.content
    started = time.monotonic()
    for number_of_page, (rows, view) in enumerate(read, 2):
        attached = find_attached(rows, view.width)
        wanted += [(number_of_page, view, spot) for spot in attached]
        if number_of_page >= MAX_PAGES or time.monotonic() - started > MAX_SECONDS:
            break
    return answer, append(file.content, file.trailer, fields_of(file, wanted))


def fields_of(file, wanted):
    """Return the objects of new fields, and those in which they are listed.

    :param wanted: page (the first is 1), how it lies, and the spot on it
    """
    references = dict(zip(range(1, MAX_PAGES + 1), file.pages(), strict=False))
    first = file.free
    empty, fonts, numbers = first, (first + 1, first + 2), range(first + 3, 1 << 40)
    placed = dict(zip(numbers, wanted, strict=False))
    on_page = {}
    for num, (page, _view, _spot) in placed.items():
        on_page.setdefault(page, []).append(num)
    objects = {
        (empty, 0): stream(b"/Type /XObject /Subtype /Form /BBox [0 0 1 1]", b""),
        **{
            (num, 0): b"<< /Type /Font /Subtype /Type1 /BaseFont /%s "
            b"/Encoding /WinAnsiEncoding >>" % name.encode()
            for num, (_short, name) in zip(fonts, FONTS.values(), strict=True)
        },
        **{
            (num, 0): field_body(spot, view, page, references[page], empty)
            for num, (page, view, spot) in placed.items()
        },
        **with_form(file, placed, fonts, first + 3 + len(placed)),
    }
    for page, numbers in on_page.items():
        objects |= with_annotations(references[page], numbers)
    return objects


def field_body(spot, view, number_of_page, page, empty):
    low, high = spot.base - DROP * spot.size, spot.base + (HEIGHT - DROP) * spot.size
    x0, y0 = view.placed(spot.left, low)
    x1, y1 = view.placed(spot.right, high)
    rect = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    # One of a kind on each page: names are of the whole file.
    name = spot.name if number_of_page == 1 else f"{spot.name}_{number_of_page}"
    looks = b"/R %d" % view.turn + (b" /BG [1]" if spot.cover else b"")
    return (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T %s /QLVB %s /F %d /Ff 1 "
        b"/Rect [%s] /P %s /DA (/%s %s Tf 0 g) /Q %d /MK << %s >> "
        b"/AP << /N %d 0 R >> >>"
    ) % (
        pdf_string(PREFIX + name),
        pdf_string(spot.template),
        LOCKED,
        b" ".join(map(number, rect)),
        raw(page),
        FONTS[spot.italic][0].encode(),
        number(spot.size),
        spot.align,
        looks,
        empty,
    )


def with_annotations(reference, placed):
    """Return a page with the fields on it.

    :param placed: their numbers
    """
    page = reference.get_object()
    present = page.get("/Annots")
    present = list.__iter__(present.get_object()) if present is not None else ()
    listed = [raw(item) for item in present] + [b"%d 0 R" % num for num in placed]
    body = opened(page, "/Annots") + b"/Annots [%s] >>" % b" ".join(listed)
    return {(reference.idnum, reference.generation): body}


def with_form(file, placed, fonts, free):
    """Return the file's form with the fields in it; with it the root, where new."""
    form, fields = file.form()
    form = form if form is not None else {}
    resources = form.get("/DR", {})
    resources = resources.get_object() if resources else {}
    known = resources.get("/Font", {})
    known = known.get_object() if known else {}
    names = [short for short, _name in FONTS.values()]
    letters = opened(known, *(f"/{name}" for name in names)) + b"".join(
        b"/%s %d 0 R " % (name.encode(), num)
        for name, num in zip(names, fonts, strict=True)
    )
    listed = [raw(item) for item in fields] + [b"%d 0 R" % num for num in placed]
    body = opened(form, "/Fields", "/DR") + b"/Fields [%s] /DR %s/Font %s>> >> >>" % (
        b" ".join(listed),
        opened(resources, "/Font"),
        letters,
    )
    where = dict.get(file.catalog, "/AcroForm")
    if isinstance(where, IndirectObject):
        return {(where.idnum, where.generation): body}
    catalog = opened(file.catalog, "/AcroForm") + b"/AcroForm %d 0 R >>" % free
    return {(free, 0): body, (file.root.idnum, file.root.generation): catalog}


# -- plan ------------------------------------------------------------------------


def plan(content):
    """Return the fields of a prepared file, each as it is written but for its value."""
    file = File(content)
    fields = [field_of(reference) for reference in file.own_fields()]
    if any(field["filled"] for field in fields):
        return {"verdict": "filled"}, b""
    rows, view = next(read_pages(content))
    spots = find_spots(rows, view.width, view.height)
    if not fields and spots.spots:
        return {"verdict": "fields"}, b""
    answer = {"verdict": "fine", "trailer": file.trailer, "fields": fields}
    return {**answer, "printed": spots.printed}, b""


def field_of(reference):
    item = reference.get_object()
    letters, size = re.search(r"/(\S+) ([\d.]+) Tf", item["/DA"]).groups()
    looks = item["/MK"]
    return {
        "num": reference.idnum,
        "generation": reference.generation,
        "head": opened(item, "/V", "/AP", "/AS").decode("latin-1"),
        "name": item["/T"].removeprefix(PREFIX),
        "template": str(item["/QLVB"]),
        "rect": [float(side) for side in item["/Rect"]],
        "turn": int(looks["/R"]),
        "cover": "/BG" in looks,
        "align": int(item["/Q"]),
        "size": float(size),
        "italic": letters == FONTS[True][0],
        "filled": "/V" in item,
    }


if __name__ == "__main__":
    main()
