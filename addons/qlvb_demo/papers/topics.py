"""The subjects that papers speak about: sentences of our own with open slots.

The texts lie in ``topics/*.toml``. A slot is written in braces:

``{12..40}``      a number, drawn anew each time
``{day}``         the paper's own date; ``{day+7}`` and ``{day-3}`` are days away
``{year}``        the year of the paper
``{commune}``     one of the communes
``{area}``        "trên địa bàn tỉnh", "… huyện" or "… xã", as the issuer stands;
                  ``{area_name}`` and ``{area_cap}`` are its noun and its sentence form
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

COMMUNES = (
    "Thắng, Đồng Tân, Thanh Vân, Hoàng Lương, Hoàng Vân, Hoàng Thanh, Hoàng An, Ngọc "
    "Sơn, Thái Sơn, Hòa Sơn, Đức Thắng, Quang Minh, Lương Phong, Hùng Sơn, Đại Thành, "
    "Thường Thắng, Hợp Thịnh, Danh Thắng, Mai Trung, Đoan Bái, Bắc Lý, Xuân Cẩm, Hương "
    "Lâm, Đông Lỗ, Châu Minh, Mai Đình"
).split(", ")
AREA_NAMES = {
    "province": "tỉnh",
    "district": "huyện",
    "commune": "xã",
    "other": "huyện",
}
# Sentences are written for a district; what these words count is fewer in a commune.
_COUNTED = re.compile(
    r" (lễ hội|thôn|hộ|ha|km|thửa|trường|giấy|đối tượng|suất|nhà|nghìn|tỷ|triệu đồng|"
    r"người|thanh niên|mũi|trẻ|lượt|cơ sở|khẩu|ngày công|điểm|hội nghị|lao động|ca|"
    r"công trình|phòng|biển|tổ|bộ|doanh nghiệp|trường hợp|xã, thị trấn|con|liều|mét)\b"
)
COMMUNE_SHARE = 12
_SLOT = re.compile(r"\{(?:(\d+)\.\.(\d+)|day([+-]\d+)?|([a-z_]+))\}")


@dataclass(frozen=True)
class Topic:
    """What can be said about one subject, sorted by its use in a paper."""

    name: str
    bases: tuple[str, ...]
    context: tuple[str, ...]
    measures: tuple[str, ...]
    results: tuple[str, ...]
    problems: tuple[str, ...]


@lru_cache(maxsize=1)
def topics():
    """Return all topics by their key."""
    found = {}
    for path in sorted(Path(__file__).with_name("topics").glob("*.toml")):
        for key, table in tomllib.loads(path.read_text("utf-8")).items():
            found[key] = Topic(
                **{
                    name: tuple(value) if isinstance(value, list) else value
                    for name, value in table.items()
                }
            )
    return found


def fill(sentence, dice, dated, level):
    """Return ``sentence`` with its slots filled.

    :param dice: the ``random.Random`` of the paper.
    :param dated: the date of the paper.
    :param level: level of the issuer, see :class:`~.issuers.Issuer`.
    :raises KeyError: for a slot that does not exist.
    """
    area = AREA_NAMES[level]
    words = {
        "year": str(dated.year),
        "commune": dice.choice(COMMUNES),
        "area": f"trên địa bàn {area}",
        "area_cap": f"Toàn {area}",
        "area_name": area,
    }

    def replace(match):
        low, high, shift, word = match.groups()
        if low:
            number = dice.randint(int(low), int(high))
            if level == "commune" and _COUNTED.match(sentence, match.end()):
                number = max(2, round(number / COMMUNE_SHARE))
            return group_digits(number)
        if word and word != "day":
            return words[word]
        return f"{dated + timedelta(days=int(shift or 0)):%d/%m/%Y}"

    return _SLOT.sub(replace, sentence)


def group_digits(number):
    """Write a number with points between the thousands, as Vietnamese does."""
    return f"{number:,}".replace(",", ".")
