"""Who issues the papers of the demonstration: letterhead, symbol and signer.

The agencies bear the generic names that every province and district has; the people
who sign for them are invented.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

PROVINCE = "UBND TỈNH BẮC GIANG"
DISTRICT = "UBND HUYỆN HIỆP HÒA"

FAMILY_NAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Lý Đào Đoàn Trịnh Đinh Tạ Chu "
    "Hà Thân Giáp La Nghiêm Ong Khổng Mạc Phùng Quách Lưu Từ"
).split()
MIDDLE_NAMES = "Văn Đức Hữu Quang Minh Xuân Đình Công Thế Trọng Bá Huy Thị Thu".split()
GIVEN_NAMES = (
    "An Bách Cường Dũng Đạt Giang Hải Hiếu Hưng Khải Khánh Kiên Lâm Lực Nghĩa Nhân "
    "Phong Phúc Quý Sơn Tân Thành Thắng Thịnh Toàn Trung Tuấn Tùng Việt Vinh"
).split()
# With these middle names a given name from the list above would read as a man's.
WOMENS_GIVEN_NAMES = (
    "Bình Châu Duyên Hằng Hiền Hương Lan Liên Loan Mai Nga Ngân Nhung Oanh Phượng "
    "Quyên Thảo Thủy Trang Tuyết Vân Yến"
).split()


@dataclass(frozen=True)
class Issuer:
    """One agency as its papers show it.

    ``level`` (``province``, ``district``, ``commune`` or ``other``) decides how the
    text speaks of the area and of those below. ``symbol`` is the agency's part of the
    number; ``volume`` says how many papers of one series it issues in a year, which
    makes its numbers grow plausibly over the year.
    """

    name: str
    agency: tuple[str, ...]
    symbol: str
    parent: tuple[str, ...] = ()
    level: str = "province"
    place: str = "Bắc Giang"
    heads: tuple[str, ...] = ("GIÁM ĐỐC",)
    deputies: tuple[str, ...] = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    seal: tuple[str, str] = ("", "T. BẮC GIANG")
    contact: str = ""
    volume: int = 900
    signer: str = ""
    deputy: str = ""

    @property
    def authority(self):
        """Who decides, as it stands above the legal bases of a decision."""
        agency, head = " ".join(self.agency), self.heads[-1]
        if agency.startswith(("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")):
            return agency
        words = agency.split()
        # "TRƯỞNG PHÒNG" and "PHÒNG NỘI VỤ" share a word.
        for count in (2, 1):
            shared = " ".join(words[:count])
            if head.endswith(shared):
                return f"{head.removesuffix(shared)}{agency}"
        return f"{head} {agency}"

    def capacity(self, role):
        """Return the lines above a signature: of the head, a deputy, by order."""
        if role == "order":
            return (f"TL. {self.heads[-1]}", "CHÁNH VĂN PHÒNG")
        return self.deputies if role == "deputy" else self.heads

    def sign(self, dice):
        """Return ``(capacity lines, name)`` of who signs one paper.

        A deputy signs about every second paper where there is one.
        """
        if self.deputies and dice.random() < 0.45:
            return self.deputies, self.deputy or invented_name(f"{self.symbol} 2")
        return self.heads, self.signer or invented_name(f"{self.symbol} 1")


def invented_name(seed):
    """Return a Vietnamese name, always the same for one ``seed``."""
    dice = Random(f"name {seed}")
    middle = dice.choice(MIDDLE_NAMES)
    given = WOMENS_GIVEN_NAMES if middle in ("Thị", "Thu") else GIVEN_NAMES
    return f"{dice.choice(FAMILY_NAMES)} {middle} {dice.choice(given)}"


# What follows from where an agency stands; a table of issuers.toml may say otherwise.
GROUPS = {
    "department": {"parent": (PROVINCE,)},
    "local": {"level": "district", "place": "Hiệp Hòa", "volume": 320},
    "other": {},
}


@lru_cache(maxsize=1)
def outside_issuers():
    """Return the agencies outside the district's own units, by key."""
    tables = tomllib.loads(Path(__file__).with_name("issuers.toml").read_text("utf-8"))
    issuers = {}
    for group, defaults in GROUPS.items():
        for key, table in tables[group].items():
            values = defaults | {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in table.items()
            }
            stamp = values.pop("stamp", " ".join(values["agency"]))
            home = values.get("place", "Bắc Giang") == "Hiệp Hòa"
            values["seal"] = (stamp, "H. HIỆP HÒA" if home else "T. BẮC GIANG")
            issuers[key] = Issuer(**values)
    return issuers


def committee_of_commune(name, symbol, place, chairman, deputy):
    """Return the issuer of a commune's or town's people's committee.

    :param name: the unit's name, ``UBND xã Mai Đình``.
    """
    commune = name.removeprefix("UBND ").upper()
    return Issuer(
        name=name,
        agency=("ỦY BAN NHÂN DÂN", commune),
        parent=("HUYỆN HIỆP HÒA",),
        symbol=symbol,
        level="commune",
        place=place,
        heads=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        deputies=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        seal=(f"ỦY BAN NHÂN DÂN {commune}", "H. HIỆP HÒA"),
        volume=220,
        signer=chairman,
        deputy=deputy,
    )


def agency_of_district(name, symbol, head, deputy):
    """Return the issuer of one of the district's specialist agencies."""
    upper = name.upper()
    if upper.startswith("VĂN PHÒNG"):
        agency, capacity = ("VĂN PHÒNG HĐND-UBND",), "CHÁNH VĂN PHÒNG"
    elif upper.startswith("THANH TRA"):
        agency, capacity = (upper,), "CHÁNH THANH TRA"
    else:
        agency, capacity = _break_line(upper), "TRƯỞNG PHÒNG"
    return Issuer(
        name=name,
        agency=agency,
        parent=(DISTRICT,),
        symbol=symbol,
        level="district",
        place="Hiệp Hòa",
        heads=(capacity,),
        deputies=(f"KT. {capacity}", f"PHÓ {capacity}"),
        seal=(upper.replace(" HUYỆN HIỆP HÒA", ""), "H. HIỆP HÒA"),
        volume=290,
        signer=head,
        deputy=deputy,
    )


def committee_of_district(chairman, deputy):
    """Return the issuer of the district's people's committee."""
    return Issuer(
        name="UBND huyện Hiệp Hòa",
        agency=("ỦY BAN NHÂN DÂN", "HUYỆN HIỆP HÒA"),
        symbol="UBND",
        level="district",
        place="Hiệp Hòa",
        heads=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        deputies=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        seal=("ỦY BAN NHÂN DÂN HUYỆN HIỆP HÒA", "T. BẮC GIANG"),
        volume=1400,
        signer=chairman,
        deputy=deputy,
    )


def _break_line(name):
    """Break a long agency name at its dash or "VÀ" so that it fits the letterhead."""
    if len(name) > 30 and " - " in name:
        front, back = name.split(" - ", 1)
        return (f"{front} -", back)
    if len(name) > 24 and " VÀ " in name:
        front, back = name.rsplit(" VÀ ", 1)
        return (front, f"VÀ {back}")
    return (name,)
