from datetime import time

from odoo import api, models

from ..lib import clock

_MORNING = time(7)
_PATIENCE = 3
"""Working days after which the Chief of Office is told, too."""


class QlvbHandoverWatch(models.AbstractModel):
    """Opening hand-overs, and seeing to it that they are accepted.

    A post that ends leaves nothing without an owner: what is left is listed and put
    before the unit's head, who is reminded every working day, one message for all.
    """

    _name = "qlvb.handover.watch"
    _description = "Watch over Hand-overs"

    @api.model
    def _open_for(self, user, unit, request=None):
        """Open the hand-over of what a person leaves behind in a unit.

        Called once the post has ended.  What the unit's head prepared is taken up,
        with the receivers chosen.

        :param user: who leaves (``res.users``)
        :param unit: the unit left
        :param request: the request about accounts that is carried out, if any
        :return: the hand-over; empty where nothing is left, or where the person
            still works in the unit
        """
        if self._still_there(user, unit):
            return self.browse()
        handover = self.sudo().search(
            [
                ("user_id", "=", user.id),
                ("unit_id", "=", unit.id),
                ("state", "=", "open"),
            ]
        )
        if handover:
            handover._collect()
        elif self.new({"user_id": user.id, "unit_id": unit.id})._left():
            handover = self._through_gate().create(
                [{"user_id": user.id, "unit_id": unit.id}]
            )
        if request and handover:
            handover._through_gate().write({"request_id": request.id})
        if handover and not handover.opened_at:
            handover._through_gate().write(
                {"opened_at": clock.now(), "reminded_on": clock.today()}
            )
            handover._log("handover_opened")
            handover._tell(
                handover._people_receiving(),
                self.env._(
                    "%(person)s has left %(unit)s. What is left waits for you: choose "
                    "who goes on with it, and accept.",
                    person=user.name,
                    unit=unit.name,
                ),
            )
        return handover.with_env(self.env)

    # -- the watch ------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """List what was left without a request, and remind of what waits.

        A post may end by its own last day, and work may come back to who has gone:
        whatever names somebody who no longer works in the unit is found.
        """
        for user, unit in self._abandoned():
            self._open_for(user, unit)
        if clock.to_local(clock.now()).time() >= _MORNING:
            self._remind_of_open()

    @api.model
    def _abandoned(self):
        """Return pairs of person and unit of which something waits for who has gone."""
        pairs = {
            pair
            for kind, model in self._sources().items()
            for pair in self.env[model].sudo()._left_pairs(kind)
        }
        posts = self.env["qlvb.position"]._current()
        pairs -= {(post.user_id.id, post.unit_id.id) for post in posts}
        users, units = self.env["res.users"].sudo(), self.env["qlvb.unit"].sudo()
        # Superuser: whoever leaves may be archived by now.
        return [
            (users.browse(user_id), units.browse(unit_id))
            for user_id, unit_id in sorted(pairs)
        ]

    @api.model
    def _remind_of_open(self):
        """Remind whoever is to accept, once a working day and in one message."""
        today = clock.today()
        waiting = self.sudo().search(
            [
                ("state", "=", "open"),
                ("opened_at", "!=", False),
                "|",
                ("reminded_on", "=", False),
                ("reminded_on", "<", today),
            ],
            order="opened_at",
        )
        waiting = waiting.filtered(
            lambda one: (
                one.unit_id._calendar()._work_calendar().is_working(today)
                and not self._still_there(one.user_id, one.unit_id)
            )
        )
        lists = {}
        for handover in waiting:
            for person in handover._people_to_remind():
                lists[person] = lists.get(person, self.browse()) | handover
        for person, own in lists.items():
            own[:1]._tell(
                person,
                self.env._(
                    "%(count)s hand-overs are still open: %(names)s.",
                    count=len(own),
                    names=", ".join(own.mapped("user_id.name")[:10]),
                ),
            )
        waiting._through_gate().write({"reminded_on": today})

    def _people_to_remind(self):
        """Return who is to accept, and after some days the Chief of Office as well."""
        people = self._people_receiving()
        since = clock.to_local(self.opened_at).date()
        days = self.unit_id._calendar().count_working_days(since, clock.today())
        if days > _PATIENCE:
            chiefs = self.env["qlvb.position"]._current(
                None, self.unit_id._top(), ("chief_of_office",)
            )
            people |= chiefs.user_id
        return people

    # -- messages -------------------------------------------------------------

    def _tell_receivers(self):
        """Tell each receiver, in one message, how much is theirs now."""
        handover = self.sudo()
        given = handover.line_ids.filtered(lambda line: line.state == "given")
        for receiver, lines in given.grouped("receiver_id").items():
            if receiver == self.env.user:
                continue
            self._tell(
                receiver,
                self.env._(
                    "%(count)s of what %(person)s left in %(unit)s is yours from now "
                    "on.",
                    count=len(lines),
                    person=handover.user_id.name,
                    unit=handover.unit_id.name,
                ),
            )

    def _tell(self, people, words):
        """Put a line into the inboxes of those of the people who see the hand-over."""
        # Superuser: the sender need not be able to name those who are told.
        handover = self.sudo()
        told = people.sudo() & handover._users_with_sight()
        handover.message_notify(
            partner_ids=told.partner_id.ids,
            subject=handover.display_name,
            body=words,
        )
