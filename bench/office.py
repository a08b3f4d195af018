"""The office as the filler sees it: who works where, read once through the ORM."""

from dataclasses import dataclass, field

from odoo.addons.qlvb_base.lib import clock

URGENCIES = ("normal", "urgent", "very_urgent", "express")


@dataclass(frozen=True)
class Unit:
    """A unit with a register of its own, and the people who act in it."""

    id: int
    symbol: str
    place: str
    clerk: int
    head: int
    router: int
    specialists: tuple[int, ...]
    fields: tuple[int, ...]
    calendar: object


@dataclass(frozen=True)
class Kind:
    """A kind of document: its abbreviation, and its time limits by urgency."""

    id: int
    code: str
    days: dict[str, int]


@dataclass(frozen=True)
class Watchers:
    """People whose work is measured, by what they see of a full database.

    Three specialists of agencies are kept apart from the ordinary distribution of
    work, so that one sees nothing, one three old papers and one a few hundred.
    """

    nothing: int
    old: int
    few: int
    head: int
    chief: int
    clerk: int

    @property
    def kept_apart(self):
        """Those who get no work by chance."""
        return {self.nothing, self.old, self.few}


@dataclass
class Office:
    """The committee, the units below it, and the kinds of documents they receive."""

    committee: Unit
    others: list[Unit]
    kinds: list[Kind]
    watchers: Watchers
    logins: dict[int, str] = field(default_factory=dict)

    def unit(self, unit_id):
        """The unit of that id."""
        return next(u for u in (self.committee, *self.others) if u.id == unit_id)


def read_office(env):
    """Read the office of the demo from its database.

    :param env: environment of the superuser
    :raises LookupError: the database holds no such office
    """
    posts = env["qlvb.position"].search([("date_to", "=", False)])
    by_unit = {}
    for post in posts:
        by_unit.setdefault(post.unit_id, {}).setdefault(post.role, []).append(
            post.user_id.id
        )
    read = {}
    for unit, roles in by_unit.items():
        if unit.receives and roles.get("head") and roles.get("clerk"):
            read[unit] = Unit(
                id=unit.id,
                symbol=unit.symbol,
                place=unit.name,
                clerk=roles["clerk"][0],
                head=roles["head"][0],
                router=roles.get("chief_of_office", roles["head"])[0],
                specialists=tuple(roles.get("specialist", ())),
                fields=tuple(
                    env["qlvb.work.field"].search([("unit_id", "=", unit.id)]).ids
                ),
                calendar=unit._calendar()._work_calendar(),
            )
    committees = [
        unit for unit in read if unit.kind == "committee" and not unit.parent_id
    ]
    if not committees:
        raise LookupError("the database holds no office to work in")
    committee = committees[0]
    others = [
        unit
        for record, unit in sorted(read.items(), key=lambda item: item[0].id)
        if record != committee
        and record.parent_path.startswith(committee.parent_path)
        and record.kind != "office"
        and len(unit.specialists) > 1
    ]
    watchers = Watchers(
        nothing=others[0].specialists[-1],
        old=others[1].specialists[-1],
        few=others[2].specialists[-1],
        head=others[3].head,
        chief=read[committee].router,
        clerk=read[committee].clerk,
    )
    kinds = [
        Kind(kind.id, kind.code or "", {u: kind._days_for(u) for u in URGENCIES})
        for kind in env["qlvb.document.type"].search([("is_legislative", "=", False)])
    ]
    return Office(
        read[committee],
        others,
        kinds,
        watchers,
        {user.id: user.login for user in posts.user_id},
    )


def today():
    """The day it is in the office."""
    return clock.today()
