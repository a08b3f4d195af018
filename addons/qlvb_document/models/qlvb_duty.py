from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from statistics import median

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.qlvb_base.lib import clock


class QlvbDuty(models.Model):
    """What waits for those who must look in, and how soon work is opened."""

    _inherit = "qlvb.duty"

    @api.model
    def _waiting(self, users):
        """Return how much unopened work and how many papers to register wait."""
        waiting = super()._waiting(users)
        for user, (orders, papers) in self._waits_for(users).items():
            waiting[user.id] += len(orders) + papers
        return waiting

    @api.model
    def _waits_for(self, users, units=None):
        """Return what waits for each of the users: unopened orders, papers to register.

        :param units: of these units alone
        :return: by user (``res.users``): orders, number of papers; who has nothing
            waiting is left out
        """
        # Superuser: numbers for those who look after the unit, and for reminders.
        orders = self.env["qlvb.assignment"].sudo()
        drafts = self.env["qlvb.document"].sudo()
        of_units = Domain.TRUE if units is None else Domain("unit_id", "in", units.ids)
        unopened = orders.search(
            Domain("state", "=", "sent") & Domain("seen_at", "=", False) & of_units,
            order="deadline, id",
        )
        held = defaultdict(orders.browse)
        for order, people in self.env["qlvb.reminder"]._people_of(unopened).items():
            for user in people & users:
                held[user] |= order
        papers = Counter()
        waiting = drafts._read_group(
            Domain("direction", "=", "in") & Domain("state", "=", "draft") & of_units,
            ["unit_id"],
            ["__count"],
        )
        at = self.env["qlvb.unit"].union(*(unit for unit, _count in waiting))
        clerks = self.env["qlvb.position"]._current(users, at, ("clerk",))
        for unit, count in waiting:
            people = clerks.filtered(lambda post: post.unit_id == unit).user_id  # noqa: B023
            for user in (people | unit.account_user_id | unit.keeper_id) & users:
                papers[user] += count
        return {
            user: (held[user], papers[user])
            for user in users
            if held[user] or papers[user]
        }

    @api.model
    def _figures(self, date_from, date_to, units=None):
        """Add to each row how soon its unit opened what was given to it.

        :return: as above, with ``opened`` (work given in the period and opened) and
            ``hours_to_open`` (the median in working hours), of the whole unit
        """
        rows = super()._figures(date_from, date_to, units)
        openings = self._openings(date_from, date_to, {row["unit_id"] for row in rows})
        for row in rows:
            opened = openings.get(row["unit_id"], ())
            row["opened"] = len(opened)
            row["hours_to_open"] = median(opened or [0])
        return rows

    @api.model
    def _openings(self, date_from, date_to, unit_ids):
        """Return the working hours until each opening of work given, by unit id."""
        found = self.env.execute_query(
            SQL(
                """SELECT unit_id, sent_at, seen_at FROM qlvb_assignment
                   WHERE unit_id = ANY(%s) AND sent_at >= %s AND sent_at < %s
                     AND seen_at IS NOT NULL""",
                list(unit_ids),
                clock.to_utc(datetime.combine(date_from, time.min)),
                clock.to_utc(datetime.combine(date_to + timedelta(days=1), time.min)),
            )
        )
        units = self.env["qlvb.unit"].sudo()
        hours = {
            unit_id: units.browse(unit_id)._calendar()._work_hours()
            for unit_id in unit_ids
        }
        openings = defaultdict(list)
        for unit_id, sent, seen in found:
            between = hours[unit_id].between(clock.wall(sent), clock.wall(seen))
            openings[unit_id].append(max(between, 0))
        return openings
