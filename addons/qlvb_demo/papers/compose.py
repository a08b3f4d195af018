"""Composes a whole paper out of who writes what to whom about which topic."""

from random import Random

from .bodies import build
from .layout import ADDRESSEE_LABEL, render_pdf
from .paper import Paper, Signature
from .topics import topics
from .writer import Writer

TITLES = {
    "NQ": "NGHỊ QUYẾT",
    "QĐ": "QUYẾT ĐỊNH",
    "CT": "CHỈ THỊ",
    "QC": "QUY CHẾ",
    "TB": "THÔNG BÁO",
    "HD": "HƯỚNG DẪN",
    "CTr": "CHƯƠNG TRÌNH",
    "KH": "KẾ HOẠCH",
    "PA": "PHƯƠNG ÁN",
    "ĐA": "ĐỀ ÁN",
    "DA": "DỰ ÁN",
    "BC": "BÁO CÁO",
    "TTr": "TỜ TRÌNH",
    "CĐ": "CÔNG ĐIỆN",
    "GM": "GIẤY MỜI",
}
# Only letters, proposals, reports, invitations and telegrams name whom they go to
# above the text; for the others the list of recipients at the foot says it.
ADDRESSED = {"CV", "TTr", "BC", "GM", "CĐ"}
SUBORDINATE_KINDS = {"TTr", "BC"}


def compose(
    *,
    issuer,
    type_code,
    reference,
    dated,
    summary,
    topic,
    addressee,
    urgency="normal",
    seed=None,
):
    """Return the :class:`~.paper.Paper` that ``issuer`` wrote.

    :param issuer: :class:`~.issuers.Issuer`.
    :param type_code: code of the kind, as in Decree 30/2020 (``CV`` for a letter).
    :param reference: number and symbol.
    :param dated: ``datetime.date`` of the paper.
    :param summary: the abstract, without "V/v".
    :param topic: key of a topic in ``topics/*.toml``.
    :param addressee: full name of the receiving unit.
    :param urgency: ``normal``, ``urgent``, ``very_urgent`` or ``express``.
    :param seed: chooses sentences and figures; the reference, unless given.
    :raises KeyError: when there is no such topic.
    """
    seed = f"{issuer.name} {reference} {dated}" if seed is None else str(seed)
    dice = Random(seed)
    writer = Writer(issuer, topics()[topic], summary, addressee, dated, dice)
    capacity, name = issuer.sign(dice)
    return Paper(
        parent=issuer.parent,
        agency=issuer.agency,
        reference=reference,
        place=issuer.place,
        dated=dated,
        title=TITLES.get(type_code, ""),
        summary=summary,
        addressees=_addressees(issuer, type_code, addressee),
        addressee_label=_addressee_label(issuer, type_code),
        body=build(type_code, writer),
        recipients=_recipients(issuer, type_code, addressee, dice),
        signature=Signature(capacity, name),
        seal=issuer.seal,
        urgency=urgency,
        contact=issuer.contact,
        scanned=dice.random() < 0.6,
        seed=seed,
    )


def compose_draft(
    *,
    issuer,
    type_code,
    symbol,
    dated,
    summary,
    topic,
    addressee,
    addressees,
    recipients,
    signature,
    urgency="normal",
    seed,
):
    """Return the :class:`~.paper.Paper` that a drafter submits to be signed.

    :param symbol: what follows the number: ``/QĐ-UBND``.
    :param dated: ``datetime.date`` of the draft; of the paper only the year is known.
    :param addressees: full names of who is written to.
    :param recipients: lines of the list at the foot.
    :param signature: :class:`~.paper.Signature` of who is going to sign.

    The other parameters are those of :func:`compose`.
    """
    dice = Random(seed)
    writer = Writer(issuer, topics()[topic], summary, addressee, dated, dice)
    return Paper(
        parent=issuer.parent,
        agency=issuer.agency,
        reference=symbol,
        place=issuer.place,
        dated=dated,
        title=TITLES.get(type_code, ""),
        summary=summary,
        addressees=tuple(addressees) if type_code in ADDRESSED else (),
        addressee_label=_addressee_label(issuer, type_code),
        body=build(type_code, writer),
        recipients=tuple(recipients),
        signature=signature,
        seal=issuer.seal,
        urgency=urgency,
        seed=seed,
        draft=True,
    )


def compose_pdf(**values):
    """Return the PDF of :func:`compose` with the same arguments, as bytes."""
    return render_pdf(compose(**values))


def _addressees(issuer, type_code, addressee):
    if type_code not in ADDRESSED:
        return ()
    if issuer.level == "province" and type_code in ("CV", "CĐ"):
        return (addressee, "Các cơ quan, đơn vị có liên quan")
    return (addressee,)


def _addressee_label(issuer, type_code):
    if type_code != "CĐ":
        return ADDRESSEE_LABEL
    return f"{' '.join(issuer.agency)} điện:"


def _recipients(issuer, type_code, addressee, dice):
    above = {
        "province": ("TT Tỉnh ủy, TT HĐND tỉnh (b/c)", "Các sở, ngành liên quan"),
        "district": ("TT Huyện ủy, TT HĐND huyện (b/c)", "Các cơ quan liên quan"),
        "commune": ("TT Đảng ủy, TT HĐND xã (b/c)", "Các ngành, đoàn thể xã"),
        "other": ("Ban Giám đốc", "Các phòng chuyên môn"),
    }[issuer.level]
    lines = ["Như trên" if type_code in ADDRESSED else addressee]
    if type_code not in SUBORDINATE_KINDS or dice.random() < 0.5:
        lines.append(dice.choice(above))
    if issuer.level == "province":
        lines.append("Lãnh đạo cơ quan")
    drafter = dice.choice(("", ", TH", ", VX", ", KT")) if len(lines) > 2 else ""
    lines.append(f"Lưu: VT{drafter}")
    return tuple(lines)
