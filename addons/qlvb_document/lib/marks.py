"""What the text of a paper says about Article 3: secrecy marks, petitions.

Pure.  A stamp stands alone: ``MẬT`` on a line, in a corner or in a cell of its
own.  The word inside a sentence or a title (bảo mật, bí mật nhà nước) is none.
"""

import html
import re
import unicodedata

MARKS = {"tuyệt mật": "tuyet_mat", "tối mật": "toi_mat", "mật": "mat"}
"""The marks of the law on state secrets, gravest first, with their keys."""

# Two words are sure without their diacritics, one is not: "MAT" is also mắt, mặt,
# mát.  What follows is how the fonts of before Unicode (TCVN3, VNI) store them.
_OTHER_MARKS = {
    "tuyet mat": "tuyet_mat",
    "toi mat": "toi_mat",
    "tuyöt mët": "tuyet_mat",
    "tèi mët": "toi_mat",
    "mët": "mat",
    "tuyeät maät": "tuyet_mat",
    "toái maät": "toi_mat",
    "maät": "mat",
}
_ALL_MARKS = MARKS | _OTHER_MARKS
_JOINED = {mark.replace(" ", ""): key for mark, key in _ALL_MARKS.items()}

# Letters of other alphabets that look the same (Cyrillic, Greek), and what nobody
# sees: marks of direction, joiners, fillers, choosers of a letter's variant.
_ALIKE = str.maketrans("МТАОІУЕмтаоіуеΜΤΑΟΙΥΕο", "MTAOIYEmtaoiyeMTAOIYEo")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)

_COLUMNS = re.compile(r" {3,}|\t|\|")
_AROUND = " .:;,-–—_*()[]{}<>\"'“”‘’#=~"
_BRACKETED_FIRST = re.compile(r"\W*[(\[]([^()\[\]]{3,12})[)\]]")
_BRACKETED_LAST = re.compile(r"[(\[]([^()\[\]]{3,12})[)\]]\W*$")
_END = 60
"""Characters at the end of a line among which brackets are looked for: to look
for them everywhere takes the square of its length."""

_DEGREE = re.compile(r"^\W*(?:độ|mức độ|chế độ)\s+mật\s*[:–-]\s*([^.;,(]{3,12})$", re.I)
# A title or a narrow cell that breaks between two words: "… BẢO / MẬT",
# "ĐỘ / MẬT", "MẬT / KHẨU".
_BEFORE = ("bảo", "bí", "độ", "mức", "cơ")
_AFTER = ("khẩu", "mã", "ong", "độ", "vụ", "thư", "thám")

_KINDS = r"(?:kiến nghị|khiếu nại|khiếu tố|tố cáo|tố giác|phản ánh)"
_MENTION = re.compile(
    rf"\bđơn\s+(?:thư\s+)?{_KINDS}|\bđơn thư\b|\b(?:khiếu nại|tố cáo|khiếu tố)\b"
    r"|\b(?:kiến nghị|phản ánh)\s+của\s+"
    r"(?:các\s+|một số\s+)?(?:công dân|người dân|nhân dân|bà|ông|hộ)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(rf"^ĐƠN\s+(?:THƯ\s+)?{_KINDS.upper()}\b")
_HEADING_ALONE = re.compile(rf"^đơn\s+(?:thư\s+)?{_KINDS}(?:\s*,\s*{_KINDS})*$", re.I)
_HEADING_LINES = 15
_LETTER_SPACED = re.compile(r"(?:\S\s+){2,}\S")

_BREAKING = re.compile(
    r"<\s*/?(?:address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|h\d|header|hr|img|legend|li|main|nav|ol"
    r"|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^>]*>",
    re.IGNORECASE,
)
_SAID_IN_TAG = re.compile(r"\b(?:alt|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
"""What a picture says where it is not shown, or under the pointer."""

_TAG = re.compile(r"<[^>]*>")


def secrecy_mark(text: str) -> str | None:
    """Return the secrecy that a stamp in the text shows, or ``None``.

    >>> secrecy_mark("ỦY BAN NHÂN DÂN\\nMẬT\\nSố: 12/BC-UBND")
    'mat'
    >>> secrecy_mark("Số: 12/BC-UBND      TỐI MẬT"), secrecy_mark("T U Y Ệ T  M Ậ T")
    ('toi_mat', 'tuyet_mat')
    >>> secrecy_mark("TUYET MAT"), secrecy_mark("MAT"), secrecy_mark("TUYỆT\\nMẬT")
    ('tuyet_mat', None, 'tuyet_mat')
    >>> secrecy_mark("(MẬT) Báo cáo quân số"), secrecy_mark("Độ mật: Tối mật")
    ('mat', 'toi_mat')
    >>> secrecy_mark("М\u200bА\u0323\u0302\ufe0fΤ"), secrecy_mark("x" * 300 + " [MẬT].")
    ('mat', 'mat')
    >>> secrecy_mark("Quy định về bảo mật.\\nBÍ MẬT NHÀ NƯỚC\\nMật ong\\nMật khẩu")
    >>> secrecy_mark("KẾ HOẠCH CÔNG TÁC BẢO\\nMẬT"), secrecy_mark("Độ mật: Không")
    (None, None)
    """
    rows = [_pieces(line) if line else () for line in _plain(text).splitlines()]
    found = set()
    for number, row in enumerate(rows):
        if not row:
            continue
        marks = set(map(_mark_of, row))
        if "mat" in marks:
            before = rows[number - 1] if number else ()
            after = rows[number + 1] if number + 1 < len(rows) else ()
            above = set(map(_bare, before))
            if not above.isdisjoint(("tuyệt", "tuyet")):
                marks.add("tuyet_mat")
            elif not above.isdisjoint(("tối", "toi")):
                marks.add("toi_mat")
            elif _is_broken_word(before, after):
                marks.discard("mat")
        found |= marks
    return next((mark for mark in MARKS.values() if mark in found), None)


def mentions_petition(text: str) -> bool:
    """Tell whether the text speaks of a petition, complaint or denunciation.

    >>> mentions_petition("Báo cáo kết quả giải quyết đơn khiếu nại quý II")
    True
    >>> mentions_petition("Trả lời kiến nghị của công dân xã Mai Đình")
    True
    >>> mentions_petition("Kế hoạch tuyển quân năm 2015; kiến nghị, đề xuất")
    False
    """
    return bool(_MENTION.search(" ".join(_plain(text).split())))


def is_petition(text: str) -> bool:
    """Tell whether the paper is itself headed as a petition.

    >>> is_petition("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\n\\nĐƠN TỐ CÁO\\n")
    True
    >>> is_petition("ĐƠN\\nKHIẾU NẠI"), is_petition("Đơn kiến nghị")
    (True, True)
    >>> is_petition("BÁO CÁO\\nVề giải quyết đơn khiếu nại của bà A")
    False
    """
    lines = [" ".join(line.split()) for line in _plain(text).splitlines()]
    lines = list(filter(None, lines))[:_HEADING_LINES]
    for number, line in enumerate(lines):
        if _LETTER_SPACED.fullmatch(line):
            line = line.replace(" ", "")
        if line.strip(_AROUND).upper() in ("ĐƠN", "ĐƠN THƯ"):
            line = f"{line} {' '.join(lines[number + 1 : number + 2])}"
        if _HEADING.search(line) or _HEADING_ALONE.search(line.strip(_AROUND)):
            return True
    return False


def has_words(text: str) -> bool:
    """Tell whether there is enough text to judge a paper by it.

    A scan may carry a page number or the name of the scanner and nothing else.

    >>> has_words("CamScanner 1"), has_words("Về việc ban hành Quy chế " * 3)
    (False, True)
    """
    return sum(map(str.isalpha, text)) >= 40


def html_text(value: str) -> str:
    """Return the text of a message, a paragraph a line.

    >>> html_text("<p>M<b>Ậ</b>T</p><p>xin ý kiến &amp; trả lời</p>").split("\\n")
    ['', 'MẬT', '', 'xin ý kiến & trả lời', '']
    >>> html_text("Xin<hr>MẬT<section>trả lời</section><img alt='Dấu'>").split("\\n")
    ['Xin', 'MẬT', 'trả lời', '', '', 'Dấu']
    """
    # Behind the last “>” no tag ends: to look for its end at every “<” takes the
    # square of the length.
    end = value.rfind(">") + 1
    tags, rest = value[:end], value[end:]
    told = [first or second for first, second in _SAID_IN_TAG.findall(tags)]
    text = _TAG.sub("", _BREAKING.sub("\n", tags)) + rest
    return html.unescape("\n".join([text, *told]))


def _plain(text):
    # Other alphabets first: to their letters no mark of ours is composed.
    text = _UNSEEN.sub("", text).translate(_ALIKE)
    text = unicodedata.normalize("NFKC", text)
    return text.replace("\u00a0", " ")


def _pieces(line):
    """Return what stands for itself on a line: the line and each of its columns."""
    return list(dict.fromkeys((line, *_COLUMNS.split(line))))


def _bare(piece):
    return " ".join(piece.strip(_AROUND).split()).casefold()


def _mark_of(piece):
    """Return the mark that a piece of a line is, or ``None``."""
    degree = _DEGREE.search(piece)
    if degree:
        return MARKS.get(_bare(degree[1]))
    for bracketed in (
        _BRACKETED_FIRST.match(piece),
        _BRACKETED_LAST.search(piece[-_END:]),
    ):
        inner = bracketed[1] if bracketed else ""
        if inner.isupper() and _bare(inner) in _ALL_MARKS:
            return _ALL_MARKS[_bare(inner)]
    if len(piece) > 200:
        return None
    bare = _bare(piece)
    if bare in _ALL_MARKS:
        # One word in small letters is a word; two are a mark however written.
        sure = " " in bare or piece.upper() == piece or bare in ("mët", "maät")
        return _ALL_MARKS[bare] if sure else None
    if _LETTER_SPACED.fullmatch(bare) and piece.upper() == piece:
        return _JOINED.get("".join(bare.split()))
    return None


def _is_broken_word(before, after):
    """Tell whether the rows around make ``MẬT`` a part of another word."""
    return any(
        _bare(piece).split()[-1:] == [word] for piece in before for word in _BEFORE
    ) or any(_bare(piece).split()[:1] == [word] for piece in after for word in _AFTER)
