from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..lib import clock

POWERS = ("handle", "forward", "return", "urge")
"""The powers of Article 5.3 as the delegator ticks them."""

SUBJECTS = ("document", "dossier")
_JUST_ENDED = timedelta(days=1)


class Held(NamedTuple):
    """What a delegation confers upon the caller at this moment."""

    unit_id: int
    delegator_id: int
    powers: frozenset
    subjects: frozenset


class QlvbDelegationForce(models.AbstractModel):
    """From when to when a delegation holds, and what it confers.

    ``begins_at`` and ``ends_at`` are the moments between which the delegate truly
    had the powers: the written period, cut by the act that put it in force, by its
    revocation and by the end of either post.  They stay for ever, and answer who
    could act for whom at any moment.  Sight (``qlvb.membership``) is derived from
    the same two moments.
    """

    _name = "qlvb.delegation.force"
    _description = "Force of a Delegation"

    begins_at = fields.Datetime("In force from", readonly=True, copy=False)
    ends_at = fields.Datetime("In force until", readonly=True, copy=False)
    gives_handle = fields.Boolean("Receive, handle and finish", default=True)
    gives_forward = fields.Boolean("Pass on", default=True)
    gives_return = fields.Boolean("Return", default=True)
    gives_urge = fields.Boolean("Urge", default=True)
    subject = fields.Selection(
        [
            ("all", "Documents and dossiers"),
            ("document", "Documents only"),
            ("dossier", "Dossiers only"),
        ],
        "Of what",
        required=True,
        default="all",
    )
    scope_text = fields.Char("Scope", compute="_compute_scope_text")

    _force_index = models.Index("(unit_id, begins_at, ends_at)")

    @api.depends("subject", *(f"gives_{power}" for power in POWERS))
    @api.depends_context("lang")
    def _compute_scope_text(self):
        """Say what is conferred, in one line."""
        subjects = dict(self._fields["subject"]._description_selection(self.env))
        for delegation in self:
            given = [
                self._fields[f"gives_{power}"]._description_string(self.env)
                for power in POWERS
                if delegation[f"gives_{power}"]
            ]
            powers = (
                self.env._("All powers of Article 5.3")
                if len(given) == len(POWERS)
                else ", ".join(given)
            )
            delegation.scope_text = f"{powers} · {subjects.get(delegation.subject, '')}"

    @api.constrains(*(f"gives_{power}" for power in POWERS))
    def _check_some_power(self):
        for delegation in self:
            if not any(delegation[f"gives_{power}"] for power in POWERS):
                raise ValidationError(
                    self.env._("A delegation confers something. Tick what it confers.")
                )

    # -- from when to when ----------------------------------------------------

    def _come_into_force(self):
        """Write down from when to when these hold, and derive sight from it."""
        now = clock.now()
        for delegation in self._through_gate():
            start, end = delegation._span()
            begins = delegation.begins_at or max(start, now)
            if delegation.state == "revoked":
                if not delegation.begins_at:
                    continue
                end = min(end, delegation.ends_at or end, now)
            elif delegation.state == "active":
                end = min([end, *delegation._ends_of_posts()])
                if end < now:
                    # A decision that reaches back takes no power away in the past.
                    end = min(now, delegation.ends_at or now)
            else:
                continue
            values = {"begins_at": begins, "ends_at": end}
            if any(delegation[name] != value for name, value in values.items()):
                delegation.write(values)
            if delegation.state == "active" and end > now:
                # Marked as ended, and told of, in the minute in which it ends.
                self.env.ref("qlvb_base.ir_cron_qlvb_delegations").sudo()._trigger(end)
        self.env["qlvb.membership"]._sync_delegations(self)

    def _ends_of_posts(self):
        """Return when the posts end on which the delegation rests, in UTC.

        Without the head's or the deputy's post there is nothing to delegate.
        """
        self.ensure_one()
        ends = []
        for user, role in ((self.delegator_id, "head"), (self.delegate_id, "deputy")):
            last = self.env["qlvb.position"]._last_day(user, self.unit_id, role)
            if last == date.min:
                ends.append(clock.now())
            elif last:
                over = last + timedelta(days=1)
                ends.append(clock.to_utc(datetime.combine(over, time.min)))
        return ends

    @api.model
    def _follow_posts(self, units):
        """Let the delegations of the units end where a post has ended."""
        running = self.sudo().search(
            [("unit_id", "in", units.ids), ("state", "=", "active")]
        )
        running._come_into_force()
        running._end_what_is_over()

    def _end_what_is_over(self):
        """Mark as ended, and tell of, those of these whose time is over."""
        now = clock.now()
        for delegation in self.sudo():
            if delegation.state == "active" and delegation.ends_at <= now:
                delegation._through_gate().write({"state": "ended"})
                self.env["qlvb.journal"]._log("delegation_ended", delegation)
                delegation._tell_end()

    @api.model
    def _cron_end(self):
        """Mark what ran out as ended (the power ended by itself, to the minute)."""
        over = self.sudo().search(
            [("state", "=", "active"), ("ends_at", "<=", clock.now())]
        )
        over._end_what_is_over()

    # -- who may act for whom -------------------------------------------------

    @api.model
    def _in_force_domain(self, start, end=None):
        """Return the domain of delegations that hold at a moment, or in a period."""
        after = Domain("ends_at", ">", start)
        if end is None:
            return Domain("begins_at", "<=", start) & after
        return Domain("begins_at", "<", end) & after

    @api.model
    def _in_force(self, units, start, end=None):
        """Return the delegations of the units that confer power in a period.

        Past, present or to come: also what was revoked or has ended since.

        :param units: ``qlvb.unit``; ``None`` for all
        :param start: moment (naive, UTC)
        :param end: the first moment after the period; empty: ``start`` alone
        """
        domain = self._in_force_domain(start, end)
        if units is not None:
            domain &= Domain("unit_id", "in", units.ids)
        # Superuser: gates and boards ask it for callers who may not read them.
        found = self.sudo().search(domain, order="begins_at, id")
        return found.filtered(lambda one: one.begins_at < one.ends_at)

    @api.model
    def _of_today(self, units=None):
        """Return the delegations in force now: to the caller, or of the units."""
        now = clock.now()
        if units is not None:
            return self._in_force(units, now)
        mine = Domain("delegate_id", "=", self.env.uid)
        return self.sudo().search(mine & self._in_force_domain(now))

    @api.model
    def _held(self):
        """Return what delegations confer upon the caller now, as ``Held`` rows."""

        def read():
            return tuple(
                Held(
                    one.unit_id.id,
                    one.delegator_id.id,
                    frozenset(name for name in POWERS if one[f"gives_{name}"]),
                    frozenset(SUBJECTS if one.subject == "all" else (one.subject,)),
                )
                for one in self._of_today()
            )

        return self.env["qlvb.membership"]._remember("delegations", read)

    @api.model
    def _mine(self, subject=None):
        """Return in whose name the caller may act now: unit id to delegator id.

        A delegation holds only while the delegator still heads the unit and the
        delegate is still its deputy.

        :param subject: ``document`` or ``dossier``, where it matters
        """
        return {
            held.unit_id: held.delegator_id
            for held in self._held()
            if subject is None or subject in held.subjects
        }

    @api.model
    def _gives(self, unit, power):
        """Tell whether a delegation of the unit gives the caller a power now."""
        return any(
            held.unit_id == unit.id and power in held.powers for held in self._held()
        )

    # -- in words -------------------------------------------------------------

    @api.model
    def _why_no_more(self):
        """Return that a delegation to the caller has just ended, in words, or ``""``.

        For whoever still has a form open on which they may no longer act.
        """
        now = clock.now()
        ended = self.sudo().search(
            [
                ("delegate_id", "=", self.env.uid),
                ("ends_at", "<=", now),
                ("ends_at", ">", now - _JUST_ENDED),
            ],
            order="ends_at desc",
            limit=1,
        )
        if not ended or ended.begins_at > ended.ends_at:
            return ""
        said = {"person": ended.delegator_id.name, "unit": ended.unit_id.name}
        moment = clock.to_local(ended.ends_at).strftime("%H:%M %d/%m/%Y")
        if ended.state == "revoked":
            return self.env._(
                "%(person)s revoked the delegation for %(unit)s at %(moment)s: you no "
                "longer act in their name.",
                moment=moment,
                **said,
            )
        return self.env._(
            "The delegation of %(person)s for %(unit)s ended at %(moment)s: you no "
            "longer act in their name.",
            moment=moment,
            **said,
        )
