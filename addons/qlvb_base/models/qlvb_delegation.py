from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..lib import clock
from ..lib.workflow import Actor, Workflow, act
from .qlvb_span_mixin import REASONS


class QlvbDelegation(models.Model):
    """A head's delegation to a deputy of the same unit (Article 5.3d).

    It confers the powers of Article 5.3 (receive, handle, pass on, return,
    urge) and no more, is live the moment it begins and over the moment it ends
    or is revoked.  Written by the head alone; read by both, by the unit's
    clerks and by the Office.  It is never passed on, never given to oneself,
    and two of one unit never overlap.
    """

    _name = "qlvb.delegation"
    _description = "Delegation"
    _inherit = ["qlvb.workflow.mixin", "qlvb.span.mixin", "qlvb.input.mixin"]
    _order = "date_from desc, id desc"

    _workflow = Workflow(
        ("draft", "active", "ended", "revoked"),
        [
            act("activate", "draft", "active", "_actor_delegator", "_unmet_activate"),
            act("revoke", "draft active", "revoked", "_actor_delegator"),
        ],
    )

    delegator_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    delegate_id = fields.Many2one("res.users", required=True, index=True)
    unit_id = fields.Many2one(
        "qlvb.unit",
        required=True,
        index=True,
        default=lambda self: self._default_unit_id(),
    )
    deputy_ids = fields.Many2many(
        "res.users", compute="_compute_deputy_ids", export_string_translation=False
    )
    reason = fields.Selection(REASONS, required=True, default="mission")
    note = fields.Char()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("active", "Active"),
            ("ended", "Ended"),
            ("revoked", "Revoked"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    is_concerned = fields.Boolean(
        compute="_compute_is_concerned",
        search="_search_is_concerned",
        export_string_translation=False,
    )
    can_activate = fields.Boolean(compute="_compute_can")
    can_revoke = fields.Boolean(compute="_compute_can")

    _dates_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A delegation cannot end before it begins."
    )

    def _default_unit_id(self):
        return (
            self.env["qlvb.position"]
            ._current(users=self.env.user, roles=("head",))[:1]
            .unit_id
        )

    @api.depends("unit_id")
    def _compute_deputy_ids(self):
        for delegation in self:
            delegation.deputy_ids = (
                self.env["qlvb.position"]
                ._current(units=delegation.unit_id, roles=("deputy",))
                .user_id
            )

    @api.depends("state", "delegator_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for delegation in self:
            delegation.can_activate = delegation._may("activate")
            delegation.can_revoke = delegation._may("revoke")

    def _concerned_domain(self):
        """Return the domain of delegations that the caller may read.

        The two persons, heads and clerks of the unit, and the Office over all.
        """
        position = self.env["qlvb.position"]
        if position._oversees():
            return Domain.TRUE
        return (
            Domain("delegator_id", "=", self.env.uid)
            | Domain("delegate_id", "=", self.env.uid)
            | Domain("unit_id", "in", position._my_units("head", "clerk"))
        )

    @api.depends("delegator_id", "delegate_id", "unit_id")
    @api.depends_context("uid")
    def _compute_is_concerned(self):
        concerned = self.sudo().filtered_domain(self._concerned_domain())
        for delegation in self:
            delegation.is_concerned = delegation in concerned or not delegation._origin

    def _search_is_concerned(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._concerned_domain()

    @api.depends("delegator_id", "delegate_id")
    def _compute_display_name(self):
        for delegation in self:
            delegation.display_name = "{} → {}".format(
                delegation.delegator_id.name or "", delegation.delegate_id.name or ""
            )

    @api.constrains("delegator_id", "delegate_id")
    def _check_not_to_oneself(self):
        for delegation in self:
            if delegation.delegator_id == delegation.delegate_id:
                raise ValidationError(
                    self.env._("Nobody delegates to themselves. Choose a deputy.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        delegations = super().create(vals_list)
        delegations._require_delegator()
        return delegations

    def write(self, vals):
        if not self._passed_gate() and not self.env.su:
            for delegation in self:
                if delegation.state != "draft":
                    raise AccessError(
                        self.env._(
                            "A delegation in force is not rewritten. Revoke it and "
                            "make a new one."
                        )
                    )
            self._require_delegator()
        result = super().write(vals)
        if not self._passed_gate():
            # Nor is a draft made somebody else's.
            self._require_delegator()
        return result

    def _require_delegator(self):
        """Raise where the caller is not the head in whose name it is written."""
        if self.env.su:
            return
        for delegation in self:
            if delegation._actor_delegator() is None:
                raise AccessError(
                    self.env._("Only the head of a unit delegates, in person.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for delegation in self:
            if delegation.state != "draft" or (
                not self.env.su and delegation._actor_delegator() is None
            ):
                raise AccessError(
                    self.env._("A delegation that was in force stays in the record.")
                )

    # -- acts -----------------------------------------------------------------

    def action_activate(self):
        """Put the delegation in force for its period (Art. 5.3d).

        :raises AccessError: the caller is not the unit's head in person
        :raises UserError: naming every condition that is not met
        """
        for delegation in self:
            delegation._gate("activate")
            # Two of one unit at once: the second fails here, is tried again by
            # Odoo, and then sees the first.
            self.env.cr.execute(
                "UPDATE qlvb_unit SET id = id WHERE id = %s", (delegation.unit_id.id,)
            )
            delegation._transit("activate")
            self.env["qlvb.membership"]._sync_delegations(delegation)
            self.env["qlvb.journal"]._log("delegation_activated", delegation)
        return True

    def action_revoke(self):
        """End the delegation at once.

        :raises AccessError: the caller is not the delegator
        """
        for delegation in self:
            delegation._gate("revoke")
            delegation._transit("revoke")
            self.env["qlvb.membership"]._sync_delegations(delegation)
            self.env["qlvb.journal"]._log("delegation_revoked", delegation)
        return True

    @api.model
    def _act_labels(self):
        return {
            "activate": self.env._("Put the delegation in force"),
            "revoke": self.env._("Revoke the delegation"),
        }

    # -- who, and under which conditions --------------------------------------

    def _actor_delegator(self):
        """Return the caller where they are the delegator and still the unit's head."""
        user = self.env.user
        record = self.sudo()
        if record.delegator_id == user and self.env["qlvb.position"]._current(
            users=user, units=record.unit_id, roles=("head",)
        ):
            return Actor(user, user.browse(), record.unit_id)
        return None

    def _unmet_activate(self, actor):
        """Return what stands against putting the delegation in force."""
        problems = []
        if not self.env["qlvb.position"]._current(
            users=self.delegate_id, units=self.unit_id, roles=("deputy",)
        ):
            problems.append(
                self.env._(
                    "%(person)s is not a deputy of %(unit)s. "
                    "Choose one of its deputies.",
                    person=self.delegate_id.name,
                    unit=self.unit_id.name,
                )
            )
        start, end = self._span()
        if end <= clock.now():
            problems.append(
                self.env._("The period is already over. Choose days to come.")
            )
        if start >= end:
            problems.append(self.env._("The period is empty. Mend the half-days."))
        for other in self.search(
            [("unit_id", "=", self.unit_id.id), ("state", "=", "active")]
        ):
            # What is over is over, also where a post ended before its last day.
            other_start, other_end = other._span()
            other_end = min([other_end, *other._ends_of_posts()])
            if max(start, clock.now()) < other_end and other_start < end:
                problems.append(
                    self.env._(
                        "It overlaps the delegation to %(person)s. Revoke that first.",
                        person=other.delegate_id.name,
                    )
                )
        return problems

    # -- the period -----------------------------------------------------------

    def _ends_of_posts(self):
        """Return when the posts end on which the delegation rests, in UTC.

        Without the head's or the deputy's post there is nothing to delegate.
        """
        self.ensure_one()
        position = self.env["qlvb.position"]
        ends = []
        for user, role in ((self.delegator_id, "head"), (self.delegate_id, "deputy")):
            posts = position._current(user, self.unit_id, (role,))
            if not posts:
                ends.append(clock.now())
            elif posts[0].date_to:
                over = posts[0].date_to + timedelta(days=1)
                ends.append(clock.to_utc(datetime.combine(over, time.min)))
        return ends

    @api.model
    def _mine(self):
        """Return in whose name the caller may act now: unit id to delegator id.

        A delegation holds only while the delegator still heads the unit and the
        delegate is still its deputy.
        """

        def read():
            return {
                delegation.unit_id.id: delegation.delegator_id.id
                for delegation in self._of_today()
            }

        return self.env["qlvb.membership"]._remember("delegations", read)

    @api.model
    def _of_today(self, units=None):
        """Return the delegations in force now: to the caller, or of the units."""
        today = clock.today()
        domain = (
            Domain("state", "=", "active")
            & Domain("date_from", "<=", today)
            & Domain("date_to", ">=", today)
        )
        if units is None:
            domain &= Domain("delegate_id", "=", self.env.uid)
        else:
            domain &= Domain("unit_id", "in", units.ids)
        moment = clock.now()
        return self.sudo().search(domain).filtered(lambda d: d._holds_at(moment))

    def _holds_at(self, moment):
        """Tell whether the delegation confers its powers at a moment (UTC)."""
        start, end = self._span()
        return start <= moment < min([end, *self._ends_of_posts()])

    @api.model
    def _cron_end(self):
        """Mark what ran out as ended (the power ended by itself, to the minute)."""
        over = self.sudo().search(
            [("state", "=", "active"), ("date_to", "<=", clock.today())]
        )
        for delegation in over.filtered(lambda d: d._span()[1] <= clock.now()):
            delegation._through_gate().write({"state": "ended"})
            self.env["qlvb.journal"]._log("delegation_ended", delegation)

    @api.model
    def _end_with_posts(self, user, unit):
        """End what rested on a post in the unit that the person no longer holds.

        The power ended with the post already; now the record says so, too.
        """
        resting = self.sudo().search(
            Domain("unit_id", "=", unit.id)
            & Domain("state", "in", ("draft", "active"))
            & (
                Domain("delegator_id", "=", user.id)
                | Domain("delegate_id", "=", user.id)
            )
        )
        over = resting.filtered(lambda d: min(d._ends_of_posts()) <= clock.now())
        if over:
            over._through_gate().write({"state": "ended"})
            self.env["qlvb.membership"]._sync_delegations(over)
            self.env["qlvb.journal"]._log("delegation_ended", over)
