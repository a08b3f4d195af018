from datetime import datetime, time, timedelta
from typing import NamedTuple

from odoo import api, fields, models

from odoo.addons.qlvb_base.lib import clock

from .qlvb_order_mixin import OPEN_STATES


class Target(NamedTuple):
    """Whom work is given to: a unit (then its head) or a person, and until when."""

    unit: object
    user: object
    deadline: object


class QlvbAssignmentAway(models.AbstractModel):
    """Work in the hands of somebody who is away.

    Whoever gives work is told, and so is whoever looks at it later: the holder is
    away on the day it is due, or is away now and nobody acts for them.  It hinders
    no act; the holder, their delegate or another day are the giver's to choose.
    """

    _name = "qlvb.assignment.away"
    _description = "Work of Somebody Who Is Away"

    away_text = fields.Text("Holder away", compute="_compute_away_text")
    away_tag = fields.Char("Away", compute="_compute_away_text")

    @api.depends("state", "deadline", "unit_id", "user_id")
    @api.depends_context("lang")
    def _compute_away_text(self):
        waiting = [order for order in self if order.state in (*OPEN_STATES, "proposed")]
        targets = [Target(one.unit_id, one.user_id, one.deadline) for one in waiting]
        texts = dict(zip(waiting, self._away_texts(targets), strict=True))
        for order in self:
            order.away_text = texts.get(order)
            order.away_tag = order.away_text and self.env._("Away")

    @api.model
    def _away_texts(self, targets):
        """Return for each target why nobody may be there, ``""`` where somebody is.

        In the same few queries, however many targets there are.
        """
        if not targets:
            return []
        now = clock.now()
        days = [target.deadline for target in targets if target.deadline]
        last = max([now + timedelta(seconds=1), *(_day(day)[1] for day in days)])
        # Of everybody: few are away at a time, and most often nobody at all.
        absences = self.env["qlvb.absence"]._touching(None, now, last)
        if not absences:
            return [""] * len(targets)
        # Superuser: who heads a unit, and who stands in, is known to the house.
        units = self.env["qlvb.unit"].sudo()
        for target in targets:
            units |= target.unit.sudo()
        heads = {unit: unit.head_id for unit in units}
        holders = [
            target.user.sudo() or heads[target.unit.sudo()] for target in targets
        ]
        delegations = self.env["qlvb.delegation"]._in_force(units, now, last)
        return [
            self._away_text_of(target, holder, heads, absences, delegations)
            for target, holder in zip(targets, holders, strict=True)
        ]

    @api.model
    def _away_text_of(self, target, holder, heads, absences, delegations):
        """Say of one target that its holder is away when it matters, or ``""``."""
        unit, now = target.unit.sudo(), clock.now()
        moments = [(False, now, now + timedelta(seconds=1))]
        if target.deadline and target.deadline >= clock.today():
            moments.insert(0, (True, *_day(target.deadline)))
        for is_due, start, end in moments:
            absence = absences.filtered(
                lambda one: (
                    one.user_id == holder and one._touches(start, end)  # noqa: B023
                )
            )[:1]
            if not absence:
                continue
            stands_in = delegations.browse()
            if holder == heads[unit]:
                stands_in = delegations.filtered(
                    lambda one: (
                        one.unit_id == unit
                        and one.gives_handle
                        and one.begins_at < end  # noqa: B023
                        and one.ends_at > start  # noqa: B023
                    )
                )[:1]
            if is_due or not stands_in:
                return self._away_words(holder, absence, is_due, stands_in)
        return ""

    @api.model
    def _away_words(self, holder, absence, is_due, stands_in):
        said = {
            "person": holder.name,
            "period": absence.with_env(self.env)._period_text(),
        }
        if stands_in:
            return self.env._(
                "%(person)s is away %(period)s, when it is due. %(delegate)s acts for "
                "them.",
                delegate=stands_in.delegate_id.name,
                **said,
            )
        if is_due:
            return self.env._(
                "%(person)s is away %(period)s, when it is due. Nobody acts for them.",
                **said,
            )
        return self.env._(
            "%(person)s is away now, %(period)s. Nobody acts for them.", **said
        )


def _day(day):
    """Return the first moment of a day in Hà Nội and the first after it, in UTC."""
    midnight = datetime.combine(day, time.min)
    return clock.to_utc(midnight), clock.to_utc(midnight + timedelta(days=1))
