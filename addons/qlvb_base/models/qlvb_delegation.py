from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..lib import clock, halfdays
from ..lib.workflow import Actor, Workflow, act
from .qlvb_span_mixin import HALVES, REASONS


class QlvbDelegation(models.Model):
    """A head's delegation to a deputy of the same unit (Article 5.3d).

    It confers the powers of Article 5.3 (receive, handle, pass on, return,
    urge) and no more, or those of them that the head ticks; it is live the moment
    it begins and over the moment it ends or is revoked.  Written by the head
    alone; read by both, by the unit's clerks and by the Office.  It is never
    passed on, never given to oneself or to somebody who is away, never given back
    in a circle, and two of one unit never overlap.

    What it confers and when stands in ``qlvb.delegation.force``, what was done by
    it in ``qlvb.delegation.deeds``.
    """

    _name = "qlvb.delegation"
    _description = "Delegation"
    _inherit = [
        "qlvb.workflow.mixin",
        "qlvb.delegation.force",
        "qlvb.delegation.deeds",
        "qlvb.span.mixin",
        "qlvb.notice.mixin",
        "qlvb.input.mixin",
    ]
    _order = "date_from desc, id desc"

    _gated_fields = frozenset({"state", "begins_at", "ends_at"})
    _workflow = Workflow(
        ("draft", "active", "ended", "revoked"),
        [
            act("activate", "draft", "active", "_actor_delegator", "_unmet_activate"),
            act("shorten", "active", None, "_actor_delegator", "_unmet_shorten"),
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
    can_shorten = fields.Boolean(compute="_compute_can")
    can_revoke = fields.Boolean(compute="_compute_can")
    hint = fields.Text(compute="_compute_hint", export_string_translation=False)

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
            for name in ("activate", "shorten", "revoke"):
                delegation[f"can_{name}"] = delegation._may(name)

    @api.depends("delegate_id", "date_from", "date_to", "from_half", "to_half", "state")
    @api.depends_context("lang")
    def _compute_hint(self):
        """Say while it is written, and while it runs, that the deputy is away."""
        for delegation in self:
            complete = (
                delegation.delegate_id and delegation.date_from and delegation.date_to
            )
            delegation.hint = (
                "\n".join(delegation._unmet_delegate_there())
                if complete and delegation.state in ("draft", "active")
                else False
            )

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
            # Two of one unit at once, or two that go in a circle: the second fails
            # here, is tried again by Odoo, and then sees the first.
            delegation.check_access("read")
            delegation._hold_units()
            delegation._gate("activate")
            delegation._transit("activate")
            delegation._come_into_force()
            self.env["qlvb.journal"]._log("delegation_activated", delegation)
            delegation._tell_delegate()
        return True

    def action_shorten(self, date_to, to_half="afternoon"):
        """Let the delegation end earlier than was written.

        :param date_to: the new last day, a date or ``YYYY-MM-DD``
        :param to_half: the last half of that day, ``morning`` or ``afternoon``
        :raises AccessError: the caller is not the delegator
        :raises UserError: no such day, not earlier than now written, or past
        """
        self._require_one()
        day = self._read_last_day(date_to, to_half)
        self._gate("shorten", date_to=day, to_half=to_half)
        before = {"date": fields.Date.to_string(self.date_to), "half": self.to_half}
        self._transit("shorten", {"date_to": day, "to_half": to_half})
        self._come_into_force()
        self.env["qlvb.journal"]._log(
            "delegation_shortened",
            self,
            data={
                "old": " ".join(before.values()),
                "new": f"{fields.Date.to_string(day)} {to_half}",
            },
        )
        self._tell_delegate()
        return True

    def action_revoke(self):
        """End the delegation at once.

        :raises AccessError: the caller is not the delegator
        """
        for delegation in self:
            delegation._gate("revoke")
            was_in_force = delegation.state == "active"
            delegation._transit("revoke")
            delegation._come_into_force()
            self.env["qlvb.journal"]._log("delegation_revoked", delegation)
            if was_in_force:
                delegation._tell_end()
        return True

    @api.model
    def _act_labels(self):
        return {
            "activate": self.env._("Put the delegation in force"),
            "shorten": self.env._("Shorten the delegation"),
            "revoke": self.env._("Revoke the delegation"),
        }

    def _hold_units(self):
        """Make others who delegate in these units, or to these people, wait."""
        records = self.sudo()
        people = records.delegator_id | records.delegate_id
        units = records.unit_id | self.env["qlvb.position"]._current(people).unit_id
        self.env.cr.execute(
            "UPDATE qlvb_unit SET id = id WHERE id IN %s",
            (tuple(sorted(units.ids)) or (0,),),
        )

    @api.model
    def _read_last_day(self, date_to, to_half):
        """Return the day that a caller hands in, or refuse it."""
        try:
            day = fields.Date.to_date(date_to)
        except (TypeError, ValueError, AttributeError):
            day = None
        if not day or to_half not in dict(HALVES):
            raise UserError(
                self.env._("There is no such day. Choose the last day and half-day.")
            )
        return day

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
        now = clock.now()
        for other in self._others(max(start, now), end):
            if other.unit_id == self.unit_id:
                problems.append(
                    self.env._(
                        "It overlaps the delegation to %(person)s. Revoke that first.",
                        person=other.delegate_id.name,
                    )
                )
            elif (
                other.delegator_id == self.delegate_id
                and other.delegate_id == self.delegator_id
            ):
                problems.append(
                    self.env._(
                        "%(person)s delegates to you in %(unit)s at that time, and "
                        "nobody delegates in a circle. Choose another deputy.",
                        person=self.delegate_id.name,
                        unit=other.unit_id.name,
                    )
                )
        return problems + self._unmet_delegate_there()

    def _others(self, start, end):
        """Return the other delegations that hold in a period (UTC)."""
        if start >= end:
            return self.sudo().browse()
        holds = Domain("begins_at", "<", end) & Domain("ends_at", ">", start)
        # Superuser: also those of other units, which the head may not read.
        return self.sudo().search(
            holds & Domain("state", "=", "active") & Domain("id", "!=", self.id)
        )

    def _unmet_delegate_there(self):
        """Return that the deputy is away while the delegation runs, too."""
        start, end = self._span()
        start = max(start, clock.now())
        if start >= end:
            return []
        away = self.env["qlvb.absence"]._away(self.delegate_id, start, end)
        absence = away.get(self.delegate_id._origin.id)
        if not absence:
            return []
        return [
            self.env._(
                "%(person)s is away as well: %(period)s. Choose another deputy, or "
                "other days.",
                person=self.delegate_id.name,
                period=absence._period_text(),
            )
        ]

    def _unmet_shorten(self, actor, date_to, to_half):
        """Return what stands against this end: it only ever comes earlier."""
        if self.date_from > date_to:
            return [
                self.env._(
                    "The delegation begins on %(date)s. Revoke it, if it is not to be.",
                    date=format_date(self.env, self.date_from),
                )
            ]
        end = halfdays.span(self.date_from, self.from_half, date_to, to_half)[1]
        problems = []
        if end >= self._span()[1]:
            problems.append(
                self.env._(
                    "A delegation in force becomes shorter, never longer. For more "
                    "days make another one that follows it."
                )
            )
        if end <= max(clock.now(), self._span()[0]):
            problems.append(
                self.env._(
                    "This half-day is over or holds nothing of it. Choose a later one; "
                    "to end it at once, revoke it."
                )
            )
        return problems
