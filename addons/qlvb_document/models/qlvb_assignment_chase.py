from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.qlvb_base.lib import clock

from ..lib.days import read_day, too_far
from .qlvb_order_mixin import OPEN_STATES


class QlvbAssignmentChase(models.AbstractModel):
    """How work is kept moving: urging, more time, a result that is sent back.

    Each leaves a row that stays (``qlvb.urge``, ``qlvb.extension``,
    ``qlvb.result``) and tells whom it concerns.  The gate and its table stand in
    ``qlvb.assignment.acts``.
    """

    _name = "qlvb.assignment.chase"
    _description = "Chasing an Assignment"

    order_id = fields.Many2one(
        "qlvb.order", "Order", index="btree_not_null", readonly=True
    )
    urge_ids = fields.One2many("qlvb.urge", "assignment_id", "Urges", readonly=True)
    extension_ids = fields.One2many(
        "qlvb.extension", "assignment_id", "More time", readonly=True
    )
    result_ids = fields.One2many(
        "qlvb.result", "assignment_id", "Results sent back", readonly=True
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
    redo_text = fields.Text(
        compute="_compute_redo_text", export_string_translation=False
    )

    # -- computes -------------------------------------------------------------

    @api.depends("extension_ids.state")
    def _compute_asks_time(self):
        # Superuser: whoever sees the work sees what is asked on it.
        requests = (
            self.env["qlvb.extension"]
            .sudo()
            .search_fetch(
                [("assignment_id", "in", self.ids), ("state", "=", "asked")],
                ["assignment_id", "asked_by_id", "new_deadline", "reason"],
            )
        )
        asked = {request.assignment_id.id: request for request in requests}
        for assignment in self:
            request = asked.get(assignment._origin.id)
            assignment.asks_time = bool(request)
            assignment.asked_deadline = request and request.new_deadline
            assignment.asks_text = request and self.env._(
                "%(person)s asks for time until %(date)s: %(reason)s",
                person=request.asked_by_id.name,
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
        units += self.env["qlvb.delegation"]._mine()
        routed = Domain("parent_id", "=", False) & Domain(
            "document_id", "any!", [("unit_id", "in", units)]
        )
        return (
            self._search_asks_time("in", [True])
            & (Domain("parent_id", "any!", held) | routed)
            & ~held
        )

    @api.depends("result_ids", "state")
    def _compute_redo_text(self):
        """Say why the last result came back, while the work is open again."""
        for assignment in self:
            last = assignment.result_ids[:1]
            if not last or assignment.state not in OPEN_STATES:
                assignment.redo_text = False
                continue
            assignment.redo_text = self.env._(
                "%(person)s sent the result back: %(reason)s",
                person=last.author_id.name,
                reason=last.reason,
            )

    # -- who ------------------------------------------------------------------

    def _actor_judge(self):
        """Return the caller where they judge the work: who gave it and not its holder.

        A head neither grants themselves more time nor sends their own result back.
        """
        if self._actor_holder():
            return None
        return self._actor_giver()

    # -- acts -----------------------------------------------------------------

    def action_urge(self, message):
        """Urge the holder, in writing (Art. 5.3c).

        :raises AccessError: the caller neither gave it nor heads the unit
        :raises UserError: no text
        """
        message = self._clean_argument(self.env._("Message"), message)
        for assignment in self:
            assignment._urge(assignment._gate("urge"), message)
        return True

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
        self._extensions().create(
            {
                "assignment_id": self.id,
                "document_id": order.document_id.id,
                "asked_by_id": actor.user.id,
                "asked_behalf_id": actor.on_behalf_of.id,
                "asked_at": clock.now(),
                "old_deadline": order.deadline,
                "new_deadline": day,
                "reason": reason,
            }
        )
        self._tell(order._givers(), order.asks_text)
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
            order._move_document(day)
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
        self._tell(order._holders() | asker, told.strip())
        return True

    def action_send_back(self, reason):
        """Send a result back to its holder, to be improved (Art. 5.3c).

        The result stays readable together with the reason.  At the top the paper
        goes from done to in progress again.

        :raises AccessError: the caller did not give the work, or holds it
        :raises UserError: no reason, nothing finished, or the work of which this is
            a part is finished itself
        """
        reason = self._clean_argument(self.env._("Reason"), reason)
        for assignment in self:
            actor = assignment._gate("send_back")
            assignment._send_back(actor, reason)
            assignment._log("sent_back", actor)
            assignment.document_id._follow_assignments()
        return True

    # -- the work behind the acts ---------------------------------------------

    def _urge(self, actor, message, **details):
        """Urge the holders of these, all of one document: one message to them all."""
        now = clock.now()
        # Superuser: past the gate; nobody writes an urge by hand.
        self.env["qlvb.urge"].sudo().create(
            [
                {
                    "assignment_id": assignment.id,
                    "document_id": assignment.document_id.id,
                    "author_id": actor.user.id,
                    "on_behalf_of_id": actor.on_behalf_of.id,
                    "date": now,
                    "text": message,
                }
                for assignment in self
            ]
        )
        self._through_gate().write({"urged_at": now})
        self._tell(self._holders(), message)
        self._log("urged", actor, **details)

    def _send_back(self, actor, reason):
        """Keep the result with the reason, and open the work again."""
        order = self.sudo()
        self.env["qlvb.result"].sudo().create(
            {
                "assignment_id": self.id,
                "document_id": order.document_id.id,
                "result": order.result,
                "doer_id": order.doer_id.id,
                "doer_behalf_id": order.doer_behalf_id.id,
                "done_at": order.done_at,
                "author_id": actor.user.id,
                "on_behalf_of_id": actor.on_behalf_of.id,
                "date": clock.now(),
                "reason": reason,
            }
        )
        self._transit(
            "send_back",
            {
                "done_at": False,
                "doer_id": False,
                "doer_behalf_id": False,
                "result": False,
            },
        )
        self._tell(
            order._holders(),
            self.env._("The result is sent back: %(reason)s", reason=reason),
        )

    def _end_request(self, state, **values):
        """End the open request, if there is one: decided, or lapsed with the work."""
        request = self.sudo()._open_request()
        if request:
            self._extensions(request).write(
                {"state": state, "decided_at": clock.now(), **values}
            )
            # Before the next one is asked for: the database lets one be open.
            request.flush_recordset()

    def _extensions(self, requests=None):
        """Return requests for more time (none: the model) as the system writes them."""
        if requests is None:
            requests = self.env["qlvb.extension"]
        return requests._through_gate()

    def _open_request(self):
        """Return the request that is not decided yet."""
        return self.extension_ids.filtered(lambda request: request.state == "asked")

    def _move_document(self, day):
        """Let the paper be due no earlier than its lead at the top."""
        document = self.document_id
        leads = self.role == "lead" and not self.parent_id
        if leads and document.deadline and document.deadline < day:
            days = self._days(document.deadline, day)
            document._through_gate().write({"deadline": day})
            self.env["qlvb.journal"]._log("deadline_moved", document, data=days)

    @api.model
    def _days(self, old, new):
        """Return two deadlines as the journal keeps them."""
        return {
            "old_deadline": fields.Date.to_string(old),
            "new_deadline": fields.Date.to_string(new),
        }

    def _givers(self):
        """Return who gave the work as they are today: its judges."""
        order = self.sudo()
        if order.parent_id:
            return order.parent_id._holders()
        unit = order.document_id.unit_id
        chiefs = self.env["qlvb.position"]._current(
            units=unit, roles=("chief_of_office",)
        )
        return chiefs.user_id or unit.head_id

    def _tell(self, people, words):
        """Write to people on the document, where they see it."""
        self.document_id.message_post(
            body=words,
            subtype_xmlid="mail.mt_comment",
            partner_ids=people.partner_id.ids,
        )

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

    def _unmet_send_back(self, actor):
        problems = []
        if self.role == "inform":
            problems.append(
                self.env._("It was given for information: there is no result.")
            )
        parent = self.parent_id
        if parent and parent.state not in OPEN_STATES:
            problems.append(
                self.env._(
                    "%(holder)s has finished the work of which this is a part. Have "
                    "that sent back first.",
                    holder=parent._holder_name(),
                )
            )
        if self.role == "lead" and self._leads_at_work(self.document_id, parent):
            problems.append(
                self.env._(
                    "Another lead works on it by now. Recall that order first, or ask "
                    "there."
                )
            )
        if any(
            other.unit_id == self.unit_id and other.user_id == self.user_id
            for other in self._beside(self.document_id, parent)
            if other.state in OPEN_STATES
        ):
            problems.append(
                self.env._(
                    "%(who)s is charged twice.",
                    who=self._holder_name(),
                )
            )
        return problems
