from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..lib.days import read_day, too_far


class QlvbAssignmentExtension(models.AbstractModel):
    """More time for a piece of work: asked for by its holder, decided by its giver.

    Each request leaves a row that stays (``qlvb.extension``) and tells whom it
    concerns.  The gate and its table stand in ``qlvb.assignment.acts``.
    """

    _name = "qlvb.assignment.extension"
    _description = "More Time for an Assignment"

    extension_ids = fields.One2many(
        "qlvb.extension", "assignment_id", "More time", readonly=True
    )
    asks_time = fields.Boolean(
        "Asks for more time", compute="_compute_asks_time", search="_search_asks_time"
    )
    asked_deadline = fields.Date("Asks for time until", compute="_compute_asks_time")
    asks_text = fields.Text(
        compute="_compute_asks_time", export_string_translation=False
    )
    to_decide = fields.Boolean(
        "More time to decide on",
        compute="_compute_to_decide",
        search="_search_to_decide",
    )

    # -- computes -------------------------------------------------------------

    @api.depends("extension_ids.state")
    @api.depends_context("lang")
    def _compute_asks_time(self):
        # Superuser: whoever sees the work sees what is asked on it.
        requests = (
            self.env["qlvb.extension"]
            .sudo()
            .search_fetch(
                [("assignment_id", "in", self.ids), ("state", "=", "asked")],
                [
                    "assignment_id",
                    "asked_by_id",
                    "asked_behalf_id",
                    "new_deadline",
                    "reason",
                ],
            )
        )
        asked = {request.assignment_id.id: request for request in requests}
        for assignment in self:
            request = asked.get(assignment._origin.id)
            assignment.asks_time = bool(request)
            assignment.asked_deadline = request and request.new_deadline
            assignment.asks_text = request and self.env._(
                "%(person)s asks for time until %(date)s: %(reason)s",
                person=request.asked_text,
                date=format_date(self.env, request.new_deadline),
                reason=request.reason,
            )

    def _search_asks_time(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("extension_ids", "any!", [("state", "=", "asked")])

    @api.depends("extension_ids.state", "state")
    @api.depends_context("uid")
    def _compute_to_decide(self):
        for assignment in self:
            assignment.to_decide = assignment.asks_time and assignment._may(
                "decide_extension"
            )

    def _search_to_decide(self, operator, value):
        """Find the requests on which the caller decides, who gave the work."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        held = self._search_is_mine("in", [True])
        units = self.env["qlvb.position"]._my_units("chief_of_office", "head")
        units += self.env["qlvb.delegation"]._mine("document")
        routed = Domain("parent_id", "=", False) & self._routed_from(units)
        return (
            self._search_asks_time("in", [True])
            & (Domain("parent_id", "any!", held) | routed)
            & ~held
        )

    @api.model
    def _routed_from(self, units):
        """Return the domain of work on what is routed from the units."""
        return Domain("document_id", "any!", [("unit_id", "in", units)])

    # -- acts -----------------------------------------------------------------

    def action_request_extension(self, deadline, reason):
        """Ask who gave the work for more time (Art. 5.3c).

        :param deadline: the day asked for, a date or ``YYYY-MM-DD``
        :param reason: why the time does not suffice
        :raises AccessError: the caller does not hold the work
        :raises UserError: no such day, not after the present deadline, past, no
            reason, no deadline at all, or an earlier request is not decided yet
        """
        self._require_one()
        reason = self._clean_argument(self.env._("Reason"), reason)
        day = read_day(deadline)
        if not day:
            raise UserError(self.env._("The new deadline is not a date. Enter a day."))
        actor = self._gate("request_extension", deadline=day)
        order = self.sudo()
        request = self._extensions().create(
            {
                "assignment_id": self.id,
                **order._matter()._as_matter(),
                "asked_by_id": actor.user.id,
                "asked_behalf_id": actor.on_behalf_of.id,
                "asked_at": clock.now(),
                "old_deadline": order.deadline,
                "new_deadline": day,
                "reason": reason,
            }
        )
        givers = order._givers()
        self._tell(givers, order.asks_text, actor)
        slot = str(request.id)
        self.env["qlvb.reminder"]._remind("asked", order, {order: givers}, slot)
        self._log("extension_asked", actor, **self._days(order.deadline, day))
        return True

    def action_decide_extension(self, accept, note=None):
        """Grant or refuse the time that the holder asks for.

        Granted, the work is due on the day asked for.  A paper is never due before
        its lead at the top: where it would be, its own deadline moves along.

        :param accept: ``True`` to grant, ``False`` to refuse
        :param note: words for the holder; needed where it is refused
        :raises AccessError: the caller did not give the work, or holds it
        :raises UserError: nothing is asked, no note with a refusal, or the day lies
            after the deadline of the work of which this is a part
        """
        self._require_one()
        if not isinstance(accept, bool):
            raise UserError(self.env._("Choose whether to grant or to refuse."))
        note = self._clean_argument(self.env._("Note"), note, required=not accept)
        actor = self._gate("decide_extension", accept=accept)
        order = self.sudo()
        request = order._open_request()
        asker, day = request.asked_by_id, request.new_deadline
        days = self._days(order.deadline, day)
        order._end_request(
            "granted" if accept else "refused",
            decided_by_id=actor.user.id,
            decided_behalf_id=actor.on_behalf_of.id,
            note=note,
        )
        if accept:
            self._through_gate().write({"deadline": day})
            self._log("extension_granted", actor, **days)
            order._move_matter(day)
            told = self.env._(
                "More time granted until %(date)s. %(note)s",
                date=format_date(self.env, day),
                note=note,
            )
        else:
            self._log("extension_refused", actor, **days)
            told = self.env._(
                "More time refused; it stays at %(date)s. %(note)s",
                date=format_date(self.env, order.deadline),
                note=note,
            )
        self._tell(order._holders() | asker, told.strip(), actor)
        return True

    # -- the work behind the acts ---------------------------------------------

    def _end_request(self, state, **values):
        """End the open request, if there is one: decided, or lapsed with the work."""
        request = self.sudo()._open_request()
        if request:
            self._extensions(request).write(
                {"state": state, "decided_at": clock.now(), **values}
            )
            # Before the next one is asked for: the database lets one be open.
            request.flush_recordset()
            self.env["qlvb.reminder"]._settle("asked", self)

    def _extensions(self, requests=None):
        """Return requests for more time (none: the model) as the system writes them."""
        if requests is None:
            requests = self.env["qlvb.extension"]
        return requests._through_gate()

    def _open_request(self):
        """Return the request that is not decided yet."""
        return self.extension_ids.filtered(lambda request: request.state == "asked")

    def _move_matter(self, day):
        """Let the matter be due no earlier than its lead at the top."""
        matter = self._matter()
        leads = self.role == "lead" and not self.parent_id
        if leads and matter.deadline and matter.deadline < day:
            days = self._days(matter.deadline, day)
            matter._through_gate().write({"deadline": day})
            self.env["qlvb.journal"]._log("deadline_moved", matter, data=days)

    @api.model
    def _days(self, old, new):
        """Return two deadlines as the journal keeps them."""
        return {
            "old_deadline": fields.Date.to_string(old),
            "new_deadline": fields.Date.to_string(new),
        }

    # -- conditions -----------------------------------------------------------

    def _unmet_request_extension(self, actor, deadline):
        if not self.deadline:
            return [self.env._("The work has no deadline: there is nothing to extend.")]
        problems = []
        if deadline <= self.deadline:
            problems.append(
                self.env._(
                    "The work is due on %(date)s. Ask for a later day.",
                    date=format_date(self.env, self.deadline),
                )
            )
        if deadline < clock.today():
            problems.append(
                self.env._(
                    "The deadline %(date)s lies in the past. "
                    "Enter a day from today on.",
                    date=format_date(self.env, deadline),
                )
            )
        if too_far(deadline, clock.today()):
            problems.append(
                self.env._(
                    "%(date)s is too far ahead. Check the year.",
                    date=format_date(self.env, deadline),
                )
            )
        if self._open_request():
            problems.append(
                self.env._(
                    "There is a request for more time already. Wait for the decision."
                )
            )
        return problems

    def _unmet_decide_extension(self, actor, accept):
        request = self._open_request()
        if not request:
            return [self.env._("Nobody asks for more time here at present.")]
        if request.asked_by_id == actor.user:
            return [self.env._("You asked for it yourself. Somebody else decides.")]
        if not accept:
            return []
        problems = []
        limit = self.parent_id.deadline
        if limit and request.new_deadline > limit:
            problems.append(
                self.env._(
                    "This is part of work that is due on %(date)s itself. Ask for more "
                    "time for that first, or refuse.",
                    date=format_date(self.env, limit),
                )
            )
        if request.new_deadline <= self.deadline:
            problems.append(
                self.env._(
                    "The work is due on %(date)s by now, which is no earlier. Refuse "
                    "with a word on it.",
                    date=format_date(self.env, self.deadline),
                )
            )
        return problems
