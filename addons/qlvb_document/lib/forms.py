"""How the forms of Decree 30/2020 write names and days.  Pure.

The words are Vietnamese because the law fixes them; they are not interface.
"""

COMMITTEE = "ỦY BAN NHÂN DÂN"

URGENCIES = {"urgent": "Khẩn", "very_urgent": "Thượng khẩn", "express": "Hỏa tốc"}

ROLES = {"lead": "chủ trì", "support": "phối hợp", "inform": "để biết"}

_ABOUT = ("về việc ", "v/v ", "v/v: ", "về ")


def short_day(day) -> str:
    """Write a day as the registers do: below ten, and January and February, padded.

    >>> from datetime import date
    >>> short_day(date(2014, 8, 6)), short_day(date(2015, 1, 12)), short_day(None)
    ('06/8/2014', '12/01/2015', '')
    """
    return f"{day.day:02d}/{month_text(day.month)}/{day.year}" if day else ""


def long_day(day) -> str:
    """Write a day in words, as beside the place name of a document.

    >>> from datetime import date
    >>> long_day(date(2014, 8, 6))
    'ngày 06 tháng 8 năm 2014'
    """
    return f"ngày {day.day:02d} tháng {month_text(day.month)} năm {day.year}"


def clock_time(moment) -> str:
    """Write the time of day: ``09 giờ 05``."""
    return f"{moment.hour:02d} giờ {moment.minute:02d}"


def month_text(month: int) -> str:
    """Write a month; January and February padded, so that no figure fits before.

    >>> month_text(2), month_text(8)
    ('02', '8')
    """
    return f"{month:02d}" if month < 3 else str(month)


def agency_lines(name: str) -> list[str]:
    """Return an agency's name as the heading shows it: capitals, a committee in two.

    >>> agency_lines("UBND xã Thắng")
    ['ỦY BAN NHÂN DÂN', 'XÃ THẮNG']
    >>> agency_lines("Phòng Tư pháp")
    ['PHÒNG TƯ PHÁP']
    """
    name = name.upper()
    for prefix in ("UBND ", f"{COMMITTEE} "):
        if name.startswith(prefix):
            return [COMMITTEE, name.removeprefix(prefix)]
    return [name]


def is_about(summary: str) -> bool:
    """Tell whether a summary goes on from the name of its kind: “về việc …”."""
    return summary.lower().startswith(_ABOUT)


def kind_and_summary(kind: str, summary: str) -> str:
    """Write kind and summary as column 6 of the register asks.

    >>> kind_and_summary("Tờ trình", "Về việc ban hành Quy chế")
    'Tờ trình về việc ban hành Quy chế'
    >>> kind_and_summary("Báo cáo", "Báo cáo kết quả quý III")
    'Báo cáo kết quả quý III'
    >>> kind_and_summary("Kế hoạch", "Chuyển đổi số năm 2026")
    'Kế hoạch: Chuyển đổi số năm 2026'
    """
    if is_about(summary):
        return f"{kind} {summary[:1].lower()}{summary[1:]}"
    if summary.lower().startswith(kind.lower()):
        return summary
    return f"{kind}: {summary}"


def named(kind: str, reference: str, day: str, issuer: str) -> str:
    """Name a document: kind, number and symbol, day (written out) and issuer.

    >>> named("Tờ trình", "120/TTr-VHTT", "ngày 06/8/2014", "Phòng VHTT")
    'Tờ trình số 120/TTr-VHTT ngày 06/8/2014 của Phòng VHTT'
    """
    return f"{kind} số {reference} {day} của {issuer}"


def named_in_full(kind: str, reference: str, day, issuer: str, summary: str) -> str:
    """Name a document with its summary, as the heading of a slip does.

    >>> from datetime import date
    >>> named_in_full("Tờ trình", "120/TTr-VHTT", date(2014, 8, 6), "Phòng VHTT",
    ...               "Về việc ban hành Quy chế")
    'Tờ trình số 120/TTr-VHTT ngày 06 tháng 8 năm 2014 của Phòng VHTT về việc ban hành Quy chế'
    """  # noqa: E501
    name = named(kind, reference, long_day(day), issuer)
    if is_about(summary):
        return f"{name} {summary[:1].lower()}{summary[1:]}"
    return f"{name}: {summary}"
