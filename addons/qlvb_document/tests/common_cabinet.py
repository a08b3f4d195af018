"""A cabinet of files: what a real house sends, and what is made to do harm.

Made anew for every run; pure, no database needed.
"""

import io
import struct
import zipfile
import zlib
from functools import cache

import pypdf
from PIL import Image

from odoo.addons.qlvb_base.lib.pdf import render

from .common import PDF

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BODY = (
    "<p>Thực hiện Quy chế quản lý văn bản, Phòng Văn hóa và Thông tin báo cáo kết "
    "quả sáu tháng và đề nghị Ủy ban nhân dân xem xét, cho ý kiến chỉ đạo.</p>"
)
PROGRAM = b"MZ\x90\x00\x03" + bytes(range(256)) * 20


@cache
def pdf(html=BODY):
    """Return a PDF with text, as Word or a scanner with text recognition makes it."""
    return render(f"<html><body>{html}</body></html>").content


@cache
def scan():
    """Return a PDF of one page that is a picture and nothing else."""
    picture = image("JPEG", (200, 280))
    draw = b"200 0 0 280 0 0 cm /X Do"
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]/Contents 4 0 R"
            b"/Resources<</XObject<</X 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
            b"<</Type/XObject/Subtype/Image/Width 200/Height 280/ColorSpace/DeviceRGB"
            b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n"
            % len(picture)
            + picture
            + b"\nendstream",
        ]
    )


def tiff(width=20, height=20):
    """Return a picture of two grey tones, as a scanner sends it."""
    lines = bytes((width + 7) // 8 * height) if width * height < 1000 else b""
    fields = [(256, width), (257, height), (258, 1), (259, 1), (262, 1), (273, 8)]
    table = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in fields)
    place = 8 + len(lines)
    return (
        b"II*\x00"
        + struct.pack("<L", place)
        + lines
        + struct.pack("<H", len(fields))
        + table
        + bytes(4)
    )


def rewritten(change):
    """Return the PDF after ``change`` worked on its ``pypdf.PdfWriter``."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked(user="mo", owner="chu"):
    return rewritten(lambda writer: writer.encrypt(user, owner))


def acting(kind, **details):
    """Return a PDF that does something when it is opened."""
    name, text = pypdf.generic.NameObject, pypdf.generic.TextStringObject
    action = pypdf.generic.DictionaryObject({name("/S"): name(f"/{kind}")})
    for key, value in details.items():
        action[name(f"/{key}")] = text(value)

    def change(writer):
        writer.root_object[name("/OpenAction")] = writer._add_object(action)

    return rewritten(change)


def remarked(contents=None, look=None, title=None):
    """Return a PDF with something stuck on it, as a viewer's stamps are."""
    kinds, name = pypdf.generic, pypdf.generic.NameObject
    form = {"/Type": "/XObject", "/Subtype": "/Form"}
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}

    def named(values):
        pairs = {name(key): name(value) for key, value in values.items()}
        return kinds.DictionaryObject(pairs)

    def numbers(*values):
        return kinds.ArrayObject(map(kinds.FloatObject, values))

    def change(writer):
        remark = named({"/Type": "/Annot", "/Subtype": "/Stamp"})
        remark[name("/Rect")] = numbers(10, 10, 100, 50)
        if contents:
            remark[name("/Contents")] = kinds.TextStringObject(contents)
        if look:
            drawn = kinds.DecodedStreamObject()
            drawn.set_data(b"BT /F1 12 Tf 5 5 Td (%s) Tj ET" % look)
            drawn.update(named(form))
            drawn[name("/BBox")] = numbers(0, 0, 90, 40)
            fonts = kinds.DictionaryObject({name("/F1"): named(font)})
            drawn[name("/Resources")] = kinds.DictionaryObject({name("/Font"): fonts})
            looks = {name("/N"): writer._add_object(drawn)}
            remark[name("/AP")] = kinds.DictionaryObject(looks)
        remarks = kinds.ArrayObject([writer._add_object(remark)])
        writer.pages[0][name("/Annots")] = remarks
        if title:
            writer.add_metadata({"/Title": title})

    return rewritten(change)


def undecoded():
    """Return a PDF whose letters are numbers of a font that does not tell them."""

    def change(writer):
        for part in writer._objects:
            if isinstance(part, pypdf.generic.DictionaryObject):
                part.pop("/ToUnicode", None)
                part.pop("/FontFile2", None)

    return rewritten(change)


def archive(parts, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def types(kind="wordprocessingml.document"):
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/'
        f'vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    )


def docx(*paragraphs, **parts):
    """Return a Word file; ``parts`` are further ones, with ``__`` for a slash."""
    text = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    body = f'<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'
    further = {name.replace("__", "/"): part for name, part in parts.items()}
    return archive(
        {"[Content_Types].xml": types(), "word/document.xml": body, **further}
    )


def header(text):
    return (
        f'<w:hdr xmlns:w="{WORD}" xmlns:v="urn:schemas-microsoft-com:vml"><w:p><w:r>'
        f'<w:pict><v:shape><v:textpath string="{text}"/></v:shape></w:pict>'
        "</w:r></w:p></w:hdr>"
    )


def xlsx(*cells):
    strings = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    return archive(
        {
            "[Content_Types].xml": types("spreadsheetml.sheet"),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>',
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
        }
    )


def image(kind="PNG", size=(20, 20)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind)
    return buffer.getvalue()


def vast_png():
    """Return a picture of 40,000 × 40,000 points in a few hundred bytes."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 100))
        + chunk(b"IEND", b"")
    )


def laughing():
    """Return a Word file whose entities unfold to a billion words."""
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    )
    return archive(
        {
            "[Content_Types].xml": types(),
            "word/document.xml": f"<!DOCTYPE d [{entities}]><d>&a9;</d>",
        }
    )


def stream_bomb():
    """Return a PDF whose list of parts unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1000))
    packed += packer.flush()
    return _with_stream(b"/Type/ObjStm/N 1/First 4", packed)


def _with_stream(entries, packed):
    start = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj\n"
    place = len(start)
    start += (
        b"2 0 obj<<%s/Filter/FlateDecode/Length %d>>stream\n" % (entries, len(packed))
        + packed
        + b"\nendstream endobj\n"
    )
    table = b"".join(
        struct.pack(">BIB", *row)
        for row in (
            (0, 0, 0),
            (1, 9, 0),
            (1, place, 0),
            (1, len(start), 0),
            *((2, 2, 0) for _ in range(6)),
        )
    )
    packed = zlib.compress(table)
    return (
        start
        + b"3 0 obj<</Type/XRef/W[1 4 1]/Size 10/Root 1 0 R/Filter/FlateDecode"
        + b"/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(start)
    )


def endless():
    """Return a PDF whose page draws itself, and its list of pages goes round."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/X Do\nendstream",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>"
        b">>/Length 11>>stream\n/X Do /X Do\nendstream",
    ]
    return written(objects)


def written(objects):
    """Return a PDF of the given objects, the first being its catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return (
        out
        + b"xref\n0 %d\n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(out))
    )


@cache
def hostile():
    """Return the files that are refused: what they are, name, bytes, cause."""
    office = archive({"a.txt": "a"})
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    flood = archive({"word/document.xml": bytes(80 << 20), "[Content_Types].xml": "x"})
    nested = docx("a", **{"word__embeddings__x.xlsx": flood})
    return [
        ("a program", "setup.exe", PROGRAM, "type"),
        ("a program renamed", "thong-bao.pdf", PROGRAM, "mismatch"),
        ("a program behind a double name", "thong-bao.exe.pdf", pdf(), "double"),
        ("nothing", "rong.pdf", b"", "empty"),
        ("too large", "to.pdf", b"%PDF-1.4\n" + bytes(31 << 20), "large"),
        ("an old Word file", "cong-van.doc", ole, "old"),
        ("an old Word file renamed", "cong-van.docx", ole, "old"),
        ("a PDF called DOCX", "cong-van.docx", pdf(), "mismatch"),
        ("an archive", "ho-so.zip", office, "type"),
        ("an archive renamed", "ho-so.docx", office, "mismatch"),
        ("a page of the web", "trang.html", b"<html><script>1</script>", "type"),
        ("a locked PDF", "khoa.pdf", locked(), "password"),
        (
            "a locked odd PDF",
            "khoa2.pdf",
            PDF.replace(b"/Root", b"/Encrypt 9 0 R/Root"),
            "password",
        ),
        (
            "a locked Word file",
            "khoa.docx",
            ole + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("an archive behind a PDF", "kep.pdf", pdf() + office, "polyglot"),
        ("a program behind a PDF", "kep2.pdf", pdf() + PROGRAM, "polyglot"),
        ("a page behind a PDF", "kep3.pdf", pdf() + b"<script>1</script>", "polyglot"),
        ("a page before a PDF", "kep4.pdf", b"<html></html>" + pdf(), "polyglot"),
        ("a program before a PDF", "kep5.pdf", b"MZ\x90\x00" + pdf(), "polyglot"),
        ("an archive behind a picture", "anh.png", image() + office, "polyglot"),
        (
            "a PDF with a script",
            "ma.pdf",
            acting("JavaScript", JS="app.alert(1)"),
            "active",
        ),
        (
            "a PDF that starts a program",
            "ma2.pdf",
            acting("Launch", F="cmd.exe"),
            "active",
        ),
        (
            "a PDF with a file in it",
            "ma3.pdf",
            rewritten(lambda w: w.add_attachment("a.exe", PROGRAM)),
            "active",
        ),
        (
            "a Word file with macros",
            "macro.docx",
            docx("a", **{"word__vbaProject.bin": b"x"}),
            "active",
        ),
        (
            "a Word file with an OLE object",
            "ole.docx",
            docx("a", **{"word__embeddings__oleObject1.bin": ole}),
            "active",
        ),
        (
            "an archive of programs in a Word file",
            "goi.docx",
            docx("a", **{"word__embeddings__x.zip": archive({"a.exe": PROGRAM})}),
            "active",
        ),
        ("a flood of zeros", "bom.docx", flood, "bomb"),
        ("a flood inside", "bom2.docx", nested, "bomb"),
        ("a billion words", "bom3.docx", laughing(), "bomb"),
        ("a PDF that unpacks without end", "bom4.pdf", stream_bomb(), "bomb"),
        ("a vast picture", "anh2.png", vast_png(), "pixels"),
        ("a vast picture of a scanner", "quet.tif", tiff(90_000, 90_000), "pixels"),
        ("a broken picture", "anh3.png", image()[:30], "broken"),
        ("a PDF cut off", "cut.pdf", pdf()[:-200], "broken"),
        ("a Word file cut off", "cut.docx", docx("a")[:-30], "broken"),
        ("a path", "../../etc/a.pdf", pdf(), "name"),
        ("a name turned round", "a\u202efdp.pdf", pdf(), "name"),
        ("a name with a NUL", "a\x00.pdf", pdf(), "name"),
        ("a name without end", "x" * 300 + ".pdf", pdf(), "long"),
    ]


STAMPED = {
    "alone on its line": "<p>MẬT</p>",
    "in a corner": "<table><tr><td>Số: 12/BC<td style='width: 9cm'><td>TỐI MẬT</table>",
    "letter-spaced": "<p>T U Y Ệ T &nbsp; M Ậ T</p>",
    "decomposed": "<p>MA\u0302\u0323T</p>",
    "without its marks": "<p>TUYET MAT</p>",
    "on the second page": f"{BODY}<p style='page-break-before: always'>TỐI MẬT</p>",
    "askew": "<p style='transform: rotate(-20deg); width: 4em'>MẬT</p>",
    "in two rows": "<div style='width: 4em'>TUYỆT<br>MẬT</div>",
}
HARMLESS = {
    "a title": "<h1>BẢO VỆ BÍ MẬT NHÀ NƯỚC</h1>",
    "a title in two rows": "<h1>KẾ HOẠCH CÔNG TÁC BẢO<br>MẬT</h1>",
    "sentences": "<p>Đổi mật khẩu. Không tiết lộ bí mật. Mật ong rừng.</p>",
    "a table's head": "<table><tr><td>Số</td><td>Độ<br>MẬT</td></tr></table>",
}
