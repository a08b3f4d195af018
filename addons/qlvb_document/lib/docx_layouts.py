"""The layouts of documents as Decree 30/2020 draws them (Annex III), described to read.

Each is a list of parts; the words in double braces are filled in from the record, the
rest is the drafter's to write over.  ``docx_builder`` makes Word files of them.
Pure data.  The words are Vietnamese because the law fixes them.
"""

from dataclasses import dataclass

FIELDS = (
    "co_quan_chu_quan co_quan ten_co_quan ky_hieu dia_danh ten_loai trich_yeu v_viec "
    "tham_quyen kinh_gui quyen_han nguoi_ky noi_nhan do_khan"
).split()
"""What a template may name; ``qlvb.template`` says what each means."""

BLANK = "        "
NUMBER = "Số:" + BLANK + "{{ ky_hieu }}"
DATE = "{{ dia_danh }}, ngày" + BLANK + "tháng" + BLANK + "năm" + " " * 10


@dataclass(frozen=True)
class Style:
    """How a paragraph looks: sizes in points, lengths in millimetres."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "center"
    before: float = 0
    after: float = 0
    indent: float = 0
    left: float = 0
    line: float = 1.0


STYLES = {
    "parent": Style(13),
    "agency": Style(13, bold=True),
    "nation": Style(12, bold=True),
    "motto": Style(13, bold=True),
    "number": Style(13, before=6),
    "about": Style(12),
    "date": Style(13, italic=True, before=6),
    "urgent": Style(13, bold=True, before=6),
    "title": Style(14, bold=True, before=18),
    "abstract": Style(14, bold=True),
    "addressee": Style(14, before=12, after=12, align="left", left=30),
    "authority": Style(14, bold=True, before=6, after=6),
    "grounds": Style(14, italic=True, align="justify", after=6, indent=10),
    "text": Style(14, align="justify", after=6, indent=10, line=1.15),
    "plain": Style(14, align="left", after=6, indent=10, line=1.15),
    "section": Style(14, bold=True, align="left", after=6, indent=10),
    "order": Style(14, bold=True, before=6, after=6),
    "to_label": Style(12, bold=True, italic=True, align="left"),
    "to": Style(11, align="left"),
    "signature": Style(14, bold=True),
    "attached": Style(14, italic=True),
}


@dataclass(frozen=True)
class Text:
    """A paragraph.

    :param style: name of its style
    :param words: what it says
    :param lead: words before them, in bold
    :param when: the field without which it is left out
    """

    style: str
    words: str = ""
    lead: str = ""
    when: str = ""


@dataclass(frozen=True)
class Rule:
    """A line below what stands above it: how long, in millimetres."""

    length: float


@dataclass(frozen=True)
class Columns:
    """Two columns without borders: their widths, and the parts in each."""

    widths: tuple
    left: tuple
    right: tuple


@dataclass(frozen=True)
class NewPage:
    """What follows stands on a page of its own."""


def _head(*below_number):
    """Boxes 1 to 4: nation and motto, agency, number, place and date."""
    return (
        Columns(
            (65, 95),
            (
                Text("parent", "{{ co_quan_chu_quan }}", when="co_quan_chu_quan"),
                Text("agency", "{{ co_quan }}"),
                Rule(25),
            ),
            (
                Text("nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                Text("motto", "Độc lập - Tự do - Hạnh phúc"),
                Rule(61),
            ),
        ),
        Columns(
            (65, 95),
            (
                Text("number", NUMBER),
                *below_number,
                Text("urgent", "{{ do_khan }}", when="do_khan"),
            ),
            (Text("date", DATE),),
        ),
    )


def _foot(*signature):
    """Boxes 7 and 9b: signature on the right, recipients on the left."""
    return (
        Columns(
            (75, 85),
            (Text("to_label", "Nơi nhận:"), Text("to", "{{ noi_nhan }}")),
            signature
            or (
                Text("signature", "{{ quyen_han }}"),
                Text("signature", "\n\n\n"),
                Text("signature", "{{ nguoi_ky }}"),
            ),
        ),
    )


_TITLE = (
    Text("title", "{{ ten_loai }}"),
    Text("abstract", "{{ trich_yeu }}"),
    Rule(45),
)
_ADDRESSEE = Text("addressee", "Kính gửi: {{ kinh_gui }}", when="kinh_gui")
_DECIDES = (
    Text("authority", "{{ tham_quyen }}"),
    Text("grounds", "Căn cứ …………;"),
    Text("grounds", "Theo đề nghị của …………."),
    Text("order", "QUYẾT ĐỊNH:"),
)

LAYOUTS = {
    "decision": (
        *_head(),
        *_TITLE,
        *_DECIDES,
        Text("text", "…………", "Điều 1. "),
        Text("text", "Quyết định này có hiệu lực kể từ ngày ký.", "Điều 2. "),
        Text(
            "text",
            "………… và các cơ quan, đơn vị, cá nhân có liên quan chịu trách nhiệm thi "
            "hành Quyết định này./.",
            "Điều 3. ",
        ),
        *_foot(),
    ),
    "decision_attached": (
        *_head(),
        *_TITLE,
        *_DECIDES,
        Text("text", "Ban hành kèm theo Quyết định này …………", "Điều 1. "),
        Text("text", "Quyết định này có hiệu lực kể từ ngày ký.", "Điều 2. "),
        Text(
            "text",
            "………… và các cơ quan, đơn vị, cá nhân có liên quan chịu trách nhiệm thi "
            "hành Quyết định này./.",
            "Điều 3. ",
        ),
        *_foot(),
        NewPage(),
        *_head()[:1],
        Text("title", "QUY CHẾ (QUY ĐỊNH, KẾ HOẠCH …)"),
        Text("abstract", "…………"),
        Text(
            "attached",
            "(Kèm theo Quyết định số" + BLANK + "{{ ky_hieu }} ngày" + BLANK + "tháng"
            "" + BLANK + "năm" + " " * 10 + "của {{ ten_co_quan }})",
        ),
        Rule(45),
        Text("section", "Chương I"),
        Text("text", "…………", "Điều 1. "),
    ),
    "named": (
        *_head(),
        *_TITLE,
        _ADDRESSEE,
        Text("text", "…………"),
        Text("section", "I. …………"),
        Text("text", "…………"),
        Text("section", "II. …………"),
        Text("text", "………../."),
        *_foot(),
    ),
    "letter": (
        *_head(Text("about", "V/v {{ v_viec }}")),
        _ADDRESSEE,
        Text("text", "…………"),
        Text("text", "………../."),
        *_foot(),
    ),
    "invitation": (
        *_head(),
        *_TITLE,
        Text("plain", "{{ ten_co_quan }} trân trọng kính mời: {{ kinh_gui }}"),
        Text("text", "Tới dự: {{ trich_yeu }}"),
        Text("text", "Chủ trì: …………"),
        Text("text", "Thời gian: ……… giờ ………, ngày ……… tháng ……… năm ………"),
        Text("text", "Địa điểm: …………"),
        Text("text", "Thành phần và nội dung: …………/."),
        *_foot(),
    ),
    "minutes": (
        *_head(),
        *_TITLE,
        Text("text", "Thời gian bắt đầu: …………"),
        Text("text", "Địa điểm: …………"),
        Text("text", "Thành phần tham dự: …………"),
        Text("text", "Chủ trì (chủ tọa): …………"),
        Text("text", "Thư ký (người ghi biên bản): …………"),
        Text("text", "Nội dung (theo diễn biến cuộc họp): …………"),
        Text(
            "text",
            "Cuộc họp (hội nghị, hội thảo) kết thúc vào ……… giờ ………, ngày ……… tháng "
            "……… năm ………/.",
        ),
        Columns(
            (80, 80),
            (
                Text("signature", "THƯ KÝ"),
                Text("signature", "\n\n\n"),
                Text("signature", "…………"),
            ),
            (
                Text("signature", "CHỦ TỌA"),
                Text("signature", "\n\n\n"),
                Text("signature", "{{ nguoi_ky }}"),
            ),
        ),
        Text("to_label", "Nơi nhận:"),
        Text("to", "{{ noi_nhan }}"),
    ),
}
