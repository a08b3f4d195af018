from datetime import datetime, time, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..lib import clock, halfdays


class Hole(NamedTuple):
    """A time in which nobody acts for a unit's head, in UTC."""

    unit: object
    start: datetime
    end: datetime


class QlvbAbsenceAlarm(models.AbstractModel):
    """A head who is away leaves nobody to act: the alarm (Article 5.3d).

    A hole is working time in which a unit's head is away and no delegation is in
    force, or its delegate is away too.  Head, deputies and the Chief of Office are
    told on the working day before and once on every working day of it; the list of
    holes is computed and is empty again the moment somebody is delegated to.
    """

    _name = "qlvb.absence.alarm"
    _description = "Alarm about an Absent Head"

    is_uncovered = fields.Boolean(
        "Without a delegate",
        compute="_compute_uncovered",
        search="_search_is_uncovered",
    )
    uncovered_text = fields.Text(
        "Nobody acts for the head", compute="_compute_uncovered"
    )
    can_delegate = fields.Boolean(
        compute="_compute_uncovered", export_string_translation=False
    )

    @api.depends("user_id", "date_from", "from_half", "date_to", "to_half", "active")
    @api.depends_context("uid", "lang")
    def _compute_uncovered(self):
        holes = self._holes()
        for absence in self:
            found = holes.get(absence, [])
            absence.is_uncovered = bool(found)
            absence.uncovered_text = "\n".join(
                self.env._(
                    "%(unit)s: nobody acts for the head %(period)s.",
                    unit=hole.unit.name,
                    period=self._hole_text(hole),
                )
                for hole in found
            )
            absence.can_delegate = (
                bool(found)
                and bool(absence._origin)
                and self.env.user == absence.user_id
            )

    def _search_is_uncovered(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        coming = self.sudo().search([("date_to", ">=", clock.today())])
        return Domain("id", "in", [absence.id for absence in coming._holes()])

    # -- the holes ------------------------------------------------------------

    def _holes(self):
        """Return what of these absences, from now on, leaves a unit without a head.

        :return: lists of ``Hole`` by absence; who is covered stands in none
        """
        now = clock.now()
        spans = {
            absence: (max(absence._span()[0], now), absence._span()[1])
            for absence in self
            if absence.active and absence.date_from and absence.date_to
        }
        spans = {one: span for one, span in spans.items() if span[0] < span[1]}
        if not spans:
            return {}
        # Superuser: who heads a unit, and who stands in, is known to the house.
        posts = (
            self.env["qlvb.position"]
            .sudo()
            .search(
                [
                    ("user_id", "in", [one.user_id.id for one in spans]),
                    ("role", "=", "head"),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", clock.today()),
                ]
            )
        )
        if not posts:
            return {}
        first = min(start for start, _end in spans.values())
        last = max(end for _start, end in spans.values())
        delegations = self.env["qlvb.delegation"]._in_force(posts.unit_id, first, last)
        away = self.env["qlvb.absence"]._touching(delegations.delegate_id, first, last)
        holes = {}
        for absence, (start, end) in spans.items():
            for post in posts.filtered(lambda p: p.user_id == absence.user_id):  # noqa: B023
                begins, ends = post._span_of_post()
                period = (max(start, begins), min(end, ends or end))
                covers = [
                    cover
                    for one in delegations
                    if one.unit_id == post.unit_id
                    for cover in halfdays.uncovered(
                        one.begins_at,
                        one.ends_at,
                        [a._span() for a in away if a.user_id == one.delegate_id],
                    )
                ]
                found = [
                    Hole(post.unit_id, *hole)
                    for hole in halfdays.uncovered(*period, covers)
                    if hole[0] < hole[1] and post.unit_id._works_between(*hole)
                ]
                if found:
                    holes.setdefault(absence, []).extend(found)
        return holes

    @api.model
    def _hole_text(self, hole):
        """Return the time of a hole as people read it."""
        values = self._hole_values(hole)
        return self.env["qlvb.absence"].new(values)._period_text()

    @api.model
    def _hole_values(self, hole):
        """Return the time of a hole as days and half-days."""
        first, from_half = halfdays.half_of(hole.start)
        last, to_half = halfdays.half_of(hole.end - timedelta(seconds=1))
        return {
            "date_from": first,
            "from_half": from_half,
            "date_to": last,
            "to_half": to_half,
        }

    def action_delegate(self):
        """Open a delegation for the first time in which nobody acts for the caller.

        :raises AccessError: the absence is somebody else's, or nothing is open
        """
        self.ensure_one()
        self.check_access("read")
        holes = self._holes().get(self, [])
        if self.user_id != self.env.user or not holes:
            raise AccessError(
                self.env._("There is no time here for which you could delegate.")
            )
        values = self._hole_values(holes[0])
        deputies = self._deputies_there(holes[0])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Delegate for this time"),
            "res_model": "qlvb.delegation",
            "views": [(False, "form")],
            "context": {
                "default_unit_id": holes[0].unit.id,
                "default_reason": self.reason,
                "default_delegate_id": len(deputies) == 1 and deputies.id,
                **{
                    f"default_{name}": value
                    if isinstance(value, str)
                    else fields.Date.to_string(value)
                    for name, value in values.items()
                },
            },
        }

    @api.model
    def _deputies_there(self, hole):
        """Return the deputies of the unit who are not away in the time of a hole."""
        posts = self.env["qlvb.position"]._current(units=hole.unit, roles=("deputy",))
        away = self.env["qlvb.absence"]._touching(posts.user_id, hole.start, hole.end)
        return posts.user_id - away.user_id

    # -- the alarm ------------------------------------------------------------

    @api.model
    def _cron_alarm(self):
        """Tell head, deputies and the Chief of Office of every hole that is near.

        On the working day before it begins and once on each working day of it.
        """
        coming = self.sudo().search([("date_to", ">=", clock.today())])
        for absence, holes in coming._holes().items():
            units = self.env["qlvb.unit"].union(*(hole.unit for hole in holes))
            for unit in units:
                near = [hole for hole in holes if hole.unit == unit]
                if unit._is_time_to_alarm(near[0].start) and not absence._alarmed(unit):
                    absence._alarm(unit, near)

    def _alarmed(self, unit):
        """Tell whether the alarm about the unit has been raised today."""
        midnight = clock.to_utc(datetime.combine(clock.today(), time.min))
        return bool(
            self.env["qlvb.journal"]
            .sudo()
            .search_count(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("event", "=", "absence_alarmed"),
                    ("unit_id", "=", unit.id),
                    ("date", ">=", midnight),
                ],
                limit=1,
            )
        )

    def _alarm(self, unit, holes):
        """Raise the alarm about one unit, and note that it was raised."""
        posts = self.env["qlvb.position"]
        people = (
            self.user_id
            | posts._current(units=unit, roles=("deputy",)).user_id
            | unit._chiefs_above()
        )
        env = self._in_language_of(people)
        absence = self.with_env(env)
        self._notify_inbox(
            people,
            env._("%s: the head is away and nobody acts for them", unit.name),
            env._(
                "%(person)s is away %(period)s. No delegation is in force %(holes)s. "
                "The head delegates under “Delegations”; until then work for "
                "%(unit)s waits.",
                person=self.user_id.name,
                period=absence._period_text(),
                holes="; ".join(absence._hole_text(hole) for hole in holes),
                unit=unit.name,
            ),
        )
        self.env["qlvb.journal"]._log("absence_alarmed", self, unit=unit)

    def _look_ahead(self):
        """Tell the heads for whom somebody was to stand in who is away now, too."""
        for absence in self.filtered("active"):
            start, end = absence._span()
            start = max(start, clock.now())
            if start >= end:
                continue
            running = (
                self.env["qlvb.delegation"]
                ._in_force(None, start, end)
                .filtered(
                    lambda one: (
                        one.state == "active" and one.delegate_id == absence.user_id  # noqa: B023
                    )
                )
            )
            for delegation in running:
                people = delegation.delegator_id
                env = absence._in_language_of(people)
                absence._notify_inbox(
                    people,
                    env._("%s cannot stand in for you", absence.user_id.name),
                    env._(
                        "%(person)s, to whom you delegate for %(unit)s, is away "
                        "%(period)s. Revoke the delegation and choose another deputy.",
                        person=absence.user_id.name,
                        unit=delegation.unit_id.name,
                        period=absence.with_env(env)._period_text(),
                    ),
                )
