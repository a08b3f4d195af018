"""What tells, in a line of text, that Article 3 keeps its paper out.

For papers that come in without anybody who declares what they are: e-mails, and
the rows of an old book.  Stricter than ``lib.marks``, which sees the stamps on
every paper: here a mark within a subject counts, too.  Pure; ``lib.admission``
knows the grounds.
"""

import re
import unicodedata

from odoo.addons.qlvb_base.lib.symbols import word_key

from .admission import ONE_STOP, PETITION, SECRET
from .marks import secrecy_mark

_MARK = r"tuyệt\s+mật|tối\s+mật|mật"
# The whole of a cell or line, with or without the word for it.
_ALONE = re.compile(
    rf"\W*(?:(?:độ|mức độ|dấu chỉ độ|văn bản|công văn|tài liệu)\s+)?(?:mật\s*:\s*)?"
    rf"(?:{_MARK})\W*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"[(\[{{<“\"]\s*(?:{_MARK})\s*[)\]}}>”\"]", re.IGNORECASE)
_LEADING = re.compile(rf"^\W*(?:{_MARK})\s*[:\-–—]", re.IGNORECASE)
# As a stamp stands; not in "BẢO MẬT", "BÍ MẬT NHÀ NƯỚC" or "MẬT KHẨU".
_STAMP = re.compile(
    r"(?<!BẢO )(?<!BÍ )(?<!CƠ )(?<!\w)(?:TUYỆT MẬT|TỐI MẬT|MẬT)"
    r"(?!\w)(?! (?:KHẨU|MÃ|ĐỘ|ONG|NGHỊ|THIẾT))"
)
_PETITIONS = (
    "don khieu nai",
    "don to cao",
    "don kien nghi",
    "don phan anh",
    "don thu khieu nai",
    "don thu to cao",
    "don thu kien nghi",
    "don khieu to",
)
_ONE_STOP = (
    "ho so mot cua",
    "giay tiep nhan ho so va hen tra ket qua",
    "phieu tiep nhan ho so mot cua",
)


def telltale(text: str) -> str | None:
    """Return the ground on which a line of text keeps its paper out, or ``None``.

    :param text: a subject, a cell of a book, the name of a file

    >>> telltale("MẬT"), telltale("Độ mật: Tối mật"), telltale("[Mật] V/v phòng thủ")
    ('secret', 'secret', 'secret')
    >>> telltale("Kế hoạch phòng thủ TUYỆT MẬT năm 2026"), telltale("T Ố I  M Ậ T")
    ('secret', 'secret')
    >>> telltale("Công tác BẢO MẬT, bảo vệ bí mật nhà nước; đặt lại mật khẩu")
    >>> telltale("Đơn khiếu nại của công dân"), telltale("Hồ sơ một cửa số 12")
    ('petition', 'one_stop')
    >>> telltale("Báo cáo kết quả giải quyết đơn khiếu nại")
    """
    stamped = secrecy_mark(text)
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text:
        return None
    if (
        stamped
        or _ALONE.fullmatch(text)
        or _LEADING.search(text)
        or _BRACKETED.search(text)
        or _STAMP.search(text)
    ):
        return SECRET
    words = word_key(text)
    if words.startswith(_PETITIONS):
        return PETITION
    if words.startswith(_ONE_STOP):
        return ONE_STOP
    return None


def first_telltale(texts) -> str | None:
    """Return the first ground that any of the lines of ``texts`` gives.

    >>> first_telltale(["Kính gửi: các đơn vị", "", "ĐỘ MẬT: MẬT"])
    'secret'
    >>> first_telltale(["Kính gửi: các đơn vị"])
    """
    for text in texts:
        for line in (text or "").splitlines():
            if ground := telltale(line):
                return ground
    return None
