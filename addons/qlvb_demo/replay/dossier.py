"""One work dossier of the demonstration, with what became of it.

The entries lie in ``entries/dossiers_*.toml`` and, of the story, in ``story.toml``.
Each table has these keys:

``paper``           the incoming paper on which it was opened: its key, its day of
                    arrival or its issuer, whichever names exactly one
``title``           the dossier's title; where the year's list has an entry of this
                    title, it is opened from there
``kind``            kind of dossier, if not what :data:`KINDS` finds in the title
``ago``             in the running year: opened so many working days back from today
``due``             in the running year: working days from today to its deadline,
                    below 0 for a late one; else ``days`` from its opening
``since``           in the running year: working days back from today of the last step
``opener``          who opens, assigns and closes it, if not the Chief of Office
``lead``            slug of the unit, if not the paper's
``who``             its specialist (``cv1``), or ``head``, who keeps it
``direct``          the specialist is charged in person, not the unit
``support``         slugs of units that the responsible proposes, if not the paper's
``declined``        slugs of units that are proposed and declined
``order``           what is to be done, if not what was directed on the paper
``put``             further papers that the opener puts in
``reply``           key of the issued document that is its result
``result``          opinion of the responsible, if not the paper's result
``opinions``        opinions of the supporters by slug, where they matter
``time``            more time was ``granted`` or ``refused``
``urged``           the opener urged
``wrong``, ``reason``  the unit charged first by mistake, and why it returned it
``back``            why the completed dossier was sent back
``again``           why the closed dossier was reopened
``close``           word on closing
``fate``            where it rests, see :data:`FATES`
"""

import re
from dataclasses import dataclass, field
from datetime import date
from random import Random

from .acts import Act, head_login
from .dossier_list import YearList, load_lists
from .entry import Entry
from .offices import units
from .tables import last_day, placed, read, work_calendar

KINDS = (
    ("regulation", "quy chế"),
    ("emergency", "dịch |bão|đê điều|sạt lở|cháy|rét|lụt|bệnh "),
    ("budget", "dự toán|ngân sách|quyết toán|tạm ứng"),
    ("land", "mặt bằng|đất |đất đai|quy hoạch|đổi thửa"),
    ("emulation", "thi đua|khen thưởng|danh hiệu"),
    ("personnel", "cán bộ|công chức|biên chế|giáo viên|vị trí việc làm"),
    ("archives", "phần mềm|công nghệ thông tin|thông tin|lưu trữ|dữ liệu|tài khoản"),
    ("investment", "xây|sửa chữa|công trình|trụ sở|cải tạo|kênh|đường liên thôn"),
    ("inspection", "thanh tra|kiểm tra|vi phạm|lấn chiếm|giám sát"),
    ("meeting", "hội nghị|kỳ họp|đại hội"),
    ("report_year", "sơ kết|tổng kết"),
    ("consultation", "góp ý"),
)
FATES = {
    "draft": "opened, to be assigned",
    "returned": "returned by the wrong unit, to be assigned again",
    "assigned": "assigned, not yet accepted",
    "passed": "passed on to the specialist, who has not accepted yet",
    "in_progress": "with the specialist",
    "proposed": "support proposed, to be decided on",
    "asked": "supporters have yet to answer",
    "answered": "all supporters answered, the responsible is to finish",
    "asks_time": "the responsible unit asks for more time",
    "to_look": "the specialist's part is done, the head is to look at it",
    "completed": "completed, to be closed",
    "redo": "sent back or reopened, worked on again",
    "closed": "closed, completed within the deadline",
    "late": "closed, completed after the deadline",
}


@dataclass(frozen=True)
class Dossier:
    """One dossier with its fate; the module explains the fields."""

    key: str
    paper: Entry
    title: str
    kind: str
    entry: str
    lead: str
    who: str
    on: date
    days: int = 0
    deadline: date | None = None
    rests_on: date | None = None
    opener: str = "chanhvp"
    direct: bool = False
    support: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    order: str = ""
    put: tuple[str, ...] = ()
    reply: str = ""
    result: str = ""
    opinions: dict = field(default_factory=dict)
    time: str = ""
    urged: bool = False
    wrong: str = ""
    reason: str = ""
    back: str = ""
    again: str = ""
    close: str = ""
    fate: str = "closed"

    @property
    def responsible(self):
        """The login of who works on it."""
        if self.who == "head":
            return head_login(self.lead)
        return f"{self.who}.{self.lead}"


@dataclass(frozen=True)
class DossierAct(Act):
    """An act on a dossier.

    ``papers`` are the keys of documents that are put in, ``units`` those on whose
    support is decided; ``count`` says how many of the first tasks are ticked.
    """

    papers: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Dossiers:
    """All dossiers: of the past year, and of the slice of the running one."""

    year: tuple[Dossier, ...]
    running: tuple[Dossier, ...]
    lists: dict[int, YearList]

    @classmethod
    def load(cls, catalogue, now):
        """Read all entries.

        :param catalogue: what arrives and leaves, :class:`~.entry.Catalogue`
        :param now: the present moment on Hà Nội's wall clock (naive)
        :raises ValueError: for an entry that cannot be
        """
        year = read("story.toml", "dossier") + read("dossiers_2014*.toml", "dossier")
        running = [
            set_in_time(table, now)
            for table in read("dossiers_running.toml", "dossier")
        ]
        leaving, lists = catalogue.leaving, load_lists(now)
        return cls(
            year=dossiers(year, catalogue.year, leaving.year, lists),
            running=dossiers(running, catalogue.running, leaving.running, lists),
            lists=lists,
        )


def set_in_time(table, now):
    """Return a table of the running year with the days that it means."""
    last = last_day(now)
    calendar = work_calendar(now.year - 1, now.year, now.year + 1)
    table = placed(table, now)
    table["title"] = table["title"].replace("{year}", str(table["on"].year))
    if "due" in table:
        table["deadline"] = max(calendar.add(last, table.pop("due")), table["on"])
    if "since" in table:
        table["rests_on"] = calendar.add(last, -table.pop("since"))
    return table


def dossiers(tables, papers, leavings, lists):
    """Turn tables into dossiers on these papers; the module explains the keys."""
    replies = {one.reply: one.key for one in leavings if one.reply}
    found = []
    for number, table in enumerate(tables):
        values = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in table.items()
        }
        paper = _paper(values.pop("paper"), papers)
        key = f"dossier_{paper.received:%Y_%m_%d}_{number:03d}"
        key = values.pop("key", key)
        put = values.get("put", ())
        values["put"] = tuple(_paper(name, papers).key for name in put)
        values["on"] = max(values.get("on", paper.received), paper.received)
        title, year = values["title"], values["on"].year
        values.setdefault("kind", _kind(title, paper))
        values["entry"] = lists[year].key_of(title) if year in lists else ""
        lead = values.setdefault("lead", paper.lead)
        if lead == paper.lead:
            values.setdefault("who", paper.who)
            values.setdefault("reply", replies.get(paper.key, ""))
            if paper.received.year == 2014:
                values.setdefault("support", paper.support)
        values.setdefault("order", paper.direction)
        values.setdefault("result", paper.result)
        values.setdefault("who", Random(key).choice(("cv1", "cv2")))
        dossier = Dossier(key=key, paper=paper, **values)
        _check(dossier)
        found.append(dossier)
    return tuple(found)


def _paper(name, papers):
    """Return the paper of that key, day of arrival or issuer."""
    fits = [one for one in papers if name in (one.key, one.received, one.issuer)]
    fits = [one for one in fits if one.key == name] or fits
    if len(fits) != 1:
        raise ValueError(f"{name} names {len(fits)} papers")
    return fits[0]


def _kind(title, paper):
    """Return the kind that the title tells, or else who wrote the paper."""
    for kind, words in KINDS:
        if re.search(words, title.lower()):
            return kind
    return "proposal" if paper.issuer in units() else "higher"


def _check(dossier):
    if dossier.fate not in FATES:
        raise ValueError(f"{dossier.key}: no such fate {dossier.fate!r}")
    if dossier.wrong in ("", dossier.lead) and dossier.fate == "returned":
        raise ValueError(f"{dossier.key}: no wrong unit")
    if bool(dossier.wrong) != bool(dossier.reason):
        raise ValueError(f"{dossier.key}: returned without a reason, or by nobody")
    if dossier.fate == "redo" and not (dossier.back or dossier.again):
        raise ValueError(f"{dossier.key}: neither sent back nor reopened")
    named = {dossier.lead, *dossier.support, *dossier.declined}
    if named - units().keys():
        raise ValueError(f"{dossier.key}: unknown units {named - units().keys()}")
    if dossier.lead in (*dossier.support, *dossier.declined):
        raise ValueError(f"{dossier.key}: the lead supports itself")
    if dossier.direct and dossier.who == "head":
        raise ValueError(f"{dossier.key}: a head is charged as the unit")
