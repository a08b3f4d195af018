from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..lib import clock
from ..lib.principals import HANDLING, HEAD, UNIT, USER, principal
from ..lib.workflow import Workflow, act

WORKING_ROLES = ("head", "deputy", "chief_of_office", "specialist", "clerk")
"""Posts whose holders go on with what somebody else leaves."""

_CHOSEN = frozenset({"receiver_id", "line_ids", "note"})
"""What the receiving head fills in; all else is the system's."""


class QlvbHandover(models.Model):
    """What somebody leaves behind in a unit when they move (Articles 9.4, 10.2).

    Opened by the system when a post ends, or prepared by the unit's head for
    somebody about to move.  The head chooses who goes on with it, one for all or
    line by line, and accepts; that one act gives everything.  Accepted once the
    post has ended, in person; where the unit has no head, by the head above it.

    Seen by who leaves, by the unit's head and delegate, the Office, the chairman and,
    once accepted, by the receivers.  What is left is named to who sees it alone.
    """

    _name = "qlvb.handover"
    _description = "Hand-over of Work"
    _inherit = [
        "qlvb.handover.giving",
        "qlvb.handover.watch",
        "qlvb.workflow.mixin",
        "qlvb.thread.mixin",
        "qlvb.input.mixin",
    ]
    # Open ones first.
    _order = "state desc, id desc"

    _gated_fields = frozenset(
        {
            "state",
            "request_id",
            "opened_at",
            "accepted_at",
            "accepted_by_id",
            "reminded_on",
            "audience",
        }
    )
    _workflow = Workflow(
        ("open", "accepted"),
        [
            act("choose", "open", None, "_actor_receiving_head", inner=True),
            act("refresh", "open", None, "_actor_receiving_head"),
            act("accept", "open", "accepted", "_actor_receiving_head", "_unmet_accept"),
        ],
    )

    user_id = fields.Many2one(
        "res.users", "Who hands over", required=True, index=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(
        "qlvb.unit",
        "Unit left",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_unit_id(),
    )
    request_id = fields.Many2one(
        "qlvb.account.request",
        "On the request",
        readonly=True,
        index="btree_not_null",
        copy=False,
    )
    decision_text = fields.Char(
        "On the decision", compute="_compute_decision_text", compute_sudo=True
    )
    line_ids = fields.One2many(
        "qlvb.handover.line", "handover_id", "What is left", copy=False
    )
    receiver_id = fields.Many2one(
        "res.users",
        "All received by",
        copy=False,
        help="Who goes on with all for which nobody else is named",
    )
    receiver_ids = fields.Many2many(
        "res.users",
        compute="_compute_receiver_ids",
        export_string_translation=False,
    )
    leaver_ids = fields.Many2many(
        "res.users",
        compute="_compute_receiver_ids",
        export_string_translation=False,
    )
    note = fields.Char(copy=False)
    state = fields.Selection(
        [("open", "Waiting to be accepted"), ("accepted", "Accepted")],
        required=True,
        readonly=True,
        copy=False,
        default="open",
    )
    opened_at = fields.Datetime("Open since", readonly=True, copy=False)
    accepted_at = fields.Datetime("Accepted at", readonly=True, copy=False)
    accepted_by_id = fields.Many2one(
        "res.users", "Accepted by", readonly=True, copy=False
    )
    reminded_on = fields.Date(
        readonly=True, copy=False, export_string_translation=False
    )
    open_count = fields.Integer("Things left", compute="_compute_open_count")
    is_prepared = fields.Boolean(
        "Being prepared", compute="_compute_is_prepared", search="_search_is_prepared"
    )
    account_text = fields.Char(
        compute="_compute_account_text",
        compute_sudo=True,
        export_string_translation=False,
    )
    can_choose = fields.Boolean(compute="_compute_can", export_string_translation=False)
    can_refresh = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_accept = fields.Boolean(compute="_compute_can")

    _audience_index = models.Index("USING gin (audience)")
    _open_uniq = models.UniqueIndex(
        "(user_id, unit_id) WHERE state = 'open'",
        "There is an open hand-over of this person already.",
    )

    # -- defaults and computes ------------------------------------------------

    def _default_unit_id(self):
        headed = self.env["qlvb.position"]._my_units("head")
        return self.env["qlvb.unit"].browse(headed[:1])

    @api.depends("user_id", "unit_id", "state", "receiver_id", "line_ids.receiver_id")
    def _compute_audience(self):
        for handover in self:
            unit = handover.unit_id
            top = unit._top()
            offices = top.child_ids.filtered(lambda below: below.kind == "office")
            numbers = {
                principal(USER, handover.user_id.id),
                principal(HEAD, unit.id),
                principal(HANDLING, unit.id),
                # Who takes it where the unit has no head.
                *(principal(HEAD, above.id) for above in unit._above()),
                *(principal(UNIT, one.id) for one in top | offices),
            }
            if handover.state == "accepted":
                receivers = handover.receiver_id | handover.line_ids.receiver_id
                numbers |= {principal(USER, user.id) for user in receivers}
            handover.audience = numbers

    @api.depends("request_id.decision_number", "request_id.decision_date")
    @api.depends_context("lang")
    def _compute_decision_text(self):
        for handover in self:
            # As stored: a form that is being filled in names any request.
            request = handover._origin.request_id
            handover.decision_text = request.decision_number and self.env._(
                "Decision %(number)s of %(day)s",
                number=request.decision_number,
                day=format_date(self.env, request.decision_date) or "",
            )

    @api.depends("unit_id", "user_id")
    def _compute_receiver_ids(self):
        for handover in self:
            there = handover._people_there()
            handover.receiver_ids = there - handover.user_id
            handover.leaver_ids = there - self.env.user

    @api.depends("line_ids.state")
    def _compute_open_count(self):
        for handover in self:
            lines = handover.line_ids
            handover.open_count = len(lines.filtered(lambda one: one.state == "open"))

    @api.depends("opened_at", "state")
    def _compute_is_prepared(self):
        for handover in self:
            handover.is_prepared = handover.state == "open" and not handover.opened_at

    def _search_is_prepared(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("state", "=", "open"), ("opened_at", "=", False)]

    @api.depends("user_id", "unit_id.keeper_id")
    @api.depends_context("lang")
    def _compute_account_text(self):
        """Say that a unit's account still names who leaves: by decision it changes."""
        for handover in self:
            unit = handover.unit_id
            kept = unit.account_user_id and unit.keeper_id == handover.user_id
            handover.account_text = bool(kept) and self.env._(
                "%(person)s still keeps the account of %(unit)s. Ask the Office to "
                "prepare the change of keeper for the chairman's decision.",
                person=handover.user_id.name,
                unit=unit.name,
            )

    @api.depends("state", "unit_id", "user_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for handover in self:
            for name in ("choose", "refresh", "accept"):
                handover[f"can_{name}"] = handover._may(name)
            handover.can_accept = handover.can_accept and not handover.is_prepared

    @api.depends("user_id", "unit_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for handover in self:
            if not handover.user_id:
                handover.display_name = self.env._("New hand-over")
                continue
            handover.display_name = self.env._(
                "Work left by %(person)s (%(unit)s)",
                person=handover.user_id.name or "",
                unit=handover.unit_id.symbol or "",
            )

    # -- who ------------------------------------------------------------------

    def _actor_receiving_head(self):
        """Return the caller where it is theirs to receive what was left, or ``None``.

        The unit's head in person, not the one who leaves; a delegate's powers are
        those of Article 5.3, and this is none of them.
        """
        seat = self.sudo()._receiving_seat()
        if not seat or self.sudo().user_id == self.env.user:
            return None
        unit, role = seat
        return unit.sudo(False).with_env(self.env)._actor_holding(role)

    def _receiving_seat(self):
        """Return unit and role of whoever accepts: the nearest head there is.

        Where there is none up to the top, its Chief of Office.
        """
        unit = self.unit_id
        for one in unit | unit._above():
            if one.head_id and one.head_id != self.user_id:
                return one, "head"
        return unit._top(), "chief_of_office"

    def _people_receiving(self):
        """Return the users who may accept it today."""
        unit, role = self.sudo()._receiving_seat()
        return self.env["qlvb.position"]._current(None, unit, (role,)).user_id

    def _people_there(self):
        """Return who works in the unit today."""
        unit = self.unit_id._origin or self.unit_id
        if not unit:
            return self.env["res.users"]
        posts = self.env["qlvb.position"]._current(None, unit, WORKING_ROLES)
        return posts.user_id

    @api.model
    def _still_there(self, user, unit):
        """Tell whether the person still works in the unit today."""
        return bool(self.env["qlvb.position"]._current(user, unit, WORKING_ROLES))

    # -- prepared by the head -------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare the hand-over of somebody about to move, as the unit's head.

        :raises AccessError: the caller would not receive it
        :raises ValidationError: that person holds no post in the unit
        """
        handovers = super(
            QlvbHandover,
            self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True),
        ).create(vals_list)
        if not self._passed_gate():
            for handover in handovers:
                handover._require_preparing()
            handovers._log("handover_prepared")
        handovers._collect()
        return handovers.with_env(self.env)

    def _require_preparing(self):
        """Raise where this is not the caller's to prepare, or nobody's to leave."""
        if self._actor_receiving_head() is None:
            raise AccessError(
                self.env._(
                    "The head of the unit prepares a hand-over, and not of their own "
                    "work."
                )
            )
        if not self._still_there(self.user_id, self.unit_id):
            raise ValidationError(
                self.env._(
                    "%(person)s holds no post in %(unit)s. What somebody leaves who "
                    "has gone is listed by the system.",
                    person=self.user_id.name,
                    unit=self.unit_id.name,
                )
            )

    def write(self, vals):
        """Choose receivers, as who is going to accept.

        :raises AccessError: it is not the caller's, or not theirs to write
        """
        if not self._passed_gate() and not self.env.su:
            self._refuse_gated(vals)
            if vals.keys() - _CHOSEN:
                raise AccessError(
                    self.env._("Of a hand-over its receivers and the note are chosen.")
                )
            for handover in self:
                handover._gate("choose")
        return super().write(vals)

    @api.constrains("receiver_id")
    def _check_receiver(self):
        for handover in self:
            handover._require_receivers(handover.receiver_id)

    def _require_receivers(self, users):
        """Raise where somebody is to receive who does not work in the unit.

        :raises ValidationError: naming them
        """
        if self.state != "open":
            return
        for user in users - self.receiver_ids:
            raise ValidationError(
                self.env._(
                    "%(person)s holds no post in %(unit)s and cannot go on with the "
                    "work there.",
                    person=user.name,
                    unit=self.unit_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_prepared(self):
        for handover in self:
            # Of who came back to the unit nothing is left any more.
            back = self._still_there(handover.user_id, handover.unit_id)
            if handover.state != "open" or not (handover.is_prepared or back):
                raise UserError(self.env._("A hand-over is accepted, never deleted."))
            handover._gate("choose")
        self._log("handover_dropped")

    # -- acts -----------------------------------------------------------------

    def action_refresh(self):
        """Look again what is left: some came, some was finished.

        :raises AccessError: it is not the caller's to accept
        """
        for handover in self:
            handover._gate("refresh")
            handover._collect()
        return True

    def action_accept(self):
        """Give what is left to its receivers, and accept the hand-over.

        All of it or nothing: afterwards nothing open names who left.

        :raises AccessError: the caller is not the receiving head in person
        :raises UserError: naming what still has no receiver, and what a receiver
            cannot go on with
        """
        for handover in self:
            actor = handover._gate("accept")
            handover._give(actor)
            handover._transit(
                "accept",
                {"accepted_at": clock.now(), "accepted_by_id": actor.user.id},
            )
            handover._log("handover_accepted", unit=actor.unit)
            handover._tell_receivers()
        return True

    @api.model
    def _act_labels(self):
        return {
            "choose": self.env._("Choose who receives"),
            "refresh": self.env._("Look again what is left"),
            "accept": self.env._("Accept the hand-over"),
        }

    def _unmet_accept(self, actor):
        """Return what stands against accepting."""
        if self._still_there(self.user_id, self.unit_id):
            return [
                self.env._(
                    "%(person)s still holds a post in %(unit)s. The hand-over is "
                    "accepted once that has ended; your choices are kept.",
                    person=self.user_id.name,
                    unit=self.unit_id.name,
                )
            ]
        problems = []
        chosen = {
            (line.kind, line.res_id): line.receiver_id
            for line in self.line_ids
            if line.state == "open"
        }
        receivers = [
            chosen.get((kind, record.id)) or self.receiver_id
            for kind, record in self._left()
        ]
        without = sum(not receiver for receiver in receivers)
        if without:
            problems.append(
                self.env._(
                    "Nobody is named yet for %(count)s of what is left. Choose who "
                    "receives all of it, or name somebody line by line.",
                    count=without,
                )
            )
        problems += [
            self.env._(
                "%(person)s holds no post in %(unit)s and cannot go on with the "
                "work there.",
                person=receiver.name,
                unit=self.unit_id.name,
            )
            for receiver in self.env["res.users"].union(*receivers) - self.receiver_ids
        ]
        return problems

    # -- trace ----------------------------------------------------------------

    def _log(self, event, **details):
        self.env["qlvb.journal"]._log(event, self, **details)
