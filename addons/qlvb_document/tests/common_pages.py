"""Pages of documents as offices write them, and a signature to put on them."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.28, 841.89)
NUMBER = "Số:        /QĐ-UBND"
DATE = "Hiệp Hòa, ngày      tháng      năm 2014"


def page_pdf(
    number=NUMBER, day=DATE, size=A4, *, turn=0, crop=None, pages=1, more=None
):
    """Return a PDF with the head of a document on its first page.

    :param number: what stands where the number belongs
    :param day: what stands where the date belongs
    :param size: of the page as it is shown
    :param turn: by how much the page is turned when it is shown
    :param crop: margins of the page itself that are cut off: left, low, right, high
    :param more: draws more on the first page, given the canvas
    """
    _register_fonts()
    written = io.BytesIO()
    # The canvas swaps the sides of a turned page by itself.
    canvas = Canvas(written, pagesize=size, invariant=True)
    width, height = size if turn in (0, 180) else size[::-1]
    canvas.saveState()
    if crop:
        canvas.setCropBox((crop[0], crop[1], width - crop[2], height - crop[3]))
    if turn:
        # So that who looks at the turned page reads it upright.
        canvas.setPageRotation(turn)
        canvas.transform(*_upright(turn, width, height))
    width, height = size
    scale = min(1, width / A4[0])
    canvas.translate(0, height - 850 * scale)
    canvas.scale(scale, scale)
    _draw_head(canvas, number, day)
    canvas.restoreState()
    if more:
        more(canvas)
    for other in range(2, pages + 1):
        canvas.showPage()
        canvas.setFont("Serif", 13)
        canvas.drawString(90, 700, f"Trang {other}")
    canvas.save()
    return written.getvalue()


def _draw_head(canvas, number, day):
    canvas.setFont("Serif", 13)
    canvas.drawCentredString(170, 770, "ỦY BAN NHÂN DÂN HUYỆN HIỆP HÒA")
    canvas.drawCentredString(430, 770, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.drawString(110, 735, number)
    canvas.setFont("SerifItalic", 13)
    canvas.drawString(320, 735, day)
    canvas.setFont("Serif", 13)
    canvas.drawCentredString(300, 700, "QUYẾT ĐỊNH")
    canvas.drawString(
        90, 670, "Căn cứ Luật Tổ chức HĐND và UBND ngày 26 tháng 11 năm 2003;"
    )


def _upright(turn, width, height):
    return {
        90: (0, 1, -1, 0, width, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, height),
    }[turn]


@cache
def _register_fonts():
    folder = "/usr/share/fonts/truetype/liberation2/LiberationSerif-"
    for name, kind in (("Serif", "Regular"), ("SerifItalic", "Italic")):
        pdfmetrics.registerFont(TTFont(name, f"{folder}{kind}.ttf"))


def scan_pdf():
    """Return a page of A4 that is a picture and nothing else."""
    written = io.BytesIO()
    Image.new("L", (827, 1169), 255).save(written, "PDF", resolution=100)
    return written.getvalue()


@cache
def _signer():
    """Return a signer with a certificate made by himself, and that certificate."""
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test signer")])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_cert_sign=True,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate = asn1.Certificate.load(made.public_bytes(Encoding.DER))
    store = SimpleCertificateStore()
    store.register(certificate)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )
    return signer, certificate


def signed_by_person(content, field="NguoiKy"):
    """Return the PDF with a PAdES signature, as a person's own program makes it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    written = io.BytesIO()
    sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)),
        PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES),
        signer=_signer()[0],
        output=written,
    )
    return written.getvalue()


def signatures_of(content):
    """Return what a reader of signatures says of each in the PDF."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=[_signer()[1]])
    return [
        validate_pdf_signature(signature, context)
        for signature in PdfFileReader(io.BytesIO(content)).embedded_signatures
    ]
