from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from odoo.addons.qlvb_base.lib import clock
from odoo.addons.qlvb_base.models.qlvb_span_mixin import HALVES

from .qlvb_order_mixin import HOLDING_ROLES, OPEN_STATES

POSTED_LATER = ("moved", "day_off")
"""Kinds of reminder that stand in the next morning's digest."""

NEAR_DAYS = 2
"""Working days before its deadline from which work is due soon."""
_STALE = timedelta(days=7)
_BATCH = 200
_PEOPLE = 50
_TRIES = 5
_BEFORE_CHECKPOINT = 30


class QlvbReminderRounds(models.AbstractModel):
    """Who is reminded of what, and when: the three rounds of reminders.

    New work at once; every morning of a working day what is late or due within
    two working days; shortly before each of the day's two checkpoints (Article
    11.1) what has not been opened.  Each round is a scheduled action that commits
    batch by batch and, run twice, does nothing the second time.
    """

    _name = "qlvb.reminder.rounds"
    _description = "Rounds of Reminders"

    # -- who ------------------------------------------------------------------

    @api.model
    def _people_of(self, orders):
        """Return who is reminded of each order, now: users by order.

        Its holder while they hold a post in the unit, the unit's head, and whom
        the head delegates to at this moment.  Nobody whose account is switched
        off, and nobody who does not see the order.
        """
        orders = orders.sudo()
        units = orders.unit_id
        posts = self.env["qlvb.position"]._current(orders.user_id, units, HOLDING_ROLES)
        held = {(post.user_id, post.unit_id) for post in posts}
        people = {unit: unit.head_id for unit in units}
        for delegation in self.env["qlvb.delegation"]._of_today(units):
            people[delegation.unit_id] |= delegation.delegate_id
        candidates = orders.user_id.union(*people.values()).filtered("active")
        sight = self.env["qlvb.membership"]._principals_of(candidates)
        found = {}
        for order in orders:
            users = people[order.unit_id]
            if (order.user_id, order.unit_id) in held:
                users |= order.user_id
            found[order] = (users & candidates).filtered(
                lambda user: not sight[user.id].isdisjoint(order.audience)  # noqa: B023
            )
        return found

    @api.model
    def _once_a_paper(self, people):
        """Leave out what a person is reminded of further down the chain anyway.

        A head who passed work on is reminded of it where it now lies, and of their
        own part once that comes back.
        """
        people = dict(people)
        for order in sorted(people, key=lambda order: -order.id):
            parent = order.parent_id
            if (
                parent in people
                and order.state in OPEN_STATES
                and order.deadline
                and parent.deadline
                and order.deadline <= parent.deadline
            ):
                people[parent] -= people[order]
        return people

    # -- new work -------------------------------------------------------------

    @api.model
    def _cron_announce(self):
        """Tell of work just given: in the list of reminders and by e-mail.

        Whoever gave it is not told.  What was given days ago (after a long
        stand-still, or entered afterwards) is no news; the morning takes it up.
        """
        outbox = self.env["qlvb.reminder.outbox"].sudo()
        while done := self._in_spite_of_others(self._announce_some, outbox):
            left = outbox.search_count([])
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return

    @api.model
    def _announce_some(self, outbox):
        """Tell of some of the work that waits to be told of.

        :return: how many orders were taken from the outbox
        """
        rows = outbox.search([], limit=_BATCH).try_lock_for_update()
        orders = rows.assignment_id.filtered(self._is_news)
        people = {
            order: users - order.giver_id - order.giver_behalf_id
            for order, users in self._people_of(orders).items()
        }
        fresh = self._remind("new", orders, people)
        for user, own in fresh.grouped("user_id").items():
            self._post("new", user, {"new": own.assignment_id})
        done = len(rows)
        rows.unlink()
        return done

    @api.model
    def _in_spite_of_others(self, work, *arguments):
        """Do a part of a round again where somebody acted on the same work meanwhile.

        What was reminded since the last commit is undone first: nobody is told twice.

        :return: what ``work`` returns
        """
        for _again in range(_TRIES - 1):
            try:
                return work(*arguments)
            except psycopg2.errors.SerializationFailure:
                self.env.cr.rollback()
        return work(*arguments)

    @api.model
    def _is_news(self, order):
        recent = order.sent_at and order.sent_at > clock.now() - _STALE
        return bool(recent and order.state in OPEN_STATES)

    # -- every morning --------------------------------------------------------

    @api.model
    def _cron_morning(self):
        """Remind of what is late, due soon or moved: one round a person and day.

        On working days of the unit's calendar from the start of its morning; a
        server that was down then makes up for it later the same day.
        """
        self._revive_mails()
        calendars = self._open_calendars()
        if not calendars:
            return
        orders = self._pressing_orders()
        moved = self._moved_reminders()
        people = self._once_a_paper(self._people_of(orders | moved.assignment_id))
        pressing = defaultdict(orders.browse)
        turn = self.env["res.users"].browse()
        for order in orders | moved.assignment_id:
            for user in people[order]:
                if order in orders:
                    pressing[user] |= order
                if order.unit_id._calendar() in calendars:
                    turn |= user
        waiting = turn.sorted("id") - self._users_done_today()
        while waiting:
            batch, waiting = waiting[:_PEOPLE], waiting[_PEOPLE:]
            self._in_spite_of_others(self._morning_of, batch, pressing, moved, people)
            done = self.env["ir.cron"]._commit_progress(
                len(batch), remaining=len(waiting)
            )
            if not done:
                return

    @api.model
    def _morning_of(self, users, pressing, moved, people):
        """Remind these people, and note that it was done."""
        today = clock.today()
        late = defaultdict(self.env["res.users"].browse)
        due = defaultdict(self.env["res.users"].browse)
        for user in users:
            for order in pressing[user]:
                (late if order.deadline < today else due)[order] |= user
        for kind, whom in (("due", due), ("late", late)):
            orders = self.env["qlvb.assignment"].union(*whom)
            self._remind(kind, orders, whom)
        moved_of = moved.grouped("user_id")
        for user in users:
            mine = pressing[user].sorted(lambda order: (order.deadline, order.id))
            noted = moved_of.get(user, moved.browse())
            own = noted.filtered(
                lambda one: user in people[one.assignment_id]  # noqa: B023
            )
            self._post(
                "digest",
                user,
                {
                    "late": mine.filtered(lambda order: order.deadline < today),
                    "due": mine.filtered(lambda order: order.deadline >= today),
                    "moved": own.assignment_id,
                },
            )
            noted.write({"is_posted": True})

    @api.model
    def _open_calendars(self):
        """Return the calendars on which it is a working day's working hours now."""
        moment = clock.to_local(clock.now())
        # Some forty units share one or two calendars.
        units = self.env["qlvb.unit"].sudo().search([])  # pylint: disable=no-search-all
        calendars = self.env["qlvb.calendar"].union(
            *(unit._calendar() for unit in units)
        )
        return calendars.filtered(lambda one: one._work_hours().is_open(moment))

    @api.model
    def _pressing_orders(self):
        """Return the open orders that are late or due within two working days."""
        today = clock.today()
        units = self.env["qlvb.unit"].sudo().with_context(active_test=False).search([])  # pylint: disable=no-search-all
        limit = {
            unit.id: unit._calendar().add_working_days(today, NEAR_DAYS + 1)
            for unit in units
        }
        orders = self.env["qlvb.assignment"].sudo()
        return orders.search(
            Domain("state", "in", OPEN_STATES)
            & Domain("deadline", "<", max(limit.values(), default=today)),
            order="deadline, id",
        ).filtered(lambda order: order.deadline < limit[order.unit_id.id])

    @api.model
    def _moved_reminders(self):
        """Return what was moved or flagged and stands in no digest yet."""
        return self.sudo().search(
            [
                ("is_posted", "=", False),
                ("kind", "in", POSTED_LATER),
                ("assignment_id.state", "in", OPEN_STATES),
            ],
            order="id",
        )

    @api.model
    def _users_done_today(self):
        rows = (
            self.env["qlvb.reminder.letter"]
            .sudo()
            .search_fetch(
                [("kind", "=", "digest"), ("day", "=", clock.today())], ["user_id"]
            )
        )
        return rows.user_id

    # -- before the checkpoints -----------------------------------------------

    @api.model
    def _cron_checkpoint(self):
        """Say once more, shortly before each checkpoint, what nobody has opened.

        In the list of reminders, for the e-mail went out when it was given; and by
        a notice and a letter to those who have not looked in at all.
        """
        now = clock.now()
        moment = clock.to_local(now)
        units = self.env["qlvb.unit"].sudo().search([])  # pylint: disable=no-search-all
        units_of = defaultdict(units.browse)
        for unit in units:
            half = (
                unit._calendar()._work_hours().ends_within(moment, _BEFORE_CHECKPOINT)
            )
            if half is not None:
                units_of[half] |= unit
        for half, ending in units_of.items():
            orders = self.env["qlvb.assignment"].sudo()
            ids = orders.search(
                Domain("state", "=", "sent")
                & Domain("seen_at", "=", False)
                # What came this minute was announced this minute.
                & Domain("sent_at", "<", now - timedelta(minutes=_BEFORE_CHECKPOINT))
                & Domain("unit_id", "in", ending.ids),
                order="unit_id, deadline, id",
            ).ids
            for batch in split_every(_BATCH, ids, orders.browse):
                self._remind("unopened", batch, slot=f"{moment.date()} {half}")
                if not self.env["ir.cron"]._commit_progress(len(batch)):
                    return
            self._in_spite_of_others(self._urge_to_look_in, HALVES[half][0], ending)
            if not self.env["ir.cron"]._commit_progress(len(ending)):
                return

    # -- one letter a day -----------------------------------------------------

    @api.model
    def _note_letter(self, kind, user):
        """Note a round to a person; return it, or none where it was done before."""
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO qlvb_reminder_letter (user_id, kind, day)
                   VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING id""",
                user.id,
                kind,
                clock.today(),
            )
        )
        letters = self.env["qlvb.reminder.letter"].sudo()
        return letters.browse(row_id for (row_id,) in rows)
