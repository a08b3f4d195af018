"""The index of a dossier's package, with the names of Decree 30/2020, annex VI.  Pure.

Each field has the length that the annex gives; what is longer is cut with an ellipsis
and told of in ``Remarks``.  Days are written ``dd/mm/yyyy`` (ten characters).
"""

import re
from datetime import date

from lxml import etree

VERSION = "1.0"

FILE_FIELDS = (
    ("OrganId", "text", 13),
    ("FileCatalog", "number", 4),
    ("FileNotation", "text", 20),
    ("Title", "text", 500),
    ("Maintenance", "text", 30),
    ("Rights", "text", 30),
    ("Creator", "text", 30),
    ("Language", "text", 50),
    ("StartDate", "day", 10),
    ("EndDate", "day", 10),
    ("DocTotal", "number", 4),
    ("PageTotal", "number", 4),
    ("Description", "text", 500),
)
"""Of the dossier; ``FileCode`` is made of the first three."""

DOCUMENT_FIELDS = (
    ("DocOrdinal", "number", 3),
    ("TypeName", "text", 100),
    ("CodeNumber", "text", 11),
    ("CodeNotation", "text", 30),
    ("IssuedDate", "day", 10),
    ("OrganName", "text", 200),
    ("Subject", "text", 500),
    ("Language", "text", 30),
    ("PageAmount", "number", 3),
    ("Description", "text", 500),
)
"""Of a document, whether it arrived or left."""

INCOMING_FIELDS = (
    ("ArrivalDate", "day", 10),
    ("ArrivalNumber", "number", 10),
)

SIGNER_FIELDS = (("Position", "text", 100), ("FullName", "text", 50))

_UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def file_code(organ: str, year: int, notation: str) -> str:
    """Return the code of a dossier: identifier, year and notation.

    >>> file_code("000.00.00.G09", 2010, "01.TH")
    '000.00.00.G09.2010.01.TH'
    >>> file_code("", 2026, "01.VP")
    '2026.01.VP'
    """
    return ".".join(filter(None, (organ, str(year), notation)))


def split_reference(reference: str) -> tuple[str, str]:
    """Return number and notation of a symbol.

    >>> split_reference("120/TTr-VHTT"), split_reference("10/2014/QĐ-UBND")
    (('120', 'TTr-VHTT'), ('10', '2014/QĐ-UBND'))
    >>> split_reference("Không số")
    ('', 'Không số')
    """
    number, slash, rest = reference.partition("/")
    return (number, rest) if slash else ("", reference)


def day_text(day: date | None) -> str:
    """Write a day in ten characters.

    >>> day_text(date(2026, 8, 6)), day_text(None)
    ('06/08/2026', '')
    """
    return day.strftime("%d/%m/%Y") if day else ""


def fit(kind: str, value, limit: int) -> tuple[str, bool]:
    """Return a value as it is written, and whether it had to be cut.

    >>> fit("text", "Văn phòng", 6), fit("text", "Văn", 6)
    (('Văn p…', True), ('Văn', False))
    >>> fit("number", 12, 3), fit("number", 1234, 3), fit("number", None, 3)
    (('12', False), ('999', True), ('', False))
    """
    if kind == "day":
        return day_text(value), False
    if kind == "number":
        if value is None or value is False:
            return "", False
        most = 10**limit - 1
        return str(min(int(value), most)), int(value) > most
    text = " ".join(_UNREADABLE.sub("", str(value or "")).split())
    return (text[: limit - 1] + "…", True) if len(text) > limit else (text, False)


def build(
    dossier: dict, documents: list[dict], others: list[dict], remarks=()
) -> bytes:
    """Return the index.

    :param dossier: values by the names of ``FILE_FIELDS``
    :param documents: dicts with values by name; besides ``Direction`` (``in`` or
        ``out``), ``SignerInfo`` (a dict), ``To`` (dicts with OrganId and OrganName),
        ``ToPlaces``, ``TraceHeaderList``, ``Priority``, ``IssuedAmount``,
        ``DueDate`` and ``files``: (path, sha256, size, part played)
    :param others: files of the dossier itself, in the same form
    :param remarks: what else whoever reads it should know
    """
    notes = list(remarks)
    root = etree.Element("DossierPackage", version=VERSION)
    top = etree.SubElement(root, "File")
    code = file_code(
        fit("text", dossier.get("OrganId"), 13)[0],
        dossier.get("FileCatalog") or "",
        dossier.get("FileNotation") or "",
    )
    etree.SubElement(top, "FileCode").text = code
    _write(top, FILE_FIELDS, dossier, notes, "Hồ sơ")
    rows = etree.SubElement(root, "Documents")
    for document in documents:
        row = etree.SubElement(rows, "Document", direction=document["Direction"])
        etree.SubElement(row, "FileCode").text = code
        where = f"Văn bản {document.get('DocOrdinal')}"
        _write(row, DOCUMENT_FIELDS, document, notes, where)
        if document["Direction"] == "in":
            _write(row, INCOMING_FIELDS, document, notes, where)
        signer = etree.SubElement(row, "SignerInfo")
        _write(signer, SIGNER_FIELDS, document.get("SignerInfo") or {}, notes, where)
        if document["Direction"] == "out":
            for place in document.get("To") or ():
                to = etree.SubElement(row, "To")
                _write(
                    to,
                    (("OrganId", "text", 13), ("OrganName", "text", 200)),
                    place,
                    notes,
                    where,
                )
            more = (("Priority", "number", 1), ("IssuedAmount", "number", 3))
        else:
            more = (
                ("Priority", "number", 1),
                ("ToPlaces", "text", 1000),
                ("TraceHeaderList", "text", 100_000),
            )
        _write(row, (*more, ("DueDate", "day", 10)), document, notes, where)
        _files(row, document.get("files") or ())
    _files(root, others)
    if notes:
        said = etree.SubElement(root, "Remarks")
        for note in notes:
            etree.SubElement(said, "Remark").text = fit("text", note, 1000)[0]
    return _written(root)


def listing(name: str, child: str, rows: list[dict]) -> bytes:
    """Return rows of plain texts as XML: opinions, or the journal.

    >>> print(listing("Opinions", "Opinion", [{"Author": "A", "Body": "Đồng ý"}])
    ...       .decode())  # doctest: +ELLIPSIS
    <?xml version='1.0' encoding='UTF-8'?>
    <Opinions>
      <Opinion>
        <Author>A</Author>
        <Body>Đồng ý</Body>
      </Opinion>
    </Opinions>
    <BLANKLINE>
    """
    root = etree.Element(name)
    for row in rows:
        item = etree.SubElement(root, child)
        for key, value in row.items():
            text = _UNREADABLE.sub("", str(value or ""))
            etree.SubElement(item, key).text = text
    return _written(root)


def _write(parent, fields, values, notes, where):
    for name, kind, limit in fields:
        text, cut = fit(kind, values.get(name), limit)
        etree.SubElement(parent, name).text = text
        if cut:
            notes.append(f"{where}: {name} dài hơn {limit} ký tự, đã rút gọn.")


def _files(parent, files):
    held = etree.SubElement(parent, "Files")
    for path, checksum, size, part in files:
        etree.SubElement(
            held, "DataFile", path=path, sha256=checksum, size=str(size), part=part
        )


def _written(root):
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
