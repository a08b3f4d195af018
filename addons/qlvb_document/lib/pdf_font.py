"""The letters in which number and date are written: Liberation Serif, in the file.

With the measures of Times New Roman and every Vietnamese letter.  Of the font only
the letters that are used go into the file.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .pdf_update import number, stream

_FOLDERS = ("liberation2", "liberation")
_ROOT = Path("/usr/share/fonts/truetype")
_PROBE = "Đưộĩ"


class FontMissing(RuntimeError):
    """No font with Vietnamese letters is installed on this machine."""


@lru_cache(maxsize=2)
def face(italic=False):
    """Return the font, read once.

    :raises FontMissing: the package fonts-liberation2 is not installed
    """
    from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

    name = "LiberationSerif-Italic.ttf" if italic else "LiberationSerif-Regular.ttf"
    for folder in _FOLDERS:
        try:
            found = TTFontFile(str(_ROOT / folder / name))
        except (OSError, TTFError):
            continue
        # Debian 12 has one of the name that lacks a hundred Vietnamese letters.
        if all(ord(letter) in found.charToGlyph for letter in _PROBE):
            return found
    raise FontMissing("fonts-liberation2")


@dataclass
class Writing:
    """Text laid out in a font: what shows it and how wide it is.

    :param codes: the text as the font's own codes
    :param width: in thousandths of the letter's size
    """

    codes: bytes
    width: float


class Letters:
    """The letters of some texts, as objects of a PDF.

    :param texts: all that will be written in them
    """

    def __init__(self, texts, italic=False):
        self._face = face(italic)
        known = self._face.charToGlyph
        wanted = sorted({ord(c) for text in texts for c in text if ord(c) in known})
        glyphs, self._codes = {0}, {}
        for code in wanted:
            # In the order in which the subset numbers them; twins share one.
            if known[code] not in glyphs:
                glyphs.add(known[code])
                self._codes[code] = len(glyphs) - 1
            else:
                twin = next(c for c in self._codes if known[c] == known[code])
                self._codes[code] = self._codes[twin]
        self._wanted = wanted

    def lay_out(self, text: str) -> Writing:
        """Lay out a text; what the font does not know is left out."""
        codes = [ord(letter) for letter in text if ord(letter) in self._codes]
        return Writing(
            b"".join(self._codes[code].to_bytes(2, "big") for code in codes),
            sum(self._face.charWidths[code] for code in codes),
        )

    def objects(self, first: int) -> dict:
        """Return the objects of the font, the first of which is the font itself.

        :param first: the first number that is free; five are used
        """
        font, descendant, descriptor, program, words = range(first, first + 5)
        source = self._face
        name = b"QLVBAA+" + bytes(source.name)
        data = bytes(source.makeSubset(self._wanted))
        widths = b" ".join(
            b"%d [%s]" % (code, number(source.charWidths[letter]))
            for letter, code in sorted(self._codes.items(), key=lambda item: item[1])
        )
        bodies = {
            font: b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H "
            b"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
            % (name, descendant, words),
            descendant: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            b" /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 500 /W [%s] >>"
            % (name, descriptor, widths),
            descriptor: b"<< /Type /FontDescriptor /FontName /%s /Flags %d "
            b"/FontBBox [%s] /ItalicAngle %s /Ascent %s /Descent %s /CapHeight %s "
            b"/StemV %d /FontFile2 %d 0 R >>"
            % (
                name,
                source.flags,
                b" ".join(map(number, source.bbox)),
                number(source.italicAngle),
                number(source.ascent),
                number(source.descent),
                number(source.capHeight),
                source.stemV,
                program,
            ),
            program: stream(b"/Length1 %d" % len(data), data),
            words: stream(b"", self._to_unicode()),
        }
        return {(num, 0): body for num, body in bodies.items()}

    def _to_unicode(self):
        """Return the table by which the text can be searched and copied."""
        pairs = {code: letter for letter, code in reversed(self._codes.items())}
        lines = [
            b"<%04X> <%s>" % (code, chr(pairs[code]).encode("utf-16-be").hex().encode())
            for code in sorted(pairs)
        ]
        blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        body = b"\n".join(
            b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block))
            for block in blocks
        )
        return (
            b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
            b"\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            + body
            + b"\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        )
